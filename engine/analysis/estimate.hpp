// An outcome over many runs, whose values come in one by one.
#pragma once
#include "precision.hpp"
#include "quantity.hpp"
#include <span>

namespace entente {

/// 95 % interval of a mean of n numbers, Student's t; infinite ends below two numbers, or if all are equal: others may just not have come yet.
Interval t_interval(double mean, double standard_error, std::uint64_t n);

/// Mean and spread of numbers that come in one by one (Welford 1962).
struct Running {
    std::uint64_t n = 0;
    double mean = 0, squares = 0; ///< squares: sum of squared deviations from the mean
    void add(double x);
    double standard_error() const; ///< of the mean; NaN below two numbers
    Interval interval() const;     ///< t_interval(); NaN without a number
};

/// Mean or share with its 95 % interval, as interval() of precision.hpp gives it for a fixed number of runs; of a quantile see there.
Interval interval_of(const Running& runs, const Quantity& quantity);

/// An outcome under one policy of a sweep, over all points.
struct PolicyEstimate {
    Interval value;
    Interval difference;          ///< to the first policy, paired by replicate and point; NaN for a quantile
    double error_ratio = 0;       ///< standard error of that difference over that of two independent sweeps; NaN if there is none
    std::uint64_t replicates = 0; ///< that it rests on
};
/// Means and shares. What repeats is the replicate, because all points share its random numbers: intervals are those of the mean over replicates of means over
/// points, and without ends if there is one replicate. Runs that failed under one policy are left out under all, and so are replicates that are not finished.
class PolicyComparison {
public:
    PolicyComparison(Quantity quantity, std::size_t policies, std::size_t points);
    /// Some whole replicates of all policies: [policy][replicate][point]. NaN: the run failed; infinite: it is not finished.
    void add(std::span<const double> values);
    std::vector<PolicyEstimate> estimates() const;
    /// A policy (b) against the first (a), paired by replicate.
    PairedDifference difference(std::size_t policy) const;

private:
    Quantity quantity_;
    std::size_t policies_, points_;
    std::vector<Running> value_, difference_; ///< [policy]
};

/// The values of an outcome, each time that `take` is called those of some whole replicates; as PolicyComparison::add().
struct SweepValues {
    std::size_t policies, points;
    Numbers numbers;
};
/// Of every policy. A quantile's interval inverts that of the share of runs below it, by its spread between replicates (Woodruff 1952): the wider of Student's and
/// Korn and Graubard's (1998), of which one holds on either side of a quantile far out. It is not narrower than if all runs were independent, since two or three
/// replicates may agree by chance.
std::vector<PolicyEstimate> policy_estimates(const Quantity& quantity, const SweepValues& values);
/// The second of two policies (b) against the first (a); both quantiles and no difference, NaN, if it is one that is asked for.
PairedDifference policy_difference(const Quantity& quantity, const SweepValues& values);

} // namespace entente
