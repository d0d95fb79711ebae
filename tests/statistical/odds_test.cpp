// Odds that a story gives are those of the model's rules, where these can be worked out by hand.
#include "analysis/explained.hpp"
#include "property/jobs.hpp"
#include "statistical/z_test.hpp"

using namespace entente;

namespace {

constexpr double alpha = 1e-6;
constexpr std::uint32_t samples = 2000;

/// Of the first entry of this name in one of the first runs of the baseline.
struct Found {
    double chance = -1, expected = 0;
    std::uint32_t run = 0;
};
template <class Expected> Found find(const std::string& name, const Expected& expected)
{
    const Scenario s = scenario("baseline");
    const Kernel kernel = choose_kernel("double");
    for (std::uint32_t run = 0; run < 40; ++run) {
        const Block b = block(s, 1, 144, run);
        const BlockResult result = kernel.run(b.job);
        const Told told{b.job, result, 0};
        std::vector<Entry> story = narrative(told);
        std::erase_if(story, [&](const Entry& e) { return e.name != name || e.kind == Kind::imposed || e.quarter <= 44; }); // the administration of 2025Q1 is known
        if (story.empty()) continue;
        story.resize(1);
        return {explained(story, told, kernel, samples)[0].odds.at(0).chance, expected(Moment{told, story[0].quarter}), run};
    }
    return {};
}
Estimate estimate_of(const Found& f) { return {f.chance, std::sqrt(f.expected * (1 - f.expected) / samples), samples, f.run}; }

TEST(Odds, OfAnAdministrationAreItsParameter)
{
    const Found f = find("dealing administration", [](const Moment& m) { return m.told.parameter("p_deal"); });
    EXPECT_Z_WITHIN(estimate_of(f), f.expected, alpha);
    EXPECT_Z_OUTSIDE(estimate_of(f), f.expected + 0.1, alpha);
}

TEST(Odds, OfAnIncidentWithChinaFollowFriction)
{
    const Found f = find("incident with China", [](const Moment& m) {
        return m.told.parameter("h_inc") * m.was("friction") / m.told.parameter("incident_centre") * (1 + m.told.parameter("hostility_on_incidents") * m.was("mutual_hostility"));
    });
    EXPECT_Z_WITHIN(estimate_of(f), f.expected, alpha);
    EXPECT_Z_OUTSIDE(estimate_of(f), f.expected + 0.03, alpha);
}

TEST(Odds, OfBackingOverTaiwanFollowTrustAndEffort)
{
    const Found f = find("no backing", [](const Moment& m) { // the first of the two answers is to back
        const auto p = [&](std::string_view name) { return m.told.parameter(name); };
        const double readiness = p("backing_base") + p("backing_trust") * (m.was("trust") - 0.45) + p("backing_effort") * (m.was("effort_china") - 0.5)
                                 + (m.was("sanctions_total") - 0.5) - p("backing_west") * m.was("effort_west");
        return 1 / (1 + std::exp(-readiness));
    });
    EXPECT_Z_WITHIN(estimate_of(f), f.expected, alpha);
    EXPECT_Z_OUTSIDE(estimate_of(f), f.expected + 0.1, alpha);
}

} // namespace
