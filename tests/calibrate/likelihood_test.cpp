// Problems whose posterior has no closed form but whose likelihood can be written down: SMC-ABC, which does not know it, against a long Markov chain that does.
#include "calibrate/diagnostics.hpp"
#include "calibrate/smc_abc.hpp"
#include "problems.hpp"
#include <functional>
#include <gtest/gtest.h>

using namespace entente;
using problems::Values;

namespace {

/// Of each parameter's deviate, or of its size where its sign is lost.
struct Moments {
    Values mean, sd;
};
using LogLikelihood = std::function<double(std::span<const double> parameters)>;

/// By Metropolis steps of one size for each parameter, which grow and shrink in the first fifth; that is not counted.
Moments by_likelihood(const std::vector<Parameter>& parameters, const LogLikelihood& of, Values z, std::uint32_t steps)
{
    const std::size_t d = z.size();
    const auto density = [&](const Values& at) {
        double sum = of(values_at(parameters, at));
        for (const double x : at) sum -= x * x / 2;
        return sum;
    };
    Values size(d, 0.5);
    Moments m{Values(d), Values(d)};
    double here = density(z), counted = 0;
    for (std::uint32_t step = 0; step < steps; ++step) {
        const auto j = step % d;
        const auto u = uniforms_at(3, "accept", step);
        Values to = z;
        to[j] += size[j] * normals_at(3, "step", step)[0];
        const double there = density(to);
        const bool taken = std::log(u[0]) < there - here;
        if (taken) z = to, here = there;
        if (step < steps / 5) {
            size[j] *= taken ? 1.2 : 0.92;
            continue;
        }
        ++counted;
        for (std::size_t i = 0; i < d; ++i) m.mean[i] += z[i], m.sd[i] += z[i] * z[i];
    }
    for (std::size_t i = 0; i < d; ++i) m.mean[i] /= counted, m.sd[i] = std::sqrt(m.sd[i] / counted - m.mean[i] * m.mean[i]);
    return m;
}

Moments by_simulation(const Simulator& simulator, const Values& observed, const SmcSettings& settings)
{
    const SmcState state = smc_abc(simulator, observed, settings);
    EXPECT_FALSE(failed(state.stopped)) << to_text(state.stopped);
    const SmcPosterior p = posterior_of(simulator, observed, state);
    const std::size_t d = simulator.parameters.size();
    Moments m;
    for (std::size_t j = 0; j < d; ++j) {
        Values z;
        for (std::size_t i = j; i < p.adjusted.size(); i += d) z.push_back(std::log(p.adjusted[i] / simulator.parameters[j].prior.a) / simulator.parameters[j].prior.b);
        m.mean.push_back(weighted_mean({z, p.weights})), m.sd.push_back(std::sqrt(weighted_variance({z, p.weights})));
    }
    return m;
}
/// Means within a third of a deviation, spreads within a third.
bool alike(const Moments& a, const Moments& b)
{
    bool all = true;
    for (std::size_t j = 0; j < a.mean.size(); ++j) all = all && std::abs(a.mean[j] - b.mean[j]) < b.sd[j] / 3 && a.sd[j] < b.sd[j] * 4 / 3 && a.sd[j] > b.sd[j] * 3 / 4;
    return all;
}
std::string text(const Moments& m)
{
    std::string s;
    for (std::size_t j = 0; j < m.mean.size(); ++j) s += std::to_string(m.mean[j]) + " (" + std::to_string(m.sd[j]) + ") ";
    return s;
}

/// The simulator's own path, without noise: what it would give with each binomial share or logarithm as it is.
Values epidemic(std::span<const double> t)
{
    Values shares;
    std::array<double, 2> state{1 - 1e-6, 1e-6};
    for (int i = 0; i < 10; ++i) {
        shares.push_back(state[1]);
        for (int s = 0; s < 34; ++s) state = problems::step(state, 0.5, [&](const auto& y) { return std::array{-t[0] * y[0] * y[1], t[0] * y[0] * y[1] - t[1] * y[1]}; });
    }
    return shares;
}
double epidemic_likelihood(std::span<const double> t, const Values& seen)
{
    const Values share = epidemic(t);
    double sum = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const double p = std::clamp(share[i], 1e-12, 1 - 1e-12);
        sum += seen[i] * std::log(p) + (1000 - seen[i]) * std::log1p(-p);
    }
    return sum;
}

TEST(Likelihood, OfAnEpidemicHasThePosteriorThatIsFoundWithoutIt)
{
    const Simulator simulator = problems::sir();
    const Values truth{0.5, 0.15}, at{0.4, 1};
    const std::uint32_t world = 1;
    Values observed(10), other(10);
    simulator.run({4, std::span(&world, 1), truth, observed});
    simulator.run({4, std::span(&world, 1), Values{0.6, 0.15}, other});
    const Moments found = by_simulation(simulator, observed, {.particles = 400, .least_acceptance = 0.05, .threads = 1});
    const auto known = [&](const Values& seen) {
        return by_likelihood(
            simulator.parameters, [&](auto t) { return epidemic_likelihood(t, seen); }, at, 15'000);
    };
    EXPECT_TRUE(alike(found, known(observed))) << text(found) << "against " << text(known(observed));
    EXPECT_FALSE(alike(found, known(other)));
}

double prey_likelihood(std::span<const double> t, const Values& seen)
{
    std::array<double, 2> state{30, 1};
    double sum = 0;
    for (std::size_t i = 0; i < 10; ++i) {
        for (std::size_t j = 0; j < 2; ++j) sum -= std::pow((seen[10 * j + i] - std::log(state[j])) / 0.1, 2) / 2;
        for (int s = 0; s < 42; ++s)
            state = problems::step(state, 0.05, [&](const auto& y) { return std::array{t[0] * y[0] - t[1] * y[0] * y[1], t[3] * y[0] * y[1] - t[2] * y[1]}; });
    }
    return std::isfinite(sum) ? sum : -1e300;
}

TEST(Likelihood, OfPreyAndPredatorsHasThePosteriorThatIsFoundWithoutIt)
{
    const Simulator simulator = problems::lotka_volterra();
    const Values truth{0.7, 0.04, 0.9, 0.05};
    Values at;
    for (std::size_t j = 0; j < 4; ++j) at.push_back(std::log(truth[j] / simulator.parameters[j].prior.a) / simulator.parameters[j].prior.b);
    const std::uint32_t world = 1;
    Values observed(20), other(20);
    simulator.run({4, std::span(&world, 1), truth, observed});
    simulator.run({4, std::span(&world, 1), Values{0.75, 0.04, 0.9, 0.05}, other});
    const Moments found = by_simulation(simulator, observed, {.particles = 300, .least_acceptance = 0.1, .threads = 1});
    const auto known = [&](const Values& seen) {
        return by_likelihood(
            simulator.parameters, [&](auto t) { return prey_likelihood(t, seen); }, at, 40'000);
    };
    EXPECT_TRUE(alike(found, known(observed))) << text(found) << "against " << text(known(observed));
    EXPECT_FALSE(alike(found, known(other)));
}

} // namespace
