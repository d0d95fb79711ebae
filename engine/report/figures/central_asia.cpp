// Five Central Asian states between Russia, China and others: paths of their trade in a triangle.
#include "../../core/quarter.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

struct StatePath {
    const char *code, *name, *colour;
};
constexpr std::array<StatePath, 5> states_of_central_asia = {
    {{"kaz", "Kazakhstan", "#0b3c6f"}, {"kgz", "Kyrgyzstan", "#a63a00"}, {"tjk", "Tajikistan", "#5b9bd0"}, {"tkm", "Turkmenistan", "#dd8a2b"}, {"uzb", "Uzbekistan", "#606060"}}};
constexpr double root_3 = 1.7320508075688772;

/// The part of the triangle that is shown: the least share of each, in steps of a tenth, and how much more than that any may be.
struct Part {
    std::array<double, 3> least{}; ///< Russia, China, others
    double side = 1;
    double x(double china, double others) const { return ((china - least[1]) + (others - least[2]) / 2) / side; }
    double y(double others) const { return (others - least[2]) / side * root_3 / 2; }
};

std::string arrow(const Part& part, const std::array<double, 3>& from, const std::array<double, 3>& to, const std::string& how)
{
    return fmt::format("set arrow from first {:.4f}, first {:.4f} to first {:.4f}, first {:.4f} nohead {} back\n", part.x(from[1], from[2]), part.y(from[2]), part.x(to[1], to[2]),
                       part.y(to[2]), how);
}

/// Lines of equal shares, each with its per cent where it begins, and the edges.
std::string grid_of(const Part& part)
{
    std::string out;
    const double step = part.side > 0.55 ? 0.2 : 0.1;
    for (std::size_t whom = 0; whom < 3; ++whom) {
        const std::size_t next = (whom + 1) % 3, last = (whom + 2) % 3;
        const double whole = part.least[whom] + part.side;
        for (double share = step * std::ceil(part.least[whom] / step - 1e-9); share < whole + 1e-9; share += step) {
            std::array<double, 3> from{}, to{};
            from[whom] = to[whom] = share;
            from[last] = part.least[last], from[next] = 1 - share - from[last], to[next] = part.least[next], to[last] = 1 - share - to[next];
            if (share < part.least[whom] + 1e-9 || share > whole - 1e-9) continue;
            out += arrow(part, from, to, fmt::format("lw 1 lc rgb '{}'", pale));
            // the line ends where the share of the next is least: Russia on the left edge, China below, others on the right
            const char* how = whom == 0 ? "right offset -0.6,0" : whom == 1 ? "center offset 0,-0.8" : "left offset 0.6,0";
            out += fmt::format("set label '{:.0f} %' at first {:.4f}, first {:.4f} {} font font({:g}) tc rgb '#606060'\n", 100 * share, part.x(to[1], to[2]), part.y(to[2]), how, small_size);
        }
        std::array<double, 3> from = part.least, to = part.least;
        from[next] += part.side, to[last] += part.side;
        out += arrow(part, from, to, "lw 2 lc rgb '#404040'");
    }
    return out;
}

} // namespace

