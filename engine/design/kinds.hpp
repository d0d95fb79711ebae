// The kinds of design. Each is a page of its own, named in the list below; what files may say of it, what is told of it and what makes it impossible follow from
// what its page fills in here.
#pragma once
#include "design.hpp"
#include <array>
#include <limits>

namespace entente {

struct DesignKind {
    std::string_view name;                   ///< as files have it
    std::string_view counts = {};            ///< what `points` counts, such as "base point"; empty: `points` is not to be given
    std::uint32_t levels = 0;                ///< where the file does not say how many; 0: it takes none
    bool even_levels = false;                ///< no other number will do
    bool second_order = false, seed = false; ///< whether it takes them
    std::size_t most_factors = std::numeric_limits<std::size_t>::max();
    /// Points of the design as if nothing were wrong; exact below 2^53.
    double (*points)(std::span<const Factor>, const DesignChoice&) = [](std::span<const Factor>, const DesignChoice& choice) { return static_cast<double>(choice.points); };
    /// All of a Design but its values, which make_design takes from u.
    Design (*lay)(std::span<const Factor>, const DesignChoice&);
    /// What makes it impossible beside all that.
    std::vector<Problem> (*faults)(std::span<const Factor>) = [](std::span<const Factor>) { return std::vector<Problem>(); };
};

namespace designs {
extern const DesignKind factorial, one_at_a_time, latin_hypercube, sobol, saltelli, morris, table;
inline constexpr std::array all = {&factorial, &one_at_a_time, &latin_hypercube, &sobol, &saltelli, &morris, &table};
} // namespace designs

/// As sweeps name them.
std::vector<std::string> design_kind_names();

/// u of a value that has no coordinate, since it is the scenario's own (see Factor::own).
inline constexpr double own_coordinate = std::numeric_limits<double>::quiet_NaN();
/// A design with u still to fill, base the point itself and moved -1.
Design blank_design(std::size_t factors, std::size_t points);
/// u of the values that a gridded design gives a factor. Discrete: its levels. A continuum: `levels` values, evenly placed in probability, with
/// both end points where it is bounded, i / (levels - 1), and in the middle of equal shares where it is not, (i + 0.5) / levels.
std::vector<double> grid_of(const Factor& factor, std::uint32_t levels);
/// How many these are.
double grid_size(const Factor& factor, std::uint32_t levels);

} // namespace entente
