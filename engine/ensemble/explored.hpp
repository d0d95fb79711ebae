// A scenario's runs by one thread, down to what a chart shows: for who turns a dial and waits for it.
#pragma once
#include "histogram.hpp"
#include "plan.hpp"

namespace entente {

inline constexpr double explored_levels[] = {0.05, 0.25, 0.50, 0.75, 0.95};

/// V watched variables, Q quarters, E events. The same numbers as a Summary of these runs.
struct Explored {
    std::uint32_t runs = 0, failed = 0, quarters = 0;
    std::vector<std::uint32_t> class_count;       ///< [quarter][class]; runs that failed are in none of these
    std::vector<std::uint32_t> orientation_count; ///< [quarter][orientation]
    std::vector<std::uint32_t> event_count;       ///< [event][quarter]: runs that see it first then
    std::vector<float> quantile;                  ///< [watched][level][quarter]
    std::uint64_t fingerprint = 0;                ///< of every bit of every variable in every quarter of every run
};
/// `watched`: numbers of variables, rising.
Explored explored(const Scenario& scenario, const Kernel& kernel, const std::vector<std::uint32_t>& watched);

} // namespace entente
