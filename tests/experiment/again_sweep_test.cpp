// Sweeps done again: what is the same, and what is found where it is not.
#include "experiment/again_sweep.hpp"
#include "property/jobs.hpp"
#include "small.hpp"
#include <cmath>

namespace entente {
namespace {

using AgainSweep = ExperimentTest;
using In = SweepDeparture::In;

/// The result again with its pieces or estimates changed.
std::string forged(const std::string& from, const std::string& to, const std::function<void(StoredPiece&, std::uint32_t policy)>& change,
                   const std::function<void(SweepEstimates&, Fingerprint&)>& of_all = {})
{
    StoredSweep stored = read_sweep_result(from);
    Fingerprint fingerprint = read_fingerprint(from);
    const auto rows = static_cast<std::uint32_t>(stored.head.points * stored.head.replicates);
    const StoredRows held(from);
    SweepWriter writer(to, stored.head, Keep::outcomes);
    for (std::uint32_t policy = 0; policy < stored.head.policies.size(); ++policy) {
        StoredPiece piece = held.read({policy, 0, rows});
        if (change) change(piece, policy);
        writer.piece({policy, 0, rows}, piece);
    }
    if (of_all) of_all(stored.estimates, fingerprint);
    return writer.finish(stored.estimates, fingerprint, 0);
}
RepeatedSweep again(const std::string& path) { return repeat_sweep(read_sweep_result(path), path, {}); }

TEST_F(AgainSweep, TheBitsAreIdentical)
{
    const std::uint32_t replicates = scaled(150), runs = 14 * replicates;
    const Done done = carry_out(small_sweep_of(replicates), {.out = path("s.h5")});
    EnsembleOptions scalar;
    scalar.isa = "scalar", scalar.threads = 1;
    const RepeatedSweep r = repeat_sweep(*done.sweep, done.path, scalar);
    EXPECT_FALSE(r.departure);
    EXPECT_EQ(r.made, runs);
    EXPECT_EQ(r.runs, runs);
    EXPECT_TRUE(r.complete && r.histories && r.fingerprints);
    EXPECT_FALSE(again(forged(done.path, path("copy.h5"), {})).departure) << "the forger changes nothing by itself";
}

TEST_F(AgainSweep, EachThingThatIsForgedIsFound)
{
    const std::string from = carry_out(small_sweep_of(60), {.out = path("s.h5")}).path;
    constexpr std::size_t rows = 420, row = 300; // replicate 42, point 6
    const auto found = [&](const std::function<void(StoredPiece&)>& change, const std::function<void(SweepEstimates&, Fingerprint&)>& of_all = {}) {
        const std::string to = forged(
            from, path("f.h5"),
            [&](StoredPiece& piece, std::uint32_t policy) {
                if (policy == 1 && change) change(piece);
            },
            of_all);
        return again(to).departure.value_or(SweepDeparture{.policy = "none found"});
    };
    const SweepDeparture value = found([](StoredPiece& p) { p.outcomes[2 * rows + row] = std::nextafter(p.outcomes[2 * rows + row], 1); });
    EXPECT_EQ(value.in, In::outcome);
    EXPECT_EQ(value.policy + " " + value.what, "no deals median trust at 2026Q4");
    EXPECT_EQ(value.replicate, 42u);
    EXPECT_EQ(value.point, 6u);
    EXPECT_EQ(value.stored, std::nextafter(value.again, 1));
    EXPECT_EQ(found([](StoredPiece& p) { p.result.failed_quarter[row] = 50, p.result.failed_variable[row] = 3; }).in, In::failure);
    const SweepDeparture code = found([](StoredPiece& p) { p.result.outcome[50 * rows + row] ^= 1; });
    EXPECT_EQ(code.in, In::code);
    EXPECT_EQ(code.quarter, 50);
    EXPECT_EQ(code.replicate, 42u);
    EXPECT_EQ(found([](StoredPiece& p) { p.result.first_event[row] = p.result.first_event[row] == 50 ? 49 : 50; }).in, In::event);
    EXPECT_EQ(found({}, [](SweepEstimates&, Fingerprint& f) { ++f.by_run.back(); }).in, In::fingerprint);
    EXPECT_EQ(found({}, [](SweepEstimates& e, Fingerprint&) { e.high[3] += 1e-6; }).in, In::estimate);
    const SweepDeparture quantile = found({}, [](SweepEstimates& e, Fingerprint&) { e.estimate[2 * 14 + 9] += 1e-6; });
    EXPECT_EQ(quantile.in, In::estimate);
    EXPECT_EQ(quantile.policy + " " + quantile.what, "no deals median trust at 2026Q4");
    EXPECT_EQ(quantile.point, 2u);
    EXPECT_EQ(found({}, [](SweepEstimates& e, Fingerprint&) { ++e.failed[13]; }).in, In::failed_count);
}

TEST_F(AgainSweep, OfAnInterruptedSweepTheRunsThatItHolds)
{
    Stopper stopper;
    const Done cut = carry_out(small_sweep_of(300, one_thread()), {.out = path("s.h5")}, stopper.listener(), &stopper.flag);
    const RepeatedSweep r = again(cut.path);
    EXPECT_FALSE(r.departure);
    EXPECT_FALSE(r.complete);
    EXPECT_EQ(r.made, cut.runs);
    EXPECT_EQ(r.runs, cut.runs);
}

TEST_F(AgainSweep, StopsWhenItIsTold)
{
    const Done done = carry_out(small_sweep_of(300), {.out = path("s.h5")});
    Stopper stopper;
    const RepeatedSweep r = repeat_sweep(*done.sweep, done.path, one_thread(), stopper.listener(), &stopper.flag);
    EXPECT_FALSE(r.departure);
    EXPECT_LT(r.made, r.runs);
}

TEST_F(AgainSweep, ATextThatAsksForOtherThingsThanTheDataIsDamage)
{
    const Done done = carry_out(small_sweep_of(10), {.out = path("s.h5")});
    StoredSweep other = *done.sweep;
    std::swap(other.head.outcomes[0], other.head.outcomes[1]);
    EXPECT_THROW(repeat_sweep(other, done.path, {}), std::runtime_error);
}

} // namespace
} // namespace entente
