// Reading of targets and their measurement equations, and what stands for an observation in a run, on tables made by hand.
#include "calibrate/targets.hpp"
#include "analysis/made_run.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace entente {
namespace {

const std::string equations_header =
    "target,channel,expression,over,relative_to,unit,transform,scale,centre,level,level_sd,slope,slope_sd,cuts,error_correlation,model_sd,identifies,conflict\n";
const std::string values_header = "target,date,value,unit,sd,low,high,use,source,licence,note\n";

/// Of one line each: a share, a ratio of logarithms on a free scale, and a count in classes.
const std::string equations = equations_header
                              + "china,economic,trade_share_china,mean,,share,identity,direct,,,,,,,.5,.01,psi_C kappa,\n"
                                "flow,economic,dual_use_flow,end,2021,ratio,log,free,1,.5,.1,2,.3,,0,0,,none\n"
                                "drills,military,military_depth,mean,,exercises a year,identity,ordinal,.03,0,0,16,4,2.5 4.5 6.5,0,1,,\n"
                                "chance,economic,trade_share_west - 0.5 * trade_share_india,mean,,share,logit,direct,,,,,,,0,0,,\n";
const std::string values = values_header
                           + "china,2022,.22,share,.01,,,fit,a,b,c\n"
                             "flow,2022Q1..2023Q2,1.5,ratio,,1,2,check,a,b,c\n"
                             "drills,2014Q1..2015Q4,4.2,exercises a year,.5,,,fit,a,b,c\n"
                             "chance,2023Q4,.2,share,.04,,,fit,a,b,c\n";

Targets read(const std::string& measurement, const std::string& observations) { return read_targets({measurement, "m.csv"}, {observations, "t.csv"}, 0, 43); }
std::string faults(const std::string& measurement, const std::string& observations)
{
    try {
        read(measurement, observations);
    } catch (const ScenarioErrors& e) {
        return e.text;
    }
    return "";
}
/// With one text replaced by another.
std::string with(std::string text, const std::string& old, const std::string& now)
{
    const std::size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), now);
}
std::string in_equations(const std::string& old, const std::string& now) { return faults(with(equations, old, now), values); }
std::string in_values(const std::string& old, const std::string& now) { return faults(equations, with(values, old, now)); }

TEST(Targets, AreReadWithDatesErrorsAndScales)
{
    const Targets t = read(equations, values);
    ASSERT_EQ(t.measurements.size(), 4u);
    ASSERT_EQ(t.observations.size(), 4u);
    EXPECT_EQ(t.measurements[0].identifies.size(), 2u);
    EXPECT_EQ(describe().parameters[t.measurements[0].identifies[1]].name, "kappa");
    EXPECT_EQ(t.measurements[2].cuts, (std::vector<double>{2.5, 4.5, 6.5}));
    EXPECT_EQ(t.observations[0].from, 32);
    EXPECT_EQ(t.observations[0].to, 35);
    EXPECT_EQ(t.observations[1].to, 37);
    EXPECT_FALSE(t.observations[1].fitted);
    EXPECT_NEAR(t.observations[1].sd, 1 / 3.289707, 1e-6) << "nine tenths of a normal distribution lie between low and high";
    EXPECT_EQ(quantities_of(t).size(), 5u) << "the ratio needs two";
}

// The made run stands still but for two variables: trade_share_china is .30 and .50 from 2022Q3 on, dual_use_flow .25, and .75 in 2023Q2 alone.
TEST(Targets, OfARunAreMeansLastQuartersAndRatios)
{
    const Targets t = read(equations, values);
    Made run(44);
    run.set("trade_share_china", 34, .5), run.set("dual_use_flow", 37, .75, 37), run.set("trade_share_west", 39, .2), run.set("trade_share_india", 39, .1);
    const auto x = [&](std::size_t i) { return modelled(t.observations[i], run.result, 0, 1); };
    EXPECT_NEAR(x(0), .4, 1e-7) << "two quarters of four";
    EXPECT_NEAR(x(1), 3, 1e-6) << "the last quarter over the end of 2021";
    EXPECT_NEAR(x(2), .28, 1e-7);
    EXPECT_NEAR(x(3), .15, 1e-7);
}