Figure central_asia_figure(const Summary& summary, const Origin& origin)
{
    const Description& model = describe();
    std::vector<std::string> names = {"year"};
    for (const StatePath& s : states_of_central_asia)
        for (const char* whom : {"Russia", "China", "others"}) names.push_back(fmt::format("{}: {} (share of trade)", s.name, whom));
    NumbersCsv csv(names);
    const auto mean = [&](const char* whom, const StatePath& s, std::size_t q) {
        return summary.mean[Description::find(model.variables, fmt::format("central_asia_trade_{}_{}", whom, s.code)) * summary.quarters + q];
    };
    for (std::size_t q = 0; q < summary.quarters; ++q) {
        std::vector<std::string> cells = {fmt::format("{:.3f}", decimal_year(static_cast<int>(q)))};
        for (const StatePath& s : states_of_central_asia)
            for (const char* whom : {"russia", "china", "other"}) cells.push_back(number_cell(mean(whom, s, q)));
        csv.row(cells);
    }
    Part part{{1, 1, 1}, 1};
    for (std::size_t q = 0; q < summary.quarters; ++q)
        for (const StatePath& s : states_of_central_asia) {
            const std::array<double, 3> shares = {mean("russia", s, q), mean("china", s, q), mean("other", s, q)};
            for (std::size_t i = 0; i < 3; ++i) part.least[i] = std::min(part.least[i], std::max(0., std::floor(10 * shares[i] - 0.1) / 10));
        }
    part.side = 1 - part.least[0] - part.least[1] - part.least[2];
    const int last = static_cast<int>(summary.quarters) - 1, start = static_cast<int>(summary.start);
    const bool future = start > 0 && start < last;
    Figure figure{.name = "central_asia",
                  .title = "Central Asian trade between Russia, China and others",
                  .caption = fmt::format("Mean shares of Russia, China and others in each state's goods trade over all futures, as paths from {} (open) to {} (full).{} A part of "
                                         "the triangle is shown; per cents stand where their lines begin: Russia's on the left, China's below, others' on the right. {}",
                                         quarter_name(0), quarter_name(last), future ? fmt::format(" The cross is {}, where the free future begins.", quarter_name(start)) : "",
                                         origin_sentence(origin)),
                  .csv = csv.text(),
                  .under = origin.scenario,
                  .source = runs_and_seed(origin)};
    draw_both(figure, [&](const Sheet& sheet) {
        std::vector<Swatch> samples;
        for (const StatePath& s : states_of_central_asia) samples.push_back({Swatch::Of::line, s.colour, s.name, static_cast<int>(samples.size()) + 1});
        samples.push_back({Swatch::Of::open_dot, ink, quarter_name(0)});
        if (future) samples.push_back({Swatch::Of::dot, ink, quarter_name(start), 2});
        samples.push_back({Swatch::Of::dot, ink, quarter_name(last)});
        const double key = legend(sheet, samples, 0).height + 4, base = sheet.wide ? 290 : sheet.width - 60, rise = base * root_3 / 2, height = rise + 38 + key;
        const double left = (sheet.width - base) / 2, right = left + base, bottom = 20, top = bottom + rise;
        std::string out = legend(sheet, samples, height - key + 4).lines + sheet.frame(left, right, bottom, top) + grid_of(part);
        out += sheet.text("others", (left + right) / 2, top + 8, "center") + sheet.text("Russia", left, bottom - 10, "center") + sheet.text("China", right, bottom - 10, "center");
        out += fmt::format("unset border\nunset tics\nset xrange [0:1]\nset yrange [0:{0:.6f}]\nx(china, others) = ((china - {1:g}) + (others - {2:g}) / 2) / {3:g}\ny(others) = "
                           "(others - {2:g}) / {3:g} * {0:.6f}\n",
                           root_3 / 2, part.least[1], part.least[2], part.side);
        std::string plots;
        for (std::size_t s = 0; s < states_of_central_asia.size(); ++s) {
            const std::size_t china = 3 + 3 * s, others = china + 1;
            const auto with = [&](const std::string& rows, const std::string& how) {
                plots += fmt::format("{}$numbers{} using (x(${},${})):(y(${})) with {} lc rgb '{}'", plots.empty() ? "" : ", ", rows, china, others, others, how,
                                     states_of_central_asia[s].colour);
            };
            with("", fmt::format("lines lw 3 dt {}", s + 1));
            with(" every ::0::0", "points pt 6 ps 0.7 lw 2");
            if (future) with(fmt::format(" every ::{0}::{0}", start), "points pt 2 ps 0.7 lw 2");
            with(fmt::format(" every ::{0}::{0}", last), "points pt 7 ps 0.7");
        }
        return Drawing{out + "plot " + plots + "\n", height};
    });
    return figure;
}

} // namespace entente::report
