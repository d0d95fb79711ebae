// What must be true of leaders and politics over runs: shares and correlations that no single quantity of a scenario's file can ask for. Seeds are fixed. Each bound
// lies at least two standard errors of a share away from what the model gives, and each has a twin without the term that carries it, which must be out of it.
#include "ensemble/ensemble.hpp"
#include "scenarios.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <mutex>

namespace entente {
namespace {

constexpr std::size_t start = 44, report = 124, horizon = 143; ///< 2025Q1, 2045Q1, 2049Q4
constexpr std::uint32_t runs = 3000;

/// One run of a scenario.
struct Future {
    const BlockResult& result;
    std::size_t run, runs;

    double at(std::string_view variable, std::size_t quarter) const { return double(result.value(quarter, Description::find(describe().variables, variable), run)); }
    double most(std::string_view variable, std::size_t to = horizon) const
    {
        double top = at(variable, start);
        for (std::size_t q = start; q <= to; ++q) top = std::max(top, at(variable, q));
        return top;
    }
    std::string_view of_class(std::size_t quarter) const { return class_names[result.outcome[quarter * runs + run] & 7]; }
    std::string_view orientation(std::size_t quarter) const { return orientation_names[result.outcome[quarter * runs + run] >> 3]; }
    /// The first quarter in rupture.
    std::optional<std::size_t> rupture() const
    {
        for (std::size_t q = start; q <= horizon; ++q)
            if (of_class(q) == "rupture") return q;
        return {};
    }
    /// The largest fall of the alignment index within five years.
    double fall() const
    {
        double most = 0;
        for (std::size_t q = start + 20; q <= horizon; ++q) most = std::max(most, at("alignment_index", q - 20) - at("alignment_index", q));
        return most;
    }
};

/// The mean over runs of each of these.
template <class... Take> std::array<double, sizeof...(Take)> means(const std::string& name, const std::string& overlay, const Take&... take)
{
    Scenario given = scenario(name, overlay);
    given.runs = runs;
    std::vector<std::array<double, sizeof...(Take)>> values(runs); // summed in the order of runs
    run_ensemble(given, {}, [&](const FinishedBlock& block) {
        for (std::size_t r = 0; r < block.job.runs(); ++r) {
            const Future one{block.result, r, block.job.runs()};
            values[block.first_run + r] = {double(take(one))...};
        }
    });
    std::array<double, sizeof...(Take)> mean{};
    for (const auto& v : values)
        for (std::size_t i = 0; i < v.size(); ++i) mean[i] += v[i] / runs;
    return mean;
}

TEST(Leaders, HandOverOrAreReplacedBeforeTheyAreNinety)
{
    const auto over_ninety = [](const std::string& overlay) {
        return means(
            "baseline", overlay, [](const Future& r) { return r.most("leader_age") > 90; }, [](const Future& r) { return r.most("china_leader_age") > 90; });
    };
    const auto share = over_ninety(""), twin = over_ninety("parameters.h_retire = 0\nparameters.h_congress = 0");
    fmt::print("a leader over 90: Russia {:.3f}, China {:.3f}; without managed exits {:.3f}, {:.3f}\n", share[0], share[1], twin[0], twin[1]);
    for (const double s : share) EXPECT_LT(s, 0.10);
    for (const double s : twin) EXPECT_GT(s, 0.20);
}

TEST(Offer, AloneTurnsFewAndNoneWithoutAProWesternLeader)
{
    const auto turned = [](const std::string& overlay) {
        const auto west = [](const Future& r) { return r.orientation(report) == "western_turn"; };
        const auto led = [](const Future& r) { return r.most("pro_west_regime", report) > 0; };
        const auto m = means(
            "carrot_after_peace", overlay, west, [&](const Future& r) { return west(r) && !led(r); }, [&](const Future& r) { return !led(r); });
        return std::pair{m[0], m[1] / m[2]};
    };
    const auto all = turned(""), twin = turned("parameters.offer_condition = 0\nparameters.offer_danger = 0");
    fmt::print("western turn 2045 under an offer: {:.3f}, {:.3f} of runs without a pro-Western leader; with an unconditional offer {:.3f}, {:.3f}\n", all.first, all.second,
               twin.first, twin.second);
    EXPECT_LT(all.first, 0.20);
    EXPECT_LT(all.second, 0.05);
    EXPECT_GT(twin.first, 0.25);
    EXPECT_GT(twin.second, 0.10);
}

TEST(MutualHostility, MakesRuptureFastAndMoreFrequent)
{
    const auto seen = [](const std::string& overlay) {
        return means(
            "baseline", overlay, [](const Future& r) { return r.fall() > 0.30; }, [](const Future& r) { return r.rupture().has_value(); },
            [](const Future& r) { return r.rupture() && r.at("mutual_hostility", *r.rupture()) > 0.3; });
    };
    const auto [fall, rupture, hostile] = seen("");
    const auto twin = seen("mute = [\"mutual_hostility\"]");
    fmt::print("a fall of .30 in five years {:.4f}, rupture ever {:.4f}, of these through hostility {:.4f}; muted {:.4f}, {:.4f}\n", fall, rupture, hostile, twin[0], twin[1]);
    EXPECT_GT(fall, 0.01);
    EXPECT_LT(fall, 0.06);
    EXPECT_GT(rupture, 0.02);
    EXPECT_LT(rupture, 0.10);
    EXPECT_GT(hostile, rupture / 2);
    EXPECT_LT(twin[0], 0.01);
    EXPECT_LT(twin[1], 0.6 * rupture);
}

} // namespace
} // namespace entente
