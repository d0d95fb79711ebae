#include "kinds.hpp"
#include "sobol.hpp"

namespace entente {

Design saltelli_design(std::span<const Factor> factors, const DesignChoice& choice)
{
    const std::size_t d = factors.size(), rows = choice.second_order ? 2 * d + 2 : d + 2;
    const std::vector<double> both = scrambled_sobol(choice.points, 2 * d, choice.seed); // [base row][factors of A, factors of B]
    Design design = blank_design(d, choice.points * rows);
    for (std::size_t point = 0; point < design.points; ++point) {
        const std::size_t base = point / rows, row = point % rows;
        const std::size_t other = row < 2 ? d : (row - 2) % d; // the factor that comes from the other of the two
        const bool from_b = row == 1 || row >= d + 2;
        for (std::size_t k = 0; k < d; ++k) design.u[point * d + k] = both[base * 2 * d + ((k == other) != from_b ? d : 0) + k];
        design.base[point] = static_cast<std::int32_t>(base);
        design.moved[point] = row < 2 ? -1 - static_cast<std::int32_t>(row) : static_cast<std::int32_t>(row - 2);
    }
    return design;
}

} // namespace entente
