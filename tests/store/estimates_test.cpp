// Estimates at the points of a sweep, as its file has them, against its own runs.
#include "analysis/answer.hpp"
#include "analysis/precision.hpp"
#include "program.hpp"
#include "store/sweep_file.hpp"
#include "write_file.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace entente {
namespace {

/// Two policies that differ in trust from the first free quarter on, and in who leads Russia.
constexpr const char* text = R"(title = "Apart"
assumes = "nothing"
outcomes = ["mean trust at 2016", "median trust at 2016", "succession by 2016", "90% of trust at 2016"]
[scenario]
file = "{}/tests/by_priors/baseline.toml"
start = "2015Q1"
horizon = "2016Q1"
agents = {{ firms = 2, banks = 1, elites = 8 }}
[[factor]]
name = "carrot"
sets = "levers.western_carrot"
range = [0, 1]
[[factor]]
name = "death"
sets = "events.death"
levels = ["2015Q2", "never"]
[[policy]]
name = "as it is"
[[policy]]
name = "distrust"
pins = {{ trust = {{ add = -0.05, from = "2015Q1" }} }}
events = {{ reform = "2015Q3" }}
[design]
kind = "sobol"
points = {}
replicates = {}
)";

struct PointEstimates : ProgramTest {
    std::string swept(int points, int replicates) const
    {
        write_file(path("s.toml"), fmt::format(text, SOURCE_DIR, points, replicates));
        const Ran ran = run("sweep s.toml --out s.h5");
        EXPECT_EQ(ran.code, 0) << ran.err;
        return path("s.h5");
    }
};

/// A policy's values at a point, sorted.
std::vector<double> column_of(const std::vector<double>& all, const SweepHead& h, std::size_t policy, std::size_t point)
{
    std::vector<double> column;
    for (std::size_t r = 0; r < h.replicates; ++r) column.push_back(all[(policy * h.replicates + r) * h.points + point]);
    std::ranges::sort(column);
    return column;
}
double mean_of(const std::vector<double>& x) { return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size()); }
/// Between the order statistics on either side of rank p (n + 1).
double quantile_of(const std::vector<double>& sorted, double p)
{
    const double rank = p * static_cast<double>(sorted.size() + 1);
    const auto below = static_cast<std::size_t>(rank);
    return sorted[below - 1] + (rank - static_cast<double>(below)) * (sorted[below] - sorted[below - 1]);
}

TEST_F(PointEstimates, AreThoseOfTheirRuns)
{
    const std::string file = swept(7, 150);
    const StoredSweep s = read_sweep_result(file);
    ASSERT_EQ(s.head.replicates, 150u);
    const auto estimate = [&](std::size_t outcome, std::size_t policy, std::size_t point) {
        const std::size_t at = (outcome * 2 + policy) * 7 + point;
        return std::array{s.estimates.low[at], s.estimates.estimate[at], s.estimates.high[at]};
    };
    const auto expect = [](const std::array<double, 3>& found, double low, double middle, double high) {
        EXPECT_NEAR(found[0], low, 1e-9);
        EXPECT_NEAR(found[1], middle, 1e-12);
        EXPECT_NEAR(found[2], high, 1e-9);
    };
    for (std::size_t policy = 0; policy < 2; ++policy)
        for (std::size_t point = 0; point < 7; ++point) {
            SCOPED_TRACE(fmt::format("{} at point {}", s.head.policies[policy], point));
            const auto column = [&](std::size_t outcome) { return column_of(read_outcome(file, outcome), s.head, policy, point); };
            const std::vector<double> trust = column(0);
            double squares = 0;
            for (const double x : trust) squares += (x - mean_of(trust)) * (x - mean_of(trust));
            const double half = 1.976013178 * std::sqrt(squares / 149 / 150); // Student's t of 149 degrees of freedom
            expect(estimate(0, policy, point), mean_of(trust) - half, mean_of(trust), mean_of(trust) + half);
            for (const auto& [outcome, level] : {std::pair<std::size_t, double>{1, 0.5}, {3, 0.9}}) {
                const std::vector<double> values = column(outcome);
                const Interval i = interval({Statistic::Kind::quantile, level}, in_memory(values));
                expect(estimate(outcome, policy, point), i.low, quantile_of(values, level), i.high);
            }
            const std::vector<double> gone = column(2);
            const Share share = share_of(static_cast<std::uint32_t>(std::ranges::count(gone, 1.0)), 150);
            expect(estimate(2, policy, point), share.low, share.share, share.high);
        }
    for (std::size_t point = 0; point < 7; ++point) { // no policy stands for another, nor a level
        for (const std::size_t outcome : {0u, 1u, 3u}) EXPECT_GT(estimate(outcome, 0, point)[1], estimate(outcome, 1, point)[1] + 0.1);
        EXPECT_GT(estimate(3, 0, point)[1], estimate(1, 0, point)[1] + 0.01);
        EXPECT_EQ(estimate(2, 1, point)[1], 1);
    }
    EXPECT_EQ(s.estimates.failed, std::vector<std::uint32_t>(14));
}

// More values than are held in memory at once: of many points, and of many replicates at one.
TEST_F(PointEstimates, OfManyRunsAreThoseOfFew)
{
    for (const auto& [points, replicates] : {std::pair{700, 100}, std::pair{1, 66000}}) {
        const std::string file = swept(points, replicates);
        const StoredSweep s = read_sweep_result(file);
        const std::vector<double> all = read_outcome(file, 3);
        std::size_t wrong = 0;
        for (std::size_t policy = 0; policy < 2; ++policy)
            for (std::size_t point = 0; point < s.head.points; ++point) {
                const double found = s.estimates.estimate[(3 * 2 + policy) * s.head.points + point];
                wrong += std::abs(found - quantile_of(column_of(all, s.head, policy, point), 0.9)) > 1e-12 ? 1 : 0;
            }
        EXPECT_EQ(wrong, 0u) << points << " points";
        std::filesystem::remove(file);
    }
}

} // namespace
} // namespace entente
