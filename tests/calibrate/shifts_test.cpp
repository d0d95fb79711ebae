// A model of one parameter that can meet four targets, and a fifth where it agrees with them.
#include "calibrate/shifts.hpp"
#include "calibrate/synthetic_chains.hpp"
#include "problems.hpp"
#include "statistical/z_test.hpp"

using namespace entente;
using problems::Values;

namespace {

constexpr double alpha = 1e-6, noise = 0.3;

const Simulator often = problems::simulator(problems::several(1, problems::normal(0, 1)), 5, [](std::span<const double> t, const problems::Source& source, std::span<double> x) {
    for (std::uint32_t i = 0; i < 5; ++i) x[i] = t[0] + noise * source.normals(i / 4)[i % 4];
});
const Values conflict{0, 0.1, 0.05, -0.05, 2.4}, agreement{0, 0.1, 0.05, -0.05, 0.2};

/// The posterior mean, by integration; all shifts are integrated out.
double exact_mean(const Values& observed)
{
    const auto shifted = [](double apart) { // density of noise and a shift together, up to a factor
        double sum = 0;
        for (double shift = -15; shift < 15; shift += 0.01) sum += std::exp(-std::abs(shift) / shift_scale - (apart - shift) * (apart - shift) / 2);
        return sum;
    };
    double whole = 0, first = 0;
    for (double t = -1; t < 2; t += 0.01) {
        double weight = std::exp(-t * t / 2);
        for (const double x : observed) weight *= shifted((x - t) / noise);
        whole += weight, first += weight * t;
    }
    return first / whole;
}

struct Found {
    Estimate mean;
    std::vector<TargetShift> shifts; ///< of the last
};
/// Beside a conflict, likelihoods without shifts are noisy: they take more runs a point.
Found found(const Values& observed, bool shifts)
{
    Values means;
    Found f;
    for (std::uint64_t seed = 1; seed <= (shifts ? 12u : 1u); ++seed) {
        const SyntheticSettings settings{
            .seed = seed, .chains = 6, .runs = shifts ? 60u : 400u, .shifts = shifts, .guesses = 10, .most_rhat = 1.1, .least_ess = 80, .most_runs = 1'000'000, .threads = 1};
        const SyntheticState state = synthetic_chains(often, observed, settings, *begin_synthetic(often, observed, settings));
        EXPECT_FALSE(failed(state.stopped)) << to_text(state.stopped);
        EXPECT_TRUE(!shifts || state.stopped == SyntheticStopped::converged) << to_text(state.stopped);
        const SyntheticPosterior p = posterior_of(often, state);
        double sum = 0;
        for (const double t : p.draws) sum += t / static_cast<double>(p.draws.size());
        means.push_back(sum);
        if (shifts) f.shifts = shifts_of(p.shifts, often.summaries);
    }
    f.mean = estimate(means, 1);
    return f;
}

TEST(Shifts, NameTheTargetThatCannotBeMet)
{
    const Found with = found(conflict, true), without = found(conflict, false);
    for (std::size_t k = 0; k < 5; ++k) EXPECT_EQ(with.shifts[k].unmet, k == 4);
    EXPECT_GT(with.shifts[4].median, 4);
    EXPECT_LT(with.shifts[4].median, 8);
    const std::string text = to_text(with.shifts);
    EXPECT_EQ(text.find("x5: observed "), 0u) << text;
    EXPECT_NE(text.find(" above "), std::string::npos) << text;
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    // the conflict drags a normal posterior to the middle of all, the other one by less than half as much
    const double middle = 2.5 / (noise * noise) / (1 + 5 / (noise * noise)), exact = exact_mean(conflict);
    EXPECT_NEAR(without.mean.mean, middle, 0.1);
    EXPECT_Z_WITHIN(with.mean, exact, alpha);
    EXPECT_Z_OUTSIDE(with.mean, middle, alpha);
    EXPECT_LT(exact, middle / 2);
}

TEST(Shifts, NameNothingWhereAllTargetsCanBeMet)
{
    const Found with = found(agreement, true);
    EXPECT_EQ(to_text(with.shifts), "");
    EXPECT_Z_WITHIN(with.mean, exact_mean(agreement), alpha);
    EXPECT_Z_OUTSIDE(with.mean, 0.2, alpha);
    for (const TargetShift& s : with.shifts) EXPECT_LT(s.high - s.low, 2 * s.prior_high + 0.5);
}

/// One shift given runs whose mean and spread are known: by integration over its density.
TEST(Shifts, AreDrawnFromTheirDistribution)
{
    Values runs, weights, draws;
    for (std::uint32_t i = 0; i < 30; ++i) runs.push_back(normals_at(1, "run", i)[0]);
    const RunMoments moments = moments_of(runs, 1);
    const Values observed{2}, unit{0.5};
    for (const NormalDensity density : {NormalDensity::plug_in, NormalDensity::unbiased}) {
        double whole = 0, first = 0;
        for (double shift = -20; shift < 20; shift += 0.001) {
            const double weight = std::exp(log_likelihood_part(moments, squared_distance(moments, Values{2 - 0.5 * shift}), density) - std::abs(shift) / shift_scale);
            whole += weight, first += weight * shift;
        }
        draws.clear();
        for (std::uint32_t chain = 0; chain < 2000; ++chain) {
            UniformStream uniforms(1, "chain", chain);
            Values shifts{0};
            for (int i = 0; i < 20; ++i) shifts = next_shifts(shifts, moments, observed, unit, density, uniforms);
            draws.push_back(shifts[0]);
        }
        EXPECT_Z_WITHIN(estimate(draws, 1), first / whole, alpha);
        EXPECT_Z_OUTSIDE(estimate(draws, 1), 1.3 * first / whole, alpha);
    }
}

} // namespace
