// Stopping an ensemble by precision: runs are added until the 95 % interval of what is asked is as narrow as is wanted. Pure functions on values.
//
// To look at an interval and stop when it is narrow (Chow and Robbins 1965) picks, of the intervals seen, those that are narrow by luck: they cover what
// they say only in the limit of narrow intervals (Glynn and Whitt 1992). The corrections are the smallest that were found to hold the coverage, and
// vanish as the ensemble grows:
//
//   mean          the half-width of Student's t times 1 + 4 g^2 / n, g the sample's skewness: a sample that lacks its tail has both a mean and a spread
//                 that are too small. The form is that of the skewness term in the expansion of t's coverage (Hall 1992); the 4 is by simulation
//   probability   Beta(k + 1, n - k + 1) in place of Jeffreys' Beta(k + 1/2, n - k + 1/2): where runs are added until n ~ p (1 - p), that is Jeffreys' prior
//                 of the experiment as it is made, whose information is a run's times the expected number of runs (Ye 1993); and at least 4 / h runs, h
//                 the half-width wanted, lest a rare event count as known while hardly one was seen
//   quantile      each end half an order statistic further out, and at least 50 / (p (1 - p)) runs: the distance of two order statistics is itself
//                 rough, and by luck too short. Both numbers are by simulation
//
// Coverage in % of the 95 % intervals where the rule stopped, and what it would be without the corrections: the least and the most over half-widths that
// ask for n = 256 to 4,096 runs, in steps of a sixth of a doubling (100,000 ensembles, standard error 0.07):
//
//                                                        by the rule       without
//   mean of normal values                               94.8 to 95.1    94.8 to 95.1
//   mean of exponential values                          94.5 to 95.4    93.6 to 95.0
//   mean of log-normal values (sigma 1)                 94.5 to 95.3    91.8 to 94.5
//   mean of paired differences of log-normal values     95.1 to 95.7    94.4 to 94.9
//   probability 0.5                                     94.8 to 95.3    94.7 to 95.3
//   probability 0.1                                     94.0 to 95.9    93.4 to 95.6
//   probability 0.02, n = 512 to 4,096                  94.3 to 95.8    92.1 to 94.6
//   probability 0.001, n = 10,000 to 80,000             94.2 to 96.6    87.9 to 98.1
//   median of log-normal values                         94.6 to 95.2    94.1 to 94.6
//   90 % quantile of log-normal values                  94.5 to 95.8    93.7 to 94.7
//
// Where fewer than about 15 ones are to be expected, shares are too coarse for any interval to cover 95 %: there it is 94 to 97 %. A mean of values that are
// rarely anything but 0 is covered too often (a share of 0.02 taken as a mean, n below 1,000: 96 to 99 %): ask for a probability instead.
#pragma once
#include "../core/interval.hpp"
#include "order_statistics.hpp"

namespace entente {

/// What is estimated from one value per run. A value that is NaN is a failed run: left out and counted.
struct Statistic {
    enum class Kind : std::uint8_t {
        mean,        ///< of paired differences too
        probability, ///< the share of ones; values are 0 or 1
        quantile
    } kind = Kind::mean;
    double level = 0.5; ///< of a quantile, in (0, 1)
};

/// How the number of runs came about: set beforehand, or by check().
enum class Runs : std::uint8_t { fixed, stopped };

/// Two-sided interval with equal tails, in O(runs) and memory that does not grow with them. `confidence` in (0, 1). For a fixed number of runs: mean, Student's t; probability, Jeffreys
/// (Brown, Cai and DasGupta 2001), with 0 at k = 0 and 1 at k = n, as share_of; quantile, between order statistics at the ranks r that solve
/// I_level(r, n + 1 - r) = (1 +- confidence) / 2, interpolated (Hutson 1999), without an assumption on the distribution. For runs that stopped by precision
/// with the corrections above. Throws std::invalid_argument if confidence, level or a value is outside its range.
Interval interval(const Statistic& statistic, const Numbers& values, double confidence = 0.95, Runs runs = Runs::fixed);

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

/// The number of runs at which to check next, above `runs`: each block of 256 up to 4,096, then eight times in each doubling; not below `least`, and at `most` (which is
/// also the answer from there on). It depends on nothing else, so neither on threads nor on how often one asks. Rarer checks were tried, at each doubling and
/// at each root of two: they cost a fifth and a twentieth more runs and cover no better, since most of the harm is done at one or two checks. That they thin
/// out bounds the cost of all checks together at about twelve times that of the last.
std::uint64_t next_check(const StoppingRule& rule, std::uint64_t runs);

/// Whether the runs so far are enough.
struct Verdict {
    bool enough = false;              ///< everything wanted is known well enough
    bool at_most = false;             ///< no more runs are allowed
    std::vector<Interval> intervals;  ///< 95 %, one for each of what is wanted
    std::vector<double> least;        ///< how many runs that did not fail each needs before its width means anything
    std::uint64_t predicted_runs = 0; ///< that are still to be made, from widths that fall with the root of runs; 0 once one may stop
};
/// Whether the ensemble may stop. `values`: of each that is wanted, of all runs so far in their order, as many as next_check() says. O(runs) for each.
/// Throws std::invalid_argument on a rule that cannot be met (nothing wanted, a half-width or a level outside its range, least above most) and on
/// values that are not in the range of their statistic or not equally many.
Verdict check(const StoppingRule& rule, std::span<const Numbers> values);

} // namespace entente
