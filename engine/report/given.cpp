#include "given.hpp"
#include "../analysis/answer.hpp"
#include "../core/quarter.hpp"
#include "../model/meanings.hpp"
#include "by_date.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;

std::string right(const std::string& text, std::size_t width) { return std::string(width > columns(text) ? width - columns(text) : 0, ' ') + text; }

/// "61 55.1 ±4.9*": among all, among those that meet it.
struct Widths {
    std::size_t all, among;
};
Widths widths(const Looks& looks) { return looks.detail == Detail::all ? Widths{5, 19} : Widths{5, looks.signs == Signs::utf8 ? 11u : 12u}; }
std::string cell_of(const GivenShare& s, const Looks& looks)
{
    const Widths w = widths(looks);
    return right(share_text(s.all.share), w.all) + right(share_text(s.among, looks), w.among) + (s.beyond ? '*' : ' ');
}
std::string head(const Looks& looks) { return right("all", widths(looks).all) + right(looks.detail == Detail::all ? "given" : "given ", widths(looks).among) + " "; }

std::string number(double x) { return std::isnan(x) ? "-" : std::abs(x) < 10 ? short_number(x, 2) : fmt::format("{:.0f}", x); }
std::string cell_of(const GivenSpread& s)
{
    return fmt::format("{:>5}{:>16}{}", number(s.all.median), fmt::format("{} ({}-{})", number(s.among.median), number(s.among.low), number(s.among.high)), s.beyond ? '*' : ' ');
}

/// The three classes and orientations that differ most at a date, beyond chance.
std::string most_moved(const GivenAnswer& a, std::size_t date)
{
    struct Moved {
        std::string name;
        const GivenShare* share;
    };
    std::vector<Moved> moved;
    for (const int c : class_order) moved.push_back({words_of(class_names[c]), &a.classes[date][static_cast<std::size_t>(c)]});
    for (const int o : orientation_order) moved.push_back({words_of(orientation_names[o]), &a.orientations[date][static_cast<std::size_t>(o)]});
    std::erase_if(moved, [](const Moved& m) { return !m.share->beyond; });
    std::ranges::stable_sort(moved, std::greater<>(), [](const Moved& m) { return std::abs(m.share->difference.estimate); });
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, moved.size()); ++i)
        text += fmt::format("{}{} {} % (among all {})", i == 0 ? "" : ", ", moved[i].name, share_text(moved[i].share->among.share), share_text(moved[i].share->all.share));
    if (text.empty()) return fmt::format("In {} no class and no orientation is more or less frequent among them beyond chance.", quarter_name(a.dates[date]));
    return fmt::format("In {} what differs most among them: {}.", quarter_name(a.dates[date]), text);
}

std::string opening(const GivenAnswer& a, const std::string& scenario, const Looks& looks)
{
    std::string out = wrapped(fmt::format("{} of {} of '{}' in which {} ({} % {}{})", with_commas(a.met.count), counted(a.met.runs, "future", "futures"), scenario,
                                          all_conditions(a), share_text(a.met.share), plus_minus(looks.signs), half_width_text(a.met)),
                              looks.width);
    if (a.conditions.size() > 1)
        for (const GivenPart& c : a.conditions) out += wrapped(fmt::format("  alone, {}: {} futures", c.text, with_commas(c.met.count)), looks.width, 4);
    if (a.met.count < few_given) out += wrapped(fmt::format("Fewer than {}: the intervals are wide, and what is not seen may be missed.", few_given), looks.width);
    const auto date = static_cast<std::size_t>(std::ranges::find(a.dates, report_quarter(a.horizon)) - a.dates.begin());
    return out + "\n" + wrapped(most_moved(a, date), looks.width) + "\n";
}

std::string shares_table(const GivenAnswer& a, const Looks& looks)
{
    std::vector<Line> lines;
    const auto add = [&](const std::string& label, std::size_t which, const std::vector<std::vector<GivenShare>>& shares) {
        lines.push_back({label, {}, ""});
        for (const auto& at : shares) lines.back().cells.push_back(cell_of(at[which], looks));
    };
    for (const int c : class_order) add(std::string(class_names[c]), static_cast<std::size_t>(c), a.classes);
    lines.push_back({"Russia's orientation", {}, ""});
    for (const int o : orientation_order) add("  " + words_of(orientation_names[o]), static_cast<std::size_t>(o), a.orientations);
    const ByDate table = by_date("% of futures", lines, a.dates, report_quarter(a.horizon), head(looks), looks);
    std::string note = looks.detail == Detail::all ? "In brackets: the 95 % Jeffreys interval of the futures given, from their number alone."
                                                   : fmt::format("{} is half the 95 % Jeffreys interval of the futures given, from their number alone.", plus_minus(looks.signs));
    note += fmt::format(" * they differ from the other futures beyond chance (at {:g}; shares by their joined intervals, indicators by ranks).", alpha_given);
    if (!table.left_out.empty()) {
        std::string dates;
        for (const int date : table.left_out) dates += (dates.empty() ? "" : ", ") + quarter_name(date);
        note += fmt::format(" No room for {}: --all.", dates);
    }
    return table.text + wrapped(note, looks.width);
}

