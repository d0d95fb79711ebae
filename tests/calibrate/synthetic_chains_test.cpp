#include "calibrate/synthetic_chains.hpp"
#include "calibrate/archive_steps.hpp"
#include "calibrate/moves.hpp"
#include "calibrate/reduced.hpp"
#include "problems.hpp"
#include "statistical/z_test.hpp"
#include <limits>
#include <stdexcept>

using namespace entente;
using problems::Values;

namespace {

constexpr double alpha = 1e-6;

SyntheticSettings small(std::uint64_t seed) { return {.seed = seed, .chains = 6, .most_rhat = 1.1, .least_ess = 60, .most_runs = 400'000, .threads = 1}; }
SyntheticState sample(const Simulator& simulator, const Values& observed, const SyntheticSettings& settings)
{
    return synthetic_chains(simulator, observed, settings, *begin_synthetic(simulator, observed, settings));
}
/// Mean over a posterior's draws.
template <class F> double mean_of(const SyntheticPosterior& p, std::size_t d, F f)
{
    double sum = 0;
    for (std::size_t i = 0; i < p.draws.size(); i += d) sum += f(std::span<const double>(p.draws).subspan(i, d));
    return sum / static_cast<double>(p.draws.size() / d);
}
/// Of independent calibrations, the posterior means of each function.
template <class... F> std::vector<Estimate> posterior_means(const Simulator& simulator, const Values& observed, SyntheticSettings settings, F... functions)
{
    std::vector<Values> means(sizeof...(F));
    for (settings.seed = 1; settings.seed <= 20; ++settings.seed) {
        const SyntheticState state = sample(simulator, observed, settings);
        EXPECT_EQ(state.stopped, SyntheticStopped::converged) << to_text(state.stopped);
        const SyntheticPosterior p = posterior_of(simulator, state);
        std::size_t at = 0;
        (means[at++].push_back(mean_of(p, simulator.parameters.size(), functions)), ...);
    }
    std::vector<Estimate> estimates;
    for (const Values& m : means) estimates.push_back(estimate(m, 1));
    return estimates;
}

/// Prior and noise have the same variance, .1: mean x / 2, variance .05.
TEST(SyntheticChains, FindTheGaussianPosterior)
{
    const Simulator simulator = problems::gaussian_linear(3);
    const Values observed{0.5, -0.3, 0.2};
    for (const std::uint32_t guesses : {0u, 30u}) {
        SyntheticSettings settings = small(1);
        settings.guesses = guesses;
        const auto found = posterior_means(
            simulator, observed, settings, [](auto t) { return t[0]; }, [](auto t) { return (t[1] + 0.15) * (t[1] + 0.15); });
        EXPECT_Z_WITHIN(found[0], 0.25, alpha);
        EXPECT_Z_OUTSIDE(found[0], 0.3, alpha);
        EXPECT_Z_WITHIN(found[1], 0.05, alpha);
        EXPECT_Z_OUTSIDE(found[1], 0.07, alpha);
    }
}

/// A banana, of which a guess that is linear knows little: t1 + noise and t2 + t1^2 + noise.
TEST(SyntheticChains, FindACurvedPosterior)
{
    const Simulator simulator = problems::simulator(problems::several(2, problems::normal(0, 1)), 2, [](std::span<const double> t, const problems::Source& source, std::span<double> x) {
        const auto z = source.normals();
        x[0] = t[0] + 0.5 * z[0], x[1] = t[1] + t[0] * t[0] + 0.5 * z[1];
    });
    // t2 given t1 is normal; what is left is one integral
    double whole = 0, first = 0, second = 0;
    for (double t = -5; t < 5; t += 0.001) {
        const double rest = 2 - t * t, weight = std::exp(-t * t / 2 - (t - 0.3) * (t - 0.3) / 0.5 - rest * rest / 2.5);
        whole += weight, first += weight * t, second += weight * 0.8 * rest;
    }
    SyntheticSettings settings = small(1);
    settings.guesses = 30;
    const auto found = posterior_means(
        simulator, Values{0.3, 2}, settings, [](auto t) { return t[0]; }, [](auto t) { return t[1]; });
    EXPECT_Z_WITHIN(found[0], first / whole, alpha);
    EXPECT_Z_WITHIN(found[1], second / whole, alpha);
    EXPECT_Z_OUTSIDE(found[1], 1.1 * second / whole, alpha);
}

/// Many chains, each from a draw of a normal distribution, some steps later: they are such draws still, but not if what steps along a line ask for is left out.
Estimate square_after_steps(bool with_factor)
{
    constexpr std::size_t d = 3;
    Values archive, squares;
    for (std::uint32_t i = 0; i < 50; ++i) {
        const auto z = normals_at(2, "archive", i);
        archive.insert(archive.end(), z.begin(), z.begin() + d);
    }
    for (std::uint32_t chain = 0; chain < 10'000; ++chain) {
        const auto z = normals_at(1, "chain", chain);
        Values at(z.begin(), z.begin() + d);
        UniformStream uniforms(1, "steps", chain);
        const auto square = [](const Values& x) { return x[0] * x[0] + x[1] * x[1] + x[2] * x[2]; };
        for (int i = 0; i < 20; ++i) {
            const ArchiveStep step = archive_step(at, archive, uniforms);
            if (std::log(uniforms()) < (square(at) - square(step.to)) / 2 + (with_factor ? step.log_factor : 0)) at = step.to;
        }
        squares.push_back(square(at));
    }
    return estimate(squares, 1);
}
TEST(SyntheticChains, StepsLeaveADistributionAsItIs)
{
    EXPECT_Z_WITHIN(square_after_steps(true), 3, alpha);
    EXPECT_Z_OUTSIDE(square_after_steps(false), 3, alpha);
}

bool same(const SyntheticState& a, const SyntheticState& b)
{
    return a.deviates == b.deviates && a.log_likelihoods == b.log_likelihoods && a.shifts == b.shifts && a.archive == b.archive && a.runs == b.runs && a.stopped == b.stopped
           && a.runs_a_point == b.runs_a_point && a.seen.within == b.seen.within;
}

TEST(SyntheticChains, HaveTheSameBitsOnAnyNumberOfThreadsAndGoOnFromAnyState)
{
    const Simulator simulator = problems::gaussian_linear(2);
    const Values observed{0.5, -0.3};
    for (const bool shifts : {false, true}) {
        SyntheticSettings settings = small(3);
        settings.shifts = shifts, settings.most_runs = 40'000, settings.least_ess = 1e6, settings.guesses = 10;
        std::vector<SyntheticState> states;
        const SyntheticState one = synthetic_chains(simulator, observed, settings, *begin_synthetic(simulator, observed, settings),
                                                    [&](const SyntheticState& s) { states.push_back(s); });
        ASSERT_GT(states.size(), 15u);
        for (const std::size_t from : {0, 9, 15}) EXPECT_TRUE(same(one, synthetic_chains(simulator, observed, settings, states[from])));
        settings.threads = 3;
        EXPECT_TRUE(same(one, sample(simulator, observed, settings)));
        // stopped in the middle of a block
        std::atomic<bool> stop{false};
        std::atomic<int> calls{0};
        Simulator slow = simulator;
        slow.run = [&](const Batch& runs) {
            if (++calls == 500) stop = true;
            simulator.run(runs);
        };
        const SyntheticState cut = synthetic_chains(slow, observed, settings, *begin_synthetic(simulator, observed, settings), {}, &stop);
        EXPECT_EQ(cut.stopped, SyntheticStopped::not_yet);
        EXPECT_LT(cut.steps, one.steps);
        EXPECT_TRUE(same(one, synthetic_chains(simulator, observed, settings, cut)));
        settings.seed = 4;
        EXPECT_FALSE(same(one, sample(simulator, observed, settings)));
    }
}

TEST(SyntheticChains, SayWhyTheyStop)
{
    const Simulator simulator = problems::gaussian_linear(2);
    const Values observed{0.5, -0.3};
    SyntheticSettings s = small(1);
    EXPECT_EQ(sample(simulator, observed, s).stopped, SyntheticStopped::converged);
    s.most_runs = 40'000, s.least_ess = 1e6;
    const SyntheticState short_of = sample(simulator, observed, s);
    EXPECT_EQ(short_of.stopped, SyntheticStopped::budget);
    EXPECT_LE(short_of.runs, s.most_runs);
    EXPECT_GT(short_of.rhat, 1);
    EXPECT_THROW(next_steps(simulator, observed, s, short_of), std::invalid_argument);

    s = small(1);
    Simulator failing = simulator;
    failing.run = [](const Batch& runs) { std::ranges::fill(runs.summaries, std::numeric_limits<double>::quiet_NaN()); };
    EXPECT_EQ(begin_synthetic(failing, observed, s)->stopped, SyntheticStopped::nothing_finite);
    failing.run = [](const Batch& runs) { std::ranges::fill(runs.summaries, 1.0); };
    EXPECT_EQ(begin_synthetic(failing, observed, s)->stopped, SyntheticStopped::nothing_finite);

    s.runs = 15; // of ten summaries
    EXPECT_EQ(sample(problems::gaussian_linear(10), Values(10, 0.2), s).stopped, SyntheticStopped::too_noisy);

    s = small(1), s.least_ess = 1e6;
    std::atomic<bool> fails{false};
    failing.run = [&](const Batch& runs) {
        simulator.run(runs);
        if (fails) std::ranges::fill(runs.summaries, std::numeric_limits<double>::infinity());
    };
    const SyntheticState still = synthetic_chains(failing, observed, s, *begin_synthetic(failing, observed, s), [&](const SyntheticState& state) { fails = state.steps >= 150; });
    EXPECT_EQ(still.stopped, SyntheticStopped::stuck);
    EXPECT_GE(still.longest_unmoved, 1000u);
    EXPECT_TRUE(failed(SyntheticStopped::stuck));
    EXPECT_FALSE(failed(SyntheticStopped::budget));
}

/// Where half of the prior fails, the posterior is what lies in the other half.
TEST(SyntheticChains, RefuseParametersWhoseRunsFail)
{
    const Simulator simulator = problems::gaussian_linear(2);
    Simulator half = simulator;
    half.run = [&](const Batch& runs) {
        simulator.run(runs);
        for (std::size_t i = 0; i < runs.size(); ++i)
            if (runs.parameters[2 * i] < 0) runs.summaries[2 * i] = std::numeric_limits<double>::quiet_NaN();
    };
    const SyntheticState state = sample(half, Values{0, 0}, small(1));
    EXPECT_EQ(state.stopped, SyntheticStopped::converged);
    EXPECT_GT(state.failed_points, 50u);
    const SyntheticPosterior p = posterior_of(half, state);
    for (std::size_t i = 0; i < p.draws.size(); i += 2) ASSERT_GE(p.draws[i], 0);
}

TEST(SyntheticChains, SayWhetherSummariesAreSkewed)
{
    const auto p_of = [](bool skewed) {
        const Simulator simulator = problems::simulator(problems::several(2, problems::normal(0, 1)), 2,
                                                        [skewed](std::span<const double> t, const problems::Source& source, std::span<double> x) {
                                                            const auto z = source.normals();
                                                            for (std::size_t i = 0; i < 2; ++i) x[i] = t[i] + (skewed ? std::exp(z[i]) : z[i]);
                                                        });
        SyntheticSettings s = small(1);
        s.most_runs = 80'000;
        return sample(simulator, Values{1, 2}, s).pilot.value().skewness_p;
    };
    EXPECT_GT(p_of(false), 1e-6);
    EXPECT_LT(p_of(true), 1e-6);
}

TEST(SyntheticChains, StartWhereTheyAreTold)
{
    const Simulator simulator = problems::gaussian_linear(2);
    const Values observed{0.5, -0.3};
    const Values starts{0, 0, 1, 0, 0, 1, 1, 1, 2, 0, 2, 1};
    const SyntheticState state = *begin_synthetic(simulator, observed, small(1), starts);
    EXPECT_EQ(state.archive, starts);
    for (std::size_t c = 0; c < 6; ++c) EXPECT_EQ(state.chains[c].deviates[0], starts[2 * c]);
    EXPECT_THROW(begin_synthetic(simulator, observed, small(1), std::span(starts).first(10)), std::invalid_argument);
    EXPECT_THROW(begin_synthetic(simulator, observed, small(1), std::span(starts).first(11)), std::invalid_argument);
    EXPECT_THROW(begin_synthetic(simulator, Values{1}, small(1)), std::invalid_argument);
    SyntheticSettings s = small(1);
    s.runs = 5;
    EXPECT_THROW(begin_synthetic(simulator, observed, s), std::invalid_argument);
}

TEST(Reduced, HasTheRulersCoordinates)
{
    const Simulator simulator = problems::simulator(problems::several(1, problems::normal(0, 1)), 2,
                                                    [](std::span<const double> t, const problems::Source&, std::span<double> x) { x[0] = t[0], x[1] = 2 * t[0]; });
    Ruler ruler{.reduction = Reduction::linear, .units = {2, 4}, .slopes = {3, 1}};
    const Values observed{1, 0}, parameters{5};
    const std::uint32_t replicate = 0;
    Values found(1);
    reduced(simulator, ruler, observed).run({1, {&replicate, 1}, parameters, found});
    EXPECT_EQ(found[0], 3 * (5 - 1) / 2.0 + 10 / 4.0);
    ruler.slopes.clear();
    const Simulator units = reduced(simulator, ruler, observed);
    EXPECT_EQ(units.summaries, simulator.summaries);
    EXPECT_THROW(reduced(simulator, ruler, Values{1}), std::invalid_argument);
}

} // namespace
