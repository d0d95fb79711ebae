#include "answer.hpp"
#include "../core/quarter.hpp"
#include "../model/meanings.hpp"
#include "by_date.hpp"
#include "driver_table.hpp"
#include "headline.hpp"
#include "numbers.hpp"
#include "picture.hpp"
#include "prior_table.hpp"
#include "uncertainty_table.hpp"
#include "words.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente::report {
namespace {

std::string dates_text(const std::vector<int>& dates)
{
    std::string text;
    for (const int date : dates) text += (text.empty() ? "" : ", ") + quarter_name(date);
    return text;
}

/// A share, beside it its range over readings if there are any.
std::string cell_of(const Share& s, const Band* band, const Looks& looks)
{
    const std::string share = share_text(s, looks);
    return band == nullptr ? share : fmt::format("{} {:>8}", share, band_text(*band, s));
}

std::string shares_table(const Answer& a, const Looks& looks)
{
    const Readings* const r = a.readings ? &*a.readings : nullptr;
    std::vector<Line> lines;
    const auto add = [&](const std::string& label, std::size_t which, const std::vector<std::vector<Share>>& shares, const std::vector<std::vector<Band>>* bands) {
        lines.push_back({label, {}, ""});
        for (std::size_t d = 0; d < a.dates.size(); ++d) lines.back().cells.push_back(cell_of(shares[d][which], bands && d < bands->size() ? &(*bands)[d][which] : nullptr, looks));
    };
    for (const int c : class_order) add(fmt::format("{} {}", sign_of(c, looks.signs), class_names[c]), static_cast<std::size_t>(c), a.classes, r ? &r->classes : nullptr);
    lines.push_back({"Russia's orientation", {}, ""});
    for (const int o : orientation_order) add("  " + words_of(orientation_names[o]), static_cast<std::size_t>(o), a.orientations, r ? &r->orientations : nullptr);
    const ByDate table = by_date("% of futures", lines, a.dates, report_quarter(a.horizon), r ? "   range " : "", looks);

    std::string note = looks.detail == Detail::all ? "In brackets: the 95 % Jeffreys interval, from the number of futures alone."
                                                   : fmt::format("{} is half the 95 % interval, from the number of futures alone.", plus_minus(looks.signs));
    if (r)
        note += fmt::format(" Range: from 5 to 95 % of {}, {} futures each; * this scenario's share lies outside it, beyond chance.", counted(r->readings, "reading", "readings"),
                            with_commas(r->futures));
    if (!table.left_out.empty()) note += fmt::format(" No room for {}: --all.", dates_text(table.left_out));
    return table.text + wrapped(note, looks.width);
}

std::string meanings(const Looks& looks)
{
    std::string out = "What the words mean\n";
    const auto add = [&](std::string_view name, std::string_view meaning) { out += wrapped(fmt::format("  {:<15}{}", words_of(name), meaning), looks.width, 17); };
    for (const int c : class_order) add(class_names[c], class_meanings[c]);
    for (const int o : orientation_order) add(orientation_names[o], orientation_meanings[o]);
    return out;
}

/// Why the drivers or the readings are missing, if they are.
std::string missing(const Answer& a, const Looks& looks)
{
    if (a.horizon < a.start || a.runs < a.asked || (a.drivers && a.readings)) return "";
    const std::string what = a.drivers    ? "How far the shares depend on the reading of what is disputed"
                             : a.readings ? "What the four drivers do"
                                          : "What the four drivers do, and how far the shares depend on the reading of what is disputed,";
    const std::string why = a.runs < least_runs_beside ? fmt::format("a run of {} futures or more says it by itself, a smaller one if asked", with_commas(least_runs_beside))
                                                       : "it was left out, or the run broke off before";
    return wrapped(fmt::format("{} is not known here: {} (--drivers, --readings).", what, why), looks.width) + "\n";
}

/// Those that more than one future in a hundred sees, or of `all` every one, the most frequent first.
std::string events_table(const Answer& a, const Looks& looks)
{
    struct Row {
        std::string name, meaning, share, date;
    };
    const bool all = looks.detail == Detail::all;
    std::vector<const EventAnswer*> shown;
    for (const EventAnswer& e : a.events)
        if (all || e.seen.share > 0.01) shown.push_back(&e);
    std::ranges::stable_sort(shown, std::greater<>(), [](const EventAnswer* e) { return e->seen.share; });
    std::vector<Row> rows;
    std::size_t meaning = 0, share = 0, name = 0;
    for (const EventAnswer* const e : shown) {
        const Band* const band = a.readings ? &a.readings->events[static_cast<std::size_t>(e - a.events.data())] : nullptr;
        rows.push_back({e->name, all ? fmt::format("{}: {}", e->name, e->meaning) : e->meaning, cell_of(e->seen, band, looks), e->median ? quarter_name(*e->median) : ""});
        meaning = std::max(meaning, columns(rows.back().meaning)), share = std::max(share, columns(rows.back().share)), name = std::max(name, columns(e->name));
    }
    const std::string_view median = "half by";
    // indented by two, two between the columns
    const bool named = !all && looks.width >= 8 + meaning + share + median.size() + name, apart = looks.width < 6 + meaning + share + median.size();
    std::string out = wrapped(fmt::format("Events from {} to {}, % of futures{}", quarter_name(a.start), quarter_name(a.horizon),
                                          shown.size() < a.events.size() ? fmt::format("; {} that at most one in a hundred sees: --all", a.events.size() - shown.size()) : ""),
                              looks.width);
    const std::size_t first = apart ? looks.width - 4 - share - median.size() : meaning + 2;
    out += fmt::format("{:<{}}  {:>{}}  {}\n", "", first, a.readings ? "range " : "", share, median);
    for (const Row& row : rows) {
        std::string line = wrapped("  " + row.meaning, first, 4);
        line.pop_back();
        line += std::string(first - columns(line.substr(line.rfind('\n') + 1)), ' ');
        line += fmt::format("  {:>{}}  {:<{}}", row.share, share, row.date, median.size());
        if (named) line += "  " + row.name;
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

/// Of the date that comes first and of events that more than one future in a hundred sees; of `convergence` all.
std::string uncertainty_text(const Answer& a, const Looks& looks)
{
    const auto date = static_cast<std::size_t>(std::ranges::find(a.dates, report_quarter(a.horizon)) - a.dates.begin());
    if (!a.uncertainty || date >= a.uncertainty->classes.size()) return "";
    std::vector<UncertainShare> shares, events;
    for (const int c : class_order)
        shares.push_back({std::string(class_names[c]), a.classes[date][static_cast<std::size_t>(c)].share, a.uncertainty->classes[date][static_cast<std::size_t>(c)]});
    for (const int o : orientation_order)
        shares.push_back({words_of(orientation_names[o]), a.orientations[date][static_cast<std::size_t>(o)].share, a.uncertainty->orientations[date][static_cast<std::size_t>(o)]});
    for (std::size_t e = 0; a.horizon >= a.start && e < a.events.size(); ++e)
        if (a.events[e].seen.share > 0.01) events.push_back({a.events[e].name, a.events[e].seen.share, a.uncertainty->events[e]});
    std::ranges::stable_sort(events, std::greater<>(), &UncertainShare::share);
    std::string out = "What each share is uncertain by\n" + uncertainty_table(shares, "in " + quarter_name(a.dates[date]), looks);
    if (!events.empty()) out += "\n" + uncertainty_table(events, "by " + quarter_name(a.horizon), looks);
    return out + uncertainty_note(shares, a.uncertainty->at_hand, looks);
}

/// Seven heights for the course of a median, one sign per two years.
std::string chart(const std::vector<double>& course)
{
    static constexpr const char* heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇"};
    const auto [low, high] = std::minmax_element(course.begin(), course.end());
    const double span = *high - *low;
    std::string drawn;
    for (std::size_t q = 0; q < course.size(); q += 8) drawn += heights[span > 0 ? static_cast<std::size_t>((course[q] - *low) / span * 6.999) : 0];
    return drawn;
}

std::string indicators_table(const Answer& a, const Looks& looks)
{
    std::vector<Line> lines;
    for (const IndicatorAnswer& i : a.indicators) {
        lines.push_back({" " + i.label, {}, looks.signs == Signs::utf8 ? fmt::format("{:<24}  {}", i.name, chart(i.course)) : i.name});
        for (std::size_t d = 0; d < a.dates.size(); ++d)
            lines.back().cells.push_back(fmt::format("{} ({}-{})", short_number(i.median[d], 3), short_number(i.low[d], 2), short_number(i.high[d], 2)));
    }
    const ByDate table = by_date("Indicators, median (5-95 %)", lines, a.dates, report_quarter(a.horizon), "", looks);
    return table.text + (table.left_out.empty() ? "" : fmt::format("No room for {}: --all.\n", dates_text(table.left_out)));
}

} // namespace

std::string text_of(const Answer& a, const Looks& looks)
{
    std::string out = "\n";
    for (const std::string& sentence : headline(a, looks.signs)) out += wrapped(sentence, std::min<std::size_t>(looks.width, 110)) + "\n";
    if (a.runs < a.asked) out += fmt::format("INTERRUPTED: {} of {} futures were simulated.\n\n", with_commas(a.runs), with_commas(a.asked));
    out += picture(a.course, a.horizon < a.start ? 0 : a.start, looks) + "\n";
    out += shares_table(a, looks) + "\n";
    if (a.priors) out += prior_table(*a.priors, report_quarter(a.horizon), looks) + "\n";
    if (a.drivers) out += driver_table(*a.drivers, looks) + "\n";
    out += missing(a, looks);
    if (a.horizon >= a.start) out += events_table(a, looks) + "\n";
    if (const std::string text = looks.detail == Detail::all ? uncertainty_text(a, looks) : ""; !text.empty()) out += text + "\n";
    out += indicators_table(a, looks) + "\n";
    out += meanings(looks);
    out += wrapped(
        "As quantities: share_CLASS at DATE, EVENT by DATE, mean NAME at DATE; --all names the events, entente describe \"WORDS\" gives the name of an indicator and all of it.",
        looks.width);
    if (a.failed > 0) out += fmt::format("{} failed and {} left out.\n", a.failed == 1 ? "1 run" : with_commas(a.failed) + " runs", a.failed == 1 ? "is" : "are");
    return out + "\n";
}

} // namespace entente::report
