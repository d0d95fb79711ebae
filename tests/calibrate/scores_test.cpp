#include "calibrate/scores.hpp"
#include "calibrate/uniforms.hpp"
#include "statistical/z_test.hpp"
#include <limits>

using namespace entente;

namespace {

constexpr std::uint64_t seed = 1;
constexpr double alpha = 1e-6;
using Values = std::vector<double>;
using Years = std::vector<int>;

TEST(Scores, OfDrawsAreWorkedByHand)
{
    const Values two{2, 0};
    EXPECT_DOUBLE_EQ(crps(two, 1), 0.5);     // 1 - 2 / 4
    EXPECT_DOUBLE_EQ(crps_fair(two, 1), 0);  // 1 - 2 / 2
    EXPECT_DOUBLE_EQ(crps(two, 5), 3.5);     // 4 - 2 / 4
    EXPECT_DOUBLE_EQ(crps(Values{3}, 5), 2); // the absolute error
    const Values four{1, 2, 4, 8};           // pairs lie 1, 3, 7, 2, 6 and 4 apart
    EXPECT_NEAR(crps(four, 3), 2.25 - 23.0 / 16, 1e-12);
    EXPECT_NEAR(crps_fair(four, 3), 2.25 - 23.0 / 12, 1e-12);
    EXPECT_THROW(crps({}, 3), std::invalid_argument);
    EXPECT_THROW(crps_fair(Values{1}, 3), std::invalid_argument);
    EXPECT_THROW(crps(Values{1, std::numeric_limits<double>::infinity()}, 3), std::invalid_argument);
}

TEST(Scores, OfFewAndManyDrawsAreFair)
{
    Values three, plain;
    for (std::uint32_t i = 0; i < 20000; ++i) {
        const auto z = normals_at(seed, "draw", i);
        three.push_back(crps_fair(std::span(z).first(3), z[3])), plain.push_back(crps(std::span(z).first(3), z[3]));
    }
    const double right = 1 / std::sqrt(std::acos(-1.0)); // half the mean distance of two standard normal deviates
    EXPECT_Z_WITHIN(estimate(three, seed), right, alpha);
    EXPECT_Z_OUTSIDE(estimate(plain, seed), right, alpha);
}

TEST(Scores, OfIntervalsAreWorkedByHand)
{
    EXPECT_DOUBLE_EQ(interval_score(1, 3, 0.8, 2), 2);
    EXPECT_NEAR(interval_score(1, 3, 0.8, 0.5), 2 + 10 * 0.5, 1e-12);
    EXPECT_NEAR(interval_score(1, 3, 0.9, 4), 2 + 20, 1e-12);
    const IntervalOf intervals[] = {{0, 1}, {0, 1}, {2, 3}};
    const Coverage c = interval_coverage(intervals, Values{1, 1.5, 2}, 0.9);
    EXPECT_EQ(c.hits, 2u);
    EXPECT_EQ(c.n, 3u);
    EXPECT_EQ(c.nominal, 0.9);
    EXPECT_THROW(interval_coverage(intervals, Values{1}, 0.9), std::invalid_argument);
    EXPECT_THROW(interval_score(1, 3, 1, 2), std::invalid_argument);
}

TEST(Scores, OfStudentsForecastAreItsIntegral)
{
    // of the squared distance of distribution functions, by R's integrate()
    EXPECT_NEAR((StudentForecast{0, 1, 4}.crps(0.7)), 0.438792875491, 1e-10);
    EXPECT_NEAR((StudentForecast{0, 1, 2}.crps(-3)), 2.20590405582, 1e-10);
    EXPECT_NEAR((StudentForecast{5, 2, 9}.crps(5)), 2 * 0.24604054978, 1e-10);
    EXPECT_NEAR((StudentForecast{1, 0.5, 200}.crps(1.6)), 0.5 * 0.747704721242, 1e-10);
    EXPECT_EQ((StudentForecast{1, 0, 2}.crps(3)), 2);
    EXPECT_THROW((StudentForecast{0, 1, 1}.crps(0)), std::invalid_argument);
    const StudentForecast f{10, 3, 4};
    EXPECT_NEAR(f.quantile(0.95), 10 + 3 * 2.13184678632665, 1e-10);
    EXPECT_NEAR(f.interval(0.9).low, 10 - 3 * 2.13184678632665, 1e-10);
}

void expect_forecast(const StudentForecast& f, double location, double scale, double freedom)
{
    EXPECT_NEAR(f.location, location, 1e-10);
    EXPECT_NEAR(f.scale, scale, 1e-10);
    EXPECT_EQ(f.freedom, freedom);
}

TEST(Benchmarks, AreWorkedByHand)
{
    // changes 2, 1, 4, 1 about their mean 2: 6 over 3 degrees; two years ahead 2 x 2 x (1 + 2 / 4)
    expect_forecast(random_walk_with_drift({Years{2000, 2001, 2002, 2003, 2004}, Values{1, 3, 4, 8, 9}}, 2006), 13, std::sqrt(6), 3);
    // years missing: off the drift of 1 a year by 0, 1 and -1 in 2, 1 and 3 years
    expect_forecast(random_walk_with_drift({Years{2000, 2002, 2003, 2006}, Values{0, 2, 4, 6}}, 2008), 8, 4.0 / 3, 2);
    // changes 2 and -1 in 1 and 2 years: 4.5 over 2 degrees, four years ahead
    expect_forecast(last_value({Years{2000, 2001, 2003}, Values{1, 3, 2}}, 2007), 2, 3, 2);
    // R: predict(lm(v ~ y), interval = "prediction", level = 0.9)
    const StudentForecast trend = linear_trend({Years{2010, 2011, 2012, 2013, 2015, 2016}, Values{10, 11.5, 11, 12.4, 13.1, 14}}, 2019);
    EXPECT_NEAR(trend.location, 15.7229813664596, 1e-9);
    EXPECT_NEAR(trend.interval(0.9).low, 14.1529692507867, 1e-9);
    EXPECT_EQ(trend.freedom, 4);
    // a line without noise is known
    EXPECT_NEAR(linear_trend({Years{1, 2, 3, 4}, Values{1, 3, 5, 7}}, 6).crps(11), 0, 1e-12);
    EXPECT_EQ(last_value({Years{1, 2, 3}, Values{4, 4, 4}}, 9).scale, 0);
}

TEST(Benchmarks, RefuseWhatIsNoSeries)
{
    const Years years{1, 2, 3, 4}, unordered{1, 2, 2, 3};
    const Values values{1, 2, 4, 7}, nan{1, 2, std::numeric_limits<double>::quiet_NaN(), 3};
    for (const auto forecast : {random_walk_with_drift, linear_trend, last_value}) {
        EXPECT_NO_THROW(forecast({years, values}, 5));
        EXPECT_THROW(forecast({years, values}, 4), std::invalid_argument);
        EXPECT_THROW(forecast({unordered, values}, 5), std::invalid_argument);
        EXPECT_THROW(forecast({years, nan}, 5), std::invalid_argument);
        EXPECT_THROW(forecast({years, std::span(values).first(3)}, 5), std::invalid_argument);
    }
    EXPECT_THROW(linear_trend({std::span(years).first(3), std::span(values).first(3)}, 5), std::invalid_argument);
    EXPECT_NO_THROW(last_value({std::span(years).first(3), std::span(values).first(3)}, 5));
}

/// How often the forecast's 90 % interval holds the value at 2010 of series that its own assumptions make, with values up to 2006 and a year missing.
Estimate coverage(StudentForecast (*forecast)(AnnualSeries, int), bool walk, double drift)
{
    constexpr std::uint32_t repeats = 10000;
    std::size_t held = 0;
    for (std::uint32_t r = 0; r < repeats; ++r) {
        Years years;
        Values values;
        double level = 0, last = 0;
        for (int year = 2000; year <= 2010; ++year) {
            const double z = normals_at(seed, "year", r, static_cast<std::uint32_t>(year))[0];
            level = walk ? level + drift + z : drift * (year - 2000);
            last = walk ? level : level + z;
            if (year <= 2006 && year != 2003) years.push_back(year), values.push_back(last);
        }
        const IntervalOf i = forecast({years, values}, 2010).interval(0.9);
        held += i.low <= last && last <= i.high;
    }
    return share_estimate(held, repeats, 0.9, seed);
}

TEST(Benchmarks, CoverWhatTheyAssume)
{
    EXPECT_Z_WITHIN(coverage(random_walk_with_drift, true, 0.3), 0.9, alpha);
    EXPECT_Z_WITHIN(coverage(linear_trend, false, 0.3), 0.9, alpha);
    EXPECT_Z_WITHIN(coverage(last_value, true, 0), 0.9, alpha);
    EXPECT_Z_OUTSIDE(coverage(linear_trend, true, 0.3), 0.9, alpha); // of a walk
    EXPECT_Z_OUTSIDE(coverage(last_value, true, 1), 0.9, alpha);     // with a drift
    EXPECT_Z_OUTSIDE(coverage(random_walk_with_drift, false, 0), 0.9, alpha);
}

} // namespace
