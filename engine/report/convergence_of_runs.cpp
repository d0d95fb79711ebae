#include "convergence_of_runs.hpp"
#include "../analysis/answer.hpp"
#include "../core/quarter.hpp"
#include "numbers.hpp"
#include "uncertainty_table.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;

std::string label_of(const GrowingShare& s)
{
    switch (s.of) {
    case GrowingShare::Of::in_class: return std::string(class_names[s.number]);
    case GrowingShare::Of::orientation: return words_of(orientation_names[s.number]);
    case GrowingShare::Of::event: return std::string(describe().events[static_cast<std::size_t>(s.number)].name);
    }
    return "";
}

std::string needed_text(const std::optional<std::uint64_t>& runs)
{
    return !runs ? "-" : *runs >= 10'000'000'000 ? fmt::format("{:.0e}", static_cast<double>(*runs)) : with_commas(*runs);
}

/// A row for each number, a column for each look and one for the runs it needs.
struct GrowingTable {
    std::string heading;
    std::vector<std::uint32_t> looks;
    struct Row {
        std::string label;
        std::vector<std::string> cells; ///< [look]
        std::string needed;
    };
    std::vector<Row> rows{};
};
/// Nothing without rows. Where there is no room for all looks, the first ones are left out.
std::string text_of(const GrowingTable& t, std::size_t width)
{
    if (t.rows.empty()) return "";
    std::size_t label = std::max<std::size_t>(20, columns(t.heading) + 1), cell = 8, needed = 10, first = 0;
    for (const GrowingTable::Row& row : t.rows) {
        label = std::max(label, columns(row.label) + 1), needed = std::max(needed, columns(row.needed) + 1);
        for (const std::string& text : row.cells) cell = std::max(cell, columns(text) + 1);
    }
    while (first + 1 < t.looks.size() && label + cell * (t.looks.size() - first) + needed > width) ++first;
    std::string out;
    const auto right = [&](const std::string& text, std::size_t room) { out += std::string(room - std::min(room, columns(text)), ' ') + text; };
    const auto line = [&](const GrowingTable::Row& row) {
        out += row.label + std::string(label - columns(row.label), ' ');
        for (std::size_t look = first; look < row.cells.size(); ++look) right(row.cells[look], cell);
        right(row.needed, needed), out += "\n";
    };
    GrowingTable::Row head{t.heading, {}, "needed"};
    for (const std::uint32_t n : t.looks) head.cells.push_back(with_commas(n));
    line(head);
    for (const GrowingTable::Row& row : t.rows) line(row);
    return out;
}

std::string held_text(const HeldLooks& held, const char* runs)
{
    if (held.pairs == 0) return "";
    return fmt::format("Of {} pairs of an earlier and a later estimate {} have the later in the earlier interval; {:.0f} were to be expected ({:.1f} %, more than 95, since the "
                       "later holds the earlier {}).",
                       with_commas(held.pairs), with_commas(held.held), held.expected, 100 * held.expected / held.pairs, runs);
}

std::string cell_of(const Share& s, const Looks& looks)
{
    if (s.runs == 0) return "-";
    const std::string share = fmt::format("{:.1f}", 100 * s.share);
    return fmt::format("{} {}{}", share == "100.0" ? "100" : share, plus_minus(looks.signs), half_width_text(s));
}
std::string cell_of(const Interval& i, const Looks& looks)
{
    if (!std::isfinite(i.estimate)) return "-";
    return short_number(i.estimate, 3) + (std::isfinite(i.half_width()) ? fmt::format(" {}{}", plus_minus(looks.signs), short_number(i.half_width(), 3)) : "");
}

/// The shares at a date, or events the most frequent first; of those that at most one in a hundred sees only if all are asked for.
std::vector<const GrowingShare*> shares_shown(const RunConvergence& c, int date, bool events, bool all)
{
    std::vector<const GrowingShare*> shown;
    for (const GrowingShare& s : c.shares)
        if (events ? s.of == GrowingShare::Of::event && (all || s.at.back().share > 0.01) : s.of != GrowingShare::Of::event && s.date == date) shown.push_back(&s);
    if (events) std::ranges::stable_sort(shown, std::greater<>(), [](const GrowingShare* s) { return s->at.back().share; });
    return shown;
}

