// How long it takes until events come: curves of those that have not seen them, with their bands.
#include "../survival_numbers.hpp"
#include "../../core/quarter.hpp"
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr std::size_t most_curves = 5;
constexpr double hardly_any = 0.02; ///< of all futures; as many that have not seen it are nearly all

std::string name_of_event(std::size_t event) { return words_of(describe().events[event].name); }

Drawing drawing_of(const std::vector<EventSurvival>& curves, const EventTimes& times, const Sheet& sheet)
{
    constexpr double height = 160, bottom = 26, left = 40;
    std::vector<std::size_t> order(curves.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, std::greater<>(), [&](std::size_t i) { return curves[i].curve.share.back(); });
    double widest = 0;
    std::vector<double> ends;
    for (const std::size_t i : order) widest = std::max(widest, text_width(name_of_event(curves[i].event))), ends.push_back(100 * curves[i].curve.share.back());
    const double right = sheet.width - widest - 14, top = height - 5;
    double least = 1;
    for (const EventSurvival& s : curves) least = std::min(least, *std::ranges::min_element(s.band.low));
    const double low = least > 0.6 ? 10 * std::floor(10 * least - 0.2) : 0; ///< of the axis: curves that hardly fall are to be seen
    const std::vector<double> heights = spread_apart(ends, (100 - low) * 9.5 / (top - bottom), low, 100);
    std::string out = sheet.frame(left, right, bottom, top) + year_axis(sheet, first_year + times.start() / 4.0, first_year + (times.horizon() + 1) / 4.0, left, right);
    out += sheet.y_title("not seen yet, % of futures", bottom, top);
    out += fmt::format("set yrange [{}:100]\n", low) + "set ytics out nomirror\nset style fill transparent solid 0.25 noborder\n";
    for (std::size_t i = 0; i < order.size(); ++i) {
        out += fmt::format("set label {} at {}, first {:.2f} left tc rgb '{}'\n", gnuplot_text(name_of_event(curves[order[i]].event)), sheet.x(right + 10), heights[i],
                           curve_colours[order[i]]);
        out += fmt::format("set arrow from graph 1, first {:.2f} to {}, first {:.2f} nohead lw 1 lc rgb '{}'\n", ends[i], sheet.x(right + 8), heights[i], grey);
    }
    out += "plot ";
    for (std::size_t i = 0; i < curves.size(); ++i) // columns: year, then share, low and high of each
        out += fmt::format("{}$numbers using 1:(100*${}):(100*${}) with filledcurves lc rgb '{}'", i == 0 ? "" : ", ", 3 * i + 3, 3 * i + 4, curve_colours[i]);
    for (std::size_t i = 0; i < curves.size(); ++i) out += fmt::format(", $numbers using 1:(100*${}) with lines lw 3 dt {} lc rgb '{}'", 3 * i + 2, i + 1, curve_colours[i]);
    return {out + "\n", height};
}

} // namespace

FigureOrWhy survival_figure(const EventTimes& times, const std::vector<std::size_t>& events, const Origin& origin)
{
    std::vector<EventSurvival> curves;
    if (times.runs() == 0) return Omitted{"events", "every run failed"};
    std::vector<std::size_t> chosen = events;
    if (chosen.empty())
        for (std::size_t e = 0; e < describe().events.size(); ++e) chosen.push_back(e);
    for (const std::size_t e : chosen) {
        EventSurvival s = event_survival(times, e, CurveBand::jeffreys);
        const double seen = s.seen(times.horizon());
        if (!events.empty() || (seen >= hardly_any && seen <= 1 - hardly_any)) curves.push_back(std::move(s));
    }
    if (events.empty()) std::ranges::stable_sort(curves, {}, [&](const EventSurvival& s) { return std::abs(s.seen(times.horizon()) - 0.5); });
    if (curves.size() > most_curves) curves.resize(most_curves);
    if (curves.empty()) return Omitted{"events", "each event is seen in hardly any future, or in nearly all: `entente plot RESULT event NAME` draws one"};
    std::vector<std::string> names = {"year"};
    for (const EventSurvival& s : curves)
        for (const char* what : {"not seen yet", "low 95 %", "high 95 %"}) names.push_back(text_cell(fmt::format("{}: {}", name_of_event(s.event), what)));
    NumbersCsv csv(names);
    for (std::size_t step = 0; step <= times.steps(); ++step) {
        std::vector<std::string> cells = {fmt::format("{:.2f}", first_year + (times.start() + static_cast<double>(step)) / 4)};
        for (const EventSurvival& s : curves)
            for (const std::vector<double>* column : {&s.curve.share, &s.band.low, &s.band.high}) cells.push_back(number_cell(step == 0 ? 1 : (*column)[step - 1]));
        csv.row(cells);
    }
    const bool one = curves.size() == 1;
    const std::string meaning(describe().events[curves[0].event].meaning);
    Figure figure{
        .name = one ? fmt::format("event_{}", describe().events[curves[0].event].name) : "events",
        .title = one ? fmt::format("Futures that have not seen it yet: {}", meaning) : "Futures that have not seen each event yet",
        .caption = fmt::format("Share of futures that have not seen {} by the end of each quarter, {} to {} (Kaplan-Meier), with the 95 % Jeffreys interval of each quarter.{} {}",
                               one ? "it" : "each event", quarter_name(times.start()), quarter_name(times.horizon()),
                               times.failed() == 0 ? "" : fmt::format(" {} failed and left out.", counted(times.failed(), "run", "runs")), origin_sentence(origin)),
        .csv = csv.text(),
        .under = origin.scenario,
        .source = runs_and_seed(origin)};
    draw_both(figure, [&](const Sheet& sheet) { return drawing_of(curves, times, sheet); });
    return figure;
}

} // namespace entente::report
