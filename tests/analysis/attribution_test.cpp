// Who explains the spread, on data whose shares are known: every column is -1 and +1 equally often, no two of them know of each other, and the alignment
// index is a weighted sum of them. Then a column's share of the variance is its weight's square over the sum of all squares.
#include "analysis/attribution.hpp"
#include <array>
#include <gtest/gtest.h>

namespace entente {
namespace {

constexpr std::uint32_t runs = 256;
/// -1 or +1 by a digit of the run's number: runs of 256 take every combination equally often.
double sign(std::size_t run, unsigned digit) { return (run >> digit & 1) != 0 ? 1 : -1; }

/// Two drawn parameters around a fixed one, and three structures: the first fixed, the second mixed of two readings, the third of all its three.
Scenario scenario_of(std::uint32_t of = runs)
{
    Scenario s;
    s.runs = of;
    for (const Shape shape : {Shape::uniform, Shape::value, Shape::normal}) s.parameters.push_back({{.shape = shape, .a = 0, .b = 1}, {}});
    for (const std::vector<double>& weights : {std::vector<double>{0, 1}, {0.5, 0.5}, {0.25, 0.5, 0.25}}) s.structures.push_back({weights, {}});
    return s;
}

struct Data {
    Job job;
    BlockResult result;
    std::vector<double> alignment;
};
/// What a run's row holds.
struct Future {
    std::array<double, 3> parameters;
    std::array<int, 3> readings;
    double alignment;
};
template <class Of> Data data_of(std::uint32_t n, const Of& of, std::uint32_t first = 0)
{
    Data d;
    d.job.replicates.resize(n), d.job.parameters.resize(3 * n), d.job.structures.resize(3 * n), d.result.failed_quarter.assign(n, -1);
    for (std::uint32_t i = 0; i < n; ++i) {
        const Future f = of(first + i);
        for (std::size_t k = 0; k < 3; ++k) {
            d.job.parameters[k * n + i] = static_cast<float>(f.parameters[k]);
            d.job.structures[k * n + i] = static_cast<float>(f.readings[k]);
        }
        d.alignment.push_back(f.alignment);
    }
    return d;
}
template <class Of> Summary attributed(const Scenario& s, const Of& of)
{
    AttributionSample sample(s, 124);
    const Data d = data_of(s.runs, of);
    sample.add({0, d.job, d.result}, d.alignment);
    Summary summary;
    sample.attribute(summary);
    return summary;
}

/// Share of the variance left unexplained -> adjusted R2.
double adjusted(double unexplained, double n, double columns) { return 1 - unexplained * (n - 1) / (n - 1 - columns); }

// 4 a + 2 b + 2 s + e: of 16 + 4 + 4 + 1 = 25 the parameters have 20 and the structure 4. Readings are -1 and +1 here: 0 and 1 with twice the weight.
// Columns: two parameters, one reading of the second structure, two of the third, which says nothing.
Future linear(std::uint32_t i)
{
    const double a = sign(i, 0), b = sign(i, 1), s = sign(i, 2), e = sign(i, 3);
    return {{a, 7, 3 + 2 * b}, {1, s > 0 ? 1 : 0, static_cast<int>(i >> 4 & 1) + static_cast<int>(i >> 5 & 1)}, 0.5 + 0.0625 * (4 * a + 2 * b + 2 * s + e)};
}

TEST(Attribution, OfALinearSumIsItsShares)
{
    const Summary s = attributed(scenario_of(), linear);
    EXPECT_EQ(s.attribution_used, 256u);
    EXPECT_EQ(s.attribution_quarter, 124);
    EXPECT_NEAR(s.variance, 25 * 0.0625 * 0.0625 * 256 / 255, 1e-6);
    EXPECT_NEAR(s.by_parameters, adjusted(5 / 25.0, 256, 2), 1e-6);                              // .798419
    EXPECT_NEAR(s.by_structures, adjusted(1 / 25.0, 256, 5) - adjusted(5 / 25.0, 256, 2), 1e-6); // .160781
}

// The third structure's readings 0, 1, 2 are taken by 1/4, 1/2 and 1/4 of the runs, and move the index by -1, 0 and +1 (variance 1/2), or by -1, 1, -1 (variance
// 1): two indicators tell all three apart, so nothing is left. A column less would leave half or all of it.
TEST(Attribution, OfThreeReadingsTakesTwoColumns)
{
    const auto rising = [](std::uint32_t i) {
        Future f = linear(i);
        return f.alignment = 0.125 * (f.readings[2] - 1), f;
    };
    const auto middle = [](std::uint32_t i) {
        Future f = linear(i);
        return f.alignment = f.readings[2] == 1 ? 0.125 : -0.125, f;
    };
    EXPECT_NEAR(attributed(scenario_of(), rising).by_structures, 1, 1e-6);
    EXPECT_NEAR(attributed(scenario_of(), middle).by_structures, 1, 1e-6);
    EXPECT_EQ(attributed(scenario_of(), middle).by_parameters, 0) << "less than by chance is nothing";
}

// The second structure follows the first parameter in three runs of four (correlation 1/2) and makes all of the index: the parameter alone explains a quarter, and
// the structure has what it adds.
TEST(Attribution, GivesStructuresWhatTheyAddLast)
{
    const auto follows = [](std::uint32_t i) {
        Future f = linear(i);
        const double s = sign(i, 2) + sign(i, 3) == 2 ? -f.parameters[0] : f.parameters[0];
        return f.readings[1] = s > 0 ? 1 : 0, f.alignment = 0.25 * s, f;
    };
    const Summary s = attributed(scenario_of(), follows);
    EXPECT_NEAR(s.by_parameters, adjusted(0.75, 256, 2), 1e-6);
    EXPECT_NEAR(s.by_structures, 1 - adjusted(0.75, 256, 2), 1e-6);
}

TEST(Attribution, LeavesFailedRunsOut)
{
    // with run 3 of every 16 turned upside down and failed, no other run is touched: 240 are left
    AttributionSample sample(scenario_of(), 124);
    Data d = data_of(runs, [](std::uint32_t i) {
        Future f = linear(i);
        if (i % 16 == 3) f.alignment = 100;
        return f;
    });
    for (std::uint32_t i = 3; i < runs; i += 16) d.result.failed_quarter[i] = 60;
    sample.add({0, d.job, d.result}, d.alignment);
    Summary s;
    sample.attribute(s);
    EXPECT_EQ(s.attribution_used, 240u);
    EXPECT_LT(s.variance, 0.2);
    EXPECT_GT(s.by_parameters, 0.75);
}

TEST(Attribution, DoesNotDependOnHowRunsCome)
{
    const Summary whole = attributed(scenario_of(), linear);
    AttributionSample sample(scenario_of(), 124);
    for (const std::uint32_t first : {192u, 0u, 64u, 128u}) {
        const Data d = data_of(64, linear, first);
        sample.add({first, d.job, d.result}, d.alignment);
    }
    Summary parts;
    sample.attribute(parts);
    EXPECT_EQ(parts.by_parameters, whole.by_parameters);
    EXPECT_EQ(parts.by_structures, whole.by_structures);
    EXPECT_EQ(parts.variance, whole.variance);
}

// Five columns take 3 * 5 + 100 runs.
TEST(Attribution, IsNotGivenOfTooFewRunsNorOfNothing)
{
    EXPECT_EQ(attributed(scenario_of(115), linear).attribution_used, 115u);
    EXPECT_EQ(attributed(scenario_of(114), linear).attribution_used, 0u);
    Scenario fixed = scenario_of();
    for (ParameterSetting& p : fixed.parameters) p.distribution.shape = Shape::value;
    for (StructureSetting& s : fixed.structures) s.weights = {1};
    EXPECT_EQ(attributed(fixed, linear).attribution_used, 0u);
    const Summary same = attributed(scenario_of(), [](std::uint32_t i) {
        Future f = linear(i);
        return f.alignment = 0.5, f;
    });
    EXPECT_EQ(same.variance, 0);
    EXPECT_EQ(same.by_parameters, 0) << "no spread, no shares";
}

TEST(Attribution, TakesTheFirstRunsAlone)
{
    Scenario s = scenario_of(attribution_runs + 256);
    const Summary summary = attributed(s, [](std::uint32_t i) {
        Future f = linear(i);
        if (i >= attribution_runs) f.alignment = 100;
        return f;
    });
    EXPECT_EQ(summary.attribution_used, attribution_runs);
    EXPECT_LT(summary.variance, 0.2);
}

} // namespace
} // namespace entente
