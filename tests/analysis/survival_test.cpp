// Survival against R's, on made-up waits that are stored beside; then by hand, and whether its intervals hold.
#include "analysis/survival.hpp"
#include "core/csv.hpp"
#include "core/text.hpp"
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <random>

namespace entente {
namespace {

constexpr double to_r = 1e-9; ///< R prints 17 digits

Table stored(const char* name) { return parse_csv(read_file(std::string(SOURCE_DIR) + "/tests/analysis/survival/" + name)); }
double number(const std::string& text) { return text == "NA" || text == "NaN" ? std::numeric_limits<double>::quiet_NaN() : std::stod(text); }

struct Waits {
    std::vector<double> time;
    std::vector<std::uint8_t> cause;
    LifeTable table(std::size_t causes = 2) const { return life_table(time, cause, causes); }
};
/// By group; of three, row by row in turn.
std::vector<Waits> stored_waits(std::size_t groups)
{
    const Table runs = stored("runs.csv");
    std::vector<Waits> all(groups);
    for (std::size_t row = 0; row < runs.rows.size(); ++row) {
        Waits& w = all[groups == 2 ? std::stoul(runs.rows[row][0]) : row % groups];
        w.time.push_back(number(runs.rows[row][1])), w.cause.push_back(static_cast<std::uint8_t>(std::stoul(runs.rows[row][2])));
    }
    return all;
}
std::map<std::string, double> stored_numbers()
{
    std::map<std::string, double> all;
    for (const std::vector<std::string>& row : stored("numbers.csv").rows) all[row[0]] = number(row[1]);
    return all;
}

TEST(SurvivalCurve, IsThatOfR)
{
    const std::vector<Waits> groups = stored_waits(2);
    std::array<std::size_t, 2> at{};
    for (const Table expected = stored("curve.csv"); const std::vector<std::string>& row : expected.rows) {
        const auto is = [&](const char* column) { return number(row[expected.column(column)]); };
        const auto group = static_cast<std::size_t>(is("group"));
        const LifeTable table = groups[group].table();
        const Survival curve = kaplan_meier(table);
        const Incidence apart = aalen_johansen(table);
        const Band95 plain = band_of(table, curve, CurveBand::greenwood), log_log = band_of(table, curve, CurveBand::log_log);
        const std::size_t i = at[group]++;
        EXPECT_EQ(table.time[i], is("time"));
        EXPECT_EQ(static_cast<double>(table.at_risk[i]), is("at_risk"));
        EXPECT_EQ(static_cast<double>(table.all_events(i)), is("events"));
        EXPECT_EQ(static_cast<double>(table.censored[i]), is("censored"));
        EXPECT_NEAR(curve.share[i], is("survival"), to_r);
        EXPECT_NEAR(apart.share[0][i], is("incidence_1"), to_r);
        EXPECT_NEAR(apart.share[1][i], is("incidence_2"), to_r);
        EXPECT_NEAR(apart.standard_error[0][i], is("error_1"), to_r);
        EXPECT_NEAR(apart.standard_error[1][i], is("error_2"), to_r);
        EXPECT_NEAR(curve.share[i] + apart.share[0][i] + apart.share[1][i], 1, 1e-12);
        if (is("survival") == 0) { // of which R gives no interval
            EXPECT_EQ(curve.standard_error[i], 0);
            EXPECT_EQ(log_log.low[i], 0);
            EXPECT_EQ(log_log.high[i], log_log.high[i - 1]);
            continue;
        }
        EXPECT_NEAR(curve.standard_error[i], is("error"), to_r);
        EXPECT_NEAR(plain.low[i], is("plain_low"), to_r);
        EXPECT_NEAR(plain.high[i], is("plain_high"), to_r);
        EXPECT_NEAR(log_log.low[i], is("loglog_low"), to_r);
        EXPECT_NEAR(log_log.high[i], is("loglog_high"), to_r);
    }
    for (std::size_t group = 0; group < 2; ++group) EXPECT_EQ(at[group], groups[group].table().time.size());
}

TEST(SurvivalNumbers, AreThoseOfR)
{
    std::map<std::string, double> r = stored_numbers();
    const std::vector<Waits> groups = stored_waits(2), three = stored_waits(3);
    for (const std::size_t g : {0u, 1u}) {
        const LifeTable table = groups[g].table();
        const Survival curve = kaplan_meier(table);
        const MedianTime median = median_time(curve, band_of(table, curve, CurveBand::log_log));
        const std::string of = "_" + std::to_string(g);
        EXPECT_NEAR(median.median.value(), r["median" + of], to_r);
        EXPECT_NEAR(median.low.value(), r["median_low" + of], to_r);
        EXPECT_NEAR(median.high.value(), r["median_high" + of], to_r);
        const RestrictedMean mean = restricted_mean(table, 30);
        EXPECT_NEAR(mean.mean, r["rmean30" + of], to_r);
        EXPECT_NEAR(mean.standard_error, r["rmean30_error" + of], to_r);
    }
    const std::vector<LifeTable> two_tables = {groups[0].table(), groups[1].table()}, three_tables = {three[0].table(), three[1].table(), three[2].table()};
    const LogRank two = log_rank(two_tables), of_three = log_rank(three_tables);
    EXPECT_NEAR(two.statistic, r["logrank_chisq"], to_r);
    EXPECT_NEAR(two.p, r["logrank_p"], 1e-15);
    EXPECT_EQ(two.degrees, 1u);
    EXPECT_NEAR(two.expected[0], r["expected_0"], to_r);
    EXPECT_NEAR(two.expected[1], r["expected_1"], to_r);
    EXPECT_NEAR(of_three.statistic, r["logrank3_chisq"], to_r);
    EXPECT_NEAR(of_three.p, r["logrank3_p"], to_r);
    EXPECT_EQ(of_three.degrees, 2u);
}

// Where S is exactly 1/2 over a while the median is the middle of it, and where it stays there to the end its first time, as R prints it.
TEST(MedianTime, IsTheMiddleWhereTheCurveIsExactlyOneHalf)
{
    std::map<std::string, double> r = stored_numbers();
    const std::vector<std::uint8_t> all(4, 1), half = {1, 1, 0, 0};
    const auto median = [](const std::vector<double>& time, const std::vector<std::uint8_t>& cause) {
        const Survival curve = kaplan_meier(life_table(time, cause));
        return time_at(curve.time, curve.share);
    };
    EXPECT_EQ(median({1, 2, 3, 4}, all), r["half_1234"]);
    EXPECT_EQ(median({1, 2, 6, 6}, all), r["half_1266"]);
    EXPECT_EQ(median({2, 2, 7, 9}, all), r["half_2279"]);
    EXPECT_EQ(median({1, 2, 5, 5}, half), r["half_to_the_end"]);
    EXPECT_EQ(median({1, 2, 3, 4, 5}, std::vector<std::uint8_t>(5, 1)), 3.0);
    EXPECT_FALSE(median({1, 5, 5, 5}, {1, 0, 0, 0}).has_value());
    EXPECT_FALSE(median({}, {}).has_value());
    // Products of shares are not exactly 1/2: 6 of 14 leave one by one, 1 more makes 7 of 14.
    std::vector<double> time(14, 20);
    std::iota(time.begin(), time.begin() + 7, 1);
    EXPECT_EQ(median(time, std::vector<std::uint8_t>(14, 1)), 13.5);
}

// By hand: of 5, one sees it at 2, one is censored at 2, one sees it at 4, two are censored at 6. S is 4/5, then 4/5 * 2/3 = 8/15. Greenwood: (4/5)^2 * 1/20 = .032; (8/15)^2 * (1/20 + 1/6).
TEST(SurvivalCurve, IsWorkedByHand)
{
    const LifeTable table = life_table(std::vector<double>{2, 2, 4, 6, 6, NAN}, std::vector<std::uint8_t>{1, 0, 1, 0, 0, 0});
    EXPECT_EQ(table.n, 5u);
    EXPECT_EQ(table.failed, 1u) << "left out and counted";
    EXPECT_EQ(table.at_risk, (std::vector<std::uint64_t>{5, 3, 2}));
    const Survival curve = kaplan_meier(table);
    EXPECT_NEAR(curve.share[0], 0.8, 1e-15);
    EXPECT_NEAR(curve.share[1], 8.0 / 15, 1e-15);
    EXPECT_NEAR(curve.standard_error[0], std::sqrt(0.032), 1e-15);
    EXPECT_NEAR(curve.standard_error[1], 8.0 / 15 * std::sqrt(1.0 / 20 + 1.0 / 6), 1e-15);
    EXPECT_EQ(curve.at(1.9), 1);
    EXPECT_EQ(curve.at(2), curve.share[0]);
    EXPECT_EQ(curve.at(100), curve.share[2]);
    EXPECT_NEAR(restricted_mean(table, 6).mean, 2 + 2 * 0.8 + 2 * 8.0 / 15, 1e-14);
    EXPECT_NEAR(restricted_mean(table, 1).mean, 1, 1e-15);
    EXPECT_EQ(restricted_mean(table, 2).standard_error, 0);
    EXPECT_FALSE(is_followed_to_the_end(table));
    EXPECT_THROW(band_of(table, curve, CurveBand::jeffreys), std::invalid_argument);
    // 2 events in 5 * 2 + 3 * 2 + 2 * 2 = 20; after 2 one in 10, of which 3 from 3 on to 4 and 4 beyond.
    const std::vector<Hazard> h = hazards(table, std::vector<double>{0, 6, 10, 12});
    EXPECT_EQ(h[0].events, 2u);
    EXPECT_DOUBLE_EQ(h[0].exposure, 20);
    EXPECT_DOUBLE_EQ(h[0].rate, 0.1);
    EXPECT_NEAR(h[0].low, 0.2422093 / 20, 1e-8) << "half of chi squared's 2.5 % at 4 degrees";
    EXPECT_NEAR(h[0].high, 7.2246877 / 20, 1e-8) << "half of its 97.5 % at 6";
    EXPECT_TRUE(std::isnan(h[1].rate)) << "nobody is at risk";
    EXPECT_DOUBLE_EQ(hazards(table, std::vector<double>{3, 5})[0].exposure, 3 + 2);
}

TEST(LifeTable, OfStepsIsThatOfTimes)
{
    const LifeTable steps = life_table({{1, 0, 2}, {0, 0, 1}}, 6), times = life_table(std::vector<double>{1, 3, 3, 3, 3, 3}, std::vector<std::uint8_t>{1, 1, 1, 2, 0, 0}, 2);
    EXPECT_EQ(steps.at_risk, (std::vector<std::uint64_t>{6, 5, 5}));
    EXPECT_EQ(steps.censored, (std::vector<std::uint64_t>{0, 0, 2}));
    EXPECT_EQ(times.at_risk, (std::vector<std::uint64_t>{6, 5}));
    EXPECT_DOUBLE_EQ(kaplan_meier(steps).share[2], kaplan_meier(times).share[1]);
    EXPECT_THROW(life_table({{4, 3}}, 6), std::invalid_argument);
    EXPECT_THROW(life_table({{4, 1}, {1}}, 6), std::invalid_argument);
    EXPECT_THROW(life_table(std::vector<double>{-1}, std::vector<std::uint8_t>{1}), std::invalid_argument);
    EXPECT_THROW(life_table(std::vector<double>{1}, std::vector<std::uint8_t>{2}), std::invalid_argument);
    EXPECT_THROW(life_table(std::vector<double>{1, 2}, std::vector<std::uint8_t>{1}), std::invalid_argument);
}

TEST(SurvivalCurve, StaysAtZeroWhereNobodyIsLeft)
{
    const LifeTable table = life_table({{1, 1, 0}, {0, 2, 0}}, 4);
    EXPECT_EQ(table.at_risk[2], 0u);
    const Survival curve = kaplan_meier(table);
    const Incidence seen = aalen_johansen(table);
    EXPECT_EQ(curve.share[2], 0);
    EXPECT_EQ(curve.standard_error[2], 0);
    EXPECT_DOUBLE_EQ(seen.share[0][2], 0.5);
    EXPECT_DOUBLE_EQ(seen.standard_error[1][2], std::sqrt(0.25 / 4));
    EXPECT_NEAR(restricted_mean(table, 3).mean, 1.75, 1e-15);
    EXPECT_EQ(hazards(table, std::vector<double>{2, 3})[0].events, 0u);
    EXPECT_TRUE(std::isnan(hazards(table, std::vector<double>{2, 3})[0].rate));
}

// 0 of 10 by step 1, 3 by step 2. Clopper and Pearson (1934) of 3 of 10: .0667395 to .6524529; Jeffreys .0926946 to .6058183 (qbeta(c(.025, .975), 3.5, 7.5) in R).
TEST(ExactBands, AreThoseOfAShare)
{
    const LifeTable table = life_table({{0, 3}}, 10);
    const Survival curve = kaplan_meier(table);
    const Incidence seen = aalen_johansen(table);
    const Band95 clopper = band_of(table, seen, 0, CurveBand::clopper_pearson), jeffreys = band_of(table, seen, 0, CurveBand::jeffreys), of_none = band_of(table, curve, CurveBand::jeffreys);
    EXPECT_NEAR(clopper.low[1], 0.06673951, 1e-8);
    EXPECT_NEAR(clopper.high[1], 0.6524529, 1e-7);
    EXPECT_EQ(clopper.low[0], 0);
    EXPECT_NEAR(clopper.high[0], 1 - std::pow(0.025, 0.1), 1e-12);
    EXPECT_NEAR(jeffreys.low[1], 0.09269459, 1e-8);
    EXPECT_NEAR(jeffreys.high[1], 0.6058183, 1e-7);
    EXPECT_NEAR(of_none.low[1], 1 - jeffreys.high[1], 1e-12);
    EXPECT_EQ(of_none.high[0], 1);
    EXPECT_NEAR(seen.standard_error[0][1], std::sqrt(0.3 * 0.7 / 10), 1e-15) << "of a binomial";
    const Band95 greenwood = band_of(table, curve, CurveBand::greenwood), log_log = band_of(table, seen, 0, CurveBand::log_log);
    EXPECT_NEAR(greenwood.low[1], 0.7 - 1.959964 * std::sqrt(0.021), 1e-6);
    EXPECT_EQ(log_log.low[0], 0);
    EXPECT_LT(log_log.low[1], 0.3);
    EXPECT_EQ(band_of(life_table({{0}}, 0), Survival{{1}, {1}, {0}}, CurveBand::jeffreys).high[0], 1) << "of nobody nothing is known";
}

TEST(CompetingEvents, WithoutCensoringAreAMultinomial)
{
    const LifeTable table = life_table({{10, 20, 5}, {30, 0, 15}}, 100);
    const Incidence curves = aalen_johansen(table);
    for (const auto& [cause, step, share] : {std::tuple{0u, 1u, 0.3}, {0u, 2u, 0.35}, {1u, 0u, 0.3}, {1u, 2u, 0.45}}) {
        EXPECT_NEAR(curves.share[cause][step], share, 1e-14);
        EXPECT_NEAR(curves.standard_error[cause][step], std::sqrt(share * (1 - share) / 100), 1e-14);
    }
}

TEST(LogRank, HasNothingToSayWhereNothingHappens)
{
    const std::vector<LifeTable> never = {life_table({{0, 0}}, 10), life_table({{0, 0}}, 10)}, empty = {life_table({{1, 1}}, 10), life_table({{0, 0}}, 0)};
    EXPECT_EQ(log_rank(never).degrees, 0u);
    EXPECT_EQ(log_rank(never).p, 1);
    EXPECT_EQ(log_rank(empty).degrees, 0u);
}

// By hand: min(T, 5) is 2, 5, 5 in one and 1, 4, 5 in the other: differences -1, -1, 0, mean -2/3, standard error sqrt(1/3 / 3).
TEST(PairedRestrictedMeans, DifferRunByRun)
{
    const std::vector<double> a = {2, 5, 9, 1}, b = {1, 4, 7, NAN};
    const std::vector<std::uint8_t> cause_a = {1, 0, 1, 1}, cause_b = {1, 1, 1, 0};
    const PairedDifference d = paired_restricted_means(a, cause_a, b, cause_b, 5);
    EXPECT_EQ(d.pairs, 3u);
    EXPECT_NEAR(d.difference, -2.0 / 3, 1e-15);
    EXPECT_NEAR(d.standard_error, 1.0 / 3, 1e-15);
    EXPECT_NEAR(d.mean_a, restricted_mean(life_table(std::span(a).first(3), std::span(cause_a).first(3)), 5).mean, 1e-12);
    EXPECT_THROW(paired_restricted_means(a, cause_a, b, cause_b, 6), std::invalid_argument);
}

/// Number of `repeats` samples of `n` whose band holds S(2) = `truth`; each leaves with chance .3 in each of two steps, and may be censored before.
int covered(CurveBand method, int repeats, std::size_t n, double censored, double truth)
{
    std::mt19937_64 random(11);
    const auto happens = [&](double chance) { return static_cast<double>(random() >> 11) * 0x1p-53 < chance; };
    int hits = 0;
    for (int repeat = 0; repeat < repeats; ++repeat) {
        std::vector<double> time(n, 3);
        std::vector<std::uint8_t> cause(n, 0);
        for (std::size_t i = 0; i < n; ++i)
            for (int step = 1; step <= 2; ++step) {
                if (happens(0.3)) cause[i] = 1;
                if (cause[i] == 0 && !happens(censored)) continue;
                time[i] = step;
                break;
            }
        const LifeTable table = life_table(time, cause);
        const Band95 band = band_of(table, kaplan_meier(table), method);
        std::size_t at = 0;
        while (at + 1 < table.time.size() && table.time[at + 1] <= 2) ++at;
        hits += band.low[at] <= truth && truth <= band.high[at];
    }
    return hits;
}

// S(2) = .49 of 100. With 2,000 repeats and alpha 1e-6 (z = 4.89) coverage lies within .95 +- .0238; Jeffreys' own at .49 of 100 is .9430 (summed over the binomial), Clopper and Pearson's .9625.
TEST(Bands, HoldTheTruthAsOftenAsTheySay)
{
    constexpr int repeats = 2000;
    constexpr double bound = 4.89 * 0.00487;
    EXPECT_NEAR(covered(CurveBand::log_log, repeats, 100, 0.2, 0.49) / double(repeats), 0.95, bound);
    EXPECT_NEAR(covered(CurveBand::greenwood, repeats, 100, 0.2, 0.49) / double(repeats), 0.95, bound);
    EXPECT_NEAR(covered(CurveBand::jeffreys, repeats, 100, 0, 0.49) / double(repeats), 0.943, bound);
    EXPECT_GE(covered(CurveBand::clopper_pearson, repeats, 100, 0, 0.49) / double(repeats), 0.95 - bound);
    EXPECT_LT(covered(CurveBand::log_log, repeats, 100, 0.2, 0.55) / double(repeats), 0.95 - bound) << "a twin: the truth is not .55";
    EXPECT_LT(covered(CurveBand::jeffreys, repeats, 100, 0, 0.55) / double(repeats), 0.943 - bound);
}

} // namespace
} // namespace entente
