// Random numbers are addressed: a muted mechanism takes no draw from another.
#include "property/jobs.hpp"

using namespace entente;

namespace {

Block free_world(std::uint32_t runs, std::uint32_t quarters)
{
    Block b = block(scenario("baseline"), runs, quarters);
    b.point->courses.clear(); // no history: nothing hides what a mechanism does, and none is exempt from muting
    b.job.start = 0;
    return b;
}

// In the first quarter all mechanisms read the same world: whichever is muted, the others' variables are the same bits.
TEST(Muting, LeavesTheDrawsOfAllOthers)
{
    const Description& d = describe();
    const Block with = free_world(24, 1);
    const Kernel kernel = choose_kernel("double");
    const BlockResult usual = kernel.run(with.job);
    for (std::size_t m = 0; m < d.mechanisms.size(); ++m) {
        Block without = free_world(24, 1);
        without.job.muted_mechanisms.assign(d.mechanisms.size(), false);
        without.job.muted_mechanisms[m] = true;
        const BlockResult muted = kernel.run(without.job);
        for (std::size_t v = 0; v < d.owned; ++v)
            for (std::size_t r = 0; r < 24 && d.owner_of_variable(v) != m; ++r)
                ASSERT_EQ((OneRun{with.job, usual, r}.value(0, v)), (OneRun{without.job, muted, r}.value(0, v))) << d.variables[v].name << " without " << d.mechanisms[m].name;
    }
}

// What a mechanism with draws publishes does change when it is muted: the test above is not about nothing.
TEST(Muting, Mutes)
{
    const Description& d = describe();
    const Block with = free_world(24, 2);
    const BlockResult usual = choose_kernel("double").run(with.job);
    for (const char* name : {"exogenous", "perception", "united_states", "chinese_firms", "contested_spaces", "elites", "trust"}) {
        Block without = free_world(24, 2);
        without.job.muted_mechanisms.assign(d.mechanisms.size(), false);
        without.job.muted_mechanisms[d.mechanism(name)] = true;
        EXPECT_NE(difference(with.job, usual, choose_kernel("double").run(without.job)), "") << name;
    }
}

// These depend on their own draws alone, for as long as one looks.
TEST(Muting, LeavesWhatReadsNothingOfTheMutedForEver)
{
    const Kernel kernel = choose_kernel("double");
    const Block with = block(scenario("baseline"), scaled(32), 144);
    const BlockResult usual = kernel.run(with.job);
    for (const char* name : {"elites", "contested_spaces", "war", "friction", "chinese_firms"}) {
        const Block without = block(scenario("baseline", fmt::format("mute = [\"{}\"]", name)), scaled(32), 144);
        const BlockResult muted = kernel.run(without.job);
        for (const char* v : {"oil_price_shock", "total_trade_russia", "us_administration_deal", "china_leader_age", "china_rivalry_offset", "perception_russia_on_china", "perception_west_on_russia"})
            for (std::size_t r = 0; r < with.job.runs(); ++r)
                for (std::size_t q = 0; q < 144; ++q)
                    ASSERT_EQ((OneRun{with.job, usual, r}.value(q, variable(v))), (OneRun{without.job, muted, r}.value(q, variable(v)))) << v << " without " << name << ", quarter " << q;
        EXPECT_NE(difference(with.job, usual, muted), "") << name;
    }
}

TEST(Muting, BeginsWithTheFreeWorldWhereHistoryIsData)
{
    const Block with = block(scenario("baseline"), 8, 44),
                without = block(scenario("baseline", "mute = [\"exogenous\", \"united_states\", \"europe\", \"war\", \"russian_leadership\"]"), 8, 44);
    const Kernel kernel = choose_kernel("double");
    EXPECT_EQ(difference(with.job, kernel.run(with.job), kernel.run(without.job)), "");
}

} // namespace
