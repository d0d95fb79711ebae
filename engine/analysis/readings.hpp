// How far a share depends on the reading: its range over draws of the structures and parameters, without what chance adds within each.
#pragma once
#include "../ensemble/beside.hpp"
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace entente {

/// From 5 to 95 % of the readings.
struct Band {
    double low = 0, high = 0;
    bool operator==(const Band&) const = default;
};
/// The share of each reading from few futures: seen[i] of counted[i], moved towards the mean of all so that they spread as the readings do, and not as counts of few futures
/// do besides (Louis 1984; Ghosh 1992). A reading without futures is left out.
std::vector<double> shares_of_readings(std::span<const std::uint32_t> seen, std::span<const std::uint32_t> counted);
/// The range of those, and no narrower than the 95 % interval of all futures together: where readings do not differ, their number still bounds what is known.
Band band_of(std::span<const std::uint32_t> seen, std::span<const std::uint32_t> counted);

/// Something that can be said of every reading.
struct Statement {
    std::string text;        ///< "transactional is the likeliest class"
    std::uint32_t holds = 0; ///< in so many readings
};
/// Ranges over readings of every share.
struct Readings {
    std::uint32_t readings = 0, futures = 0;     ///< how many; simulated of each
    std::vector<std::vector<Band>> classes;      ///< [date][class]
    std::vector<std::vector<Band>> orientations; ///< [date][orientation]
    std::vector<Band> events;                    ///< [event]: seen by the horizon
    int quarter = 0;                             ///< of the statements
    std::vector<Statement> statements;           ///< of the scenario's own likeliest class, then of each class and orientation that is rare in it
};
/// A class or orientation is rare in a scenario below the first share, and stays so in a reading below the second.
inline constexpr double rare = 0.05, still_rare = 0.1;
/// `date`: which of the readings' dates the statements are of; `classes`, `orientations`: the scenario's own shares then.
Readings readings_of(const ReadingRuns& runs, std::size_t date, std::span<const double> classes, std::span<const double> orientations);

} // namespace entente
