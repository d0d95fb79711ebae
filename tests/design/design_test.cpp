// What all designs share: their sizes, what makes them impossible, their values; and the two plain kinds.
#include "samples.hpp"
#include "core/text.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

DesignChoice choice(const DesignKind& kind, std::uint32_t points, std::uint32_t levels = 4)
{
    return {.kind = &kind, .points = points, .levels = levels, .table = {}, .origin = {"sweep.toml", 12, 3}};
}

TEST(Design, HasAsManyPointsAsItSays)
{
    const std::vector<Factor> factors = mixed_factors(); // two continua, 3 levels, 4, 2, 3
    const auto count = [&](const DesignChoice& c) {
        const Design design = make_design(factors, c);
        EXPECT_EQ(design.points, point_count(factors, c));
        EXPECT_EQ(design.factors, 6u);
        EXPECT_EQ(design.value.size(), 6 * design.points);
        EXPECT_EQ(design.u.size(), 6 * design.points);
        EXPECT_EQ(design.base.size(), design.points);
        EXPECT_EQ(design.moved.size(), design.points);
        return design.points;
    };
    EXPECT_EQ(count(choice(designs::factorial, 0)), 4u * 4 * 3 * 4 * 2 * 3);
    EXPECT_EQ(count(choice(designs::one_at_a_time, 0)), 1u + 4 + 4 + 3 + 4 + 2 + 3);
    EXPECT_EQ(count(choice(designs::latin_hypercube, 10)), 10u);
    EXPECT_EQ(count(choice(designs::sobol, 10)), 10u);
    EXPECT_EQ(count(choice(designs::saltelli, 10)), 10u * 8);
    DesignChoice pairs = choice(designs::saltelli, 10);
    pairs.second_order = true;
    EXPECT_EQ(count(pairs), 10u * 14);
    EXPECT_EQ(count(choice(designs::morris, 10)), 10u * 7);
    EXPECT_EQ(point_count(unit_factors(31), choice(designs::factorial, 0, 2)), std::uint64_t{1} << 31);
}

/// What point_count says is wrong; make_design says the same.
std::string fault(const std::vector<Factor>& factors, const DesignChoice& c)
{
    std::string text;
    try {
        point_count(factors, c);
        return "";
    } catch (const ScenarioErrors& e) {
        text = e.text;
    }
    try {
        make_design(factors, c);
    } catch (const ScenarioErrors& e) {
        EXPECT_EQ(e.text, text);
        return text;
    }
    return "made all the same";
}

TEST(Design, SaysAllThatMakesItImpossible)
{
    EXPECT_EQ(fault({}, choice(designs::sobol, 0)), "sweep.toml:12:3: sobol: at least one factor, got none\nsweep.toml:12:3: sobol: at least one point, got 0");
    EXPECT_EQ(fault(unit_factors(2), choice(designs::latin_hypercube, 0)), "sweep.toml:12:3: latin_hypercube: at least one point, got 0");
    EXPECT_EQ(fault(unit_factors(2), choice(designs::saltelli, 0)), "sweep.toml:12:3: saltelli: at least one base point, got 0");
    EXPECT_EQ(fault(unit_factors(2), choice(designs::factorial, 0, 0)), "sweep.toml:12:3: factorial: at least one level, got 0");
    EXPECT_EQ(fault(unit_factors(2), choice(designs::one_at_a_time, 0, 0)), "sweep.toml:12:3: one_at_a_time: at least one level, got 0");
    EXPECT_EQ(fault(unit_factors(2), choice(designs::morris, 0, 5)),
              "sweep.toml:12:3: morris: an even number of levels, got 5\nsweep.toml:12:3: morris: at least one trajectory, got 0");
    EXPECT_EQ(fault(unit_factors(2), choice(designs::morris, 4, 0)), "sweep.toml:12:3: morris: an even number of levels, got 0");
    Factor fixed = choice_factor("reading", {"pawn"});
    fixed.origin = {"sweep.toml", 4, 1};
    EXPECT_EQ(fault({fixed, uniform_factor("x", 0, 1)}, choice(designs::morris, 4)), "sweep.toml:4:1: morris: reading takes one value only, and cannot step to another");
    EXPECT_EQ(fault(unit_factors(1001), choice(designs::sobol, 4)), "sweep.toml:12:3: sobol: at most 1000 factors, got 1001");
    EXPECT_EQ(fault(unit_factors(501), choice(designs::saltelli, 4)), "sweep.toml:12:3: saltelli: at most 500 factors, got 501");
    EXPECT_EQ(fault(unit_factors(1000), choice(designs::sobol, 4)) + fault(unit_factors(500), choice(designs::saltelli, 1)), "");
    EXPECT_EQ(fault(unit_factors(32), choice(designs::factorial, 0, 2)), "sweep.toml:12:3: factorial: at most 2147483648 points, got 4294967296");
    EXPECT_EQ(fault(unit_factors(1000), choice(designs::factorial, 0, 5)).substr(0, 72), "sweep.toml:12:3: factorial: at most 2147483648 points, got inf");
    EXPECT_EQ(fault(unit_factors(7), choice(designs::saltelli, 250000000)), "sweep.toml:12:3: saltelli: at most 2147483648 points, got 2250000000");
    EXPECT_EQ(fault(unit_factors(7), choice(designs::latin_hypercube, 2147483649u)), "sweep.toml:12:3: latin_hypercube: at most 2147483648 points, got 2147483649");
    EXPECT_THROW(point_count(unit_factors(2), choice(designs::table, 0)), std::invalid_argument);
    EXPECT_THROW(make_design(unit_factors(2), choice(designs::table, 0)), std::invalid_argument);
}