/// Those that more than one future in a hundred sees, of those given or of all, or of `all` every one; those given see the first of them most.
std::string events_table(const GivenAnswer& a, const Looks& looks)
{
    std::vector<const GivenEvent*> shown;
    for (const GivenEvent& e : a.events)
        if (looks.detail == Detail::all || e.seen.among.share > 0.01 || e.seen.all.share > 0.01) shown.push_back(&e);
    std::ranges::stable_sort(shown, std::greater<>(), [](const GivenEvent* e) { return e->seen.among.share; });
    const Widths w = widths(looks);
    constexpr std::size_t date = 8;
    const std::size_t first = looks.width - w.all - w.among - 1 - date;
    std::string out = fmt::format("{:<{}}{}{:>{}}\n", fmt::format("Events from {} to {}, % of futures", quarter_name(a.start), quarter_name(a.horizon)), first, head(looks), "half by", date);
    for (const GivenEvent* e : shown) {
        std::string line = wrapped("  " + e->meaning, first - 1, 4);
        line.pop_back();
        line += std::string(first - std::min(first, columns(line.substr(line.rfind('\n') + 1))), ' ') + cell_of(e->seen, looks);
        line += fmt::format("{:>{}}", e->median ? quarter_name(*e->median) : "", date);
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    if (shown.size() < a.events.size())
        out += wrapped(fmt::format("Half by: of those given. {} events that at most one in a hundred sees: --all.", a.events.size() - shown.size()), looks.width);
    return out;
}

std::string indicators_table(const GivenAnswer& a, const Looks& looks)
{
    std::vector<Line> lines;
    for (const GivenIndicator& i : a.indicators) {
        lines.push_back({" " + i.label, {}, i.name});
        for (const GivenSpread& s : i.at) lines.back().cells.push_back(cell_of(s));
    }
    return by_date("Indicators, median (5-95 %)", lines, a.dates, report_quarter(a.horizon), "  all           given ", looks).text;
}

Json json_of(const Share& s) { return {{"share", s.share}, {"low", s.low}, {"high", s.high}, {"count", s.count}}; }
Json json_of(const GivenShare& s)
{
    const Interval& d = s.difference;
    return {{"given", json_of(s.among)}, {"all", json_of(s.all)}, {"difference", {{"estimate", d.estimate}, {"low", d.low}, {"high", d.high}}}, {"beyond_chance", s.beyond}};
}
Json json_of(const SpreadOfRuns& s) { return {{"median", s.median}, {"p5", s.low}, {"p95", s.high}}; }

} // namespace

std::string all_conditions(const GivenAnswer& a)
{
    std::string text;
    for (const GivenPart& c : a.conditions) text += (text.empty() ? "" : " and ") + c.text;
    return text;
}

std::string text_of(const GivenAnswer& a, const std::string& scenario, const Looks& looks)
{
    std::string out = opening(a, scenario, looks) + shares_table(a, looks) + "\n";
    if (!a.events.empty()) out += events_table(a, looks) + "\n";
    out += indicators_table(a, looks) + "\n";
    out += wrapped(
        "Seeing is not doing: futures in which it comes are also others in what brings it about. What it does by itself, entente contrast says: it makes it happen in all futures.",
        looks.width);
    if (a.failed > 0) out += fmt::format("{} failed and {} left out.\n", counted(a.failed, "run", "runs"), a.failed == 1 ? "is" : "are");
    return out;
}

Json json_of(const GivenAnswer& a)
{
    Json out = {{"given", Json::array()},
                {"runs", a.met.count},
                {"of", a.met.runs},
                {"failed", a.failed},
                {"share", json_of(a.met)},
                {"enough", a.met.count >= few_given},
                {"start", quarter_name(a.start)},
                {"horizon", quarter_name(a.horizon)},
                {"interval", "Jeffreys; of differences those of the futures given and of the others, joined (Newcombe 1998)"},
                {"alpha", alpha_given}};
    for (const GivenPart& c : a.conditions) out["given"].push_back({{"condition", c.text}, {"count", c.met.count}, {"share", c.met.share}});
    for (std::size_t d = 0; d < a.dates.size(); ++d) {
        Json& at = out["dates"][quarter_name(a.dates[d])];
        for (const int c : class_order) at["classes"][std::string(class_names[c])] = json_of(a.classes[d][static_cast<std::size_t>(c)]);
        for (const int o : orientation_order) at["orientations"][std::string(orientation_names[o])] = json_of(a.orientations[d][static_cast<std::size_t>(o)]);
        for (const GivenIndicator& i : a.indicators)
            at["indicators"][i.name] = {{"given", json_of(i.at[d].among)}, {"all", json_of(i.at[d].all)}, {"beyond_chance", i.at[d].beyond}};
    }
    for (const GivenEvent& e : a.events) {
        Json& event = out["events"][e.name] = json_of(e.seen);
        event["meaning"] = e.meaning;
        event["median"] = {{"given", e.median ? Json(quarter_name(*e.median)) : Json()}, {"all", e.median_all ? Json(quarter_name(*e.median_all)) : Json()}};
    }
    return out;
}

} // namespace entente::report
