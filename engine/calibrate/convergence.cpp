#include "convergence.hpp"
#include "../analysis/order_statistics.hpp"
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace entente {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
using Values = std::vector<double>; // [chain][draw]

double mean_of(std::span<const double> x) { return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size()); }
double variance_of(std::span<const double> x)
{
    const double mean = mean_of(x);
    double squares = 0;
    for (const double value : x) squares += (value - mean) * (value - mean);
    return squares / static_cast<double>(x.size() - 1);
}

void require_whole(Chains c)
{
    if (c.chains == 0 || c.values.size() % c.chains != 0) throw std::invalid_argument("chains are not equally long");
}
void require_level(double level)
{
    if (!(level >= 0 && level <= 1)) throw std::invalid_argument("a level is not in [0, 1]");
}
bool has_nan(std::span<const double> x)
{
    return std::any_of(x.begin(), x.end(), [](double value) { return std::isnan(value); });
}
bool says_nothing(std::span<const double> x)
{
    if (x.empty() || !std::all_of(x.begin(), x.end(), [](double value) { return std::isfinite(value); })) return true;
    const auto [least, most] = std::minmax_element(x.begin(), x.end());
    return *most - *least < std::numeric_limits<double>::epsilon();
}

/// Each chain in two; the middle draw of an odd number is left out.
Chains halved(Chains c, Values& kept)
{
    const std::size_t n = c.draws(), half = n / 2;
    if (n < 2) return c;
    for (std::size_t chain = 0; chain < c.chains; ++chain)
        for (const std::size_t first : {chain * n, chain * n + n - half}) kept.insert(kept.end(), &c.values[first], &c.values[first] + half);
    return {kept, 2 * c.chains};
}

/// Normal scores of ranks, equals by their mean rank (Blom 1958); all NaN if a value is.
Values normal_scores(std::span<const double> x)
{
    using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
    const boost::math::normal_distribution<double, Plain> standard(0, 1);
    if (has_nan(x)) return Values(x.size(), none);
    std::vector<std::size_t> order(x.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
    Values scores(x.size());
    for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
        while (end < order.size() && x[order[end]] == x[order[first]]) ++end;
        const double rank = static_cast<double>(first + end + 1) / 2;
        const double score = quantile(standard, (rank - 0.375) / (static_cast<double>(x.size()) + 0.25));
        for (std::size_t i = first; i < end; ++i) scores[order[i]] = score;
    }
    return scores;
}

double quantile_of(std::span<const double> x, double level)
{
    if (has_nan(x)) return none;
    Values values(x.begin(), x.end());
    return interpolated_quantile(values, level);
}

template <class Function> Values each(std::span<const double> x, Function function)
{
    Values y(x.size());
    std::transform(x.begin(), x.end(), y.begin(), function);
    return y;
}

double rhat_of(Chains c)
{
    if (says_nothing(c.values)) return none;
    const auto n = static_cast<double>(c.draws());
    Values means, variances;
    for (std::size_t chain = 0; chain < c.chains; ++chain) {
        const std::span<const double> x = c.values.subspan(chain * c.draws(), c.draws());
        means.push_back(mean_of(x)), variances.push_back(variance_of(x));
    }
    return std::sqrt((n * variance_of(means) / mean_of(variances) + n - 1) / n);
}

/// Autocovariances at one lag, mean over chains, divided by the number of draws. A lag at a time, since few are asked for where a chain mixes.
double autocovariance(Chains c, std::span<const double> means, std::size_t lag)
{
    const std::size_t n = c.draws();
    double all = 0;
    for (std::size_t chain = 0; chain < c.chains; ++chain) {
        const double* const x = &c.values[chain * n];
        double sum = 0;
        for (std::size_t i = 0; i + lag < n; ++i) sum += (x[i] - means[chain]) * (x[i + lag] - means[chain]);
        all += sum / static_cast<double>(n);
    }
    return all / static_cast<double>(c.chains);
}

