// Posteriors of approximate Bayesian computation that have a closed form at a tolerance that is not small.
#include "calibrate/diagnostics.hpp"
#include "calibrate/moves.hpp"
#include "calibrate/smc_abc.hpp"
#include "problems.hpp"
#include "statistical/z_test.hpp"

using namespace entente;
using problems::Values;

namespace {

constexpr double alpha = 1e-6;
constexpr std::size_t particles = 640;

/// y = t + noise of variance 1 in each of d coordinates, a prior that is flat where it matters.
Simulator flat(std::size_t d)
{
    return problems::simulator(problems::several(d, problems::uniform(-10, 10)), d, [](std::span<const double> t, const problems::Source& source, std::span<double> y) {
        for (std::uint32_t j = 0; j < t.size(); ++j) y[j] = t[j] + source.normals(j)[0];
    });
}
/// One of two models: t about .5 or about -1.5, each with variance 1, and y = t + noise of variance 1.
Simulator two_models()
{
    const Distribution models{.shape = Shape::table, .values = {0, 1}, .weights = {0.5, 0.5}};
    return problems::simulator({{"model", models}, {"deviation", problems::normal(0, 1)}}, 1,
                               [](std::span<const double> t, const problems::Source& source, std::span<double> y) { y[0] = (t[0] > 0 ? -1.5 : 0.5) + t[1] + source.normals()[0]; });
}

/// Values of particles that began in the middle, equally spread and far from what is sought, after so many moves inside a ball about 0.
Values after_moves(const Simulator& simulator, std::size_t summaries, double tolerance, std::uint32_t moves)
{
    const std::size_t d = simulator.parameters.size();
    Values pool, deviates, found(particles * summaries), observed(summaries);
    for (std::uint32_t i = 0; i < particles; ++i)
        for (std::uint32_t j = 0; j < d; ++j)
            deviates.push_back(0.02 * uniforms_at(1, "start", i, j)[0]), pool.push_back(normals_at(1, "pool", i, j)[0] * (simulator.parameters[j].prior.shape == Shape::uniform ? 0.12 : 1));
    const std::vector<Rule> rules{{Ruler{.units = Values(summaries, 1.0), .slopes = {}}, tolerance}};
    const Moves how{.pool = pool, .rules = rules, .seed = 5, .first = 0, .moves = moves, .odds = odds_of({}, {}, d), .one_in = 1000};
    EXPECT_TRUE(move(simulator, observed, how, deviates, found, 1, nullptr).whole);
    return values_at(simulator.parameters, deviates);
}

/// y lies anywhere in the ball alike, and t about it: to the variance of 1 each coordinate of a ball in d dimensions adds tolerance^2 / (d + 2).
TEST(AbcCases, AreAsMuchTooWideAsTheirTolerance)
{
    for (const auto& [d, tolerance, sd] : {std::tuple{1u, 1.0, 1.1547005383792515}, {1u, 2.0, 1.5275252316519465}, {2u, 2.0, 1.4142135623730951}, {5u, 2.0, 1.2535663410560174}}) {
        const Values t = after_moves(flat(d), d, tolerance, 200 * d);
        Values squares;
        for (std::size_t i = 0; i < t.size(); i += d) {
            double sum = 0;
            for (std::size_t j = 0; j < d; ++j) sum += t[i + j] * t[i + j] / d;
            squares.push_back(sum);
        }
        EXPECT_Z_WITHIN(estimate(squares, 5), sd * sd, alpha);
        if (tolerance > 1) { EXPECT_Z_OUTSIDE(estimate(squares, 5), 1, alpha); }
    }
}

/// The quantiles of t are those of the sum of a uniform in (-1, 1) and a normal number; for a twin those of the normal alone.
TEST(AbcCases, HaveTheQuantilesOfTheirTolerance)
{
    const Values t = after_moves(flat(1), 1, 2, 150);
    const auto share = [&](double within, double expected) {
        return share_estimate(static_cast<std::size_t>(std::ranges::count_if(t, [&](double x) { return std::abs(x) < within; })), t.size(), expected, 5);
    };
    EXPECT_Z_WITHIN(share(1.100201103218423, 0.5), 0.5, alpha);
    EXPECT_Z_WITHIN(share(2.9023458607734347, 0.95), 0.95, alpha);
    EXPECT_Z_OUTSIDE(share(0.6744897501960817, 0.5), 0.5, alpha);
}

/// Given a model y has variance 2: it is within 1 of 0 with probability .49376 about .5, .32328 about -1.5, and .49376 / (.49376 + .32328) is .60431. For a twin their prior shares.
TEST(AbcCases, WeighModelsByHowOftenTheyComeNear)
{
    const Values t = after_moves(two_models(), 1, 1, 150);
    std::size_t first = 0;
    for (std::size_t i = 0; i < t.size(); i += 2) first += t[i] == 0 ? 1 : 0;
    EXPECT_Z_WITHIN(share_estimate(first, particles, 0.60431, 5), 0.60431, alpha);
    EXPECT_Z_OUTSIDE(share_estimate(first, particles, 0.5, 5), 0.5, alpha);
}

/// As near as one likes, models are as probable as their densities at 0: exp(-.25 / 4) and exp(-2.25 / 4), .62246 of the first. Regression moves what is continuous and no model.
TEST(AbcCases, LeaveAlternativesAsTheyAre)
{
    const Simulator simulator = two_models();
    const Values observed{0};
    Values shares, means;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const SmcPosterior p = posterior_of(simulator, observed, smc_abc(simulator, observed, {.seed = seed, .particles = 500, .least_acceptance = 0.05, .threads = 1}));
        Values first, t;
        bool moved = false;
        for (std::size_t i = 0; i < p.weights.size(); ++i) {
            ASSERT_EQ(p.adjusted[2 * i], p.raw[2 * i]);
            moved = moved || p.adjusted[2 * i + 1] != p.raw[2 * i + 1];
            first.push_back(p.adjusted[2 * i] == 0 ? 1 : 0), t.push_back(p.adjusted[2 * i + 1]);
        }
        EXPECT_TRUE(moved);
        shares.push_back(weighted_mean({first, p.weights})), means.push_back(weighted_mean({t, p.weights}));
    }
    EXPECT_Z_WITHIN(estimate(shares, 1), 0.62246, alpha);
    EXPECT_Z_OUTSIDE(estimate(shares, 1), 0.5, alpha);
    EXPECT_Z_WITHIN(estimate(means, 1), -0.25 * 0.62246 + 0.75 * 0.37754, alpha); // half the way from a model's mean to 0
    EXPECT_Z_OUTSIDE(estimate(means, 1), 0, alpha);
}

