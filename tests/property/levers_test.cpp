// What levers do not do.
#include "analysis/sample.hpp"
#include "property/jobs.hpp"

using namespace entente;

namespace {

// An offer is not delivered while full war lasts (C101): in every run in which it never ends, the offer changes no bit.
TEST(Levers, ACarrotDuringTheWarChangesNothing)
{
    const std::string forever = "[parameters]\nh_peace = 0\n";
    const Block without = block(scenario("baseline", forever), scaled(64), 120), with = block(scenario("baseline", forever + "[levers]\nwestern_carrot = 1"), scaled(64), 120);
    const Kernel kernel = choose_kernel("double");
    const BlockResult a = kernel.run(without.job), b = kernel.run(with.job);
    std::size_t at_war = 0, ended = 0, changed = 0;
    for (std::size_t r = 0; r < without.job.runs(); ++r) {
        const OneRun run{without.job, a, r};
        std::size_t last = 44; // an offer is made in the quarter after the war has ended
        while (last < 120 && run.value(last, variable("war_state")) == 2) ++last;
        Job until = without.job;
        until.quarters = static_cast<std::uint32_t>(std::min<std::size_t>(120, last + 1));
        EXPECT_EQ(difference(OneRun{until, a, r}, OneRun{with.job, b, r}), "") << r;
        (last == 120 ? at_war : ended) += 1;
        changed += last < 110 && !difference(run, OneRun{with.job, b, r}).empty();
    }
    EXPECT_GT(at_war, without.job.runs() / 4);
    EXPECT_GT(changed, 0u); // once the war is over (a collapse, a successor) the offer counts
    EXPECT_LE(changed, ended);
}

TEST(Levers, TheSameTwiceDiffersByExactlyNothing)
{
    const auto quantities = std::vector{parse_quantity("mean alignment_index at 2035Q1"), parse_quantity("share_transactional at 2035Q1"), parse_quantity("first ceasefire by 2035Q1")};
    const auto once = [&](const char* lever) {
        Scenario s = scenario("baseline", fmt::format("[levers]\nenforcement_push = {}", lever));
        s.runs = scaled(100);
        return sample(s, quantities, {});
    };
    const auto a = once("0.25"), b = once("{ step = 0.25, from = \"2025Q1\" }"), other = once("0.5");
    for (std::size_t q = 0; q < quantities.size(); ++q) {
        const PairedDifference same = paired_difference(a[q], b[q]);
        EXPECT_EQ(same.difference, 0);
        EXPECT_EQ(same.standard_error, 0);
        EXPECT_EQ(same.z(), 0);
        EXPECT_EQ(same.pairs, a[q].size());
    }
    EXPECT_NE(paired_difference(a[0], other[0]).difference, 0);
}

// What is added to a variable leads it to the end of its range and no further: no run fails of it.
TEST(Pins, AShiftEndsAtTheEndOfTheRange)
{
    const std::size_t trust = variable("trust");
    const auto pinned = [](const char* add) { return block(scenario("baseline", fmt::format("[pins]\ntrust = {{ add = {}, from = \"2026Q1\" }}", add)), scaled(64), 60); };
    for (const auto& [add, end] : {std::pair{"-0.9", describe().variables[trust].low}, std::pair{"0.9", describe().variables[trust].high}}) {
        const Block shifted = pinned(add);
        const BlockResult result = choose_kernel("double").run(shifted.job);
        for (std::size_t r = 0; r < shifted.job.runs(); ++r) {
            EXPECT_EQ(result.failed_quarter[r], -1);
            EXPECT_EQ(result.value(50, trust, r), static_cast<float>(end));
        }
    }
    const Block little = pinned("-0.01");
    EXPECT_GT(choose_kernel("double").run(little.job).value(50, trust, 0), 0.1f);
}

// What is set to its standard value is not set at all.
TEST(Levers, AtTheirStandardsAreTheBaseline)
{
    std::string levers = "[levers]\n";
    for (const Row& lever : describe().levers)
        if (lever.standard >= 0) levers += fmt::format("{} = {}\n", lever.name, lever.standard);
    const Block plain = block(scenario("baseline"), 16, 120), set = block(scenario("baseline", levers), 16, 120);
    const Kernel kernel = choose_kernel("double");
    EXPECT_EQ(difference(plain.job, kernel.run(plain.job), kernel.run(set.job)), "");
}

} // namespace
