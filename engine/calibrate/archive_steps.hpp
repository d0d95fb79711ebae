// Steps of a chain that follow from where chains have been: differences of past states, and along the line through one of them (DE-MC(Z), ter Braak and Vrugt 2008). As long and wide as the
// posterior, whatever its shape. Pure functions.
#pragma once
#include "uniforms.hpp"
#include <span>
#include <vector>

namespace entente {

inline constexpr double jitter = 1e-3; ///< of a prior's deviation: else chains stay on the lattice of differences

/// A step that is proposed.
struct ArchiveStep {
    std::vector<double> to;
    double log_factor = 0; ///< what the ratio of densities is to be multiplied by (of steps along a line), as a logarithm
};
/// From a state. `archive`: [state][parameter], two or more.
ArchiveStep archive_step(std::span<const double> from, std::span<const double> archive, UniformStream& uniforms);

} // namespace entente