std::string shares_table(const RunConvergence& c, int date, bool events, const Looks& looks)
{
    GrowingTable t{(events ? "by " : "in ") + quarter_name(date), c.looks};
    for (const GrowingShare* const s : shares_shown(c, date, events, looks.detail == Detail::all)) {
        t.rows.push_back({label_of(*s), {}, needed_text(s->needed_at_most)});
        for (const Share& share : s->at) t.rows.back().cells.push_back(cell_of(share, looks));
    }
    return text_of(t, looks.width);
}

std::string medians_table(const RunConvergence& c, const Looks& looks)
{
    GrowingTable t{"half by", c.looks};
    for (const GrowingMedian& m : c.medians) {
        if (!m.median.back()) continue;
        t.rows.push_back({std::string(describe().events[m.event].name), {}, needed_text(m.needed)});
        for (std::size_t look = 0; look < c.looks.size(); ++look) {
            const std::string half_width = m.low[look] && m.high[look] ? fmt::format(" {}{}", plus_minus(looks.signs), (*m.high[look] - *m.low[look] + 1) / 2) : "";
            t.rows.back().cells.push_back(m.median[look] ? quarter_name(*m.median[look]) + half_width : "-");
        }
    }
    return text_of(t, looks.width);
}

std::string indicators_table(const RunConvergence& c, int date, const Looks& looks)
{
    GrowingTable t{"median in " + quarter_name(date), c.looks};
    for (const GrowingQuantile& q : c.indicators) {
        if (q.date != date) continue;
        t.rows.push_back({std::string(describe().variables[q.variable].name), {}, needed_text(q.needed)});
        for (const Interval& i : q.at) t.rows.back().cells.push_back(cell_of(i, looks));
    }
    return text_of(t, looks.width);
}

std::vector<UncertainShare> uncertain_shares(const RunConvergence& c, int date, bool events, bool all)
{
    std::vector<UncertainShare> shares;
    for (const GrowingShare* const s : shares_shown(c, date, events, all)) shares.push_back({label_of(*s), s->at.back().share, s->kinds, s->straight_lines});
    return shares;
}

Json needed_json(const std::optional<std::uint64_t>& runs) { return runs ? Json(*runs) : Json(); }
Json json_of(const Interval& i) { return {{"estimate", i.estimate}, {"low", i.low}, {"high", i.high}}; }
Json json_of(const HeldLooks& held) { return {{"pairs", held.pairs}, {"held", held.held}, {"expected", held.expected}}; }

} // namespace

std::string text_of(const RunConvergence& c, const std::string& name, const Looks& looks)
{
    const bool all = looks.detail == Detail::all;
    std::vector<int> dates = all ? c.dates : std::vector<int>{report_quarter(c.horizon)};
    const std::uint32_t failed = c.looks.back() - c.whole.back();
    std::string out = wrapped(fmt::format("{}: {}, and what each number was after the first sixteenth, eighth, quarter and half of them{}", name,
                                          counted(c.looks.back(), "future", "futures"), failed == 0 ? "" : fmt::format("; {} failed and are left out", with_commas(failed))),
                              looks.width);
    out += "\n% of futures\n";
    for (const int date : dates) out += shares_table(c, date, false, looks);
    if (!c.medians.empty()) out += "\n% that have seen the event\n" + shares_table(c, c.horizon, true, looks);
    out += wrapped(fmt::format("{} is half the 95 % Jeffreys interval. Needed: futures until it is {:g} points, at the end of its interval nearest to 50 %. {}",
                               plus_minus(looks.signs), 100 * c.within, held_text(c.held, "futures")),
                   looks.width);
    if (const std::string medians = medians_table(c, looks); !medians.empty())
        out += "\n" + medians
               + wrapped(fmt::format("{} is half the 95 % interval, in quarters. Needed: futures until it is that one quarter; - where the curve is exactly at one half.",
                                     plus_minus(looks.signs)),
                         looks.width);
    std::string medians;
    for (const int date : dates) medians += indicators_table(c, date, looks);
    if (!medians.empty())
        out += "\n" + medians
               + wrapped(fmt::format("Medians over futures; {} is half the 95 % interval between order statistics. Needed: futures until it is {:g}, by the root of their number.",
                                     plus_minus(looks.signs), c.within),
                         looks.width);
    out += "\nWhat each share is uncertain by\n";
    std::vector<UncertainShare> told;
    for (const int date : dates) {
        told = uncertain_shares(c, date, false, all);
        out += uncertainty_table(told, "in " + quarter_name(date), looks);
    }
    if (!c.medians.empty()) out += uncertainty_table(uncertain_shares(c, c.horizon, true, all), "by " + quarter_name(c.horizon), looks);
    return out + uncertainty_note(told, c.at_hand, looks);
}

