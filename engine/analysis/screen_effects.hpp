// A screen's arms against the scenario as it is, pair by pair, and which of many effects are not chance.
#pragma once
#include "driver_effects.hpp"
#include <span>

namespace entente {

/// Futures of one arm.
struct ScreenRuns {
    std::vector<double> alignment_index; ///< [future]; NaN: it failed
    std::vector<std::uint8_t> code;      ///< [future]: outcome codes
};
/// What an arm changes.
struct ArmEffect {
    std::uint32_t pairs = 0, failed = 0; ///< failed: futures that did in the arm and not in the scenario
    Effect alignment_index;              ///< arm less scenario
    std::vector<Effect> classes;         ///< [class]: of its share
    bool moves_nothing = false;          ///< in no pair anything differs
    /// That so much would be seen of the index or of a class if nothing moved them: the least of the six, times six (Bonferroni). Index: Student's t; class: the sign test of McNemar (1947), exact.
    double p = 1;
};
/// Throws std::invalid_argument if shapes do not agree.
ArmEffect arm_effect(const ScreenRuns& scenario, const ScreenRuns& arm);

/// Which of these are taken as effects, so that of those taken about the share `level` is chance (Benjamini & Hochberg 1995).
std::vector<bool> discoveries(std::span<const double> p, double level);

} // namespace entente
