#include "figure.hpp"
#include "../../core/csv.hpp"
#include "../../core/text.hpp"
#include "../words.hpp"
#include "drawing.hpp"
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr double edge = 4, foot = 12, after_title = 3; ///< points
constexpr double bold_wider = 1.12;
constexpr std::string_view end_of_numbers = "END_OF_NUMBERS";

std::string terminal_of(Format format, double width, double height)
{
    switch (format) {
    case Format::svg: return fmt::format("svg size {:.0f},{:.0f} dynamic font 'Helvetica,{:g}' background rgb 'white' noenhanced", 2 * width, 2 * height, 2 * text_size);
    case Format::pdf: return fmt::format("pdfcairo size {:.4f}in,{:.4f}in font 'Helvetica,{:g}' fontscale 1 linewidth 2 pointscale 0.5 noenhanced", width / 72, height / 72, text_size);
    case Format::png:
        return fmt::format("pngcairo size {:.0f},{:.0f} font 'Helvetica,{:g}' fontscale {:.4f} linewidth 2 pointscale 2 noenhanced", width * 300 / 72, height * 300 / 72, text_size, 300. / 96);
    }
    return "";
}
/// The CSV without its first line, a tab between cells; what a text holds cannot part it.
std::string numbers_of(const std::string& csv)
{
    std::string out;
    for (const auto& row : parse_csv(csv).rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::string cell = row[i];
            for (char& c : cell)
                if (c == '\t' || c == '\n' || c == '\r' || c == '"') c = ' ';
            out += (i == 0 ? "" : "\t") + cell;
        }
        out += "\n";
    }
    return out;
}

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return out;
}

} // namespace

std::string script_of(const Figure& figure, Format format, FigureWidth width)
{
    const double points = points_of(width);
    const Drawing& drawing = width == FigureWidth::one_column ? figure.one : figure.two;
    const std::vector<std::string> title = lines_of_text(figure.title, points - 2 * edge, bold_wider * title_size), under = lines_of_text(figure.under, points - 2 * edge);
    const double low = figure.source.empty() ? 2 : foot;
    const double height = low + drawing.height + after_title + line_height * static_cast<double>(title.size() + (figure.under.empty() ? 0 : under.size())) + edge;
    const int pixels = format == Format::svg ? 2 : 1; ///< of a point
    std::string out;
    for (const std::string& line : lines_of_text(printable_name(figure.title + ". " + figure.caption), 800)) out += "# " + line + "\n";
    out += fmt::format("set terminal {}\nset encoding utf8\nset datafile separator tab\nset datafile commentschars ''\n$numbers << {}\n{}{}\n", terminal_of(format, points, height), end_of_numbers,
                       numbers_of(figure.csv), end_of_numbers);
    out += fmt::format("W = {:.2f}; H = {:.2f}; low = {:.2f}\nfont(size) = sprintf('Helvetica,%g', {} * size)\nbold(size) = sprintf('Helvetica:Bold,%g', {} * size)\nunset key\nset tics scale 0.5 textcolor rgb '{}'\nset xtics offset 0,0.3\nset border 3 lw 1 lc rgb '#404040'\n", points, height, low, pixels, pixels, ink);
    double at = height - edge - line_height / 2;
    const auto put = [&](const std::string& text, double y, double size, const char* look, const char* colour) {
        out += fmt::format("set label {} at screen {:.4f},{:.4f} left font {}({:g}) tc rgb '{}'\n", gnuplot_text(text), edge / points, y / height, look, size, colour);
    };
    for (const std::string& line : title) put(line, at, title_size, "bold", ink), at -= line_height;
    if (!figure.under.empty())
        for (const std::string& line : under) put(line, at, text_size, "font", "#505050"), at -= line_height;
    if (!figure.source.empty()) put(fitting(figure.source, points - 2 * edge, small_size), foot / 2 + 1, small_size, "font", "#606060");
    return out + drawing.lines;
}

std::string svg_with_script(const std::string& svg, const Figure& figure, const std::string& script)
{
    static constexpr std::string_view title = "<title>Gnuplot</title>";
    const std::size_t at = svg.find(title);
    if (at == std::string::npos) return svg;
    return svg.substr(0, at) + fmt::format("<title>{}</title>\n<desc>{}</desc>\n<metadata>\n{}</metadata>", escaped(printable_name(figure.title)), escaped(printable_name(figure.caption)), escaped(script))
           + svg.substr(at + title.size());
}

} // namespace entente::report
