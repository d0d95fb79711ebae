#include "assimilation.hpp"
#include "../core/interval.hpp"
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

std::string number(double x, int digits) { return std::abs(x) < 10 ? short_number(x, digits) : fmt::format("{:.0f}", x); }
std::string middle(const OverRuns& r) { return fmt::format("{} ({}-{})", number(r.median, 3), number(r.low, 2), number(r.high, 2)); }
std::string middle(const OverRuns& r, bool event) { return event ? share_text(r.median) + " %" : middle(r); }
bool moved(const UpdatedShare& s) { return std::abs(s.change) > z95 * s.error; }

/// A line for each row, those that end first come first.
std::string rows_table(const Assimilated& a, const Observed& observed, const Looks& looks)
{
    struct Cells {
        std::string date, target, value, before, after, left;
    };
    std::vector<Cells> all{{"date", "observed", "value", "futures (5-95 %)", "as weighed", "left"}};
    for (std::size_t row = 0; row < observed.rows.size(); ++row) {
        const ObservedRow& r = observed.rows[row];
        const RowAccount& account = a.weighing.rows[row];
        const bool event = !r.observation;
        all.push_back({r.date, r.target, event ? (r.value == 1 ? "yes" : "no") : number(r.value, 3), middle(account.before, event), middle(account.after, event),
                       r.used ? with_commas(static_cast<std::uint64_t>(std::lround(account.effective))) : "shown"});
    }
    std::size_t date = 0, target = 0, value = 0, before = 0, after = 0, left = 0;
    for (const Cells& c : all)
        date = std::max(date, columns(c.date)), target = std::max(target, columns(c.target)), value = std::max(value, columns(c.value)),
        before = std::max(before, columns(c.before)), after = std::max(after, columns(c.after)), left = std::max(left, columns(c.left));
    const std::size_t without = date + target + value + before + left + 8;
    const bool room = without + 2 + after <= looks.width, narrow = without > looks.width;
    std::string out;
    for (const Cells& c : all) {
        const std::string name = fmt::format("{:<{}}  {:<{}}", c.date, date, c.target, target);
        out += narrow ? fmt::format("{}\n{:<{}}", name.substr(0, name.find_last_not_of(' ') + 1), "", date) : name;
        out += fmt::format("  {:>{}}  {:>{}}", c.value, value, c.before, before);
        if (room || (looks.detail == Detail::all && !narrow)) out += fmt::format("  {:>{}}", c.after, after);
        out += fmt::format("  {:>{}}\n", c.left, left);
    }
    return out;
}

/// The row that leaves the smallest part of what was left before it.
std::string costliest(const Assimilated& a, const Observed& observed)
{
    double before = a.runs - a.failed, least = 1;
    const ObservedRow* worst = nullptr;
    for (std::size_t row = 0; row < observed.rows.size(); ++row) {
        const double now = a.weighing.rows[row].effective;
        if (observed.rows[row].used && now / before < least) least = now / before, worst = &observed.rows[row];
        before = now;
    }
    return worst == nullptr ? "" : fmt::format(" {} in {} costs most: it leaves {} % of those before it.", worst->target, worst->date, share_text(least));
}

struct Widths {
    std::size_t before, after;
};
std::string cell_of(const UpdatedShare& s, Widths w, const Looks& looks)
{
    const std::string before = share_text(s.before, looks), after = share_text(s.after, looks);
    return fmt::format("{}{}{}{}{}", std::string(w.before > columns(before) ? w.before - columns(before) : 0, ' '), before,
                       std::string(w.after > columns(after) ? w.after - columns(after) : 0, ' '), after, moved(s) ? '*' : ' ');
}
Widths widths(const Looks& looks) { return looks.detail == Detail::all ? Widths{16, 18} : Widths{looks.signs == Signs::utf8 ? 9u : 10u, looks.signs == Signs::utf8 ? 11u : 12u}; }
std::string head(Widths w) { return fmt::format("{:>{}}{:>{}} ", "before", w.before > 6 ? w.before - 2 : w.before, "after", w.after); }

std::string shares_table(const Assimilated& a, const Looks& looks)
{
    const Widths w = widths(looks);
    std::vector<Line> lines;
    const auto add = [&](std::string label, std::size_t which, const std::vector<std::vector<UpdatedShare>>& shares) {
        lines.push_back({std::move(label), {}, ""});
        for (const auto& at : shares) lines.back().cells.push_back(cell_of(at[which], w, looks));
    };
    for (const int c : class_order) add(std::string(class_names[c]), static_cast<std::size_t>(c), a.classes);
    lines.push_back({"Russia's orientation", {}, ""});
    for (const int o : orientation_order) add("  " + words_of(orientation_names[o]), static_cast<std::size_t>(o), a.orientations);
    const ByDate table = by_date("% of futures", lines, a.dates, std::min(a.horizon, report_quarter(a.horizon)), head(w), looks);
    std::string left_out;
    for (const int date : table.left_out) left_out += (left_out.empty() ? " No room for " : ", ") + quarter_name(date);
    const std::string note = looks.detail == Detail::all ? "In brackets: the 95 % interval" : fmt::format("{} is half the 95 % interval", plus_minus(looks.signs));
    return table.text
           + wrapped(fmt::format("{}, from the number of futures alone: Jeffreys', after as if of {} equal ones, 1 / sum of squared weights. * moved beyond chance.{}", note,
                                 with_commas(static_cast<std::uint64_t>(std::lround(a.weighing.effective))), left_out.empty() ? "" : left_out + ": --all."),
                     looks.width);
}

