// A driver's own variable rises with its dial all the way, at |z| > 4 over paired runs at each step; two dials at the same place do not differ.
#include "analysis/difference.hpp"
#include "analysis/sample.hpp"
#include "model/drivers.hpp"
#include "scenarios.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

class OfDriver : public testing::TestWithParam<std::size_t> {};

TEST_P(OfDriver, VariableRisesWithTheDial)
{
    const Driver& driver = drivers[GetParam()];
    const auto at = [&](double dial) {
        Scenario s = scenario("baseline");
        s.dials[GetParam()] = dial;
        s.runs = 250;
        return sample(s, {parse_quantity(fmt::format("mean {} from 2030Q1 to 2039Q4", driver.variable))}, {.threads = 1})[0];
    };
    const std::vector<double> rest = at(0.5);
    EXPECT_EQ(paired_difference(rest, at(0.5)).difference, 0) << "the twin";
    std::vector<double> before = at(0);
    for (const double dial : {0.25, 0.5, 0.75, 1.0}) {
        std::vector<double> here = dial == 0.5 ? rest : at(dial);
        const PairedDifference step = paired_difference(before, here);
        fmt::print("{}: dial at {}: {} {:.4f}, {:+.4f} by this quarter of the dial, z {:+.1f}\n", driver.name, dial, driver.variable, step.mean_b, step.difference, step.z());
        EXPECT_GT(step.z(), 4);
        before = std::move(here);
    }
}
INSTANTIATE_TEST_SUITE_P(All, OfDriver, testing::Range(std::size_t{0}, drivers.size()), [](const auto& test) { return std::string(drivers[test.param].name); });

} // namespace
} // namespace entente
