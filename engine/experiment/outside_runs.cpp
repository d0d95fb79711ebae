#include "made_runs.hpp"
#include "../core/csv.hpp"
#include "../core/number.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <set>

namespace entente {
namespace {

constexpr std::size_t most_rows = 100'000'000, most_choices = 1000;

/// A CSV with a header and rows of one length each; what is wrong goes to `problems`.
struct Cells {
    std::string path;
    CsvRow header;
    std::vector<CsvRow> rows;
};
Cells cells_of(std::string_view text, const std::string& path, std::vector<Problem>& problems)
{
    Csv csv = csv_of(text);
    if (csv.open_quote) problems.push_back({{path, csv.open_quote->line, csv.open_quote->column}, "a quote that is not closed"});
    if (csv.rows.empty()) {
        problems.push_back({{path, 1, 1}, "a header and rows, got an empty file"});
        return {path, {}, {}};
    }
    Cells cells{path, csv.rows[0], {}};
    if (const std::string called = other_separator(cells.header); !called.empty()) {
        problems.push_back({{path, 1, 1}, fmt::format("cells are separated by {}; commas are expected", called)});
        return {path, {}, {}};
    }
    for (std::size_t i = 1; i < csv.rows.size(); ++i)
        if (csv.rows[i].size() != cells.header.size())
            problems.push_back({{path, csv.rows[i][0].line, csv.rows[i][0].column}, fmt::format("{} cells as in the header, got {}", cells.header.size(), csv.rows[i].size())});
        else cells.rows.push_back(std::move(csv.rows[i]));
    if (cells.rows.size() < 2 && problems.empty()) problems.push_back({{path, 1, 1}, fmt::format("two rows below the header at least, got {}", cells.rows.size())});
    if (cells.rows.size() > most_rows) problems.push_back({{path, 1, 1}, fmt::format("at most {} rows", most_rows)});
    return cells;
}

bool is_finite(const std::optional<double>& x) { return x && std::isfinite(*x); }

/// Whether all cells of a column are such values.
template <class Is> bool all_are(const Cells& cells, std::size_t column, Is is)
{
    return std::ranges::all_of(cells.rows, [&](const CsvRow& row) { return is(row[column].text); });
}

InputColumn column_of(const Cells& cells, std::size_t c, std::vector<Problem>& problems)
{
    InputColumn column{.name = printable_name(cells.header[c].text), .value = {}, .sets = ""};
    const auto read = [&](auto value) {
        for (const CsvRow& row : cells.rows) column.value.push_back(value(row[c].text));
    };
    if (all_are(cells, c, [](const std::string& text) { return is_finite(number_in<double>(text)); })) {
        read([](const std::string& text) { return *number_in<double>(text); });
        if (std::ranges::all_of(column.value, [](double x) { return x == std::trunc(x); })) column.kind = Factor::Kind::whole;
    } else if (all_are(cells, c, [](const std::string& text) { return parse_quarter(text).has_value(); })) {
        column.kind = Factor::Kind::date;
        read([](const std::string& text) { return static_cast<double>(*parse_quarter(text)); });
    } else {
        std::size_t numbers = 0;
        std::set<std::string> texts;
        for (const CsvRow& row : cells.rows) {
            const std::string& text = row[c].text;
            const bool empty = text.empty() || text == "NA" || text == "NaN" || text == "nan" || text == "inf" || text == "-inf";
            if (empty)
                problems.push_back({{cells.path, row[c].line, row[c].column}, fmt::format("{}: a value, got {}", column.name, text.empty() ? "an empty cell" : quoted_text(text))});
            else texts.insert(text);
            numbers += is_finite(number_in<double>(text));
        }
        if (2 * numbers >= cells.rows.size() && numbers > 0) { // a column of numbers with strangers in it
            for (const CsvRow& row : cells.rows)
                if (!row[c].text.empty() && !is_finite(number_in<double>(row[c].text)))
                    problems.push_back({{cells.path, row[c].line, row[c].column}, fmt::format("{}: a number as in most rows, got {}", column.name, quoted_text(row[c].text))});
        } else if (texts.size() > most_choices) {
            problems.push_back({{cells.path, cells.header[c].line, cells.header[c].column},
                                fmt::format("{}: numbers, quarters, or at most {} different texts, got {} texts", column.name, most_choices, texts.size())});
        }
        column.kind = Factor::Kind::choice;
        for (const std::string& text : texts) column.choices.push_back(printable_name(text));
        read([&](const std::string& text) { return static_cast<double>(std::distance(texts.begin(), texts.find(text))); });
    }
    return column;
}

void read_outcome(const Cells& cells, OutsideRuns& runs, std::vector<Problem>& problems)
{
    if (cells.header.size() != 1) {
        problems.push_back({{cells.path, 1, 1}, fmt::format("one column, the outcome, got {}", cells.header.size())});
        return;
    }
    runs.outcome = printable_name(cells.header[0].text);
    for (const CsvRow& row : cells.rows) {
        const std::string& text = row[0].text;
        if (text == "NA" || text == "NaN" || text == "nan") runs.value.push_back(std::numeric_limits<double>::quiet_NaN());
        else if (text == "true" || text == "TRUE" || text == "True") runs.value.push_back(1);
        else if (text == "false" || text == "FALSE" || text == "False") runs.value.push_back(0);
        else if (const std::optional<double> x = number_in<double>(text); is_finite(x)) runs.value.push_back(*x);
        else
            problems.push_back({{cells.path, row[0].line, row[0].column}, fmt::format("{}: a number, true, false, or NA of a run that failed, got {}", runs.outcome, quoted_text(text))});
    }
}

} // namespace

OutsideRuns outside_runs(std::string_view inputs, const std::string& inputs_path, std::string_view output, const std::string& output_path)
{
    std::vector<Problem> problems;
    const Cells given = cells_of(inputs, inputs_path, problems), came = cells_of(output, output_path, problems);
    OutsideRuns runs{.inputs = {}, .outcome = "", .value = {}};
    if (!came.header.empty()) read_outcome(came, runs, problems);
    std::set<std::string> seen;
    for (std::size_t c = 0; c < given.header.size() && !given.rows.empty(); ++c) {
        const CsvCell& head = given.header[c];
        const Origin place{inputs_path, head.line, head.column};
        if (head.text == "point" || head.text == "base" || head.text == "moved") continue;
        if (head.text.empty()) problems.push_back({place, "a name for the column, got none"});
        else if (!seen.insert(head.text).second) problems.push_back({place, fmt::format("one column of a name, got {} again", quoted_text(head.text))});
        InputColumn column = column_of(given, c, problems);
        if (std::ranges::adjacent_find(column.value, std::not_equal_to<>()) == column.value.end())
            runs.notes.push_back({place, fmt::format("{} is the same in all rows and is left out", quoted_text(head.text))});
        else runs.inputs.push_back(std::move(column));
    }
    if (given.rows.size() != came.rows.size() && !given.rows.empty() && !came.rows.empty())
        problems.push_back({{output_path, 1, 1}, fmt::format("as many rows as {} has, {}, got {}", inputs_path, given.rows.size(), came.rows.size())});
    if (runs.inputs.empty() && problems.empty()) problems.push_back({{inputs_path, 1, 1}, "a column that differs between rows, got none"});
    if (!problems.empty()) throw ScenarioErrors(std::move(problems));
    return runs;
}

} // namespace entente
