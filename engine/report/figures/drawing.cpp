#include "drawing.hpp"
#include "../../core/csv.hpp"
#include "../../core/text.hpp"
#include "../words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {

double text_width(std::string_view text, double size)
{
    double ems = 0;
    for (std::size_t at = 0, length = 0; at < text.size(); at += length) {
        length = std::max<std::size_t>(1, utf8_length(text.substr(at)));
        const char c = text[at];
        if (length > 1) ems += length > 2 && text.substr(at, length) != "…" && text.substr(at, length) != "–" ? 1.05 : 0.68;
        else if (std::string_view(" iljtfrI.,:;'|!()[]-").find(c) != std::string_view::npos) ems += 0.40;
        else if (std::string_view("mwMW%@").find(c) != std::string_view::npos) ems += 0.96;
        else ems += c >= 'A' && c <= 'Z' ? 0.72 : 0.62;
    }
    return std::max(ems, 0.56 * static_cast<double>(columns(text))) * size;
}

std::string fitting(const std::string& text, double width, double size)
{
    if (text_width(text, size) <= width) return text;
    std::string out;
    for (std::size_t at = 0, length = 0; at < text.size(); at += length) {
        length = std::max<std::size_t>(1, utf8_length(std::string_view(text).substr(at)));
        if (text_width(out + text.substr(at, length) + "…", size) > width) break;
        out += text.substr(at, length);
    }
    while (out.ends_with(' ')) out.pop_back();
    return out + "…";
}

std::vector<std::string> lines_of_text(const std::string& text, double width, double size)
{
    std::vector<std::string> lines(1);
    for (const std::string& word : split(text, ' ')) {
        const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
        if (lines.back().empty() || text_width(longer, size) <= width) lines.back() = longer;
        else lines.push_back(word);
    }
    for (std::string& line : lines) line = fitting(line, width, size);
    return lines;
}

