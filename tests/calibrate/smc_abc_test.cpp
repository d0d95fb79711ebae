#include "calibrate/smc_abc.hpp"
#include "calibrate/diagnostics.hpp"
#include "problems.hpp"
#include "statistical/z_test.hpp"
#include <limits>
#include <stdexcept>

using namespace entente;
using problems::Values;

namespace {

constexpr double alpha = 1e-6;

SmcSettings small(std::uint64_t seed) { return {.seed = seed, .particles = 300, .least_acceptance = 0.03, .settled = 0, .most_runs = 200'000, .threads = 1}; }
/// One parameter's draws of many.
Values column(const Values& draws, std::size_t j, std::size_t d)
{
    Values one;
    for (std::size_t i = j; i < draws.size(); i += d) one.push_back(draws[i]);
    return one;
}

/// Of independent calibrations, the posterior means of each function.
template <class... F> std::vector<Estimate> posterior_means(const Simulator& simulator, const Values& observed, Reduction reduction, F... functions)
{
    std::vector<Values> means(sizeof...(F));
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SmcSettings settings = small(seed);
        settings.reduction = reduction;
        const SmcPosterior p = posterior_of(simulator, observed, smc_abc(simulator, observed, settings));
        const std::size_t d = simulator.parameters.size();
        std::size_t at = 0;
        const auto add = [&](auto f) {
            Values each;
            for (std::size_t i = 0; i < p.weights.size(); ++i) each.push_back(f(std::span<const double>(p.adjusted).subspan(i * d, d)));
            means[at++].push_back(weighted_mean({each, p.weights}));
        };
        (add(functions), ...);
    }
    std::vector<Estimate> estimates;
    for (const Values& m : means) estimates.push_back(estimate(m, 1));
    return estimates;
}

/// Prior and noise have the same variance, .1: mean x / 2, variance .05.
TEST(SmcAbc, FindsTheGaussianPosterior)
{
    const Simulator simulator = problems::gaussian_linear(3);
    const Values observed{0.5, -0.3, 0.2};
    for (const Reduction reduction : {Reduction::none, Reduction::linear}) {
        const auto found = posterior_means(
            simulator, observed, reduction, [](auto t) { return t[0]; }, [](auto t) { return (t[1] + 0.15) * (t[1] + 0.15); });
        EXPECT_Z_WITHIN(found[0], 0.25, alpha);
        EXPECT_Z_OUTSIDE(found[0], 0.5, alpha);
        EXPECT_Z_WITHIN(found[1], 0.05, alpha);
        EXPECT_Z_OUTSIDE(found[1], 0.1, alpha);
    }
}

/// Sixty summaries of one parameter, of which four hundred particles are too few for a regression on all: prior variance 1, noise variance 4, so that the posterior's deviation is 1 / 4.
TEST(SmcAbc, HasTheWidthOfThePosteriorWhereSummariesAreMany)
{
    constexpr std::size_t summaries = 60;
    Simulator simulator{.parameters = {{.name = "theta", .prior = {.shape = Shape::normal, .a = 0, .b = 1}}}, .summaries = std::vector<std::string>(summaries, "x"), .run = {}};
    simulator.run = [](const Batch& runs) {
        for (std::size_t i = 0; i < runs.size(); ++i)
            for (std::uint32_t k = 0; k < summaries; ++k)
                runs.summaries[i * summaries + k] = runs.parameters[i] + 2 * normals_at(runs.seed, "noise", runs.replicates[i], k / 4)[k % 4];
    };
    const Values observed(summaries, 0.3);
    Values deviations;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        SmcSettings settings = small(seed);
        settings.particles = 400, settings.reduction = Reduction::linear;
        const SmcPosterior p = posterior_of(simulator, observed, smc_abc(simulator, observed, settings));
        deviations.push_back(std::sqrt(weighted_variance({p.adjusted, p.weights})));
    }
    const Estimate found = estimate(deviations, 1);
    EXPECT_Z_OUTSIDE(found, 0.49, alpha);
    EXPECT_NEAR(found.mean, 0.25, 0.03);
}

/// What is bounded: of a normal distribution about .9 with variance .1, cut at 1.
TEST(SmcAbc, StaysInsideThePrior)
{
    const Simulator simulator = problems::gaussian_linear_uniform(1);
    const double sd = std::sqrt(0.1), cut = 0.1 / sd, density = std::exp(-cut * cut / 2) / std::sqrt(2 * std::numbers::pi);
    const Values observed{0.9};
    const Estimate mean = posterior_means(simulator, observed, Reduction::none, [](auto t) {
        EXPECT_LE(std::abs(t[0]), 1);
        return t[0];
    })[0];
    EXPECT_Z_WITHIN(mean, 0.9 - sd * density / normal_below(cut), alpha);
    EXPECT_Z_OUTSIDE(mean, 0.9, alpha);
}

/// The nearer half of a mixture's draws, and both of two moons.
TEST(SmcAbc, FindsBothPartsOfAMixture)
{
    const Values observed{2, -3};
    const Values draws = problems::gaussian_mixture_exact(observed, 100'000, 7);
    double near = 0;
    for (std::size_t i = 0; i < draws.size(); i += 2) near += std::hypot(draws[i] - 2, draws[i + 1] + 3) < 0.3 ? 1e-5 : 0;
    const auto is_near = [](auto t) { return std::hypot(t[0] - 2, t[1] + 3) < 0.3 ? 1.0 : 0.0; };
    SmcSettings settings{.particles = 500, .reduction = Reduction::none, .most_moves = 2000, .least_acceptance = 0.004, .settled = 0, .most_runs = 600'000, .threads = 1};
    Values shares;
    for (settings.seed = 1; settings.seed <= 6; ++settings.seed) {
        const Simulator simulator = problems::gaussian_mixture();
        const SmcState state = smc_abc(simulator, observed, settings);
        const SmcPosterior p = posterior_of(simulator, observed, state);
        double share = 0;
        for (std::size_t i = 0; i < p.raw.size(); i += 2) share += is_near(std::span<const double>(p.raw).subspan(i, 2)) / static_cast<double>(p.raw.size() / 2);
        shares.push_back(share);
    }
    EXPECT_NEAR(estimate(shares, 1).mean, near, 0.05);
}
TEST(SmcAbc, FindsBothMoons)
{
    const Simulator simulator = problems::two_moons();
    const Values observed{0, 0};
    const Estimate first = posterior_means(simulator, observed, Reduction::none, [](auto t) { return t[0] + t[1] > 0 ? 1.0 : 0.0; })[0];
    EXPECT_Z_WITHIN(first, 0.5, alpha);
    EXPECT_Z_OUTSIDE(first, 1, alpha);
}

bool same(const SmcState& a, const SmcState& b)
{
    bool all = a.deviates == b.deviates && a.summaries == b.summaries && a.next == b.next && a.runs == b.runs && a.stopped == b.stopped && a.rules.size() == b.rules.size()
               && a.generations.size() == b.generations.size();
    for (std::size_t i = 0; all && i < a.rules.size(); ++i) all = a.rules[i].ruler == b.rules[i].ruler && a.rules[i].tolerance == b.rules[i].tolerance;
    return all;
}

TEST(SmcAbc, HasTheSameBitsOnAnyNumberOfThreads)
{
    const Simulator simulator = problems::slcp();
    const Values observed{1, 0, 2, 1, -1, 0, 1, 2};
    for (const Reduction reduction : {Reduction::none, Reduction::linear, Reduction::quadratic}) {
        SmcSettings settings = small(3);
        settings.reduction = reduction, settings.most_generations = 3;
        const SmcState one = smc_abc(simulator, observed, settings);
        settings.threads = 3;
        EXPECT_TRUE(same(one, smc_abc(simulator, observed, settings)));
        settings.seed = 4;
        EXPECT_FALSE(same(one, smc_abc(simulator, observed, settings)));
    }
}

TEST(SmcAbc, GoesOnFromAnyGeneration)
{
    const Simulator simulator = problems::gaussian_linear(2);
    const Values observed{0.5, -0.3};
    SmcSettings settings = small(5);
    settings.most_generations = 4, settings.least_acceptance = 0.001, settings.most_runs = 2'000'000;
    std::vector<SmcState> states;
    const SmcState whole = smc_abc(simulator, observed, settings, {}, [&](const SmcState& s) { states.push_back(s); });
    ASSERT_EQ(states.size(), 4u);
    EXPECT_EQ(whole.stopped, Stopped::generations);
    EXPECT_TRUE(same(whole, smc_abc(simulator, observed, settings, states[1])));
    // Stopped in the middle of a generation: the state before it, from which the same comes.
    std::atomic<bool> stop{false};
    std::atomic<int> calls{0};
    Simulator slow = simulator;
    slow.run = [&](const Batch& runs) {
        if (++calls == 1000) stop = true;
        simulator.run(runs);
    };
    const SmcState cut = smc_abc(slow, observed, settings, {}, {}, &stop);
    EXPECT_EQ(cut.stopped, Stopped::not_yet);
    EXPECT_LT(cut.generations.size(), 4u);
    EXPECT_GT(cut.runs, 0u);
    EXPECT_TRUE(same(whole, smc_abc(simulator, observed, settings, cut)));
}

TEST(SmcAbc, SaysWhyItStops)
{
    const Simulator simulator = problems::gaussian_linear(2);
    const Values observed{0.5, -0.3};
    const auto why = [&](SmcSettings s) { return smc_abc(simulator, observed, s).stopped; };
    EXPECT_EQ(why(small(1)), Stopped::acceptance);
    SmcSettings s = small(1);
    s.most_runs = 10'000;
    const SmcState short_of = smc_abc(simulator, observed, s);
    EXPECT_EQ(short_of.stopped, Stopped::budget);
    EXPECT_LE(short_of.runs, s.most_runs);
    s = small(1), s.settled = 10, s.least_acceptance = 0.001;
    EXPECT_EQ(why(s), Stopped::settled);
    s = small(1), s.least_tolerance = 1;
    EXPECT_EQ(why(s), Stopped::tolerance);
    s = small(1), s.most_moves = 1;
    EXPECT_EQ(why(s), Stopped::too_few_particles);
    EXPECT_TRUE(failed(Stopped::too_few_particles));
    EXPECT_FALSE(failed(Stopped::acceptance));
}

TEST(SmcAbc, SaysThatNothingIsNear)
{
    const Simulator simulator = problems::gaussian_linear(2);
    SmcSettings s = small(1);
    s.deviations = {0.3, 0.3};
    EXPECT_EQ(smc_abc(simulator, Values{50, 50}, s).stopped, Stopped::nothing_near);
    EXPECT_EQ(smc_abc(simulator, Values{0.2, 50}, s).rules.size() > 1, true); // one target that cannot be met does not rule out all
    Simulator failing = simulator;
    failing.run = [](const Batch& runs) { std::ranges::fill(runs.summaries, std::numeric_limits<double>::quiet_NaN()); };
    const SmcState none = smc_abc(failing, Values{0, 0}, s);
    EXPECT_EQ(none.stopped, Stopped::nothing_near);
    EXPECT_EQ(none.failed_runs, 3000u);
}

/// Where half of the prior fails, the posterior is what lies in the other half.
TEST(SmcAbc, RefusesParametersWhoseRunsFail)
{
    const Simulator simulator = problems::gaussian_linear(2);
    Simulator half = simulator;
    half.run = [&](const Batch& runs) {
        simulator.run(runs);
        for (std::size_t i = 0; i < runs.size(); ++i)
            if (runs.parameters[2 * i] < 0) runs.summaries[2 * i] = std::numeric_limits<double>::infinity();
    };
    const Values observed{0, 0};
    const SmcState state = smc_abc(half, observed, small(1));
    EXPECT_EQ(state.stopped, Stopped::acceptance);
    EXPECT_GT(state.failed_runs, 1500u);
    EXPECT_GE(std::ranges::min(column(posterior_of(half, observed, state).raw, 0, 2)), 0);
}

TEST(SmcAbc, PassesOnWhatASimulatorThrows)
{
    Simulator simulator = problems::gaussian_linear(2);
    simulator.run = [](const Batch&) { throw std::runtime_error("no"); };
    EXPECT_THROW(smc_abc(simulator, Values{0, 0}, small(1)), std::runtime_error);
}

TEST(SmcAbc, RefusesWhatDoesNotFit)
{
    const Simulator simulator = problems::gaussian_linear(2);
    EXPECT_THROW(smc_abc(simulator, Values{0}, small(1)), std::invalid_argument);
    EXPECT_THROW(smc_abc(simulator, Values{0, std::numeric_limits<double>::quiet_NaN()}, small(1)), std::invalid_argument);
    SmcSettings s = small(1);
    s.kept = 1;
    EXPECT_THROW(smc_abc(simulator, Values{0, 0}, s), std::invalid_argument);
    s = small(1), s.deviations = {1};
    EXPECT_THROW(smc_abc(simulator, Values{0, 0}, s), std::invalid_argument);
    s.deviations = {1, 0};
    EXPECT_THROW(smc_abc(simulator, Values{0, 0}, s), std::invalid_argument);
}

TEST(Prior, IsTheDistributionAtADeviate)
{
    EXPECT_NEAR(normal_below(0), 0.5, 1e-7);
    for (const double z : {-4.5, -2.0, -0.5, 1.0, 3.0}) {
        EXPECT_NEAR(normal_below(z) / (std::erfc(-z / std::numbers::sqrt2) / 2), 1, 2e-7) << z;
        EXPECT_NEAR(normal_at(normal_below(z)), z, 3e-5) << z;
    }
    EXPECT_EQ(value_at(problems::normal(3, 2), 1.5), 6);
    EXPECT_NEAR(value_at(problems::log_normal(3, 2), 0.5), 3 * std::exp(1.0), 1e-9);
    EXPECT_NEAR(value_at(problems::uniform(-1, 3), 0), 1, 1e-6);
    EXPECT_LE(value_at(problems::uniform(-1, 3), 40), 3);
    const Distribution readings{.shape = Shape::table, .values = {0, 1}, .weights = {0.25, 0.75}};
    EXPECT_EQ(value_at(readings, -0.7), 0);
    EXPECT_EQ(value_at(readings, -0.6), 1);
    const Distribution cut{.shape = Shape::normal, .a = 0, .b = 1, .cut = Cut::truncate, .low = 0, .high = 5, .values = {}, .weights = {}};
    EXPECT_NEAR(value_at(cut, 0), 0.6745, 1e-4);
}

TEST(Ruler, MeasuresInUnitsOfItsRuns)
{
    const Seen seen{.deviates = {0, 1, 2, 3, 4}, .summaries = {0, 5, 10, 5, 20, 5, 30, 5, 40, 5}};
    const Ruler plain = ruler_of(Reduction::none, seen, Values{0, 5});
    EXPECT_EQ(plain.units, (Values{10, 0})); // the second never varies
    EXPECT_EQ(distance(plain, Values{25, 99}, Values{0, 5}), 2.5);
    const Ruler linear = ruler_of(Reduction::linear, seen, Values{0, 5});
    EXPECT_NEAR(distance(linear, Values{20, 5}, Values{0, 5}), std::numbers::sqrt2, 1e-6); // two of the parameter's spread, whose variance is two
    const Ruler worst = implausibility(Values{1, 2, 1});
    EXPECT_EQ(distance(worst, Values{9, 4, 1}, Values{0, 0, 0}), 2);
    EXPECT_TRUE(std::isinf(distance(worst, Values{9, std::numeric_limits<double>::quiet_NaN(), 1}, Values{0, 0, 0})));
    EXPECT_EQ(terms_of(Reduction::quadratic, 8), 44u);
}

} // namespace
