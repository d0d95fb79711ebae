// Tables of the answer: shares, events, what they are uncertain by, drivers.
#include "../../core/quarter.hpp"
#include "../../ensemble/reported.hpp"
#include "../../experiment/provenance.hpp"
#include "../survival_numbers.hpp"
#include "../words.hpp"
#include "tables.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr double seldom = 0.01;

std::string interval_note() { return "± is half the 95 % Jeffreys interval, from the number of futures alone."; }
std::string failed_note(const Answer& a) { return a.failed > 0 ? fmt::format(" {} failed and left out.", counted(a.failed, "run", "runs")) : ""; }

std::vector<PaperColumn> share_columns(const Answer& a, const char* first)
{
    std::vector<PaperColumn> columns = {{words_of(first), "", {first}, Align::text}};
    columns[0].header = first[0] == 'c' ? "Class" : "Orientation";
    for (const int date : a.dates) {
        const std::string quarter = quarter_name(date);
        columns.push_back({quarter, "%", {"share_" + quarter, "low_" + quarter, "high_" + quarter}});
    }
    return columns;
}

std::size_t at_report(const Answer& a) { return static_cast<std::size_t>(std::ranges::find(a.dates, report_quarter(a.horizon)) - a.dates.begin()); }

PaperCell quarter_cell(const EventSurvival& e, int horizon)
{
    const auto name = [](const std::optional<int>& quarter) { return quarter ? quarter_name(*quarter) : std::string(); };
    const std::string after = fmt::format("after {}", quarter_name(horizon));
    const std::string shown = !e.median ? after : fmt::format("{} ({}–{})", name(e.median), e.low_median ? name(e.low_median) : "?", e.high_median ? name(e.high_median) : "?");
    return {shown, {name(e.median), name(e.low_median), name(e.high_median)}};
}

PaperCell sd_cell(double sd) { return {std::isfinite(sd) ? fmt::format("{:.{}f}", 100 * sd, sd < 0.01 ? 2 : 1) : "–", {sd}}; }
PaperCell sd_cell(const VariancePart* part)
{
    if (!part) return {"–", {std::nan(""), std::nan(""), std::nan("")}};
    return {fmt::format("{:.1f} ({:.1f}–{:.1f})", 100 * part->sd(), 100 * part->low(), 100 * part->high()), {part->sd(), part->low(), part->high()}};
}

/// A row of the table of uncertainty.
PaperRow uncertain(const std::string& of, const std::string& name, const Share& share, const KindsOfUncertainty& kinds, const Band* band)
{
    const ReadingSpread* const spread = kinds.spread ? &*kinds.spread : nullptr;
    return {{words_cell(of), words_cell(words_of(name)), share_cell(share), band ? band_cell(*band) : PaperCell{"–", {std::nan(""), std::nan("")}}, sd_cell(kinds.monte_carlo),
             sd_cell(spread ? &spread->parameters : nullptr), sd_cell(spread ? &spread->structures : nullptr)}};
}

} // namespace

std::string origin_text(const Origin& o) { return fmt::format("n = {}, seed {}, entente {}.", counted(o.runs, "future", "futures"), o.seed, o.version); }

PaperTable table_of_classes(const Answer& a, const Origin& o)
{
    PaperTable t{.name = "classes",
                 .title = fmt::format("Share of futures in each class of the tie between Russia and China: {}", o.scenario),
                 .note = fmt::format("{} {}{}", interval_note(), origin_text(o), failed_note(a)),
                 .columns = share_columns(a, "class"),
                 .rows = {}};
    for (const int c : class_order) {
        PaperRow row{{words_cell(std::string(class_names[c]))}};
        for (const auto& shares : a.classes) row.cells.push_back(share_cell(shares[static_cast<std::size_t>(c)]));
        t.rows.push_back(std::move(row));
    }
    return t;
}

PaperTable table_of_orientations(const Answer& a, const Origin& o)
{
    PaperTable t{.name = "orientations",
                 .title = fmt::format("Share of futures by Russia's orientation: {}", o.scenario),
                 .note = fmt::format("{} {}{}", interval_note(), origin_text(o), failed_note(a)),
                 .columns = share_columns(a, "orientation"),
                 .rows = {}};
    for (const int c : orientation_order) {
        PaperRow row{{{words_of(orientation_names[c]), {std::string(orientation_names[c])}}}};
        for (const auto& shares : a.orientations) row.cells.push_back(share_cell(shares[static_cast<std::size_t>(c)]));
        t.rows.push_back(std::move(row));
    }
    return t;
}

PaperTable table_of_events(const Answer& a, const EventTimes& times, const Origin& o)
{
    const std::string horizon = quarter_name(a.horizon);
    PaperTable t{.name = "event_times",
                 .title = fmt::format("What happens from {} to {}, and when half of the futures have seen it: {}", quarter_name(a.start), horizon, o.scenario),
                 .note = {},
                 .columns = {{"Event", "", {"event"}, Align::text},
                             {"Meaning", "", {"meaning"}, Align::prose, 0.38},
                             {"Seen by " + horizon, "%", {"seen", "seen_low", "seen_high"}},
                             {"Half by (95 %)", "", {"median", "median_low", "median_high"}},
                             {"", "", {"years_without"}, Align::none},
                             {"", "", {"years_without_standard_error"}, Align::none}},
                 .rows = {}};
    std::vector<std::size_t> order(a.events.size());
    for (std::size_t e = 0; e < order.size(); ++e) order[e] = e;
    std::ranges::stable_sort(order, std::greater(), [&](std::size_t e) { return a.events[e].seen.share; });
    std::size_t rare = 0;
    for (const std::size_t e : order) {
        const EventSurvival s = event_survival(times, e, CurveBand::jeffreys);
        const EventAnswer& of = a.events[e];
        const bool shown = of.seen.share > seldom;
        rare += shown ? 0 : 1;
        t.rows.push_back({{{words_of(of.name), {of.name}}, words_cell(of.meaning), share_cell(of.seen), quarter_cell(s, a.horizon), exact_cell(s.years), exact_cell(s.years_error)},
                          shown ? PaperRow::For::all : PaperRow::For::programs});
    }
    t.note = fmt::format("{} Half by: Kaplan-Meier median, with its interval where the band crosses one half; ? lies after {}. {} {}", interval_note(), horizon,
                         rare > 0 ? fmt::format("{} that at most one future in a hundred sees {} in the CSV alone.", counted(rare, "event", "events"), rare == 1 ? "is" : "are") : "",
                         origin_text(o));
    return t;
}

