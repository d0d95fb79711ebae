// Boxes that were planted are found again with intervals that hold their limits; luck is not taken for a box.
#include "analysis/discovery.hpp"
#include "analysis/hashed.hpp"
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace entente;

namespace {

constexpr double alpha = 1e-6; ///< of each statistical test here

struct Planted {
    Cases cases;
    double above, below; ///< x0 > above and x1 < below
};
/// Five inputs, evenly drawn; in the box the outcome has chance `inside`, elsewhere `outside`.
Planted planted(std::uint64_t seed, std::size_t rows, double inside, double outside)
{
    Planted p{.cases = {}, .above = 0.55 + 0.1 * hashed_uniform(seed, 7'000'001), .below = 0.45 + 0.1 * hashed_uniform(seed, 7'000'002)};
    for (std::size_t c = 0; c < 5; ++c) {
        p.cases.columns.push_back({.name = fmt::format("x{}", c), .choices = {}, .value = {}, .sets = {}});
        for (std::size_t r = 0; r < rows; ++r) p.cases.columns[c].value.push_back(hashed_uniform(1000 * seed + c, r));
    }
    for (std::size_t r = 0; r < rows; ++r) {
        const bool in = p.cases.columns[0].value[r] > p.above && p.cases.columns[1].value[r] < p.below;
        p.cases.hits.push_back(hashed_uniform(1000 * seed + 9, r) < (in ? inside : outside) ? 1 : 0);
        p.cases.runs.push_back(1);
    }
    return p;
}

/// Chance of so few of n, or fewer, at p.
double chance_of_so_few(int k, int n, double p) { return k < 0 ? 0 : boost::math::cdf(boost::math::binomial(n, p), k); }

TEST(Discovery, HoldsThePlantedLimitsAtTheStatedRate)
{
    constexpr int repeats = 150;
    int limits = 0, held = 0, shifted = 0, stands = 0;
    for (int i = 0; i < repeats; ++i) {
        const Planted p = planted(static_cast<std::uint64_t>(i) + 1, 600, 0.8, 0.1);
        const auto found = discover(p.cases, {.boxes = 1, .resamples = 40, .seed = static_cast<std::uint64_t>(i)});
        ASSERT_EQ(found->boxes.size(), 1u);
        stands += found->boxes[0].stands;
        for (const BoxLimit& l : found->boxes[0].limits) {
            if (l.column > 1) continue;
            ++limits;
            const double truth = l.column == 0 ? p.above : p.below;
            held += l.interval.low <= truth && truth <= l.interval.high;
            shifted += l.interval.low <= truth + 0.25 && truth + 0.25 <= l.interval.high;
        }
    }
    EXPECT_GT(limits, 2 * repeats * 9 / 10);
    EXPECT_GT(stands, repeats * 9 / 10);
    EXPECT_GT(chance_of_so_few(held, limits, 0.9), alpha) << held << " of " << limits << " intervals hold the planted limit, 90 % are stated";
    EXPECT_LT(chance_of_so_few(shifted, limits, 0.9), alpha) << shifted << " of " << limits << " hold a limit that was planted elsewhere: the test sees nothing";
}

TEST(Discovery, TakesLuckForLuck)
{
    constexpr int repeats = 100;
    int stand = 0;
    for (int i = 0; i < repeats; ++i) {
        const Planted p = planted(static_cast<std::uint64_t>(i) + 5000, 400, 0.2, 0.2);
        const auto found = discover(p.cases, {.boxes = 1, .resamples = 40, .seed = static_cast<std::uint64_t>(i)});
        for (const FoundBox& box : found->boxes) stand += box.stands;
    }
    EXPECT_GT(1 - chance_of_so_few(stand - 1, repeats, 0.05), alpha) << stand << " of " << repeats << " boxes of mere luck stand at a level of .05";
    const auto naive = discover(planted(5000, 400, 0.2, 0.2).cases, {.boxes = 1, .resamples = 40, .keep_loose = true});
    ASSERT_EQ(naive->boxes.size(), 1u);
    EXPECT_GT(naive->boxes[0].density.estimate, 0.25) << "on the rows that it was found on the box looks like one";
    EXPECT_LT(std::abs(naive->boxes[0].held_out.density - 0.2), 0.05) << "on others it does not";
}

TEST(Discovery, TellsReplicatesFromPoints)
{
    // 60 points of 40 runs each, chances that scatter between points and have nothing to do with the inputs: run by run it looks like structure.
    int stand = 0, apart = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Planted p = planted(seed + 9000, 60, 0, 0);
        Cases runs = p.cases;
        runs.hits.clear(), runs.runs.clear();
        for (InputColumn& c : runs.columns) c.value.clear();
        for (std::size_t r = 0; r < 60; ++r) {
            const double chance = 0.05 + 0.9 * std::pow(hashed_uniform(seed + 400, r), 3);
            double hits = 0;
            for (std::uint32_t i = 0; i < 40; ++i) {
                const double hit = hashed_uniform(seed + 500, 40 * r + i) < chance ? 1 : 0;
                hits += hit;
                runs.hits.push_back(hit), runs.runs.push_back(1);
                for (std::size_t c = 0; c < 5; ++c) runs.columns[c].value.push_back(p.cases.columns[c].value[r]);
            }
            p.cases.hits[r] = hits, p.cases.runs[r] = 40;
        }
        const auto together = discover(p.cases, {.boxes = 1, .resamples = 40}), single = discover(runs, {.boxes = 1, .resamples = 40});
        for (const FoundBox& box : together->boxes) stand += box.stands;
        for (const FoundBox& box : single->boxes) apart += box.stands;
        if (seed > 1) continue;
        std::vector<std::size_t> all = {0, 1, 2, 3, 4};
        runs.group = groups_alike(runs.columns, all);
        EXPECT_NEAR(design_effect(p.cases, all_rows(p.cases)), design_effect(runs, all_rows(runs)), 1e-9) << "rows that share a point are the point";
        EXPECT_GT(design_effect(p.cases, all_rows(p.cases)), 5);
    }
    EXPECT_GT(1 - chance_of_so_few(stand - 1, 40, 0.05), alpha) << stand << " of 40 stand";
    EXPECT_LT(1 - chance_of_so_few(apart - 1, 40, 0.05), alpha) << apart << " of 40 stand where runs of a point are taken for rows: the test sees nothing";
}

