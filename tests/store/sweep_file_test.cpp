// What a sweep's file gives back of outcomes while it is written, and of histories: every run at its own place.
#include "core/temporary_folder.hpp"
#include "core/quarter.hpp"
#include "store/sweep_file.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
namespace {

constexpr std::size_t outcomes = 2, policies = 3, points = 5, quarters = 6;
constexpr std::uint32_t replicates = 120, asked = 115; // 600 runs of a policy, three pieces; the file is to hold the first 575

/// A number that names its place.
double value_at(std::size_t outcome, std::size_t policy, std::size_t replicate, std::size_t point)
{
    return 1e6 * static_cast<double>(outcome + 1) + 1e5 * static_cast<double>(policy) + 10.0 * static_cast<double>(replicate) + static_cast<double>(point);
}
std::uint8_t code_at(std::size_t policy, std::size_t quarter, std::size_t row)
{
    return static_cast<std::uint8_t>((7 * policy + 3 * quarter + row) % 5 + 8 * ((policy + row) % 3));
}
std::int16_t event_at(std::size_t policy, std::size_t event, std::size_t row) { return static_cast<std::int16_t>(static_cast<int>((5 * policy + event + row) % 7) - 1); }

struct SweepFile : testing::Test {
    TemporaryFolder folder;
    const std::string path = folder / "s.h5";
    SweepHead head{.provenance = {.precision = "double", .keep = "outcomes"}, .policies = {"a", "b", "c"}, .outcomes = {"x", "y"}, .points = points, .replicates = asked, .quarters = quarters};
    Plan plan;

