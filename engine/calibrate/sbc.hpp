// Simulation-based calibration: if parameters are drawn from the prior and data from the model, a right method's posteriors hold the parameters at their nominal rates.
// Ranks (Talts et al. 2018), bands for their distribution function (Saeilynoja, Buerkner and Vehtari 2022), coverage, and distances to random points (TARP, Lemos et
// al. 2023). Pure functions; a posterior that merely repeats the prior passes all of them, so read them beside learning() of diagnostics.hpp.
#pragma once
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

/// How many of the draws lie below the truth, in [0, number of draws]. Equals are ordered by chance: `uniform` in (0, 1), tie_breaker() for one. Draws are to be independent and
/// equally weighted: thin chains, resample weighted draws. Throws std::invalid_argument on a NaN.
std::uint32_t rank_among(double truth, std::span<const double> draws, double uniform);
/// Where in (0, 1) the truth lies among the draws: uniform for a right method, with `uniform` another one than the rank's (Dunn and Smyth 1996).
double position_of(std::uint32_t rank, std::size_t draws, double uniform);
/// The uniform of a simulation's parameter, and the one of its position.
struct TieBreaker {
    double rank, position;
};
/// Addressed by all three, so that it is the same whatever else is simulated.
TieBreaker tie_breaker(std::uint64_t seed, std::uint32_t simulation, std::uint32_t parameter);

/// The range of each parameter's prior, or where nearly all of it lies; low[i] < high[i].
struct PriorRanges {
    std::vector<double> low, high;
};
/// Rank of the truth's distance from a random point among the draws' distances from it, to be treated as any other rank: sees a joint posterior that is wrong although each of its margins
/// is right. The point is uniform in the box, by (seed, simulation), whatever the truth or the data; distances are Euclidean in units of the box. truth: [parameter], draws:
/// [draw][parameter]. Throws std::invalid_argument if shapes do not fit.
std::uint32_t tarp_rank(std::span<const double> truth, std::span<const double> draws, const PriorRanges& box, std::uint64_t seed, std::uint32_t simulation);

/// Ranks in bins, and whether they are even.
struct RankHistogram {
    std::vector<std::uint32_t> counts; ///< of equally many ranks each
    double chi_square = 0, p = 1;      ///< of a uniform distribution over the bins; p is approximate below five ranks a bin
};
/// Throws std::invalid_argument unless draws + 1 is a multiple of bins, there is a rank, and none is above draws.
RankHistogram rank_histogram(std::span<const std::uint32_t> ranks, std::uint32_t draws, std::uint32_t bins);

/// Between what counts the distribution function of n uniform numbers stays, at all of the points i / bins at once, with at least this probability.
struct EcdfBand {
    double gamma = 0;                     ///< what is left out at a single point, half of it on either side: the largest for which coverage >= level
    double coverage = 0;                  ///< the exact probability, a step above `level`
    std::vector<std::uint32_t> low, high; ///< [i], i = 0 ... bins: least and most numbers that are to be below i / bins
};
/// The probability is by an exact recursion over the points, whose counts form a Markov chain. O(bins n) numbers of time per step of a bisection.
/// Throws std::invalid_argument unless n is above 0, bins above 1 and level in (0, 1).
EcdfBand ecdf_band(std::uint32_t n, std::uint32_t bins, double level = 0.95);
/// At how many points of the band the histogram, of as many bins and numbers, is outside. Throws std::invalid_argument if it has others.
std::uint32_t points_outside(const EcdfBand& band, std::span<const std::uint32_t> histogram);

/// How often something of nominal probability came true.
struct Coverage {
    double nominal = 0, actual = 0;
    double low = 0, high = 1; ///< 95 % interval of Clopper and Pearson (1934) for `actual`
    std::uint32_t hits = 0, n = 0;
};
/// `hits` of `n` intervals of this nominal level held the truth.
Coverage coverage_of(double nominal, std::uint32_t hits, std::uint32_t n);
inline constexpr double coverage_levels[] = {0.5, 0.8, 0.9, 0.95};
/// Whether the central interval of this level holds what has this position.
inline bool is_inside(double position, double level) { return std::abs(position - 0.5) <= level / 2; }
/// Of central intervals of the posterior, from the truths' positions.
std::vector<Coverage> coverage_table(std::span<const double> positions, std::span<const double> levels = coverage_levels);

} // namespace entente
