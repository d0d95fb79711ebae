// Structures are mixed by their weights, parameters drawn from their distributions, each by its own name.
#include "property/jobs.hpp"
#include "statistical/z_test.hpp"

using namespace entente;

namespace {

constexpr double alpha = 1e-6;
constexpr std::uint32_t runs = 20000;

const Job& job()
{
    static const Scenario s = scenario("baseline",
                                       "[structures]\ndep = { limits = 0.7, pawn = 0.3 }\nnetwork = { clustered = 0.5, mixed = 0.3, siloed = 0.2 }\nbond = { concert = 1 }");
    static const Point point = s.point();
    static const Job j = block_job(s, point, 0, runs, {});
    return j;
}
std::size_t chosen(std::string_view structure, int alternative)
{
    const auto first = job().structures.begin() + static_cast<std::ptrdiff_t>(Description::find(describe().structures, structure) * runs);
    return static_cast<std::size_t>(std::count(first, first + runs, static_cast<float>(alternative)));
}

TEST(Mixture, HasTheSharesOfItsWeights)
{
    EXPECT_Z_WITHIN(share_estimate(chosen("dep", 1), runs, 0.3, 1), 0.3, alpha);
    EXPECT_Z_WITHIN(share_estimate(chosen("network", 0), runs, 0.5, 1), 0.5, alpha);
    EXPECT_Z_WITHIN(share_estimate(chosen("network", 1), runs, 0.3, 1), 0.3, alpha);
    EXPECT_Z_WITHIN(share_estimate(chosen("network", 2), runs, 0.2, 1), 0.2, alpha);
    EXPECT_EQ(chosen("bond", 1), runs);
    EXPECT_EQ(chosen("closeness", 0), runs);
    EXPECT_Z_OUTSIDE(share_estimate(chosen("dep", 1), runs, 0.32, 1), 0.32, alpha);
}

TEST(Mixture, OfTwoStructuresIsIndependent)
{
    const auto row = [](std::string_view name) { return job().structures.begin() + static_cast<std::ptrdiff_t>(Description::find(describe().structures, name) * runs); };
    std::size_t both = 0;
    for (std::uint32_t r = 0; r < runs; ++r) both += row("dep")[r] == 1 && row("network")[r] == 2;
    EXPECT_Z_WITHIN(share_estimate(both, runs, 0.06, 1), 0.06, alpha);
    EXPECT_Z_OUTSIDE(share_estimate(both, runs, 0.072, 1), 0.072, alpha);
}

// A prior of the baseline: log-normal around the default, sd of the logarithm .25.
TEST(Mixture, ParametersFollowTheirPriors)
{
    const std::size_t p = Description::find(describe().parameters, "kappa");
    std::vector<double> logs, squares;
    for (std::uint32_t r = 0; r < runs; ++r) logs.push_back(std::log(job().parameters[p * runs + r] / 0.30)), squares.push_back(logs.back() * logs.back());
    EXPECT_Z_WITHIN(estimate(logs, 1), 0, alpha);
    EXPECT_Z_WITHIN(estimate(squares, 1), 0.0625, alpha);
    EXPECT_Z_OUTSIDE(estimate(squares, 1), 0.07, alpha);
}

} // namespace
