#include "patterns.hpp"
#include "../core/csv.hpp"
#include "../core/quarter.hpp"
#include <fmt/format.h>
#include <stdexcept>

namespace entente {

std::string_view patterns_csv();

/// Ensemble mean of a variable at a pattern's date.
static double model_at(const Summary& summary, std::size_t variable, const std::string& date)
{
    if (const std::size_t slash = date.find('/'); slash != std::string::npos)
        return model_at(summary, variable, date.substr(0, slash)) / model_at(summary, variable, date.substr(slash + 1));
    const int quarter = parse_quarter(date).value();
    const int count = date.size() == 4 ? 4 : 1;
    double sum = 0;
    for (int q = quarter; q < quarter + count; ++q) sum += summary.mean[variable * summary.quarters + static_cast<std::size_t>(q)];
    return sum / count;
}

std::vector<Pattern> patterns(const Summary& summary)
{
    const Table table = parse_csv(patterns_csv());
    std::vector<Pattern> all;
    for (const auto& row : table.rows) {
        const std::string &variable = row[table.column("variable")], &date = row[table.column("year")];
        const std::size_t v = Description::find(describe().variables, variable);
        if (v == Description::npos) throw std::logic_error(fmt::format("patterns.csv: no variable '{}'", variable));
        const std::string last = date.substr(0, 4) + (date.size() == 6 ? date.substr(4) : "Q4");
        if (parse_quarter(last).value() >= static_cast<int>(summary.quarters)) continue;
        all.push_back({.name = row[table.column("pattern")],
                       .variable = variable,
                       .date = date,
                       .series = row[table.column("series")],
                       .definition = row[table.column("definition")],
                       .data = std::stod(row[table.column("value")]),
                       .model = model_at(summary, v, date)});
    }
    return all;
}

} // namespace entente
