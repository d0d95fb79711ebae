// Numbers by hand: the first line, bit, run and quarter that differ; paired shares from counts; where classes part.
#include "analysis/difference.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
namespace {

std::string text_of(const std::vector<Disagreement>& all)
{
    std::string text;
    for (const auto& [what, setting, a, b] : all) text += what + " " + setting + ": " + a + " | " + b + "\n";
    return text;
}

TEST(Disagreements, NameEverySettingThatDiffersUnderItsSection)
{
    const std::vector<Said> a = {{"seed", "1"}, {"scenario", "start = 1\n[levers]\nx = 0\n[parameters]\nkappa = 0.3\nz = 1\n"}, {"points", "3"}};
    const std::vector<Said> b = {{"seed", "1"}, {"scenario", "start = 1\n[levers]\nx = 0\n[parameters]\nkappa = 0.4\nz = 2\n"}, {"policies", "one"}};
    EXPECT_EQ(text_of(disagreements(a, b)), "scenario parameters.kappa: 0.3 | 0.4\nscenario parameters.z: 1 | 2\npoints : 3 | \npolicies :  | one\n");
    EXPECT_TRUE(disagreements(a, a).empty());
}

TEST(Disagreements, SayNothingOfTheSideThatLacksASetting)
{
    const std::string without = "start = 1\n[levers]\n[events]\n[pins]\nx = 1\n", with = "start = 1\n[levers]\n[events]\npeace = 2\n[pins]\nx = 1\n";
    EXPECT_EQ(text_of(disagreements({{"scenario", without}}, {{"scenario", with}})), "scenario events.peace:  | 2\n") << "neither a bare header nor the key that follows";
    EXPECT_EQ(text_of(disagreements({{"scenario", with}}, {{"scenario", without}})), "scenario events.peace: 2 | \n");
    EXPECT_EQ(text_of(disagreements({{"policies", "one\ntwo"}}, {{"policies", "two\none"}})), "policies : one | two\n") << "both have both";
    EXPECT_EQ(text_of(disagreements({{"policies", "one\ntwo"}}, {{"policies", "one\nthree"}})), "policies : two | \npolicies :  | three\n");
    EXPECT_EQ(text_of(disagreements({{"seed", "1"}}, {{"seed", "2"}})), "seed : 1 | 2\n");
}

TEST(Disagreements, TakeAnArrayOverSeveralLinesAndATableOfAnArrayForOne)
{
    EXPECT_EQ(text_of(disagreements({{"s", "mute = []\n"}}, {{"s", "mute = [\n\"x\",\n\"y\",\n]\nstart = 1\n"}})), "s mute: [] | [\"x\", \"y\"]\ns start:  | 1\n");
    const std::string one = "[[expect]]\nquantity = \"a\"\nsign = \"+\"\n", two = one + "[[expect]]\nquantity = \"b\"\nsign = \"+\"\n";
    EXPECT_EQ(text_of(disagreements({{"s", one}}, {{"s", two}})), "s :  | [[expect]] quantity = \"b\" sign = \"+\"\n");
}

/// Two policies, three quarters, two variables; two runs.
struct SmallBits {
    std::vector<std::uint64_t> by_variable{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, by_run{100, 200, 300, 400};
    Bits view() const { return {2, 3, 2, by_variable, by_run}; }
};

TEST(FirstBits, AreOfTheEarliestQuarter)
{
    const SmallBits a;
    EXPECT_FALSE(first_difference(a.view(), a.view()));
    SmallBits b;
    b.by_variable[5] = 0, b.by_run[1] = 0;  // first policy, quarter 2
    b.by_variable[9] = 0, b.by_run[3] = 0;  // second policy, quarter 1, variable 1
    b.by_variable[10] = 0, b.by_run[2] = 0; // and quarter 2, variable 0
    const auto d = first_difference(a.view(), b.view());
    ASSERT_TRUE(d);
    EXPECT_EQ(d->policy, 1u);
    EXPECT_EQ(d->quarter, 1);
    EXPECT_EQ(d->variables, std::vector<std::size_t>{1});
    EXPECT_EQ(d->run, 0u);
}

TEST(FirstBits, OfSeveralVariablesNameAllAndOfEqualQuartersTheFirstPolicy)
{
    const SmallBits a;
    SmallBits b;
    b.by_variable[0] = b.by_variable[1] = b.by_variable[6] = 99, b.by_run[1] = 99;
    const auto d = first_difference(a.view(), b.view());
    ASSERT_TRUE(d);
    EXPECT_EQ(d->policy, 0u);
    EXPECT_EQ(d->quarter, 0);
    EXPECT_EQ(d->variables, (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(d->run, 1u);
    SmallBits hash;
    hash.by_run[2] = 0;
    const auto h = first_difference(a.view(), hash.view());
    ASSERT_TRUE(h);
    EXPECT_FALSE(h->quarter);
    EXPECT_EQ(h->policy, 1u);
    EXPECT_EQ(h->run, 0u);
    Bits shorter = a.view();
    shorter.runs = 1;
    EXPECT_THROW(first_difference(a.view(), shorter), std::invalid_argument);
}

TEST(FirstHistory, IsOfTheLowestRunAndThenTheEarliestQuarter)
{
    const std::vector<std::uint8_t> a = {2, 2, 2, 2, 2, 2, 2, 2, 2}; // three quarters of three runs
    std::vector<std::uint8_t> b = a;
    b[0 * 3 + 2] = 3; // run 2, quarter 0
    b[1 * 3 + 1] = 3; // run 1, quarter 1
    b[2 * 3 + 1] = 3; // run 1, quarter 2
    const auto d = first_difference(Histories{3, a, {}, {}}, Histories{3, b, {}, {}});
    ASSERT_TRUE(d);
    EXPECT_EQ(d->run, 1u);
    EXPECT_EQ(d->quarter, 1);
    EXPECT_FALSE(d->event);
    EXPECT_FALSE(first_difference(Histories{3, a, {}, {}}, Histories{3, a, {}, {}}));
    EXPECT_THROW(first_difference(Histories{3, a, {}, {}}, Histories{1, a, {}, {}}), std::invalid_argument);
}

TEST(FirstHistory, OfEventsIsTheEarlierDate)
{
    const std::vector<std::uint8_t> codes = {2, 2, 2};
    const std::vector<std::int16_t> a = {-1, -1, 9, 7, -1, -1}; // two events of three runs
    std::vector<std::int16_t> b = a;
    b[1 * 3 + 1] = 20, b[0 * 3 + 2] = 4;
    auto d = first_difference(Histories{3, codes, a, {}}, Histories{3, codes, b, {}});
    ASSERT_TRUE(d);
    EXPECT_EQ(d->run, 1u);
    EXPECT_EQ(d->quarter, 20);
    EXPECT_EQ(d->event, 1u);
    b[1 * 3 + 1] = -1; // then the third run's
    d = first_difference(Histories{3, codes, a, {}}, Histories{3, codes, b, {}});
    ASSERT_TRUE(d);
    EXPECT_EQ(d->run, 2u);
    EXPECT_EQ(d->quarter, 4);
    EXPECT_EQ(d->event, 0u);
}

TEST(PairedShares, AreThePairedDifferencesOfZerosAndOnes)
{
    // both, neither, a alone, b alone: 3, 4, 1, 2
    const std::vector<double> a = {1, 1, 1, 0, 0, 0, 0, 1, 0, 0}, b = {1, 1, 1, 0, 0, 0, 0, 0, 1, 1};
    const PairedDifference counted = paired_shares(10, 3, 1, 2), listed = paired_difference(a, b);
    EXPECT_EQ(counted.pairs, listed.pairs);
    EXPECT_DOUBLE_EQ(counted.mean_a, 0.4);
    EXPECT_DOUBLE_EQ(counted.mean_b, 0.5);
    EXPECT_NEAR(counted.difference, 0.1, 1e-15);
    EXPECT_NEAR(counted.standard_error, listed.standard_error, 1e-15);
    EXPECT_NEAR(counted.unpaired_error, listed.unpaired_error, 1e-15);
    EXPECT_NEAR(counted.standard_error, std::sqrt(2.9 / 9 / 10), 1e-15); // 3 - 10 x .1^2
    const Interval i = interval_of(counted);
    EXPECT_NEAR(i.high - i.estimate, 2.262157 * std::sqrt(2.9 / 90), 1e-6); // t of 9 degrees of freedom
    EXPECT_NEAR(i.estimate - i.low, i.high - i.estimate, 1e-15);
    EXPECT_EQ(paired_shares(10, 0, 0, 10).standard_error, 0) << "all shift: no spread";
}

/// Four runs, two quarters: codes class + 8 x orientation.
struct Four {
    std::vector<std::uint8_t> codes{2, 2, 3, 10, 2, 3, 3, 10};
    std::vector<std::int16_t> dates = std::vector<std::int16_t>(describe().events.size() * 4, -1), failed = std::vector<std::int16_t>(4, -1);
    Histories view() const { return {4, codes, dates, failed}; }
};

TEST(OutcomePairs, CountClassesOrientationsAndEvents)
{
    const Four a;
    Four b;
    b.codes[4 + 0] = 3, b.codes[4 + 3] = 2; // quarter 1: transactional to alignment; vassal to autonomous
    b.dates[1] = 1, b.dates[2] = 2;         // the second date lies after what is looked at
    OutcomePairs pairs(2);
    pairs.add(a.view(), b.view());
    EXPECT_EQ(pairs.pairs(), 4u);
    EXPECT_EQ(pairs.in_class(0, 2).difference, 0);
    EXPECT_EQ(pairs.in_class(0, 2).mean_a, 0.75);
    EXPECT_EQ(pairs.in_class(1, 3).mean_a, 0.5);
    EXPECT_EQ(pairs.in_class(1, 3).mean_b, 0.75);
    EXPECT_EQ(pairs.with_orientation(1, 1).difference, -0.25);
    EXPECT_EQ(pairs.with_orientation(1, 0).difference, 0.25);
    EXPECT_EQ(pairs.seen(0).mean_b, 0.25);
    EXPECT_EQ(pairs.seen(0).mean_a, 0);
    b.failed[0] = 0;
    pairs.add(a.view(), b.view());
    EXPECT_EQ(pairs.pairs(), 7u) << "a failed run leaves its pair out";
    const int dates[] = {1};
    const std::vector<Shift> all = shifts(pairs, dates);
    ASSERT_EQ(all.size(), 8 + describe().events.size());
    EXPECT_EQ(all[1].quantity, "share_alignment at 2014Q2");
    EXPECT_EQ(all[8].quantity, std::string(describe().events[0].name) + " by 2014Q2");
    for (const Shift& s : all) EXPECT_NO_THROW(parse_quantity(s.quantity)) << s.quantity;
    EXPECT_THROW(OutcomePairs(3).add(a.view(), b.view()), std::invalid_argument) << "a quarter is missing";
}

/// Two quarters of replicates at points, all in class 2 but those listed, which are in class 3 from the second quarter on.
std::vector<std::uint8_t> codes_of(std::size_t rows, const std::vector<std::size_t>& shifted)
{
    std::vector<std::uint8_t> codes(2 * rows, 2);
    for (const std::size_t row : shifted) codes[rows + row] = 3;
    return codes;
}

TEST(ReplicatePairs, AreOfMeansOverPoints)
{
    // three replicates at two points; shares of class 3: 0, .5, .5 and .5, 1, .5
    const auto a = codes_of(6, {2, 4}), b = codes_of(6, {0, 2, 3, 5});
    ReplicatePairs pairs(2, 2);
    pairs.add({6, a, {}, {}}, {6, b, {}, {}});
    const PairedDifference now = pairs.class_shares()[1 * outcome_classes + 3], expected = paired_difference({0, 0.5, 0.5}, {0.5, 1, 0.5});
    EXPECT_EQ(now.pairs, 3u) << "replicates";
    EXPECT_NEAR(now.mean_a, expected.mean_a, 1e-15);
    EXPECT_NEAR(now.mean_b, expected.mean_b, 1e-15);
    EXPECT_NEAR(now.difference, 1.0 / 3, 1e-15);
    EXPECT_NEAR(now.standard_error, expected.standard_error, 1e-15);
    EXPECT_NEAR(now.unpaired_error, expected.unpaired_error, 1e-15);
    EXPECT_EQ(pairs.class_shares()[3].difference, 0) << "the first quarter";
    const std::vector<std::int16_t> failed = {-1, -1, -1, -1, -1, 7};
    ReplicatePairs without(2, 2);
    without.add({6, a, {}, {}}, {6, b, {}, failed});
    EXPECT_NEAR(without.class_shares()[1 * outcome_classes + 3].mean_a, (0 + 0.5 + 1) / 3, 1e-15) << "of both";
    EXPECT_THROW(ReplicatePairs(3, 2).add({6, a, {}, {}}, {6, b, {}, {}}), std::invalid_argument) << "a quarter is missing";
}

TEST(ReplicatePairs, OfOnePointAreSingleRuns)
{
    const auto a = codes_of(40, {1, 2, 3}), b = codes_of(40, {3, 4, 5, 6, 7});
    ReplicatePairs replicates(2, 1);
    OutcomePairs runs(2);
    replicates.add({40, a, {}, {}}, {40, b, {}, {}}), runs.add({40, a, {}, {}}, {40, b, {}, {}});
    const auto of_replicates = replicates.class_shares(), of_runs = runs.class_shares();
    ASSERT_EQ(of_replicates.size(), of_runs.size());
    for (std::size_t i = 0; i < of_runs.size(); ++i) {
        EXPECT_NEAR(of_replicates[i].difference, of_runs[i].difference, 1e-15);
        EXPECT_NEAR(of_replicates[i].standard_error, of_runs[i].standard_error, 1e-15);
    }
}

TEST(Policies, AreToldApartAsPairs)
{
    // means over two points: 1, 2, 6 and 2, 4, 9
    const std::vector<double> values = {0, 2, 1, 3, 5, 7, 1, 3, 4, 4, 8, 10};
    const SweepValues both{2, 2, in_memory(values)};
    const PairedDifference d = policy_difference(parse_quantity("mean trust at 2030"), both), expected = paired_difference({1, 2, 6}, {2, 4, 9});
    EXPECT_EQ(d.pairs, 3u);
    EXPECT_NEAR(d.mean_b, 5, 1e-15);
    EXPECT_NEAR(d.standard_error, expected.standard_error, 1e-15);
    EXPECT_NEAR(d.unpaired_error, expected.unpaired_error, 1e-15);
    EXPECT_NEAR(d.z(), expected.z(), 1e-12);
    const PairedDifference median = policy_difference(parse_quantity("median trust at 2030"), both);
    EXPECT_EQ(median.mean_a, 2.5) << "0, 1, 2, 3, 5, 7";
    EXPECT_EQ(median.mean_b, 4) << "1, 3, 4, 4, 8, 10";
    EXPECT_TRUE(std::isnan(median.difference) && std::isnan(median.standard_error));
    EXPECT_TRUE(std::isnan(policy_difference(parse_quantity("mean trust at 2030"), {2, 2, in_memory({})}).mean_a)) << "no whole pair";
}

/// `apart` of 100 runs go from transactional to alignment in the second of four quarters, the others stay; in the third all do.
std::vector<PairedDifference> shares_of(std::size_t apart)
{
    const std::vector<std::uint8_t> a(400, 2);
    std::vector<std::uint8_t> b = a;
    for (std::size_t run = 0; run < apart; ++run) b[100 + run] = 3;
    if (apart > 0)
        for (std::size_t run = 0; run < 100; ++run) b[200 + run] = 3;
    OutcomePairs pairs(4);
    pairs.add({100, a, {}, {}}, {100, b, {}, {}});
    return pairs.class_shares();
}

TEST(Parting, NeedsMoreThanNoise)
{
    // .001 over 4 quarters x 5 classes, both tails: z above 4.0556; the root of 16 is below, that of 17 above
    const auto below = first_parting(shares_of(16)), above = first_parting(shares_of(17));
    ASSERT_TRUE(below);
    EXPECT_EQ(below->quarter, 2) << "where all of them do";
    ASSERT_TRUE(above);
    EXPECT_EQ(above->quarter, 1);
    EXPECT_EQ(parting_text(shares_of(17)), "class shares part in 2014Q2 (transactional -17.0 points)");
    EXPECT_FALSE(first_parting(shares_of(0)));
    EXPECT_EQ(parting_text(shares_of(0)), "no quarter up to 2014Q4 parts them");
}

// Pairs of zeros and ones that all differ the same way: their sum is n, the root of their squares' sum the root of n, though their spread is 0.
TEST(Parting, PairsThatAllDifferAlikePartByTheirNumber)
{
    const std::vector<PairedDifference> three = {paired_shares(3, 0, 0, 3)}, four = {paired_shares(4, 0, 0, 4)};
    EXPECT_FALSE(first_parting(three, 0.05)) << "the root of 3 is below 1.96";
    EXPECT_TRUE(first_parting(four, 0.05)) << "that of 4 above";
}

TEST(Parting, NamesTheClassThatDiffersMost)
{
    const auto share = [](double difference) { return PairedDifference{.pairs = 100, .difference = difference, .standard_error = 0.001}; };
    const std::vector<PairedDifference> shares = {share(0),    share(0), share(0),   share(0), share(0), share(0), share(0.2), share(0.1),
                                                  share(-0.3), share(0), share(0.9), share(0), share(0), share(0), share(0)};
    const auto found = first_parting(shares);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->quarter, 1) << "the first, not the most";
    EXPECT_EQ(found->class_number, 3);
    EXPECT_EQ(found->difference.difference, -0.3);
}

TEST(Parting, IsNotMadeOfPointsThatMoveTogether)
{
    constexpr std::size_t replicates = 30, points = 100, moved = 10;
    std::vector<std::size_t> rows(moved * points);
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = row; // every point of the first replicates
    const auto a = codes_of(replicates * points, {}), b = codes_of(replicates * points, rows);
    ReplicatePairs pairs(2, points);
    OutcomePairs as_if_independent(2);
    pairs.add({replicates * points, a, {}, {}}, {replicates * points, b, {}, {}});
    as_if_independent.add({replicates * points, a, {}, {}}, {replicates * points, b, {}, {}});
    EXPECT_TRUE(first_parting(as_if_independent.class_shares())) << "the root of 1,000 is above 3.89";
    EXPECT_FALSE(first_parting(pairs.class_shares())) << "that of 10 below";
    EXPECT_EQ(parting_text(pairs.class_shares()), "no quarter up to 2014Q2 parts them");
}

TEST(Parting, OfTooFewPairsIsNotKnown)
{
    // .001 over 2 quarters x 5 classes: z above 3.8906, so 16 pairs that all part
    std::vector<std::size_t> all(16);
    for (std::size_t row = 0; row < all.size(); ++row) all[row] = row;
    const auto text = [&](std::size_t n) {
        OutcomePairs pairs(2);
        const std::vector<std::uint8_t> a = codes_of(n, {}), b = codes_of(n, {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n)});
        pairs.add({n, a, {}, {}}, {n, b, {}, {}});
        return parting_text(pairs.class_shares());
    };
    EXPECT_EQ(text(15), "15 pairs are too few to say, it takes 16");
    EXPECT_EQ(text(16), "class shares part in 2014Q2 (transactional -100.0 points)");
}

} // namespace
} // namespace entente
