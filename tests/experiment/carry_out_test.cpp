// Experiments carried out from memory to file: what comes out, what is told, what a stop and a fault leave.
#include "small.hpp"
#include "core/text.hpp"
#include "experiment/again.hpp"
#include "write_file.hpp"
#include <filesystem>

namespace entente {
namespace {

using CarryOut = ExperimentTest;

TEST_F(CarryOut, WritesWhatTheEnsembleComesTo)
{
    const Scenario scenario = small_scenario(700);
    std::vector<std::uint64_t> told;
    const Done done = carry_out(plain_experiment(scenario, {}, {}, "a command"), {.out = path("r.h5")}, {.progress = [&](Progress p) {
                                    told.push_back(p.done);
                                    EXPECT_EQ(p.all, 700u);
                                }});
    EXPECT_TRUE(done.complete && !done.shard && !done.found);
    EXPECT_EQ(done.runs, 700u);
    EXPECT_EQ(done.all, 700u);
    EXPECT_EQ(told.size(), 3u) << "256, 256 and 188 runs";
    EXPECT_EQ(told.back(), 700u);
    EXPECT_TRUE(done.notes.empty());
    EXPECT_FALSE(std::filesystem::exists(path("r.parts")));
    const StoredResult stored = read_result(done.path);
    const Summary alone = run_ensemble(scenario, {});
    for (const Summary* s : {&stored.summary, &done.run->summary}) {
        EXPECT_EQ(s->code_count, alone.code_count);
        EXPECT_EQ(s->mean, alone.mean);
        EXPECT_EQ(s->quantile, alone.quantile);
        EXPECT_EQ(s->event_count, alone.event_count);
    }
    EXPECT_EQ(stored.provenance.command_line, "a command");
    EXPECT_EQ(stored.provenance.scenario_resolved, resolved_toml(scenario));
    EXPECT_GT(stored.summary.attribution_used, 600u);
}

TEST_F(CarryOut, GivesTheSameDataOnAnyNumberOfThreads)
{
    EnsembleOptions one, three;
    one.threads = 1, three.threads = 3;
    expect_same_data(carry_out(small_run(600, 1, one), {.out = path("1.h5")}).path, carry_out(small_run(600, 1, three), {.out = path("3.h5")}).path);
    expect_same_data(carry_out(small_sweep_of(100, one), {.out = path("s1.h5")}).path, carry_out(small_sweep_of(100, three), {.out = path("s3.h5")}).path);
}

// 600 runs are 3 pieces, so a fourth thread has nothing to do.
TEST_F(CarryOut, SaysHowManyThreadsWorked)
{
    for (const auto& [asked, worked] : {std::pair{1u, 1u}, {2u, 2u}, {8u, 3u}, {0u, std::min(3u, std::max(1u, std::thread::hardware_concurrency()))}}) {
        EnsembleOptions options;
        options.threads = asked;
        EXPECT_EQ(carry_out(small_run(600, 1, options), {.out = path(fmt::format("{}.h5", asked))}).run->provenance.threads, worked) << asked;
    }
}

TEST_F(CarryOut, GoesOnWhereItWasStopped)
{
    const EnsembleOptions one = one_thread();
    const auto both = [&](const Experiment& e, const std::string& name) {
        Stopper stopper;
        const Done cut = carry_out(e, {.out = path(name)}, stopper.listener(), &stopper.flag);
        EXPECT_FALSE(cut.complete);
        EXPECT_GT(cut.runs, 0u);
        EXPECT_LT(cut.runs, cut.all);
        EXPECT_FALSE(is_whole_result(path(name)));
        std::uint64_t simulated = 0;
        const Done whole = carry_out(e, {.out = path(name), .resume = true}, {.progress = [&](Progress p) { simulated = p.all; }});
        EXPECT_TRUE(whole.complete);
        EXPECT_EQ(whole.runs, whole.all);
        EXPECT_EQ(simulated, whole.all - cut.runs) << "nothing finished is simulated again";
        ASSERT_EQ(whole.notes.size(), 1u);
        const auto found = std::get<note::GoesOnWith>(whole.notes[0]);
        EXPECT_EQ(found.runs, cut.runs);
        EXPECT_EQ(found.all, whole.all);
        EXPECT_TRUE(is_whole_result(path(name)));
        expect_same_data(path(name), carry_out(e, {.out = path("undisturbed_" + name)}).path);
    };
    both(small_run(2000, 1, one), "run.h5");
    both(small_sweep_of(300, one), "sweep.h5");
}

TEST_F(CarryOut, LeavesInPartsWhatWouldTakeLongToPutTogether)
{
    EnsembleOptions one = one_thread();
    one.keep = Keep::trajectories;
    const Experiment e = small_run(1300, 1, one);
    for (const auto& [pieces, in_parts] : {std::pair{3, false}, {5, true}}) { // 768 and 1,280 runs
        const Place place{.out = path(fmt::format("{}.h5", pieces))};
        Stopper stopper{.pieces = pieces};
        const Done cut = carry_out(e, place, stopper.listener(), &stopper.flag);
        EXPECT_EQ(cut.runs, 256u * static_cast<unsigned>(pieces));
        EXPECT_EQ(cut.shard, in_parts) << pieces;
        EXPECT_EQ(cut.path, in_parts ? parts_folder(place) : place.out);
        EXPECT_EQ(std::filesystem::exists(place.out), !in_parts) << pieces;
        EXPECT_TRUE(carry_out(e, {.out = place.out, .resume = true}).complete);
    }
    expect_same_data(path("3.h5"), path("5.h5"));
}

// All runs are there then, and no one waits half an hour for the file of a hundred million.
TEST_F(CarryOut, StopsWhileTheResultIsPutTogether)
{
    const Experiment run = small_run(700, 1, one_thread()), sweep = small_sweep_of(100, one_thread());
    for (const Experiment* e : {&run, &sweep}) {
        std::atomic<bool> stop = false;
        std::vector<std::uint64_t> told;
        const Done stopped = carry_out(*e, {.out = path("r.h5")},
                                       {.together =
                                            [&](Progress p) {
                                                told.push_back(p.done);
                                                EXPECT_EQ(p.all, e->sweep ? 1400u : 700u);
                                                stop = told.size() == 3;
                                            }},
                                       &stop);
        EXPECT_EQ(told, (std::vector<std::uint64_t>{0, 256, 512})) << "told of each piece, and no more after the stop";
        EXPECT_TRUE(!stopped.complete && stopped.shard && stopped.simulated);
        EXPECT_EQ(stopped.runs, stopped.all);
        EXPECT_EQ(stopped.path, path("r.parts"));
        std::vector<std::string> left;
        for (const auto& file : std::filesystem::directory_iterator(folder.path)) left.push_back(file.path().filename().string());
        EXPECT_EQ(left, std::vector<std::string>{"r.parts"}) << "nothing of the result";

        bool simulated = false;
        const Done whole = carry_out(*e, {.out = path("r.h5"), .resume = true}, {.progress = [&](Progress) { simulated = true; }});
        EXPECT_TRUE(whole.complete);
        EXPECT_FALSE(simulated);
        expect_same_data(whole.path, carry_out(*e, {.out = path("at_once.h5")}).path);
        std::filesystem::remove(path("r.h5")), std::filesystem::remove(path("at_once.h5"));
    }
}

TEST_F(CarryOut, StopsBeforeALongResultIsPutTogether)
{
    EnsembleOptions options = one_thread();
    for (const Keep keep : {Keep::outcomes, Keep::trajectories}) { // 1,100 runs: a moment's work, and more than one's
        options.keep = keep;
        std::atomic<bool> stop = false;
        const Done done = carry_out(small_run(1100, 1, options), {.out = path("r.h5"), .force = true}, {.progress = [&](Progress p) { stop = p.done == p.all; }}, &stop);
        EXPECT_TRUE(stop);
        EXPECT_EQ(done.complete, keep == Keep::outcomes);
        EXPECT_EQ(done.simulated, keep == Keep::trajectories);
        EXPECT_EQ(done.path, path(keep == Keep::outcomes ? "r.h5" : "r.parts"));
        std::filesystem::remove(path("r.h5"));
    }
}

// What a kill takes is the sums of the last pieces: they are simulated again, and are not gone on with.
TEST_F(CarryOut, GoesOnWithWhatIsSummedUpAlone)
{
    const Experiment e = small_run(2000, 1, one_thread());
    Stopper stopper{.pieces = 4};
    EXPECT_EQ(carry_out(e, {.out = path("r.h5")}, stopper.listener(), &stopper.flag).runs, 1024u);
    std::filesystem::remove(path("r.parts/state"));
    std::uint64_t simulated = 0;
    EXPECT_TRUE(carry_out(e, {.out = path("r.h5"), .resume = true}, {.progress = [&](Progress p) { simulated = p.all; }}).notes.empty());
    EXPECT_EQ(simulated, 2000u);
}

TEST_F(CarryOut, SaysThatItWasStoppedBeforeAnythingWasFinished)
{
    const std::atomic<bool> stop = true;
    const Done done = carry_out(small_run(2000), {.out = path("r.h5")}, {}, &stop);
    EXPECT_FALSE(done.complete);
    EXPECT_EQ(done.runs, 0u);
    EXPECT_FALSE(std::filesystem::exists(path("r.h5")));
}

TEST_F(CarryOut, GivesBackAWholeResultThatIsThere)
{
    const Experiment run = small_run(300), sweep = small_sweep_of(20);
    const Listener silent{.progress = [](Progress) { ADD_FAILURE() << "something was simulated"; }};
    for (const Experiment* e : {&run, &sweep}) {
        const Place place{.out = path("r.h5"), .force = true};
        const Done first = carry_out(*e, place);
        const Done again = carry_out(*e, {.out = place.out}, silent);
        EXPECT_TRUE(again.found && again.complete);
        EXPECT_EQ(again.runs, first.runs);
        ASSERT_EQ(again.notes.size(), 1u);
        EXPECT_TRUE(std::holds_alternative<note::AlreadyThere>(again.notes[0]));
        EXPECT_EQ(again.run.has_value(), !e->sweep);
        EXPECT_EQ(again.sweep.has_value(), e->sweep.has_value());
    }
}

TEST_F(CarryOut, GivesBackASweepWithoutFactors)
{
    std::string text = small_sweep;
    text.erase(text.find("[[factor]]"), text.find("[[policy]]") - text.find("[[factor]]"));
    const auto e = [&] { return sweep_experiment(parse_sweep(text, "policies.toml"), {}, 20); };
    const Done first = carry_out(e(), {.out = path("p.h5")});
    EXPECT_EQ(first.runs, 40u);
    EXPECT_TRUE(carry_out(e(), {.out = path("p.h5")}).found);
}

TEST_F(CarryOut, RefusesAnotherResultInItsPlace)
{
    using refusal::OtherResult;
    const Place place{.out = path("r.h5")};
    carry_out(small_run(300), place);
    EXPECT_EQ(refused<OtherResult>([&] { carry_out(small_run(300, 2), place); }).in, OtherResult::In::scenario);
    EXPECT_EQ(refused<OtherResult>([&] { carry_out(small_run(301), place); }).in, OtherResult::In::scenario);
    EnsembleOptions single, none;
    single.precision = "single", none.keep = Keep::none;
    const OtherResult precise = refused<OtherResult>([&] { carry_out(small_run(300, 1, single), place); });
    EXPECT_EQ(precise.in, OtherResult::In::precision);
    EXPECT_EQ(precise.there, "double");
    EXPECT_EQ(precise.path, place.out);
    EXPECT_EQ(refused<OtherResult>([&] { carry_out(small_run(300, 1, none), place); }).there, "outcomes");
    EXPECT_EQ(refused<refusal::OtherKind>([&] { carry_out(small_sweep_of(20), place); }).path, place.out);
    EXPECT_TRUE(carry_out(small_run(300, 2), {.out = place.out, .force = true}).complete);

    const Place other{.out = path("s.h5")};
    carry_out(small_sweep_of(20), other);
    const OtherResult sweep = refused<OtherResult>([&] { carry_out(small_sweep_of(21), other); });
    EXPECT_EQ(sweep.in, OtherResult::In::identity);
    EXPECT_EQ(sweep.there, "replicates: '20' there, '21' here");
}

TEST_F(CarryOut, RefusesToReplaceWhatIsUnfinished)
{
    const EnsembleOptions one = one_thread();
    const Experiment e = small_run(2000, 1, one);
    const Place place{.out = path("r.h5")};
    Stopper stopper;
    const Done cut = carry_out(e, place, stopper.listener(), &stopper.flag);
    EXPECT_EQ(refused<refusal::InterruptedResult>([&] { carry_out(e, place); }).path, place.out);
    std::filesystem::remove(place.out);
    const auto parts = refused<refusal::UnfinishedParts>([&] { carry_out(e, place); });
    EXPECT_EQ(parts.folder, path("r.parts"));
    EXPECT_EQ(parts.finished, cut.runs / 256);
    const auto other = refused<refusal::OtherParts>([&] { carry_out(small_run(2000, 2, one), {.out = place.out, .resume = true}); });
    EXPECT_NE(other.difference.find("seed = 1"), std::string::npos) << other.difference;
    EXPECT_TRUE(carry_out(e, {.out = place.out, .force = true}).complete);
}

TEST_F(CarryOut, TellsThatThereIsNothingToGoOnWith)
{
    std::vector<Note> told;
    const Done done = carry_out(small_run(300), {.out = path("r.h5"), .resume = true}, {.note = [&](const Note& note) { told.push_back(note); }});
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(std::get<note::NothingToGoOnWith>(told[0]).folder, path("r.parts"));
    EXPECT_EQ(done.notes.size(), 1u);
}

TEST_F(CarryOut, KeepsWhatWasFinishedBeforeAFault)
{
    const EnsembleOptions one = one_thread();
    const Experiment e = small_run(2000, 1, one);
    int pieces = 0;
    try {
        carry_out(e, {.out = path("r.h5")}, {.progress = [&](Progress) {
                      if (++pieces == 3) throw std::runtime_error("a fault");
                  }});
        ADD_FAILURE() << "the fault was swallowed";
    } catch (const CutShort& fault) {
        EXPECT_STREQ(fault.what(), "a fault");
        EXPECT_EQ(fault.folder, path("r.parts"));
    }
    EXPECT_EQ(Parts(path("r.parts")).finished().size(), 3u);
    std::uint64_t simulated = 0;
    carry_out(e, {.out = path("r.h5"), .resume = true}, {.progress = [&](Progress p) { simulated = p.all; }});
    EXPECT_EQ(simulated, 2000u - 3 * 256) << "they are summed up too";
    expect_same_data(path("r.h5"), carry_out(e, {.out = path("undisturbed.h5")}).path);
}

TEST_F(CarryOut, BeginsAnewIfForced)
{
    const Experiment e = small_run(2000, 1, one_thread());
    Stopper stopper;
    carry_out(e, {.out = path("r.h5")}, stopper.listener(), &stopper.flag);
    std::uint64_t simulated = 0;
    EXPECT_TRUE(carry_out(e, {.out = path("r.h5"), .force = true}, {.progress = [&](Progress p) { simulated = p.all; }}).complete);
    EXPECT_EQ(simulated, 2000u);
}

TEST_F(CarryOut, ReplacesAWholeResultByAWholeOneAlone)
{
    const Experiment there = small_run(300), other = small_run(2000, 2, one_thread());
    const std::string out = carry_out(there, {.out = path("r.h5")}).path;
    Stopper stopper;
    const Done cut = carry_out(other, {.out = out, .force = true}, stopper.listener(), &stopper.flag);
    EXPECT_EQ(cut.path, path("r.parts"));
    EXPECT_TRUE(cut.shard && !cut.complete);
    EXPECT_EQ(cut.runs, 256u);
    EXPECT_EQ(cut.all, 2000u);
    EXPECT_TRUE(carry_out(there, {.out = out}).found) << "it is there still, and answers for itself";
    const Done whole = carry_out(other, {.out = out, .resume = true});
    EXPECT_TRUE(whole.complete && !whole.found) << "what was begun beside it goes on";
    EXPECT_EQ(read_result(out).provenance.seed, 2u);
}

TEST_F(CarryOut, TellsOfADamagedPartAndSimulatesItAgain)
{
    const Experiment e = small_run(2000, 1, one_thread());
    Stopper stopper;
    carry_out(e, {.out = path("r.h5")}, stopper.listener(), &stopper.flag);
    const std::string part = path("r.parts/0000000000.part");
    std::filesystem::resize_file(part, std::filesystem::file_size(part) - 3);
    std::uint64_t simulated = 0;
    const Done done = carry_out(e, {.out = path("r.h5"), .resume = true}, {.progress = [&](Progress p) { simulated = p.all; }});
    ASSERT_EQ(done.notes.size(), 1u);
    EXPECT_EQ(std::get<note::DamagedPart>(done.notes[0]).path, part);
    EXPECT_EQ(simulated, 2000u);
    expect_same_data(path("r.h5"), carry_out(e, {.out = path("undisturbed.h5")}).path);
}

TEST_F(CarryOut, ClearsAwayWhatAKilledProgramLeftOfItsParts)
{
    const Experiment e = small_run(300);
    carry_out(e, {.out = path("r.h5")});
    std::filesystem::create_directory(path("r.parts"));
    write_file(path("r.parts/0000000001.part"), "what is left");
    EXPECT_TRUE(carry_out(e, {.out = path("r.h5")}).found);
    EXPECT_FALSE(std::filesystem::exists(path("r.parts")));
}

TEST_F(CarryOut, RefusesASweepThatNamesNoScenario)
{
    const std::string points = "title = \"Points\"\nassumes = \"nothing\"\n[[factor]]\nname = \"x\"\nrange = [0, 1]\n[design]\nkind = \"sobol\"\npoints = 4\n";
    EXPECT_EQ(refused<refusal::NoScenario>([&] { sweep_experiment(parse_sweep(points, "points.toml"), {}); }).file, "points.toml");
}

TEST_F(CarryOut, RefusesAPlaceThatIsNone)
{
    const Experiment e = small_run(1100);
    EXPECT_EQ(refused<refusal::NoFile>([&] { carry_out(e, {}); }).path, "");
    EXPECT_EQ(refused<refusal::NoFile>([&] { carry_out(e, {.out = folder.path, .force = true}); }).path, folder.path);
    for (const auto& asked : {std::pair(0u, 1u), std::pair(0u, 2u), std::pair(3u, 2u), std::pair(1u, 0u)}) {
        const auto facts = refused<refusal::NoSuchShard>([&] { carry_out(e, {.out = path("r.h5"), .shard = asked.first, .shards = asked.second}); });
        EXPECT_EQ(facts.shard, asked.first);
        EXPECT_EQ(facts.shards, asked.second);
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path)) << "nothing was begun";
    write_file(path("thesis.txt"), "not ours");
    for (const bool force : {false, true}) EXPECT_EQ(refused<refusal::NoResult>([&] { carry_out(e, {.out = path("thesis.txt"), .force = force}); }).path, path("thesis.txt"));
    EXPECT_EQ(read_file(path("thesis.txt")), "not ours");
    EXPECT_THROW(small_run(0), std::invalid_argument);
    EXPECT_THROW(plain_experiment(small_scenario(300), {}, {{parse_quantity("mean trust at 2026Q4"), 0}}), std::invalid_argument);
}

} // namespace
} // namespace entente
