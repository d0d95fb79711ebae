// Comma-separated values: a header line, quoted fields (RFC 4180), each with its place.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

struct CsvCell {
    std::string text;                   ///< without quotes and the blanks around it
    std::uint32_t line = 0, column = 0; ///< of its first character, from 1
};
using CsvRow = std::vector<CsvCell>;

/// Cells row by row; a byte order mark and blank lines are passed over.
struct Csv {
    std::vector<CsvRow> rows;          ///< of one cell at least
    std::optional<CsvCell> open_quote; ///< the place of a quote that is not closed: all after it is one cell
};
/// Never throws: a quote that is not closed is told.
Csv csv_of(std::string_view text);
/// What parts the cells of a header that is meant to have several and is not parted by commas: "semicolons" or "tabs"; else empty.
std::string other_separator(const CsvRow& header);
/// A cell as a CSV has it, in quotes where it needs them.
std::string csv_cell(const std::string& text);

/// A header, and rows as long as it.
struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows; ///< each as long as the header
    /// Index of a column. Throws std::runtime_error if there is none.
    std::size_t column(std::string_view name) const;
};
/// Throws std::runtime_error with the line of a row that is too long or too short, or with a quote that is not closed.
Table parse_csv(std::string_view text);

} // namespace entente
