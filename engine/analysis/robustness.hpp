// How well policies hold across states of the world that nobody can weigh: regret, satisficing and their kin, each with a bootstrap interval, ranks, and
// the chance that two policies swap ranks. After Herman, Reed, Zeff and Characklis (2015) and McPhail et al. (2018). Pure functions.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// Performance of policies, all run at the same points (states of the world) with the same replicate numbers. The first policy is the baseline.
struct Performance {
    std::size_t policies = 0, points = 0, replicates = 0;
    std::vector<double> value; ///< [policy][point][replicate]; not finite: the run failed
};
/// The same from values as a sweep's result has them, [policy][replicate][point].
Performance performance_of(const std::vector<double>& values, std::size_t policies, std::size_t replicates, std::size_t points);

enum class Direction : std::uint8_t { more_is_better, less_is_better };
enum class Side : std::uint8_t { at_least, at_most };
/// What a resample draws anew. Replicates alone: the points are no sample but a list of cases, and only luck is in question.
enum class Resampling : std::uint8_t { points_and_replicates, points, replicates };
/// What is good enough.
struct Threshold {
    double value = 0;
    Side side = Side::at_least;
};

/// What is measured, and by how many resamples.
struct RobustnessOptions {
    Direction direction = Direction::more_is_better;
    std::optional<Threshold> threshold; ///< of a satisfactory performance; none: no satisficing
    double percentile = 0.9;            ///< in [0.5, 1], the severe side: this share of points is no worse
    double optimism = 0.5;              ///< Hurwicz: weight of the best point, in [0, 1]; alpha in McPhail et al. (2018) is that of the worst
    double spread_weight = 1;           ///< standard deviations that a policy is charged in mean_less_spread, not negative
    Resampling resampling = Resampling::points_and_replicates;
    std::uint32_t resamples = 1000;
    std::uint64_t seed = 1;
    double confidence = 0.95;                                                                                ///< of the intervals, in (0, 1)
    double least = -std::numeric_limits<double>::infinity(), most = std::numeric_limits<double>::infinity(); ///< what a performance can be
};

/// One measure of all policies.
struct Measure {
    std::string name, meaning;
    Direction direction = Direction::more_is_better;
    std::vector<double> value, low, high;  ///< [policy]; low and high are NaN without resamples
    std::vector<double> bias;              ///< [policy]: mean over resamples less the value, what luck and few points add; NaN without resamples
    std::vector<std::uint32_t> rank;       ///< [policy]: 1 is best; equals (but for rounding) share the better rank
    std::vector<std::vector<double>> swap; ///< [policy][policy]: share of resamples that order the two otherwise than the values do; a tie, in either, counts half
};
/// All measures of a sweep's policies.
struct Robustness {
    std::vector<Measure> measures;                    ///< empty if no point is left
    std::size_t points = 0, left_out = 0;             ///< used; left out because some policy has no finished replicate there
    std::uint32_t resamples = 0;                      ///< used: those that had a point left
    const Measure* find(std::string_view name) const; ///< null if there is none
};

/// A policy's performance at a point is the mean over its finished replicates there; a point where some policy has none is left out for all. With f(x, s) the
/// performance of policy x at point s, turned so that more is better, the measures are:
///
///   greatest_regret, mean_regret, percentile_regret  of max_y f(y, s) - f(x, s): regret from the best policy (Savage 1951; type 2 in Herman et al.)
///   greatest_loss, percentile_loss                   of f(baseline policy, s) - f(x, s); negative: a gain
///   percentile_deviation                             of median_s f(x, s) - f(x, s): type 1 in Herman et al., after Kasprzyk et al. (2013), with the policy's own
///                                                    median in place of a baseline state, which a sample does not have
///   undesirable_deviations                           mean of the same over the worse half of the points (McPhail et al., after Takriti and Ahmed 2004)
///   satisficing                                      share of points that meet the threshold (domain criterion, Starr 1963); only with a threshold
///   maximin, hurwicz, laplace, percentile            worst point (Wald 1950); optimism x best + (1 - optimism) x worst (Hurwicz 1951); mean; percentile
///   mean_less_spread                                 mean less spread_weight standard deviations
///   mean_variance                                    McPhail et al.: (mean + 1) / (deviation + 1); where less is better (mean + 1) x (deviation + 1), so that spread
///                                                    counts against a policy there too. It depends on the unit, and misleads for means below -1.
///   skewness                                         (median - middle) / half the width of the range between the two percentiles: above 0, most points lie
///                                                    nearer its better end (McPhail et al., after Voudouris et al. 2014)
///
/// maximin to mean_variance are in the unit and direction of the performance. Quantiles are interpolated between order statistics (Hyndman and Fan 1996, type
/// 7); standard deviations are over points, with n - 1.
///
/// Intervals. A resample draws as many points as there are, and as many replicate numbers as there are, both with replacement (the pigeonhole bootstrap, Owen
/// 2007): the same replicates for all points and policies, since these share their random numbers. A drawn point where some policy has no finished replicate among the drawn ones
/// is left out of that resample. Every measure is computed anew, best policy and median included.
///
/// Luck between replicates inflates what looks at best, worst or spread: policies that never differ have regret. It does so once in the value, and once more in the
/// resamples, by `bias`. So the interval is the one between the resamples' quantiles, moved by -2 bias (once to the value, once to what it would be without luck)
/// and cut to what the measure can be. Where bias is small this is the plain percentile interval; where it is large the value may lie outside, and more replicates
/// are needed. The interval is for the measure of expected performances over all points that could have been sampled. In simulations of three policies at
/// 100 or 400 points with 10 or 20 replicates, none to nine tenths of whose luck all points share, intervals of 95 % held it in 88 to 99 % of the data sets for means
/// and mean regret, in 85 to 97 % for all that looks at many points, in 31 to 85 % for what looks at one (greatest_*, maximin, hurwicz): the worst of all worlds is
/// worse than the worst point seen. With 25 points they hold it in 2 to 66 % for what looks at one point, in 86 to 94 % for all else.
///
/// Drawn indices are a hash (SplitMix64, Steele, Lea and Flood 2014) of (seed, resample, index): the same everywhere, and more resamples leave the first as they were.
/// Throws std::invalid_argument if the shape is empty or does not fit the values, or an option is out of its range.
Robustness robustness(const Performance& performance, const RobustnessOptions& options = {});

} // namespace entente