/// One step of importance sampling by hand: from .2, .5, .9 with weights .5, .3, .2 and a normal kernel of variance .04 to .4, under a uniform prior. The weight is one over the kernels' mixture.
TEST(AbcCases, WeighAsByHand)
{
    const Values before{0.2, 0.5, 0.9}, weights{0.5, 0.3, 0.2};
    double mixture = 0;
    for (std::size_t i = 0; i < 3; ++i) mixture += weights[i] * std::exp(-(0.4 - before[i]) * (0.4 - before[i]) / 0.08) / (0.2 * std::sqrt(2 * std::numbers::pi));
    EXPECT_NEAR(mixture, 1.150553101937876, 1e-12);
    EXPECT_NEAR(1 / mixture, 0.8691471939154312, 1e-12);
    EXPECT_NEAR(effective_number(weights), 2.6315789473684212, 1e-12);
    EXPECT_NEAR(weighted_mean({before, weights}), 0.43, 1e-12);
    EXPECT_NEAR(weighted_variance({before, weights}) * (1 - 1 / effective_number(weights)), 0.0721, 1e-12);
}

/// Parameters that a synthetic world had: their 80 % intervals hold about 80 % of them, those of half the width about half.
TEST(AbcCases, RecoverTheParametersOfSyntheticData)
{
    const Simulator simulator = problems::gaussian_linear(2);
    std::size_t held = 0, half = 0, all = 0;
    for (std::uint32_t world = 0; world < 100; ++world) {
        const auto z = normals_at(9, "truth", world);
        const Values deviates{z[0], z[1]}, truth = values_at(simulator.parameters, deviates);
        Values observed(2);
        simulator.run({10, std::span(&world, 1), truth, observed});
        const SmcPosterior p = posterior_of(simulator, observed, smc_abc(simulator, observed, {.seed = world + 1, .particles = 200, .least_acceptance = 0.1, .threads = 1}));
        for (std::size_t j = 0; j < 2; ++j, ++all) {
            Values draws;
            for (std::size_t i = j; i < p.adjusted.size(); i += 2) draws.push_back(p.adjusted[i]);
            const double low = weighted_quantile({draws, p.weights}, 0.1), high = weighted_quantile({draws, p.weights}, 0.9), quarter = (high - low) / 4;
            held += low <= truth[j] && truth[j] <= high ? 1 : 0;
            half += low + quarter <= truth[j] && truth[j] <= high - quarter ? 1 : 0;
        }
    }
    EXPECT_Z_WITHIN(share_estimate(held, all, 0.8, 9), 0.8, alpha);
    EXPECT_Z_OUTSIDE(share_estimate(half, all, 0.8, 9), 0.8, alpha);
}

} // namespace
