#include "../core/csv.hpp"
#include "../core/number.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "kinds.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

std::string range_text(const Factor& f)
{
    if (std::isfinite(f.low) && std::isfinite(f.high)) return fmt::format("a number from {} to {}", f.low, f.high);
    if (std::isfinite(f.low)) return fmt::format("a number of at least {}", f.low);
    return std::isfinite(f.high) ? fmt::format("a number of at most {}", f.high) : "a finite number";
}

/// What a cell says of a factor: a value, or what is wrong.
struct Reading {
    double value = 0;
    std::string fault;
};

Reading read_choice(const Factor& f, const std::string& text)
{
    const auto at = std::find(f.choices.begin(), f.choices.end(), text);
    if (at != f.choices.end()) return {static_cast<double>(at - f.choices.begin()), ""};
    return {0, fmt::format("one of {}, got {}{}", fmt::join(f.choices, ", "), quoted_text(text), did_you_mean(text, f.choices))};
}

Reading read_date(const Factor& f, const std::string& text)
{
    const std::optional<int> quarter = parse_quarter(text);
    if (!quarter) return {0, fmt::format("a quarter such as 2026Q1, got {}", quoted_text(text))};
    if (*quarter >= f.low && *quarter <= f.high) return {static_cast<double>(*quarter), ""};
    return {0, fmt::format("a quarter from {} to {}, got {}", quarter_name(static_cast<int>(f.low)), quarter_name(static_cast<int>(f.high)), quoted_text(text))};
}

Reading read_number(const Factor& f, const std::string& text)
{
    const std::optional<double> x = number_in<double>(text);
    if (f.kind == Factor::Kind::whole) {
        if (x && *x == std::trunc(*x) && *x >= f.low && *x <= f.high) return {*x, ""};
        return {0, fmt::format("a whole number from {} to {}, got {}", f.low, f.high, quoted_text(text))};
    }
    constexpr double most = std::numeric_limits<float>::max();
    const bool drawn = f.levels.empty(); // such values have single precision, in a design as in a run; and so must their bounds
    const auto rounded = [drawn](double v) { return drawn ? static_cast<double>(static_cast<float>(v)) : v; };
    if (x && std::abs(*x) <= most && rounded(*x) >= rounded(f.low) && rounded(*x) <= rounded(f.high)) return {rounded(*x), ""};
    return {0, fmt::format("{}, got {}", range_text(f), quoted_text(text))};
}

Reading read(const Factor& f, const std::string& text)
{
    return f.kind == Factor::Kind::choice ? read_choice(f, text) : f.kind == Factor::Kind::date ? read_date(f, text) : read_number(f, text);
}

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// For each column the factor it holds, or none.
std::vector<std::size_t> assigned(const CsvRow& header, std::span<const Factor> factors, const std::string& path, std::vector<Problem>& problems, std::vector<Problem>& notes)
{
    const auto place = [&path](const CsvCell& cell) { return Origin{path, cell.line, cell.column}; };
    std::vector<std::string> names, strangers;
    for (const Factor& f : factors) names.push_back(f.name);
    std::vector<std::size_t> column_of(factors.size(), none), factor_of(header.size(), none);
    for (std::size_t c = 0; c < header.size(); ++c) {
        const std::string& name = header[c].text;
        const auto k = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
        if (k == names.size()) {
            if (name == "point" || name == "base" || name == "moved") continue;
            strangers.push_back(name);
            notes.push_back({place(header[c]), fmt::format("the column {} names no factor and is ignored{}", quoted_text(name), did_you_mean(name, names))});
        } else if (column_of[k] != none) {
            const CsvCell& first = header[column_of[k]];
            problems.push_back({place(header[c]), fmt::format("one column for {}, got another at {}:{}:{}", name, path, first.line, first.column)});
        } else {
            column_of[k] = c, factor_of[c] = k;
        }
    }
    for (std::size_t k = 0; k < factors.size(); ++k)
        if (column_of[k] == none) {
            const auto whole = std::ranges::find_if(strangers, [&](const std::string& name) { return name.ends_with("." + names[k]); }); // what the factor sets
            problems.push_back({place(header[0]), fmt::format("a column for {}, got {}", names[k], whole != strangers.end() ? quoted_text(*whole) : "none" + did_you_mean(names[k], strangers))});
        }
    return factor_of;
}

double no_points(std::span<const Factor>, const DesignChoice&) { throw std::invalid_argument("the points of a table are counted by reading it"); }
Design no_design(std::span<const Factor>, const DesignChoice&) { throw std::logic_error("a table is read, not made"); }

} // namespace

/// Points from a file, see read_table(). base: the line of the file.
constinit const DesignKind designs::table{.name = "table", .points = no_points, .lay = no_design};

TableDesign read_table(std::string_view text, const std::string& path, std::span<const Factor> factors)
{
    TableDesign table{.design = {.factors = factors.size()}, .notes = {}};
    Design& design = table.design;
    const auto place = [&path](const CsvCell& cell) { return Origin{path, cell.line, cell.column}; };
    std::vector<Problem> problems;
    const Csv csv = csv_of(text);
    if (csv.open_quote) problems.push_back({place(*csv.open_quote), "a quote that is not closed"});
    if (csv.rows.empty()) throw ScenarioErrors({{{path, 1, 1}, "a header and rows, got an empty file"}});
    const CsvRow& header = csv.rows[0];
    if (const std::string called = other_separator(header); !called.empty())
        throw ScenarioErrors({{place(header[0]), fmt::format("cells are separated by {}; commas are expected", called)}});
    const std::vector<std::size_t> factor_of = assigned(header, factors, path, problems, table.notes);
    for (const CsvRow& row : std::span(csv.rows).subspan(1)) {
        if (row.size() != header.size()) {
            problems.push_back({place(row[0]), fmt::format("{} cells as in the header, got {}", header.size(), row.size())});
            continue;
        }
        design.value.resize(design.value.size() + factors.size());
        for (std::size_t c = 0; c < row.size(); ++c) {
            if (factor_of[c] == none) continue;
            const Reading reading = read(factors[factor_of[c]], row[c].text);
            if (!reading.fault.empty()) problems.push_back({place(row[c]), fmt::format("{}: {}", factors[factor_of[c]].name, reading.fault)});
            design.value[design.points * factors.size() + factor_of[c]] = reading.value;
        }
        design.base.push_back(static_cast<std::int32_t>(row[0].line));
        ++design.points;
    }
    if (design.points == 0 && problems.empty()) problems.push_back({place(header[0]), "rows below the header, got none"});
    if (!problems.empty()) throw ScenarioErrors(problems);
    design.moved.assign(design.points, -1);
    design.u.assign(design.value.size(), std::numeric_limits<double>::quiet_NaN());
    return table;
}

} // namespace entente
