#include "ensemble/beside.hpp"
#include "small_posterior.hpp"
#include "scenarios.hpp"
#include <algorithm>
#include <gtest/gtest.h>

namespace entente {
namespace {

Scenario small(const std::string& more = "")
{
    const std::string overlay = "horizon = \"2027Q4\"\nagents = { firms = 8, banks = 4, elites = 8 }\n" + more;
    Scenario s = more == small_posterior ? shipped_scenario("baseline", overlay) : scenario("baseline", overlay);
    s.runs = 4000;
    return s;
}
constexpr int quarter = 55;
const std::vector<int> quarters = {46, 55};

Beside made(const Scenario& s, const BesideSizes& sizes, unsigned threads = 1)
{
    EnsembleOptions options;
    options.threads = threads;
    return *run_beside(s, sizes, quarter, quarters, options);
}

/// A lever shifted from start to horizon.
CourseSetting shift_of(std::string_view lever, double by, const Scenario& s)
{
    Course course{.target = Target::lever, .index = Description::find(describe().levers, lever), .how = {}, .value = {}};
    for (int q = 0; q <= s.horizon; ++q) course.how.push_back(q < s.start ? Imposition::none : Imposition::add), course.value.push_back(by);
    return {course, {}};
}

} // namespace

TEST(Turned, AreTheDialsAndEachLeverOfOneThatMovesSeveral)
{
    std::vector<std::string> names;
    for (const Turned& what : turned) names.push_back(name_of(what));
    EXPECT_EQ(names, (std::vector<std::string>{"dependence", "sanctions_pressure", "sanctions_pressure.sanctions_push", "sanctions_pressure.enforcement_push", "central_asia", "taiwan_window"}));
}

TEST(BesideSizes, AreTogetherNoMoreThanTheRunsOwnFutures)
{
    const Scenario s = small();
    for (const std::uint32_t runs : {2000u, 2047u, 4000u, 10000u, 1'000'000u}) {
        const BesideSizes sizes = beside_sizes({}, s, runs);
        EXPECT_LE(sizes.runs(), runs);
        EXPECT_GE(sizes.dial_futures, 72u) << "of " << runs;
        EXPECT_GE(sizes.readings, 30u);
    }
    EXPECT_EQ(beside_sizes({}, s, 1999), BesideSizes()) << "too few to say anything";
    EXPECT_EQ(beside_sizes({.dial_futures = 0}, s, 10000).dial_futures, 0u);
    EXPECT_EQ(beside_sizes({.dial_futures = 0}, s, 10000).readings, 156u) << "the one does not take from the other";
    EXPECT_EQ(beside_sizes({.readings = 0}, s, 10000).readings, 0u);
    EXPECT_EQ(beside_sizes({.dial_futures = 3, .readings = 7}, s, 10), (BesideSizes{3, 7})) << "who asks for them gets them";
    EXPECT_EQ(beside_sizes({.readings = 7}, scenario("history"), 10000), BesideSizes()) << "history has one reading";
}

// Each arm is the scenario with one dial turned, and its futures are the scenario's own runs, to the bit.
TEST(DialRuns, AreTheScenariosOwnRunsWithOneDialTurned)
{
    Scenario s = small();
    s.dials[1] = 0.75;
    const DialRuns dials = *made(s, {.dial_futures = 16, .readings = 0}).dials;
    EXPECT_EQ(dials.own[1], 0.75);
    const std::size_t index = Description::find(describe().variables, "alignment_index");
    for (std::size_t arm = 0; arm < dial_arms; ++arm) {
        Scenario arm_of_its_own = s;
        arm_of_its_own.runs = 16;
        const double end = static_cast<double>((arm - 1) % 2);
        if (arm > 0) {
            const Turned& what = turned[(arm - 1) / 2];
            if (!what.alone) arm_of_its_own.dials[what.driver] = end;
            else arm_of_its_own.courses.push_back(shift_of(what.alone->name, added(*what.alone, end) - added(*what.alone, s.dials[what.driver]), s));
        }
        run_ensemble(arm_of_its_own, {}, [&](const FinishedBlock& block) {
            for (std::size_t run = 0; run < 16; ++run) {
                EXPECT_EQ(dials.outcome[arm * 16 + run], block.result.outcome[quarter * 16 + run]);
                EXPECT_EQ(dials.alignment_index[arm * 16 + run], block.result.value(quarter, index, run));
                for (std::size_t driver = 0; driver < drivers.size(); ++driver) {
                    const std::size_t v = Description::find(describe().variables, drivers[driver].variable);
                    double sum = 0;
                    for (std::size_t q = 44; q <= quarter; ++q) sum += static_cast<double>(block.result.value(q, v, run));
                    EXPECT_FLOAT_EQ(dials.variable[(driver * dial_arms + arm) * 16 + run], static_cast<float>(sum / 12));
                }
            }
        });
    }
}

// Reading i has what the run i draws of parameters, and the chance of the runs from 32 i on.
TEST(ReadingRuns, AreFuturesOfOneDraw)
{
    const Scenario s = small();
    const ReadingRuns readings = *made(s, {.dial_futures = 0, .readings = 9}).readings;
    Scenario first = s;
    first.runs = 9;
    std::vector<double> drawn; // [parameter][run]
    run_ensemble(first, {}, [&](const FinishedBlock& block) { drawn = block.job.parameters; });
    for (const std::size_t reading : {0u, 8u}) {
        Scenario fixed = s;
        for (std::size_t p = 0; p < fixed.parameters.size(); ++p) fixed.parameters[p].distribution = {.shape = Shape::value, .a = drawn[p * 9 + reading]};
        for (std::size_t q = 0; q < fixed.structures.size(); ++q) {
            std::ranges::fill(fixed.structures[q].weights, 0);
            fixed.structures[q].weights[readings.structure[q * 9 + reading]] = 1;
        }
        const Point point = fixed.point();
        const Job job = block_job(fixed, point, static_cast<std::uint32_t>(reading * 32), 32, {});
        const BlockResult result = choose_kernel("double").run(job);
        EXPECT_EQ(readings.counted[reading], 32u);
        for (std::size_t date = 0; date < quarters.size(); ++date)
            for (std::size_t code = 0; code < 32; ++code) {
                const auto* const of_date = &result.outcome[static_cast<std::size_t>(quarters[date]) * 32];
                EXPECT_EQ(readings.code_count[(date * 32 + code) * 9 + reading], std::count(of_date, of_date + 32, code)) << reading << ", date " << date << ", code " << code;
            }
        for (std::size_t e = 0; e < describe().events.size(); ++e) {
            const auto* const of_event = &result.first_event[e * 32];
            EXPECT_EQ(readings.event_count[e * 9 + reading], std::count_if(of_event, of_event + 32, [](int q) { return q >= 0; }));
        }
    }
}

TEST(ReadingRuns, LeaveWhatTheScenarioHasChosen)
{
    const ReadingRuns readings = *made(small("[structures]\ndep = \"pawn\"\nbond = { enemy_only = 0.5, concert = 0.5 }\n"), {.dial_futures = 0, .readings = 64}).readings;
    const auto of = [&](const char* name) { return std::span(readings.structure).subspan(Description::find(describe().structures, name) * 64, 64); };
    EXPECT_EQ(std::ranges::count(of("dep"), 1), 64) << "pawn in all";
    for (const char* const open : {"bond", "window", "reach"}) {
        EXPECT_GT(std::ranges::count(of(open), 0), 10) << open;
        EXPECT_GT(std::ranges::count(of(open), 1), 10) << open;
    }
    EXPECT_GT(std::ranges::count(of("warpref"), 2), 5) << "three answers";
}

// Both arms are the scenario's own runs, one with its posterior and one without, to the bit.
TEST(PriorRuns, AreTheScenariosOwnRunsWithAndWithoutItsPosterior)
{
    const Scenario with = small(small_posterior);
    const PriorRuns priors = *made(with, {.prior_futures = 40}).priors;
    EXPECT_EQ(priors.quarters, quarters);
    std::size_t arm = 0;
    for (Scenario s : {with, small()}) {
        s.runs = 40;
        run_ensemble(s, {}, [&](const FinishedBlock& block) {
            for (std::size_t run = 0; run < 40; ++run) {
                EXPECT_EQ(priors.whole[arm * 40 + run], 1);
                for (std::size_t date = 0; date < quarters.size(); ++date)
                    EXPECT_EQ(priors.outcome[(date * prior_arms + arm) * 40 + run], block.result.outcome[static_cast<std::size_t>(quarters[date]) * 40 + run]);
            }
        });
        ++arm;
    }
}

// 400 pairs: where one in fifty parts, all are the same once in three thousand times.
TEST(PriorRuns, PartWherePosteriorAndPriorsDo)
{
    const PriorRuns priors = *made(small(small_posterior), {.prior_futures = 400}).priors;
    std::size_t parted = 0;
    for (std::size_t date = 0; date < quarters.size(); ++date)
        for (std::size_t run = 0; run < 400; ++run) parted += priors.outcome[date * prior_arms * 400 + run] != priors.outcome[(date * prior_arms + 1) * 400 + run];
    EXPECT_GT(parted, 0u);
}

TEST(PriorRuns, TakeAThirdOfWhatStandsBesideAPosterior)
{
    const Scenario with = small(small_posterior);
    for (const std::uint32_t runs : {2000u, 4000u, 10000u, 1'000'000u}) {
        const BesideSizes sizes = beside_sizes({}, with, runs);
        EXPECT_LE(sizes.runs(), runs);
        EXPECT_GE(sizes.prior_futures, 328u) << "of " << runs;
    }
    EXPECT_EQ(beside_sizes({}, with, 10000).prior_futures, 1664u);
    EXPECT_EQ(beside_sizes({}, with, 1999), BesideSizes());
    EXPECT_EQ(beside_sizes({}, small(), 10000).prior_futures, 0u) << "without a posterior there is nothing to compare";
    EXPECT_EQ(beside_sizes({.prior_futures = 9}, small(), 10000).prior_futures, 0u);
    EXPECT_EQ(beside_sizes({.prior_futures = 9}, with, 10).prior_futures, 9u);
    EXPECT_EQ(beside_sizes({.prior_futures = 0}, with, 10000).prior_futures, 0u);
}

// Reading i has the parameters of the scenario's run i, of one draw of the posterior.
TEST(ReadingRuns, HaveTheDrawsOfAPosterior)
{
    const Scenario with = small(small_posterior), without = small();
    const BesideSizes sizes{.readings = 12};
    EXPECT_NE(made(with, sizes).readings, made(without, sizes).readings);
    const ReadingRuns readings = *made(with, sizes).readings;
    Plan plan = make_plan({with}, {}, {}, 12);
    const PlannedJob own = job_of(plan, piece_of(plan, 0), {});
    Scenario fixed = with_priors(with);
    for (std::size_t p = 0; p < fixed.parameters.size(); ++p) hold_parameter(fixed, p, own.job.parameters[p * 12 + 7]);
    for (std::size_t q = 0; q < fixed.structures.size(); ++q) {
        std::ranges::fill(fixed.structures[q].weights, 0);
        fixed.structures[q].weights[readings.structure[q * 12 + 7]] = 1;
    }
    const Point point = fixed.point();
    const BlockResult result = choose_kernel("double").run(block_job(fixed, point, 7 * 32, 32, {}));
    for (std::size_t code = 0; code < 32; ++code)
        EXPECT_EQ(readings.code_count[(1 * 32 + code) * 12 + 7], std::count(&result.outcome[quarter * 32], &result.outcome[quarter * 32] + 32, code));
}

TEST(Beside, IsTheSameOnAnyNumberOfThreads)
{
    const BesideSizes sizes{.dial_futures = 24, .readings = 20};
    EXPECT_EQ(made(small(), sizes, 1), made(small(), sizes, 3));
    const BesideSizes all{.dial_futures = 8, .readings = 9, .prior_futures = 300};
    EXPECT_EQ(made(small(small_posterior), all, 1), made(small(small_posterior), all, 3));
    EXPECT_EQ(made(small(small_posterior), all).sizes(), all);
    Scenario other = small();
    other.seed = 2;
    EXPECT_NE(made(small(), sizes).readings, made(other, sizes).readings);
    EXPECT_NE(made(small(), sizes).dials, made(other, sizes).dials);
    EXPECT_EQ(made(small(), sizes).sizes(), sizes);
}

TEST(Beside, CountsWhatIsDoneAndGivesNothingWhenStopped)
{
    const BesideSizes sizes{.dial_futures = 16, .readings = 20};
    std::uint64_t last = 0;
    run_beside(small(), sizes, quarter, quarters, {}, [&](Progress p) {
        EXPECT_GT(p.done, last);
        EXPECT_EQ(p.all, sizes.runs());
        last = p.done;
    });
    EXPECT_EQ(last, 13 * 16u + 20 * 32u);
    const BesideSizes all{.dial_futures = 8, .readings = 9, .prior_futures = 10};
    last = 0;
    run_beside(small(small_posterior), all, quarter, quarters, {}, [&](Progress p) {
        EXPECT_GT(p.done, last);
        EXPECT_EQ(p.all, all.runs());
        last = p.done;
    });
    EXPECT_EQ(last, 13 * 8u + 9 * 32u + 2 * 10u);
    const std::atomic<bool> stop{true};
    EXPECT_EQ(run_beside(small(), sizes, quarter, quarters, {}, {}, &stop), std::nullopt);
}

} // namespace entente
