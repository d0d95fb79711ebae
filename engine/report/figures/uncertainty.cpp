// How well shares are known: by the number of futures, over readings, and by kind.
#include "../../core/quarter.hpp"
#include "../numbers.hpp"
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

struct NamedShare {
    std::string name;
    Share share;
    Band band;
    const KindsOfUncertainty* kinds = nullptr;
};
/// Of classes, then of orientations, at the date of the statements.
std::vector<NamedShare> shares_of(const Answer& a, std::size_t date)
{
    std::vector<NamedShare> all;
    for (const int c : class_order) {
        const auto n = static_cast<std::size_t>(c);
        all.push_back({std::string(class_names[n]), a.classes[date][n], a.readings ? a.readings->classes[date][n] : Band{}, a.uncertainty ? &a.uncertainty->classes[date][n] : nullptr});
    }
    for (const int o : orientation_order) {
        const auto n = static_cast<std::size_t>(o);
        all.push_back({words_of(orientation_names[n]), a.orientations[date][n], a.readings ? a.readings->orientations[date][n] : Band{},
                       a.uncertainty ? &a.uncertainty->orientations[date][n] : nullptr});
    }
    return all;
}

std::size_t date_of_report(const Answer& a)
{
    const int quarter = report_quarter(a.horizon);
    return static_cast<std::size_t>(std::ranges::find(a.dates, quarter) - a.dates.begin());
}

constexpr const char* how_to_get_readings = "the result has no readings: `entente run SCENARIO --readings 200` makes them";

/// A legend over rows of this height in points, each with its label: the lines, and how high all is.
Drawing rows_under_legend(const Sheet& sheet, const std::vector<Swatch>& samples, const std::vector<std::string>& labels, double row, const char* x_title)
{
    const Legend size = legend(sheet, samples, 0);
    const double bottom = 26, top = bottom + row * static_cast<double>(labels.size()), height = top + 5 + size.height, right = sheet.width - 12;
    const Rows rows = labelled_rows(sheet, labels);
    return {legend(sheet, samples, height - size.height).lines + rows.lines + sheet.frame(rows.left, right, bottom, top) + sheet.x_title(x_title, rows.left, right), height};
}

} // namespace

FigureOrWhy uncertainty_figure(const Answer& a, const Origin& origin)
{
    const std::size_t date = date_of_report(a);
    if (date >= a.dates.size()) return Omitted{"share_uncertainty", "the result ends with the history, and has no shares of futures"};
    if (!a.readings) return Omitted{"share_uncertainty", how_to_get_readings};
    const std::vector<NamedShare> shares = shares_of(a, date);
    NumbersCsv csv({"row", "what", "share", "low 95 %", "high 95 %", "low over readings", "high over readings"});
    std::vector<std::string> labels;
    for (const NamedShare& s : shares) {
        csv.row({std::to_string(labels.size()), text_cell(s.name), number_cell(s.share.share), number_cell(s.share.low), number_cell(s.share.high), number_cell(s.band.low),
                 number_cell(s.band.high)});
        labels.push_back(s.name);
    }
    const std::string when = quarter_name(a.dates[date]);
    Figure figure{
        .name = "share_uncertainty",
        .title = fmt::format("How well shares of futures in {} are known: by their number, and over readings", when),
        .caption = fmt::format(
            "Share of futures by class of the tie and by Russia's orientation in {}. Point and dark line: share and its 95 % Jeffreys interval, by the number of futures alone. "
            "Pale bar: where the share lies in nine of ten of {} readings of what is disputed or not known ({} futures each). {}",
            when, with_commas(a.readings->readings), a.readings->futures, origin_sentence(origin)),
        .csv = csv.text(),
        .under = origin.scenario,
        .source = fmt::format("{}; {} readings", runs_and_seed(origin), with_commas(a.readings->readings))};
    draw_both(figure, [&](const Sheet& sheet) {
        const std::vector<Swatch> samples = {{Swatch::Of::area, light_blue, "nine of ten readings"}, {Swatch::Of::bar, dark_blue, "95 % interval by the number of futures"}};
        auto [out, height] = rows_under_legend(sheet, samples, labels, 13, "share of futures, %");
        out += "set xrange [0:100]\nset xtics 25 out nomirror\nset style fill solid noborder\n";
        out += fmt::format("set arrow from graph 0, first {} to graph 1, first {} nohead lw 1 dt 3 lc rgb '{}'\n", outcome_classes - 0.5, outcome_classes - 0.5, grey);
        out += fmt::format("plot $numbers using (50*($6+$7)):1:(100*$6):(100*$7):($1-0.28):($1+0.28) with boxxyerror lc rgb '{}', "
                           "$numbers using (100*$4):1:(100*($5-$4)):(0) with vectors nohead lw 6 lc rgb '{}', $numbers using (100*$3):1 with points pt 7 ps 0.6 lc rgb '{}'\n",
                           light_blue, dark_blue, dark_blue);
        return Drawing{out, height};
    });
    return figure;
}