TEST(Discovery, GivesTheSameBitsOnAnyThreads)
{
    const Planted p = planted(3, 500, 0.8, 0.1);
    const auto one = discover(p.cases, {.boxes = 2, .resamples = 30, .threads = 1}), four = discover(p.cases, {.boxes = 2, .resamples = 30, .threads = 4});
    ASSERT_EQ(one->boxes.size(), four->boxes.size());
    for (std::size_t b = 0; b < one->boxes.size(); ++b) {
        EXPECT_EQ(one->boxes[b].box, four->boxes[b].box);
        EXPECT_EQ(one->boxes[b].held_out.p, four->boxes[b].held_out.p);
        ASSERT_EQ(one->boxes[b].limits.size(), four->boxes[b].limits.size());
        for (std::size_t l = 0; l < one->boxes[b].limits.size(); ++l) EXPECT_EQ(one->boxes[b].limits[l].interval.low, four->boxes[b].limits[l].interval.low);
    }
    EXPECT_NE(discover(p.cases, {.boxes = 1, .resamples = 30, .seed = 2})->boxes[0].held_out.p, one->boxes[0].held_out.p);
}

Trajectory steps(const std::vector<std::array<double, 3>>& rows_runs_hits)
{
    Trajectory t;
    const double all = rows_runs_hits[0][2];
    for (const auto& [rows, runs, hits] : rows_runs_hits)
        t.steps.push_back({.in = {static_cast<std::size_t>(rows), hits, runs}, .mass = rows / rows_runs_hits[0][0], .coverage = hits / all, .density = hits / runs});
    return t;
}

