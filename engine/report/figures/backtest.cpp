// How well the calibrated model predicts years that it did not see, beside simple forecasts.
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente::report {

FigureOrWhy backtest_figure(const Backtest& b, const Origin& origin)
{
    if (b.targets.empty()) return Omitted{"backtest", "no target can be scored"};
    std::vector<std::string> names = {"row", "target", "years"}, labels;
    for (const char* f : forecast_names) names.push_back(text_cell(fmt::format("{}: CRPS over mean change a year", f)));
    NumbersCsv csv(names);
    const auto row = [&](const std::string& name, std::uint32_t years, const auto& crps, double unit) {
        std::vector<std::string> cells = {std::to_string(labels.size()), text_cell(name), std::to_string(years)};
        for (std::size_t f = 0; f < forecasts; ++f) cells.push_back(number_cell(crps[f] / unit));
        csv.row(cells);
        labels.push_back(words_of(name));
    };
    std::uint32_t years = 0;
    for (const BacktestTarget& t : b.targets) row(t.target, t.years, t.crps, t.change), years += t.years;
    row("all together", years, b.crps, 1);
    Figure figure{.name = fmt::format("backtest_{}", b.year),
                  .title = fmt::format("Errors of forecasts after {}: the model beside simple ones", b.year),
                  .caption = fmt::format("Mean CRPS of {} after {}, in units of each target's mean change a year; less is better. The model was fitted to the years up to {} "
                                         "alone; it is told what history imposes after "
                                         "that year, which the simple forecasts are not: these know each series' own past. {}",
                                         counted(years, "value", "values"), b.year, b.year, origin_sentence(origin, "draws of the posterior")),
                  .csv = csv.text(),
                  .under = origin.scenario,
                  .source = fmt::format("{}, {}", counted(years, "value", "values"), runs_and_seed(origin, "draws"))};
    draw_both(figure, [&](const Sheet& sheet) {
        constexpr std::array<const char*, forecasts> colours = {"#0b3c6f", "#5b9bd0", "#a63a00", "#dd8a2b", "#808080"};
        constexpr std::array<int, forecasts> signs = {7, 6, 9, 11, 5};
        std::vector<Swatch> samples;
        for (std::size_t f = 0; f < forecasts; ++f) samples.push_back({Swatch::Of::dot, colours[f], forecast_names[f], signs[f]});
        const double key = legend(sheet, samples, 0).height + 4, bottom = 26, top = bottom + 14 * static_cast<double>(labels.size()), height = top + 3 + key;
        const Rows rows = labelled_rows(sheet, labels);
        std::string out = legend(sheet, samples, height - key + 4).lines + rows.lines + sheet.frame(rows.left, sheet.width - 12, bottom, top);
        out += sheet.x_title("mean CRPS, in mean changes a year", rows.left, sheet.width - 12);
        out += fmt::format("set xrange [0:*]\nset xtics out nomirror\nset arrow from graph 0, first {0} to graph 1, first {0} nohead lw 1 dt 3 lc rgb '{1}'\nplot ",
                           static_cast<double>(labels.size()) - 1.5, grey);
        for (std::size_t f = forecasts; f-- > 0;)
            out += fmt::format("$numbers using {}:1 with points pt {} ps 0.8 lw 2 lc rgb '{}'{}", f + 4, signs[f], colours[f], f == 0 ? "\n" : ", ");
        return Drawing{out, height};
    });
    return figure;
}

} // namespace entente::report
