// How each base rate is counted in one run of the model.
#pragma once
#include "../model/kernel.hpp"
#include <functional>
#include <vector>

namespace entente {

/// A whole run from `start` to the horizon.
struct Future {
    const BlockResult& block;
    std::size_t run, runs;
    int start;
    int last() const { return static_cast<int>(block.quarters) - 1; }
    /// A variable at the end of a quarter.
    double at(std::size_t variable, int quarter) const { return block.value(static_cast<std::size_t>(quarter), variable, run); }
    /// Outcome class at the end of a quarter.
    double class_at(int quarter) const { return class_of(block.outcome[static_cast<std::size_t>(quarter) * runs + run]); }
    /// Quarter in which an event is first seen; -1: never.
    int first(std::size_t event) const { return block.first_event[event * runs + run]; }
};

/// How often something happened of the times it could have.
struct Tally {
    std::uint64_t happened = 0, at_risk = 0;
    /// Once at risk.
    void add(bool happens) { ++at_risk, happened += happens ? 1 : 0; }
};

using Count = std::function<Tally(const Future&)>;
/// A base rate with how it is counted.
struct RateDefinition {
    const char* id; ///< of base_rates.csv
    Count count;
};
/// Of all that the model has.
const std::vector<RateDefinition>& rate_definitions();
/// The variables that they read, rising.
std::vector<std::uint32_t> rate_variables();

} // namespace entente
