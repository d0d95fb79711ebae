// The classes of the tie, stacked over time.
#include "../../core/quarter.hpp"
#include "../numbers.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <fmt/format.h>

namespace entente::report {
namespace {

/// Middles of the classes' bands at a quarter, from alliance to rupture, in % from the foot.
std::vector<double> middles_at(const std::vector<double>& shares)
{
    std::vector<double> middles;
    double above = 1;
    for (const int c : class_order) {
        const double below = above - shares[static_cast<std::size_t>(c)];
        middles.push_back(50 * (above + below));
        above = below;
    }
    return middles;
}

Drawing drawing_of(const Answer& a, int first, const Sheet& sheet)
{
    constexpr double height = 150, bottom = 26, left = 40;
    std::vector<std::string> labels;
    double widest = 0;
    for (const int c : class_order) {
        labels.push_back(fmt::format("{} {} %", class_names[static_cast<std::size_t>(c)], share_text(a.course.back()[static_cast<std::size_t>(c)])));
        widest = std::max(widest, text_width(labels.back()));
    }
    const double right = sheet.width - widest - 14, top = height - 4;
    const double label = 100 * 9.5 / (top - bottom); // of a line of text, in % of the axis
    const std::vector<double> middles = middles_at(a.course.back()), heights = spread_apart(middles, label, 0, 100);
    std::string out = sheet.frame(left, right, bottom, top) + year_axis(sheet, decimal_year(first), decimal_year(a.horizon), left, right);
    out += sheet.y_title("share of futures, %", bottom, top);
    out += "set yrange [0:100]\nset ytics out nomirror 25\nset style fill solid noborder\n";
    for (std::size_t i = 0; i < labels.size(); ++i) {
        out += fmt::format("set label {} at {}, first {:.2f} left\n", gnuplot_text(labels[i]), sheet.x(right + 10), heights[i]);
        out += fmt::format("set arrow from graph 1, first {:.2f} to {}, first {:.2f} nohead lw 1 lc rgb '{}'\n", middles[i], sheet.x(right + 8), heights[i], grey);
    }
    // columns 2 to 6: shares from alliance to rupture
    out += "above(n) = 100 * (1 - (n > 1 ? column(2) : 0) - (n > 2 ? column(3) : 0) - (n > 3 ? column(4) : 0) - (n > 4 ? column(5) : 0))\nplot ";
    for (int i = 0; i < outcome_classes; ++i)
        out += fmt::format("$numbers using 1:(above({})):({}) with filledcurves lc rgb '{}', ", i + 1, i + 1 == outcome_classes ? "0" : fmt::format("above({})", i + 2),
                           class_colours[static_cast<std::size_t>(class_order[i])]);
    for (int i = 1; i < outcome_classes; ++i) out += fmt::format("$numbers using 1:(above({})) with lines lw 1 lc rgb 'white'{}", i + 1, i + 1 < outcome_classes ? ", " : "\n");
    return {out, height};
}

} // namespace

Figure class_shares_figure(const Answer& a, const Origin& origin)
{
    const int first = a.horizon < a.start ? 0 : a.start;
    std::vector<std::string> names = {"year"};
    for (const int c : class_order) names.emplace_back(class_names[static_cast<std::size_t>(c)]);
    NumbersCsv csv(names);
    for (int q = first; q <= a.horizon; ++q) {
        std::vector<std::string> cells = {fmt::format("{:.3f}", decimal_year(q))};
        for (const int c : class_order) cells.push_back(number_cell(a.course[static_cast<std::size_t>(q)][static_cast<std::size_t>(c)]));
        csv.row(cells);
    }
    Figure figure{.name = "class_shares",
                  .title = "Russia and China: share of futures by class of their tie",
                  .caption = fmt::format("Share of futures in each class of the tie at the end of each quarter, {} to {}. {}", quarter_name(first), quarter_name(a.horizon),
                                         origin_sentence(origin)),
                  .csv = csv.text(),
                  .under = origin.scenario,
                  .source = runs_and_seed(origin)};
    draw_both(figure, [&](const Sheet& sheet) { return drawing_of(a, first, sheet); });
    return figure;
}

} // namespace entente::report
