// Every kind of figure, drawn by gnuplot in both widths: no text lies over another one, and none leaves the picture.
#include "program.hpp"
#include "report/figures/drawing.hpp"
#include "report/figures/figures.hpp"
#include "shell.hpp"
#include "text_boxes.hpp"
#include "write_file.hpp"
#include <fmt/ranges.h>
#include <map>

namespace entente {
namespace {

using report::Figure, report::FigureWidth, report::Format;

struct FigureTexts : ProgramTest {
    void SetUp() override
    {
        if (shell("command -v gnuplot").code != 0) GTEST_SKIP() << "SKIPPED LOUDLY: no figure was drawn, because this machine lacks gnuplot (apt-get install gnuplot-nox)";
    }
    static constexpr std::pair<const char*, FigureWidth> widths[] = {{"1", FigureWidth::one_column}, {"2", FigureWidth::two_columns}};
    SvgTexts drawn(const Figure& figure, FigureWidth width) const
    {
        write_file(path("script"), script_of(figure, Format::svg, width));
        return texts_in(shell(fmt::format("gnuplot -d '{}'", path("script"))).output);
    }
    static void hold(const SvgTexts& texts, const std::string& which)
    {
        EXPECT_GT(texts.boxes.size(), 5u) << which;
        EXPECT_EQ(fmt::format("{}", fmt::join(faults_of(texts), "\n")), "") << which;
    }
};

/// The first word of each line of a command's help that tells of a kind.
std::vector<std::string> kinds_in(const std::string& help)
{
    std::vector<std::string> kinds;
    for (const std::string& line : split(help, '\n'))
        if (line.starts_with("  ") && line[2] != ' ' && line[2] != '-') kinds.push_back(line.substr(2, line.find(' ', 2) - 2));
    return kinds;
}

TEST_F(FigureTexts, NeitherOverlapNorLeaveThePicture)
{
    const std::string scenario = SOURCE_DIR "/scenarios/baseline.toml", run_it = "run '" + scenario + "' --runs 600 --drivers 100 --readings 60 --set 'horizon = \"2036Q4\"' --out ";
    ASSERT_EQ(run(run_it + "a.h5").code, 0);
    ASSERT_EQ(run("run '" + scenario + "' --runs 600 --set 'horizon = \"2036Q4\"' --set 'drivers.dependence = 1' --out b.h5").code, 0);
    write_file(
        path("sweep.toml"),
        "title = \"A sweep\"\nassumes = \"nothing\"\noutcomes = [\"mean trust at 2027Q1\"]\n[scenario]\nfile = \"" + scenario
            + "\"\nhorizon = \"2027Q4\"\n[[factor]]\nsets = \"levers.western_carrot\"\nlevels = [0, 0.25, 0.5, 0.75, 1]\n[[factor]]\nname = \"change\"\nsets = \"events.reform\"\n"
              "levels = [\"2026Q1\", \"2027Q1\", \"never\"]\n[design]\nkind = \"factorial\"\nreplicates = 5\n");
    ASSERT_EQ(run("sweep sweep.toml --out sweep.h5").code, 0);
    const std::string posterior = SOURCE_DIR "/calibration/baseline_posterior.h5";
    const std::map<std::string, std::pair<std::string, std::string>> others = {// file, words
                                                                               {"heat", {"sweep.h5", ""}},
                                                                               {"points", {"sweep.h5", "--x change"}},
                                                                               {"posterior", {posterior, ""}},
                                                                               {"predictive", {posterior, ""}},
                                                                               {"fan", {"a.h5", "trade_share_china"}},
                                                                               {"compare", {"a.h5", "b.h5"}},
                                                                               {"course", {"a.h5", "b.h5"}},
                                                                               {"run", {"a.h5", "3"}},
                                                                               {"boxes", {"a.h5", "'share_alignment at 2035Q1'"}}};
    const std::vector<std::string> kinds = kinds_in(run("plot --help").out);
    EXPECT_EQ(kinds.size(), 17u);
    for (const std::string& kind : kinds) {
        if (kind == "backtest") continue; // takes minutes: the next test
        const auto at = others.find(kind);
        const auto [file, words] = at == others.end() ? std::pair<std::string, std::string>{"a.h5", ""} : at->second;
        for (const auto& [columns, width] : widths) {
            const Ran ran = run(fmt::format("plot '{}' {} {} --threads 1 --columns {} --out x.svg --force", file, kind, words, columns));
            ASSERT_EQ(ran.code, 0) << kind << ": " << ran.err;
            const std::string svg = read_file(path("x.svg"));
            hold(texts_in(svg), fmt::format("{}, {} columns", kind, columns));
            EXPECT_NE(svg.substr(svg.find("<desc>"), svg.find("</desc>") - svg.find("<desc>")).find("seed"), std::string::npos) << kind << ": its caption";
        }
    }
}

TEST_F(FigureTexts, OfABacktest)
{
    Backtest b{.year = 2021, .targets = {}, .left_out = {}};
    for (const char* target : {"china_share_of_russian_trade", "yuan_share_of_settlement_and_reserves"})
        b.targets.push_back({.target = target, .years = 3, .crps = {1, 2, 3, 4, 5}, .change = 2});
    b.crps = {0.5, 1, 1.5, 2, 2.5};
    const report::FigureOrWhy made = report::backtest_figure(b, {"A calibration", "0", 1, 1000});
    const Figure& figure = std::get<Figure>(made);
    EXPECT_NE(figure.csv.find("\n0,china_share_of_russian_trade,3,0.5,1,1.5,2,2.5\n"), std::string::npos) << figure.csv;
    EXPECT_NE(figure.csv.find("\n2,all together,6,0.5,1,1.5,2,2.5\n"), std::string::npos) << "already in units of the change";
    for (const auto& [columns, width] : widths) hold(drawn(figure, width), columns);
}

TEST_F(FigureTexts, OfAFigureThatCollidesAreFound)
{
    Figure bad{.name = "bad", .title = "Bad", .caption = "seed", .csv = "x,y\n1,2\n"};
    report::draw_both(bad, [](const report::Sheet& sheet) {
        return report::Drawing{sheet.text("one label", 50, 50) + sheet.text("another label", 60, 52) + sheet.text("a label that goes far beyond the edge", sheet.width - 20, 20)
                                   + "unset border\nunset tics\nset xrange [0:1]\nset yrange [0:1]\nplot $numbers using (NaN):(NaN) with points\n",
                               80};
    });
    for (const auto& [columns, width] : widths)
        EXPECT_EQ(faults_of(drawn(bad, width)), (std::vector<std::string>{"'another label' lies over 'one label'", "'a label that goes far beyond the edge' leaves the picture"}));
}

} // namespace
} // namespace entente
