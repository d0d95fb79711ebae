// What a page is shown is what a summary of the same runs says; its fingerprint knows every run.
#include "ensemble/explored.hpp"
#include "ensemble/ensemble.hpp"
#include "scenarios.hpp"
#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

namespace entente {
namespace {

Scenario few(std::uint32_t runs)
{
    Scenario s = scenario("deep_dependence");
    s.runs = runs, s.horizon = 70, s.counts = {8, 4, 8};
    for (CourseSetting& c : s.courses)
        if (c.course.how.size() > 71) c.course.how.resize(71), c.course.value.resize(71);
    return s;
}

TEST(Explored, IsWhatTheSummarySays)
{
    const Scenario s = few(300); // more than a block
    const std::vector<std::uint32_t> watched = {0, 7, 20, static_cast<std::uint32_t>(describe().variables.size() - 1)};
    const Explored e = explored(s, choose_kernel("single"), watched);
    const Summary all = run_ensemble(s, {.precision = "single"});
    EXPECT_EQ(e.failed, all.failed);
    EXPECT_EQ(e.event_count, all.event_count);
    ASSERT_EQ(e.quarters, all.quarters);
    for (std::uint32_t q = 0; q < all.quarters; ++q) {
        std::vector<std::uint32_t> classes(outcome_classes), turned(orientations);
        for (std::uint8_t code = 0; code < 32; ++code) {
            if (all.code_count[q * 32 + code] == 0) continue;
            classes[static_cast<std::size_t>(class_of(code))] += all.code_count[q * 32 + code];
            turned[static_cast<std::size_t>(orientation_of(code))] += all.code_count[q * 32 + code];
        }
        EXPECT_TRUE(std::ranges::equal(classes, std::span(e.class_count).subspan(q * outcome_classes, outcome_classes))) << q;
        EXPECT_TRUE(std::ranges::equal(turned, std::span(e.orientation_count).subspan(q * orientations, orientations))) << q;
        for (std::size_t w = 0; w < watched.size(); ++w)
            for (std::size_t l = 0; l < std::size(explored_levels); ++l) {
                const auto level = static_cast<std::size_t>(std::ranges::find(quantile_levels, explored_levels[l]) - std::begin(quantile_levels));
                EXPECT_EQ(e.quantile[(w * std::size(explored_levels) + l) * e.quarters + q], all.quantile[(level * describe().variables.size() + watched[w]) * all.quarters + q]);
            }
    }
}

TEST(Explored, FingerprintsAreOfTheFuturesAlone)
{
    const Scenario s = few(270);
    const auto of = [](const Scenario& scenario, const Kernel& kernel, const std::vector<std::uint32_t>& watched) { return explored(scenario, kernel, watched).fingerprint; };
    const std::uint64_t print = of(s, choose_kernel("single"), {});
    for (const Kernel& kernel : kernels("single")) EXPECT_EQ(of(s, kernel, {3}), print) << kernel.isa;
    Scenario other = s;
    other.seed = 2;
    EXPECT_NE(of(other, choose_kernel("single"), {}), print);
    other = s, other.runs = 271;
    EXPECT_NE(of(other, choose_kernel("single"), {}), print) << "one more";
    other = s, other.dials[3] = 0.55;
    EXPECT_NE(of(other, choose_kernel("single"), {}), print) << "a dial that moves little";
    EXPECT_NE(of(s, choose_kernel("double"), {}), print) << "another precision";
}

} // namespace
} // namespace entente
