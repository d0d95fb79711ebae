// How far a share depends on the reading: its range over draws of the structures and parameters, without what chance adds within each.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace entente {

/// From 5 to 95 % of the readings.
struct Band {
    double low = 0, high = 0;
};
/// Something that can be said of every reading.
struct Statement {
    std::string text;    ///< "transactional is the likeliest class in 2045Q1"
    std::uint32_t holds; ///< in so many readings
};
struct Readings {
    std::uint32_t readings = 0, futures = 0;     ///< how many; simulated of each
    std::vector<std::vector<Band>> classes;      ///< [date][class]
    std::vector<std::vector<Band>> orientations; ///< [date][orientation]
    std::vector<Band> events;                    ///< [event]: seen by the horizon
    std::vector<Statement> statements;
};

} // namespace entente
