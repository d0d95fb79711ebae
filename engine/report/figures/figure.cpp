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
    case Format::pdf:
        return fmt::format("pdfcairo size {:.4f}in,{:.4f}in font 'Helvetica,{:g}' fontscale 0.75 linewidth 1 pointscale 0.9 noenhanced", width / 72, height / 72, text_size);
    case Format::png:
        return fmt::format("pngcairo size {:.0f},{:.0f} font 'Helvetica,{:g}' fontscale {:.4f} linewidth 2 pointscale 3 noenhanced", width * 300 / 72, height * 300 / 72, text_size, 300. / 96);
    }
    return "";
}
/// The CSV without its first line, a semicolon between cells; what a text holds cannot part it.
std::string numbers_of(const std::string& csv)
{
    std::string out;
    for (const auto& row : parse_csv(csv).rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::string cell = row[i];
            for (char& c : cell)
                if (c == ';' || c == '\t' || c == '\n' || c == '\r' || c == '"') c = ' ';
            out += (i == 0 ? "" : ";") + cell;
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

/// Of a text that may be a stranger's, so that it is of any length.
std::vector<std::string> few_lines(const std::string& text, double width, double size)
{
    constexpr std::size_t most = 3, longest = 600;
    std::vector<std::string> lines = lines_of_text(printable_name(text).substr(0, longest), width, size);
    if (lines.size() > most) lines.resize(most), lines.back() = fitting(lines.back() + " …", width, size);
    return lines;
}

} // namespace

std::string script_of(const Figure& figure, Format format, FigureWidth width)
{
    const double points = points_of(width);
    const Drawing& drawing = width == FigureWidth::one_column ? figure.one : figure.two;
    const std::vector<std::string> title = few_lines(figure.title, points - 2 * edge, bold_wider * title_size),
                                   under = figure.under.empty() ? std::vector<std::string>() : few_lines(figure.under, points - 2 * edge, text_size);
    const double low = figure.source.empty() ? 2 : foot;
    const double height = low + drawing.height + after_title + line_height * static_cast<double>(title.size() + under.size()) + edge;
    const int pixels = format == Format::svg ? 2 : 1; ///< of a point
    std::string out;
    for (const std::string& line : lines_of_text(printable_name(figure.title + ". " + figure.caption), 800)) out += "# " + line + "\n";
    out += fmt::format("set terminal {}\nset encoding utf8\nset datafile separator ';'\nset datafile commentschars ''\n$numbers << {}\n{}{}\n", terminal_of(format, points, height),
                       end_of_numbers, numbers_of(figure.csv), end_of_numbers);
    out += fmt::format("W = {:.2f}; H = {:.2f}; low = {:.2f}\nfont(size) = sprintf('Helvetica,%g', {} * size)\nbold(size) = sprintf('Helvetica{},%g', {} * size)\nunset "
                       "key\nset tics scale 0.5 textcolor rgb '{}'\nset xtics offset 0,0.3\nset border 3 lw 1 lc rgb '#404040'\n",
                       points, height, low, pixels, format == Format::svg ? "" : ":Bold", pixels, ink); // svg_with_script() makes titles bold
    double at = height - edge - line_height / 2;
    const auto put = [&](const std::string& text, double y, double size, const char* look, const char* colour) {
        out += fmt::format("set label {} at screen {:.4f},{:.4f} left font {}({:g}) tc rgb '{}'\n", gnuplot_text(text), edge / points, y / height, look, size, colour);
    };
    for (const std::string& line : title) put(line, at, title_size, "bold", ink), at -= line_height;
    for (const std::string& line : under) put(line, at, text_size, "font", "#505050"), at -= line_height;
    if (!figure.source.empty()) put(fitting(figure.source, points - 2 * edge, small_size), foot / 2 + 1, small_size, "font", "#606060");
    return out + drawing.lines;
}

std::string svg_with_script(const std::string& svg, const Figure& figure, const std::string& script)
{
    static constexpr std::string_view title = "<title>Gnuplot</title>";
    const std::size_t at = svg.find(title);
    if (at == std::string::npos) return svg;
    const std::string title_font = fmt::format("font-family=\"Helvetica\" font-size=\"{:.2f}\"", 2 * title_size);
    std::string drawn = svg.substr(at + title.size());
    for (const auto& [gnuplots, ours] :
         {std::pair<std::string, std::string>{title_font, title_font + " font-weight=\"bold\""}, {"font-family=\"Helvetica\"", "font-family=\"Helvetica, Arial, sans-serif\""}})
        for (std::size_t place = 0; (place = drawn.find(gnuplots, place)) != std::string::npos; place += ours.size()) drawn.replace(place, gnuplots.size(), ours);
    return svg.substr(0, at)
           + fmt::format("<title>{}</title>\n<desc>{}</desc>\n<metadata>\n{}</metadata>", escaped(printable_name(figure.title)), escaped(printable_name(figure.caption)), escaped(script))
           + drawn;
}

} // namespace entente::report