Json json_of(const RunConvergence& c)
{
    Json out = {{"runs", c.looks.back()}, {"failed", c.looks.back() - c.whole.back()}, {"within", c.within}, {"looks", c.looks}, {"whole", c.whole}, {"held", json_of(c.held)},
                {"shares", Json::array()}};
    for (const GrowingShare& s : c.shares) {
        Json one = {{"quantity", s.quantity}, {"at", Json::array()}, {"needed", s.needed}, {"needed_at_most", s.needed_at_most}, {"uncertainty", report::json_of(s.kinds)}};
        for (const Share& share : s.at) one["at"].push_back({{"estimate", share.runs == 0 ? Json() : Json(share.share)}, {"low", share.low}, {"high", share.high}});
        one["uncertainty"]["straight_lines"] = s.straight_lines ? Json(*s.straight_lines) : Json();
        out["shares"].push_back(std::move(one));
    }
    const auto date = [](const std::optional<int>& quarter) { return quarter ? Json(quarter_name(*quarter)) : Json(); };
    out["medians"] = Json::array();
    for (const GrowingMedian& m : c.medians) {
        Json one = {{"event", describe().events[m.event].name}, {"at", Json::array()}, {"needed", needed_json(m.needed)}};
        for (std::size_t look = 0; look < m.median.size(); ++look)
            one["at"].push_back({{"quarter", date(m.median[look])}, {"low", date(m.low[look])}, {"high", date(m.high[look])}});
        out["medians"].push_back(std::move(one));
    }
    out["indicators"] = Json::array();
    for (const GrowingQuantile& q : c.indicators) {
        Json one = {{"variable", describe().variables[q.variable].name}, {"date", quarter_name(q.date)}, {"at", Json::array()}, {"needed", needed_json(q.needed)}};
        for (const Interval& i : q.at) one["at"].push_back(json_of(i));
        out["indicators"].push_back(std::move(one));
    }
    out["readings"] = c.readings, out["inputs"] = c.inputs, out["regressed"] = c.regressed;
    return out;
}

std::string text_of(const SweepConvergence& c, const std::string& name, const Looks& looks)
{
    std::string out = wrapped(fmt::format("{}: {} of {}, and what each number was after the first sixteenth, eighth, quarter and half of them", name,
                                          counted(c.looks.empty() ? 0 : c.looks.back(), "replicate", "replicates"), counted(c.points, "point", "points")),
                              looks.width);
    std::string tables;
    for (std::size_t i = 0; i < c.estimates.size();) {
        GrowingTable t{"replicates", c.looks};
        const std::string& outcome = c.estimates[i].outcome;
        for (; i < c.estimates.size() && c.estimates[i].outcome == outcome; ++i) {
            t.rows.push_back({c.estimates[i].policy, {}, needed_text(c.estimates[i].needed)});
            for (const Interval& at : c.estimates[i].at) t.rows.back().cells.push_back(cell_of(at, looks));
        }
        tables += "\n" + wrapped(heading_of(parse_quantity(outcome)), looks.width) + text_of(t, looks.width);
    }
    return out + tables
           + wrapped(
               fmt::format("{} is half the 95 % interval over replicates. Needed: replicates until it is {:g}, by the root of their number; - where too few are there to say. {}",
                           plus_minus(looks.signs), c.within, held_text(c.held, "replicates")),
               looks.width);
}

Json json_of(const SweepConvergence& c)
{
    Json out = {{"replicates", c.looks.empty() ? 0 : c.looks.back()},
                {"points", c.points},
                {"within", c.within},
                {"looks", c.looks},
                {"held", json_of(c.held)},
                {"estimates", Json::array()}};
    for (const GrowingEstimate& e : c.estimates) {
        Json one = {{"policy", e.policy}, {"outcome", e.outcome}, {"at", Json::array()}, {"needed", needed_json(e.needed)}};
        for (const Interval& i : e.at) one["at"].push_back(json_of(i));
        out["estimates"].push_back(std::move(one));
    }
    return out;
}

} // namespace entente::report
