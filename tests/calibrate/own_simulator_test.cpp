// How to calibrate a simulator of one's own.
#include "calibrate/diagnostics.hpp"
#include "calibrate/smc_abc.hpp"
#include "calibrate/uniforms.hpp"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace entente;

/// Failures of a machine that is repaired at once: how many there were in each of two years, and the longest time without one.
void run_machines(const Batch& runs)
{
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const double rate = runs.parameters[2 * i], ageing = runs.parameters[2 * i + 1]; // a year; by how much more in the second
        double time = 0, longest = 0, failures[2] = {};
        for (std::uint32_t n = 0; time < 2; ++n) {
            const double u = uniforms_at(runs.seed, "time to failure", runs.replicates[i], n)[0];
            const double pause = -std::log(u) / (time < 1 ? rate : rate * ageing);
            longest = std::max(longest, std::min(pause, 2 - time));
            if ((time += pause) < 2) ++failures[time < 1 ? 0 : 1];
        }
        runs.summaries[3 * i] = failures[0], runs.summaries[3 * i + 1] = failures[1], runs.summaries[3 * i + 2] = longest;
    }
}

TEST(OwnSimulator, IsCalibrated)
{
    const Distribution rate{.shape = Shape::log_normal, .a = 10, .b = 1, .values = {}, .weights = {}}, ageing{.shape = Shape::uniform, .a = 1, .b = 4, .values = {}, .weights = {}};
    const Simulator machines{.parameters = {{"rate", rate}, {"ageing", ageing}}, .summaries = {"first year", "second year", "longest pause"}, .run = run_machines};
    const std::vector<double> observed{20, 41, 0.2};
    const SmcState state = smc_abc(machines, observed, {.seed = 7, .particles = 500, .least_acceptance = 0.05});
    ASSERT_FALSE(failed(state.stopped)) << to_text(state.stopped);
    const SmcPosterior posterior = posterior_of(machines, observed, state);
    std::vector<double> rates;
    for (std::size_t draw = 0; draw < posterior.weights.size(); ++draw) rates.push_back(posterior.adjusted[2 * draw]);
    EXPECT_NEAR(weighted_mean({rates, posterior.weights}), 20, 3);
}
