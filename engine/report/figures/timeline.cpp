// The turning points of one run in their order, beside its class quarter by quarter.
#include "../../core/quarter.hpp"
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr std::size_t most_entries = 22;

/// Turning points first, then what is worth a line, in the order of their quarters.
std::vector<const Entry*> told_of(const std::vector<Entry>& story, int start)
{
    std::vector<const Entry*> all;
    for (const int rank : {1, 2})
        for (const Entry& e : story)
            if (e.rank == rank && e.quarter >= start && all.size() < most_entries) all.push_back(&e);
    std::ranges::stable_sort(all, {}, [](const Entry* e) { return e->quarter; });
    return all;
}

} // namespace

FigureOrWhy timeline_figure(const Told& told, const std::vector<Entry>& story, std::uint32_t run, const Origin& origin)
{
    const int last = told.quarters() - 1, first = static_cast<int>(told.job.start) <= last ? static_cast<int>(told.job.start) : 0;
    const std::vector<const Entry*> entries = told_of(story, first);
    if (entries.empty()) return Omitted{"timeline", fmt::format("nothing is told of run {}: `entente replay RESULT --run {}`", run, run)};
    NumbersCsv csv({"quarter", "year", "class", "alignment index", "entry's quarter", "entry's year", "who", "what"});
    for (int q = first; q <= std::max(last, first + static_cast<int>(entries.size()) - 1); ++q) {
        std::vector<std::string> cells(4);
        if (q <= last)
            cells = {quarter_name(q), fmt::format("{:.3f}", decimal_year(q)), std::string(class_names[static_cast<std::size_t>(class_of(static_cast<std::uint8_t>(told.code(q))))]),
                     number_cell(told.value(q, "alignment_index"))};
        const auto i = static_cast<std::size_t>(q - first);
        if (i < entries.size())
            cells.insert(cells.end(), {quarter_name(entries[i]->quarter), fmt::format("{:.3f}", decimal_year(entries[i]->quarter)), text_cell(entries[i]->who), text_cell(entries[i]->what)});
        else cells.resize(8);
        csv.row(cells);
    }
    Figure figure{.name = "timeline",
                  .title = fmt::format("One future, run {}: what turned it, and the class of the tie", run),
                  .caption = fmt::format("Run {} of {} simulated again from the result. Left: class of the tie at the end of each quarter. Right: turning points, and as many "
                                         "other entries as fit, each with the quarter in which it "
                                         "happened. '{}', seed {}, entente {}.",
                                         run, with_commas(origin.runs), origin.scenario, origin.seed, origin.version),
                  .csv = csv.text(),
                  .under = origin.scenario,
                  .source = fmt::format("run {} of {}, seed {}", run, with_commas(origin.runs), origin.seed)};
    draw_both(figure, [&](const Sheet& sheet) {
        std::vector<Swatch> samples;
        std::array<bool, outcome_classes> seen{};
        for (int q = first; q <= last; ++q) seen[static_cast<std::size_t>(class_of(static_cast<std::uint8_t>(told.code(q))))] = true;
        for (const int c : class_order)
            if (seen[static_cast<std::size_t>(c)])
                samples.push_back({Swatch::Of::area, class_colours[static_cast<std::size_t>(c)], std::string(class_names[static_cast<std::size_t>(c)])});
        const double key = legend(sheet, samples, 0).height + 4;
        const double strip = 34, bar = 10, text = 74, row = 10.5, bottom = 8;
        std::vector<std::vector<std::string>> lines;
        std::size_t count = 0;
        for (const Entry* e : entries) {
            lines.push_back(lines_of_text(fmt::format("{}: {}", e->who, e->what), sheet.width - text - 36));
            if (lines.back().size() > 2) lines.back() = {lines.back()[0], fitting(lines.back()[1] + " " + lines.back()[2], sheet.width - text - 36)};
            count += lines.back().size();
        }
        const double tall = std::max(150., row * static_cast<double>(count) + 6), height = tall + bottom + key + 4, top = bottom + tall;
        const auto at = [&](double quarter) { return top - tall * (quarter - first) / (last + 1 - first); };
        std::string out = legend(sheet, samples, height - key + 4).lines + sheet.frame(strip, strip + bar, bottom, top);
        for (int q = first, from = first; q <= last; ++q) // stretches of one class
            if (q == last || class_of(static_cast<std::uint8_t>(told.code(q + 1))) != class_of(static_cast<std::uint8_t>(told.code(q)))) {
                out += fmt::format("set object rectangle from {}, {} to {}, {} fc rgb '{}' fs solid noborder\n", sheet.x(strip), sheet.y(at(from)), sheet.x(strip + bar),
                                   sheet.y(at(q + 1)), class_colours[static_cast<std::size_t>(class_of(static_cast<std::uint8_t>(told.code(q))))]);
                from = q + 1;
            }
        std::vector<double> middles, heights;
        for (const Entry* e : entries) middles.push_back(at(e->quarter + 0.5));
        double from = top; // a block of lines for each, as near to its quarter as those before and after leave it
        std::vector<double> room(entries.size());
        for (std::size_t i = entries.size(); i-- > 0;) room[i] = (i + 1 < entries.size() ? room[i + 1] : bottom) + row * static_cast<double>(lines[i].size());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const double high = std::min(from, std::max(room[i], middles[i] + row / 2));
            heights.push_back(high - row / 2);
            from = high - row * static_cast<double>(lines[i].size());
        }
        for (std::size_t i = 0; i < entries.size(); ++i) {
            out += fmt::format("set arrow from {}, {} to {}, {} nohead lw 1 lc rgb '{}'\n", sheet.x(strip + bar), sheet.y(middles[i]), sheet.x(text - 4), sheet.y(heights[i]), grey);
            out += sheet.text(quarter_name(entries[i]->quarter), text, heights[i], "left", entries[i]->rank == 1 ? rust : "#505050");
            for (std::size_t l = 0; l < lines[i].size(); ++l) out += sheet.text(lines[i][l], text + 32, heights[i] - row * static_cast<double>(l), "left");
        }
        const int step = tall > 25. * (last - first) / 20 ? 5 : 10;
        for (int year = (first / 4 + first_year + step - 1) / step * step; (year - first_year) * 4 <= last; year += step) {
            const double y = at((year - first_year) * 4);
            out += sheet.text(std::to_string(year), strip - 6, y, "right")
                   + fmt::format("set arrow from {}, {} to {}, {} nohead lw 1 lc rgb '#404040'\n", sheet.x(strip - 4), sheet.y(y), sheet.x(strip), sheet.y(y));
        }
        return Drawing{out + "unset border\nunset tics\nset xrange [0:1]\nset yrange [0:1]\nplot $numbers using (NaN):(NaN) with points\n", height};
    });
    return figure;
}

} // namespace entente::report