FigureOrWhy kinds_figure(const Answer& a, const Origin& origin)
{
    const std::size_t date = date_of_report(a);
    if (date >= a.dates.size()) return Omitted{"uncertainty_kinds", "the result ends with the history, and has no shares of futures"};
    const std::vector<NamedShare> shares = shares_of(a, date);
    if (!a.readings || std::ranges::none_of(shares, [](const NamedShare& s) { return s.kinds != nullptr && s.kinds->spread; }))
        return Omitted{"uncertainty_kinds", a.readings ? "the result has too few readings to tell kinds apart: `entente run SCENARIO --readings 200` makes more" : how_to_get_readings};
    NumbersCsv csv({"row", "what", "futures (sd)", "parameters (sd)", "low 95 %", "high 95 %", "structures (sd)", "low 95 %", "high 95 %"});
    std::vector<std::string> labels;
    for (const NamedShare& s : shares) {
        std::vector<std::string> cells = {std::to_string(labels.size()), text_cell(s.name), number_cell(s.kinds->monte_carlo)};
        for (const VariancePart ReadingSpread::*which : {&ReadingSpread::parameters, &ReadingSpread::structures}) {
            const VariancePart part = s.kinds->spread ? (*s.kinds->spread).*which : VariancePart{};
            for (const double x : {part.sd(), part.low(), part.high()}) cells.push_back(s.kinds->spread ? number_cell(x) : "");
        }
        csv.row(cells);
        labels.push_back(s.name);
    }
    const std::string when = quarter_name(a.dates[date]);
    Figure figure{.name = "uncertainty_kinds",
                  .title = fmt::format("What makes shares of futures in {} uncertain", when),
                  .caption = fmt::format("Standard deviation of each share in {}, in percentage points, by what is uncertain: the number of futures, parameters that are not "
                                         "known, structures that are disputed "
                                         "(analysis of variance over {} readings). Lines: 95 % intervals (jackknife over readings). {}",
                                         when, with_commas(a.readings->readings), origin_sentence(origin)),
                  .csv = csv.text(),
                  .under = origin.scenario,
                  .source = fmt::format("{}; {} readings", runs_and_seed(origin), with_commas(a.readings->readings))};
    draw_both(figure, [&](const Sheet& sheet) {
        const std::vector<Swatch> samples = {
            {Swatch::Of::area, "#cfcfca", "number of futures"}, {Swatch::Of::area, mid_blue, "parameters not known"}, {Swatch::Of::area, dark_blue, "structures disputed"}};
        auto [out, height] = rows_under_legend(sheet, samples, labels, 20, "standard deviation, percentage points");
        out += "set xrange [0:*]\nset xtics out nomirror\nset style fill solid noborder\n";
        const auto bar = [](int column, double from, const char* colour) {
            return fmt::format("$numbers using (50*${0}):1:(0):(100*${0}):($1{1:+}):($1{2:+}) with boxxyerror lc rgb '{3}'", column, from, from + 0.26, colour);
        };
        const auto line = [](int column, double at) { // dark on light and light on dark
            std::string both;
            for (const auto& [width, colour] : {std::pair{4, "white"}, {2, ink}})
                both += fmt::format("{0}$numbers using (100*${1}):($1{2:+}):(100*(${3}-${1})):(0) with vectors nohead lw {4} lc rgb '{5}'", both.empty() ? "" : ", ", column + 1,
                                    at, column + 2, width, colour);
            return both;
        };
        out += fmt::format("plot {}, {}, {}, {}, {}\n", bar(3, -0.42, "#cfcfca"), bar(4, -0.13, mid_blue), bar(7, 0.16, dark_blue), line(4, 0), line(7, 0.29));
        return Drawing{out, height};
    });
    return figure;
}

} // namespace entente::report
