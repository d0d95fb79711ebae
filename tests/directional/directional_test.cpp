// Every row of directional.toml: the sign that a claim asks for, at |z| > 4 over runs paired by common random numbers and a fixed seed; and its twin,
// the same with the claim's mechanism muted, which must not show it.
#include "table.hpp"
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

class Directional : public testing::TestWithParam<DirectionalTest> {};

bool shows(const PairedDifference& d, const DirectionalTest& t) { return std::abs(d.difference) >= t.least && (t.sign == "+" ? d.z() > 4 : d.z() < -4); }

std::string printed(const DirectionalTest& t, const PairedDifference& d)
{
    return fmt::format("{} {}: {:+.5f}, z {:+.1f}, n {}, asked {} {}", t.id, t.text, d.difference, d.z(), d.pairs, t.sign, t.least);
}

TEST_P(Directional, Holds)
{
    const DirectionalTest& test = GetParam();
    const PairedDifference d = difference_of(test, "");
    fmt::print("{}\n", printed(test, d));
    if (test.sign != "report") { EXPECT_TRUE(shows(d, test)) << printed(test, d); }
    if (test.within > 0) { EXPECT_LE(std::abs(d.difference), test.within) << printed(test, d); }
}

TEST_P(Directional, VanishesWhenMuted)
{
    const DirectionalTest& test = GetParam();
    if (test.sign == "report") return;
    ASSERT_FALSE(test.muted.empty()) << test.id << " has no twin";
    const PairedDifference d = difference_of(test, test.muted);
    EXPECT_FALSE(shows(d, test)) << printed(test, d) << "; muted by " << test.muted;
}

std::vector<DirectionalTest> ordinary()
{
    std::vector<DirectionalTest> all;
    for (DirectionalTest& t : directional_tests())
        if (t.special.empty()) all.push_back(std::move(t));
    return all;
}
INSTANTIATE_TEST_SUITE_P(Claims, Directional, testing::ValuesIn(ordinary()), [](const auto& test) { return test.param.id; });

/// Runs' mean absolute quarterly change of a variable, late window, for an elite of this size.
struct Late {
    std::vector<double> volatility, mean;
};
Late late(std::uint32_t elites, const char* variable, const std::string& overlay, std::uint32_t n)
{
    Scenario given = scenario("baseline", fmt::format("agents.elites = {}\n{}", elites, overlay));
    given.runs = n;
    Late out{std::vector<double>(given.runs), std::vector<double>(given.runs)};
    const std::size_t v = Description::find(describe().variables, variable);
    run_ensemble(given, {.threads = 1}, [&](const FinishedBlock& block) {
        const std::size_t runs = block.job.runs();
        const auto at = [&](std::size_t q, std::size_t r) { return double(block.result.value(q, v, r)); };
        for (std::size_t r = 0; r < runs; ++r)
            for (std::size_t q = 84; q < 124; ++q) {
                out.volatility[block.first_run + r] += std::abs(at(q, r) - at(q - 1, r)) / 40;
                out.mean[block.first_run + r] += at(q, r) / 40;
            }
    });
    return out;
}
double sd_of(const std::vector<double>& x)
{
    double mean = 0, squares = 0;
    for (const double v : x) mean += v / double(x.size());
    for (const double v : x) squares += (v - mean) * (v - mean);
    return std::sqrt(squares / double(x.size() - 1));
}

TEST(DirectionalSpecial, T81AlarmIsMoreVolatileInASmallElite)
{
    const auto z = [](const std::string& overlay) {
        return paired_difference(late(160, "elite_alarm", overlay, 1000).volatility, late(8, "elite_alarm", overlay, 1000).volatility).z();
    };
    EXPECT_GT(z(""), 4);
    EXPECT_LT(z("mute = [\"elites\"]"), 4);
}
TEST(DirectionalSpecial, T82MeanOrientationDiffersMoreBetweenRunsOfASmallElite)
{
    // ln of a ratio of two sample sds of n runs each has a standard error of about 1/sqrt(n - 1)
    const auto z = [](const std::string& overlay) {
        const std::uint32_t runs = 4000;
        const double ratio = sd_of(late(8, "elite_orientation", overlay, runs).mean) / sd_of(late(160, "elite_orientation", overlay, runs).mean);
        return std::log(ratio) * std::sqrt(runs - 1.0);
    };
    EXPECT_GT(z(""), 4);
}
TEST(DirectionalSpecial, T87AWeakAndDistantCoalitionChangesTheRegimeMoreOften)
{
    const auto z = [](double a_coal) {
        Scenario given = scenario("baseline", fmt::format("parameters.a_coal = {}\nevents.death = \"2028Q1\"", a_coal));
        given.runs = 4000;
        const auto values = sample(
            given, {parse_quantity("mean coalition_weight - 2 * coalition_distance at 2027Q4"), parse_quantity("regime_change by 2028Q1"), parse_quantity("regime_change by 2027Q4")},
            {.threads = 1});
        std::vector<double> strength = values[0];
        std::sort(strength.begin(), strength.end());
        const double third = strength[strength.size() / 3], two_thirds = strength[2 * strength.size() / 3];
        double n[2] = {}, changed[2] = {};
        for (std::size_t r = 0; r < values[0].size(); ++r) {
            if (values[2][r] == 1) continue; // changed before the forced death
            const int group = values[0][r] < third ? 0 : values[0][r] > two_thirds ? 1 : -1;
            if (group >= 0) ++n[group], changed[group] += values[1][r];
        }
        const double a = changed[0] / n[0], b = changed[1] / n[1];
        return (a - b) / std::sqrt(a * (1 - a) / n[0] + b * (1 - b) / n[1]);
    };
    EXPECT_GT(z(6), 4);
    EXPECT_LT(z(0), 4);
}

TEST(Patterns, HoldInHistoryAndBaseline)
{
    std::vector<Quantity> history, baseline;
    std::map<std::string, double> mean;
    for (const PatternTest& p : pattern_tests()) {
        const Quantity q = parse_quantity(p.quantity);
        (q.to < 44 ? history : baseline).push_back(q);
    }
    const auto run = [&](const char* name, const std::vector<Quantity>& quantities) {
        Scenario given = scenario(name);
        given.runs = 1000;
        const auto values = sample(given, quantities, {.threads = 1});
        for (std::size_t q = 0; q < quantities.size(); ++q) {
            double sum = 0;
            for (const double x : values[q]) sum += x;
            mean[quantities[q].text] = sum / double(values[q].size());
        }
    };
    run("history", history);
    run("baseline", baseline);
    for (const PatternTest& p : pattern_tests()) {
        fmt::print("{} {}: {:.4f} in [{}, {}]\n", p.id, p.quantity, mean[p.quantity], p.low, p.high);
        EXPECT_TRUE(mean[p.quantity] >= p.low && mean[p.quantity] <= p.high)
            << p.id << " " << p.text << ": " << p.quantity << " = " << mean[p.quantity] << ", asked [" << p.low << ", " << p.high << "]";
    }
}

} // namespace
} // namespace entente
