// Every scenario is held to the directions that its own file expects against the baseline: |z| > 4 over 2,000 paired runs at a fixed seed, and a hundredth at least,
// of an index, a share or the runs; what a file only reports moves by less. And the documents' order of what turns Russia westward.
#include "analysis/difference.hpp"
#include "analysis/expectation.hpp"
#include "scenarios.hpp"
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>

namespace entente {
namespace {

std::vector<std::string> scenario_files()
{
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(SOURCE_DIR "/scenarios"))
        if (entry.path().extension() == ".toml") files.push_back(entry.path().stem());
    std::sort(files.begin(), files.end());
    return files;
}

/// Files without expectations, and where they are held to something instead.
const std::map<std::string, std::string> without = {
    {"baseline", "the others are held against it, and it to patterns"},
    {"history", "its series are held to the data, in statistical/history_test.cpp and by patterns"},
    {"core", "a reference run, held to an independent implementation in statistical/reference_core_test.cpp"},
    {"core_alternatives", "as core"},
    {"core_levers", "as core"},
};
constexpr double least = 0.01;

class Expectations : public testing::TestWithParam<std::string> {};

TEST_P(Expectations, HoldAgainstTheBaseline)
{
    Scenario given = scenario(GetParam()), baseline = scenario("baseline");
    EXPECT_EQ(given.expectations.empty(), without.contains(GetParam())) << GetParam() << ": a file expects something, or stands above with the reason";
    if (given.expectations.empty()) return;
    std::vector<Quantity> quantities;
    for (const Expectation& e : given.expectations) quantities.push_back(parse_quantity(e.quantity));
    given.runs = baseline.runs = 2000;
    const auto a = sample(baseline, quantities, {.threads = 1}), b = sample(given, quantities, {.threads = 1});
    for (std::size_t q = 0; q < quantities.size(); ++q) {
        const PairedDifference d = paired_difference(a[q], b[q]);
        const Expectation& expected = given.expectations[q];
        ASSERT_TRUE(expected.of_difference()) << expected.quantity;
        const int sign = expected.sign;
        const std::string line = fmt::format("{}: {}: {:+.4f}, z {:+.1f}, n {}, expected {}", GetParam(), quantities[q].text, d.difference, d.z(), d.pairs,
                                             sign == 0  ? "report"
                                             : sign > 0 ? "+"
                                                        : "-");
        fmt::print("{}\n", line);
        EXPECT_EQ(judge(expected, interval_of(d)).held, sign == 0 ? Held::reported : Held::held) << line;
        if (sign == 0) {
            EXPECT_LT(std::abs(d.difference), least) << line << ": it moves, so its sign is expected";
        } else {
            EXPECT_GE(std::abs(d.difference), least) << line << ": it hardly moves, so it is reported";
            EXPECT_GT(std::abs(d.z()), 4) << line << ": held, but hardly";
        }
    }
}
INSTANTIATE_TEST_SUITE_P(Files, Expectations, testing::ValuesIn(scenario_files()), [](const auto& test) { return test.param; });

TEST(CombinedTest, InternalChangeAndACarrotTurnRussiaWestwardOnlyTogether)
{
    const auto western = [](const std::string& name) {
        Scenario given = scenario(name);
        given.runs = 1000;
        const auto values = sample(given, {parse_quantity("share_western_turn from 2035Q1 to 2045Q1")}, {.threads = 1});
        double sum = 0;
        for (const double x : values[0]) sum += x;
        return sum / double(values[0].size());
    };
    const double base = western("baseline"), peace = western("peace_without_carrot"), carrot = western("carrot_after_peace"), change = western("internal_change"),
                 both = western("internal_change_and_carrot");
    fmt::print("western turn 2035-45: baseline {:.3f}, peace {:.3f}, peace and carrot {:.3f}, internal change {:.3f}, both {:.3f}\n", base, peace, carrot, change, both);
    EXPECT_LT(peace, base + 0.03);
    EXPECT_GT(carrot, peace + 0.10);
    EXPECT_LT(carrot, 0.5);
    EXPECT_GT(change, carrot + 0.10);
    EXPECT_GT(both, 0.90);
}

} // namespace
} // namespace entente
