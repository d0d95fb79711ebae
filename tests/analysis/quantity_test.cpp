// What each form of a quantity makes of a run, by hand.
#include "analysis/sample.hpp"
#include "scenarios.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
namespace {

/// Two runs of four quarters: trust .1 .2 .4 .8 and friction .5 in the first; classes 3 3 1 0 and 3 3 3 3, the second a vassal from quarter 1 on; the first
/// sees a rupture in quarter 3.
BlockResult two_runs()
{
    const Description& d = describe();
    const auto trust = static_cast<std::uint32_t>(Description::find(d.variables, "trust")), friction = static_cast<std::uint32_t>(Description::find(d.variables, "friction"));
    BlockResult r;
    r.quarters = 4;
    r.kept = {std::min(trust, friction), std::max(trust, friction)};
    r.trajectory.resize(tile_runs * 4 * 2);
    const float values[] = {0.1F, 0.2F, 0.4F, 0.8F};
    for (std::size_t q = 0; q < 4; ++q) r.trajectory[r.place(q, r.slot_of(trust), 0)] = values[q], r.trajectory[r.place(q, r.slot_of(friction), 0)] = 0.5F;
    r.outcome = {3, 3, 3, 3 + 8, 1, 3 + 8, 0, 3 + 8};
    r.first_event.assign(d.events.size() * 2, -1);
    r.first_event[Description::find(d.events, "rupture") * 2] = 3;
    return r;
}
double of(const std::string& text, std::size_t run = 0) { return evaluate(parse_quantity(text), two_runs(), run, 2); }

// Each quantity of several, in runs of two blocks, is what it is alone.
TEST(Quantities, OfManyRunsAreEachItsOwn)
{
    Scenario s = scenario("baseline", "horizon = \"2015Q4\"\nstart = \"2015Q1\"\nruns = 300\nagents = { firms = 2, banks = 1, elites = 8 }");
    const std::vector<Quantity> both = {parse_quantity("mean trust at 2015Q4"), parse_quantity("mean oil_price_shock at 2015Q2")};
    const std::vector<std::vector<double>> found = sample(s, both, {});
    ASSERT_EQ(found.size(), 2u);
    for (std::size_t q = 0; q < 2; ++q) EXPECT_EQ(found[q], sample(s, {both[q]}, {})[0]) << both[q].text;
    s.horizon = both[0].to;
    run_ensemble(s, {.threads = 1}, [&](const FinishedBlock& b) {
        for (std::size_t r = 0; r < b.job.runs(); ++r) EXPECT_EQ(found[1][b.first_run + r], evaluate(both[1], b.result, r, b.job.runs()));
    });
}

// The index divides by China's share plus a parameter: below 0 of that, runs fail.
TEST(Quantities, OfARunThatFailsAreNone)
{
    Scenario s = scenario("baseline", "horizon = \"2026Q1\"\nruns = 100\nagents = { firms = 2, banks = 1, elites = 8 }");
    s.parameters[Description::find(describe().parameters, "economic_half")].distribution = {.shape = Shape::uniform, .a = -0.6, .b = 0.4};
    const Sample found = sample_with_outcomes(s, {parse_quantity("mean trust at 2026Q1")}, {});
    std::size_t failed = 0;
    for (std::size_t run = 0; run < 100; ++run) {
        EXPECT_EQ(std::isnan(found.values[0][run]), found.failed_quarter[run] >= 0) << run;
        failed += found.failed_quarter[run] >= 0 ? 1 : 0;
    }
    EXPECT_GT(failed, 10u);
    EXPECT_LT(failed, 90u);
}

TEST(Quantities, OfVariables)
{
    EXPECT_FLOAT_EQ(of("mean trust at 2014Q2"), 0.2F);
    EXPECT_FLOAT_EQ(of("mean trust from 2014Q1 to 2014Q4"), 0.375F);
    EXPECT_FLOAT_EQ(of("mean 2 * trust - friction at 2014Q4"), 1.1F);
    EXPECT_FLOAT_EQ(of("change trust from 2014Q2 to 2014Q4"), 0.6F);
    EXPECT_FLOAT_EQ(of("median trust at 2014Q3"), 0.4F);
    EXPECT_EQ(parse_quantity("median trust at 2014Q3").level, 0.5);
    EXPECT_EQ(parse_quantity("90% of trust at 2014Q3").level, 0.9);
    EXPECT_FLOAT_EQ(of("mean trust at 2014"), 0.1F);
}

TEST(Quantities, OfClassesAndOrientations)
{
    EXPECT_EQ(of("share_alignment at 2014Q2"), 1);
    EXPECT_EQ(of("share_alignment at 2014Q3"), 0);
    EXPECT_EQ(of("share_alignment from 2014Q1 to 2014Q4"), 0.5);
    EXPECT_EQ(of("mean share_alignment from 2014Q1 to 2014Q4"), 0.5);
    EXPECT_EQ(of("share_vassal from 2014Q1 to 2014Q4", 1), 0.75);
    EXPECT_EQ(of("share_rupture at 2014Q4"), 1);
    // a change is between the two dates, not over what lies between them
    EXPECT_EQ(of("change share_alignment from 2014Q1 to 2014Q4"), -1);
    EXPECT_EQ(of("change share_vassal from 2014Q1 to 2014Q4", 1), 1);
    EXPECT_EQ(of("change share_alignment from 2014Q1 to 2014Q4", 1), 0);
}

TEST(Quantities, SayWhatIsExpectedWhere)
{
    const auto fault = [](const char* text) -> std::string {
        try {
            parse_quantity(text);
        } catch (const std::invalid_argument& e) {
            return e.what();
        }
        return "";
    };
    EXPECT_EQ(fault("mean trust"), "quantity: 'at' or 'from' expected, got nothing more\n  mean trust\n            ^");
    EXPECT_EQ(fault("change trust at 2030"), "quantity: 'from' expected, got 'at'\n  change trust at 2030\n               ^");
    EXPECT_EQ(fault("mean trust at 2013"), "quantity: a date from 2014Q1 on, such as 2045Q1, expected, got '2013'\n  mean trust at 2013\n                ^");
    EXPECT_EQ(fault("sucession by 2026Q4"), "quantity: 'mean', 'median', 'NN% of', 'change', 'first', 'share_...' or an event expected, got 'sucession'; did you mean "
                                            "'succession'?\n  sucession by 2026Q4\n  ^");
    EXPECT_EQ(fault("medan trust at 2030"), "quantity: 'mean', 'median', 'NN% of', 'change', 'first', 'share_...' or an event expected, got 'medan'; did you mean "
                                            "'mean'?\n  medan trust at 2030\n  ^");
    const auto says = [&](const char* text, const std::string& wanted) { EXPECT_NE(fault(text).find(wanted + "\n"), std::string::npos) << fault(text); };
    says("share_western at 2045", "got 'share_western'; did you mean 'share_western_turn'?");
    says("western turn by 2045", "got 'western'; did you mean 'western_turn'?");
    says("mean dependence of Russia on China at 2045", "got 'dependence'; did you mean 'dependence_index'?");
    says("mean China's share of Russian trade from 2030 to 2035", "got 'China's'; did you mean 'trade_share_china'?");
    says("pro west leader by 2045", "got 'pro'; did you mean 'pro_west_leader'?");
    says("military depth at 2045", "got 'military'; did you mean 'mean military_depth'?");
    says("mean estrangement at 2045", "got 'estrangement', which is a class of outcomes; its share is 'share_estrangement'");
    says("mean western_carrot at 2045", "got 'western_carrot', which is a lever");
    says("trust at 2045", "got 'trust', which is a variable; did you mean 'mean trust'?");
    says("death by 2045", "got 'death', which is a forced event");
    EXPECT_EQ(fault("mean trust from 2045 to 2030"), "quantity: a date from 2045Q1 on expected, got '2030'\n  mean trust from 2045 to 2030\n                          ^");
}

TEST(Quantities, HaveUnits)
{
    const auto heading = [](const char* text) { return heading_of(parse_quantity(text)); };
    EXPECT_EQ(heading("first rupture by 2045Q1"), "first rupture by 2045Q1 (quarters since 2014Q1)");
    EXPECT_EQ(heading("mean total_trade_russia at 2030Q1"), "mean total_trade_russia at 2030Q1 (bn USD/year)");
    EXPECT_EQ(heading("mean total_trade_russia - total_trade_china at 2030Q1"), "mean total_trade_russia - total_trade_china at 2030Q1 (bn USD/year)");
    for (const char* plain : {"mean total_trade_russia - trust at 2030Q1", "mean trust at 2030Q1", "rupture by 2045Q1", "share_vassal at 2045Q1"}) EXPECT_EQ(heading(plain), plain);
}

TEST(Quantities, AreSharesWhereARunIsAllOrNothing)
{
    for (const char* share : {"rupture by 2045Q1", "share_vassal at 2045Q1", "mean share_vassal at 2045Q1"})
        EXPECT_TRUE(is_share(parse_quantity(share)) && is_part(parse_quantity(share))) << share;
    const Quantity over_time = parse_quantity("share_vassal from 2045Q1 to 2045Q2");
    EXPECT_EQ(fault_of_share(over_time, 50), "a share from 0 to 1, got 50; 0.5 is 50 %");
    EXPECT_EQ(fault_of_share(over_time, -1), "a share from 0 to 1, got -1");
    EXPECT_EQ(fault_of_share(over_time, 1) + fault_of_share(parse_quantity("mean trust at 2026"), 50), "");
    EXPECT_TRUE(is_part(over_time) && !is_share(over_time));
    for (const char* number : {"mean trust at 2045Q1", "first rupture by 2045Q1", "change share_vassal from 2030Q1 to 2045Q1", "median trust at 2045Q1"})
        EXPECT_FALSE(is_part(parse_quantity(number))) << number;
}

TEST(Quantities, OfEvents)
{
    EXPECT_EQ(of("rupture by 2014Q3"), 0);
    EXPECT_EQ(of("rupture by 2014Q4"), 1);
    EXPECT_EQ(of("first rupture by 2015Q1"), 3);
    EXPECT_EQ(of("first rupture by 2014Q2"), 1);
    EXPECT_EQ(of("first rupture by 2014Q4", 1), 3);
}

} // namespace
} // namespace entente
