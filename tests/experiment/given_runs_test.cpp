// The answer among some of a result's runs, held to what its runs are one by one; and what is made to come held to what is seen.
#include "experiment/given_runs.hpp"
#include "experiment/claim_runs.hpp"
#include "experiment/contrast_runs.hpp"
#include "experiment/made_runs.hpp"
#include "experiment/signpost_runs.hpp"
#include "small.hpp"
#include <cmath>
#include <numeric>

namespace entente {
namespace {

struct GivenRuns : ExperimentTest {
    std::string result()
    {
        const std::string to = path("a.h5");
        carry_out(small_run(600), {.out = to});
        return to;
    }
};

TEST_F(GivenRuns, AreThoseThatMeetTheCondition)
{
    const std::string file = result();
    const ReplaySource source = replay_source(file);
    const std::vector<Given> both = {parse_given("ceasefire by 2026Q2"), parse_given("mean trust at 2026Q4 < 0.5")};
    const auto a = given_answer(file, source, both, one_thread());
    ASSERT_TRUE(a);
    const auto values = values_of(file, source, {both[0].quantity, both[1].quantity, parse_quantity("share_transactional at 2026Q4"), parse_quantity("succession by 2026Q4")}, one_thread());
    std::uint32_t met = 0, transactional = 0, succession = 0, first = 0;
    for (std::size_t run = 0; run < 600; ++run) {
        first += (*values)[0][run] == 1;
        if ((*values)[0][run] != 1 || !((*values)[1][run] < 0.5)) continue;
        ++met, transactional += (*values)[2][run] == 1, succession += (*values)[3][run] == 1;
    }
    ASSERT_GT(met, 20u);
    EXPECT_EQ(a->met.count, met);
    EXPECT_EQ(a->met.runs, 600u);
    EXPECT_EQ(a->conditions[0].met.count, first);
    EXPECT_EQ(a->dates, (std::vector<int>{51}));
    EXPECT_EQ(a->classes[0][2].among.count, transactional);
    EXPECT_EQ(a->classes[0][2].among.runs, met);
    const std::size_t event = Description::find(describe().events, "succession");
    EXPECT_EQ(a->events[event].seen.among.count, succession);
    // what the file does not keep is simulated again, with the same runs
    const auto other = given_answer(file, source, {parse_given("mean legitimacy at 2026Q2 > 0.5")}, one_thread());
    EXPECT_EQ(other->classes[0][2].all.count, a->classes[0][2].all.count);
    EXPECT_EQ(given_answer(file, source, {parse_given("rupture by 2025Q1")}, one_thread())->met.count, 0u);
    EXPECT_THROW(given_answer(file, source, {parse_given("rupture by 2045")}, one_thread()), std::invalid_argument);
}

TEST_F(GivenRuns, OfAnEventThatIsMadeToComeAreThemselves)
{
    const Scenario s = small_scenario(600);
    const Given ceasefire = parse_given("ceasefire by 2026Q2");
    const auto c = contrast_event(s, ceasefire, {}, {parse_quantity("mean war_state at 2026Q4"), parse_quantity("share_transactional at 2026Q4")}, one_thread());
    ASSERT_TRUE(c);
    EXPECT_GT(c->seen, 20u);
    EXPECT_EQ(c->same, c->seen) << "where it comes by itself, making it come then changes nothing";
    EXPECT_EQ(c->made, 600 - c->seen);
    EXPECT_EQ(c->came, c->made);
    std::uint32_t seen = 0, forced = 0;
    for (const ForcedDate& d : c->dates) {
        seen += d.seen, forced += d.forced;
        EXPECT_GT(d.seen, 0u) << "dates are drawn from those at which it is seen";
    }
    EXPECT_EQ(seen, c->seen);
    EXPECT_EQ(forced, c->made);
    for (const ContrastRow& r : c->rows) EXPECT_NEAR(r.contrast.cause.estimate + r.contrast.selection.estimate, r.contrast.seeing.estimate, 1e-12);
    EXPECT_LT(c->rows[0].contrast.cause.estimate, -0.3) << "less war where it is made to freeze";
    // threads do not matter
    const auto again = contrast_event(s, ceasefire, {}, {parse_quantity("mean war_state at 2026Q4"), parse_quantity("share_transactional at 2026Q4")}, {.threads = 3});
    EXPECT_EQ(again->rows[0].contrast.forced, c->rows[0].contrast.forced);
    // at one date
    const auto at = contrast_event(s, ceasefire, 48, {parse_quantity("mean war_state at 2026Q4")}, one_thread());
    for (const ForcedDate& d : at->dates) EXPECT_EQ(d.forced > 0, d.quarter == 48);
    EXPECT_TRUE(contrast_event(s, parse_given("fragmentation by 2025Q1"), {}, {parse_quantity("mean trust at 2026Q4")}, one_thread())->rows.empty());
    EXPECT_THROW(contrast_event(s, parse_given("rupture by 2026"), {}, {}, one_thread()), std::invalid_argument);
    EXPECT_THROW(contrast_event(s, parse_given("not ceasefire by 2026"), {}, {}, one_thread()), std::invalid_argument);
    for (const std::string& event : forcible_events()) EXPECT_TRUE(forcible(Description::find(describe().events, event))->forced < describe().forced.size()) << event;
}

TEST_F(GivenRuns, AreWhatSignpostsLookAt)
{
    const std::string file = result();
    const ReplaySource source = replay_source(file);
    const Given of = parse_given("ceasefire by 2026Q4");
    const auto s = signposts_of(file, source, of, 46, one_thread());
    ASSERT_TRUE(s);
    const auto values = values_of(file, source, {of.quantity, parse_quantity("ceasefire by 2025Q3")}, one_thread());
    std::uint32_t already = 0, comes = 0;
    for (std::size_t run = 0; run < 600; ++run) already += (*values)[1][run] == 1, comes += (*values)[1][run] != 1 && (*values)[0][run] == 1;
    EXPECT_EQ(s->found.already, already);
    EXPECT_EQ(s->found.base.count, comes);
    EXPECT_EQ(s->found.base.runs, 600 - already);
    const auto from_scenario = signposts_of(source.scenario, of, 46, one_thread());
    EXPECT_EQ(from_scenario->found.base.count, comes);
    ASSERT_EQ(from_scenario->found.signs.size(), s->found.signs.size());
    for (std::size_t i = 0; i < s->found.signs.size(); ++i) EXPECT_EQ(from_scenario->found.signs[i].rule.line, s->found.signs[i].rule.line);
    EXPECT_EQ(fault_of_signposts(of, 51, 44), "2026Q4 does not lie before the outcome, 'ceasefire by 2026Q4'");
    EXPECT_EQ(fault_of_signposts(of, 20, 44), "2019Q1 lies before the free future, which starts in 2025Q1");
    EXPECT_FALSE(outcome_at(parse_given("not ceasefire by 2026Q4"), 46)) << "that it has not come is no outcome that is there already";
    EXPECT_EQ(outcome_at(parse_given("share_vassal at 2026Q4"), 46)->quantity.to, 46);
    EXPECT_FALSE(outcome_at(parse_given("mean trust from 2026Q1 to 2026Q4 < 0.4"), 46));
}

TEST_F(GivenRuns, AreDrawnOverReadingsForClaims)
{
    Scenario s = small_scenario(1);
    s.horizon = 84; // 2035Q1
    const auto c = judge_claims(s, 300, one_thread());
    ASSERT_TRUE(c);
    EXPECT_EQ(c->open.size(), describe().structures.size());
    EXPECT_EQ(c->at, 84);
    std::uint32_t reached = 0;
    for (const JudgedPrediction& j : c->predictions) {
        if (j.out_of_reach) continue;
        ++reached;
        for (const auto& answers : j.shares.of) {
            std::uint32_t count = 0, runs = 0;
            for (const Share& share : answers) count += share.count, runs += share.runs;
            EXPECT_EQ(count, j.shares.all.count) << j.prediction->name;
            EXPECT_EQ(runs, j.shares.all.runs) << j.prediction->name;
        }
    }
    EXPECT_GE(reached, 2u);
    EXPECT_LT(reached, c->predictions.size()) << "2045 is beyond the horizon";
    for (const auto& answers : c->shares) {
        std::uint32_t futures = 0;
        for (const AnswerShares& a : answers) {
            futures += a.runs;
            double sum = 0;
            for (const Interval& share : a.classes) sum += share.estimate;
            EXPECT_NEAR(sum, 1, 1e-12);
        }
        EXPECT_EQ(futures, 300u);
    }
    Scenario history = s;
    history.start = 90;
    EXPECT_THROW(judge_claims(history, 300, one_thread()), std::invalid_argument);
}

} // namespace
} // namespace entente
