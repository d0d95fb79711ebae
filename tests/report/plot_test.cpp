// The script of a figure, of shares made by hand; what gnuplot makes of it is tests/cli's.
#include "report/plot.hpp"
#include "made_answer.hpp"
#include "report/lines.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace entente::report {
namespace {

/// Three quarters from 2025Q1.
Answer made()
{
    Answer a = made_answer();
    a.horizon = 46;
    a.course.assign(47, {0.05, 0.25, 0.5, 0.15, 0.05});
    a.course[46] = {0.01, 0.02, 0.07, 0.9, 0};
    return a;
}
bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(PlotScript, StacksTheClassesFromTheTop)
{
    const std::string script = class_shares_script(made(), 7, Format::svg);
    EXPECT_EQ(line_of(script, "2025.00"), "2025.00 100 95.00 80.00 30.00 5.00 0.00");
    EXPECT_EQ(line_of(script, "2025.50"), "2025.50 100 100.00 10.00 3.00 1.00 0.00");
    EXPECT_EQ(line_of(script, "2025.75"), "");
    EXPECT_EQ(line_of(script, "set xrange"), "set xrange [2025.00:2025.50]");
    EXPECT_TRUE(holds(script, "'997 futures, seed 7'")) << "three failed";
    Answer history = made();
    history.start = 47;
    EXPECT_EQ(line_of(class_shares_script(history, 7, Format::svg), "set xrange"), "set xrange [2014.00:2025.50]");
}

TEST(PlotScript, LabelsStandBesideTheirBandsAndApartFromEachOther)
{
    const std::string script = class_shares_script(made(), 7, Format::svg);
    // at the end the bands' middles are 100, 55, 6.5, 2 and 0.5
    EXPECT_TRUE(holds(script, "set label 'alliance 0.0 %' at graph 1.06, first 100.00 left\n")) << script;
    EXPECT_TRUE(holds(script, "set label 'alignment 90 %' at graph 1.06, first 55.00 left\n"));
    EXPECT_TRUE(holds(script, "set label 'transactional 7.0 %' at graph 1.06, first 14.00 left\n")) << "two lines above the last";
    EXPECT_TRUE(holds(script, "set label 'estrangement 2.0 %' at graph 1.06, first 7.00 left\n"));
    EXPECT_TRUE(holds(script, "set label 'rupture 1.0 %' at graph 1.06, first 0.00 left\n"));
    EXPECT_TRUE(holds(script, "set arrow from graph 1, first 6.50 to graph 1.05, first 14.00 nohead"));
}

TEST(PlotScript, AStrangersTitleStaysAText)
{
    Answer a = made();
    a.title = "it's '; system(\"rm -rf ~\") ` date` @x\n!ls \x1b[2J\\";
    EXPECT_TRUE(holds(class_shares_script(a, 7, Format::svg), R"(
set label 'it''s ''; system("rm -rf ~") ` date` @x\u000a!ls \u001b[2J\' at screen)"));
    a.title = std::string(65, 'a') + "±b";
    EXPECT_TRUE(holds(class_shares_script(a, 7, Format::svg), "'" + std::string(65, 'a') + "…' at screen")) << "cut between signs";
}

TEST(PlotScript, TheSvgHoldsItsScript)
{
    const std::string svg = svg_with_script("<svg><title>Gnuplot</title><g/></svg>", "a < b & c > d\n");
    EXPECT_EQ(svg, "<svg><title>Russia and China: share of futures by class of their tie</title>\n<metadata>\na &lt; b &amp; c &gt; d\n</metadata><g/></svg>");
    EXPECT_EQ(svg_with_script("<svg/>", "x"), "<svg/>") << "of another gnuplot";
}

/// CIE lightness, 0 to 100, of "#rrggbb".
double lightness(const std::string& colour)
{
    const auto linear = [&](std::size_t at) {
        const double c = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 116 * std::cbrt(0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5)) - 16;
}

TEST(PlotScript, NeighboursDifferInPrintInGrey)
{
    EXPECT_NEAR(lightness("#ffffff"), 100, 0.01);
    const std::string script = class_shares_script(made(), 7, Format::svg);
    std::vector<double> shades;
    for (std::size_t at = 0; (at = script.find("filledcurves lc rgb '", at)) != std::string::npos;) shades.push_back(lightness(script.substr(at += 21, 7)));
    ASSERT_EQ(shades.size(), 5u);
    for (std::size_t i = 0; i + 1 < shades.size(); ++i) EXPECT_GT(std::abs(shades[i] - shades[i + 1]), 15) << i;
}

} // namespace
} // namespace entente::report
