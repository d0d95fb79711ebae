#include "contrast.hpp"
#include "../analysis/answer.hpp"
#include "../core/quarter.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;

std::string number(const Quantity& q, double x)
{
    if (std::isnan(x)) return "-";
    if (is_part(q)) return fmt::format("{:.1f}", 100 * x);
    return std::abs(x) < 10 ? short_number(x, 3) : fmt::format("{:.1f}", x);
}
bool beyond(const Interval& i) { return i.low > 0 || i.high < 0; }
/// "+5.1 ±0.8*": beyond chance.
std::string effect(const Quantity& q, const Interval& i, const Looks& looks)
{
    if (std::isnan(i.estimate)) return "- ";
    if (!std::isfinite(i.low)) return fmt::format("{}{} ", i.estimate < 0 ? "" : "+", number(q, i.estimate));
    return fmt::format("{}{} {}{}{}", i.estimate < 0 ? "" : "+", number(q, i.estimate), plus_minus(looks.signs), number(q, std::max(i.high - i.estimate, i.estimate - i.low)),
                       beyond(i) ? '*' : ' ');
}
std::string right(const std::string& text, std::size_t width) { return std::string(width > columns(text) ? width - columns(text) : 0, ' ') + text; }

/// What a row is called where its date stands above.
std::string label_of(const Quantity& q)
{
    if (q.kind == Quantity::Kind::seen) return std::string(describe().events[q.event].meaning);
    if (q.kind == Quantity::Kind::share) return words_of(q.code >= 8 ? orientation_names[q.code - 8] : class_names[q.code]);
    if (q.terms.size() == 1 && q.terms[0].factor == 1)
        for (const Label& i : indicators)
            if (Description::find(describe().variables, i.variable) == q.terms[0].variable) return i.label;
    return q.text;
}

std::string opening(const EventContrast& c, const std::string& scenario, const Looks& looks)
{
    std::string out = wrapped(fmt::format("'{}' seen, and made to come, in {} of '{}'", c.of.text, counted(c.runs, "future", "futures"), scenario), looks.width) + "\n";
    std::string text = fmt::format("It is seen in {} ({} %). ", counted(c.seen, "future", "futures"), share_text(static_cast<double>(c.seen) / c.runs));
    if (c.made > 0) {
        std::uint32_t forced = 0;
        int half = 0, first = 0, last = 0;
        for (const ForcedDate& d : c.dates) {
            if (d.forced == 0) continue;
            if (forced == 0) first = d.quarter;
            if (2 * forced < c.made) half = d.quarter;
            forced += d.forced, last = d.quarter;
        }
        text += fmt::format("In the {} others events.{} makes it come, ", with_commas(c.made), c.forced);
        text += first == last ? fmt::format("in {}; ", quarter_name(first))
                              : fmt::format("at dates drawn from those at which it is seen ({} to {}, half by {}); ", quarter_name(first), quarter_name(last), quarter_name(half));
        text += c.came == c.made ? "it came in all of them. " : fmt::format("it came in {} of them. ", with_commas(c.came));
    }
    if (c.seen > 0)
        text += c.same == c.seen
                    ? "Where it is seen, making it come at its own date changes no outcome."
                    : fmt::format(
                        "Where it is seen, making it come at its own date changes no outcome in {} of {}: in the others what is made to come is not quite what is seen, and that "
                        "difference counts as selection.",
                        with_commas(c.same), with_commas(c.seen));
    return out + wrapped(text, looks.width);
}

/// Of the shares at a date, the one that seeing moves most beyond chance, else the one that doing does.
std::string sentence(const EventContrast& c, int date, const Looks& looks)
{
    const ContrastRow* most = nullptr;
    const auto size = [&](const ContrastRow& r) {
        return std::max(beyond(r.contrast.seeing) ? std::abs(r.contrast.seeing.estimate) : 0, beyond(r.contrast.cause) ? std::abs(r.contrast.cause.estimate) : 0);
    };
    for (const ContrastRow& r : c.rows)
        if (is_share(r.quantity) && r.quantity.kind == Quantity::Kind::share && r.quantity.code != 8 && r.quantity.to == date && size(r) > (most ? size(*most) : 0)) most = &r;
    if (!most) return "";
    const Contrast& k = most->contrast;
    const auto points = [&](const Interval& i) {
        return fmt::format("{:+.1f} {}{:.1f}", 100 * i.estimate, plus_minus(looks.signs), 100 * std::max(i.high - i.estimate, i.estimate - i.low));
    };
    if (c.seen == 0) return fmt::format("In {} {} becomes {} points more frequent where it is made to come.", quarter_name(date), label_of(most->quantity), points(k.cause));
    const std::string first = beyond(k.cause) && beyond(k.selection) ? "Both are beyond chance."
                              : beyond(k.cause)                      ? "Selection is no more than chance."
                              : beyond(k.selection)                  ? "The cause is no more than chance."
                                                                     : "";
    return fmt::format("In {} {} has {:.1f} % of the futures in which it is seen, and {:.1f} % of all: {} points. Of these {} are cause, what it does where it is made to come, "
                       "and {} selection, what else sets "
                       "those futures apart in which it comes by itself. {}",
                       quarter_name(date), label_of(most->quantity), 100 * k.seen, 100 * k.as_is, points(k.seeing), points(k.cause), points(k.selection), first);
}

