#include "narrative.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../scenario/dials.hpp"
#include "impositions.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <numeric>

namespace entente {
namespace {

constexpr double supply_step = 0.15; ///< change of firms' or banks' yearly mean that is worth a line

const Row& variable_row(std::string_view name) { return describe().variables.at(Description::find(describe().variables, name)); }

/// "{variable}" replaced by its value at the end of the quarter.
std::string filled(std::string text, const Told& told, int quarter)
{
    for (std::size_t at = 0; (at = text.find('{', at)) != std::string::npos;) {
        const std::size_t end = text.find('}', at);
        const std::string name = text.substr(at + 1, end - at - 1);
        text.replace(at, end + 1 - at, in_words(variable_row(name), told.value(quarter, name)));
    }
    return text;
}

std::vector<Influence> influences(const char* names, const Told& told, int read_at)
{
    std::vector<Influence> all;
    for (const std::string& listed_name : listed(names)) {
        const bool set_first = listed_name.starts_with('=');
        const std::string name = listed_name.substr(set_first ? 1 : 0);
        const int at = read_at + (set_first ? 1 : 0);
        const double value = told.value(at, name);
        all.push_back({Description::find(describe().variables, name), value, value - told.value(std::max(0, at - 4), name)});
    }
    return all;
}

std::vector<Entry> told_happenings(const Told& told, int end)
{
    std::vector<Entry> story;
    const int start = static_cast<int>(told.job.start);
    for (const Happening& h : happenings()) {
        int last = -1000;
        for (int q = 1; q < end; ++q) {
            if (!h.happens({told, q})) continue;
            const bool imposed = is_imposed(h, told, q), again = q - last <= h.quiet;
            const std::vector<std::string> what = split(h.what, '|');
            last = q;
            story.push_back({.quarter = q,
                             .kind = imposed ? Kind::imposed : h.kind,
                             .rank = again || (q < start && h.rank > 1) ? 3 : h.rank,
                             .who = h.who,
                             .what = filled(imposed ? what.back() : what.front(), told, q),
                             .name = h.name,
                             .page = imposed ? "" : h.page,
                             .why = imposed ? std::vector<Influence>{} : influences(h.why, told, q - 1)});
        }
    }
    return story;
}

std::vector<Entry> told_conditions(const Told& told, int end)
{
    std::vector<Entry> story;
    const int start = static_cast<int>(told.job.start);
    for (const Condition& c : conditions()) {
        int current = c.state({told, 0});
        for (int q = 1; q < end; ++q) {
            const int state = c.state({told, q});
            bool lasts = state != current;
            for (int later = q + 1; lasts && later < std::min(q + lasting, end); ++later) lasts = c.state({told, later}) == state;
            if (!lasts) continue;
            current = state;
            story.push_back({.quarter = q,
                             .kind = c.kind,
                             .rank = q < start && c.rank > 1 ? 3 : c.rank,
                             .who = c.who,
                             .what = filled(c.becomes[static_cast<std::size_t>(state)], told, q),
                             .name = c.name,
                             .page = c.page,
                             .why = influences(c.why, told, c.kind == Kind::change ? q : q - 1)});
        }
    }
    return story;
}

std::string counted(const char* counts, const Told& told, int from, int to)
{
    std::string text;
    for (const std::string& count : split(counts, ',')) {
        const std::vector<std::string> parts = split(trim(count), '=');
        if (parts.size() < 2) continue;
        int n = 0;
        for (int q = from; q <= to; ++q) n += told.value(q, parts[1]) != 0 ? 1 : 0;
        text += fmt::format("{}{} {}", text.empty() ? " (since then: " : ", ", parts[0], n);
    }
    return text.empty() ? text : text + ")";
}

std::vector<Entry> told_levels(const Told& told, int end)
{
    std::vector<Entry> story;
    const int start = static_cast<int>(told.job.start);
    for (const Level& l : levels()) {
        int since = 0;
        for (int q = 1; q < end; ++q) {
            if (q == start) since = q; // the data's steps are not told again
            const double before = told.value(since, l.variable), now = told.value(q, l.variable);
            if (!(std::abs(now - before) >= l.step)) continue;
            const Row& row = variable_row(l.variable);
            const bool pinned = q >= start && is_pinned(l.variable, told, q);
            story.push_back({.quarter = q,
                             .kind = pinned ? Kind::imposed : Kind::threshold,
                             .rank = q < start ? 3 : l.rank,
                             .who = l.who,
                             .what = fmt::format("{}: {} after {} in {}{}", now > before ? l.up : l.down, in_words(row, now), in_words(row, before), quarter_name(since),
                                                 counted(l.counts, told, since + 1, q)),
                             .name = l.variable,
                             .page = pinned ? "" : l.page,
                             .why = pinned ? std::vector<Influence>{} : influences(l.why, told, q - 1)});
            since = q;
        }
    }
    return story;
}

/// How many firms became designated in quarters from .. to; -1 if agents were not kept.
int newly_designated(const Told& told, int from, int to)
{
    if (told.result.agents.empty()) return -1;
    const Description& d = describe();
    const std::vector<std::uint32_t> agents = agents_per_column(told.job.counts);
    const std::size_t column = Description::find(d.columns, "firm_designated");
    const std::size_t first = std::accumulate(agents.begin(), agents.begin() + static_cast<std::ptrdiff_t>(column), std::size_t{0}),
                      cells = std::accumulate(agents.begin(), agents.end(), std::size_t{0});
    const auto designated = [&](int q, std::size_t a) { return told.result.agents[(static_cast<std::size_t>(q) * cells + first + a) * told.job.runs() + told.run] > 0; };
    int n = 0;
    for (int q = std::max(from, 1); q <= to; ++q)
        for (std::size_t a = 0; a < agents[column]; ++a) n += designated(q, a) && !designated(q - 1, a) ? 1 : 0;
    return n;
}

/// Firms and banks decide every quarter, one by one: a line a year.
std::vector<Entry> told_firms_and_banks(const Told& told, int end)
{
    std::vector<Entry> story;
    const auto mean = [&](std::string_view variable, int from) {
        double sum = 0;
        for (int q = from; q < from + 4; ++q) sum += told.value(q, variable);
        return sum / 4;
    };
    const int first_told = static_cast<int>(told.job.start) / 4 * 4;
    double supply = -1, banks = -1;
    for (int from = 0; from + 4 <= end; from += 4) {
        const double first = mean("supply_tier1", from), second = mean("supply_tier2", from), accepting = mean("bank_acceptance", from);
        const bool moved = std::abs(first - supply) >= supply_step || std::abs(accepting - banks) >= supply_step, counts = from >= first_told - 4;
        const bool tells = counts && moved && supply >= 0;
        if (counts && moved) supply = first, banks = accepting;
        const int fresh = newly_designated(told, from, from + 3);
        story.push_back({.quarter = from + 3,
                         .kind = Kind::summary,
                         .rank = tells ? 2 : 3,
                         .who = "Chinese firms, banks",
                         .what = fmt::format("in {} the first tier supplies {:.2f} of what it could, the second {:.2f}; banks take {:.2f} of payments{}", first_year + from / 4,
                                             first, second, accepting, fresh < 0 ? "" : fmt::format("; newly designated firms: {}", fresh)),
                         .name = "firms and banks",
                         .page = "chinese_firms",
                         .why = influences("secondary_enforcement china_western_exposure sanctions_in_force china_support insulated_rails", told, from + 2)});
    }
    return story;
}

} // namespace

std::vector<Entry> narrative(const Told& told)
{
    const int failed = told.result.failed_quarter.empty() ? -1 : told.result.failed_quarter[told.run];
    const int end = failed >= 0 ? failed : told.quarters();
    std::vector<Entry> story;
    if (end > 0)
        for (const auto tell : {told_impositions, told_happenings, told_conditions, told_levels, told_firms_and_banks})
            for (Entry& e : tell(told, end)) story.push_back(std::move(e));
    std::stable_sort(story.begin(), story.end(), [](const Entry& a, const Entry& b) { return a.quarter < b.quarter; });
    if (failed >= 0)
        story.push_back({.quarter = failed,
                         .who = "The model",
                         .what = fmt::format("fails: {} is {}", describe().variables.at(static_cast<std::size_t>(told.result.failed_variable[told.run])).name,
                                             std::isfinite(told.result.failed_value[told.run]) ? fmt::format("{:g}, far outside its range", told.result.failed_value[told.run]) : "no number"),
                         .name = "failure"});
    return story;
}

std::vector<Entry> shortened(const std::vector<Entry>& story, std::size_t most)
{
    struct Place {
        int rank, repeat;
        std::size_t at;
    };
    std::vector<Place> places;
    std::map<std::string, int> seen;
    std::size_t turning_points = 0;
    for (std::size_t i = 0; i < story.size(); ++i) {
        if (story[i].rank > 2) continue;
        turning_points += story[i].rank == 1 ? 1 : 0;
        places.push_back({story[i].rank, story[i].rank == 1 ? 0 : seen[story[i].name]++, i});
    }
    std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return std::pair(a.rank, a.repeat) < std::pair(b.rank, b.repeat); });
    places.resize(std::min(places.size(), std::max(most, turning_points)));
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.at < b.at; });
    std::vector<Entry> shorter;
    for (const Place& p : places) shorter.push_back(story[p.at]);
    return shorter;
}