TEST(Targets, StandOnTheScaleWhereTheirErrorsAreNormal)
{
    const Targets t = read(equations, values);
    const auto& m = t.measurements;
    EXPECT_EQ(transformed(m[0], .22), .22);
    EXPECT_EQ(transformed_sd(m[0], t.observations[0]), .01);
    EXPECT_EQ(expected(m[0], .3), .3);
    EXPECT_NEAR(transformed(m[1], 1.5), std::log(1.5), 1e-15);
    EXPECT_NEAR(transformed_sd(m[1], t.observations[1]), 1 / 3.289707 / 1.5, 1e-6);
    EXPECT_NEAR(expected(m[1], 3), .5 + 2 * (3 - 1), 1e-15) << "level at the centre, and slope";
    EXPECT_NEAR(expected(m[1], 3, .1, 1), 2.1, 1e-15);
    EXPECT_NEAR(transformed(m[3], .2), std::log(.25), 1e-15);
    EXPECT_NEAR(transformed_sd(m[3], t.observations[3]), .04 / .16, 1e-12);
    EXPECT_NEAR(expected(m[3], .2), std::log(.25), 1e-15) << "where the scale is direct the model's value is transformed as well";
    EXPECT_NEAR(expected(m[2], .28), 4, 1e-12);
    EXPECT_TRUE(std::isinf(latent_bounds(m[2], 2).low));
    EXPECT_EQ(latent_bounds(m[2], 2).high, 2.5);
    EXPECT_EQ(latent_bounds(m[2], 4.2).low, 2.5);
    EXPECT_EQ(latent_bounds(m[2], 4.2).high, 4.5);
    EXPECT_EQ(latent_bounds(m[2], 7).low, 6.5);
    EXPECT_TRUE(std::isinf(latent_bounds(m[2], 7).high));
}

TEST(Targets, ShareErrorsWithinASeries)
{
    const Targets t = read(equations, values + "china,2023,.30,share,.02,,,fit,a,b,c\n");
    EXPECT_NEAR(covariance(t, 0, 0), 1e-4 + 1e-4, 1e-15) << "observation and what the model leaves out";
    EXPECT_NEAR(covariance(t, 0, 4), .5 * .01 * .02, 1e-15);
    EXPECT_NEAR(covariance(t, 4, 0), covariance(t, 0, 4), 0);
    EXPECT_EQ(covariance(t, 0, 1), 0);
}

template <class Normal> std::vector<double> drawn(const Targets& t, const std::vector<double>& x, Normal normal)
{
    const Observer observer(t);
    std::vector<double> normals(observer.normals()), y(x.size());
    std::ranges::generate(normals, normal);
    observer(x, normals, y);
    return y;
}

TEST(Targets, WithoutErrorsAreObservedWhereTheyAreExpected)
{
    const Targets t = read(equations, values);
    const std::vector<double> x{.4, 3, .28, .2}, y = drawn(t, x, [] { return 0.; });
    ASSERT_EQ(y.size(), 4u);
    for (const std::size_t i : {0u, 1u, 3u}) EXPECT_EQ(y[i], expected(t.measurements[i], x[i]));
    EXPECT_EQ(y[2], 1) << "a latent value of 4 lies in the second class";
    EXPECT_EQ(observed(t)[2], 1);
    EXPECT_EQ(observed(t)[1], std::log(1.5));
}

