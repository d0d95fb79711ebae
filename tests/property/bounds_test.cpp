// Every variable stays in the range of its row, in every scenario and in the corners of the model.
#include "property/jobs.hpp"
#include "property/limit_cases.hpp"

using namespace entente;

namespace {

void expect_in_range(Scenario s, const std::string& name, std::uint32_t runs)
{
    s.runs = runs;
    for (const char* precision : {"double", "single"}) {
        const Summary summary = run_ensemble(s, {.precision = precision});
        EXPECT_EQ(summary.failed, 0u) << name << ", " << precision;
        for (const Summary::Failure& f : summary.failures)
            ADD_FAILURE() << describe().variables[static_cast<std::size_t>(f.variable)].name << " is " << f.value << " in " << quarter_name(f.quarter) << ", run " << f.run;
        for (std::size_t v = 0; v < describe().variables.size(); ++v) {
            const Row& row = describe().variables[v];
            const auto first = static_cast<std::ptrdiff_t>(v * summary.quarters), last = first + summary.quarters;
            EXPECT_GE(*std::min_element(summary.least.begin() + first, summary.least.begin() + last), row.low - 1e-6) << row.name << ", " << name << ", " << precision;
            EXPECT_LE(*std::max_element(summary.most.begin() + first, summary.most.begin() + last), row.high + 1e-6) << row.name << ", " << name << ", " << precision;
        }
    }
}

TEST(Bounds, HoldInScenarios)
{
    for (const char* name : {"baseline", "pawn", "fortress_eurasia", "two_front_war"}) expect_in_range(scenario(name), name, scaled(256));
}

TEST(Bounds, HoldInLimitCases)
{
    const std::vector<LimitCase> cases = limit_cases();
    ASSERT_EQ(cases.size(), 8u);
    for (const LimitCase& c : cases) expect_in_range(c.scenario, c.name, scaled(256));
}

/// The block with a course on one variable, or parameter, of one run.
BlockResult broken(Block& b, const char* precision, std::size_t run, const char* name, double value)
{
    Point point = *b.point;
    Course c{.target = Target::variable, .index = variable(name), .how = {}, .value = {}};
    c.how.assign(49, Imposition::none), c.value.assign(49, 0);
    c.how[48] = Imposition::set, c.value[48] = value;
    point.courses.push_back(c);
    b.job.points[run] = &point;
    const BlockResult result = choose_kernel(precision).run(b.job);
    b.job.points[run] = b.point.get();
    return result;
}

// A value that is no number, or beyond all measure, is seen with its place, and fails its own run alone.
TEST(Bounds, AFailedRunIsSeen)
{
    Block b = block(scenario("baseline"), 6, 60);
    for (const char* precision : {"double", "single"})
        for (const double value : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 1.5}) {
            const BlockResult result = broken(b, precision, 2, "trust", value);
            EXPECT_EQ(result.failed_quarter, (std::vector<std::int16_t>{-1, -1, 48, -1, -1, -1})) << precision;
            EXPECT_EQ(result.failed_variable[2], static_cast<std::int16_t>(variable("trust"))) << precision;
            EXPECT_TRUE(std::isnan(value) ? std::isnan(result.failed_value[2]) : result.failed_value[2] == static_cast<float>(value)) << precision;
        }
}

// So is one that only follows from others: the index divides by China's share plus the share at which it is half way.
TEST(Bounds, AFailedDerivedValueIsSeen)
{
    Block b = block(scenario("baseline"), 6, 60);
    b.job.parameters[Description::find(describe().parameters, "economic_half") * 6 + 4] = -0.5F;
    for (const char* precision : {"double", "single"}) {
        const BlockResult result = broken(b, precision, 4, "trade_share_china", 0.5);
        EXPECT_GE(result.failed_quarter[4], 0) << precision;
        EXPECT_EQ(result.failed_variable[4], static_cast<std::int16_t>(variable("alignment_index"))) << precision;
        EXPECT_EQ(result.failed_quarter[3], -1) << precision;
    }
}

} // namespace
