// An outcome over many runs, whose values come in one by one.
#pragma once
#include "precision.hpp"
#include "quantity.hpp"
#include <span>

namespace entente {

/// Mean, share or quantile with its 95 % interval, as interval() of precision.hpp gives it for a fixed number of runs; only a quantile keeps the values.
class Estimate {
public:
    void add(const Quantity& quantity, double value);
    Interval interval(const Quantity& quantity) const;

private:
    std::uint64_t n_ = 0;
    double mean_ = 0, squares_ = 0; ///< running mean; sum of squared deviations from it (Welford 1962)
    std::vector<double> values_;
};
/// An outcome under one policy of a sweep, over all points.
struct PolicyEstimate {
    Interval value;
    Interval difference;    ///< to the first policy, paired by replicate and point; NaN for a quantile
    double error_ratio = 0; ///< standard error of that difference over that of two independent sweeps; NaN if there is none
};
/// `values`: [policy][replicate][point], NaN for failed runs, which are left out in all policies alike. What repeats is the replicate, because all points share
/// its random numbers: intervals are those of the mean over replicates of means over points (over points if there is one replicate).
std::vector<PolicyEstimate> compare_policies(const Quantity& quantity, std::span<const double> values, std::size_t policies, std::size_t replicates, std::size_t points);
/// Whether a run's value is 0 or 1, so that the mean over runs is a share.
bool is_share(const Quantity& quantity);

} // namespace entente
