// What stands beside a run's shares is part of its result: the same after an interruption, in shards, and when the result is made again.
#include "experiment/again.hpp"
#include "experiment/consolidate.hpp"
#include "experiment/merge.hpp"
#include "small.hpp"
#include <filesystem>

namespace entente {
namespace {

using BesideTheShares = ExperimentTest;
constexpr BesideAsked few{.dial_futures = 8, .readings = 12};

Experiment run_with(const BesideAsked& asked, std::uint32_t runs = 600) { return plain_experiment(small_scenario(runs), one_thread(), {}, "", asked); }

TEST_F(BesideTheShares, IsKeptInTheFile)
{
    const Experiment e = run_with(few);
    const Done done = carry_out(e, {.out = path("r.h5")});
    const Beside made = *beside_of(e.scenario(), beside_sizes(few, e.scenario(), 600), e.options);
    EXPECT_EQ(made.sizes(), (BesideSizes{8, 12}));
    EXPECT_EQ(done.run->beside, made);
    EXPECT_EQ(read_result(done.path).beside, made);
    EXPECT_EQ(carry_out_unkept(e).run->beside, made);
    EXPECT_EQ(read_result(carry_out(run_with({}), {.out = path("none.h5")}).path).beside, Beside()) << "600 runs are too few, unless they are asked for";
    EXPECT_EQ(read_result(carry_out(run_with({.readings = 3}), {.out = path("three.h5")}).path).beside.sizes(), (BesideSizes{0, 3}));
}

TEST_F(BesideTheShares, IsOnlyTakenFromAFileThatHasTheSame)
{
    carry_out(run_with(few), {.out = path("r.h5")});
    EXPECT_TRUE(carry_out(run_with(few), {.out = path("r.h5")}).found);
    const auto facts = refused<refusal::OtherResult>([&] { carry_out(run_with({}), {.out = path("r.h5")}); });
    EXPECT_EQ(facts.in, refusal::OtherResult::In::beside);
    EXPECT_EQ(facts.there, "8 futures of each dial and 12 readings");
}

TEST_F(BesideTheShares, IsMadeAgainAfterAnInterruption)
{
    const std::string whole = carry_out(run_with(few), {.out = path("whole.h5")}).path;
    Stopper stopper{.pieces = 4}; // three pieces of the run itself, one of a dial
    std::uint64_t last = 0, all = 0;
    Listener listener = stopper.listener();
    listener.progress = [&, count = listener.progress](Progress p) {
        EXPECT_GT(p.done, last);
        last = p.done, all = p.all;
        count(p);
    };
    const Done cut = carry_out(run_with(few), {.out = path("r.h5")}, listener, &stopper.flag);
    EXPECT_FALSE(cut.complete);
    EXPECT_EQ(cut.runs, 600u);
    EXPECT_EQ(cut.path, path("r.parts"));
    EXPECT_EQ(last, 608u);
    EXPECT_EQ(all, 600u + 13 * 8 + 12 * 32);
    EXPECT_FALSE(std::filesystem::exists(path("r.h5")));
    const Done done = carry_out(run_with(few), {.out = path("r.h5"), .resume = true});
    EXPECT_TRUE(done.complete);
    expect_same_data(done.path, whole);
    EXPECT_FALSE(std::filesystem::exists(path("r.parts")));
}

TEST_F(BesideTheShares, IsThatOfTheWholeRunInShards)
{
    const Experiment e = run_with(few);
    std::vector<std::string> folders;
    for (const std::uint32_t number : {1u, 2u}) folders.push_back(carry_out(e, {.out = path("x.h5"), .shard = number, .shards = 2}).path);
    const Done merged = *merge(open_parts(folders), path("merged.h5"));
    EXPECT_EQ(merged.run->beside.sizes(), (BesideSizes{8, 12}));
    expect_same_data(merged.path, carry_out(e, {.out = path("whole.h5")}).path);
}

TEST_F(BesideTheShares, IsComparedWhenAResultIsMadeAgain)
{
    const Experiment e = run_with(few);
    const Done done = carry_out(e, {.out = path("r.h5")});
    const Repeated same = repeat(*done.run, done.path, one_thread());
    EXPECT_FALSE(same.departure);
    EXPECT_EQ(same.made, 600u);
    EXPECT_TRUE(same.not_compared.empty());
    StoredResult other = *done.run;
    --other.beside.dials->futures; // as if the file had been made with fewer
    const Repeated again = repeat(other, done.path, one_thread());
    ASSERT_TRUE(again.departure);
    EXPECT_TRUE(again.departure->what.starts_with("drivers/")) << again.departure->what;
}

TEST_F(BesideTheShares, OfARunThatStopsByPrecisionIsThatOfItsLength)
{
    EnsembleOptions options = one_thread();
    const Experiment e = plain_experiment(small_scenario(100'000), options, {{parse_quantity("share_alignment at 2026Q4"), 0.04}});
    const Done done = carry_out(e, {.out = path("r.h5")});
    ASSERT_TRUE(done.verdict->enough);
    EXPECT_EQ(done.run->beside.sizes(), beside_sizes({}, e.scenario(), static_cast<std::uint32_t>(done.runs)));
}

} // namespace
} // namespace entente
