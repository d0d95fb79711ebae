#include "analysis/readings.hpp"
#include "analysis/share.hpp"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace entente {

// By hand: shares .25, .5 and .75 of 4 futures each. Mean .5, variance .0625; within a reading .25 * .75/3, .5 * .5/3 and the first again, on average .069444: more than all
// there is, so nothing is left of the spread. Of 40 futures each within is .0053419, and sqrt((.0625 - .0053419)/.0625) = .9563106 of each distance stays.
TEST(SharesOfReadings, SpreadAsReadingsDoAndNotAsCounts)
{
    for (const double share : shares_of_readings(std::vector<std::uint32_t>{1, 2, 3}, std::vector<std::uint32_t>{4, 4, 4})) EXPECT_DOUBLE_EQ(share, 0.5);
    const std::vector<double> shares = shares_of_readings(std::vector<std::uint32_t>{10, 20, 30}, std::vector<std::uint32_t>{40, 40, 40});
    EXPECT_NEAR(shares[0], 0.5 - 0.25 * 0.9563106, 1e-6);
    EXPECT_NEAR(shares[1], 0.5, 1e-12);
    EXPECT_NEAR(shares[2], 0.5 + 0.25 * 0.9563106, 1e-6);
    EXPECT_EQ(shares_of_readings(std::vector<std::uint32_t>{10, 0, 30}, std::vector<std::uint32_t>{40, 0, 40}).size(), 2u) << "all futures of one failed";
    const Band band = band_of(std::vector<std::uint32_t>{10, 20, 30}, std::vector<std::uint32_t>{40, 40, 40}); // all together 60 of 120: .41 to .59
    EXPECT_NEAR(band.low, shares[0] + 0.1 * (shares[1] - shares[0]), 1e-12) << "5 % of three lies a tenth of the way to the second";
    EXPECT_NEAR(band.high, shares[2] - 0.1 * (shares[2] - shares[1]), 1e-12);
    const Band none = band_of(std::vector<std::uint32_t>{0, 0}, std::vector<std::uint32_t>{32, 32});
    EXPECT_EQ(none.low, 0);
    EXPECT_DOUBLE_EQ(none.high, share_of(0, 64).high) << "they do not differ, and 64 futures do not make sure that there is none";
    EXPECT_EQ(band_of({}, {}), (Band{0, 1})) << "nothing is known";
}

/// 20,000 readings whose shares are uniform between two ends, with 32 futures each.
static std::vector<std::uint32_t> counts_between(double low, double high, std::uint32_t readings)
{
    std::mt19937_64 random(7);
    std::vector<std::uint32_t> seen;
    for (std::uint32_t i = 0; i < readings; ++i) {
        const double share = low + (high - low) * (i + 0.5) / readings;
        std::uint32_t n = 0;
        for (int future = 0; future < 32; ++future) n += static_cast<double>(random() >> 11) * 0x1p-53 < share;
        seen.push_back(n);
    }
    return seen;
}

// Of shares that are uniform on .2 to .6, 5 to 95 % is .22 to .58. The counts of 32 futures alone reach from about .15 to .68.
TEST(BandOfReadings, IsThatOfTheSharesWithoutWhatChanceAdds)
{
    constexpr std::uint32_t readings = 20000;
    std::vector<std::uint32_t> seen = counts_between(0.2, 0.6, readings);
    const Band band = band_of(seen, std::vector<std::uint32_t>(readings, 32));
    EXPECT_NEAR(band.low, 0.22, 0.03) << "what is moved to the mean keeps mean and variance, not its shape to the end";
    EXPECT_NEAR(band.high, 0.58, 0.03);
    std::ranges::sort(seen);
    EXPECT_LT(seen[readings / 20] / 32.0, 0.22 - 0.03) << "as counted";
    EXPECT_GT(seen[readings - readings / 20] / 32.0, 0.58 + 0.03);
}

TEST(BandOfReadings, IsAPointWhereReadingsAgree)
{
    constexpr std::uint32_t readings = 20000;
    const Band band = band_of(counts_between(0.3, 0.3, readings), std::vector<std::uint32_t>(readings, 32));
    EXPECT_LT(band.high - band.low, 0.05);
}

/// Four readings of four futures, at two dates. At the second: all transactional; half and half with alignment; three of alignment; one failed, the rest transactional.
static ReadingRuns made()
{
    ReadingRuns r{.readings = 4, .quarters = {64, 124}, .structure = std::vector<std::uint8_t>(describe().structures.size() * 4), .code_count = std::vector<std::uint32_t>(2 * 32 * 4)};
    r.counted = {4, 4, 4, 3};
    const auto put = [&](std::size_t date, std::size_t code, std::vector<std::uint32_t> counts) {
        std::ranges::copy(counts, r.code_count.begin() + static_cast<std::ptrdiff_t>((date * 32 + code) * 4));
    };
    put(0, 3, {4, 4, 4, 3});
    put(1, 2, {4, 2, 1, 3});
    put(1, 3, {0, 2, 3, 0});
    r.event_count.assign(describe().events.size() * 4, 0);
    std::ranges::copy(std::vector<std::uint32_t>{4, 4, 4, 3}, r.event_count.begin());
    return r;
}

TEST(Readings, HaveARangeForEveryShareAndSayWhatHoldsInHowMany)
{
    const std::vector<double> classes = {0, 0.01, 0.7, 0.29, 0}, ways = {1, 0, 0};
    const Readings all = readings_of(made(), 1, classes, ways);
    EXPECT_EQ(all.readings, 4u);
    ASSERT_EQ(all.classes.size(), 2u);
    EXPECT_EQ(all.classes[0][3], (Band{share_of(15, 15).low, 1}));
    EXPECT_EQ(all.classes[0][2], (Band{0, share_of(0, 15).high}));
    const std::vector<std::uint32_t> counted = {4, 4, 4, 3};
    EXPECT_EQ(all.classes[1][2], band_of(std::vector<std::uint32_t>{4, 2, 1, 3}, counted));
    EXPECT_EQ(all.orientations[1][0], all.classes[0][3]);
    EXPECT_EQ(all.events[0], all.classes[0][3]);
    EXPECT_EQ(all.events[1], all.classes[0][2]);
    EXPECT_EQ(all.quarter, 124);
    ASSERT_EQ(all.statements.size(), 6u) << "the likeliest; rupture, estrangement, alliance; vassal and western turn";
    EXPECT_EQ(all.statements[0].text, "transactional is the likeliest class");
    EXPECT_EQ(all.statements[0].holds, 3u) << "not in the third; in the second as likely as another";
    EXPECT_EQ(all.statements[1].text, "rupture is below 10 %");
    EXPECT_EQ(all.statements[1].holds, 4u);
    EXPECT_EQ(all.statements[5].text, "western_turn is below 10 %");
    const std::vector<double> alignment_rare = {0, 0.01, 0.97, 0.02, 0};
    const std::vector<Statement> said = readings_of(made(), 1, alignment_rare, ways).statements;
    EXPECT_EQ(said[3].text, "alignment is below 10 %");
    const std::vector<double> shares = shares_of_readings(std::vector<std::uint32_t>{0, 2, 3, 0}, counted);
    EXPECT_EQ(said[3].holds, static_cast<std::uint32_t>(std::ranges::count_if(shares, [](double share) { return share < 0.1; })));
    EXPECT_LT(said[3].holds, 4u);
}

} // namespace entente
