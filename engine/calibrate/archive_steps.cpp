#include "archive_steps.hpp"
#include <algorithm>
#include <cmath>

namespace entente {

namespace {

constexpr double along_a_line = 0.1, whole = 0.1; ///< odds of a step along a line, and of one that is a whole difference: from one mode to another

struct Two {
    std::span<const double> a, b;
};
Two two_of(std::span<const double> archive, std::size_t d, UniformStream& uniforms)
{
    const std::size_t states = archive.size() / d, a = uniforms.below(states), other = uniforms.below(states - 1), b = other < a ? other : other + 1;
    return {archive.subspan(a * d, d), archive.subspan(b * d, d)};
}

ArchiveStep snooker(std::span<const double> from, std::span<const double> archive, UniformStream& uniforms)
{
    const std::size_t d = from.size();
    const std::span<const double> centre = archive.subspan(uniforms.below(archive.size() / d) * d, d);
    const auto [a, b] = two_of(archive, d, uniforms);
    const double factor = 1.2 + uniforms();
    double length = 0, along = 0;
    for (std::size_t j = 0; j < d; ++j) {
        const double line = from[j] - centre[j];
        length += line * line, along += line * (a[j] - b[j]);
    }
    ArchiveStep step{.to = {from.begin(), from.end()}};
    if (!(length > 0)) return step;
    const double stretch = 1 + factor * along / length; // of the line from the centre
    for (std::size_t j = 0; j < d; ++j) step.to[j] = centre[j] + stretch * (from[j] - centre[j]);
    step.log_factor = static_cast<double>(d - 1) * std::log(std::abs(stretch));
    return step;
}

} // namespace

ArchiveStep archive_step(std::span<const double> from, std::span<const double> archive, UniformStream& uniforms)
{
    const std::size_t d = from.size();
    const double kind = uniforms();
    if (kind < along_a_line) return snooker(from, archive, uniforms);
    const auto [a, b] = two_of(archive, d, uniforms);
    const bool all = kind < along_a_line + whole;
    const double share = all ? 1 : (1 + static_cast<double>(uniforms.below(3))) / 3;
    const std::size_t surely = uniforms.below(d);
    std::vector<bool> moves(d);
    for (std::size_t j = 0; j < d; ++j) moves[j] = share == 1 || uniforms() < share || j == surely;
    const double factor = all ? 1 : 2.38 / std::sqrt(2.0 * static_cast<double>(std::count(moves.begin(), moves.end(), true)));
    ArchiveStep step{.to = {from.begin(), from.end()}};
    for (std::size_t j = 0; j < d; ++j)
        if (moves[j]) step.to[j] += factor * (0.95 + 0.1 * uniforms()) * (a[j] - b[j]) + jitter * (uniforms() - 0.5);
    return step;
}

} // namespace entente