/// Those that more than one future in a hundred sees, before or after, or of `all` every one.
std::string events_table(const Assimilated& a, const Looks& looks)
{
    const Widths w = widths(looks);
    std::vector<std::size_t> shown;
    for (std::size_t e = 0; e < a.events.size(); ++e)
        if (looks.detail == Detail::all || a.events[e].before.share > 0.01 || a.events[e].after.share > 0.01) shown.push_back(e);
    std::ranges::stable_sort(shown, std::greater<>(), [&](std::size_t e) { return a.events[e].after.share; });
    const std::size_t numbers = w.before + w.after + 1, first = looks.width - numbers;
    std::string out = fmt::format("{:<{}}{:>{}}{:>{}}\n", fmt::format("Events from {} to {}", quarter_name(a.start), quarter_name(a.horizon)), first, "before", w.before, "after", w.after);
    for (const std::size_t e : shown) {
        std::string line = wrapped("  " + std::string(describe().events[e].meaning), first - 1, 4);
        line.pop_back();
        line += std::string(first - columns(line.substr(line.rfind('\n') + 1)), ' ') + cell_of(a.events[e], w, looks);
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

std::string indicators_table(const Assimilated& a, const Looks& looks)
{
    std::vector<Line> lines;
    for (const UpdatedIndicator& i : a.indicators) {
        lines.push_back({" " + i.label, {}, i.name});
        for (std::size_t d = 0; d < a.dates.size(); ++d) lines.back().cells.push_back(fmt::format("{:>14}  {:>14}", middle(i.before[d]), middle(i.after[d])));
    }
    return by_date("Indicators, median (5-95 %)", lines, a.dates, report_quarter(a.horizon), "  before           after", looks).text;
}

Json json_of(const Share& s) { return {{"share", s.share}, {"low", s.low}, {"high", s.high}}; }
Json json_of(const UpdatedShare& s)
{
    return {{"before", json_of(s.before)}, {"after", json_of(s.after)}, {"change", {{"estimate", s.change}, {"low", s.change - z95 * s.error}, {"high", s.change + z95 * s.error}}}};
}
Json json_of(const OverRuns& r) { return {{"median", r.median}, {"p5", r.low}, {"p95", r.high}}; }

} // namespace

std::string text_of(const Assimilated& a, const Observed& observed, const std::string& scenario, const Looks& looks)
{
    std::string out = wrapped(fmt::format("{} of '{}', {} to {}, and what was observed of them", counted(a.runs - a.failed, "future", "futures"), scenario, quarter_name(a.start),
                                          quarter_name(a.horizon)),
                              looks.width)
                      + "\n" + rows_table(a, observed, looks);
    out += wrapped(fmt::format("Left: number of equal futures that the weighed ones are worth up to this row.{}", costliest(a, observed)), looks.width) + "\n";
    out += shares_table(a, looks) + "\n" + events_table(a, looks) + "\n" + indicators_table(a, looks);
    if (a.failed > 0) out += fmt::format("{} failed and {} left out.\n", counted(a.failed, "run", "runs"), a.failed == 1 ? "is" : "are");
    return out;
}

Json json_of(const Assimilated& a, const Observed& observed)
{
    Json out = {{"runs", a.runs},
                {"failed", a.failed},
                {"effective", a.weighing.effective},
                {"enough", a.weighing.effective >= few_effective},
                {"start", quarter_name(a.start)},
                {"horizon", quarter_name(a.horizon)},
                {"observed", Json::array()}};
    for (std::size_t row = 0; row < observed.rows.size(); ++row) {
        const ObservedRow& r = observed.rows[row];
        const RowAccount& account = a.weighing.rows[row];
        out["observed"].push_back({{"line", r.place.line},
                                   {"target", r.target},
                                   {"date", r.date},
                                   {"value", r.value},
                                   {"unit", r.unit},
                                   {"used", r.used},
                                   {"effective", account.effective},
                                   {"nearest", account.nearest},
                                   {"before", json_of(account.before)},
                                   {"after", json_of(account.after)}});
    }
    for (std::size_t d = 0; d < a.dates.size(); ++d) {
        Json& at = out["dates"][quarter_name(a.dates[d])];
        for (const int c : class_order) at["classes"][std::string(class_names[c])] = json_of(a.classes[d][static_cast<std::size_t>(c)]);
        for (const int o : orientation_order) at["orientations"][std::string(orientation_names[o])] = json_of(a.orientations[d][static_cast<std::size_t>(o)]);
        for (const UpdatedIndicator& i : a.indicators) at["indicators"][i.name] = {{"before", json_of(i.before[d])}, {"after", json_of(i.after[d])}};
    }
    for (std::size_t e = 0; e < a.events.size(); ++e) {
        Json& event = out["events"][std::string(describe().events[e].name)] = json_of(a.events[e]);
        event["meaning"] = describe().events[e].meaning;
    }
    return out;
}

} // namespace entente::report
