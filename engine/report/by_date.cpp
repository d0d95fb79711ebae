#include "by_date.hpp"
#include "../core/quarter.hpp"
#include "words.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente::report {
namespace {

std::string without_blanks_at_its_end(const std::string& line) { return line.substr(0, line.find_last_not_of(' ') + 1); }

std::vector<std::size_t> by_importance(const std::vector<int>& dates, int foremost)
{
    std::vector<std::size_t> all;
    const auto add = [&](std::size_t date) {
        if (std::ranges::count(all, date) == 0) all.push_back(date);
    };
    add(static_cast<std::size_t>(std::ranges::find(dates, foremost) - dates.begin()));
    add(dates.size() - 1);
    for (std::size_t date = 0; date < dates.size(); ++date) add(date);
    return all;
}

} // namespace

ByDate by_date(const std::string& heading, const std::vector<Line>& lines, const std::vector<int>& dates, int foremost, const std::string& under, const Looks& looks)
{
    std::size_t label = columns(heading), cell = 6 + columns(under), after = 0;
    for (const Line& line : lines) {
        if (!line.cells.empty()) label = std::max(label, columns(line.label));
        after = std::max(after, columns(line.after));
        for (const std::string& text : line.cells) cell = std::max(cell, columns(text));
    }
    cell += 2;
    const std::size_t fit = std::clamp<std::size_t>(looks.width > label ? (looks.width - label) / cell : 1, 1, dates.size());

    ByDate out;
    const auto print = [&](const std::vector<std::size_t>& shown) {
        const bool room = label + cell * fit + 2 + after <= looks.width;
        const auto end_line = [&](const std::string& line, const std::string& last) {
            out.text += without_blanks_at_its_end(line + (room && !last.empty() ? "  " + last : "")) + "\n";
        };
        std::string first = fmt::format("{:<{}}", heading, label);
        for (const std::size_t date : shown) first += fmt::format("{:>{}}", quarter_name(dates[date]) + under, cell);
        end_line(first, "");
        for (const Line& line : lines) {
            std::string text = fmt::format("{:<{}}", line.label, label);
            for (const std::size_t date : shown)
                if (!line.cells.empty()) text += fmt::format("{:>{}}", line.cells[date], cell);
            end_line(text, line.after);
        }
    };
    if (looks.detail == Detail::all) {
        for (std::size_t begin = 0; begin < dates.size(); begin += fit) {
            std::vector<std::size_t> shown;
            for (std::size_t date = begin; date < std::min(begin + fit, dates.size()); ++date) shown.push_back(date);
            if (begin > 0) out.text += "\n";
            print(shown);
        }
        return out;
    }
    std::vector<std::size_t> shown = by_importance(dates, foremost);
    for (std::size_t i = fit; i < shown.size(); ++i) out.left_out.push_back(dates[shown[i]]);
    shown.resize(fit);
    std::ranges::sort(shown), std::ranges::sort(out.left_out);
    print(shown);
    return out;
}

} // namespace entente::report
