#include "kinds.hpp"
#include <algorithm>

namespace entente {

Design one_at_a_time_design(std::span<const Factor> factors, const DesignChoice& choice)
{
    const std::size_t d = factors.size();
    Design design = blank_design(d, point_count(factors, choice));
    std::fill(design.u.begin(), design.u.end(), 0.5);
    std::fill(design.base.begin(), design.base.end(), 0);
    std::size_t point = 1;
    for (std::size_t k = 0; k < d; ++k)
        for (const double u : grid_of(factors[k], choice.levels)) {
            design.u[point * d + k] = u;
            design.moved[point++] = static_cast<std::int32_t>(k);
        }
    return design;
}

} // namespace entente
