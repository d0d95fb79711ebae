// Comma-separated values with a header line and quoted fields (RFC 4180).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace entente {

struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows; ///< each as long as the header
    /// Index of a column. Throws std::runtime_error if there is none.
    std::size_t column(std::string_view name) const;
};
/// Throws std::runtime_error with the line of a row that is too long or too short, or of a quote that is not closed.
Table parse_csv(std::string_view text);

} // namespace entente