// 40,000 draws of four observations; each mean, variance and covariance within five standard errors (alpha 1e-5 in all).
TEST(Targets, AreObservedWithTheirErrors)
{
    const Targets t = read(equations, values + "china,2023,.30,share,.02,,,fit,a,b,c\n");
    const std::vector<double> x{.22, 1.5, .28, .2, .30};
    std::mt19937_64 generator(7);
    std::normal_distribution<double> deviate;
    constexpr std::size_t draws = 40000;
    std::vector<std::vector<double>> all;
    for (std::size_t d = 0; d < draws; ++d) all.push_back(drawn(t, x, [&] { return deviate(generator); }));
    const auto mean = [&](std::size_t i) {
        double sum = 0;
        for (const auto& y : all) sum += y[i];
        return sum / draws;
    };
    const auto together = [&](std::size_t i, std::size_t j) {
        double sum = 0;
        const double of_i = mean(i), of_j = mean(j);
        for (const auto& y : all) sum += (y[i] - of_i) * (y[j] - of_j);
        return sum / draws;
    };
    std::vector<std::pair<std::size_t, double>> variances;
    for (const std::size_t i : {0u, 3u, 4u}) variances.emplace_back(i, covariance(t, i, i));
    variances.emplace_back(1, covariance(t, 1, 1) + .1 * .1 + std::pow(.3 * (1.5 - 1), 2)); // level and slope vary too
    for (const auto& [i, variance] : variances) {
        EXPECT_NEAR(mean(i), expected(t.measurements[t.observations[i].measurement], x[i]), 5 * std::sqrt(variance / draws)) << i;
        EXPECT_NEAR(together(i, i), variance, 5 * variance * std::sqrt(2. / draws)) << i;
    }
    EXPECT_NEAR(together(0, 4), covariance(t, 0, 4), 5 * std::sqrt(covariance(t, 0, 0) * covariance(t, 4, 4) / draws * 2));
    EXPECT_NEAR(together(0, 1), 0, 5 * std::sqrt(together(0, 0) * together(1, 1) / draws));
}

TEST(Targets, OfAWrongMeasurementNameTheCell)
{
    EXPECT_EQ(in_equations(",.5,.01,psi_C", ",1.5,.01,psi_C"), "m.csv:2:68: error_correlation: a number from 0 to 1, got '1.5'");
    EXPECT_EQ(in_equations("china,economic,trade_share_china", "china,economic,trade_share_chin"),
              "m.csv:2:16: expression: a variable expected, got 'trade_share_chin'; did you mean 'trade_share_china'?");
    EXPECT_EQ(in_equations("china,economic", "china,economical"), "m.csv:2:7: channel: economic, diplomatic, military, got 'economical'; did you mean 'economic'?");
    EXPECT_EQ(in_equations(",end,2021,", ",last,2021,"), "m.csv:3:29: over: mean, end, got 'last'");
    EXPECT_EQ(in_equations(",end,2021,", ",end,2013,"), "m.csv:3:33: relative_to: a year, a quarter or two of them such as 2022, 2022Q3, 2014Q1..2023Q2, got '2013'");
    EXPECT_EQ(in_equations("ratio,log,", "ratio,ln,"), "m.csv:3:44: transform: identity, log, logit, got 'ln'");
    EXPECT_EQ(in_equations("log,free,1", "log,free,"), "m.csv:3:53: centre: a number, got nothing");
    EXPECT_EQ(in_equations(".5,.1,2", ".5,-1,2"), "m.csv:3:58: level_sd: a number of at least 0, got '-1'");
    EXPECT_EQ(in_equations("share,identity,direct,,", "share,identity,direct,1,"), "m.csv:2:62: centre: nothing where scale is direct, got '1'");
    EXPECT_EQ(in_equations("2.5 4.5 6.5", "4.5 2.5"), "m.csv:4:85: cuts: rising numbers, got '4.5 2.5'");
    EXPECT_EQ(in_equations("psi_C kappa", "psi_C kapa"), "m.csv:2:75: identifies: parameters, got 'kapa'; did you mean 'kappa'?");
    EXPECT_EQ(in_equations("flow,economic", "china,economic").substr(0, 59), "m.csv:3:1: target: one row of china, got another at m.csv:2");
    EXPECT_EQ(in_equations("trade_share_china,mean,,share", "total_trade_russia,mean,,share"), "m.csv:2:41: unit: bn USD/year as the model has it, or scale = free, got 'share'");
    EXPECT_EQ(in_equations("expression", "expresion").substr(0, 14), "m.csv:1:1: col");
}

