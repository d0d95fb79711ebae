// What each driver does: its dial at either end against where the scenario has it, on the same random numbers.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace entente {

/// A mean over pairs of futures that share their random numbers, with its 95 % interval.
struct Effect {
    double mean = 0, low = 0, high = 0;
};
/// A dial at one end, less the scenario as it is.
struct DialEffect {
    double dial = 0;                  ///< 0 (low) or 1 (high)
    Effect alignment_index;           ///< at the quarter
    std::vector<Effect> classes;      ///< [class]: of its share
    std::vector<Effect> orientations; ///< [orientation]: of its share
    double variable = 0;              ///< mean of the driver's own variable
};
struct DriverEffect {
    std::string name, label; ///< "taiwan_window", "Taiwan window"
    std::string variable;    ///< that shows it, by quarter
    double dial = 0;         ///< where the scenario has it, 0 to 1
    double level = 0;        ///< mean of the variable there
    DialEffect low, high;
};
struct DriverEffects {
    std::uint32_t futures = 0; ///< of each scenario
    int quarter = 0;           ///< to which all of it belongs
    std::vector<DriverEffect> drivers;
};

} // namespace entente
