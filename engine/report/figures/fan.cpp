// Fan charts: how far futures spread around their median, from the known years on, with the data of those.
#include "../../analysis/patterns.hpp"
#include "../../core/quarter.hpp"
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr std::array<double, 5> fan_levels = {0.05, 0.25, 0.50, 0.75, 0.95};

struct DataPoint {
    double year, value;
};
/// Of a variable, each once.
std::vector<DataPoint> data_of(const Summary& summary, const std::string& variable)
{
    std::vector<DataPoint> points;
    for (const Pattern& p : patterns(summary)) {
        if (p.variable != variable || p.date.find('/') != std::string::npos) continue;
        const int quarter = parse_quarter(p.date).value();
        const DataPoint point{place_of_date(p.date, quarter), p.data};
        if (std::ranges::none_of(points, [&](const DataPoint& other) { return other.year == point.year && other.value == point.value; })) points.push_back(point);
    }
    std::ranges::sort(points, {}, &DataPoint::year);
    return points;
}

std::string label_of(const Row& row)
{
    const auto at = std::ranges::find_if(indicators, [&](const Label& l) { return row.name == l.variable; });
    std::string label = at != std::end(indicators) ? at->label : std::string(row.meaning);
    if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 'a' + 'A');
    return label;
}

Drawing drawing_of(const Row& row, int start, int last, bool data, const Sheet& sheet)
{
    constexpr double height = 150, bottom = 26, left = 40;
    const bool share = row.unit == "share", future = start > 0 && start <= last;
    std::vector<Swatch> samples = {{Swatch::Of::area, light_blue, "5 to 95 %"}, {Swatch::Of::area, mid_blue, "25 to 75 %"}, {Swatch::Of::line, dark_blue, "median"}};
    if (data) samples.push_back({Swatch::Of::dot, rust, "data"});
    Legend key = legend(sheet, samples, 0);
    key = legend(sheet, samples, height - key.height, 6);
    const double top = height - key.height - 5, right = sheet.width - 8, scale = share ? 100 : 1;
    std::string out = key.lines + sheet.frame(left, right, bottom, top) + year_axis(sheet, first_year, decimal_year(last), left, right);
    out += sheet.y_title(share ? "%" : std::string(row.unit), bottom, top);
    out += fmt::format("set ytics out nomirror\nk = {}\nset style fill solid noborder\n", scale);
    if (future)
        out += fmt::format("set arrow from {:.2f}, graph 0 to {:.2f}, graph 1 nohead lw 1 dt 3 lc rgb '{}' front\n", first_year + start / 4.0, first_year + start / 4.0, grey);
    // columns: year, 5 to 95 %, data's year and value
    out += fmt::format("plot $numbers using 1:($2*k):($6*k) with filledcurves lc rgb '{}', $numbers using 1:($3*k):($5*k) with filledcurves lc rgb '{}', "
                       "$numbers using 1:($4*k) with lines lw 3 lc rgb '{}'",
                       light_blue, mid_blue, dark_blue);
    if (data) out += fmt::format(", $numbers using 7:($8*k) with points pt 7 ps 0.9 lc rgb 'white', $numbers using 7:($8*k) with points pt 7 ps 0.65 lc rgb '{}'", rust);
    return {out + "\n", height};
}

} // namespace

Figure fan_figure(const Summary& summary, std::size_t variable, const Origin& origin)
{
    const Description& model = describe();
    const Row& row = model.variables[variable];
    const std::vector<DataPoint> data = data_of(summary, std::string(row.name));
    const std::string unit(row.unit);
    std::vector<std::string> names = {"year"};
    for (const double level : fan_levels) names.push_back(text_cell(fmt::format("{:g} % ({})", 100 * level, unit)));
    names.insert(names.end(), {"year of the data", text_cell(fmt::format("data ({})", unit))});
    NumbersCsv csv(names);
    for (std::size_t q = 0; q < std::max<std::size_t>(summary.quarters, data.size()); ++q) {
        std::vector<std::string> cells(6);
        if (q < summary.quarters) {
            cells[0] = fmt::format("{:.3f}", decimal_year(static_cast<int>(q)));
            for (std::size_t l = 0; l < fan_levels.size(); ++l) {
                const auto level = static_cast<std::size_t>(std::ranges::find(quantile_levels, fan_levels[l]) - std::begin(quantile_levels));
                cells[1 + l] = number_cell(summary.quantile[(level * model.variables.size() + variable) * summary.quarters + q]);
            }
        }
        cells.push_back(q < data.size() ? fmt::format("{:.3f}", data[q].year) : "");
        cells.push_back(q < data.size() ? number_cell(data[q].value) : "");
        csv.row(cells);
    }
    const int last = static_cast<int>(summary.quarters) - 1, start = static_cast<int>(summary.start);
    Figure figure{.name = fmt::format("fan_{}", row.name),
                  .title = fmt::format("{}: median and spread over futures", label_of(row)),
                  .caption = fmt::format("{} ({}), {} to {}: median, middle half and middle 90 % of futures in each quarter, from histograms.{}{} {}", row.meaning,
                                         unit == "share" ? "in %" : unit, quarter_name(0), quarter_name(last),
                                         start > 0 && start <= last ? fmt::format(" The dotted line is where the free future begins, {}.", quarter_name(start)) : "",
                                         data.empty() ? "" : " Points are data (calibration/patterns.csv); those of a year stand at its middle.", origin_sentence(origin)),
                  .csv = csv.text(),
                  .under = origin.scenario,
                  .source = runs_and_seed(origin)};
    draw_both(figure, [&](const Sheet& sheet) { return drawing_of(row, start, last, !data.empty(), sheet); });
    return figure;
}

std::vector<Figure> indicator_fans(const Summary& summary, const Origin& origin)
{
    std::vector<Figure> all;
    for (const Label& indicator : indicators) all.push_back(fan_figure(summary, Description::find(describe().variables, indicator.variable), origin));
    return all;
}

} // namespace entente::report
