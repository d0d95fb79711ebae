// Shapley values: games worked by hand, the axioms, and intervals that cover what is known.
#include "analysis/shapley.hpp"
#include "design/address.hpp"
#include <bit>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>

namespace entente {
namespace {

/// What a run comes to with these players in.
using Game = std::function<double(Coalition, std::size_t run)>;

ShapleyParts exact(std::size_t players, std::size_t runs, const Game& game)
{
    ExactShapley shapley(players, runs);
    for (Coalition c = 0; c <= everybody(players); ++c) {
        std::vector<double> values(runs);
        for (std::size_t run = 0; run < runs; ++run) values[run] = game(c, run);
        shapley.add(c, values);
    }
    return shapley.parts();
}
ShapleyParts sampled(std::size_t players, std::size_t blocks, std::size_t runs, std::uint64_t seed, const Game& game)
{
    SampledShapley shapley(players);
    for (std::size_t block = 0; block < blocks; ++block) {
        const auto orders = orders_of_block(players, 2, seed, block);
        std::vector<std::vector<double>> values;
        for (const Coalition c : coalitions_of(orders, players)) {
            values.emplace_back();
            for (std::size_t run = 0; run < runs; ++run) values.back().push_back(game(c, block * runs + run));
        }
        shapley.add(orders, values);
    }
    return shapley.parts();
}
bool has(Coalition c, unsigned player) { return (c >> player & 1) != 0; }
/// Even over 0 to 1.
double uniform(std::uint64_t seed, std::uint64_t a, std::uint64_t b) { return static_cast<double>(number_at(seed, a, b) >> 11) * 0x1p-53; }

/// Player 0 has a left glove, 1 and 2 have right ones: a pair is worth 1. Of the six orders 0 completes a pair in four, 1 and 2 in one each.
double gloves(Coalition c, std::size_t) { return has(c, 0) && (has(c, 1) || has(c, 2)) ? 1 : 0; }

TEST(Shapley, GlovesByHand)
{
    const ShapleyParts parts = exact(3, 5, gloves);
    EXPECT_EQ(parts.players[0].share.estimate, 4.0 / 6);
    EXPECT_EQ(parts.players[1].share.estimate, 1.0 / 6);
    EXPECT_EQ(parts.players[2].share.estimate, 1.0 / 6);
    EXPECT_EQ(parts.players[0].alone.estimate, 0);
    EXPECT_EQ(parts.players[0].last.estimate, 1);
    EXPECT_EQ(parts.players[1].last.estimate, 0);
    EXPECT_EQ(parts.without, 0);
    EXPECT_EQ(parts.with, 1);
    EXPECT_EQ(parts.runs, 5u);
    // Index of interaction: of 0 and 1 the mean of 1 (2 out) and 0 (2 in); of 1 and 2 that of 0 (0 out) and -1 (0 in).
    ASSERT_EQ(parts.pairs.size(), 3u);
    EXPECT_EQ(parts.pairs[0].together.estimate, 0.5);
    EXPECT_EQ(parts.pairs[1].together.estimate, 0.5);
    EXPECT_EQ(parts.pairs[2].first, 1u);
    EXPECT_EQ(parts.pairs[2].second, 2u);
    EXPECT_EQ(parts.pairs[2].together.estimate, -0.5);
}

/// A runway for planes that need 1, 2, 3, 6 units of it (Littlechild & Owen 1973): each stretch is shared by those that need it.
double runway(Coalition c, std::size_t)
{
    constexpr double need[] = {1, 2, 3, 6};
    double most = 0;
    for (unsigned i = 0; i < 4; ++i) most = has(c, i) ? std::max(most, need[i]) : most;
    return most;
}

TEST(Shapley, RunwayByHand)
{
    const double expected[] = {1. / 4, 1. / 4 + 1. / 3, 1. / 4 + 1. / 3 + 1. / 2, 1. / 4 + 1. / 3 + 1. / 2 + 3};
    const ShapleyParts all = exact(4, 2, runway), some = sampled(4, 1000, 1, 7, runway);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(all.players[i].share.estimate, expected[i], 1e-12);
        EXPECT_NEAR(some.players[i].share.estimate, expected[i], 0.05);
        EXPECT_LE(some.players[i].share.low, expected[i]);
        EXPECT_GE(some.players[i].share.high, expected[i]);
    }
    EXPECT_EQ(some.orders, 2000u);
    EXPECT_EQ(all.orders, 0u);
}

/// Noughts and ones without any order to them.
double noughts_and_ones(Coalition c, std::size_t run) { return uniform(3, c, run) < 0.4 ? 1 : 0; }

TEST(Shapley, SharesOfNoughtsAndOnesAddUpExactly)
{
    for (const std::size_t players : {1, 2, 5, 8}) {
        const ShapleyParts parts = exact(players, 128, noughts_and_ones);
        double orders = 1;
        for (std::size_t i = 2; i <= players; ++i) orders *= static_cast<double>(i);
        double sum = 0;
        for (const PlayerPart& p : parts.players) sum += std::round(p.share.estimate * orders * 128); // whole by construction
        EXPECT_EQ(sum, parts.difference.estimate * orders * 128) << players;
        EXPECT_EQ(parts.difference.estimate, parts.with - parts.without);
    }
    const ShapleyParts some = sampled(9, 16, 8, 5, noughts_and_ones);
    double sum = 0;
    for (const PlayerPart& p : some.players) sum += p.share.estimate;
    EXPECT_NEAR(sum, some.difference.estimate, 1e-14);
}

TEST(Shapley, EqualPlayersHaveEqualSharesAndAnIdleOneNone)
{
    const Game game = [](Coalition c, std::size_t run) { // 0 and 1 do the same, 2 nothing, 3 something of its own
        const double both = static_cast<double>(std::popcount(c & 3u));
        return std::exp(both * 0.3 + 0.1 * static_cast<double>(run)) + (has(c, 3) ? std::sqrt(1 + both) : 0);
    };
    const ShapleyParts all = exact(4, 20, game), some = sampled(4, 50, 2, 9, game);
    EXPECT_NEAR(all.players[0].share.estimate, all.players[1].share.estimate, 1e-12);
    EXPECT_NEAR(all.players[2].share.estimate, 0, 1e-12);
    EXPECT_GT(all.players[3].share.estimate, 0.5);
    EXPECT_EQ(some.players[2].share.estimate, 0);
    EXPECT_EQ(some.players[2].alone.estimate, 0);
    EXPECT_EQ(some.players[2].last.estimate, 0);
}

/// Player i adds its weight and noise of the run; players 0 and 1 add something together.
struct Noisy {
    std::uint64_t seed;
    double operator()(Coalition c, std::size_t run) const
    {
        double x = 0;
        for (unsigned i = 0; i < 3; ++i) x += has(c, i) ? 0.1 * i + uniform(seed, i, run) - 0.5 : 0;
        return x + (has(c, 0) && has(c, 1) ? 0.4 : 0);
    }
};

/// alpha = 1e-6 on either side, seeds 1000 on: of 300 intervals at 95 % from 262 to 300 hold the value; of the twin's, whose value is wrong, fewer.
TEST(Shapley, IntervalsHoldTheTruthAsOftenAsTheySay)
{
    constexpr std::size_t repeats = 300;
    constexpr double truth = 0.1 + 0.4 / 2, wrong = truth + 0.2;
    const boost::math::binomial of_holds(repeats, 0.95);
    const double least = quantile(of_holds, 1e-6), most = quantile(complement(of_holds, 1e-6));
    for (const bool all_orders : {true, false}) {
        double n = 0, twin = 0;
        for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
            const Noisy game{1000 + repeat};
            const Interval share = (all_orders ? exact(3, 30, game) : sampled(3, 15, 3, repeat, game)).players[1].share;
            n += share.low <= truth && truth <= share.high ? 1 : 0;
            twin += share.low <= wrong && wrong <= share.high ? 1 : 0;
        }
        EXPECT_GE(n, least) << all_orders;
        EXPECT_LE(n, most) << all_orders;
        EXPECT_LT(twin, least) << "a wrong value is found out";
    }
}

