// Designs: where in the space of a sweep's factors runs are made. What each kind does is said on its page.
#pragma once
#include "factor.hpp"
#include <string_view>

namespace entente {

struct DesignKind; ///< see kinds.hpp

/// How points are laid into the space of factors.
struct DesignChoice {
    const DesignKind* kind = nullptr; ///< none: without factors
    std::uint32_t points = 0;         ///< of what the kind counts
    std::uint32_t levels = 0;         ///< of a continuum, or of a kind's own grid
    bool second_order = false;        ///< the rows for interactions of pairs too
    std::uint64_t seed = 1;
    std::string table; ///< path of a CSV with a column for each factor
    Origin origin;
};

/// Points in the space of factors, and where each comes from. Where a kind's page says nothing else, base is the point itself and moved -1.
struct Design {
    std::size_t factors = 0, points = 0;
    std::vector<double> value; ///< [point][factor], as value_at gives it
    std::vector<double> u;     ///< [point][factor]: the coordinate in the unit cube; NaN in a table, and of the scenario's own values
    std::vector<std::int32_t> base, moved;
};

/// How many points a design has, before any is made. Throws ScenarioErrors with all that makes it impossible: no factors or more than the kind takes, no points
/// or levels, more than 2^31 points, and what else the kind's page says. Throws std::invalid_argument for a table, whose points the file counts.
std::uint64_t point_count(std::span<const Factor> factors, const DesignChoice& choice);
/// The points. The same numbers on every machine. Throws as point_count does.
Design make_design(std::span<const Factor> factors, const DesignChoice& choice);
/// What of a choice its kind takes, but the points: ", 4 levels of a continuum, seed 1".
std::string options_text(const DesignChoice& choice);

/// Points, and what each row of the table is called.
struct TableDesign {
    Design design;
    std::vector<Problem> notes; ///< columns that name no factor and are ignored
};
/// Points from a CSV with a column for each factor, in any order; the columns point, base and moved are passed over and others with a note.
/// `path` names the file in messages. Throws ScenarioErrors with every problem at once.
TableDesign read_table(std::string_view text, const std::string& path, std::span<const Factor> factors);
/// The points as CSV: point, a column for each factor, base, moved. Numbers are the shortest texts of the same double-precision numbers, so that another
/// simulator has them to the bit. Read as a table it gives the same values.
std::string design_csv(const Design& design, std::span<const Factor> factors);

} // namespace entente
