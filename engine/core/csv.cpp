#include "csv.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {

std::size_t Table::column(std::string_view name) const
{
    const auto at = std::find(header.begin(), header.end(), name);
    if (at == header.end()) throw std::runtime_error(fmt::format("table: no column '{}'", name));
    return static_cast<std::size_t>(at - header.begin());
}

Table parse_csv(std::string_view text)
{
    Table table;
    std::vector<std::string> row;
    std::string field;
    std::size_t line = 1, row_line = 1;
    bool quoted = false, any = false;
    const auto end_row = [&] {
        if (!any) return;
        row.push_back(std::move(field));
        field.clear();
        if (table.header.empty()) table.header = std::move(row);
        else if (row.size() != table.header.size()) throw std::runtime_error(fmt::format("line {}: {} fields, the header has {}", row_line, row.size(), table.header.size()));
        else table.rows.push_back(std::move(row));
        row.clear();
        any = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') ++line;
        if (quoted) {
            if (c != '"') field += c;
            else if (i + 1 < text.size() && text[i + 1] == '"') field += '"', ++i;
            else quoted = false;
        } else if (c == '"') {
            quoted = any = true;
        } else if (c == ',') {
            row.push_back(std::move(field));
            field.clear();
            any = true;
        } else if (c == '\n') {
            end_row();
            row_line = line;
        } else if (c != '\r') {
            field += c;
            any = true;
        }
    }
    if (quoted) throw std::runtime_error(fmt::format("line {}: a quote is not closed", row_line));
    end_row();
    return table;
}

} // namespace entente
