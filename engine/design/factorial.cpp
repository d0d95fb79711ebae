#include "kinds.hpp"
#include <numeric>

namespace entente {
namespace {

double points(std::span<const Factor> factors, const DesignChoice& choice)
{
    return std::accumulate(factors.begin(), factors.end(), 1.0, [&](double product, const Factor& f) { return product * grid_size(f, choice.levels); });
}

Design lay(std::span<const Factor> factors, const DesignChoice& choice)
{
    const std::size_t d = factors.size();
    Design design = blank_design(d, point_count(factors, choice));
    std::size_t stretch = 1; // points between two changes of a factor
    for (std::size_t k = d; k-- > 0;) {
        const std::vector<double> grid = grid_of(factors[k], choice.levels);
        for (std::size_t point = 0; point < design.points; ++point) design.u[point * d + k] = grid[point / stretch % grid.size()];
        stretch *= grid.size();
    }
    return design;
}

} // namespace

/// Every combination of the factors' values (see grid_of; discrete factors take all levels). The last factor changes fastest. It cannot be
/// extended: a further level moves the others.
constinit const DesignKind designs::factorial{.name = "factorial", .levels = 5, .points = points, .lay = lay};

} // namespace entente