TEST(Design, HasTheValuesOfItsCoordinates)
{
    std::vector<Factor> factors = mixed_factors();
    Factor cut = normal_factor("cut", 1, 0.5);
    cut.distribution.cut = Cut::truncate, cut.distribution.low = 0.5, cut.distribution.high = 2;
    factors.push_back(cut);
    factors.push_back({.name = "bell", .distribution = {.shape = Shape::beta, .a = 2, .b = 5}, .levels = {}, .choices = {}, .origin = {}});
    for (const DesignKind* kind : designs::all) {
        if (kind == &designs::table) continue;
        const Design design = make_design(factors, choice(*kind, 9));
        for (std::size_t i = 0; i < design.value.size(); ++i) ASSERT_EQ(design.value[i], value_at(factors[i % factors.size()], design.u[i]));
    }
}

TEST(Design, OfEachKindIsInTheReadmeOfScenarios)
{
    const std::string readme = read_file(SOURCE_DIR "/scenarios/README.md");
    const std::size_t at = readme.find("\nkind = \"");
    ASSERT_NE(at, std::string::npos);
    const std::string line = readme.substr(at + 1, readme.find('\n', at + 1) - at - 1);
    for (const std::string& name : design_kind_names()) EXPECT_NE(line.find(name), std::string::npos) << name << " is not named in: " << line;
}

TEST(Factorial, HasEveryCombination)
{
    const std::vector<Factor> factors = {choice_factor("reading", {"king", "pawn"}), uniform_factor("share", 0, 4), whole_factor("firms", 7, 8)};
    const Design design = make_design(factors, choice(designs::factorial, 0, 3));
    ASSERT_EQ(design.points, 12u);
    std::size_t point = 0;
    for (const double reading : {0, 1})
        for (const double share : {0, 2, 4})
            for (const double firms : {7, 8}) {
                EXPECT_EQ(row(design, point), (std::vector<double>{reading, share, firms}));
                EXPECT_EQ(design.base[point], static_cast<std::int32_t>(point));
                EXPECT_EQ(design.moved[point++], -1);
            }
}

TEST(Factorial, PlacesContinuaEvenlyWithTheEndsThatThereAre)
{
    EXPECT_EQ(make_design(std::vector{uniform_factor("x", 0, 1)}, choice(designs::factorial, 0, 5)).u, (std::vector<double>{0, 0.25, 0.5, 0.75, 1}));
    EXPECT_EQ(make_design(std::vector{uniform_factor("x", 0, 1)}, choice(designs::factorial, 0, 1)).u, std::vector<double>{0.5});
    EXPECT_EQ(make_design(std::vector{normal_factor("x", 0, 1)}, choice(designs::factorial, 0, 4)).u, (std::vector<double>{0.125, 0.375, 0.625, 0.875}));
}

TEST(OneAtATime, LeavesTheOthersWhereTheScenarioStands)
{
    std::vector<Factor> factors = {uniform_factor("share", 0, 4), choice_factor("reading", {"king", "pawn", "rook"}), normal_factor("pull", 0, 1)};
    factors[0].own = 3, factors[1].own = 0;
    const Design design = make_design(factors, choice(designs::one_at_a_time, 0, 2));
    EXPECT_EQ(row(design, 0), (std::vector<double>{3, 0, 0}));
    EXPECT_EQ(row(design, 1), (std::vector<double>{0, 0, 0}));
    EXPECT_EQ(row(design, 4), (std::vector<double>{3, 1, 0}));
    EXPECT_EQ(row(design, 6)[0], 3);
    EXPECT_EQ(make_design(factors, choice(designs::factorial, 0, 2)).value[0], 0) << "no other kind begins there";
}

TEST(OneAtATime, LeavesTheOthersInTheMiddle)
{
    const std::vector<Factor> factors = {uniform_factor("share", 0, 4), choice_factor("reading", {"king", "pawn", "rook"})};
    const Design design = make_design(factors, choice(designs::one_at_a_time, 0, 3));
    EXPECT_EQ(design.value, (std::vector<double>{2, 1, 0, 1, 2, 1, 4, 1, 2, 0, 2, 1, 2, 2}));
    EXPECT_EQ(design.moved, (std::vector<std::int32_t>{-1, 0, 0, 0, 1, 1, 1}));
    EXPECT_EQ(design.base, std::vector<std::int32_t>(7, 0));
    std::vector<Factor> one_more = factors;
    one_more.push_back(whole_factor("firms", 1, 3));
    const Design longer = make_design(one_more, choice(designs::one_at_a_time, 0, 3));
    for (std::size_t point = 0; point < 7; ++point) EXPECT_EQ(row(longer, point), (std::vector<double>{row(design, point)[0], row(design, point)[1], 2}));
}

} // namespace
} // namespace entente
