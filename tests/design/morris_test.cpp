#include "samples.hpp"
#include "statistical/z_test.hpp"
#include "design/address.hpp"
#include <map>
#include <set>

namespace entente {
namespace {

constexpr double alpha = 1e-6;

Design morris(const std::vector<Factor>& factors, std::uint32_t trajectories, std::uint32_t levels, std::uint64_t seed)
{
    return make_design(factors, {.kind = &designs::morris, .points = trajectories, .levels = levels, .seed = seed, .table = {}, .origin = {}});
}

/// What is wrong with the trajectories: each row but the first changes the u and the value of the factor in `moved` and nothing else, and each factor has its turn.
std::string fault(const Design& design)
{
    const std::size_t d = design.factors;
    for (std::size_t point = 0; point < design.points; point += d + 1) {
        std::set<std::int32_t> turns;
        for (std::size_t row = 0; row <= d; ++row) {
            const std::size_t at = point + row;
            if (design.base[at] != static_cast<std::int32_t>(point / (d + 1))) return fmt::format("base of {}", at);
            if ((design.moved[at] == -1) != (row == 0)) return fmt::format("moved of {}", at);
            if (row == 0) continue;
            turns.insert(design.moved[at]);
            for (std::size_t k = 0; k < d; ++k) {
                const bool moves = static_cast<std::int32_t>(k) == design.moved[at];
                if ((design.u[at * d + k] != design.u[(at - 1) * d + k]) != moves) return fmt::format("u of point {}, factor {}", at, k);
                if ((design.value[at * d + k] != design.value[(at - 1) * d + k]) != moves) return fmt::format("value of point {}, factor {}", at, k);
            }
        }
        if (turns.size() != d) return fmt::format("turns of {}", point);
    }
    return "";
}

// Of three levels the middle one leads to either end, as often to the one as to the other.
TEST(Morris, StepsFromTheMiddleToEitherSide)
{
    std::size_t up = 0, down = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        const Design design = morris({whole_factor("firms", 1, 3)}, 1, 4, seed);
        if (design.value[0] == 2) ++(design.value[1] == 3 ? up : down);
    }
    EXPECT_GT(up + down, 500u);
    EXPECT_Z_WITHIN(share_estimate(up, up + down, 0.5, 0), 0.5, alpha);
    EXPECT_Z_OUTSIDE(share_estimate(up, up + down, 0.5, 0), 0.7, alpha);
}

TEST(Morris, MovesOneFactorARow)
{
    Design design = morris(mixed_factors(), 40, 4, 1);
    EXPECT_EQ(design.points, 40u * 7);
    EXPECT_EQ(fault(design), "");
    EXPECT_EQ(fault(morris(unit_factors(13), 10, 8, 2)), "");
    design.u[7 * 6] = design.u[8 * 6] = 0.123;
    EXPECT_NE(fault(design), "");
}

/// The steps |difference| of factor k, in u times `scale`.
std::set<int> steps(const Design& design, std::size_t k, double scale)
{
    std::set<int> list;
    for (std::size_t point = 1; point < design.points; ++point)
        if (design.moved[point] == static_cast<std::int32_t>(k))
            list.insert(static_cast<int>(std::lround(scale * std::abs(design.u[point * design.factors + k] - design.u[(point - 1) * design.factors + k]))));
    return list;
}
/// Values of u that factor k takes, times `scale`.
std::set<int> levels(const Design& design, std::size_t k, double scale)
{
    std::set<int> list;
    for (const double u : column(design, k)) list.insert(static_cast<int>(std::lround(scale * u)));
    return list;
}

TEST(Morris, StepsByHalfTheLevels)
{
    const Design design = morris(mixed_factors(), 100, 6, 3);
    EXPECT_EQ(levels(design, 0, 5), (std::set<int>{0, 1, 2, 3, 4, 5}));   // bounded: i / 5
    EXPECT_EQ(steps(design, 0, 5), std::set<int>{3});                     // 6 / (2 x 5) of the range
    EXPECT_EQ(levels(design, 1, 12), (std::set<int>{1, 3, 5, 7, 9, 11})); // unbounded: (i + 0.5) / 6
    EXPECT_EQ(steps(design, 1, 12), std::set<int>{6});
    EXPECT_EQ(levels(design, 2, 6), (std::set<int>{1, 3, 5})); // three levels
    EXPECT_EQ(steps(design, 2, 3), std::set<int>{1});
    EXPECT_EQ(steps(design, 3, 4), std::set<int>{2});                                                                                  // four levels
    EXPECT_EQ(steps(design, 4, 2), std::set<int>{1});                                                                                  // two
    EXPECT_EQ(steps(design, 5, 3), (std::set<int>{1, 2}));                                                                             // a choice of three: to any other
    EXPECT_EQ(row(morris({uniform_factor("x", -1, 3)}, 1, 2, 1), 0)[0] + row(morris({uniform_factor("x", -1, 3)}, 1, 2, 1), 1)[0], 2); // from one end to the other
}

TEST(Morris, OfMoreTrajectoriesBeginsWithFewer)
{
    const std::vector<Factor> factors = mixed_factors();
    EXPECT_TRUE(begins_with(morris(factors, 50, 4, 5), morris(factors, 20, 4, 5)));
    EXPECT_FALSE(begins_with(morris(factors, 50, 4, 6), morris(factors, 20, 4, 5)));
}

/// Trajectories that nobody has spread out: the first of as many designs.
std::vector<double> random_trajectories(std::size_t d, std::size_t count, std::uint32_t levels, std::uint64_t seed)
{
    std::vector<double> u;
    for (std::size_t t = 0; t < count; ++t) {
        const Design one = morris(unit_factors(d), 1, levels, number_at(seed, t));
        u.insert(u.end(), one.u.begin(), one.u.end());
    }
    return u;
}
/// The least distance of two trajectories, by Campolongo's measure: the mean Euclidean distance of all pairs of their points.
double least_distance(const std::vector<double>& u, std::size_t d)
{
    const std::size_t size = (d + 1) * d, count = u.size() / size;
    double least = 1e9;
    for (std::size_t s = 0; s < count; ++s)
        for (std::size_t t = 0; t < s; ++t) {
            double sum = 0;
            for (std::size_t i = 0; i <= d; ++i)
                for (std::size_t j = 0; j <= d; ++j) {
                    double square = 0;
                    for (std::size_t k = 0; k < d; ++k) square += std::pow(u[s * size + i * d + k] - u[t * size + j * d + k], 2);
                    sum += std::sqrt(square);
                }
            least = std::min(least, sum / static_cast<double>((d + 1) * (d + 1)));
        }
    return least;
}

TEST(Morris, SpreadsTrajectoriesOut)
{
    constexpr std::size_t d = 4, trajectories = 20;
    constexpr std::uint32_t levels = 4;
    int better = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        better += least_distance(morris(unit_factors(d), trajectories, levels, seed).u, d) > least_distance(random_trajectories(d, trajectories, levels, seed), d);
    EXPECT_GE(better, 20); // by chance with probability 1e-6
    better = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        better += least_distance(random_trajectories(d, trajectories, levels, seed + 100), d) > least_distance(random_trajectories(d, trajectories, levels, seed), d);
    EXPECT_LT(better, 18); // two of the same kind
}

TEST(Morris, GivesEachLevelItsShare) // of the first trajectories of many seeds, which are independent
{
    constexpr std::uint64_t seeds = 20000;
    std::map<int, std::size_t> start, end;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const Design one = morris(unit_factors(1), 1, 4, seed);
        ++start[static_cast<int>(std::lround(3 * one.u[0]))], ++end[static_cast<int>(std::lround(3 * one.u[1]))];
    }
    for (int level = 0; level < 4; ++level)
        for (const std::size_t count : {start[level], end[level]}) {
            EXPECT_Z_WITHIN(share_estimate(count, seeds, 0.25, 0), 0.25, alpha);
            EXPECT_Z_OUTSIDE(share_estimate(count, seeds, 0.25, 0), 0.29, alpha);
        }
}

