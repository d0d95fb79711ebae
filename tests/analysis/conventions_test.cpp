// Classes read off again: by the model's own rule, under conventions moved one by one and together.
#include "analysis/conventions.hpp"
#include "model/classify.hpp"
#include <algorithm>
#include <array>
#include <limits>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <stdexcept>

namespace entente {
namespace {

std::vector<double> defaults()
{
    std::vector<double> all;
    for (std::size_t row = 0; row < outcome_rows().count; ++row) all.push_back(describe().parameters[outcome_rows().first + row].standard);
    return all;
}

/// In the order of classified_variables: by name, .5 where none is given.
std::array<double, classified_count> values(const std::map<std::string_view, double>& given)
{
    std::array<double, classified_count> all;
    all.fill(0.5);
    for (const auto& [name, value] : given) all[static_cast<std::size_t>(std::ranges::find(classified_variables, name) - std::begin(classified_variables))] = value;
    return all;
}
int code(const std::map<std::string_view, double>& given) { return outcome_code(values(given), defaults()); }

// A = .35 P + .25 c / (c + .2) + .2 M + .2 tau.
TEST(Classify, ReadsClassesOffByTheModelsRule)
{
    const auto tie = [](double political, double depth, double trust) {
        return class_of(static_cast<std::uint8_t>(code({{"political_alignment", political}, {"trade_share_china", 0.2}, {"military_depth", depth}, {"trust", trust}, {"obedience", 0}})));
    };
    EXPECT_EQ(tie(1, 0.61, 0.5), 4) << "A = .697";
    EXPECT_EQ(tie(1, 0.59, 0.5), 3) << "their forces do not act together";
    EXPECT_EQ(tie(0.5, 0.5, 0.5), 2) << "A = .5";
    EXPECT_EQ(tie(0.2, 0.5, 0.3), 1) << "A = .355";
    EXPECT_EQ(tie(0.1, 0.3, 0.2), 0) << "A = .26, and trust is gone";
    EXPECT_EQ(tie(0.1, 0.3, 0.22), 1) << "trust of .22 is not below the line";
    const auto orientation = [](const std::map<std::string_view, double>& given) { return orientation_of(static_cast<std::uint8_t>(code(given))); };
    EXPECT_EQ(orientation({{"dependence_index", 0.6}, {"concessions", 0.45}, {"obedience", 0.5}, {"effort_west", 0.1}}), 1);
    EXPECT_EQ(orientation({{"dependence_index", 0.6}, {"concessions", 0.449}, {"obedience", 0.5}, {"effort_west", 0.1}}), 0);
    EXPECT_EQ(orientation({{"russia_west_hostility", 0.39}, {"trade_share_west", 0.4}, {"trade_share_china", 0.3}, {"effort_west", 0.2}}), 2);
}

/// Runs of which only political alignment differs, rising from 0 to 1: A rises from .2 to .55 + ... by .35.
ClassifiedRuns rising(std::size_t runs)
{
    ClassifiedRuns all{.runs = runs, .values = {}, .parameters = {}, .stored = {}};
    for (std::size_t run = 0; run < runs; ++run) {
        const auto v = values({{"political_alignment", (static_cast<double>(run) + 0.5) / static_cast<double>(runs)}, {"trade_share_china", 0.2}, {"obedience", 0}});
        all.values.insert(all.values.end(), v.begin(), v.end());
        const std::vector<double> own = defaults();
        all.parameters.insert(all.parameters.end(), own.begin(), own.end());
        all.stored.push_back(outcome_code(v, own));
    }
    return all;
}

// A = .325 + .35 P: transactional from P = 3/14 = .2143, alignment from 11/14 = .7857. A line moved by .03 moves P by .0857.
TEST(Conventions, MoveSharesAsFarAsTheLinesMove)
{
    const Conventions c = conventions_of(rising(1000), 20, 1);
    EXPECT_EQ(c.other, 0u);
    EXPECT_NEAR(c.classes[1], 0.214, 0.0011);
    EXPECT_NEAR(c.classes[2], 0.572, 0.0011);
    EXPECT_NEAR(c.classes[3], 0.214, 0.0011);
    const auto row = [&](const std::string& text) { return std::ranges::find(c.single, text, [](const ConventionRow& r) { return r.convention.text; }); };
    const auto up = row("alignment_least +.03"), down = row("transactional_least -.03"), all_up = row("index lines, all +.03");
    ASSERT_TRUE(up != c.single.end() && down != c.single.end() && all_up != c.single.end());
    EXPECT_NEAR(up->classes[3].mean, -0.086, 0.0011);
    EXPECT_NEAR(up->classes[2].mean, 0.086, 0.0011);
    EXPECT_LT(up->classes[3].high, -0.06);
    EXPECT_NEAR(down->classes[1].mean, -0.086, 0.0011);
    EXPECT_NEAR(all_up->classes[3].mean, -0.086, 0.0011);
    EXPECT_NEAR(all_up->classes[1].mean, 0.086, 0.0011);
    // more weight on politics by a fifth, all four then divided by 1.07: A = (.325 + .42 P) / 1.07, .6 at P = .7548, .4 at P = .2452
    const auto weight = row("weight_political +20 %");
    ASSERT_NE(weight, c.single.end());
    EXPECT_NEAR(weight->classes[3].mean, 0.245 - 0.214, 0.0011);
    EXPECT_NEAR(weight->classes[1].mean, 0.245 - 0.214, 0.0011);
    EXPECT_EQ(row("vassal_concessions -.03")->classes[2].mean, 0);
}

TEST(Conventions, MovedAtOnceStayWithinTheirSteps)
{
    const std::vector<Convention> joint = joint_conventions(500, 7);
    double most_weight = 0, most_threshold = 0;
    for (const Convention& c : joint) {
        EXPECT_EQ(c.changes.size(), joint[0].changes.size());
        for (const Convention::Change& change : c.changes) {
            double& most = change.weight ? most_weight : most_threshold;
            most = std::max(most, std::abs(change.by));
        }
    }
    EXPECT_LE(most_weight, weight_step);
    EXPECT_LE(most_threshold, threshold_step);
    EXPECT_GT(most_weight, 0.99 * weight_step);
    EXPECT_GT(most_threshold, 0.99 * threshold_step);
    EXPECT_EQ(joint_conventions(500, 7)[3].changes[2].by, joint[3].changes[2].by);
    EXPECT_NE(joint_conventions(500, 8)[3].changes[2].by, joint[3].changes[2].by);
    const auto range = conventions_of(rising(1000), 200, 1).class_range;
    EXPECT_LT(range[3].low, 0.18);
    EXPECT_GT(range[3].high, 0.25);
}

TEST(Conventions, SayWhatStandsUnderAllOfThem)
{
    const Conventions c = conventions_of(rising(1000), 50, 1);
    const auto statement = [&](const std::string& text) { return std::ranges::find(c.statements, text, &ConventionStatement::text); };
    const auto likeliest = statement("transactional is the likeliest class");
    ASSERT_NE(likeliest, c.statements.end());
    EXPECT_TRUE(likeliest->own);
    EXPECT_EQ(likeliest->singly, c.single.size());
    EXPECT_EQ(likeliest->jointly, 50u);
    const auto aligned = statement("alignment and alliance together are likelier than estrangement and rupture"); // .214 each: any line tips it
    ASSERT_NE(aligned, c.statements.end());
    EXPECT_LT(aligned->singly, c.single.size());
    EXPECT_LT(aligned->jointly, 50u);
}

TEST(Conventions, LeaveFailedRunsOut)
{
    ClassifiedRuns runs = rising(100);
    for (std::size_t v = 0; v < classified_count; ++v) runs.values[v] = std::numeric_limits<double>::quiet_NaN();
    const Conventions c = conventions_of(runs, 5, 1);
    EXPECT_EQ(c.failed, 1u);
    EXPECT_NEAR(std::accumulate(c.classes.begin(), c.classes.end(), 0.0), 1, 1e-12);
    EXPECT_NEAR(c.classes[3], 21.0 / 99, 0.011);
    std::ranges::fill(runs.values, std::numeric_limits<double>::quiet_NaN());
    EXPECT_THROW(conventions_of(runs, 5, 1), std::invalid_argument);
}

} // namespace
} // namespace entente
