// Reading of what was observed since a run began.
#include "calibrate/seen.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
namespace {

const std::string good = "china_share_of_russian_trade,2025,.34,share,.01,,,,fit,s,,\n";

TEST(Observed, IsReadByTheMeasurementTableAsEventsAndAsVariables)
{
    const Observed o = read_seen("trust,2026Q3,.5,index,,.4,.6,,check,s,,\n" + good + "rupture,2025,0,0/1,,,,.01,fit,s,,\n");
    ASSERT_EQ(o.rows.size(), 3u) << "by the quarter in which they end";
    EXPECT_EQ(o.rows[0].target, "china_share_of_russian_trade");
    EXPECT_EQ(o.rows[0].to, 47);
    EXPECT_EQ(o.rows[0].place.line, 3u);
    EXPECT_EQ(o.rows[1].target, "rupture");
    EXPECT_FALSE(o.rows[1].observation);
    EXPECT_EQ(o.rows[1].event.text, "rupture by 2025Q4") << "by the end of the year";
    EXPECT_EQ(o.rows[1].wrong, .01);
    EXPECT_FALSE(o.rows[2].used);
    const Observation& trust = o.targets.observations[*o.rows[2].observation];
    EXPECT_EQ(trust.quantity.text, "mean trust at 2026Q3");
    EXPECT_NEAR(trust.sd, .2 / 3.289707, 1e-6);
}

TEST(Observed, ValuesComeFromTheQuantitiesOfARun)
{
    const Observed o = read_seen("dual_use_flow_early_2024,2025,.5,ratio,.1,,,,fit,s,,\nrupture,2025Q1,1,0/1,,,,0,fit,s,,\narms_to_india,2026,800,million TIV,100,,,,fit,s,,\n");
    const std::vector<Quantity> asked = quantities_of(o);
    ASSERT_EQ(asked.size(), 4u) << "a ratio needs two";
    const std::vector<double> x = modelled(o, std::vector<double>{6, 3, .4, 1});
    EXPECT_EQ(x, (std::vector<double>{1, 2, .4}));
    EXPECT_NEAR(in_its_unit(o, o.rows[2], .4202), std::exp(7.076), 1e-9) << "at the centre of its scale it is the level";
    EXPECT_EQ(in_its_unit(o, o.rows[0], 1), 1);
}

TEST(Observed, RowsWithoutAnythingObservedArePassedOver)
{
    EXPECT_EQ(read_seen(good + "trust,,,index,,,,,fit,,,to be filled in\n").rows.size(), 1u);
    EXPECT_EQ(faults_of_seen("trust,,,index,,,,,fit,,,\n"), "o.csv:1:1: rows with a value to weigh by (use = fit), got none");
    EXPECT_NE(faults_of_seen("trust,2025Q2,.5,index,.1,,,,check,s,,\n"), "") << "only shown";
    EXPECT_NE(faults_of_seen(new_observed().substr(observed_header.size())), "") << "nothing is observed in the template";
    EXPECT_EQ(new_observed().substr(0, observed_header.size()), observed_header);
}

TEST(Observed, FaultsAreSaidAllAtOnceWithTheirPlaces)
{
    const std::string text = faults_of_seen("chna_share_of_russian_trade,2025,.34,share,.01,,,,fit,s,,\n"
                                            "china_share_of_russian_trade,2024,34,%,,,,,fit,s,,\n"
                                            "rupture,2025,.5,share,.1,,,,fit,s,,\n"
                                            "trust,2050,.5,index,.1,,,.1,maybe,,,\n"
                                            "arms_to_india,2025,-3,million TIV,100,,,,fit,s,,\n");
    for (const char* fault :
         {"o.csv:2:1: target: a target of the measurement table, an event or a variable of the model, got 'chna_share_of_russian_trade'; did you mean "
          "'china_share_of_russian_trade'?",
          "o.csv:3:30: date: quarters from 2025Q1 to 2049Q4, got '2024'; the result is free from 2025Q1 on and ends in 2049Q4",
          "o.csv:3:35: value: a share from 0 to 1, got 34; 0.34 is 34 %", "o.csv:3:38: unit: share as in the measurement table, got '%'",
          "o.csv:3:40: sd: an error, as sd or as low and high, got none", "o.csv:4:14: value: 1 for an event that had happened by the end of the date, 0 for one that had not, got '.5'",
          "o.csv:4:17: unit: 0/1 of an event, got 'share'", "o.csv:4:23: sd: nothing of an event, whose error is wrong, got '.1'",
          "o.csv:4:28: wrong: the probability that the report is wrong, from 0 to below .5, got nothing", "o.csv:5:7: date: quarters from 2025Q1 to 2049Q4, got '2050'",
          "wrong: nothing but of an event, got '.1'", "use: fit, check, got 'maybe'", "source: a text, got nothing", "o.csv:6:20: value: a number above 0, got -3"})
        EXPECT_NE(text.find(fault), std::string::npos) << fault << "\n" << text;
}

TEST(Observed, AGapMustBeOwnedUpTo)
{
    const std::string later = "china_share_of_russian_trade,2028,.35,share,.01,,,,fit,s,,\n", silent = faults_of_seen(good + later);
    EXPECT_EQ(silent, "o.csv:3:30: date: what follows on o.csv:2, got '2028': a gap, 2026Q1..2027Q4; a row of that date without a value says that it was not observed");
    const Observed owned = read_seen(good + later + "china_share_of_russian_trade,2026Q1..2027Q4,,share,,,,,fit,,,nobody counted\n");
    EXPECT_EQ(owned.rows.size(), 2u);
    ASSERT_EQ(owned.notes.size(), 1u);
    EXPECT_EQ(owned.notes[0].message, "china_share_of_russian_trade is not observed in 2026Q1..2027Q4");
    EXPECT_NE(faults_of_seen(good + "china_share_of_russian_trade,2026,,share,.01,,,,fit,,,\n").find("value: a number where there is an error, got nothing"), std::string::npos);
    EXPECT_EQ(faults_of_seen("rupture,2025,0,0/1,,,,.01,fit,s,,\nrupture,2028,0,0/1,,,,.01,fit,s,,\n"), "") << "of events each report says all up to its date";
}

TEST(Observed, NothingCountsTwiceOrAgainstItself)
{
    EXPECT_EQ(faults_of_seen(good + "china_share_of_russian_trade,2025Q3,.35,share,.01,,,,fit,s,,\n"),
              "o.csv:3:30: date: quarters that o.csv:2 does not hold already, got '2025Q3'");
    EXPECT_EQ(faults_of_seen("rupture,2025,1,0/1,,,,.01,fit,s,,\nrupture,2026,0,0/1,,,,.01,fit,s,,\n"), "o.csv:3:14: value: 1, as it has happened at o.csv:2, got '0'");
    EXPECT_NE(faults_of_seen("rupture,2025,1,0/1,,,,.01,fit,s,,\nrupture,2025Q4,1,0/1,,,,.01,fit,s,,\n").find("one report of rupture by a date"), std::string::npos);
    EXPECT_EQ(faults_of_seen("rupture,2025,0,0/1,,,,.01,fit,s,,\nrupture,2026,1,0/1,,,,.01,fit,s,,\n"), "") << "it happened in 2026";
}

TEST(Observed, WhatCalibrationDoesNotFitWeighsWithANote)
{
    const Observed o = read_seen("arms_to_china,2025,800,million TIV,100,,,,fit,s,,\n");
    ASSERT_EQ(o.notes.size(), 1u);
    EXPECT_NE(o.notes[0].message.find("arms_to_china weighs, though calibration does not: not fitted"), std::string::npos);
}

TEST(Observed, HostileTablesAreRefused)
{
    for (const std::string& bytes :
         {std::string(), std::string("\0\xff\n", 3), std::string("target\n"), observed_header, observed_header + "a,b\n", observed_header + "\"" + std::string(100000, 'x'),
          observed_header + "trust,2025Q9,nan,index,inf,,,,fit,s,,\n", observed_header + "trust,99999999999,1e999,index,-1,,,,fit,s,,\n"})
        EXPECT_THROW(read_observed({measurement_csv(), "m.csv"}, {bytes, "o.csv"}, 44, 143), ScenarioErrors) << bytes.substr(0, 100);
}

} // namespace
} // namespace entente
