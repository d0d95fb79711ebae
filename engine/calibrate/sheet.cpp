#include "sheet.hpp"
#include "../core/number.hpp"
#include <cmath>

namespace entente {

std::string quoted(const std::string& text) { return text.empty() ? "nothing" : quoted_text(text); }

CsvSheet::CsvSheet(const CsvFile& file, const Names& columns, Problems& problems) : path_(file.path), problems_(problems)
{
    const std::size_t before = problems.list.size();
    Csv csv = csv_of(file.text);
    if (csv.open_quote) fault(*csv.open_quote, "a quote that is not closed");
    if (csv.rows.empty()) {
        problems.add({path_, 1, 1}, "a header and rows, got an empty file");
        return;
    }
    const CsvRow& header = csv.rows[0];
    Names found;
    for (const CsvCell& cell : header) {
        if (std::ranges::find(columns, cell.text) == columns.end())
            fault(cell, fmt::format("column: {}, got {}{}", fmt::join(columns, ", "), quoted(cell.text), did_you_mean(cell.text, columns)));
        else if (!at_.emplace(cell.text, found.size()).second) fault(cell, fmt::format("column: one called {}, got another", cell.text));
        found.push_back(cell.text);
    }
    for (const std::string& name : columns)
        if (!at_.contains(name)) fault(header[0], fmt::format("column: {} is missing", name));
    if (problems.list.size() > before) return; // cells would be taken for others
    for (CsvRow& row : csv.rows)
        if (&row != csv.rows.data() && row.size() != found.size()) fault(row[0], fmt::format("{} cells as in the header, got {}", found.size(), row.size()));
        else if (&row != csv.rows.data()) rows_.push_back(std::move(row));
    if (rows_.empty() && problems.list.size() == before) fault(header[0], "rows below the header, got none");
}

std::optional<double> CsvSheet::number(std::size_t row, const char* column, double least) const
{
    const auto x = number_in<double>(text(row, column));
    if (x && *x >= least) return x;
    fault(row, column, std::isfinite(least) ? fmt::format("a number of at least {}", least) : "a number");
    return std::nullopt;
}

} // namespace entente
