// Numbers of figures, worked by hand, and what strangers' texts become in them; what gnuplot makes of them is tests/cli's.
#include "made_answer.hpp"
#include "report/figures/drawing.hpp"
#include "report/figures/figures.hpp"
#include "report/lines.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente::report {
namespace {

const Origin made_origin{"Made by hand", "0.0", 7, 997};
/// Three quarters from 2025Q1.
Answer three_quarters()
{
    Answer a = made_answer();
    a.horizon = 46;
    a.course.assign(47, {0.05, 0.25, 0.5, 0.15, 0.05});
    a.course[46] = {0.01, 0.02, 0.07, 0.9, 0};
    return a;
}
bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
const Figure& figure_in(const FigureOrWhy& made) { return std::get<Figure>(made); }
std::string why_not(const FigureOrWhy& made) { return std::get<Omitted>(made).why; }
std::string script(const Figure& figure) { return script_of(figure, Format::svg, FigureWidth::two_columns); }

TEST(Figures, ClassesFromAllianceToRupture)
{
    const Figure f = class_shares_figure(three_quarters(), made_origin);
    EXPECT_EQ(f.csv,
              "year,alliance,alignment,transactional,estrangement,rupture\n2025.125,0.05,0.15,0.5,0.25,0.05\n2025.375,0.05,0.15,0.5,0.25,0.05\n2025.625,0,0.9,0.07,0.02,0.01\n");
    EXPECT_TRUE(holds(script(f), "'997 futures, seed 7'"));
    EXPECT_TRUE(holds(script(f), "\n2025.125;0.05;0.15;0.5;0.25;0.05\n")) << "the script draws the CSV's numbers";
    EXPECT_TRUE(holds(f.caption, "997 futures of 'Made by hand', seed 7")) << f.caption;
    // at the end the bands' middles are 100, 55, 6.5, 2 and 0.5; a line of text takes 95 / 120 % of the axis
    EXPECT_TRUE(holds(f.two.lines, "set label 'alignment 90 %' at screen 0.8311, first 55.00 left")) << f.two.lines;
    EXPECT_TRUE(holds(f.two.lines, "first 15.83 left")) << "two lines above the last";
    Answer history = three_quarters();
    history.start = 47;
    EXPECT_TRUE(holds(class_shares_figure(history, made_origin).two.lines, "set xrange [2014.125:2025.625]"));
}

/// Of 1,000 runs, four quarters of the free future from 2014Q1 on.
Summary made_summary()
{
    const Description& model = describe();
    const std::size_t variables = model.variables.size();
    Summary s{.runs = 1000, .quarters = 4, .start = 0};
    s.event_count.assign(model.events.size() * 4, 0);
    s.quantile.assign(quantile_count * variables * 4, 0);
    s.mean.assign(variables * 4, 0.2);
    return s;
}

TEST(Figures, FansHaveTheirQuantilesAndData)
{
    Summary s = made_summary();
    const std::size_t variables = describe().variables.size(), v = Description::find(describe().variables, "trade_share_china");
    const auto at = [&](std::size_t level, std::size_t quarter) -> float& { return s.quantile[(level * variables + v) * 4 + quarter]; };
    at(2, 1) = 0.05F, at(4, 1) = 0.25F, at(5, 1) = 0.5F, at(6, 1) = 0.75F, at(8, 1) = 0.95F;
    const Figure f = fan_figure(s, v, made_origin);
    EXPECT_EQ(line_of(f.csv, "year"), "year,5 % (share),25 % (share),50 % (share),75 % (share),95 % (share),year of the data,data (share)");
    EXPECT_EQ(line_of(f.csv, "2014.375"), "2014.375,0.05,0.25,0.5,0.75,0.95,,") << "the data of 2014 stand in the first row";
    EXPECT_EQ(line_of(f.csv, "2014.125"), "2014.125,0,0,0,0,0,2014.500,0.1125") << "Russian customs, calibration/patterns.csv";
}

TEST(Figures, SurvivalIsWhatIsLeft)
{
    Summary s = made_summary();
    const std::size_t e = Description::find(describe().events, "rupture");
    s.event_count[e * 4] = 100, s.event_count[e * 4 + 2] = 300;
    const FigureOrWhy made = survival_figure(event_times(s, 3), {e}, made_origin);
    const Figure& f = figure_in(made);
    EXPECT_EQ(f.name, "event_rupture");
    EXPECT_EQ(line_of(f.csv, "2014.00"), "2014.00,1,1,1");
    EXPECT_EQ(line_of(f.csv, "2014.25").substr(0, 12), "2014.25,0.9,");
    EXPECT_EQ(line_of(f.csv, "2014.50").substr(0, 12), "2014.50,0.9,");
    EXPECT_EQ(line_of(f.csv, "2015.00").substr(0, 12), "2015.00,0.6,");
    const Share left = share_of(600, 1000); // an exact band is the share's own interval
    EXPECT_EQ(line_of(f.csv, "2015.00"), fmt::format("2015.00,0.6,{:.6g},{:.6g}", left.low, left.high));
    EXPECT_EQ(figure_in(survival_figure(event_times(s, 3), {}, made_origin)).name, "event_rupture") << "all others are seen in none";
    s.event_count.assign(s.event_count.size(), 0);
    EXPECT_TRUE(holds(why_not(survival_figure(event_times(s, 3), {}, made_origin)), "entente plot RESULT event NAME"));
}

TEST(Figures, BothUncertainties)
{
    Answer a = made_answer();
    EXPECT_TRUE(holds(why_not(uncertainty_figure(a, made_origin)), "entente run SCENARIO --readings"));
    a.readings = made_readings(a);
    const FigureOrWhy made = uncertainty_figure(a, made_origin);
    EXPECT_EQ(line_of(figure_in(made).csv, "0,alliance"), "0,alliance,1,0.9975,1,0.305,1") << "in 2045Q1";
    EXPECT_EQ(line_of(figure_in(made).csv, "7,vassal"), "7,vassal,0,0,0.0025,0.305,1");
    const auto spread = [](double structures, double parameters) { return KindsOfUncertainty{0.01, ReadingSpread{{structures, 0}, {parameters, 0}, 0, 120}}; };
    a.uncertainty = AllUncertainty{{std::vector(5, spread(0.04, 0.09)), std::vector(5, spread(0.01, 0.0025))}, {std::vector(3, spread(0, 0)), std::vector(3, spread(0, 0))}, {}};
    EXPECT_EQ(line_of(figure_in(kinds_figure(a, made_origin)).csv, "1,alignment"), "1,alignment,0.01,0.05,0.05,0.05,0.1,0.1,0.1") << "roots of variances without an error";
}

TEST(Figures, DialsLowAndHigh)
{
    Answer a = made_answer();
    EXPECT_TRUE(holds(why_not(drivers_figure(a, made_origin)), "entente run SCENARIO --drivers"));
    a.drivers = made_effects();
    const FigureOrWhy made = drivers_figure(a, made_origin);
    // the first dial's effects are 0.01 and 0.02; alignment and transactional are the two classes, 0.75 and 0.25
    EXPECT_EQ(line_of(figure_in(made).csv, "0,").substr(0, 2), "0,");
    EXPECT_TRUE(holds(figure_in(made).csv, "\n0,dependence of Russia on China,0.01,0.005,0.015,0.02,0.01,0.03,0,0,0,0,0,0,-0.01,-0.015,-0.005,-0.02,-0.03,-0.01\n"))
        << figure_in(made).csv;
}

/// Of factors x (2 levels), y (3) and z (2): the outcome is 100 x + 10 y + z.
StoredSweep made_sweep()
{
    StoredSweep s;
    s.head.provenance.scenario_title = "A sweep";
    s.head.policies = {"one", "two"}, s.head.outcomes = {"mean trust at 2030Q1"}, s.head.outcome_units = {"index"};
    for (const char* name : {"x", "y", "z"}) s.head.factors.push_back({.name = name, .kind = "number"});
    for (int x = 0; x < 2; ++x)
        for (int y = 0; y < 3; ++y)
            for (int z = 0; z < 2; ++z) s.head.values.insert(s.head.values.end(), {double(x), double(y), double(z)});
    s.head.points = 12, s.head.replicates = 5;
    for (const double policy : {0., 1000.})
        for (std::size_t p = 0; p < 12; ++p) s.estimates.estimate.push_back(policy + 100 * s.head.values[3 * p] + 10 * s.head.values[3 * p + 1] + s.head.values[3 * p + 2]);
    s.estimates.low = s.estimates.high = s.estimates.estimate;
    return s;
}

TEST(Figures, HeatOverTwoFactorsIsTheMeanOverOthers)
{
    const StoredSweep s = made_sweep();
    const FigureOrWhy made = heat_figure(s, {}, made_origin);
    EXPECT_EQ(line_of(figure_in(made).csv, "1,1,2"), "1,1,2,2,120.5,2,,") << "x 1, y 2, z 0 and 1";
    const FigureOrWhy other = heat_figure(s, {.x = "z", .y = "x", .policy = "two"}, made_origin);
    EXPECT_EQ(line_of(figure_in(other).csv, "1,1,0"), "1,1,0,0,1011,3,,") << "z 1, x 0, mean over y";
    EXPECT_EQ(why_not(heat_figure(s, {.x = "w", .policy = "tow"}, made_origin)), "x: x, y, z, got 'w'; did you mean 'x'?; policy: one, two, got 'tow'; did you mean 'two'?");
    StoredSweep scattered = s;
    for (std::size_t p = 0; p < 12; ++p) scattered.head.values[3 * p] = static_cast<double>(p), scattered.head.values[3 * p + 1] = static_cast<double>(p);
    EXPECT_TRUE(holds(why_not(heat_figure(scattered, {}, made_origin)), "no grid"));
}

TEST(Figures, PointsAlongOneFactor)
{
    StoredSweep s = made_sweep();
    s.estimates.low[0] = -1;
    const FigureOrWhy made = points_figure(s, {.x = "y"}, made_origin);
    EXPECT_EQ(line_of(figure_in(made).csv, "2,"), "2,2,70.5,,,1070.5,,") << "mean over x 0, 1 and z 0, 1, under either policy";
    s.head.factors.resize(1), s.head.values = {0, 1}, s.head.points = 2, s.estimates = {.estimate = {1, 2, 3, 4}, .low = {0, 1, 2, 3}, .high = {2, 3, 4, 5}, .failed = {}};
    const FigureOrWhy alone = points_figure(s, {.policy = "two"}, made_origin);
    EXPECT_EQ(line_of(figure_in(alone).csv, "1,"), "1,1,4,3,5");
    EXPECT_TRUE(holds(why_not(heat_figure(s, {}, made_origin)), "entente plot RESULT points"));
}

TEST(Figures, ContrastsAreBLessA)
{
    RunComparison c{.a = {"a", 7, 1000}, .b = {"b", 7, 1000}, .shifts = {}, .class_shares = std::vector(5 * 5, paired_shares(1000, 300, 0, 0)), .expected = {}};
    c.shifts = {{"share_vassal at 2015Q1", paired_shares(1000, 300, 100, 50)}, {"rupture by 2015Q1", paired_shares(1000, 10, 0, 30)}, {"alliance by 2015Q1", paired_shares(1000, 10, 0, 0)}};
    const std::string csv = figure_in(contrast_figure(c, made_origin, made_origin)).csv;
    EXPECT_EQ(line_of(csv, "0,vassal,-0.05,").substr(0, 15), "0,vassal,-0.05,") << csv;
    EXPECT_TRUE(holds(csv, ",0.4,0.35\n")) << "A and B";
    EXPECT_EQ(line_of(csv, "1,rupture by the end,0.03,").substr(0, 26), "1,rupture by the end,0.03,");
    EXPECT_FALSE(holds(csv, "alliance")) << "an event that does not differ";
    EXPECT_TRUE(holds(why_not(contrast_course_figure(c, made_origin, made_origin)), "the same in every pair"));
}

TEST(Figures, ThePosteriorInStandardDeviationsOfItsPrior)
{
    Diagnosis d;
    d.parameters.push_back({.parameter = {.name = "kappa", .unit = "1/quarter"},
                            .posterior = {.mean = 3, .sd = 1, .low = 1, .median = 3, .high = 4},
                            .prior = {.mean = 2, .sd = 2, .low = -1, .median = 2, .high = 5},
                            .trust = {},
                            .learned = {}});
    EXPECT_EQ(line_of(figure_in(posterior_figure(d, made_origin)).csv, "0,"), "0,kappa,1/quarter,0.5,-0.5,1,0,-1.5,1.5,3,1,4,2,-1,5");
    EXPECT_TRUE(holds(why_not(predictive_figure(d, 0, made_origin)), "no would-be observations"));
    const CalibratedTarget observed{.target = "share", .date = "2020", .unit = "share", .transform = "logit", .value = 0, .sd = 1, .fitted = false};
    d.targets.push_back({.target = "share", .observations = {{.observed = observed, .predicted = {.mean = 0, .sd = 1, .low = -1, .median = 0, .high = 1}, .p = 1, .prior_p = {}}}, .joint = {}});
    EXPECT_EQ(line_of(figure_in(predictive_figure(d, 0, made_origin)).csv, "0,2020"), "0,2020,0,0.5,0.268941,0.731059,0.5,0.123467,0.876533") << "back from the logit";
}

TEST(Figures, AStrangersTextStaysAText)
{
    Answer a = three_quarters();
    const Figure f = class_shares_figure(a, {"it's '; system(\"rm -rf ~\") ` date` @x\n!ls \x1b[2J\\ }", "0", 1, 1});
    EXPECT_TRUE(holds(script(f), "\nset label 'it''s ''; system(\"rm -rf ~\") ` date` @x\\u000a!ls \\u001b[2J\\ }' at screen")) << script(f).substr(0, 1500);
    for (const std::string& line : split(script(f), '\n')) EXPECT_FALSE(line.starts_with("!ls")) << line;
    const Figure endless = class_shares_figure(a, {std::string(100'000, 'x') + " y", "0", 1, 1});
    EXPECT_LT(script(endless).size(), 10'000 + script(f).size()) << "a title of any length";
    EXPECT_EQ(text_cell("=1+1"), "'=1+1");
    EXPECT_EQ(text_cell("@x, y"), "\"'@x, y\"");
    EXPECT_EQ(text_cell("-3"), "'-3");
    EXPECT_EQ(text_cell("a-3"), "a-3");
    Figure numbers{.name = "n", .title = "t", .caption = "c", .csv = "a,b\n\"x;y\nEND_OF_NUMBERS\n\",2\n"};
    EXPECT_TRUE(holds(script(numbers), "$numbers << END_OF_NUMBERS\nx y END_OF_NUMBERS ;2\nEND_OF_NUMBERS\n")) << script(numbers);
}

TEST(Figures, TheSvgHoldsItsScript)
{
    const Figure f{.name = "n", .title = "a < b", .caption = "c & d", .csv = "x\n"};
    EXPECT_EQ(svg_with_script("<svg><title>Gnuplot</title><g/></svg>", f, "a < b & c > d\n"),
              "<svg><title>a &lt; b</title>\n<desc>c &amp; d</desc>\n<metadata>\na &lt; b &amp; c &gt; d\n</metadata><g/></svg>");
    EXPECT_NE(svg_with_script("<svg><title>Gnuplot</title><g font-family=\"Helvetica\" font-size=\"17.00\" />", f, "").find("<g font-family=\"Helvetica, Arial, sans-serif\" font-size=\"17.00\" font-weight=\"bold\" />"),
              std::string::npos)
        << "the title";
    EXPECT_EQ(svg_with_script("<svg/>", f, "x"), "<svg/>") << "of another gnuplot";
}

TEST(Figures, LabelsStandApart)
{
    EXPECT_EQ(spread_apart({100, 55, 6.5, 2, 0.5}, 7, 0, 100), (std::vector<double>{100, 55, 14, 7, 0}));
    EXPECT_EQ(spread_apart({99, 98, 97}, 7, 0, 100), (std::vector<double>{99, 92, 85}));
}

TEST(Figures, TextsFit)
{
    EXPECT_EQ(fitting("short", 100), "short");
    const std::string cut = fitting("a text that is far too long for so little", 60);
    EXPECT_LE(text_width(cut), 60);
    EXPECT_TRUE(cut.ends_with("…"));
    EXPECT_EQ(lines_of_text("aaa bbb ccc", text_width("aaa bbb")), (std::vector<std::string>{"aaa bbb", "ccc"}));
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

TEST(Figures, NeighboursDifferInPrintInGrey)
{
    EXPECT_NEAR(lightness("#ffffff"), 100, 0.01);
    for (std::size_t i = 0; i + 1 < class_colours.size(); ++i) EXPECT_GT(std::abs(lightness(class_colours[i]) - lightness(class_colours[i + 1])), 15) << i;
    for (const auto& [a, b] : {std::pair{light_blue, mid_blue}, {mid_blue, dark_blue}, {grey, dark_blue}, {rust, "#ffffff"}})
        EXPECT_GT(std::abs(lightness(a) - lightness(b)), 15) << a << b;
}

} // namespace
} // namespace entente::report
