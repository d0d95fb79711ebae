#include "table.hpp"
#include "../../core/csv.hpp"
#include "../../core/quarter.hpp"
#include "../../core/text.hpp"
#include "../numbers.hpp"
#include "../survival_numbers.hpp"
#include <algorithm>
#include <cctype>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr std::size_t rows_of_a_page = 40, many_columns = 7, signs_of_a_line = 100;

std::string header_of(const PaperColumn& c) { return c.unit.empty() || c.header.empty() ? c.header + c.unit : fmt::format("{} ({})", c.header, c.unit); }

/// What people see of it.
PaperTable for_people(const PaperTable& t)
{
    PaperTable out{.name = t.name, .title = t.title, .note = t.note, .columns = {}, .rows = {}, .groups = t.groups};
    for (const PaperColumn& c : t.columns)
        if (c.align != Align::none) out.columns.push_back(c);
    for (const PaperRow& row : t.rows) {
        if (row.who == PaperRow::For::programs) continue;
        out.rows.emplace_back();
        for (std::size_t c = 0; c < t.columns.size(); ++c)
            if (t.columns[c].align != Align::none) out.rows.back().cells.push_back(row.cells[c]);
    }
    return out;
}

bool is_grouped(const PaperTable& t) { return t.groups == PaperTable::Groups::by_first; }
/// Whether a row belongs to the group of the one above it.
bool goes_on(const PaperTable& t, std::size_t row) { return row > 0 && is_grouped(t) && t.rows[row].cells[0].shown == t.rows[row - 1].cells[0].shown; }
/// Columns of a row under its group's heading.
std::size_t first_column(const PaperTable& t) { return is_grouped(t) ? 1 : 0; }

/// Numbers with a minus that is as wide as a plus.
std::string number_in_latex(const std::string& shown)
{
    const std::string latex = latex_text(shown);
    std::string out;
    for (std::size_t i = 0; i < latex.size(); ++i) {
        const bool minus = latex[i] == '-' && (i == 0 || latex[i - 1] == ' ' || latex[i - 1] == '(') && i + 1 < latex.size()
                           && (std::isdigit(static_cast<unsigned char>(latex[i + 1])) || latex[i + 1] == '.');
        out += minus ? std::string("$-$") : std::string(1, latex[i]);
    }
    return out;
}

std::string columns_in_latex(const PaperTable& t)
{
    std::string out = "@{}";
    for (std::size_t c = first_column(t); c < t.columns.size(); ++c) {
        const PaperColumn& column = t.columns[c];
        out += column.align == Align::text ? "l" : column.align == Align::number ? "r" : fmt::format(">{{\\raggedright\\arraybackslash}}p{{{:.3f}\\linewidth}}", column.width);
    }
    return out + "@{}";
}

std::string head_in_latex(const PaperTable& t)
{
    std::string out;
    for (std::size_t c = first_column(t); c < t.columns.size(); ++c) out += fmt::format("{}{}", c == first_column(t) ? "" : " & ", latex_text(header_of(t.columns[c])));
    return out + " \\\\\n";
}

/// Over all columns; it widens none of them, unless it is longer than a line.
std::string heading_in_latex(const std::string& heading, std::size_t columns)
{
    const std::string text = latex_text(heading);
    return text.size() <= signs_of_a_line ? fmt::format("\\multicolumn{{{}}}{{@{{}}l@{{}}}}{{\\rlap{{\\itshape {}}}}} \\\\*\n", columns, text)
                                          : fmt::format("\\multicolumn{{{}}}{{@{{}}p{{\\linewidth}}@{{}}}}{{\\raggedright\\itshape {}}} \\\\*\n", columns, text);
}

std::string rows_in_latex(const PaperTable& t)
{
    std::string out;
    const std::size_t begin = first_column(t);
    for (std::size_t r = 0; r < t.rows.size(); ++r) {
        if (is_grouped(t) && !goes_on(t, r)) out += (r == 0 ? "" : "\\addlinespace\n") + heading_in_latex(t.rows[r].cells[0].shown, t.columns.size() - begin);
        for (std::size_t c = begin; c < t.columns.size(); ++c) {
            const std::string& shown = t.rows[r].cells[c].shown;
            out += fmt::format("{}{}", c == begin ? "" : " & ", t.columns[c].align == Align::number ? number_in_latex(shown) : latex_text(shown));
        }
        out += " \\\\\n";
    }
    return out;
}

/// Smaller signs for many columns.
std::string size_in_latex(const PaperTable& t)
{
    return t.columns.size() - first_column(t) >= many_columns ? "\\scriptsize\\setlength{\\tabcolsep}{3pt}" : "\\footnotesize\\setlength{\\tabcolsep}{4pt}";
}

std::string text_in_csv(const std::string& from_file)
{
    std::string text = printable_name(from_file);
    if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos) text.insert(text.begin(), '\'');
    return csv_cell(text);
}
std::string value_in_csv(const ExactValue& value)
{
    if (const auto* const text = std::get_if<std::string>(&value)) return text_in_csv(*text);
    const double x = std::get<double>(value);
    return std::isfinite(x) ? fmt::format("{}", x) : "";
}

