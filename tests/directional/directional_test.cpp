// Every row of directional.toml. A test: the sign that a claim asks for, at |z| > 4 and of at least the stated size, over runs paired by common random numbers at a
// fixed seed; its twin, with the term that carries the claim muted, must not show it. A pattern: bounds on history or baseline, which its frozen twin must miss.
#include "table.hpp"
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <gtest/gtest.h>
#include <numeric>

namespace entente {
namespace {

class Directional : public testing::TestWithParam<DirectionalTest> {};

bool shows(const PairedDifference& d, const DirectionalTest& t) { return std::abs(d.difference) >= t.least && (t.sign == "+" ? d.z() > 4 : d.z() < -4); }

std::string printed(const DirectionalTest& t, const PairedDifference& d)
{
    const std::string asked = t.sign == "report" ? fmt::format("within {}", t.within) : fmt::format("{} {}", t.sign, t.least);
    return fmt::format("{} {}: {:+.5f}, z {:+.1f}, n {}, asked {}", t.id, t.text, d.difference, d.z(), d.pairs, asked);
}

TEST_P(Directional, Holds)
{
    const DirectionalTest& test = GetParam();
    const PairedDifference d = difference_of(test, "");
    fmt::print("{}\n", printed(test, d));
    EXPECT_EQ(d.pairs, test.runs) << printed(test, d);
    EXPECT_GT(test.sign == "report" ? test.within : test.least, 0) << test.id << " asserts nothing: a sign needs a least effect, a report a bound";
    if (test.sign != "report") { EXPECT_TRUE(shows(d, test)) << printed(test, d); }
    if (test.within > 0) { EXPECT_LE(std::abs(d.difference), test.within) << printed(test, d); }
}

TEST_P(Directional, VanishesWhenMuted)
{
    const DirectionalTest& test = GetParam();
    if (test.sign == "report") return;
    ASSERT_FALSE(test.muted.empty()) << test.id << " has no twin";
    const PairedDifference d = difference_of(test, test.muted);
    const std::string line = printed(test, d) + "; muted by " + test.muted;
    fmt::print("twin: {}\n", line);
    EXPECT_EQ(d.pairs, test.runs) << line << ": of a world in which runs fail nothing is known";
    EXPECT_FALSE(shows(d, test)) << line;
    // Arms that are the same to the bit say nothing of the term: the twin cut the intervention off.
    EXPECT_TRUE(test.twin.empty() || test.twin == "switch") << test.id << ": twin = \"" << test.twin << "\", \"switch\" or nothing is meant";
    EXPECT_EQ(d.difference == 0 && d.z() == 0, test.twin == "switch") << line << "; only the test of a switch has arms that do not differ at all";
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
    const auto difference = [](const std::string& overlay) {
        const PairedDifference d = paired_difference(late(160, "elite_alarm", overlay, 1000).volatility, late(8, "elite_alarm", overlay, 1000).volatility);
        fmt::print("T81: alarm moves by {:.4f} a quarter in a large elite, {:.4f} in a small one, z {:+.1f}, n {}\n", d.mean_a, d.mean_b, d.z(), d.pairs);
        return d;
    };
    const PairedDifference own = difference("");
    EXPECT_GT(own.z(), 4);
    EXPECT_GT(own.difference, 0.01);
    // The twin: what alarms one alarms all, and all calm at once, so that nobody takes alarm by a chance of his own.
    const PairedDifference common = difference(
        "parameters.alarm_by_chance = 0\nparameters.alarm_by_espionage = 0\nparameters.alarm_by_refusal = 0\nparameters.alarm_by_neighbours = 0\n"
        "parameters.alarm_by_incident = 50\nparameters.alarm_calms = 1\nparameters.alarm_calms_among_alarmed = 1");
    EXPECT_FALSE(common.z() > 4 && common.difference > 0.01);
    EXPECT_GT(common.mean_a, 0.01) << "alarm moves in the twin too";
}
TEST(DirectionalSpecial, T82MeanOrientationDiffersMoreBetweenRunsOfASmallElite)
{
    // ln of a ratio of two sample sds of n runs each has a standard error of about 1/sqrt(n - 1)
    const auto z = [](const std::string& overlay) {
        const std::uint32_t runs = 2000;
        const double small = sd_of(late(8, "elite_orientation", overlay, runs).mean), large = sd_of(late(160, "elite_orientation", overlay, runs).mean);
        const double score = std::log(small / large) * std::sqrt(runs - 1.0);
        fmt::print("T82: sd over runs {:.4f} in a large elite, {:.4f} in a small one, z {:+.1f}, n {}\n", large, small, score, runs);
        EXPECT_GT(large, 0.01) << "runs differ in either case";
        return score;
    };
    EXPECT_GT(z(""), 4);
    // The twin: members of one mind, whoever comes after them, so that it does not matter how many they are.
    EXPECT_LT(z("parameters.elite_orientation_sd = 0\nparameters.appointee_orientation_sd = 0\nparameters.siloviki_orientation = 0.4\nparameters.technocrats_orientation = 0.4\n"
                "parameters.regional_orientation = 0.4\nparameters.do_young = 0\nparameters.entrant_hostility = 0\nparameters.entrant_conformity = 0"),
              4);
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

/// The ensemble means that patterns ask for, by id: of history.toml as far as its years reach, of baseline.toml later; each with its own overlay.
std::map<std::string, double> means_of(const std::vector<PatternTest>& patterns, const std::function<std::string(const PatternTest&)>& overlay_of)
{
    std::map<std::pair<std::string, std::string>, std::vector<const PatternTest*>> worlds;
    for (const PatternTest& p : patterns) worlds[{parse_quantity(p.quantity).to < 44 ? "history" : "baseline", overlay_of(p)}].push_back(&p);
    std::map<std::string, double> means;
    for (const auto& [world, asked] : worlds) {
        Scenario given = scenario(world.first, world.second);
        given.runs = 1000;
        std::vector<Quantity> quantities;
        for (const PatternTest* p : asked) quantities.push_back(parse_quantity(p->quantity));
        const auto values = sample(given, quantities, {.threads = 1});
        for (std::size_t q = 0; q < asked.size(); ++q) means[asked[q]->id] = std::accumulate(values[q].begin(), values[q].end(), 0.0) / double(values[q].size());
    }
    return means;
}
bool within(const PatternTest& p, double mean) { return mean >= p.low && mean <= p.high; }
std::string printed(const PatternTest& p, double mean) { return fmt::format("{} {}: {} = {:.4f}, asked [{}, {}]", p.id, p.text, p.quantity, mean, p.low, p.high); }

TEST(Patterns, HoldInHistoryAndBaseline)
{
    const std::vector<PatternTest> patterns = pattern_tests();
    const std::map<std::string, double> means = means_of(patterns, [](const PatternTest&) { return ""; });
    for (const PatternTest& p : patterns) {
        const std::string line = printed(p, means.at(p.id));
        fmt::print("{}\n", line);
        EXPECT_TRUE(within(p, means.at(p.id))) << line;
        if (parse_quantity(p.quantity).kind == Quantity::Kind::change) { EXPECT_GT(p.low * p.high, 0) << p.id << ": no change at all is within its bounds"; }
    }
}

/// The twins: the same dates and pins, in a world in which every mechanism stands still, or the term that the pattern is about.
TEST(Patterns, DoNotHoldInAFrozenWorld)
{
    std::string everything;
    for (const auto& m : describe().mechanisms)
        if (m.variables > 0) everything += fmt::format("{}\"{}\"", everything.empty() ? "" : ", ", m.name);
    const std::vector<PatternTest> patterns = pattern_tests();
    const std::map<std::string, double> means = means_of(patterns, [&](const PatternTest& p) { return p.frozen.empty() ? fmt::format("mute = [{}]", everything) : p.frozen; });
    for (const PatternTest& p : patterns) {
        const std::string line = printed(p, means.at(p.id));
        fmt::print("twin: {}; frozen by {}\n", line, p.frozen.empty() ? "muting all" : p.frozen);
        EXPECT_TRUE(std::isfinite(means.at(p.id))) << line << ": of a world in which runs fail nothing is known";
        EXPECT_FALSE(within(p, means.at(p.id))) << line;
    }
}

} // namespace
} // namespace entente
