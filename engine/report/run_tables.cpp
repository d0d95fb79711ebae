#include "run_tables.hpp"
#include "../core/quarter.hpp"
#include "words.hpp"
#include <fmt/format.h>

namespace entente::report {

std::string trajectory_csv(const Told& told)
{
    std::string text = "quarter,class,orientation";
    for (const Row& row : describe().variables) text += fmt::format(",{}", row.name);
    text += "\n";
    for (int q = 0; q < told.quarters(); ++q) {
        text += fmt::format("{},{},{}", quarter_name(q), class_at(told, q), orientation_at(told, q));
        for (std::size_t v = 0; v < describe().variables.size(); ++v) text += fmt::format(",{}", told.result.value(static_cast<std::size_t>(q), v, told.run));
        text += "\n";
    }
    return text;
}

std::string agents_csv(const Told& told)
{
    const std::vector<std::uint32_t> agents = agents_per_column(told.job.counts);
    std::string text = "quarter,column,agent,value\n";
    std::size_t cell = 0; // through quarters, columns and agents in this order
    for (int q = 0; q < told.quarters(); ++q)
        for (std::size_t c = 0; c < agents.size(); ++c)
            for (std::uint32_t a = 0; a < agents[c]; ++a, ++cell)
                text += fmt::format("{},{},{},{}\n", quarter_name(q), describe().columns[c].name, a, told.result.agents[cell * told.job.runs() + told.run]);
    return text;
}

} // namespace entente::report
