// Stopping an ensemble by precision: runs are added until the 95 % interval of what is asked is as narrow as is wanted. Pure functions on values.
//
// To look at an interval and stop when it is narrow (Chow and Robbins 1965) leaves, of the intervals seen, those that are narrow by luck, so they
// cover less than they say; exactly so only as the width goes to nothing (Glynn and Whitt 1992). The corrections are the smallest that were found
// to hold the coverage; all are of the order of 1/n or less, so that nothing is lost in a large ensemble:
//
//   mean          the half-width of Student's t times 1 + 4 g^2 / n, g the sample's skewness: a skewed sample that lacks its tail has both a mean and a
//                 spread that are too small. The form is that of the skewness term in the expansion of t's coverage (Hall 1992), the 4 is by simulation
//   probability   Beta(k + 1, n - k + 1) in place of Jeffreys' Beta(k + 1/2, n - k + 1/2): where runs are added until n ~ p (1 - p), that is Jeffreys' prior
//                 of the experiment as it is made (Ye 1993: its information is that of a run times the expected number of runs)
//   quantile      each end half an order statistic further out, and at least 50 / (p (1 - p)) runs: the width of an interval between order statistics is
//                 itself rough, by luck too narrow; both numbers are by simulation
//
// Coverage, %, of 95 % intervals at the run where the rule stopped, least and most over 24 to 30 half-widths that ask for about 256 to 4,096 runs; 100,000
// ensembles each (standard error 0.07):
//
//                                             by the rule     without the corrections
// COVERAGE
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

/// What is estimated from one value per run. A value that is NaN is a failed run: left out and counted.
struct Statistic {
    enum class Kind : std::uint8_t {
        mean,        ///< of paired differences too: see differences()
        probability, ///< the share of ones; values are 0 or 1
        quantile
    } kind = Kind::mean;
    double level = 0.5; ///< of a quantile, in (0, 1)
};
/// b - a, run by run; NaN where either is. Throws std::invalid_argument if they are not as many.
std::vector<double> differences(std::span<const double> a, std::span<const double> b);

struct Interval {
    double estimate = 0;                ///< NaN without values
    double low = 0, high = 0;           ///< infinite where the values are too few to say
    std::uint64_t used = 0, failed = 0; ///< runs
    double half_width() const { return (high - low) / 2; }
};
/// How the number of runs came about: set beforehand, or by check().
enum class Runs : std::uint8_t { fixed, stopped };

/// Two-sided interval with equal tails, in O(runs). `confidence` in (0, 1). For a fixed number of runs: mean, Student's t; probability, Jeffreys
/// (Brown, Cai and DasGupta 2001), with 0 at k = 0 and 1 at k = n, as share_of; quantile, between order statistics at the ranks r that solve
/// I_level(r, n + 1 - r) = (1 +- confidence) / 2, interpolated (Hutson 1999), without an assumption on the distribution. For runs that stopped by precision
/// with the corrections above. Throws std::invalid_argument if confidence, level or a value is outside its range.
Interval interval(const Statistic& statistic, std::span<const double> values, double confidence = 0.95, Runs runs = Runs::fixed);

/// A number, and how well it should be known.
struct Precision {
    Statistic statistic;
    double half_width = 0; ///< of the 95 % interval; above 0, in the unit of the values
};
/// Runs are added until each is known as well as is wanted, but at least `least` and at most `most`. Each interval has its 95 % for itself.
struct StoppingRule {
    std::vector<Precision> wanted;
    std::uint64_t least = 256, most = 1'000'000;
};

/// The number of runs at which to check next, above `runs` (`most` if that is reached): every 256 runs up to 4,096, then eight times in each doubling,
/// and at `most`. It depends on nothing else, so neither on threads nor on how often one asks. Rarer checks were tried (at each doubling, or at each root
/// of two): they cost more runs and cover no better, since what matters is that the runs wanted fall between two checks by chance. That checks thin
/// out bounds their cost, all of them together, at about ten times that of the last.
std::uint64_t next_check(const StoppingRule& rule, std::uint64_t runs);

struct Verdict {
    bool enough = false;              ///< everything wanted is known well enough
    bool at_most = false;             ///< no more runs are allowed
    std::vector<Interval> intervals;  ///< 95 %, one for each of what is wanted
    std::uint64_t predicted_runs = 0; ///< that are still to be made, from widths that fall with the root of runs; 0 once one may stop
};
/// Whether the ensemble may stop. `values`: [wanted][run], all runs so far in their order, as many as next_check() says. O(runs) for each of what is wanted.
/// Throws std::invalid_argument on a rule that cannot be met (nothing wanted, a half-width or a level outside its range, least above most) and on
/// values that are not in the range of their statistic or not equally many.
Verdict check(const StoppingRule& rule, std::span<const std::vector<double>> values);

} // namespace entente
