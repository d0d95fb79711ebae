// An outcome over many runs, whose values come in one by one.
#pragma once
#include "precision.hpp"
#include "quantity.hpp"
#include <span>

namespace entente {

/// Mean and spread of numbers that come in one by one (Welford 1962).
struct Running {
    std::uint64_t n = 0;
    double mean = 0, squares = 0; ///< squares: sum of squared deviations from the mean
    void add(double x);
    double standard_error() const; ///< of the mean; NaN below two numbers
    Interval interval() const;     ///< 95 %, Student's t; infinite ends below two numbers
};

/// Mean or share with its 95 % interval, as interval() of precision.hpp gives it for a fixed number of runs; of a quantile see there.
Interval interval_of(const Running& runs, const Quantity& quantity);

/// An outcome under one policy of a sweep, over all points.
struct PolicyEstimate {
    Interval value;
    Interval difference;    ///< to the first policy, paired by replicate and point; NaN for a quantile
    double error_ratio = 0; ///< standard error of that difference over that of two independent sweeps; NaN if there is none
};
/// Means and shares. What repeats is the replicate, because all points share its random numbers: intervals are those of the mean over replicates of means over
/// points (over points if there is one replicate). Runs that failed under one policy are left out under all.
class PolicyComparison {
public:
    PolicyComparison(Quantity quantity, std::size_t policies, std::size_t replicates, std::size_t points);
    /// Some replicates of all policies and points: [policy][replicate][point], NaN for failed runs.
    void add(std::span<const double> values);
    std::vector<PolicyEstimate> estimates() const;
    /// A policy (b) against the first (a). Its pairs are what repeats.
    PairedDifference difference(std::size_t policy) const;

private:
    Quantity quantity_;
    std::size_t policies_, unit_; ///< unit: runs that are one number
    bool over_points_;
    std::vector<Running> value_, difference_; ///< [policy]
};

/// The values of an outcome, of each time that `take` is called whole replicates (of a single one some points) of all policies: [policy][replicate][point], NaN
/// for failed runs.
struct SweepValues {
    std::size_t policies, replicates, points;
    Numbers numbers;
};
/// Of every policy. A quantile's interval inverts that of the share of runs below it, by its spread between replicates (Woodruff 1952).
std::vector<PolicyEstimate> policy_estimates(const Quantity& quantity, const SweepValues& values);
/// The second of two policies (b) against the first (a); both quantiles and no difference, NaN, if it is one that is asked for.
PairedDifference policy_difference(const Quantity& quantity, const SweepValues& values);
/// Whether a run's value is 0 or 1, so that the mean over runs is a share.
bool is_share(const Quantity& quantity);

} // namespace entente
