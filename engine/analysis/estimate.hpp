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

/// Mean, share or quantile with its 95 % interval, as interval() of precision.hpp gives it for a fixed number of runs; only a quantile keeps the values.
class Estimate {
public:
    void add(const Quantity& quantity, double value);
    Interval interval(const Quantity& quantity) const;

private:
    Running running_;
    std::vector<double> values_;
};

/// An outcome under one policy of a sweep, over all points.
struct PolicyEstimate {
    Interval value;
    Interval difference;    ///< to the first policy, paired by replicate and point; NaN for a quantile
    double error_ratio = 0; ///< standard error of that difference over that of two independent sweeps; NaN if there is none
};
/// What repeats is the replicate, because all points share its random numbers: intervals are those of the mean over replicates of means over points (over
/// points if there is one replicate). A quantile's interval inverts that of the share of runs below it, by its spread between replicates (Woodruff 1952). Runs that
/// failed under one policy are left out under all. Only a quantile keeps the values.
class PolicyComparison {
public:
    PolicyComparison(Quantity quantity, std::size_t policies, std::size_t replicates, std::size_t points);
    /// Some replicates of all policies and points: [policy][replicate][point], NaN for failed runs.
    void add(std::span<const double> values);
    std::vector<PolicyEstimate> estimates() const;
    /// A policy (b) against the first (a). Its pairs are what repeats; both quantiles and no difference, NaN, if it is one that is asked for.
    PairedDifference difference(std::size_t policy) const;

private:
    Quantity quantity_;
    std::size_t policies_, replicates_, points_;
    std::vector<Running> value_, difference_; ///< [policy]
    std::vector<std::vector<double>> values_; ///< [policy], of a quantile
    std::vector<std::size_t> ends_;           ///< in them, of what repeats
    Interval quantile_interval(std::size_t policy) const;
};
/// Whether a run's value is 0 or 1, so that the mean over runs is a share.
bool is_share(const Quantity& quantity);

} // namespace entente