TEST(Shapley, RunsThatFailAnywhereAreLeftOut)
{
    const Game game = [](Coalition c, std::size_t run) { return c == 2 && run == 1 ? std::numeric_limits<double>::quiet_NaN() : gloves(c, run); };
    const ShapleyParts all = exact(3, 4, game), some = sampled(3, 2, 2, 1, game);
    EXPECT_EQ(all.runs, 3u);
    EXPECT_EQ(all.difference.failed, 1u);
    EXPECT_EQ(all.players[0].share.estimate, 4.0 / 6);
    EXPECT_EQ(all.players[0].alone.used, 3u);
    EXPECT_LE(some.runs, 4u);
    EXPECT_EQ(some.with, 1);
}

TEST(Shapley, OneBlockHasNoInterval)
{
    const ShapleyParts one = sampled(3, 1, 10, 1, gloves);
    EXPECT_TRUE(std::isinf(one.players[0].share.high));
}

TEST(Shapley, OrdersAreAddressed)
{
    EXPECT_EQ(orders_of_block(7, 4, 1, 3), orders_of_block(7, 4, 1, 3));
    EXPECT_NE(orders_of_block(7, 4, 1, 3), orders_of_block(7, 4, 1, 4));
    const auto orders = orders_of_block(5, 2, 1, 0);
    EXPECT_TRUE(std::equal(orders[0].begin(), orders[0].end(), orders[1].rbegin()));
    const auto coalitions = coalitions_of(orders, 5);
    EXPECT_EQ(coalitions.front(), 0u);
    EXPECT_EQ(coalitions.back(), 31u);
    for (unsigned i = 0; i < 5; ++i) EXPECT_TRUE(std::ranges::binary_search(coalitions, Coalition{1} << i) && std::ranges::binary_search(coalitions, 31u & ~(Coalition{1} << i)));
}

TEST(Shapley, WhatCannotBeIsRefused)
{
    EXPECT_THROW(ExactShapley(0, 3), std::invalid_argument);
    EXPECT_THROW(ExactShapley(most_exact_players + 1, 3), std::invalid_argument);
    EXPECT_THROW(SampledShapley(64), std::invalid_argument);
    ExactShapley shapley(2, 1);
    const std::vector<double> one{1}, two{1, 2};
    EXPECT_THROW(shapley.add(1, one), std::invalid_argument);
    EXPECT_THROW(shapley.add(0, two), std::invalid_argument);
    shapley.add(0, one);
    EXPECT_THROW((void)shapley.parts(), std::logic_error);
    SampledShapley other(2);
    EXPECT_THROW(other.add(orders_of_block(2, 2, 1, 0), std::vector<std::vector<double>>{one}), std::invalid_argument);
}

} // namespace
} // namespace entente