/// Autocorrelations in pairs of lags as long as a pair's sum is positive, made to fall (Geyer's initial monotone sequence), and the next even one.
double ess_of(Chains c)
{
    const std::size_t draws = c.draws();
    if (draws < 3 || says_nothing(c.values)) return none;
    const auto n = static_cast<double>(draws);
    Values means;
    for (std::size_t chain = 0; chain < c.chains; ++chain) means.push_back(mean_of(c.values.subspan(chain * draws, draws)));
    const double biased = autocovariance(c, means, 0), within = biased * n / (n - 1);
    const double total = biased + (c.chains > 1 ? variance_of(means) : 0);
    const auto correlation = [&](std::size_t lag) { return 1 - (within - autocovariance(c, means, lag)) / total; };

    Values rho(draws);
    double even = 1, odd = correlation(1);
    rho[0] = even, rho[1] = odd;
    std::size_t last = 0;
    while (last + 5 < draws && even + odd > 0) {
        last += 2;
        even = correlation(last), odd = correlation(last + 1);
        if (even + odd >= 0) rho[last] = even, rho[last + 1] = odd;
    }
    if (even > 0) rho[last] = even;
    for (std::size_t t = 2; t + 2 <= last; t += 2)
        if (rho[t] + rho[t + 1] > rho[t - 2] + rho[t - 1]) rho[t] = rho[t + 1] = (rho[t - 2] + rho[t - 1]) / 2;

    const double all = n * static_cast<double>(c.chains);
    // without a pair, the first autocorrelation counts all the same, as `posterior` has it
    const double summed = std::accumulate(rho.begin(), rho.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(last, 1)), 0.0);
    return all / std::max(2 * summed - 1 + rho[last], 1 / std::log10(all));
}

double ess_of_halves(std::span<const double> values, std::size_t chains)
{
    Values kept;
    return ess_of(halved({values, chains}, kept));
}

} // namespace

double rhat_basic(Chains chains)
{
    require_whole(chains);
    Values kept;
    return rhat_of(halved(chains, kept));
}

double rhat(Chains chains)
{
    require_whole(chains);
    if (chains.values.empty()) return none;
    const double median = quantile_of(chains.values, 0.5);
    const auto of_ranks = [&](std::span<const double> x) {
        Values kept;
        const Chains halves = halved({x, chains.chains}, kept);
        return rhat_of({normal_scores(halves.values), halves.chains});
    };
    const double bulk = of_ranks(chains.values), tail = of_ranks(each(chains.values, [&](double x) { return std::abs(x - median); }));
    return std::isnan(bulk) || std::isnan(tail) ? none : std::max(bulk, tail);
}

double ess_bulk(Chains chains)
{
    require_whole(chains);
    Values kept;
    const Chains halves = halved(chains, kept);
    return ess_of({normal_scores(halves.values), halves.chains});
}

double ess_mean(Chains chains)
{
    require_whole(chains);
    return ess_of_halves(chains.values, chains.chains);
}

double ess_sd(Chains chains)
{
    require_whole(chains);
    if (says_nothing(chains.values)) return none;
    const double mean = mean_of(chains.values);
    return ess_of_halves(each(chains.values, [&](double x) { return std::abs(x - mean); }), chains.chains);
}

double ess_quantile(Chains chains, double level)
{
    require_whole(chains), require_level(level);
    if (says_nothing(chains.values)) return none;
    const auto n = static_cast<double>(chains.values.size());
    const double at = quantile_of(chains.values, level == 1 ? (n - 0.5) / n : level);
    return ess_of_halves(each(chains.values, [&](double x) { return x <= at ? 1.0 : 0.0; }), chains.chains);
}

double ess_tail(Chains chains)
{
    const double low = ess_quantile(chains, 0.05), high = ess_quantile(chains, 0.95);
    return std::isnan(low) || std::isnan(high) ? none : std::min(low, high);
}

double mcse_mean(Chains chains)
{
    const double size = ess_mean(chains);
    return std::isnan(size) ? none : std::sqrt(variance_of(chains.values) / size);
}

double mcse_sd(Chains chains)
{
    require_whole(chains);
    if (says_nothing(chains.values)) return none;
    const double mean = mean_of(chains.values);
    const Values squares = each(chains.values, [&](double x) { return (x - mean) * (x - mean); });
    const double variance = mean_of(squares), fourth = mean_of(each(squares, [](double x) { return x * x; }));
    return std::sqrt((fourth - variance * variance) / ess_of_halves(squares, chains.chains) / variance / 4);
}

double mcse_quantile(Chains chains, double level)
{
    using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
    const double size = ess_quantile(chains, level);
    if (std::isnan(size)) return none;
    const boost::math::beta_distribution<double, Plain> share(size * level + 1, size * (1 - level) + 1);
    constexpr double below = 0.1586553, above = 0.8413447; // of a normal deviate's, one standard deviation from its mean
    Values sorted(chains.values.begin(), chains.values.end());
    std::sort(sorted.begin(), sorted.end());
    const auto n = static_cast<double>(sorted.size());
    const double low = std::max(std::floor(quantile(share, below) * n), 1.0), high = std::min(std::ceil(quantile(share, above) * n), n);
    return (sorted[static_cast<std::size_t>(high) - 1] - sorted[static_cast<std::size_t>(low) - 1]) / 2;
}

} // namespace entente