TEST(Targets, OfAWrongObservationNameTheCell)
{
    EXPECT_EQ(in_values("china,2022", "chima,2022"), "t.csv:2:1: target: a target of the measurement table, got 'chima'; did you mean 'china'?");
    EXPECT_EQ(in_values("china,2022", "china,2025"), "t.csv:2:7: date: quarters from 2014Q1 to 2024Q4, got '2025'");
    EXPECT_EQ(in_values("china,2022", "china,2022Q5"), "t.csv:2:7: date: a year, a quarter or two of them such as 2022, 2022Q3, 2014Q1..2023Q2, got '2022Q5'");
    EXPECT_EQ(in_values("2014Q1..2015Q4", "2015Q4..2014Q1").substr(0, 18), "t.csv:4:8: date: a");
    EXPECT_EQ(in_values(".22,share", "22,share"), "t.csv:2:12: value: a share from 0 to 1, got 22; 0.22 is 22 %");
    EXPECT_EQ(in_values(".22,share", ",share"), "t.csv:2:12: value: a number, got nothing");
    EXPECT_EQ(in_values(".22,share", ".22,percent"), "t.csv:2:16: unit: share as in the measurement table, got 'percent'");
    EXPECT_EQ(in_values("share,.01,,", "share,,,"), "t.csv:2:22: sd: an error, as sd or as low and high, got none");
    EXPECT_EQ(in_values("share,.01,,", "share,.01,.2,"), "t.csv:2:22: sd: an error, as sd or as low and high, got both");
    EXPECT_EQ(in_values("share,.01,,", "share,0,,"), "t.csv:2:22: sd: a number above 0, got '0'");
    EXPECT_EQ(in_values("ratio,,1,2", "ratio,,1.6,2"), "t.csv:3:32: low: a number of at most the value, 1.5, got '1.6'");
    EXPECT_EQ(in_values("ratio,,1,2", "ratio,,1,"), "t.csv:3:34: high: a number, got nothing");
    EXPECT_EQ(in_values("1.5,ratio,,1,2", "-1,ratio,,-2,2"), "t.csv:3:21: value: a number above 0, got -1\nt.csv:3:31: low: a number above 0, got -2");
    EXPECT_EQ(in_values("fit,a,b,c", "fitted,a,,c"), "t.csv:2:28: use: fit, check, got 'fitted'\nt.csv:2:37: licence: a text, got nothing");
    EXPECT_EQ(in_values("flow,2022Q1..2023Q2,1.5,ratio", "china,2022Q1..2022Q4,.2,share").substr(0, 75),
              "t.csv:3:1: target: one row of china from 2022Q1 to 2022Q4, got another at t");
    EXPECT_EQ(in_values("fit,a,b,c\n", "fit,a,b\n"), "t.csv:2:1: 11 cells as in the header, got 10");
    EXPECT_EQ(faults(equations, ""), "t.csv:1:1: a header and rows, got an empty file");
    EXPECT_EQ(faults(equations, values_header), "t.csv:1:1: rows below the header, got none");
}

TEST(Targets, SayAllThatIsWrongInBothTables)
{
    const std::string all = faults(with(equations, "china,economic", "china,economical"), with(values, "china,2022", "chima,2022"));
    EXPECT_NE(all.find("m.csv:2:7: "), std::string::npos) << all;
    EXPECT_NE(all.find("t.csv:2:1: "), std::string::npos) << all;
}

} // namespace
} // namespace entente
