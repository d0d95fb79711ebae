// Shards put together.
#include "experiment/merge.hpp"
#include "small.hpp"
#include <filesystem>

namespace entente {
namespace {

using Merge = ExperimentTest;

Done shard(const Experiment& e, const std::string& out, std::uint32_t number, std::uint32_t of) { return carry_out(e, {.out = out, .shard = number, .shards = of}); }

TEST_F(Merge, GivesTheDataOfAnUndividedExperiment)
{
    const Experiment run = small_run(1100), sweep = small_sweep_of(200);
    for (const Experiment* e : {&run, &sweep}) {
        std::vector<std::string> folders;
        for (const std::uint32_t number : {3u, 1u, 2u}) {
            const Done done = shard(*e, path("x.h5"), number, 3);
            EXPECT_TRUE(done.complete && done.shard);
            EXPECT_EQ(done.runs, done.all);
            EXPECT_FALSE(std::filesystem::exists(path("x.h5")));
            folders.push_back(done.path);
        }
        const Done merged = *merge(open_parts(folders), path("merged.h5"));
        EXPECT_TRUE(merged.complete && !merged.shard);
        EXPECT_EQ(merged.run.has_value(), !e->sweep);
        expect_same_data(merged.path, carry_out(*e, {.out = path("whole.h5"), .force = true}).path);
        for (const std::string& parts : folders) std::filesystem::remove_all(parts);
    }
}

TEST_F(Merge, StopsAndLeavesThePartsAsTheyAre)
{
    const Experiment run = small_run(1100), sweep = small_sweep_of(200);
    for (const Experiment* e : {&run, &sweep}) {
        const std::vector<std::string> folders{shard(*e, path("x.h5"), 1, 2).path, shard(*e, path("x.h5"), 2, 2).path};
        std::atomic<bool> stop = true;
        EXPECT_FALSE(merge(open_parts(folders), path("merged.h5"), {}, &stop));
        stop = false;
        EXPECT_FALSE(merge(open_parts(folders), path("merged.h5"), {.together = [&](Progress p) { stop = p.done > 0; }}, &stop));
        std::size_t left = 0;
        for (const auto& file : std::filesystem::directory_iterator(folder.path)) {
            EXPECT_EQ(file.path().extension(), ".parts") << file.path();
            ++left;
        }
        EXPECT_EQ(left, 2u);
        EXPECT_TRUE(merge(open_parts(folders), path("merged.h5"))->complete);
        std::filesystem::remove(path("merged.h5"));
        for (const std::string& parts : folders) std::filesystem::remove_all(parts);
    }
}

TEST_F(Merge, NamesEveryGapAndOverlap)
{
    const Experiment e = small_run(256 * 10); // ten pieces
    const std::string first = shard(e, path("x.h5"), 1, 5).path, third = shard(e, path("x.h5"), 3, 5).path, half = shard(e, path("x.h5"), 1, 2).path;
    const auto facts = refused<refusal::NotWhole>([&] { merge(open_parts({first, third, half}), path("merged.h5")); });
    ASSERT_EQ(facts.overlaps.size(), 2u) << "of pieces 0 and 1, and of piece 4";
    EXPECT_EQ(facts.overlaps[0].a, first);
    EXPECT_EQ(facts.overlaps[0].b, half);
    EXPECT_EQ(facts.overlaps[0].first, 0u);
    EXPECT_EQ(facts.overlaps[0].last, 1u);
    EXPECT_EQ(facts.overlaps[1].first, 4u);
    EXPECT_EQ(facts.overlaps[1].last, 4u);
    ASSERT_EQ(facts.gaps.size(), 1u);
    EXPECT_EQ(facts.gaps[0].first, 6u);
    EXPECT_EQ(facts.gaps[0].last, 9u);
    EXPECT_EQ(facts.gaps[0].pieces, 10u);
    EXPECT_EQ(facts.gaps[0].shard, 4u);
    EXPECT_EQ(facts.gaps[0].shards, 5u);
    EXPECT_EQ(facts.gaps[0].unfinished, "");
    EXPECT_FALSE(std::filesystem::exists(path("merged.h5")));
}

TEST_F(Merge, NamesTheFolderThatIsNotFinished)
{
    const EnsembleOptions one = one_thread();
    const Experiment e = small_run(256 * 10, 1, one);
    Stopper stopper;
    const std::string second = shard(e, path("x.h5"), 2, 2).path;
    const Done cut = carry_out(e, {.out = path("x.h5"), .shard = 1, .shards = 2}, stopper.listener(), &stopper.flag);
    EXPECT_FALSE(cut.complete);
    const auto facts = refused<refusal::NotWhole>([&] { merge(open_parts({cut.path, second}), path("merged.h5")); });
    ASSERT_EQ(facts.gaps.size(), 1u);
    EXPECT_EQ(facts.gaps[0].first, cut.runs / 256);
    EXPECT_EQ(facts.gaps[0].last, 4u);
    EXPECT_EQ(facts.gaps[0].unfinished, cut.path);
}

TEST_F(Merge, RefusesPartsOfDifferentExperiments)
{
    const std::string a = shard(small_run(600, 1), path("a.h5"), 1, 2).path, b = shard(small_run(600, 2), path("b.h5"), 2, 2).path;
    const auto facts = refused<refusal::MixedParts>([&] { merge(open_parts({a, b}), path("merged.h5")); });
    EXPECT_EQ(facts.a, a);
    EXPECT_EQ(facts.b, b);
    EXPECT_EQ(facts.difference, "scenario: 'seed = 1' there, 'seed = 2' here");
}

TEST_F(Merge, TakesFoldersOfPartsAlone)
{
    const std::string file = carry_out(small_run(300), {.out = path("r.h5")}).path;
    EXPECT_EQ(refused<refusal::NotAFolder>([&] { open_parts({file}); }).path, file);
    EXPECT_THROW(open_parts({path("nothing")}), std::runtime_error);
    EXPECT_THROW(merge({}, path("merged.h5")), std::invalid_argument);
    refused<refusal::NoFile>([&] { merge({}, folder.path); });
}

TEST_F(Merge, NeedsAsManyPiecesAsShards)
{
    const auto facts = refused<refusal::TooManyShards>([&] { shard(small_run(600), path("r.h5"), 1, 4); });
    EXPECT_EQ(facts.pieces, 3u);
    EXPECT_EQ(facts.shards, 4u);
}

TEST_F(Merge, TakesPiecesThatAreSummedUpAlone)
{
    const Experiment e = small_run(256 * 4);
    const std::string first = shard(e, path("x.h5"), 1, 2).path, second = shard(e, path("x.h5"), 2, 2).path;
    std::filesystem::remove(second + "/state"); // as a program leaves it that is killed before it saves
    const auto facts = refused<refusal::NotWhole>([&] { merge(open_parts({first, second}), path("merged.h5")); });
    ASSERT_EQ(facts.gaps.size(), 1u);
    EXPECT_EQ(facts.gaps[0].first, 2u);
    EXPECT_EQ(facts.gaps[0].last, 3u);
    EXPECT_EQ(facts.gaps[0].unfinished, second);
}

} // namespace
} // namespace entente