std::string text_in_markdown(const std::string& text)
{
    std::string out;
    for (const char c : printable_name(text)) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else {
            if (std::string_view("\\`*_[]|#!$~").find(c) != std::string_view::npos) out += '\\';
            out += c;
        }
    }
    return out;
}

} // namespace

PaperCell exact_cell(double x) { return {"", {x}}; }
PaperCell words_cell(const std::string& text) { return {text, {text}}; }
PaperCell number_cell(double x, int digits) { return {std::isfinite(x) ? fmt::format("{:.{}f}", x, digits) : "–", {x}}; }
PaperCell share_cell(const Share& s) { return {fmt::format("{:.1f} ± {}", 100 * s.share, half_width_text(s)), {s.share, s.low, s.high}}; }
PaperCell band_cell(const Band& b) { return {fmt::format("{}–{}", share_text(b.low), share_text(b.high)), {b.low, b.high}}; }
PaperCell effect_cell(const Effect& e, double scale, int digits)
{
    return {fmt::format("{:+.{}f} ± {:.{}f}", scale * e.mean, digits, scale * (e.high - e.low) / 2, digits), {e.mean, e.low, e.high}};
}
PaperCell interval_cell(double estimate, double low, double high, double scale, int digits)
{
    const std::string shown = !std::isfinite(estimate)                      ? "–"
                              : !std::isfinite(low) || !std::isfinite(high) ? fmt::format("{:.{}f}", scale * estimate, digits)
                              : scale * low < 0 || scale * high < 0 ? fmt::format("{:.{}f} ({:.{}f} to {:.{}f})", scale * estimate, digits, scale * low, digits, scale * high, digits)
                                                                    : fmt::format("{:.{}f} ({:.{}f}–{:.{}f})", scale * estimate, digits, scale * low, digits, scale * high, digits);
    return {shown, {estimate, low, high}};
}

std::string latex_of(const PaperTable& whole)
{
    const PaperTable t = for_people(whole);
    const bool pages = t.rows.size() > rows_of_a_page;
    std::string out = fmt::format("% Table '{}'. \\usepackage{{booktabs,array,longtable}} sets it{}\n", t.name, pages ? "; in two columns put \\onecolumn before it" : "");
    const std::string caption = fmt::format("\\caption{{{}}}\\label{{tab:{}}}", latex_text(t.title), t.name), columns = columns_in_latex(t), head = head_in_latex(t);
    if (!pages)
        return out
               + fmt::format("\\begin{{table}}[tbp]\n\\centering\\setlength{{\\belowcaptionskip}}{{4pt}}\n{}\n{}\n\\begin{{tabular}}{{{}}}\n\\toprule\n{}\\midrule\n{}"
                             "\\bottomrule\n\\end{{tabular}}\n"
                             "\\par\\smallskip\n\\begin{{minipage}}{{\\linewidth}}\\footnotesize {}\\end{{minipage}}\n\\end{{table}}\n",
                             caption, size_in_latex(t), columns, head, rows_in_latex(t), latex_text(t.note));
    return out
           + fmt::format("\\begingroup{}\\setlength{{\\LTcapwidth}}{{\\linewidth}}\n\\begin{{longtable}}{{{}}}\n{}\\\\\n\\toprule\n{}\\midrule\n\\endfirsthead\n\\toprule\n{}"
                         "\\midrule\n\\endhead\n"
                         "\\bottomrule\n\\endfoot\n{}\\end{{longtable}}\n\\noindent {}\\par\n\\endgroup\n",
                         size_in_latex(t), columns, caption, head, head, rows_in_latex(t), latex_text(t.note));
}

std::string csv_of(const PaperTable& t)
{
    std::string out;
    for (const PaperColumn& c : t.columns)
        for (const std::string& name : c.exact) out += (out.empty() ? "" : ",") + text_in_csv(name);
    out += "\n";
    for (const auto& [row, who] : t.rows) {
        std::string line;
        for (const PaperCell& cell : row)
            for (const ExactValue& value : cell.exact) line += (&cell == row.data() && &value == cell.exact.data() ? "" : ",") + value_in_csv(value);
        out += line + "\n";
    }
    return out;
}

std::string markdown_of(const PaperTable& whole)
{
    const PaperTable t = for_people(whole);
    std::string out = fmt::format("**{}**\n\n|", text_in_markdown(t.title)), under = "|";
    for (const PaperColumn& c : t.columns) out += fmt::format(" {} |", text_in_markdown(header_of(c))), under += c.align == Align::number ? "---:|" : "---|";
    out += "\n" + under + "\n";
    for (std::size_t r = 0; r < t.rows.size(); ++r) {
        out += "|";
        for (std::size_t c = 0; c < t.columns.size(); ++c) out += fmt::format(" {} |", c == 0 && goes_on(t, r) ? "" : text_in_markdown(t.rows[r].cells[c].shown));
        out += "\n";
    }
    return out + fmt::format("\n{}\n", text_in_markdown(t.note));
}

} // namespace entente::report
