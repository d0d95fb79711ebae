// An outcome over many runs, whose values come in one by one.
#pragma once
#include "precision.hpp"
#include "sample.hpp"
#include <limits>
#include <span>

namespace entente {

/// 95 % interval of a mean of n numbers, Student's t; infinite ends below two numbers, or if all are equal: others may just not have come yet.
Interval t_interval(double mean, double standard_error, std::uint64_t n);

/// Whether a mean of n numbers differs from 0 at `alpha`, two-sided, by Student's t; not if it has no spread.
bool differs_from_0(double mean, double standard_error, std::uint64_t n, double alpha);

/// Mean and spread of numbers that come in one by one (Welford 1962).
struct Running {
    std::uint64_t n = 0;
    double mean = 0, squares = 0; ///< squares: sum of squared deviations from the mean
    /// One value more.
    void add(double x);
    double standard_error() const; ///< of the mean; NaN below two numbers
    Interval interval() const;     ///< t_interval(); NaN without a number
};

/// Mean or share with its 95 % interval, as interval() of precision.hpp gives it for a fixed number of runs; of a quantile see there.
Interval interval_of(const Running& runs, const Quantity& quantity);

/// An outcome under one policy of a sweep, over all points.
struct PolicyEstimate {
    Interval value;
    Interval difference;          ///< to the policy that others are held against, paired by replicate and point; NaN for a quantile
    double error_ratio = 0;       ///< standard error of that difference over that of two independent sweeps; NaN if there is none
    std::uint64_t replicates = 0; ///< that it rests on
    /// Of the variance of the mean over points: the part that all points share, because they share random numbers, and that only more replicates lessen; the rest falls
    /// with points too. From the two-way table of replicates and points (Scheffe 1959). NaN with one point or replicate, without any spread, and of a quantile.
    double shared_luck = std::numeric_limits<double>::quiet_NaN();
};
/// Means and shares. What repeats is the replicate, because all points share its random numbers: intervals are those of the mean over replicates of means over
/// points, and without ends if there is one replicate. Runs that failed under one policy are left out under all, and so are replicates that are not finished.
class PolicyComparison {
public:
    /// `against`: the policy that the others are held against.
    PolicyComparison(Quantity quantity, std::size_t policies, std::size_t points, std::size_t against = 0);
    /// Some whole replicates of all policies: [policy][replicate][point]. NaN: the run failed; infinite: it is not finished.
    void add(std::span<const double> values);
    std::vector<PolicyEstimate> estimates() const;
    /// A policy (b) against that one (a), paired by replicate.
    PairedDifference difference(std::size_t policy) const;

private:
    double shared_luck(std::size_t policy) const;

    Quantity quantity_;
    std::size_t policies_, points_, against_;
    std::vector<Running> value_, difference_; ///< [policy]
    /// Of replicates that are whole at all points: [policy] all values and the means over points, [policy][point] the values.
    std::vector<Running> all_, whole_, at_point_;
};

/// The values of an outcome, each time that `take` is called those of some whole replicates; as PolicyComparison::add().
struct SweepValues {
    std::size_t policies, points;
    Numbers numbers;
};
/// Of every policy. A quantile's interval inverts that of the share of runs below it, by its spread between replicates (Woodruff 1952): the wider of Student's and
/// Korn and Graubard's (1998), of which one holds on either side of a quantile far out. It is not narrower than if all runs were independent, since two or three
/// replicates may agree by chance.
std::vector<PolicyEstimate> policy_estimates(const Quantity& quantity, const SweepValues& values, std::size_t against = 0);
/// How far each point lies from the first, paired by replicate: [policy][point]. NaN for a quantile.
std::vector<Interval> point_differences(const Quantity& quantity, const SweepValues& values);
/// The second of two policies (b) against the first (a); both quantiles and no difference, NaN, if it is one that is asked for.
PairedDifference policy_difference(const Quantity& quantity, const SweepValues& values);

} // namespace entente