TEST(Discovery, ChoosesABoxByTheRule)
{
    // Coverage less mass: 0, .95 - .8 = .15, .9 - .5 = .4, .5 - .2 = .3, .2 - .05 = .15.
    const Trajectory t = steps({{1000, 1000, 100}, {800, 800, 95}, {500, 500, 90}, {200, 200, 50}, {50, 50, 20}});
    EXPECT_EQ(chosen_step(t, {}), 2u);
    EXPECT_EQ(chosen_step(t, {.by = Wanted::By::density, .least = 0.2}), 3u);
    EXPECT_EQ(chosen_step(t, {.by = Wanted::By::density, .least = 0.41}), std::nullopt);
    EXPECT_EQ(chosen_step(t, {.by = Wanted::By::coverage, .least = 0.9}), 2u);
    EXPECT_EQ(chosen_step(t, {.by = Wanted::By::coverage, .least = 0.1}), 4u);
    EXPECT_EQ(chosen_step(t, {.by = Wanted::By::step, .step = 4}), 4u);
    EXPECT_EQ(chosen_step(t, {.by = Wanted::By::step, .step = 5}), std::nullopt);
}

TEST(Discovery, RatesALimitByTheBoxWithoutIt)
{
    // Ten rows; the box keeps the upper five, of which four are hits; without its limit six of ten are. Chance of four or more of five at .6: 5 x .6^4 x .4 + .6^5 = .33696.
    Cases cases{.columns = {{.name = "x", .choices = {}, .value = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, .sets = {}}}, .hits = {1, 0, 0, 0, 1, 1, 1, 1, 1, 0}, .runs = std::vector<std::uint32_t>(10, 1)};
    const Box start = whole_box(cases);
    Box box = start;
    box[0].low = 4.5;
    const std::vector<BoxLimit> limits = limits_of(box, start);
    ASSERT_EQ(limits.size(), 1u);
    EXPECT_NEAR(quasi_p(cases, box, start, limits[0], all_rows(cases)), 0.33696, 1e-12);
    EXPECT_EQ(without(box, limits[0], start), start);
    EXPECT_EQ(chance_of_as_many(0, 10, 0.3), 1);
    EXPECT_EQ(chance_of_as_many(3, 10, 0), 0);
    EXPECT_EQ(chance_of_as_many(10, 10, 1), 1);
    EXPECT_NEAR(chance_of_as_many(10, 10, 0.5), std::pow(0.5, 10), 1e-15);
}

TEST(Discovery, SaysWhyThereIsNoBox)
{
    Planted p = planted(1, 100, 0.5, 0.5);
    Cases cases = p.cases;
    std::ranges::fill(cases.hits, 0);
    EXPECT_EQ(discover(cases)->end, Discovery::End::never);
    std::ranges::fill(cases.hits, 1);
    EXPECT_EQ(discover(cases)->end, Discovery::End::always);
    cases = p.cases;
    for (InputColumn& c : cases.columns) std::ranges::fill(c.value, 3);
    EXPECT_EQ(discover(cases)->end, Discovery::End::no_inputs);
    const auto dense = discover(p.cases, {.wanted = {.by = Wanted::By::density, .least = 1}, .resamples = 20});
    EXPECT_EQ(dense->end, Discovery::End::not_dense);
    EXPECT_LT(dense->best_density, 1);
    EXPECT_THROW(discover(p.cases, {.resamples = 5}), std::invalid_argument);
    const std::atomic<bool> stop{true};
    EXPECT_FALSE(discover(planted(1, 300, 0.9, 0.1).cases, {}, {}, &stop).has_value());
}

TEST(Discovery, LooksForTheNextBoxInWhatIsLeft)
{
    // Two boxes: x0 > .6 and x1 < .5; x2 > .75 and x3 > .6.
    Cases cases = planted(11, 2000, 0, 0).cases;
    for (std::size_t r = 0; r < cases.rows(); ++r) {
        const auto x = [&](std::size_t c) { return cases.columns[c].value[r]; };
        cases.hits[r] = hashed_uniform(77, r) < (x(0) > 0.6 && x(1) < 0.5 ? 0.9 : x(2) > 0.75 && x(3) > 0.6 ? 0.7 : 0.03) ? 1 : 0;
    }
    const auto found = discover(cases, {.boxes = 5, .resamples = 40});
    ASSERT_GE(found->boxes.size(), 2u);
    EXPECT_TRUE(found->boxes[0].stands && found->boxes[1].stands);
    EXPECT_GT(found->boxes[0].coverage + found->boxes[1].coverage, 0.6);
    EXPECT_EQ(found->boxes[1].path.steps[0].in.rows, 2000 - found->boxes[0].in.rows);
    EXPECT_TRUE(found->boxes.size() == 2 || !found->boxes.back().stands);
}

} // namespace
