// Simulation-based calibration of a calibration: worlds that the prior makes, each fitted as the observed one is.
#pragma once
#include "../calibrate/calibration.hpp"
#include "../calibrate/sbc_table.hpp"
#include <atomic>
#include <functional>

namespace entente {

struct SbcAsked {
    std::uint32_t worlds = 100, draws = 99;
    std::string out; ///< the table; worlds that it holds are not fitted again
    bool resume = false, force = false;
};
/// The table without a world: to which worlds of the same names and identity belong.
SbcTable empty_table(const Calibration& calibration, const SbcAsked& asked);
/// Fits worlds that are missing, one chain each, and keeps the table after each. `progress` is told how many are done. When `stop` becomes true, the world at work is left.
/// The bits do not depend on threads, nor on how often it was interrupted. Throws Refused if something else is in the place.
SbcTable calibrate_worlds(const Calibration& calibration, const EnsembleOptions& options, const SbcAsked& asked, const std::function<void(Progress)>& progress = {},
                          const std::atomic<bool>* stop = nullptr);

} // namespace entente
