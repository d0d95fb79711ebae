// A run made by hand: every variable stands still at its row's standard but those that the test moves.
#pragma once
#include "analysis/narrative.hpp"
#include <algorithm>
#include <gtest/gtest.h>

namespace entente {

struct Made {
    Job job;
    BlockResult result;
    Point point;

    explicit Made(std::size_t quarters, std::uint32_t start = 0)
    {
        const Description& d = describe();
        job.quarters = static_cast<std::uint32_t>(quarters), job.start = start, job.replicates = {0}, job.points = {&point};
        for (const Row& row : d.parameters) job.parameters.push_back(static_cast<float>(row.standard));
        job.structures.assign(d.structures.size(), 0);
        result.quarters = quarters, result.kept = all_variables();
        result.outcome.assign(quarters, 2);
        result.failed_quarter = {-1}, result.failed_variable = {-1}, result.failed_value = {0};
        result.trajectory.resize(result.place(0, 0, tile_runs));
        for (std::size_t q = 0; q < quarters; ++q)
            for (std::size_t v = 0; v < d.variables.size(); ++v) result.trajectory[result.place(q, v, 0)] = static_cast<float>(d.variables[v].standard);
        set("trade_share_china", 0, 0.3), set("trade_share_west", 0, 0.1), set("effort_china", 0, 0.6);
    }
    Made(const Made&) = delete;
    Made& operator=(const Made&) = delete;
    /// From `from` up to and with `to`; to the end if that is -1.
    void set(std::string_view variable, int from, double value, int to = -1)
    {
        const std::size_t v = Description::find(describe().variables, variable);
        ASSERT_NE(v, Description::npos) << variable;
        for (auto q = static_cast<std::size_t>(from); q < result.quarters && (to < 0 || q <= static_cast<std::size_t>(to)); ++q)
            result.trajectory[result.place(q, v, 0)] = static_cast<float>(value);
    }
    void set_parameter(std::string_view name, double value) { job.parameters.at(Description::find(describe().parameters, name)) = static_cast<float>(value); }
    void impose(Target target, const std::vector<Row>& rows, std::string_view name, Imposition how, const std::vector<std::pair<int, double>>& values)
    {
        Course c{.target = target, .index = Description::find(rows, name), .how = std::vector<Imposition>(result.quarters, Imposition::none), .value = std::vector<double>(result.quarters)};
        for (const auto& [q, value] : values) c.how[static_cast<std::size_t>(q)] = how, c.value[static_cast<std::size_t>(q)] = value;
        point.courses.push_back(c);
    }
    Told told() const { return {job, result, 0}; }
    std::vector<Entry> story() const { return narrative(told()); }
};

/// Those of one row of the table.
inline std::vector<Entry> named(const std::vector<Entry>& story, std::string_view name)
{
    std::vector<Entry> some;
    std::copy_if(story.begin(), story.end(), std::back_inserter(some), [=](const Entry& e) { return e.name == name; });
    return some;
}

} // namespace entente
