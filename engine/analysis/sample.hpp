// A scenario simulated for one number per run and quantity; and two such samples against each other.
#pragma once
#include "quantity.hpp"

namespace entente {

/// One number per run and quantity: [quantity][run]. The horizon is cut to what the quantities need. Failed runs give NaN.
/// Throws std::invalid_argument if a quantity is beyond the horizon, or the runs need more than half of the machine's memory.
std::vector<std::vector<double>> sample(Scenario scenario, const std::vector<Quantity>& quantities, const EnsembleOptions& options,
                                        const std::function<void(Progress)>& progress = {}, const std::atomic<bool>* stop = nullptr);

/// The same with what the runs came to.
struct Sample {
    std::vector<std::vector<double>> values;  ///< [quantity][run]
    std::vector<std::uint8_t> outcome;        ///< [quarter][run]: codes, up to the last quarter that a quantity needs
    std::vector<std::int16_t> failed_quarter; ///< [run], -1: none
};
/// As the function above, with what it throws.
Sample sample_with_outcomes(Scenario scenario, const std::vector<Quantity>& quantities, const EnsembleOptions& options, const std::function<void(Progress)>& progress = {},
                            const std::atomic<bool>* stop = nullptr);

/// Mean difference b - a over runs, and what it is worth. NaN in either leaves the pair out.
struct PairedDifference {
    std::size_t pairs = 0;
    double mean_a = 0, mean_b = 0, difference = 0;
    double standard_error = 0, unpaired_error = 0;
    double z() const; ///< 0 if the difference is exactly 0
    /// Of several pairs: no interval is known of a difference that has no spread.
    bool is_always_the_same() const { return pairs > 1 && standard_error == 0; }
};
/// `a`, `b`: [run], of the same runs.
PairedDifference paired_difference(const std::vector<double>& a, const std::vector<double>& b);

} // namespace entente
