// A table from a stranger: its columns by name, and what is wrong said of the cell where it is.
#pragma once
#include "../core/csv.hpp"
#include "../core/text.hpp"
#include "../scenario/reading.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

using Names = std::vector<std::string>;

/// A text, and where it comes from.
struct CsvFile {
    std::string_view text;
    std::string path; ///< as messages name it
};

/// What a cell holds, for a message.
std::string quoted(const std::string& text);

/// A table whose header has been found to hold its columns.
class CsvSheet {
public:
    /// A column that is missing or unknown is a problem. `problems` must outlive the sheet.
    CsvSheet(const CsvFile& file, const Names& columns, Problems& problems);
    std::size_t rows() const { return rows_.size(); }
    /// Throws std::out_of_range if there is no such column.
    const CsvCell& cell(std::size_t row, const char* column) const { return rows_[row][at_.at(column)]; }
    /// What the cell holds.
    const std::string& text(std::size_t row, const char* column) const { return cell(row, column).text; }
    /// A problem at the cell.
    void fault(const CsvCell& cell, std::string message) const { problems_.add({path_, cell.line, cell.column}, std::move(message)); }
    /// A problem that says what was wanted and what stands there.
    void fault(std::size_t row, const char* column, const std::string& wanted, const std::string& more = "") const
    {
        fault(cell(row, column), fmt::format("{}: {}, got {}{}", column, wanted, quoted(text(row, column)), more));
    }
    /// For messages.
    Origin origin(std::size_t row, const char* column) const { return {path_, cell(row, column).line, cell(row, column).column}; }
    /// "FILE:LINE".
    std::string place(std::size_t row) const { return fmt::format("{}:{}", path_, rows_[row][0].line); }

    /// The place of the cell's word among those that are allowed; 0 after a fault.
    template <class Choice> Choice choice(std::size_t row, const char* column, const Names& names) const
    {
        const auto at = std::ranges::find(names, text(row, column));
        if (at == names.end()) fault(row, column, fmt::format("{}", fmt::join(names, ", ")), did_you_mean(text(row, column), names));
        return static_cast<Choice>(at == names.end() ? 0 : at - names.begin());
    }
    /// A finite number of at least `least`; none after a fault.
    std::optional<double> number(std::size_t row, const char* column, double least = -std::numeric_limits<double>::infinity()) const;
    /// A problem if the cell is empty.
    void some_text(std::size_t row, const char* column) const
    {
        if (text(row, column).empty()) fault(row, column, "a text");
    }

private:
    std::string path_;
    Problems& problems_;
    std::map<std::string, std::size_t> at_;
    std::vector<CsvRow> rows_;
};

} // namespace entente
