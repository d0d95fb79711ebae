#include "kinds.hpp"
#include "sobol.hpp"

namespace entente {
namespace {

std::size_t rows_of(std::size_t factors, const DesignChoice& choice) { return choice.second_order ? 2 * factors + 2 : factors + 2; }
double points(std::span<const Factor> factors, const DesignChoice& choice) { return static_cast<double>(choice.points) * static_cast<double>(rows_of(factors.size(), choice)); }

Design lay(std::span<const Factor> factors, const DesignChoice& choice)
{
    const std::size_t d = factors.size(), rows = rows_of(d, choice);
    const std::vector<double> both = scrambled_sobol(choice.points, 2 * d, choice.seed); // [base row][factors of A, factors of B]
    Design design = blank_design(d, choice.points * rows);
    for (std::size_t point = 0; point < design.points; ++point) {
        const std::size_t base = point / rows, row = point % rows;
        const bool is_a = row == 0, is_b = row == rows - 1;
        const std::size_t other = is_a || is_b ? d : (row - 1) % d; // the factor that comes from the other of the two
        const bool from_b = row > d;
        for (std::size_t k = 0; k < d; ++k) design.u[point * d + k] = both[base * 2 * d + ((k == other) != from_b ? d : 0) + k];
        design.base[point] = static_cast<std::int32_t>(base);
        design.moved[point] = is_a ? -1 : is_b ? -2 : static_cast<std::int32_t>(row - 1);
    }
    return design;
}

} // namespace

/// For Sobol's indices (Saltelli 2002; Saltelli et al. 2010). A base row of a scrambled Sobol' sequence in twice as many dimensions as factors
/// holds two points, A and B. It gives the rows A, A with factor k from B for each k, with second_order B with factor k from A for each k, and B: the
/// order in which SALib reads outcomes. One base row comes after the other, so that more base points extend the design. Take a power of two.
/// base: the base row; moved: -1: A; -2: B; k: A with factor k from B; factors + k: B with factor k from A.
constinit const DesignKind designs::saltelli{.name = "saltelli", .counts = "base point", .second_order = true, .seed = true, .most_factors = most_dimensions / 2, .points = points, .lay = lay};

} // namespace entente
