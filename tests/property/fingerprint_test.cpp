// The sums of bits that results keep: a change in the twelfth digit of one value in one run shows in its quarter, its variable and its run.
#include "analysis/difference.hpp"
#include "property/jobs.hpp"

using namespace entente;

namespace {

Bits bits_of(const Job& job, const BlockResult& result)
{
    const std::span<const std::uint64_t> all = result.fingerprint;
    return {1, job.quarters, job.runs(), all.first(all.size() - job.runs()), all.last(job.runs())};
}

TEST(Fingerprint, ShowsTheQuarterTheVariableAndTheRunOfTheSmallestChange)
{
    constexpr std::size_t run = 5, quarter = 50;
    const Description& d = describe();
    Block b = block(scenario("baseline"), 20, 60);
    b.job.fingerprint = true;
    const Kernel kernel = choose_kernel("double");
    const BlockResult before = kernel.run(b.job);
    EXPECT_FALSE(first_difference(bits_of(b.job, before), bits_of(b.job, kernel.run(b.job))));
    for (const char* name : {"trust", "friction", "military_depth", "trade_share_china"}) {
        SCOPED_TRACE(name);
        const std::size_t v = variable(name);
        ASSERT_LT(v, d.owned);
        const double value = before.value(quarter, v, run);
        ASSERT_GT(value, 0);
        const auto nudged = [&](double share) {
            Course nudge{.target = Target::variable, .index = v, .how = std::vector(quarter + 1, Imposition::none), .value = std::vector<double>(quarter + 1)};
            nudge.how[quarter] = Imposition::add, nudge.value[quarter] = value * share;
            const Point point{.courses = {nudge}, .under = b.point.get()};
            Job job = b.job;
            job.points[run] = &point;
            return kernel.run(job);
        };
        EXPECT_FALSE(first_difference(bits_of(b.job, before), bits_of(b.job, nudged(1e-17)))) << "below the last bit there is nothing to show";
        const BlockResult after = nudged(1e-12);
        const auto found = first_difference(bits_of(b.job, before), bits_of(b.job, after));
        ASSERT_TRUE(found);
        EXPECT_EQ(found->quarter, static_cast<int>(quarter));
        ASSERT_FALSE(found->variables.empty());
        EXPECT_EQ(found->variables[0], v);
        for (const std::size_t other : found->variables) EXPECT_TRUE(other == v || other >= d.owned) << d.variables[other].name << " is not derived";
        for (std::size_t r = 0; r < b.job.runs(); ++r) EXPECT_EQ(bits_of(b.job, before).by_run[r] != bits_of(b.job, after).by_run[r], r == run) << "run " << r;
    }
}

} // namespace
