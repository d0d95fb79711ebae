// What a finished block comes to in a result file, variable by variable: what the writer writes, and what a file is held to when its runs are made again.
#pragma once
#include "../core/quarter.hpp"
#include "../ensemble/ensemble.hpp"
#include "../ensemble/reported.hpp"
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace entente::store {

inline constexpr const char* per_run[] = {"runs", "trajectories", "agents"}; ///< groups

/// Numbers of the parameters that are drawn for each run.
inline std::vector<std::size_t> drawn_parameters(const Scenario& scenario)
{
    std::vector<std::size_t> drawn;
    for (std::size_t i = 0; i < scenario.parameters.size(); ++i)
        if (is_drawn(scenario, i)) drawn.push_back(i);
    return drawn;
}

/// Calls `use` with the name and the values of every variable of single runs that is kept; they are whole along all axes but the last, `run`.
template <class Use> void each_of_runs(const FinishedBlock& block, Keep keep, const std::vector<std::size_t>& drawn, Use use)
{
    const BlockResult& r = block.result;
    const std::size_t runs = r.failed_quarter.size();
    if (keep < Keep::outcomes) return;
    std::vector<std::uint32_t> number(runs);
    std::iota(number.begin(), number.end(), block.first_run);
    for (std::size_t group = 0; group < std::size(per_run); ++group)
        if (keep >= static_cast<Keep>(group + 1)) use(std::string(per_run[group]) + "/run", number);
    std::vector<float> date, draws;
    for (const std::int16_t quarter : r.first_event) date.push_back(quarter < 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(decimal_year(quarter)));
    const std::vector<std::uint8_t> choice(block.job.structures.begin(), block.job.structures.end());
    const std::vector<double>& all = block.job.parameters; // what is drawn is of single precision
    for (const std::size_t i : drawn)
        for (std::size_t run = 0; run < runs; ++run) draws.push_back(static_cast<float>(all[i * runs + run]));
    use("runs/outcome", r.outcome), use("runs/event_date", date), use("runs/structure_choice", choice), use("runs/reported", reported_values(r));
    if (!drawn.empty()) use("runs/parameter_draw", draws);
    use("runs/failed_quarter", r.failed_quarter), use("runs/failed_variable", r.failed_variable), use("runs/failed_value", r.failed_value);
    if (keep >= Keep::trajectories) {
        std::vector<float> values; // as the file has them: [quarter][variable][run]
        for (std::size_t quarter = 0; quarter < r.quarters; ++quarter)
            for (std::size_t variable = 0; variable < r.kept.size(); ++variable)
                for (std::size_t run = 0; run < runs; ++run) values.push_back(r.value(quarter, variable, run));
        use("trajectories/value", values);
    }
    if (keep >= Keep::agents) use("agents/value", r.agents);
}

} // namespace entente::store
