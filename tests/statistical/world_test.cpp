// What the world around the two must do whatever else is assumed: how old a ceasefire is, what sanctions leave behind, whom a misjudgement favours, and that
// the parts of the alignment index are not one cause counted twice. Each with the term muted, which must not show it.
#include "analysis/sample.hpp"
#include "scenarios.hpp"
#include "statistical/z_test.hpp"
#include <cmath>
#include <fmt/format.h>

using namespace entente;

namespace {

constexpr double alpha = 1e-6;

std::vector<std::vector<double>> sampled(const std::string& overlay, const std::vector<const char*>& quantities, std::uint32_t runs)
{
    Scenario given = scenario("baseline", overlay);
    given.runs = runs;
    std::vector<Quantity> asked;
    for (const char* q : quantities) asked.push_back(parse_quantity(q));
    return sample(given, asked, {});
}
double mean(const std::vector<double>& x)
{
    double sum = 0;
    for (const double v : x) sum += v;
    return sum / double(x.size());
}
double correlation(const std::vector<double>& x, const std::vector<double>& y)
{
    const double mx = mean(x), my = mean(y);
    double xx = 0, yy = 0, xy = 0;
    for (std::size_t r = 0; r < x.size(); ++r) xx += (x[r] - mx) * (x[r] - mx), yy += (y[r] - my) * (y[r] - my), xy += (x[r] - mx) * (y[r] - my);
    return xy / std::sqrt(xx * yy);
}

/// z of the hazard of relapse in the first two years of a ceasefire of 2026 against that of the years after 2031, by the logarithm of their ratio.
double z_of_youth(const std::string& overlay)
{
    const auto x = sampled("events.peace = \"2026Q1\"\nparameters.settlement_chance = 0\n" + overlay, {"war_relapse by 2028Q1", "war_relapse by 2031Q1", "war_relapse by 2036Q1"}, 4000);
    const double n = double(x[0].size()), early = mean(x[0]) * n, left = n - mean(x[1]) * n, late = mean(x[2]) * n - mean(x[1]) * n;
    const double ratio = early / n / 2 / (late / left / 5);
    fmt::print("relapses {} of {} in two years, {} of {} in five; ratio of hazards {:.2f}\n", early, n, late, left, ratio);
    return std::log(ratio / 1.5) / std::sqrt(1 / early + 1 / late);
}
TEST(World, ACeasefireBreaksEarlyOrNotAtAll)
{
    EXPECT_GT(z_of_youth(""), 4) << "at least half as likely again while it is young";
    EXPECT_LT(z_of_youth("parameters.relapse_young = 0.0"), 4);
}

/// What the West gains of Russian trade in fifteen years beside a war that stays frozen, if its sanctions are lifted in 2030.
double regained(const std::string& overlay)
{
    const std::string frozen = "pins.war_state = { set = 1, from = \"2025Q1\" }\n" + overlay;
    const std::vector<const char*> share = {"mean trade_share_west at 2045Q1"};
    const double without = mean(sampled(frozen, share, 500)[0]),
                 lifted = mean(sampled(frozen + "\npins.us_sanctions = { set = 0.0, from = \"2030Q1\" }\npins.eu_sanctions = { set = 0.0, from = \"2030Q1\" }", share, 500)[0]);
    fmt::print("the West's share in 2045: {:.3f} beside a frozen war, {:.3f} with sanctions lifted\n", without, lifted);
    EXPECT_LT(without, 0.20);
    return lifted - without;
}
TEST(World, SanctionsOutliveTheirWarInTrade)
{
    EXPECT_LT(regained(""), 0.15);
    EXPECT_GT(regained("parameters.h_scar = 0.0"), 0.15);
}

TEST(World, MilitaryDepthIsNoSecondPolitics)
{
    const auto of = [](const std::string& overlay) {
        const auto x = sampled(overlay, {"mean military_depth at 2045Q1", "mean political_alignment at 2045Q1"}, 2000);
        const double r = correlation(x[0], x[1]);
        fmt::print("correlation {:.3f}\n", r);
        return r;
    };
    EXPECT_LT(of(""), 0.7);
    EXPECT_GT(of("parameters.acts_share = 0"), 0.7);
}

TEST(World, NoMisjudgementNoOpening)
{
    const auto opening = [](const std::string& overlay) {
        const auto x = sampled(overlay, {"mean perceived_opening from 2026Q1 to 2034Q4", "mean effort_west from 2026Q1 to 2034Q4"}, 2000);
        std::vector<double> error;
        for (std::size_t r = 0; r < x[0].size(); ++r) error.push_back(x[0][r] - x[1][r]);
        return estimate(error, 1);
    };
    EXPECT_Z_WITHIN(opening(""), 0, alpha);
    EXPECT_Z_OUTSIDE(opening("parameters.opening_least = 0"), 0, alpha);
}

} // namespace
