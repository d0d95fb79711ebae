#include "kinds.hpp"
#include <algorithm>
#include <numeric>

namespace entente {
namespace {

double points(std::span<const Factor> factors, const DesignChoice& choice)
{
    return std::accumulate(factors.begin(), factors.end(), 1.0, [&](double sum, const Factor& f) { return sum + grid_size(f, choice.levels); });
}

Design lay(std::span<const Factor> factors, const DesignChoice& choice)
{
    const std::size_t d = factors.size();
    Design design = blank_design(d, point_count(factors, choice));
    for (std::size_t i = 0; i < design.u.size(); ++i) design.u[i] = factors[i % d].own ? own_coordinate : 0.5;
    std::fill(design.base.begin(), design.base.end(), 0);
    std::size_t point = 1;
    for (std::size_t k = 0; k < d; ++k)
        for (const double u : grid_of(factors[k], choice.levels)) {
            design.u[point * d + k] = u;
            design.moved[point++] = static_cast<std::int32_t>(k);
        }
    return design;
}

} // namespace

/// The first row has every factor at the scenario's own value, or in its middle, u = 0.5, where there is none that it takes. Then each factor in turn
/// takes its values (see grid_of), the others stay where the first row has them. With the first row each profile is whole. A further factor at the end
/// of the list adds rows at the end. base: 0; moved: -1 for the first row, else the factor that is moved.
constinit const DesignKind designs::one_at_a_time{.name = "one_at_a_time", .levels = 5, .points = points, .lay = lay};

} // namespace entente