std::string gnuplot_text(const std::string& text)
{
    std::string out = "'";
    for (const char c : printable_name(text)) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

std::string Sheet::x(double points) const { return fmt::format("screen {:.4f}", points / width); }
std::string Sheet::y(double points) const { return fmt::format("screen (low+{:.1f})/H", points); }

std::string Sheet::frame(double left, double right, double bottom, double top) const
{
    return fmt::format("set lmargin at {}\nset rmargin at {}\nset bmargin at {}\nset tmargin at {}\n", x(left), x(right), y(bottom), y(top));
}

std::string Sheet::text(const std::string& text, double at_x, double at_y, const char* how, const char* colour, double size) const
{
    return fmt::format("set label {} at {}, {} {} font font({:g}) tc rgb '{}'\n", gnuplot_text(text), x(at_x), y(at_y), how, size, colour);
}

std::string Sheet::x_title(const std::string& title, double left, double right) const { return text(fitting(title, right), (left + right) / 2, 4.5, "center"); }
std::string Sheet::y_title(const std::string& title, double bottom, double top) const
{
    return fmt::format("set label {} at {}, {} center rotate by 90 font font({:g}) tc rgb '{}'\n", gnuplot_text(fitting(title, top - bottom + 16)), x(8), y((bottom + top) / 2), text_size, ink);
}

Legend legend(const Sheet& sheet, const std::vector<Swatch>& samples, double bottom, double left)
{
    constexpr double swatch = 14, gap = 4, between = 10;
    std::vector<std::vector<std::pair<double, const Swatch*>>> lines(1); // with places of their left ends
    double at = left;
    for (const Swatch& s : samples) {
        const double wide = swatch + gap + text_width(s.text);
        if (at > left && at + wide > sheet.width - 4) lines.emplace_back(), at = left;
        lines.back().emplace_back(at, &s);
        at += wide + between;
    }
    Legend out{"", line_height * static_cast<double>(lines.size())};
    for (std::size_t l = 0; l < lines.size(); ++l) {
        const double y = bottom + out.height - line_height * (static_cast<double>(l) + 0.5);
        for (const auto& [x, s] : lines[l]) {
            switch (s->of) {
            case Swatch::Of::area:
                out.lines += fmt::format("set object rectangle from {}, {} to {}, {} fc rgb '{}' fs solid noborder\n", sheet.x(x), sheet.y(y - 3), sheet.x(x + swatch),
                                         sheet.y(y + 3), s->colour);
                break;
            case Swatch::Of::line:
            case Swatch::Of::bar:
                out.lines += fmt::format("set arrow from {}, {} to {}, {} nohead lw {} dt {} lc rgb '{}'\n", sheet.x(x), sheet.y(y), sheet.x(x + swatch), sheet.y(y),
                                         s->of == Swatch::Of::bar ? 6 : 3, s->sign, s->colour);
                break;
            case Swatch::Of::dot:
            case Swatch::Of::open_dot:
                out.lines += fmt::format("set label '' at {}, {} point pt {} ps 0.7 lw 2 lc rgb '{}'\n", sheet.x(x + swatch / 2), sheet.y(y),
                                         s->of == Swatch::Of::open_dot ? 6
                                         : s->sign == 1                ? 7
                                                                       : s->sign,
                                         s->colour);
                break;
            }
            out.lines += sheet.text(s->text, x + swatch + gap, y);
        }
    }
    return out;
}

Rows labelled_rows(const Sheet& sheet, const std::vector<std::string>& labels, double most_of_width)
{
    double width = 0;
    for (const std::string& l : labels) width = std::max(width, text_width(l));
    width = std::min(width, most_of_width * sheet.width);
    std::string tics;
    for (std::size_t i = 0; i < labels.size(); ++i) tics += fmt::format("{}{} {}", i == 0 ? "" : ", ", gnuplot_text(fitting(labels[i], width)), i);
    return {fmt::format("set yrange [{}:-0.5]\nset ytics ({}) scale 0\n", static_cast<double>(labels.size()) - 0.5, tics), width + 10};
}

std::string dots_with_lines(const std::vector<Dots>& dots, double scale)
{
    std::string out;
    for (const Dots& d : dots) {
        out += fmt::format("{0}$numbers using ({1}*${2}):($1{4:+g}):({1}*(${3}-${2})):(0) with vectors nohead lw 3 lc rgb '{5}', ", out.empty() ? "" : ", ", scale, d.column + 1,
                           d.column + 2, d.offset, d.colour);
        if (d.open) out += fmt::format("$numbers using ({0}*${1}):($1{2:+g}) with points pt 7 ps 0.7 lc rgb 'white', ", scale, d.column, d.offset);
        out += fmt::format("$numbers using ({0}*${1}):($1{2:+g}) with points pt {3} ps 0.7 lw 2 lc rgb '{4}'", scale, d.column, d.offset, d.open ? 6 : 7, d.colour);
    }
    return out;
}

std::string year_axis(const Sheet& sheet, double first, double last, double left, double right)
{
    const double fit = (right - left) / 30; // years at most
    int step = 1;
    for (const int s : {1, 2, 5, 10, 20, 50}) {
        step = s;
        if ((last - first) / s <= fit) break;
    }
    return fmt::format("set xrange [{:.3f}:{:.3f}]\nset xtics {} out nomirror format '%.0f'\n", first, last, step) + sheet.x_title("year", left, right);
}

std::string with_meaning(const std::string& name)
{
    const Description& model = describe();
    for (const std::vector<Row>* rows : {&model.parameters, &model.structures, &model.levers})
        if (const std::size_t at = Description::find(*rows, name); at != Description::npos) return fmt::format("{}: {}", name, (*rows)[at].meaning);
    return name;
}

std::vector<double> spread_apart(std::vector<double> falling, double least, double low, double high)
{
    for (std::size_t i = 0; i < falling.size(); ++i) falling[i] = std::min(falling[i], i == 0 ? high : falling[i - 1] - least);
    for (std::size_t i = falling.size(); i-- > 0;) falling[i] = std::max(falling[i], i + 1 == falling.size() ? low : falling[i + 1] + least);
    return falling;
}

std::string label_number(double x)
{
    if (!std::isfinite(x)) return "-";
    const double size = std::abs(x);
    if (size >= 1000) return (x < 0 ? "-" : "") + with_commas(static_cast<std::uint64_t>(std::llround(size)));
    return fmt::format("{:.{}f}", x, size >= 100 || x == std::round(x) ? 0 : size >= 10 ? 1 : size >= 0.095 ? 2 : 3);
}

std::string text_cell(const std::string& text)
{
    const std::string shown = printable_name(text);
    return csv_cell(!shown.empty() && std::string_view("=+-@\t").find(shown[0]) != std::string_view::npos ? "'" + shown : shown);
}
std::string number_cell(double x) { return std::isfinite(x) ? fmt::format("{:.6g}", x) : ""; }

NumbersCsv::NumbersCsv(const std::vector<std::string>& names) { row(names); }
void NumbersCsv::row(const std::vector<std::string>& cells)
{
    for (std::size_t i = 0; i < cells.size(); ++i) text_ += (i == 0 ? "" : ",") + cells[i];
    text_ += "\n";
}

std::string runs_and_seed(const Origin& origin, const char* what) { return fmt::format("{} {}, seed {}", with_commas(origin.runs), what, origin.seed); }
std::string origin_sentence(const Origin& origin, const char* what)
{
    return fmt::format("{} {} of '{}', seed {}, entente {}.", with_commas(origin.runs), what, origin.scenario, origin.seed, origin.version);
}

} // namespace entente::report
