// What the classes and shares must be in every run.
#include "property/jobs.hpp"
#include <cmath>
#include <functional>
#include <optional>

using namespace entente;

namespace {

constexpr std::uint32_t quarters = 144;

void in_every_run(const char* name, const std::function<void(const OneRun&)>& check)
{
    const Block b = block(scenario(name), scaled(128), quarters);
    const BlockResult result = choose_kernel("double").run(b.job);
    for (std::size_t r = 0; r < b.job.runs(); ++r) check(OneRun{b.job, result, r});
}

TEST(Outcome, TradeSharesSumToOne)
{
    for (const char* name : {"baseline", "two_front_war", "carrot_after_peace"})
        in_every_run(name, [](const OneRun& run) {
            for (std::size_t q = 0; q < quarters; ++q) {
                double sum = 0;
                for (const char* v : {"trade_share_china", "trade_share_west", "trade_share_india", "trade_share_other"}) sum += run.value(q, variable(v));
                ASSERT_NEAR(sum, 1, 1e-6) << q;
            }
        });
}

/// The classes once more, from what is kept in single precision; nothing if a threshold is nearer than rounding.
std::optional<int> class_by_hand(const OneRun& run, std::size_t q)
{
    const double a = run.value(q, variable("alignment_index")), m = run.value(q, variable("military_depth")), trust = run.value(q, variable("trust"));
    for (const double edge : {0.65, 0.60, 0.40, 0.28})
        if (std::abs(a - edge) < 1e-6) return std::nullopt;
    if (std::abs(m - 0.60) < 1e-6 || std::abs(trust - 0.22) < 1e-6) return std::nullopt;
    if (a >= 0.65 && m >= 0.60) return 4;
    if (a >= 0.60) return 3;
    if (a >= 0.40) return 2;
    return a < 0.28 && trust < 0.22 ? 0 : 1;
}
std::optional<int> orientation_by_hand(const OneRun& run, std::size_t q)
{
    const auto x = [&](const char* name) { return static_cast<double>(run.value(q, variable(name))); };
    for (const auto& [value, edge] : {std::pair{x("russia_west_hostility"), 0.40},
                                      {x("trade_share_west"), x("trade_share_china")},
                                      {x("effort_west"), 0.20},
                                      {x("effort_west"), 0.10},
                                      {x("dependence_index"), 0.60},
                                      {x("concessions"), 0.45},
                                      {x("obedience"), 0.5}})
        if (std::abs(value - edge) < 1e-6) return std::nullopt;
    if (x("russia_west_hostility") < 0.40 && x("trade_share_west") > x("trade_share_china") && x("effort_west") >= 0.20) return 2;
    return x("dependence_index") >= 0.60 && x("concessions") >= 0.45 && x("obedience") >= 0.5 && x("effort_west") <= 0.10 ? 1 : 0;
}

TEST(Outcome, ClassesAreThoseOfTheirThresholds)
{
    std::vector<int> seen(16);
    for (const char* name : {"baseline", "pawn", "fortress_eurasia", "internal_change_and_carrot"})
        in_every_run(name, [&](const OneRun& run) {
            for (std::size_t q = 0; q < quarters; ++q) {
                const int c = class_of(run.outcome(q)), o = orientation_of(run.outcome(q));
                ASSERT_EQ(c, class_by_hand(run, q).value_or(c)) << q;
                ASSERT_EQ(o, orientation_by_hand(run, q).value_or(o)) << q;
                ++seen[static_cast<std::size_t>(c)], ++seen[static_cast<std::size_t>(8 + o)];
            }
        });
    for (const std::size_t code : {0u, 1u, 2u, 3u, 4u, 8u, 9u, 10u}) EXPECT_GT(seen[code], 0) << code;
}

/// A pin at the threshold, which single precision would put above it.
TEST(Outcome, ThresholdsAreExact)
{
    for (const char* precision : {"double", "single"}) {
        const auto western_turns = [&](const char* threshold) {
            const Summary s = run_ensemble(
                scenario("internal_change", std::string("runs = 256\nhorizon = \"2040Q1\"\npins.russia_west_hostility = { set = 0.4, from = \"2025Q1\" }\n") + threshold),
                {.precision = precision});
            std::uint32_t runs = 0;
            for (std::size_t c = 0; c < 5; ++c) runs += s.code_count[(s.quarters - 1) * 32 + 16 + c];
            return runs;
        };
        EXPECT_EQ(western_turns(""), 0u) << precision << ": .4 is not below .4";
        EXPECT_GT(western_turns("index.western_hostility = 0.4000001"), 0u) << precision;
    }
}

TEST(Outcome, ClassesExcludeEachOther)
{
    Scenario s = scenario("baseline");
    s.runs = scaled(512);
    const Summary summary = run_ensemble(s, {});
    for (std::size_t q = 0; q < summary.quarters; ++q) {
        std::uint32_t all = 0, known = 0;
        for (std::size_t code = 0; code < 32; ++code) {
            all += summary.code_count[q * 32 + code];
            if (class_of(static_cast<std::uint8_t>(code)) < outcome_classes && orientation_of(static_cast<std::uint8_t>(code)) < orientations)
                known += summary.code_count[q * 32 + code];
        }
        ASSERT_EQ(all, s.runs) << q;
        ASSERT_EQ(known, s.runs) << q;
    }
}

// By the articles there is no alliance yet (C111, C112), and Russia is a small customer of China.
TEST(Outcome, NoAllianceIn2024AndASmallShareOfChineseTrade)
{
    for (const char* name : {"baseline", "core"}) {
        Scenario s = scenario(name);
        s.runs = scaled(512);
        const Summary summary = run_ensemble(s, {});
        for (std::size_t orientation = 0; orientation < 3; ++orientation) EXPECT_EQ(summary.code_count[43 * 32 + 4 + 8 * orientation], 0u) << name;
        const auto share = summary.most.begin() + static_cast<std::ptrdiff_t>(variable("china_trade_share_russia") * summary.quarters);
        EXPECT_LT(*std::max_element(share, share + summary.quarters), 0.08) << name;
    }
}

} // namespace
