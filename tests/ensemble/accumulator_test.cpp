// Streaming summaries of blocks made by hand.
#include "ensemble/accumulator.hpp"
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace entente {
namespace {

constexpr std::size_t quarters = 3;
std::size_t variable(const char* name) { return Description::find(describe().variables, name); }

Scenario scenario_of(std::uint32_t runs)
{
    Scenario s;
    s.runs = runs, s.start = 1, s.horizon = quarters - 1;
    return s;
}
/// Runs in which nothing happens, and all of which are transactional.
BlockResult block_of(std::size_t runs)
{
    const Description& d = describe();
    BlockResult b;
    b.quarters = quarters, b.kept = all_variables();
    b.outcome.assign(quarters * runs, 2);
    b.first_event.assign(d.events.size() * runs, -1);
    b.failed_quarter.assign(runs, -1), b.failed_variable.assign(runs, -1), b.failed_value.assign(runs, 0);
    b.trajectory.resize(b.place(0, 0, (runs + tile_runs - 1) / tile_runs * tile_runs));
    for (std::size_t q = 0; q < quarters; ++q)
        for (std::size_t v = 0; v < d.variables.size(); ++v)
            for (std::size_t r = 0; r < runs; ++r) b.trajectory[b.place(q, v, r)] = static_cast<float>(d.variables[v].standard);
    return b;
}
void set(BlockResult& b, const char* name, std::size_t quarter, const std::vector<double>& values)
{
    for (std::size_t r = 0; r < values.size(); ++r) b.trajectory[b.place(quarter, variable(name), r)] = static_cast<float>(values[r]);
}
/// A share of a variable's range as a value.
double in_range(const char* name, double share)
{
    const Row& row = describe().variables[variable(name)];
    return row.low + (row.high - row.low) * share;
}
/// Runs with a variable in these places of its range, the numbers of runs given.
void set_places(BlockResult& b, const char* name, std::size_t quarter, std::initializer_list<std::pair<std::size_t, double>> runs_at)
{
    std::vector<double> values;
    for (const auto& [runs, share] : runs_at) values.insert(values.end(), runs, in_range(name, share));
    set(b, name, quarter, values);
}
Summary summed(const BlockResult& b, std::uint32_t runs)
{
    Accumulator a(choose_kernel("double"), scenario_of(runs));
    a.add(b, 0, runs);
    return a.summary();
}
std::size_t at(const char* name, std::size_t quarter) { return variable(name) * quarters + quarter; }
float quantile_of(const Summary& s, std::size_t level, const char* name, std::size_t quarter)
{
    return s.quantile[(level * describe().variables.size() + variable(name)) * quarters + quarter];
}

// 100 runs in 256 bins: 20 runs at 10.25 / 256 of the range, 60 at 20.5 / 256 and 20 at 30.5 / 256. Inside a bin runs are spread evenly over the part of it that was
// seen: from 10.25 to 11, from 20 to 21 and from 30 to 30.5. So 5 % of the runs lie below 10.25 + .75 * 5/20, half of them below 20 + 30/60.
TEST(Summaries, HaveQuantilesBetweenBins)
{
    const double wanted[] = {10.25 + 0.75 * 1 / 20, 10.25 + 0.75 * 2.5 / 20, 10.25 + 0.75 * 5 / 20, 10.25 + 0.75 * 10 / 20, 20 + 5. / 60,      20 + 30. / 60,
                             20 + 55. / 60,         30 + 0.5 * 10 / 20,      30 + 0.5 * 15 / 20,    30 + 0.5 * 17.5 / 20,   30 + 0.5 * 19 / 20};
    for (const char* name : {"trust", "total_trade_russia", "alignment_index"}) {
        BlockResult b = block_of(100);
        set_places(b, name, 1, {{20, 10.25 / 256}, {60, 20.5 / 256}, {20, 30.5 / 256}});
        const Summary s = summed(b, 100);
        const Row& row = describe().variables[variable(name)];
        for (std::size_t level = 0; level < quantile_count; ++level) {
            EXPECT_NEAR(quantile_of(s, level, name, 1), in_range(name, wanted[level] / 256), 1e-7 * (row.high - row.low)) << name << ", " << quantile_levels[level];
            EXPECT_EQ(quantile_of(s, level, name, 2), static_cast<float>(row.standard)) << "all alike";
        }
    }
}

// Half of 100 runs lie in one bin and half in another, far away: the median is where the first ends, not where the second begins.
TEST(Summaries, HaveAQuantileAtTheEndOfABin)
{
    BlockResult b = block_of(100);
    set_places(b, "trust", 1, {{50, 10.25 / 256}, {50, 100.5 / 256}});
    EXPECT_NEAR(quantile_of(summed(b, 100), 5, "trust", 1), in_range("trust", 11. / 256), 1e-7);
}

// Where all runs of a block are alike, each of them counts: 75 at 64.5 / 256 of the range, and 25 above it in another block, so that quantiles up to 75 % lie between 64.5
// and 65 by their rank among 75.
TEST(Summaries, CountEveryRunOfABlockWhoseRunsAreAlike)
{
    BlockResult alike = block_of(75), others = block_of(25);
    set_places(alike, "trust", 1, {{75, 64.5 / 256}}), set_places(others, "trust", 1, {{12, 0.5}, {13, 0.75}});
    Accumulator a(choose_kernel("double"), scenario_of(100));
    a.add(alike, 0, 75), a.add(others, 75, 25);
    const Summary s = a.summary();
    for (const std::size_t level : {0u, 5u, 6u}) EXPECT_NEAR(quantile_of(s, level, "trust", 1), in_range("trust", (64.5 + 0.5 * quantile_levels[level] / 0.75) / 256), 1e-7);
    EXPECT_NEAR(quantile_of(s, 8, "trust", 1), in_range("trust", 0.75), 1e-7) << "95 %: among those at the upper end";
}

// States and counts have no values between whole numbers, so their quantiles have none: 30 of 100 runs are settled, 30 frozen, 40 at war, and the same of 3, 7 and 50 leaders.
TEST(Summaries, HaveQuantilesOfStatesThatAreStates)
{
    BlockResult b = block_of(100);
    for (const auto& [name, values] : {std::pair{"war_state", std::array{0., 1., 2.}}, {"successions", std::array{3., 7., 50.}}}) {
        std::vector<double> runs(100, values[2]);
        std::fill_n(runs.begin(), 30, values[0]), std::fill_n(runs.begin() + 30, 30, values[1]);
        set(b, name, 1, runs);
        const Summary s = summed(b, 100);
        for (std::size_t level = 0; level < quantile_count; ++level)
            EXPECT_EQ(quantile_of(s, level, name, 1), values[quantile_levels[level] <= 0.3 ? 0 : quantile_levels[level] <= 0.6 ? 1 : 2]) << name << ", " << quantile_levels[level];
    }
}

// Few runs take fewer bins: as many binary digits as their number has, and two more, eight at most. One run lies at the lower end, one at the upper and the others a
// little above the middle, so that the median lies in the middle of the bin that begins there.
TEST(Summaries, OfFewRunsHaveFewBins)
{
    for (const auto& [runs, bins] : {std::pair{4u, 32}, {7u, 32}, {8u, 64}, {16u, 128}, {31u, 128}, {32u, 256}, {200u, 256}}) {
        BlockResult b = block_of(runs);
        set_places(b, "trust", 1, {{1, 0}, {runs - 2, 0.501}, {1, 1}});
        EXPECT_NEAR(quantile_of(summed(b, runs), 5, "trust", 1), in_range("trust", 0.5 + 0.5 / bins), 1e-7) << runs;
    }
}

// 1, 2, 3, 4 and 10 hundredths of a range of 1: mean .04, variance (.03^2 + .02^2 + .01^2 + 0 + .06^2) / 4 = .00125.
TEST(Summaries, HaveTheMeanSpreadAndEnds)
{
    for (const char* name : {"trust", "war_quarters", "total_trade_russia"}) {
        const Row& row = describe().variables[variable(name)];
        const double range = row.high - row.low;
        BlockResult b = block_of(5);
        set_places(b, name, 2, {{1, 0.01}, {1, 0.02}, {1, 0.03}, {1, 0.04}, {1, 0.10}});
        const Summary s = summed(b, 5);
        EXPECT_NEAR(s.mean[at(name, 2)], row.low + range * 0.04, range * 2e-8) << name;
        EXPECT_NEAR(s.sd[at(name, 2)], range * std::sqrt(0.00125), range * 1e-6) << name;
        EXPECT_EQ(s.least[at(name, 2)], static_cast<double>(static_cast<float>(in_range(name, 0.01))));
        EXPECT_EQ(s.most[at(name, 2)], static_cast<double>(static_cast<float>(in_range(name, 0.10))));
        EXPECT_EQ(s.sd[at(name, 0)], 0);
    }
    EXPECT_EQ(summed(block_of(1), 1).sd[at("trust", 0)], 0) << "one run has no spread";
}

/// Classes, events, failures and values that follow from the run's number.
BlockResult numbered(std::uint32_t first, std::uint32_t runs)
{
    BlockResult b = block_of(runs);
    std::vector<double> trust, friction;
    for (std::uint32_t r = 0; r < runs; ++r) {
        const std::uint32_t run = first + r;
        trust.push_back((run * 37 % 101) / 101.0), friction.push_back((run * 53 % 103) / 103.0);
        for (std::size_t q = 0; q < quarters; ++q) b.outcome[q * runs + r] = static_cast<std::uint8_t>((run + q) % 5 + 8 * (run % 3));
        b.first_event[4 * runs + r] = static_cast<std::int16_t>(static_cast<int>(run % 4) - 1);
        if (run % 10 == 7) b.failed_quarter[r] = 2, b.failed_variable[r] = 3, b.failed_value[r] = static_cast<float>(run), trust.back() = NAN;
    }
    set(b, "trust", 1, trust), set(b, "friction", 2, friction);
    return b;
}

TEST(Summaries, LeaveFailedRunsOutAndNameThem)
{
    const Summary s = summed(numbered(0, 40), 40);
    EXPECT_EQ(s.runs, 40u);
    EXPECT_EQ(s.failed, 4u);
    ASSERT_EQ(s.failures.size(), 4u);
    EXPECT_EQ(s.failures[1].run, 17u);
    EXPECT_EQ(s.failures[1].quarter, 2);
    EXPECT_EQ(s.failures[1].variable, 3);
    EXPECT_EQ(s.failures[1].value, 17);
    std::vector<std::uint32_t> codes(32), events(quarters);
    double sum = 0;
    for (std::uint32_t run = 0; run < 40; ++run) {
        if (run % 10 == 7) continue;
        ++codes[(run + 2) % 5 + 8 * (run % 3)];
        if (run % 4 > 0) ++events[run % 4 - 1];
        sum += (run * 37 % 101) / 101.0 / 36;
    }
    EXPECT_TRUE(std::equal(codes.begin(), codes.end(), s.code_count.begin() + 2 * 32));
    EXPECT_TRUE(std::equal(events.begin(), events.end(), s.event_count.begin() + 4 * quarters));
    EXPECT_EQ(std::accumulate(s.event_count.begin(), s.event_count.end(), 0u), std::accumulate(events.begin(), events.end(), 0u)) << "and no other event";
    EXPECT_NEAR(s.mean[at("trust", 1)], sum, 1e-7);
}

void expect_same(const Summary& a, const Summary& b)
{
    EXPECT_EQ(a.runs, b.runs);
    EXPECT_EQ(a.failed, b.failed);
    EXPECT_EQ(a.code_count, b.code_count);
    EXPECT_EQ(a.event_count, b.event_count);
    EXPECT_EQ(a.mean, b.mean);
    EXPECT_EQ(a.sd, b.sd);
    EXPECT_EQ(a.least, b.least);
    EXPECT_EQ(a.most, b.most);
    EXPECT_EQ(a.quantile, b.quantile);
    ASSERT_EQ(a.failures.size(), b.failures.size());
    for (std::size_t i = 0; i < a.failures.size(); ++i) EXPECT_EQ(a.failures[i].run, b.failures[i].run);
}

// In order, in another one, and as states that are added to each other.
TEST(Summaries, AreThoseOfAllBlocksHoweverTheyCome)
{
    const Kernel kernel = choose_kernel("double");
    const Scenario s = scenario_of(200);
    Accumulator whole(kernel, s), late_first(kernel, s), a(kernel, s), b(kernel, s), sum(kernel, s);
    for (const std::uint32_t first : {0u, 50u, 100u, 150u}) whole.add(numbered(first, 50), first, 50);
    for (const std::uint32_t first : {150u, 0u, 100u, 50u}) late_first.add(numbered(first, 50), first, 50), (first < 100 ? a : b).add(numbered(first, 50), first, 50);
    for (const Accumulator* part : {&b, &a}) {
        std::string head, bytes;
        for (const std::string_view some : part->state(head)) bytes += some;
        sum.add_state(bytes);
    }
    expect_same(whole.summary(), late_first.summary());
    expect_same(whole.summary(), sum.summary());
    EXPECT_EQ(whole.summary().failed, 20u);
}

// Of a zero and a zero below zero neither is the larger: which block comes first must not choose. A run of -1 makes zero the most, one of 1 the least.
TEST(Summaries, HaveTheSameZeroWhicheverBlockComesFirst)
{
    const auto values = [](double other, double zero) {
        std::vector<double> all(32, zero);
        all[0] = other;
        return all;
    };
    for (const double first : {0.0, -0.0}) {
        Accumulator a(choose_kernel("double"), scenario_of(64));
        BlockResult b = block_of(32), c = block_of(32);
        set(b, "taiwan_backing", 1, values(-1, first)), set(c, "taiwan_backing", 1, values(-1, -first));
        set(b, "taiwan_backing", 2, values(1, first)), set(c, "taiwan_backing", 2, values(1, -first));
        a.add(b, 0, 32), a.add(c, 32, 32);
        const Summary s = a.summary();
        EXPECT_EQ(s.most[at("taiwan_backing", 1)], 0);
        EXPECT_FALSE(std::signbit(s.most[at("taiwan_backing", 1)])) << first;
        EXPECT_EQ(s.least[at("taiwan_backing", 2)], 0);
        EXPECT_FALSE(std::signbit(s.least[at("taiwan_backing", 2)])) << first;
    }
}

TEST(Summaries, TakeNoStateOfAnotherScenario)
{
    const Kernel kernel = choose_kernel("double");
    Accumulator a(kernel, scenario_of(200));
    Scenario longer = scenario_of(200);
    ++longer.horizon;
    for (const Scenario& other : {scenario_of(4), longer}) {
        const Accumulator b(kernel, other);
        std::string head, bytes;
        for (const std::string_view some : b.state(head)) bytes += some;
        EXPECT_THROW(a.add_state(bytes), std::invalid_argument);
    }
}

// A thousand failures are named, all are counted.
TEST(Summaries, NameAThousandFailuresAtMost)
{
    BlockResult b = block_of(256);
    b.failed_quarter.assign(256, 1);
    Accumulator a(choose_kernel("double"), scenario_of(1280));
    for (const std::uint32_t first : {1024u, 768u, 512u, 256u, 0u}) a.add(b, first, 256);
    const Summary s = a.summary();
    EXPECT_EQ(s.failed, 1280u);
    ASSERT_EQ(s.failures.size(), 1000u);
    EXPECT_EQ(s.failures.back().run, 999u) << "the first of them";
}

} // namespace
} // namespace entente
