// Several ranks that work as one: the same bits as one process, whatever an answer is; a fault is the rank's by name; a stop is heard by all.
#include "in_memory.hpp"
#include "calibrations.hpp"
#include "small.hpp"
#include "core/packing.hpp"
#include "experiment/calibrate.hpp"
#include "experiment/ranks/batches.hpp"
#include "property/jobs.hpp"
#include "version.hpp"
#include <filesystem>
#include <set>

namespace entente {
namespace {

using RanksTest = ExperimentTest;

/// Answers with the order, the request and the threads that it has.
Answering echo(std::string_view order, unsigned threads, const std::atomic<bool>&)
{
    return [order = std::string(order), threads](std::string_view request) { return fmt::format("{} {} {}", order, request, threads); };
}

TEST_F(RanksTest, EachHandAnswersForItself)
{
    Together together(3, echo, 2);
    together.ranks->begin("a", By::rank, 0, nullptr);
    ASSERT_EQ(together.ranks->hands().size(), 3u);
    for (std::size_t hand = 0; hand < 3; ++hand) EXPECT_EQ(together.ranks->ask(hand, fmt::format("{}", hand)), fmt::format("a {} 2", hand));
    together.ranks->begin("b", By::thread, 0, nullptr);
    EXPECT_EQ(together.ranks->hands().size(), 2u + 4 + 4) << "two threads here; there one request at work and one under way for each";
    std::vector<std::jthread> callers;
    std::mutex lock;
    std::set<std::string> answers;
    for (int i = 0; i < 100; ++i)
        callers.emplace_back([&, i] {
            const std::string answer = together.ranks->ask(fmt::format("{}", i)).value();
            const std::scoped_lock one(lock);
            answers.insert(answer);
        });
    callers.clear();
    EXPECT_EQ(answers.size(), 100u);
    EXPECT_TRUE(answers.contains("b 99 1"));
}

TEST_F(RanksTest, AFaultIsTheRanksByName)
{
    const Workshop only_0 = [](std::string_view order, unsigned threads, const std::atomic<bool>& stop) -> Answering {
        if (order == "impossible") throw std::runtime_error("cannot begin");
        return [answer = echo(order, threads, stop)](std::string_view request) {
            if (request == "fail") throw std::runtime_error("out of luck");
            return answer(request);
        };
    };
    Together together(2, only_0);
    together.ranks->begin("a", By::rank, 0, nullptr);
    try {
        together.ranks->ask(1, "fail");
        FAIL();
    } catch (const std::runtime_error& e) {
        EXPECT_TRUE(std::string_view(e.what()).starts_with("rank 1 on ") && std::string_view(e.what()).ends_with(": out of luck")) << e.what();
    }
    EXPECT_EQ(together.ranks->ask(1, "go"), "a go 1") << "the rank goes on";
    EXPECT_THROW(together.ranks->begin("impossible", By::rank, 0, nullptr), std::runtime_error);
}

// The letter that an old program would send.
TEST_F(RanksTest, OfAnotherBuildIsRefusedWithBothNamed)
{
    Network network(3);
    std::jthread same([&] { serve(network.wire(1), echo); });
    Packing is;
    for (const char* const text : {"elsewhere", "0.0.1", "old", "other"}) is.text(text);
    is.number(1u), is.number(std::uint8_t{0}), is.number(std::uint32_t{0});
    network.wire(2).send(0, is.bytes);
    const auto facts = refused<refusal::MixedRanks>([&] { Ranks(network.wire(0), echo); });
    EXPECT_EQ(facts.rank, 2u);
    EXPECT_EQ(facts.its_host, "elsewhere");
    EXPECT_EQ(facts.its_build, "entente 0.0.1 (old, sources other)");
    EXPECT_NE(facts.build.find(build().sources), std::string::npos);
}

TEST_F(RanksTest, GiveTheSameDataAsOneProcess)
{
    const std::uint32_t runs = scaled(3000, 1100);
    const Experiment run = plain_experiment(small_scenario(runs), one_thread(), {}, "", {.dial_futures = 256, .readings = 12}), sweep = small_sweep_of(scaled(400, 80), one_thread());
    const std::string run_alone = carry_out(run, {.out = path("r.h5")}).path, sweep_alone = carry_out(sweep, {.out = path("s.h5")}).path;
    EXPECT_TRUE(read_result(run_alone).beside.dials && read_result(run_alone).beside.readings) << "what stands beside is shared out too";
    for (const unsigned n : {2u, 4u}) {
        Together together(n);
        expect_same_data(carry_out(run, {.out = path(fmt::format("r{}.h5", n))}, {}, nullptr, &*together.ranks).path, run_alone);
        expect_same_data(carry_out(sweep, {.out = path(fmt::format("s{}.h5", n))}, {}, nullptr, &*together.ranks).path, sweep_alone);
    }
    EnsembleOptions all = one_thread();
    all.keep = Keep::agents;
    Together two(2);
    expect_same_data(carry_out(small_run(700, 1, all), {.out = path("a2.h5")}, {}, nullptr, &*two.ranks).path, carry_out(small_run(700, 1, all), {.out = path("a.h5")}).path);
    const DataComparison other = compare_data(carry_out(small_run(runs, 2, one_thread()), {.out = path("o.h5")}, {}, nullptr, &*two.ranks).path, run_alone);
    EXPECT_FALSE(other.other.empty()) << "a test that cannot fail";
}

TEST_F(RanksTest, StopByPrecisionWhereOneProcessDoes)
{
    const Experiment e = plain_experiment(small_scenario(4000), one_thread(), {{parse_quantity("mean trust at 2026Q4"), 0.01}}, "", {.dial_futures = 0, .readings = 0});
    Together together(2);
    const Done alone = carry_out(e, {.out = path("1.h5")}), by_two = carry_out(e, {.out = path("2.h5")}, {}, nullptr, &*together.ranks);
    ASSERT_TRUE(alone.verdict && alone.verdict->enough);
    EXPECT_LT(alone.runs, 4000u);
    EXPECT_EQ(alone.runs, by_two.runs);
    expect_same_data(alone.path, by_two.path);
}

TEST_F(RanksTest, GoOnWhereTheyWereStopped)
{
    const Experiment e = small_run(scaled(6000, 3000), 1, one_thread());
    Stopper stopper;
    {
        Together together(3);
        const Done cut = carry_out(e, {.out = path("r.h5")}, stopper.listener(), &stopper.flag, &*together.ranks);
        EXPECT_FALSE(cut.complete);
        EXPECT_GT(cut.runs, 0u);
        EXPECT_TRUE(cut.shard) << "mpirun kills ranks a second after it asked them to end";
        EXPECT_FALSE(std::filesystem::exists(path("r.h5")));
    }
    Together together(2);
    expect_same_data(carry_out(e, {.out = path("r.h5"), .resume = true}, {}, nullptr, &*together.ranks).path, carry_out(e, {.out = path("w.h5")}).path);
}

// As one that has died: mpirun then asks the others to end.
TEST_F(RanksTest, ASilentOneIsNotWaitedForOnceAllAreToStop)
{
    std::atomic<bool> stop{false}, freed{false};
    const Workshop silent = [&](std::string_view order, unsigned threads, const std::atomic<bool>&) -> Answering {
        return [&, answer = echo(order, threads, stop)](std::string_view request) {
            while (request == "silence" && !freed) std::this_thread::yield();
            return answer(request);
        };
    };
    Together together(2, silent);
    together.ranks->begin("a", By::rank, 0, &stop);
    std::jthread stopper([&] { stop = true; });
    EXPECT_FALSE(together.ranks->ask(1, "silence"));
    freed = true;
}

TEST_F(RanksTest, OneThatGivesNoSignOfLifeHasDied)
{
    Network network(3);
    std::jthread alive([&] { serve(network.wire(1), echo); });
    std::optional<Letter> hello;
    {
        Network elsewhere(2); // what a rank says first
        std::jthread other([&] { serve(elsewhere.wire(1), echo); });
        while (!(hello = elsewhere.wire(0).poll())) std::this_thread::yield();
        elsewhere.wire(0).send(1, std::string("\6\0\0\0\0", 5)); // and it may end
    }
    network.wire(2).send(0, hello->text);
    Ranks ranks(network.wire(0), echo, 0.4);
    ranks.begin("a", By::rank, 0, nullptr);
    std::this_thread::sleep_for(std::chrono::seconds(1));
    EXPECT_EQ(ranks.ask(1, "b"), "a b 1") << "it has nothing to do and says that it lives";
    try {
        ranks.ask(2, "b");
        FAIL();
    } catch (const std::runtime_error& e) {
        EXPECT_NE(std::string_view(e.what()).find("rank 2 on "), std::string_view::npos) << e.what();
        EXPECT_NE(std::string_view(e.what()).find("no sign of life"), std::string_view::npos) << e.what();
    }
}

TEST_F(RanksTest, WhatOneCannotMakeEndsTheWorkAndWhatIsFinishedStays)
{
    std::atomic<int> answers{0};
    const Workshop failing = [&](std::string_view order, unsigned threads, const std::atomic<bool>& stop) -> Answering {
        return [&, answer = answering(order, threads, stop)](std::string_view request) {
            if (++answers == 4) throw std::runtime_error("no memory left");
            return answer(request);
        };
    };
    const Experiment e = small_run(6000, 1, one_thread());
    try {
        Together together(2, failing);
        carry_out(e, {.out = path("r.h5")}, {}, nullptr, &*together.ranks);
        FAIL();
    } catch (const CutShort& cut) {
        EXPECT_NE(std::string_view(cut.what()).find("no memory left"), std::string_view::npos);
        EXPECT_FALSE(Parts(cut.folder).finished().empty());
    }
    expect_same_data(carry_out(e, {.out = path("r.h5"), .resume = true}).path, carry_out(e, {.out = path("w.h5")}).path);
}

TEST_F(RanksTest, CalibrateToTheSameBits)
{
    Calibration small = small_calibration(folder);
    small.particles = 50;
    for (const Method method : {Method::smc_abc, Method::synthetic_likelihood}) {
        small.method = method;
        if (method == Method::synthetic_likelihood) small.most_runs = 20'000;
        Together together(3, answering, 2);
        EnsembleOptions own;
        const Calibrated by_ranks = calibrate(small, own, {.out = path(fmt::format("p{}.h5", static_cast<int>(method)))}, {}, nullptr, &*together.ranks),
                         alone = calibrate(small, one_thread(), {.out = path(fmt::format("a{}.h5", static_cast<int>(method)))});
        EXPECT_EQ(by_ranks.complete, alone.complete);
        EXPECT_EQ(by_ranks.runs, alone.runs);
        EXPECT_GT(alone.runs, 0u);
        EXPECT_TRUE(by_ranks.posterior.posterior == alone.posterior.posterior && by_ranks.posterior.posterior_predictive == alone.posterior.posterior_predictive);
    }
}

// By hand: 100 pieces of .01 s to a thread are a second; with 1,000 pieces left a rank with half of the threads gets 250 at most.
TEST_F(RanksTest, BatchesAreAsLongAsTheirAnswersAllow)
{
    EXPECT_EQ(batch_size(1000, 3, 6, 2, {}), 3u) << "nothing is known yet: one for each thread";
    EXPECT_EQ(batch_size(1000, 1, 2, 2, {.piece_s = 0.01}), 100u);
    EXPECT_EQ(batch_size(1000, 1, 2, 2, {.piece_s = 0.01, .answer_s = 0.012}), 120u) << "100 * .012 s";
    EXPECT_EQ(batch_size(10'000'000, 1, 2, 2, {.piece_s = 0.01, .answer_s = 20}), 20'000u) << "worth its answer, where a minute would be the most";
    EXPECT_EQ(batch_size(10'000'000, 1, 1000, 1000, {.piece_s = 0.01, .answer_s = 0.3}), 5000u) << "half of its thousandth of what is left";
    EXPECT_EQ(batch_size(100'000'000, 1, 1000, 1000, {.piece_s = 0.01, .answer_s = 0.02}), 4000u) << "rank 0 is busy for half of 40 s with 1,000 answers";
    EXPECT_EQ(batch_size(100'000'000, 1, 1000, 1000, {.piece_s = 0.01, .answer_s = 0.3}), 6000u) << "a minute: longer is too much to be lost";
    EXPECT_EQ(batch_size(300, 1, 2, 2, {.piece_s = 0.01}), 75u) << "half of its half of what is left";
    EXPECT_EQ(batch_size(300, 1, 2, 2, {.piece_s = 0.01, .answer_s = 0.2}), 200u) << "worth its answer: 10 * .2 s";
    EXPECT_EQ(batch_size(5, 4, 8, 2, {.piece_s = 0.01}), 4u);
    EXPECT_EQ(batch_size(2, 4, 8, 2, {.piece_s = 0.01}), 2u);
    EXPECT_EQ(batch_size(1000, 1, 2, 2, {.piece_s = 0.01, .piece_bytes = 1 << 26}), 4u) << "a quarter of a gigabyte";
    EXPECT_EQ(batch_size(0, 1, 2, 2, {.piece_s = 0.01}), 0u);
}

} // namespace
} // namespace entente
