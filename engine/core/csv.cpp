#include "csv.hpp"
#include "text.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {
namespace {

class CsvReader {
public:
    explicit CsvReader(std::string_view text) : text_(text)
    {
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF"; // spreadsheets begin so
        if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
    }
    Csv read()
    {
        while (at_ < text_.size()) {
            CsvRow one = row();
            if (one.size() > 1 || !one[0].text.empty()) csv_.rows.push_back(std::move(one));
        }
        return std::move(csv_);
    }

private:
    CsvRow row()
    {
        CsvRow cells;
        while (true) {
            cells.push_back(cell());
            const bool more = at_ < text_.size() && text_[at_] == ',';
            advance();
            if (!more) return cells;
        }
    }
    /// Stops at a comma, the end of a line or of the text.
    CsvCell cell()
    {
        CsvCell cell = here();
        std::optional<CsvCell> quote; // that is open
        for (; at_ < text_.size(); advance()) {
            const char c = text_[at_];
            if (!quote && (c == ',' || c == '\n')) break;
            if (c != '"') cell.text += c;
            else if (!quote) quote = here();
            else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') cell.text += c, advance();
            else quote.reset();
        }
        if (quote) csv_.open_quote = quote;
        cell.text = trim(cell.text);
        return cell;
    }
    void advance()
    {
        if (at_ < text_.size() && text_[at_] == '\n') ++line_, line_start_ = at_ + 1;
        ++at_;
    }
    CsvCell here() const { return {"", line_, static_cast<std::uint32_t>(at_ - line_start_ + 1)}; }

    std::string_view text_;
    Csv csv_;
    std::size_t at_ = 0, line_start_ = 0;
    std::uint32_t line_ = 1;
};

} // namespace

Csv csv_of(std::string_view text) { return CsvReader(text).read(); }

std::string other_separator(const CsvRow& header)
{
    const std::string& first = header.front().text;
    return first.find(';') != std::string::npos ? "semicolons" : first.find('\t') != std::string::npos ? "tabs" : "";
}

std::string csv_cell(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

std::size_t Table::column(std::string_view name) const
{
    const auto at = std::find(header.begin(), header.end(), name);
    if (at == header.end()) throw std::runtime_error(fmt::format("table: no column '{}'", name));
    return static_cast<std::size_t>(at - header.begin());
}

Table parse_csv(std::string_view text)
{
    Table table;
    const Csv csv = csv_of(text);
    if (csv.open_quote) throw std::runtime_error(fmt::format("line {}: a quote is not closed", csv.open_quote->line));
    for (const CsvRow& row : csv.rows) {
        std::vector<std::string> fields;
        for (const CsvCell& cell : row) fields.push_back(cell.text);
        if (table.header.empty()) table.header = std::move(fields);
        else if (row.size() != table.header.size()) throw std::runtime_error(fmt::format("line {}: {} fields, the header has {}", row[0].line, row.size(), table.header.size()));
        else table.rows.push_back(std::move(fields));
    }
    return table;
}

} // namespace entente
