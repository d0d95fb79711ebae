// A factor of a sweep as an axis: its levels, rising, and what stands at them.
#pragma once
#include "../../store/sweep_file.hpp"
#include <algorithm>
#include <optional>

namespace entente::report {

struct SweepAxis {
    std::string name, unit;
    std::vector<double> levels;
    std::vector<std::string> labels;
    /// Position of a level on the axis.
    std::size_t place(double level) const { return static_cast<std::size_t>(std::ranges::lower_bound(levels, level) - levels.begin()); }
    /// Its name with its unit, if that says something.
    std::string title() const { return unit.empty() || unit == "1" || unit == "choice" ? name : name + " (" + unit + ")"; }
};
/// Of the factor of this number.
SweepAxis sweep_axis(const SweepHead& head, std::size_t factor);

/// Place of a name in a list, or nothing, and what is wrong with it is added to `fault`.
std::optional<std::size_t> place_in_list(const std::optional<std::string>& name, const std::vector<std::string>& list, std::size_t otherwise, const char* option, std::string& fault);

} // namespace entente::report
