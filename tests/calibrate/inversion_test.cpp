#include "calibrate/inversion.hpp"
#include "problems.hpp"
#include "statistical/z_test.hpp"
#include <limits>
#include <stdexcept>

using namespace entente;
using problems::Values;

namespace {

constexpr double alpha = 1e-6;
const Simulator simulator = problems::gaussian_linear(2);
const Values observed{0.5, -0.3};

/// Prior and noise have the same variance: of deviates, whose variance is 1, the posterior has mean x / (2 sd) and variance 1/2.
TEST(Inversion, ComesToKalmansPosterior)
{
    for (const std::size_t replicates : {2u, 10u}) {
        const InversionState state = inversion(simulator, observed, {.members = 4000, .replicates = replicates});
        ASSERT_EQ(state.stopped, InversionStopped::done);
        Values first, square;
        const double mean = -0.3 / (2 * std::sqrt(0.1));
        for (std::size_t i = 0; i < state.deviates.size(); i += 2)
            first.push_back(state.deviates[i]), square.push_back((state.deviates[i + 1] - mean) * (state.deviates[i + 1] - mean));
        EXPECT_Z_WITHIN(estimate(first, 1), 0.5 / (2 * std::sqrt(0.1)), alpha);
        EXPECT_Z_OUTSIDE(estimate(first, 1), 0.5 / (2.2 * std::sqrt(0.1)), alpha);
        EXPECT_Z_WITHIN(estimate(square, 1), 0.5, alpha);
        EXPECT_Z_OUTSIDE(estimate(square, 1), 1 / 1.5, alpha); // as if means of two runs had all of a run's noise again
        double sum = 0;
        for (const double size : state.sizes) sum += size;
        EXPECT_NEAR(sum, 1, 1e-9);
        EXPECT_EQ(state.runs, state.sizes.size() * 4000 * replicates);
    }
}

TEST(Inversion, HasTheSameBitsOnAnyNumberOfThreadsAndGoesOnFromAnyState)
{
    const Values far{2, -1};
    InversionSettings settings{.seed = 3, .threads = 1};
    std::vector<InversionState> states;
    const InversionState one = inversion(simulator, far, settings, {}, [&](const InversionState& s) { states.push_back(s); });
    ASSERT_GT(states.size(), 2u);
    EXPECT_EQ(one.begun, 20u);
    EXPECT_EQ(one.deviates, inversion(simulator, far, settings, states[0]).deviates);
    settings.threads = 3;
    EXPECT_EQ(one.deviates, inversion(simulator, far, settings).deviates);
    std::atomic<bool> stop{true};
    EXPECT_EQ(inversion(simulator, far, settings, states[1], {}, &stop).sizes, states[1].sizes);
    settings.seed = 4;
    EXPECT_NE(one.deviates, inversion(simulator, far, settings).deviates);
}

TEST(Inversion, SaysWhyItStops)
{
    EXPECT_EQ(inversion(simulator, Values{50, 50}, {.most_steps = 3}).stopped, InversionStopped::too_far);
    Simulator some = simulator;
    some.run = [](const Batch& runs) {
        simulator.run(runs);
        for (std::size_t i = 0; i < runs.size(); ++i)
            if (runs.parameters[2 * i] < -0.2) runs.summaries[2 * i] = std::numeric_limits<double>::quiet_NaN();
    };
    const InversionState left = inversion(some, observed, {.members = 100});
    EXPECT_EQ(left.stopped, InversionStopped::done);
    EXPECT_LT(left.deviates.size(), 200u);
    some.run = [](const Batch& runs) { std::ranges::fill(runs.summaries, std::numeric_limits<double>::quiet_NaN()); };
    const InversionState none = inversion(some, observed, {});
    EXPECT_EQ(none.stopped, InversionStopped::too_few);
    EXPECT_TRUE(failed(none.stopped));
    EXPECT_THROW(next_inversion(simulator, observed, {}, none), std::invalid_argument);
    EXPECT_THROW(inversion(simulator, Values{1}, {}), std::invalid_argument);
    EXPECT_THROW(inversion(simulator, observed, {.replicates = 1}), std::invalid_argument);
}

/// A summary that never varies, and one that is another's double, decide nothing.
TEST(Inversion, BearsSummariesThatSayNothing)
{
    const Simulator more = problems::simulator(simulator.parameters, 4, [](std::span<const double> t, const problems::Source& source, std::span<double> x) {
        const auto z = source.normals();
        x[0] = t[0] + 0.3 * z[0], x[1] = t[1] + 0.3 * z[1], x[2] = 7, x[3] = 2 * x[0];
    });
    const InversionState state = inversion(more, Values{0.5, -0.3, 7, 1}, {});
    EXPECT_EQ(state.stopped, InversionStopped::done);
    for (const double z : state.deviates) EXPECT_LT(std::abs(z), 6);
}

} // namespace
