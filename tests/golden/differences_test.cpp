// The comparison of reference texts names what moved, what came and what went.
#include "differences.hpp"
#include <gtest/gtest.h>

using namespace entente;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* stored = R"(core: 1024 runs, seed 1

2024Q4
trust                                mean 0.400000 sd 0.050000
asia_trend                           mean 0.320000 sd 0.000000
alignment and autonomous: 1000
alliance and autonomous: 24

2029Q4
trust                                mean 0.380000 sd 0.080000
asia_trend                           mean 0.350000 sd 0.000000
alignment and autonomous: 1024

events
mutiny                               17
)";

std::string with(std::string text, const std::string& old, const std::string& anew)
{
    const std::size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), anew);
}

TEST(GoldenDifferences, EqualTextsHaveNone) { EXPECT_EQ(differences(stored, stored), Lines{}); }

TEST(GoldenDifferences, WhatMovedIsNamedWithItsDateAndDistance)
{
    EXPECT_EQ(differences(stored, with(stored, "mean 0.380000 sd 0.080000", "mean 0.400000 sd 0.090000")),
              (Lines{"2029Q4 trust has moved: was mean 0.380000 sd 0.080000, is mean 0.400000 sd 0.090000, +0.250 of its sd"}));
    EXPECT_EQ(differences(stored, with(stored, "mean 0.320000 sd 0.000000", "mean 0.310000 sd 0.000000")),
              (Lines{"2024Q4 asia_trend has moved: was mean 0.320000 sd 0.000000, is mean 0.310000 sd 0.000000, -0.010000 where all runs were equal"}));
    EXPECT_EQ(differences(stored, with(stored, "sd 0.050000", "sd 0.060000")),
              (Lines{"2024Q4 trust has moved: was mean 0.400000 sd 0.050000, is mean 0.400000 sd 0.060000, the mean where it was"}));
}

TEST(GoldenDifferences, CountsOfClassesEventsAndRunsAreNamed)
{
    const std::string moved = with(with(stored, "alliance and autonomous: 24", "alliance and autonomous: 23\nalliance and vassal: 1"), "17\n", "18\n");
    EXPECT_EQ(differences(stored, moved), (Lines{"2024Q4 alliance and autonomous has moved: was 24, is 23", "events mutiny has moved: was 17, is 18", "2024Q4 alliance and vassal is new: 1"}));
    EXPECT_EQ(differences(stored, with(stored, "seed 1", "seed 2")), (Lines{"core has moved: was 1024 runs, seed 1, is 1024 runs, seed 2"}));
}

/// A line more or less hides nothing that stands below it.
TEST(GoldenDifferences, WhatCameAndWhatWentIsNamedBesideWhatMoved)
{
    const std::string moved = with(stored, "mean 0.350000", "mean 0.360000"),
                      line = "2029Q4 asia_trend has moved: was mean 0.350000 sd 0.000000, is mean 0.360000 sd 0.000000, +0.010000 where all runs were equal";
    EXPECT_EQ(differences(stored, with(moved, "asia_trend", "novelty                              mean 0.500000 sd 0.100000\nasia_trend")),
              (Lines{line, "2024Q4 novelty is new: mean 0.500000 sd 0.100000"}));
    EXPECT_EQ(differences(stored, with(moved, "trust                                mean 0.400000 sd 0.050000\n", "")),
              (Lines{"2024Q4 trust is gone: was mean 0.400000 sd 0.050000", line}));
    EXPECT_EQ(differences(stored, moved.substr(0, moved.find("\nevents"))), (Lines{line, "events mutiny is gone: was 17"}));
}

TEST(GoldenDifferences, OrderAndRepetitionAreSeenToo)
{
    EXPECT_EQ(differences(stored, with(with(stored, "alliance and autonomous: 24\n", ""), "alignment", "alliance and autonomous: 24\nalignment")),
              (Lines{"the same entries, in another order or layout"}));
    EXPECT_EQ(differences(stored, with(stored, "mutiny", "mutiny                               17\nmutiny")), (Lines{"events mutiny (again) is new: 17"}));
}

} // namespace
