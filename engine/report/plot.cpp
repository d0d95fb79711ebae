#include "plot.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr const char* heading = "Russia and China: share of futures by class of their tie";
/// By class: blue is close and orange apart, which all eyes tell from each other; neighbours differ in lightness too, for print in grey.
constexpr std::array<const char*, outcome_classes> colours = {"#a63a00", "#f0a550", "#e6e6e1", "#5b9bd0", "#0b3c6f"};
constexpr std::size_t longest_title = 66; ///< signs of the second line
constexpr double label_height = 7;        ///< of a line of text, in points of share

/// A text of a stranger's in quotes in which gnuplot looks for nothing but their end.
std::string quoted(const std::string& text)
{
    std::string out = "'";
    for (const char c : printable_name(text)) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

std::string shortened(const std::string& title)
{
    if (columns(title) <= longest_title) return title;
    std::string out;
    for (std::size_t at = 0, length = 0; columns(out) + 1 < longest_title; at += length) {
        length = std::max<std::size_t>(1, utf8_length(std::string_view(title).substr(at)));
        out += title.substr(at, length);
    }
    return out + "…";
}

const char* terminal_of(Format format)
{
    switch (format) {
    case Format::svg: return "svg size 640,400 dynamic font 'Helvetica,16' background rgb 'white' noenhanced";
    case Format::pdf: return "pdfcairo size 16cm,10cm font 'Helvetica,11' noenhanced";
    case Format::png: return "pngcairo size 1920,1200 font 'Helvetica,16' fontscale 2.25 noenhanced";
    }
    return "";
}

/// Heights of labels beside bands whose middles these are, from the top: as near as they can be without touching.
std::vector<double> apart(std::vector<double> heights)
{
    for (std::size_t i = 0; i < heights.size(); ++i) heights[i] = std::min(heights[i], i == 0 ? 100 : heights[i - 1] - label_height);
    for (std::size_t i = heights.size(); i-- > 0;) heights[i] = std::max(heights[i], i + 1 == heights.size() ? 0 : heights[i + 1] + label_height);
    return heights;
}

} // namespace

std::string class_shares_script(const Answer& a, std::uint64_t seed, Format format)
{
    const int first = a.horizon < a.start ? 0 : a.start;
    const auto year = [](int quarter) { return first_year + quarter / 4.0; };
    std::string out = fmt::format(
        "set terminal {}\nset encoding utf8\n$shares << END\n# year, then where each class begins and ends, from alliance to rupture, in % from the top\n", terminal_of(format));
    std::vector<double> middles;
    for (int q = first; q <= a.horizon; ++q) {
        out += fmt::format("{:.2f} 100", year(q));
        double below = 1;
        middles.clear();
        for (const int c : class_order) {
            const double end = c == class_order[outcome_classes - 1] ? 0 : std::max(0., below - a.course[static_cast<std::size_t>(q)][static_cast<std::size_t>(c)]);
            middles.push_back(50 * (below + end));
            out += fmt::format(" {:.2f}", 100 * end);
            below = end;
        }
        out += "\n";
    }
    out += "END\n";
    out += fmt::format("set label {} at screen 0.02,0.95 left\nset label {} at screen 0.02,0.885 left\n", quoted(heading), quoted(shortened(a.title)));
    out += fmt::format("set label {} at screen 0.98,0.04 right\n", quoted(fmt::format("{} futures, seed {}", with_commas(a.runs - a.failed), seed)));
    const std::vector<double> heights = apart(middles);
    for (std::size_t i = 0; i < middles.size(); ++i) {
        const auto c = static_cast<std::size_t>(class_order[i]);
        out += fmt::format("set label {} at graph 1.06, first {:.2f} left\n", quoted(fmt::format("{} {} %", class_names[c], share_text(a.course.back()[c]))), heights[i]);
        out += fmt::format("set arrow from graph 1, first {:.2f} to graph 1.05, first {:.2f} nohead lc rgb '#808080'\n", middles[i], heights[i]);
    }
    out += fmt::format("set xrange [{:.2f}:{:.2f}]\nset yrange [0:100]\nset xlabel 'year' offset 0,0.5\nset ylabel 'share of futures, %' offset 1.5,0\n", year(first), year(a.horizon));
    out += "set tics scale 0.5\nset xtics out nomirror\nset ytics out nomirror 25\nset lmargin at screen 0.13\nset rmargin at screen 0.66\nset bmargin at screen 0.16\nset tmargin "
           "at screen 0.82\nunset key\nset style fill solid noborder\nplot ";
    for (std::size_t i = 0; i < middles.size(); ++i)
        out += fmt::format("$shares using 1:{}:{} with filledcurves lc rgb '{}', ", i + 2, i + 3, colours[static_cast<std::size_t>(class_order[i])]);
    for (std::size_t i = 0; i + 1 < middles.size(); ++i) out += fmt::format("$shares using 1:{} with lines lw 0.5 lc rgb 'white'{}", i + 3, i + 2 < middles.size() ? ", " : "\n");
    return out;
}

std::string svg_with_script(const std::string& svg, const std::string& script)
{
    static constexpr std::string_view title = "<title>Gnuplot</title>";
    const std::size_t at = svg.find(title);
    if (at == std::string::npos) return svg;
    std::string escaped;
    for (const char c : script) escaped += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return svg.substr(0, at) + fmt::format("<title>{}</title>\n<metadata>\n{}</metadata>", heading, escaped) + svg.substr(at + title.size());
}

} // namespace entente::report
