// How well the policies of a sweep hold across its points.
#pragma once
#include "../analysis/robustness.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// What was ranked.
struct Ranked {
    std::string title, outcome;        ///< the sweep's title, and the outcome that is the performance
    std::vector<std::string> policies; ///< names, the baseline first
    std::size_t points = 0;            ///< of the sweep, used or not
};

/// A table with a row for each measure: each policy's value with its 95 % bootstrap interval, in the measure's unit, its rank, and the chances that neighbours in rank change
/// places; then what each measure means.
std::string text_of(const Robustness& robustness, const Ranked& ranked);
/// The same with full precision, with what luck adds to each measure and all pairs' chances to change places.
nlohmann::ordered_json json_of(const Robustness& robustness, const Ranked& ranked);

} // namespace entente::report