PaperTable table_of_uncertainty(const Answer& a, const Origin& o)
{
    const std::size_t at = at_report(a);
    PaperTable t{.name = "uncertainty",
                 .title = fmt::format("What each share is uncertain by in {}: {}", quarter_name(a.dates[at]), o.scenario),
                 .note = {},
                 .columns = {{"", "", {"of"}, Align::text},
                             {"Share of futures", "", {"name"}, Align::text},
                             {"Share", "%", {"share", "low", "high"}},
                             {"Over readings", "%", {"readings_p5", "readings_p95"}},
                             {"By futures", "s.d.", {"sd_futures"}},
                             {"By parameters", "s.d.", {"sd_parameters", "sd_parameters_low", "sd_parameters_high"}},
                             {"By structures", "s.d.", {"sd_structures", "sd_structures_low", "sd_structures_high"}}},
                 .rows = {},
                 .groups = PaperTable::Groups::by_first};
    const Readings* const r = a.readings ? &*a.readings : nullptr;
    for (const int c : class_order) {
        const auto i = static_cast<std::size_t>(c);
        t.rows.push_back(uncertain("class", std::string(class_names[i]), a.classes[at][i], a.uncertainty->classes[at][i], r ? &r->classes[at][i] : nullptr));
    }
    for (const int c : orientation_order) {
        const auto i = static_cast<std::size_t>(c);
        t.rows.push_back(uncertain("orientation", std::string(orientation_names[i]), a.orientations[at][i], a.uncertainty->orientations[at][i], r ? &r->orientations[at][i] : nullptr));
    }
    const std::string by = fmt::format("event by {}", quarter_name(a.horizon));
    for (std::size_t e = 0; e < a.events.size(); ++e) {
        t.rows.push_back(uncertain(by, a.events[e].name, a.events[e].seen, a.uncertainty->events[e], r ? &r->events[e] : nullptr));
        if (a.events[e].seen.share <= seldom) t.rows.back().who = PaperRow::For::programs;
    }
    const std::string readings = r ? fmt::format("Over readings: from 5 to 95 % of {} readings of parameters and structures, {} futures each.", with_commas(r->readings), r->futures)
                                   : "No readings stand beside these futures.";
    t.note = fmt::format("{} {} Standard deviations in points of a share: by the number of futures, which more of them lessen; by parameters and by structures over the readings, "
                         "without chance, with 95 % intervals; – where readings are too few. {}",
                         interval_note(), readings, origin_text(o));
    return t;
}

PaperTable table_of_drivers(const DriverEffects& d, const Origin& o)
{
    PaperTable t{.name = "drivers",
                 .title = fmt::format("What each driver changes in {} with its dial at either end: {}", quarter_name(d.quarter), o.scenario),
                 .note = {},
                 .columns = {{"Driver", "", {"driver"}, Align::prose, 0.19}, {"Dial", "", {"dial"}}, {"Its variable", "", {"variable"}}, {"Alignment index", "", {"index", "index_low", "index_high"}}},
                 .rows = {},
                 .groups = PaperTable::Groups::by_first};
    for (const int c : class_order) {
        const std::string name(class_names[c]);
        t.columns.push_back({name, "", {name, name + "_low", name + "_high"}, c == 4 || c == 0 ? Align::none : Align::number});
    }
    for (const int c : {1, 2}) {
        const std::string name(orientation_names[c]);
        t.columns.push_back({words_of(name), "", {name, name + "_low", name + "_high"}});
    }
    for (const DriverEffect& driver : d.drivers)
        for (const DialEffect* const end : {&driver.low, &driver.high}) {
            PaperRow row{{{driver.alone ? words_of(driver.name.substr(driver.name.find('.') + 1)) + " alone" : driver.label, {driver.name}},
                          {fmt::format("{:.2g} to {:g}", driver.dial, end->dial), {end->dial}},
                          {fmt::format("{:.3f} to {:.3f}", driver.level, end->variable), {end->variable}},
                          effect_cell(end->alignment_index, 1, 3)}};
            for (const int c : class_order) row.cells.push_back(effect_cell(end->classes[static_cast<std::size_t>(c)], 100, 1));
            for (const std::size_t c : {std::size_t{1}, std::size_t{2}}) row.cells.push_back(effect_cell(end->orientations[c], 100, 1));
            t.rows.push_back(std::move(row));
        }
    t.note = fmt::format(
        "Each dial turned alone, against the same {} futures as they are; 0 low, 1 high. Its variable: mean until then. Of classes and orientations: points of a share. "
        "± is half the 95 % interval of paired differences. Seed {}, entente {}.",
        with_commas(d.futures), o.seed, o.version);
    return t;
}

} // namespace entente::report
