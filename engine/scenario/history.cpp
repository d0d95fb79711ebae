#include "history.hpp"
#include "../core/csv.hpp"
#include "../core/quarter.hpp"
#include "reading.hpp"
#include <charconv>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {
namespace {

double number(const std::string& text, std::size_t line)
{
    double x = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), x);
    if (error != std::errc{} || end != text.data() + text.size()) throw std::logic_error(fmt::format("history.csv:{}: a number, got '{}'", line, text));
    return x;
}

} // namespace

std::vector<CourseSetting> history_courses(int start)
{
    const Description& d = describe();
    std::vector<CourseSetting> list;
    const Csv csv = csv_of(history_csv());
    for (std::size_t i = 1; i < csv.rows.size(); ++i) { // the first row names the columns
        const CsvRow& row = csv.rows[i];
        const std::uint32_t line = row[0].line;
        if (row.size() != 7) throw std::logic_error(fmt::format("history.csv:{}: 7 cells, got {}", line, row.size()));
        const std::string &name = row[0].text, &how = row[1].text, &begins = row[2].text, &ends = row[3].text, &value = row[4].text, &last_value = row[5].text;
        const auto refuse = [line](const std::string& what) { throw std::logic_error(fmt::format("history.csv:{}: {}", line, what)); };
        if (how != "set" && how != "hold" && how != "event") refuse(fmt::format("set, hold or event, got '{}'", how));
        const Target target = how == "event" ? Target::forced : Target::variable;
        const std::size_t index = Description::find(how == "event" ? d.forced : d.variables, name);
        if (index == Description::npos || (target == Target::variable && index >= d.owned)) refuse(fmt::format("'{}' is not in the model", name));
        const auto from = parse_quarter(begins), to = parse_quarter(ends);
        if (!from || !to || *to < *from) refuse(fmt::format("two quarters in order, got '{}' and '{}'", begins, ends));
        const double first = how == "hold" ? 0 : number(value, line), last = last_value.empty() ? first : number(last_value, line);

        auto at = list.begin();
        while (at != list.end() && !(at->course.target == target && at->course.index == index)) ++at;
        for (int q = *from; q <= *to && q < start; ++q) {
            if (at == list.end()) {
                const Origin origin{"history.csv", line, 1};
                list.push_back({.course = {.target = target, .index = index, .how = {}, .value = {}}, .origin = origin, .history = true});
                at = list.end() - 1;
            }
            if (imposition(at->course, q) != Imposition::none) refuse(fmt::format("{} has {} already", name, quarter_name(q)));
            impose(at->course, q, how == "hold" ? Imposition::hold : Imposition::set, q == *from ? first : linear(first, last, *from, *to, q));
        }
    }
    return list;
}

} // namespace entente
