// History: the model's ensemble mean beside the data that calibration/patterns.csv holds.
#include "../core/csv.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "command.hpp"
#include <fmt/format.h>

namespace entente {
std::string_view patterns_csv();
}

namespace entente::cli {
namespace {

struct Pattern {
    std::string name, variable, date, series, definition;
    double data, model;
};

/// Ensemble mean of a variable over a year ("2023"), in a quarter ("2022Q4"), or as a ratio of two years ("2023/2021").
double model_at(const Summary& summary, std::size_t variable, const std::string& date)
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
        all.push_back({row[table.column("pattern")], variable, date, row[table.column("series")], row[table.column("definition")], std::stod(row[table.column("value")]),
                       model_at(summary, v, date)});
    }
    return all;
}

} // namespace

std::string print_patterns(const Summary& summary)
{
    std::string out = "The model (ensemble mean) beside the data\n";
    std::string name;
    for (const Pattern& p : patterns(summary)) {
        if (p.name != name) out += fmt::format("\n{} = {}\n{:>12}{:>10}{:>10}{:>12}  {}\n", p.name, p.variable, "date", "data", "model", "model-data", "series: definition");
        name = p.name;
        out += fmt::format("{:>12}{:>10.4f}{:>10.4f}{:>+12.4f}  {}: {}\n", p.date, p.data, p.model, p.model - p.data, p.series, p.definition);
    }
    return out + "\n";
}

nlohmann::ordered_json patterns_json(const Summary& summary)
{
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const Pattern& p : patterns(summary))
        out.push_back({{"pattern", p.name}, {"variable", p.variable}, {"date", p.date}, {"data", p.data}, {"model", p.model}, {"series", p.series}, {"definition", p.definition}});
    return out;
}

} // namespace entente::cli
