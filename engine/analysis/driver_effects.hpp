// What each driver does: its dial at either end against where the scenario has it, on the same random numbers.
#pragma once
#include "../ensemble/beside.hpp"
#include <cstdint>
#include <string>
#include <vector>

namespace entente {

/// A mean over pairs of futures that share their random numbers, with its 95 % interval.
struct Effect {
    double mean = 0, low = 0, high = 0;
};
/// Of a number: Student's t; of numbers that are all equal the interval is the mean itself.
Effect effect_on_mean(const std::vector<double>& differences);
/// Of a share: `gained` of n pairs have what was asked for only after, `lost` only before. The interval of Agresti and Min (2005): Wald's, with half a pair added to each of the
/// four ways in which a pair can turn out, so that pairs that never part have an interval too.
Effect effect_on_share(std::uint32_t gained, std::uint32_t lost, std::uint32_t n);

/// Pairs of futures of which one share is asked before and after.
struct PairedShare {
    std::uint32_t pairs = 0, both = 0, gained = 0, lost = 0;
    /// Whether a future is in the class before, and after.
    void add(bool before, bool after) { ++pairs, both += before && after, gained += after && !before, lost += before && !after; }
    Effect effect() const { return effect_on_share(gained, lost, pairs); }
};

/// A dial at one end, less the scenario as it is.
struct DialEffect {
    double dial = 0;                  ///< 0 (low) or 1 (high)
    Effect alignment_index;           ///< at the quarter
    std::vector<Effect> classes;      ///< [class]: of its share
    std::vector<Effect> orientations; ///< [orientation]: of its share
    double variable = 0;              ///< mean of the driver's own variable, over futures and from start to the quarter
};
/// A driver with what either end of its dial changes.
struct DriverEffect {
    std::string name, label; ///< "taiwan_window", in words; of one lever alone "sanctions_pressure.enforcement_push"
    bool alone = false;      ///< of one lever of the dial before
    std::string variable;    ///< that shows it, by quarter
    double dial = 0;         ///< where the scenario has it, 0 to 1
    double level = 0;        ///< mean of the variable there
    DialEffect low, high;
};
/// What all drivers do, at one quarter.
struct DriverEffects {
    std::uint32_t futures = 0; ///< of each scenario
    int quarter = 0;           ///< to which all of it belongs
    std::vector<DriverEffect> drivers;
};
/// Futures that failed on one side are left out on both.
DriverEffects driver_effects(const DialRuns& runs);

} // namespace entente