TEST(Morris, MovesFactorsInAnyOrder) // each of the six orders of three with equal probability
{
    constexpr std::uint64_t seeds = 20000;
    std::map<std::vector<std::int32_t>, std::size_t> orders;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) ++orders[morris(unit_factors(3), 1, 4, seed).moved];
    EXPECT_EQ(orders.size(), 6u);
    for (const auto& [order, count] : orders) {
        EXPECT_Z_WITHIN(share_estimate(count, seeds, 1 / 6., 0), 1 / 6., alpha);
        EXPECT_Z_OUTSIDE(share_estimate(count, seeds, 1 / 6., 0), 1 / 6. + 0.04, alpha);
    }
}

TEST(Morris, FindsTheEffectsOfAStraightLine)
{
    const std::vector<Factor> factors = {uniform_factor("a", 0, 1), uniform_factor("b", 0, 2), uniform_factor("c", 0, 1)};
    const Design design = morris(factors, 10, 4, 1);
    const double effect[] = {3, -2 * 2, 0}; // of the factor's whole range
    const auto f = [&](std::size_t point) { return 3 * row(design, point)[0] - 2 * row(design, point)[1]; };
    for (std::size_t point = 0; point < design.points; ++point) {
        if (design.moved[point] < 0) continue;
        const auto k = static_cast<std::size_t>(design.moved[point]);
        const double du = design.u[point * 3 + k] - design.u[(point - 1) * 3 + k];
        EXPECT_NEAR((f(point) - f(point - 1)) / du, effect[k], 1e-5);
    }
}

} // namespace
} // namespace entente
