// The picture of shares made by hand, and its colours.
#include "report/picture.hpp"
#include "report/lines.hpp"
#include "report/words.hpp"
#include <gtest/gtest.h>

namespace entente::report {
namespace {

/// [quarter][class] from 2014Q1: half alignment, half estrangement up to quarter 44, then 10 % alliance, 65 % transactional, 25 % rupture.
std::vector<std::vector<double>> made(std::size_t quarters)
{
    std::vector<std::vector<double>> course(quarters, {0, 0.5, 0, 0.5, 0});
    for (std::size_t q = 48; q < quarters; ++q) course[q] = {0.25, 0, 0.65, 0, 0.1};
    return course;
}

TEST(Picture, StacksTheClassesAndNamesThemAtTheEnd)
{
    // four quarters of the first shares and twelve of the second from 2025Q1, three signs wide each since there is room for 59
    const std::vector<std::string> lines = split(picture(made(60), 44, {.signs = Signs::ascii}), '\n');
    ASSERT_EQ(lines.size(), 23u);
    EXPECT_EQ(lines[0], "Share of futures in each class; a sign is 5 % high and a quarter wide");
    const std::string before(3 * 4, '='), apart(3 * 4, '.');
    const auto after = [](char sign) { return std::string(3 * 12, sign); };
    EXPECT_EQ(lines[1], "100 % " + before + after('#') + "  alliance") << "rows 0 and 1 of 20; the upper of the two middles";
    EXPECT_EQ(lines[2], "      " + before + after('#'));
    EXPECT_EQ(lines[3], "      " + before + after('-'));
    EXPECT_EQ(lines[6], " 75 % " + before + after('-'));
    EXPECT_EQ(lines[9], "      " + before + after('-') + "  transactional") << "rows 2 to 14, the middle of which is 8";
    EXPECT_EQ(lines[11], " 50 % " + apart + after('-'));
    EXPECT_EQ(lines[18], "      " + apart + after('x') + "  rupture");
    EXPECT_EQ(lines[20], "      " + apart + after('x'));
    EXPECT_EQ(lines[21], "      2025        2026        2027        2028");
}

TEST(Picture, ThinsOutManyQuarters)
{
    const std::string narrow = picture(made(144), 44, {}), wide = picture(made(144), 44, {.width = 140});
    EXPECT_EQ(line_of(narrow, "Share"), "Share of futures in each class; a sign is 5 % high and half a year wide");
    EXPECT_EQ(columns(split(narrow, '\n')[2]), 6 + 50u);
    EXPECT_EQ(line_of(narrow, "      2025"), "      2025      2030      2035      2040      2045");
    EXPECT_EQ(columns(split(wide, '\n')[2]), 6 + 100u);
    EXPECT_EQ(line_of(wide, "      2025"), "      2025                2030                2035                2040                2045");
    EXPECT_EQ(line_of(wide, "Share"), "Share of futures in each class; a sign is 5 % high and a quarter wide");
}

TEST(Picture, ClassesAreToldApartBySignsAlone)
{
    for (const Signs signs : {Signs::ascii, Signs::utf8})
        for (int a = 0; a < outcome_classes; ++a) {
            EXPECT_EQ(columns(sign_of(a, signs)), 1u);
            for (int b = 0; b < a; ++b) EXPECT_STRNE(sign_of(a, signs), sign_of(b, signs));
        }
}

TEST(Painted, WrapsEachRunOfASignInItsColourAndChangesNothingElse)
{
    EXPECT_EQ(painted("a ██▓ b\n×"), "a \033[38;5;25m██\033[38;5;74m▓\033[0m b\n\033[38;5;166m×\033[0m");
    EXPECT_EQ(painted("# = - . x ± \xff"), "# = - . x ± \xff");
    EXPECT_EQ(painted(""), "");
}

} // namespace
} // namespace entente::report
