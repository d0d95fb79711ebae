#include "morris_effects.hpp"
#include "sobol_indices.hpp"
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {
namespace {

constexpr std::size_t features = 4; ///< of each factor in a trajectory: whether there is an effect, it, its size, its square

struct Effects {
    std::vector<double> of; ///< [trajectory][factor][feature]
    std::size_t trajectories, left_out;
};
Effects effects_of(const MorrisRuns& runs)
{
    const std::size_t d = runs.factors, points = runs.value.size();
    if (d == 0 || points % (d + 1) != 0 || runs.u.size() != points * d || runs.moved.size() != points || runs.without_order.size() != d)
        throw std::invalid_argument(fmt::format("{} points, which are no trajectories of {}", points, d + 1));
    Effects e{std::vector<double>(points / (d + 1) * d * features), points / (d + 1), 0};
    for (std::size_t point = 0; point < points; ++point) {
        if (point % (d + 1) == 0) continue;
        if (runs.moved[point] < 0 || static_cast<std::size_t>(runs.moved[point]) >= d) throw std::invalid_argument(fmt::format("point {} steps in no factor", point));
        const auto k = static_cast<std::size_t>(runs.moved[point]);
        const double step = runs.u[point * d + k] - runs.u[(point - 1) * d + k], change = runs.value[point] - runs.value[point - 1];
        if (!(step != 0)) throw std::invalid_argument(fmt::format("point {} does not step in factor {}", point, k));
        if (!std::isfinite(change)) {
            ++e.left_out;
            continue;
        }
        const double effect = runs.without_order[k] ? change : change / step;
        double* const f = &e.of[(point / (d + 1) * d + k) * features];
        f[0] = 1, f[1] = effect, f[2] = std::abs(effect), f[3] = effect * effect;
    }
    return e;
}

struct Three {
    double mu, mu_star, sigma;
};
Three three_of(const double* sums)
{
    const double n = sums[0], mu = sums[1] / n;
    return {mu, sums[2] / n, n > 1 ? std::sqrt(std::max(0.0, (sums[3] - n * mu * mu) / (n - 1))) : no_number};
}

} // namespace

MorrisEffects morris_effects(const MorrisRuns& runs, const Bootstrap& how)
{
    const Effects e = effects_of(runs);
    const std::size_t d = runs.factors, all = e.trajectories * d;
    if (e.trajectories < 4) throw std::invalid_argument(fmt::format("{} trajectories, fewer than 4", e.trajectories));
    if (static_cast<double>(e.left_out) > most_failed * static_cast<double>(all))
        throw std::invalid_argument(fmt::format("{} of {} effects stand beside a run that failed, more than 5 %", e.left_out, all));
    MorrisEffects m{.trajectories = e.trajectories, .effects = all - e.left_out, .left_out = e.left_out, .factors = {}};
    const std::vector<double> sums = sums_over_rows(e.of, e.trajectories), resampled = resampled_sums(e.of, e.trajectories, how);
    for (std::size_t k = 0; k < d; ++k) {
        const Three at = three_of(&sums[k * features]);
        std::vector<double> mu, mu_star, sigma;
        for (std::size_t r = 0; r < how.resamples; ++r) {
            const Three of = three_of(&resampled[(r * d + k) * features]);
            mu.push_back(of.mu), mu_star.push_back(of.mu_star), sigma.push_back(of.sigma);
        }
        m.factors.push_back({runs.without_order[k] ? Index{} : percentile_interval(at.mu, mu), percentile_interval(at.mu_star, mu_star), percentile_interval(at.sigma, sigma)});
    }
    return m;
}

} // namespace entente
