// How far simulated summaries lie from the observed ones, in units that runs themselves have given. Pure functions.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace entente {

enum class Reduction : std::uint8_t {
    none,     ///< all summaries, each in units of its median absolute deviation (Prangle 2017)
    linear,   ///< what a ridge regression on the summaries says of the parameters: one number for each (Fearnhead and Prangle 2012)
    quadratic ///< on summaries, squares and products, of parameters and their squares: where spread or sign of a parameter is what shows
};

/// A distance: units of the summaries, and how they are put together.
struct Ruler {
    enum class Norm : std::uint8_t { euclidean, second_largest };
    Norm norm = Norm::euclidean;
    Reduction reduction = Reduction::none;
    std::vector<double> units;  ///< [summary], what a term is divided by; 0: never varies and has no say
    std::vector<double> slopes; ///< [coordinate][term]; none: coordinates are the terms
    friend bool operator==(const Ruler&, const Ruler&) = default;
};
/// Of this many summaries.
std::size_t terms_of(Reduction reduction, std::size_t summaries);
/// What lies between simulated and observed, in units; if quadratic then squares and products too. `to`: [term].
void write_terms(const Ruler& ruler, std::span<const double> simulated, std::span<const double> observed, std::span<double> to);
/// 0 where they are the same, infinite for a run that failed.
double distance(const Ruler& ruler, std::span<const double> simulated, std::span<const double> observed);

/// Runs from which a ruler is made: [run][parameter], [run][summary], all finite.
struct Seen {
    std::vector<double> deviates, summaries;
};
/// Parameters are made uncorrelated first, so that those which go together do not count twice. The reduction, where it is left open: none of no more summaries than there are parameters;
/// else the quadratic one where it tells much more of the parameters than the linear one and there are runs enough to find it.
Ruler ruler_of(std::optional<Reduction> reduction, const Seen& seen, std::span<const double> observed);
/// Implausibility: what is beyond `limit` deviations of a target, but for the worst one, is ruled out (Vernon, Goldstein and Bower 2010). Throws
/// std::invalid_argument if a deviation is not above 0.
Ruler implausibility(std::span<const double> deviations);

} // namespace entente
