// Two scenarios on the same random numbers: what differs, at a date and over time.
#include "../../analysis/event_times.hpp"
#include "../../core/quarter.hpp"
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr std::size_t most_events = 8;

struct Named {
    std::string label;
    PairedDifference difference;
    bool event = false;
};

/// Shares of classes and orientations at a quarter, then the events that differ most.
std::vector<Named> shown_of(const RunComparison& c, int quarter)
{
    std::vector<Named> classes, events;
    std::vector<std::pair<Quantity, const Shift*>> all;
    for (const Shift& shift : c.shifts) all.emplace_back(parse_quantity(shift.quantity), &shift);
    for (const auto& [q, shift] : all)
        if (q.kind == Quantity::Kind::seen) events.push_back({words_of(describe().events[q.event].name), shift->difference, true});
    const auto share = [&](int code, std::string_view name) {
        for (const auto& [q, shift] : all)
            if (q.kind == Quantity::Kind::share && q.terms.empty() && q.code == code && q.from == quarter && q.to == quarter) {
                classes.push_back({words_of(name), shift->difference});
                return;
            }
    };
    for (const int n : class_order) share(n, class_names[static_cast<std::size_t>(n)]);
    for (const int n : orientation_order) share(8 + n, orientation_names[static_cast<std::size_t>(n)]);
    std::erase_if(events, [](const Named& e) { return e.difference.difference == 0; });
    std::ranges::stable_sort(events, std::greater<>(), [](const Named& e) { return std::abs(e.difference.difference); });
    if (events.size() > most_events) events.resize(most_events);
    classes.insert(classes.end(), events.begin(), events.end());
    return classes;
}

std::string sides(const Origin& a, const Origin& b) { return fmt::format("A: {}. B: {}.", a.scenario, b.scenario); }

} // namespace

FigureOrWhy contrast_figure(const RunComparison& c, const Origin& a, const Origin& b)
{
    const int horizon = static_cast<int>(c.class_shares.size() / outcome_classes) - 1, quarter = report_quarter(horizon);
    const std::vector<Named> shown = shown_of(c, quarter);
    if (shown.empty()) return Omitted{"contrast", "neither shares at one date nor events are compared"};
    NumbersCsv csv({"row", "what", "B - A (share)", "low 95 %", "high 95 %", "A", "B"});
    std::vector<std::string> labels;
    std::size_t line = 0; ///< rows above the events
    for (const Named& n : shown) {
        const Interval i = interval_of(n.difference);
        const bool same = n.difference.is_always_the_same();
        csv.row({std::to_string(labels.size()), text_cell(n.event ? n.label + " by the end" : n.label), number_cell(n.difference.difference),
                 number_cell(same ? n.difference.difference : i.low), number_cell(same ? n.difference.difference : i.high), number_cell(n.difference.mean_a),
                 number_cell(n.difference.mean_b)});
        labels.push_back(n.event ? "event: " + n.label : n.label);
        line += n.event ? 0 : 1;
    }
    Figure figure{
        .name = "contrast",
        .title = fmt::format("What differs under B: shares of futures in {} and events by {}", quarter_name(quarter), quarter_name(horizon)),
        .caption = fmt::format(
            "{} B less A in percentage points, with 95 % intervals of paired differences: {} share their random numbers, seed {}. Of events the {} that differ most. entente {}.",
            sides(a, b), counted(c.used(), "pair of futures", "pairs of futures"), c.a.seed, most_events, a.version),
        .csv = csv.text(),
        .under = sides(a, b),
        .source = fmt::format("{}, seed {}", counted(c.used(), "pair of futures", "pairs of futures"), c.a.seed)};
    draw_both(figure, [&](const Sheet& sheet) {
        const double bottom = 26, top = bottom + 12 * static_cast<double>(labels.size()), height = top + 4;
        const Rows rows = labelled_rows(sheet, labels, 0.48);
        std::string out = rows.lines + sheet.frame(rows.left, sheet.width - 12, bottom, top);
        out += sheet.x_title("B less A, percentage points", rows.left, sheet.width - 12);
        out += fmt::format("set xtics out nomirror\nset style fill solid noborder\nset arrow from 0, graph 0 to 0, graph 1 nohead lw 1 dt 3 lc rgb '{}'\n", grey);
        if (line < labels.size())
            out += fmt::format("set arrow from graph 0, first {0} to graph 1, first {0} nohead lw 1 dt 3 lc rgb '{1}'\n", static_cast<double>(line) - 0.5, grey);
        return Drawing{out + "set xrange [*<0:0<*]\nplot " + dots_with_lines({{3, 0, dark_blue}}, 100) + "\n", height};
    });
    return figure;
}

