#include "kinds.hpp"

namespace entente {

Design factorial_design(std::span<const Factor> factors, const DesignChoice& choice)
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

} // namespace entente
