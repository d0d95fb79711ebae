// Designs: where in the space of a sweep's factors runs are made. What each kind does is said in kinds.hpp.
#pragma once
#include "../scenario/sweep.hpp"
#include <string_view>

namespace entente {

/// Points in the space of factors, and where each comes from:
///
///   kind              base                            moved
///   factorial         the point itself                -1
///   one_at_a_time     0                               -1 for the first row, else the factor that leaves the middle
///   latin_hypercube   the point itself                -1
///   sobol             the point itself                -1
///   saltelli          the base row                    -1: A; -2: B; k: A with factor k from B; factors + k: B with factor k from A
///   morris            the trajectory                  -1 for its first row, else the factor that differs from the row before
///   table             the line of the file            -1
struct Design {
    std::size_t factors = 0, points = 0;
    std::vector<double> value; ///< [point][factor], as value_at gives it
    std::vector<double> u;     ///< [point][factor]: the coordinate in the unit cube; NaN in a table
    std::vector<std::int32_t> base, moved;
};

/// How many points a design has, before any is made. Throws ScenarioErrors with all that makes it impossible: no factors, no points or levels, more
/// than 2^31 points, more than 1,000 dimensions of Sobol's sequence (saltelli takes two a factor), for morris an odd number of levels or a factor
/// with a single value. Throws std::invalid_argument for a table, whose points the file counts.
std::uint64_t point_count(std::span<const Factor> factors, const DesignChoice& choice);
/// The points. The same numbers on every machine. Throws as point_count does.
Design make_design(std::span<const Factor> factors, const DesignChoice& choice);

struct TableDesign {
    Design design;
    std::vector<Problem> notes; ///< columns that name no factor and are ignored
};
/// Points from a CSV with a column for each factor, in any order; the columns point, base and moved are passed over and others with a note.
/// `path` names the file in messages. Throws ScenarioErrors with every problem at once.
TableDesign read_table(std::string_view text, const std::string& path, std::span<const Factor> factors);
/// The points as CSV: point, a column for each factor, base, moved. Read as a table it gives the same values.
std::string design_csv(const Design& design, std::span<const Factor> factors);

} // namespace entente
