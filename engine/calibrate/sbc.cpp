#include "sbc.hpp"
#include "uniforms.hpp"
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace entente {

using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

std::uint32_t rank_among(double truth, std::span<const double> draws, double uniform)
{
    std::uint32_t below = 0, equal = 0;
    bool nan = std::isnan(truth);
    for (const double draw : draws) nan = nan || std::isnan(draw), below += draw < truth, equal += draw == truth;
    if (nan) throw std::invalid_argument("a NaN has no rank");
    return below + static_cast<std::uint32_t>(uniform * (equal + 1.0));
}

double position_of(std::uint32_t rank, std::size_t draws, double uniform) { return (rank + uniform) / (static_cast<double>(draws) + 1); }

TieBreaker tie_breaker(std::uint64_t seed, std::uint32_t simulation, std::uint32_t parameter)
{
    const auto u = uniforms_at(seed, "rank among draws", simulation, parameter);
    return {u[0], u[1]};
}

std::uint32_t tarp_rank(std::span<const double> truth, std::span<const double> draws, const PriorRanges& box, std::uint64_t seed, std::uint32_t simulation)
{
    const std::size_t parameters = truth.size();
    if (parameters == 0 || box.low.size() != parameters || box.high.size() != parameters || draws.size() % parameters != 0)
        throw std::invalid_argument("truth, draws and box differ in their parameters");
    std::vector<double> point(parameters);
    for (std::size_t p = 0; p < parameters; ++p) point[p] = uniforms_at(seed, "random point", simulation, static_cast<std::uint32_t>(p))[0];
    const auto squared_distance = [&](std::span<const double> at) {
        double sum = 0;
        for (std::size_t p = 0; p < parameters; ++p) {
            const double apart = (at[p] - box.low[p]) / (box.high[p] - box.low[p]) - point[p];
            sum += apart * apart;
        }
        return sum;
    };
    std::vector<double> distances;
    for (std::size_t first = 0; first < draws.size(); first += parameters) distances.push_back(squared_distance(draws.subspan(first, parameters)));
    return rank_among(squared_distance(truth), distances, uniforms_at(seed, "rank among distances", simulation)[0]);
}

RankHistogram rank_histogram(std::span<const std::uint32_t> ranks, std::uint32_t draws, std::uint32_t bins)
{
    if (ranks.empty() || bins < 2 || (draws + 1) % bins != 0)
        throw std::invalid_argument("the number of possible ranks, draws + 1, is no multiple of the bins, or there is no rank");
    RankHistogram h{.counts = std::vector<std::uint32_t>(bins)};
    for (const std::uint32_t rank : ranks) {
        if (rank > draws) throw std::invalid_argument("a rank is above the number of draws");
        ++h.counts[rank / ((draws + 1) / bins)];
    }
    const double expected = static_cast<double>(ranks.size()) / bins;
    for (const std::uint32_t count : h.counts) h.chi_square += (count - expected) * (count - expected) / expected;
    h.p = cdf(complement(boost::math::chi_squared_distribution<double, Plain>(bins - 1.0), h.chi_square));
    return h;
}

namespace {

/// Of k = 0 ... n successes with probability p in (0, 1).
class Binomial {
public:
    explicit Binomial(std::uint32_t n) : log_factorial_(n + 1)
    {
        for (std::uint32_t k = 1; k <= n; ++k) log_factorial_[k] = log_factorial_[k - 1] + std::log(k);
    }
    double probability(std::uint32_t k, std::uint32_t n, double p) const
    {
        return std::exp(log_factorial_[n] - log_factorial_[k] - log_factorial_[n - k] + k * std::log(p) + (n - k) * std::log1p(-p));
    }

private:
    std::vector<double> log_factorial_;
};

/// What is needed to try one gamma after the other.
class Bands {
public:
    Bands(std::uint32_t n, std::uint32_t bins) : n_(n), bins_(bins), binomial_(n), at_most_(bins), above_(bins)
    {
        for (std::uint32_t i = 1; i < bins; ++i) {
            std::vector<double> probability(n + 1);
            for (std::uint32_t k = 0; k <= n; ++k) probability[k] = binomial_.probability(k, n, static_cast<double>(i) / bins);
            at_most_[i] = above_[i] = probability;
            for (std::uint32_t k = 1; k <= n; ++k) at_most_[i][k] += at_most_[i][k - 1];
            above_[i][n] = 0;
            for (std::uint32_t k = n; k > 0; --k) above_[i][k - 1] = above_[i][k] + probability[k];
        }
    }

    EcdfBand at(double gamma) const
    {
        EcdfBand band{.gamma = gamma, .coverage = 0, .low = {0}, .high = {0}};
        for (std::uint32_t i = 1; i < bins_; ++i) {
            std::uint32_t low = 0, high = 0;
            while (low < n_ && at_most_[i][low] < gamma / 2) ++low;
            while (high < n_ && above_[i][high] > gamma / 2) ++high;
            band.low.push_back(low), band.high.push_back(high);
        }
        band.low.push_back(n_), band.high.push_back(n_);
        band.coverage = coverage(band);
        return band;
    }

private:
    /// Probability of each count below i / bins, of paths that kept inside so far, from point to point: those not yet below are below the next one by the same chance each.
    double coverage(const EcdfBand& band) const
    {
        std::vector<double> here(n_ + 1), next(n_ + 1);
        here[0] = 1;
        for (std::uint32_t i = 1; i < bins_; ++i) {
            std::fill(next.begin(), next.end(), 0.0);
            const double p = 1.0 / (bins_ - i + 1), odds = p / (1 - p);
            for (std::uint32_t before = band.low[i - 1]; before <= band.high[i - 1]; ++before) {
                const std::uint32_t first = std::max(before, band.low[i]), left = n_ - before;
                if (here[before] == 0 || first > band.high[i]) continue;
                double step = here[before] * binomial_.probability(first - before, left, p);
                for (std::uint32_t count = first; count <= band.high[i]; ++count) {
                    next[count] += step;
                    step *= odds * (n_ - count) / (count - before + 1);
                }
            }
            std::swap(here, next);
        }
        double all = 0;
        for (const double probability : here) all += probability;
        return all;
    }

    std::uint32_t n_, bins_;
    Binomial binomial_;
    std::vector<std::vector<double>> at_most_, above_; // [point][count]
};

} // namespace

EcdfBand ecdf_band(std::uint32_t n, std::uint32_t bins, double level)
{
    if (n == 0 || bins < 2 || !(level > 0 && level < 1)) throw std::invalid_argument("a band is of some numbers at two points or more, and a level in (0, 1)");
    const Bands bands(n, bins);
    double none = (1 - level) / bins, some = 1; // by Bonferroni's inequality the first is narrow enough to hold
    for (int step = 0; step < 50; ++step) {
        const double gamma = std::sqrt(none * some);
        (bands.at(gamma).coverage >= level ? none : some) = gamma;
    }
    return bands.at(none);
}

std::uint32_t points_outside(const EcdfBand& band, std::span<const std::uint32_t> histogram)
{
    if (histogram.size() + 1 != band.low.size()) throw std::invalid_argument("the histogram has not the bins of the band");
    std::uint32_t below = 0, outside = 0;
    for (std::size_t i = 0; i < histogram.size(); ++i) {
        below += histogram[i];
        if (i + 1 < histogram.size()) outside += below < band.low[i + 1] || below > band.high[i + 1];
    }
    if (below != band.low.back()) throw std::invalid_argument("the histogram has not as many numbers as the band is for");
    return outside;
}

Coverage coverage_of(double nominal, std::uint32_t hits, std::uint32_t n)
{
    using Beta = boost::math::beta_distribution<double, Plain>;
    if (n == 0) return {.nominal = nominal};
    const double some = hits, others = n - some;
    return {.nominal = nominal, .actual = some / n, .low = hits == 0 ? 0 : quantile(Beta(some, others + 1), 0.025), .high = hits == n ? 1 : quantile(Beta(some + 1, others), 0.975), .hits = hits, .n = n};
}

std::vector<Coverage> coverage_table(std::span<const double> positions, std::span<const double> levels)
{
    std::vector<Coverage> table;
    for (const double level : levels) {
        const auto hits = std::ranges::count_if(positions, [&](double u) { return is_inside(u, level); });
        table.push_back(coverage_of(level, static_cast<std::uint32_t>(hits), static_cast<std::uint32_t>(positions.size())));
    }
    return table;
}

} // namespace entente