FigureOrWhy contrast_course_figure(const RunComparison& c, const Origin& a, const Origin& b)
{
    const std::size_t quarters = c.class_shares.size() / outcome_classes;
    std::size_t first = 0; ///< the last quarter before they part
    const auto at = [&](std::size_t q, std::size_t n) -> const PairedDifference& { return c.class_shares[q * outcome_classes + n]; };
    while (first + 1 < quarters && std::ranges::all_of(class_order, [&](int n) { return at(first + 1, static_cast<std::size_t>(n)).is_always_the_same(); })) ++first;
    if (first + 2 >= quarters) return Omitted{"contrast_over_time", "the classes are the same in every pair of futures, at all times"};
    std::vector<std::string> names = {"year"};
    for (const int n : class_order)
        for (const char* what : {"B - A", "low 95 %", "high 95 %"}) names.push_back(text_cell(fmt::format("{}: {}", class_names[static_cast<std::size_t>(n)], what)));
    NumbersCsv csv(names);
    for (std::size_t q = first; q < quarters; ++q) {
        std::vector<std::string> cells = {fmt::format("{:.3f}", decimal_year(static_cast<int>(q)))};
        for (const int n : class_order) {
            const PairedDifference& d = at(q, static_cast<std::size_t>(n));
            const Interval i = interval_of(d);
            for (const double x : {d.difference, d.is_always_the_same() ? d.difference : i.low, d.is_always_the_same() ? d.difference : i.high}) cells.push_back(number_cell(x));
        }
        csv.row(cells);
    }
    Figure figure{.name = "contrast_over_time",
                  .title = "What differs under B over time: shares of futures by class of the tie",
                  .caption = fmt::format(
                      "{} B less A in percentage points at the end of each quarter, with 95 % intervals of paired differences: {} share their random numbers, seed {}. entente {}.",
                      sides(a, b), counted(c.used(), "pair of futures", "pairs of futures"), c.a.seed, a.version),
                  .csv = csv.text(),
                  .under = sides(a, b),
                  .source = fmt::format("{}, seed {}", counted(c.used(), "pair of futures", "pairs of futures"), c.a.seed)};
    double least = 0, most = 0;
    for (std::size_t q = first; q < quarters; ++q)
        for (std::size_t n = 0; n < outcome_classes; ++n) {
            const Interval i = interval_of(at(q, n));
            least = std::min({least, at(q, n).difference, std::isfinite(i.low) ? i.low : 0}), most = std::max({most, at(q, n).difference, std::isfinite(i.high) ? i.high : 0});
        }
    draw_both(figure, [&](const Sheet& sheet) {
        constexpr double height = 160, bottom = 26, left = 40;
        std::array<int, outcome_classes> order{};
        std::ranges::copy(class_order, order.begin());
        std::ranges::stable_sort(order, std::greater<>(), [&](int n) { return at(quarters - 1, static_cast<std::size_t>(n)).difference; });
        double widest = 0;
        std::vector<double> ends;
        const double low = 105 * least - 0.1, high = 105 * most + 0.1;
        for (const int n : order)
            widest = std::max(widest, text_width(class_names[static_cast<std::size_t>(n)])), ends.push_back(100 * at(quarters - 1, static_cast<std::size_t>(n)).difference);
        const double right = sheet.width - widest - 14, top = height - 5;
        const std::vector<double> heights = spread_apart(ends, (high - low) * 9.5 / (top - bottom), low, high);
        std::string out = sheet.frame(left, right, bottom, top) + year_axis(sheet, decimal_year(static_cast<int>(first)), decimal_year(static_cast<int>(quarters) - 1), left, right);
        out += sheet.y_title("B less A, percentage points", bottom, top);
        out += fmt::format("set yrange [{:.6g}:{:.6g}]\nset ytics out nomirror\nset style fill transparent solid 0.25 noborder\n", low, high);
        out += fmt::format("set arrow from graph 0, first 0 to graph 1, first 0 nohead lw 1 dt 3 lc rgb '{}'\n", grey);
        for (std::size_t i = 0; i < order.size(); ++i) {
            out += fmt::format("set label {} at {}, first {:.5g} left tc rgb '{}'\n", gnuplot_text(std::string(class_names[static_cast<std::size_t>(order[i])])),
                               sheet.x(right + 10), heights[i], class_line_colours[static_cast<std::size_t>(order[i])]);
            out += fmt::format("set arrow from graph 1, first {:.5g} to {}, first {:.5g} nohead lw 1 lc rgb '{}'\n", ends[i], sheet.x(right + 8), heights[i], grey);
        }
        out += "plot ";
        for (int i = 0; i < outcome_classes; ++i)
            out += fmt::format("{}$numbers using 1:(100*${}):(100*${}) with filledcurves lc rgb '{}'", i == 0 ? "" : ", ", 3 * i + 3, 3 * i + 4,
                               class_line_colours[static_cast<std::size_t>(class_order[i])]);
        for (int i = 0; i < outcome_classes; ++i)
            out += fmt::format(", $numbers using 1:(100*${}) with lines lw 3 dt {} lc rgb '{}'", 3 * i + 2, i + 1, class_line_colours[static_cast<std::size_t>(class_order[i])]);
        return Drawing{out + "\n", height};
    });
    return figure;
}

} // namespace entente::report