constexpr std::size_t cells = 8 + 8 + 8 + 14 + 14;
std::string row_of(const std::string& label, const ContrastRow& r, const Looks& looks)
{
    const std::size_t first = looks.width - cells;
    std::string out = wrapped("  " + label, first - 1, 4);
    out.pop_back();
    out += std::string(first - std::min(first, columns(out.substr(out.rfind('\n') + 1))), ' ');
    const Contrast& c = r.contrast;
    out += right(number(r.quantity, c.as_is), 8) + right(number(r.quantity, c.seen), 8) + right(number(r.quantity, c.forced), 8);
    out += right(effect(r.quantity, c.cause, looks), 14) + right(effect(r.quantity, c.selection, looks), 14);
    return out.substr(0, out.find_last_not_of(' ') + 1) + "\n";
}
std::string head(const std::string& what, const Looks& looks)
{
    return fmt::format("{:<{}}{:>8}{:>8}{:>8}{:>13} {:>13}\n", what, looks.width - cells, "as is", "seen", "forced", "cause", "selection");
}

/// Rows of which `is` holds; those of events that hardly any future sees are left out of the short answer.
template <class Is> std::string table(const EventContrast& c, const std::string& heading, const Looks& looks, Is is)
{
    std::string out;
    for (const ContrastRow& r : c.rows)
        if (is(r)) out += row_of(label_of(r.quantity), r, looks);
    return out.empty() ? "" : head(heading, looks) + out + "\n";
}

Json json_of(const Interval& i) { return {{"estimate", i.estimate}, {"low", i.low}, {"high", i.high}}; }

} // namespace

std::string text_of(const EventContrast& c, const Scenario& scenario, bool asked, const Looks& looks)
{
    const int date = report_quarter(scenario.horizon);
    std::string out = opening(c, scenario.name, looks) + "\n";
    if (const std::string text = sentence(c, date, looks); !text.empty()) out += wrapped(text, looks.width) + "\n";
    const auto of_variable = [](const ContrastRow& r) { return !r.quantity.terms.empty(); };
    if (asked) {
        out += head("", looks);
        for (const ContrastRow& r : c.rows) out += row_of(r.quantity.text + (is_part(r.quantity) ? ", %" : ""), r, looks);
        out += "\n";
    } else {
        for (const int d : report_dates(scenario.horizon)) {
            if (looks.detail == Detail::first && d != date) continue;
            out += table(c, fmt::format("% of futures, {}", quarter_name(d)), looks,
                         [&](const ContrastRow& r) { return r.quantity.kind == Quantity::Kind::share && r.quantity.to == d; });
            out += table(c, fmt::format("Indicators, {}", quarter_name(d)), looks, [&](const ContrastRow& r) { return of_variable(r) && r.quantity.to == d; });
        }
        const auto shown = [&](const ContrastRow& r) {
            return r.quantity.kind == Quantity::Kind::seen && (looks.detail == Detail::all || beyond(r.contrast.cause) || beyond(r.contrast.selection));
        };
        out += table(c, fmt::format("% that see by {}", quarter_name(scenario.horizon)), looks, shown);
        const auto events = std::ranges::count_if(c.rows, [&](const ContrastRow& r) { return r.quantity.kind == Quantity::Kind::seen && !shown(r); });
        if (events > 0) out.pop_back(), out += fmt::format("{} events that neither moves beyond chance: --all.\n\n", events);
    }
    std::string note = fmt::format("Cause: forced less as is, on the same random numbers (Student's t over {} pairs). Selection: seen less forced. The two add up to seen less as "
                                   "is. * beyond chance: the 95 % "
                                   "interval, half of which is {}, leaves out 0.",
                                   with_commas(c.runs - c.failed), plus_minus(looks.signs));
    if (c.made > 0 && c.seen > 0) note += " Dates at which it is made to come are taken as they are seen: what is seen later than others is made to come as late.";
    out += wrapped(note, looks.width);
    if (c.failed > 0) out += wrapped(fmt::format("{} left out, since one of them failed.", counted(c.failed, "pair is", "pairs are")), looks.width);
    return out;
}

Json json_of(const EventContrast& c)
{
    Json out = {{"of", c.of.text}, {"forced", c.forced},        {"runs", c.runs},         {"failed", c.failed},         {"seen", c.seen}, {"made", c.made},
                {"came", c.came},  {"same_where_seen", c.same}, {"dates", Json::array()}, {"quantities", Json::array()}};
    for (const ForcedDate& d : c.dates) out["dates"].push_back({{"date", quarter_name(d.quarter)}, {"seen", d.seen}, {"forced", d.forced}});
    for (const ContrastRow& r : c.rows)
        out["quantities"].push_back({{"quantity", r.quantity.text},
                                     {"as_is", r.contrast.as_is},
                                     {"seen", r.contrast.seen},
                                     {"forced", r.contrast.forced},
                                     {"seeing", json_of(r.contrast.seeing)},
                                     {"cause", json_of(r.contrast.cause)},
                                     {"selection", json_of(r.contrast.selection)},
                                     {"pairs", r.contrast.runs}});
    return out;
}

} // namespace entente::report
