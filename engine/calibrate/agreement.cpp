#include "agreement.hpp"
#include "../analysis/order_statistics.hpp"
#include "convergence.hpp"
#include "diagnostics.hpp"
#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace entente {

namespace {

/// Squared standard error of the mean, by what chains are worth.
double error_squared(const std::vector<double>& draws, std::size_t chains)
{
    const double error = mcse_mean({draws, chains});
    return std::isfinite(error) ? error * error : 0;
}

} // namespace

Agreement agreement_of(const Posterior& a, const Posterior& b)
{
    Agreement all;
    std::vector<double> apart;
    for (std::size_t i = 0; i < a.posterior.names.size(); ++i) {
        const auto at = std::ranges::find(b.posterior.names, a.posterior.names[i]);
        if (at == b.posterior.names.end()) {
            all.only_a.push_back(a.posterior.names[i]);
            continue;
        }
        const std::vector<double> x = a.posterior.of(i), y = b.posterior.of(static_cast<std::size_t>(at - b.posterior.names.begin()));
        AgreementRow row{
            .name = a.posterior.names[i], .mean_a = weighted_mean({x}), .mean_b = weighted_mean({y}), .sd_a = std::sqrt(weighted_variance({x})), .sd_b = std::sqrt(weighted_variance({y}))};
        double sd = std::sqrt((row.sd_a * row.sd_a + row.sd_b * row.sd_b) / 2);
        if (sd == 0 && row.mean_a != row.mean_b) sd = std::sqrt(weighted_variance({a.prior.of(i)})); // each is sure of another value
        if (sd > 0) row.apart = (row.mean_a - row.mean_b) / sd, row.apart_error = std::sqrt(error_squared(x, a.posterior.chains) + error_squared(y, b.posterior.chains)) / sd;
        apart.push_back(std::abs(row.apart));
        all.parameters.push_back(row);
    }
    for (const std::string& name : b.posterior.names)
        if (std::ranges::find(a.posterior.names, name) == a.posterior.names.end()) all.only_b.push_back(name);
    if (apart.empty()) throw std::invalid_argument("the two posteriors share no parameter");
    all.largest = std::ranges::max(apart);
    all.middle = interpolated_quantile(apart, 0.5);
    return all;
}

std::vector<TargetShift> shifts_of(const Posterior& p)
{
    const DrawTable& stats = p.sample_stats;
    const std::string prefix = shift_prefix;
    std::vector<std::string> targets;
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < stats.names.size(); ++i)
        if (stats.names[i].starts_with(prefix)) targets.push_back(stats.names[i].substr(prefix.size())), columns.push_back(i);
    if (targets.empty()) return {};
    std::vector<double> draws;
    for (std::size_t row = 0; row < stats.chains * stats.draws; ++row)
        for (const std::size_t column : columns) draws.push_back(stats.values[row * stats.names.size() + column]);
    return shifts_of(draws, targets);
}

} // namespace entente