    SweepFile()
    {
        head.values.resize(points), head.base.resize(points), head.moved.assign(points, -1);
        head.factors = {{.name = "f", .kind = "number", .choices = "", .sets = "parameters.f", .unit = "1/year", .meaning = "how fast", .values = "uniform(0, 2)", .low = 0, .high = 2}};
        head.outcome_units = {"years", "1"}, head.outcome_meanings = {"how long", "how often"};
        plan.policies.resize(policies), plan.points = points, plan.replicates = replicates;
    }
    StoredPiece made(const Piece& piece, std::uint64_t number) const
    {
        StoredPiece s;
        s.number = number;
        for (std::size_t o = 0; o < outcomes; ++o)
            for (std::uint32_t run = 0; run < piece.runs; ++run) s.outcomes.push_back(value_at(o, piece.policy, (piece.first + run) / points, (piece.first + run) % points));
        s.result.failed_variable.assign(piece.runs, -1), s.result.failed_value.assign(piece.runs, 0);
        for (std::uint32_t run = 0; run < piece.runs; ++run) s.result.failed_quarter.push_back(static_cast<std::int16_t>((piece.first + run) % 100 == piece.policy ? 2 : -1));
        for (std::size_t q = 0; q < quarters; ++q)
            for (std::uint32_t run = 0; run < piece.runs; ++run) s.result.outcome.push_back(code_at(piece.policy, q, piece.first + run));
        for (std::size_t e = 0; e < describe().events.size(); ++e)
            for (std::uint32_t run = 0; run < piece.runs; ++run) s.result.first_event.push_back(event_at(piece.policy, e, piece.first + run));
        return s;
    }
    void write(SweepWriter& writer) const
    {
        for (std::uint64_t number = piece_count(plan); number-- > 0;) writer.piece(piece_of(plan, number), made(piece_of(plan, number), number));
        writer.flush();
    }
};

TEST_F(SweepFile, GivesBackOutcomesWhileItIsWritten)
{
    SweepWriter writer(path, head, Keep::outcomes);
    write(writer);
    for (std::size_t outcome = 0; outcome < outcomes; ++outcome)
        for (std::size_t policy = 0; policy < policies; ++policy)
            for (const auto& [some, at] : {std::pair{Range{0, asked}, Range{0, points}}, {{17, 40}, {1, 3}}, {{114, 1}, {4, 1}}, {{0, 115}, {2, 1}}}) {
                std::vector<double> wanted;
                for (std::size_t r = some.first; r < some.first + some.count; ++r)
                    for (std::size_t p = at.first; p < at.first + at.count; ++p) wanted.push_back(value_at(outcome, policy, r, p));
                EXPECT_EQ(writer.outcome(outcome, policy, some, at), wanted) << outcome << ", " << policy << ", from " << some.first << " and " << at.first;
            }
}

TEST_F(SweepFile, HasEveryNumberAtItsPlace)
{
    SweepEstimates estimates;
    for (std::size_t i = 0; i < outcomes * policies * points; ++i) {
        const auto x = static_cast<double>(i);
        estimates.estimate.push_back(x), estimates.low.push_back(x - 0.25), estimates.high.push_back(x + 0.5);
    }
    for (std::uint32_t i = 0; i < policies * points; ++i) estimates.failed.push_back(100 + i);
    Fingerprint fingerprint{.policies = head.policies, .quarters = quarters, .runs = 256, .by_variable = {}, .by_run = {}};
    for (std::size_t i = 0; i < policies * quarters * describe().variables.size(); ++i) fingerprint.by_variable.push_back(3 * i);
    for (std::size_t i = 0; i < policies * 256; ++i) fingerprint.by_run.push_back(7 * i);
    {
        SweepWriter writer(path, head, Keep::outcomes);
        write(writer);
        writer.finish(estimates, fingerprint, 1);
    }
    for (std::size_t outcome = 0; outcome < outcomes; ++outcome) {
        const std::vector<double> all = read_outcome(path, outcome), some = StoredOutcome(path, outcome).read(100, 50);
        ASSERT_EQ(all.size(), policies * asked * points);
        ASSERT_EQ(some.size(), policies * 15 * points) << "no further than there are replicates";
        for (std::size_t k = 0; k < policies; ++k)
            for (std::size_t r = 0; r < asked; ++r)
                for (std::size_t p = 0; p < points; ++p) {
                    ASSERT_EQ(all[(k * asked + r) * points + p], value_at(outcome, k, r, p));
                    if (r >= 100) { ASSERT_EQ(some[(k * 15 + r - 100) * points + p], value_at(outcome, k, r, p)); }
                }
    }
    const StoredFailures failures = read_failures(path), late = read_failures(path, 100, 7);
    ASSERT_EQ(late.quarter.size(), policies * 7 * points);
    for (std::size_t k = 0; k < policies; ++k)
        for (std::size_t row = 0; row < asked * points; ++row) {
            ASSERT_EQ(failures.quarter[k * asked * points + row], row % 100 == k ? 2 : -1) << k << " " << row;
            if (row >= 500 && row < 535) { ASSERT_EQ(late.quarter[k * 35 + row - 500], row % 100 == k ? 2 : -1); }
        }
    for (std::size_t k = 0; k < policies; ++k)
        for (const auto& [first, rows] : {std::pair{0u, 575u}, {3u, 1u}, {3u, 2u}, {4u, 32u}, {252u, 9u}}) {
            const StoredRuns found = read_histories(path, k, first, rows);
            ASSERT_EQ(found.outcome.size(), quarters * rows);
            for (std::size_t i = 0; i < rows; ++i) {
                for (std::size_t q = 0; q < quarters; ++q) ASSERT_EQ(found.outcome[q * rows + i], code_at(k, q, first + i)) << k << ", row " << first + i;
                for (std::size_t e = 0; e < describe().events.size(); ++e) ASSERT_EQ(found.first_event[e * rows + i], event_at(k, e, first + i));
                ASSERT_EQ(found.failed_quarter[i], (first + i) % 100 == k ? 2 : -1);
            }
        }
    const StoredSweep s = read_sweep_result(path);
    EXPECT_EQ(s.estimates.estimate, estimates.estimate);
    EXPECT_EQ(s.estimates.low, estimates.low);
    EXPECT_EQ(s.estimates.high, estimates.high);
    EXPECT_EQ(s.estimates.failed, estimates.failed);
    EXPECT_EQ(s.head.policies, head.policies);
    EXPECT_EQ(s.head.outcomes, head.outcomes);
    EXPECT_EQ(s.head.outcome_units, head.outcome_units);
    EXPECT_EQ(s.head.outcome_meanings, head.outcome_meanings);
    EXPECT_EQ(s.head.factors, head.factors);
    EXPECT_EQ(s.head.replicates, asked);
    EXPECT_EQ(s.head.quarters, quarters);
    const Fingerprint bits = read_fingerprint(path);
    EXPECT_EQ(bits.by_variable, fingerprint.by_variable);
    EXPECT_EQ(bits.by_run, fingerprint.by_run);
    EXPECT_EQ(bits.quarters, quarters);
    EXPECT_EQ(bits.runs, 256u);
}

} // namespace
} // namespace entente