std::vector<Outer> outer_tenths(const Scenario& scenario, std::span<const double> parameters)
{
    std::vector<Outer> all;
    for (std::size_t p = 0; p < scenario.parameters.size(); ++p) {
        if (!is_drawn(scenario, p)) continue;
        const auto at = [&](double u) { return dialled(scenario.dials, p, drawn_quantile(scenario, p, u)); };
        const double low = at(0.1), middle = at(0.5), high = at(0.9);
        if (parameters[p] <= low && low < middle) all.push_back({p, parameters[p], false});
        if (parameters[p] >= high && high > middle) all.push_back({p, parameters[p], true});
    }
    return all;
}

std::string in_words(const Row& row, double value)
{
    if (row.unit == "0/1") return value != 0 ? "yes" : "no";
    if (row.unit == "0/1/2") {
        const std::string number = fmt::format("{:.0f} ", value), meaning(row.meaning);
        if (const std::size_t at = meaning.find(number); at != std::string::npos) return meaning.substr(at + 2, std::min(meaning.find(',', at), meaning.find(" (", at)) - at - 2);
    }
    if (row.unit == "count") return fmt::format("{:.0f}", value);
    const std::string number = fmt::format("{:.{}f}", value, std::abs(value) >= 10 ? 0 : 2);
    return number == "-0.00" ? "0.00" : number;
}

} // namespace entente
