// The program draws figures, and says what is missing.
#include "program.hpp"
#include "shell.hpp"
#include "write_file.hpp"
#include <filesystem>

namespace entente {
namespace {

struct Plot : ProgramTest {
    void SetUp() override
    {
        write_file(path("s.toml"), "title = \"It's <small> & `touch obeyed` \\\"; system('touch obeyed')\"\nassumes = \"nothing\"\nhorizon = \"2027Q4\"\nruns = 40\n"
                                   "agents = { firms = 8, banks = 4, elites = 8 }\n");
        ASSERT_EQ(run("run s.toml --out s.h5").code, 0);
    }
};

TEST_F(Plot, PrintsTheScript)
{
    const ProgramTest::Ran ran = run("plot s.h5 --script");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_TRUE(ran.out.starts_with("# Russia and China: share of futures")) << ran.out.substr(0, 100);
    EXPECT_NE(ran.out.find("\nset terminal svg size 992,"), std::string::npos);
    EXPECT_NE(run("plot s.h5 --script --columns 1").out.find("\nset terminal svg size 482,"), std::string::npos);
    const std::string csv = run("plot s.h5 --csv").out;
    EXPECT_EQ(csv.substr(0, csv.find('\n')), "year,alliance,alignment,transactional,estrangement,rupture");
    EXPECT_NE(run("plot s.h5 fan trust --caption").out.find("40 futures of 'It's <small> & "), std::string::npos);
    EXPECT_NE(ran.out.find("'40 futures, seed 1'"), std::string::npos);
    EXPECT_NE(run("plot s.h5 --script --out x.png").out.find("set terminal pngcairo"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(path("s.svg")));
}

TEST_F(Plot, DrawsBesideTheResultAndReplacesNothingUnasked)
{
    if (shell("command -v gnuplot").code != 0) {
        std::cerr << "SKIPPED LOUDLY: no figure was drawn, because this machine lacks gnuplot (apt-get install gnuplot-nox)\n";
        return;
    }
    const ProgramTest::Ran drawn = run("plot s.h5");
    ASSERT_EQ(drawn.code, 0) << drawn.err;
    EXPECT_EQ(drawn.out, "s.svg\n");
    EXPECT_EQ(drawn.err, "");
    const std::string svg = read_file(path("s.svg"));
    write_file(path("script"), run("plot s.h5 --script").out);
    EXPECT_EQ(shell(fmt::format("gnuplot -d '{}' >'{}'", path("script"), path("by_hand.svg"))).output, "") << "the script that is printed is the one that is drawn";
    EXPECT_NE(read_file(path("by_hand.svg")).find("</svg>"), std::string::npos);
    EXPECT_NE(svg.find("It's &lt;small> &amp; `touch obeyed` \"; system('touch obeyed')"), std::string::npos) << "as a text";
    EXPECT_NE(svg.find("<metadata>\n# Russia and China: share of futures"), std::string::npos);
    EXPECT_NE(svg.find("</svg>"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(path("obeyed")));
    const ProgramTest::Ran again = run("plot s.h5");
    EXPECT_EQ(again.code, 2);
    EXPECT_EQ(again.err, "--out: s.svg: is there already; --force replaces it\n");
    EXPECT_EQ(run("plot s.h5 --force").code, 0);
    EXPECT_EQ(read_file(path("s.svg")), svg) << "the same again";
    EXPECT_EQ(run("plot s.h5 --out s.h5.png").code, 0);
    EXPECT_EQ(read_file(path("s.h5.png")).substr(1, 3), "PNG");
}

/// Of a sign without a font cairo draws a box that covers the page.
TEST_F(Plot, DrawsASignThatNoFontHasAsAQuestionMark)
{
    if (shell("command -v gnuplot").code != 0) GTEST_SKIP() << "no figure was drawn, because this machine lacks gnuplot (apt-get install gnuplot-nox)";
    std::string pages[2];
    for (const char* const title : {"A ?", "A \xf3\xbf\xbf\xbd"}) { // U+FFFFD, of private use
        write_file(path("t.toml"), fmt::format("extends = \"s.toml\"\ntitle = \"{}\"\nassumes = \"nothing\"\n", title));
        ASSERT_EQ(run("run t.toml --out t.h5 --force").code, 0);
        ASSERT_EQ(run("plot t.h5 --out t.pdf --force").code, 0);
        std::string& page = pages[title[2] == '?' ? 0 : 1];
        page = read_file(path("t.pdf"));
        page.erase(page.find("/CreationDate"), 40);
    }
    EXPECT_EQ(pages[0], pages[1]);
}

TEST_F(Plot, SaysHowToInstallWhatIsMissing)
{
    std::filesystem::create_directory(path("empty"));
    const ProgramTest::Ran ran = [&] {
        const std::string command = fmt::format("cd '{}' && PATH=empty '{}' plot s.h5 2>err >out", folder_.path.string(), PROGRAM);
        const int status = std::system(command.c_str());
        return ProgramTest::Ran{WEXITSTATUS(status), read_file(path("out")), read_file(path("err"))};
    }();
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("gnuplot draws figures and is not installed: sudo apt-get install gnuplot-nox\n"), std::string::npos) << ran.err;
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1);
    EXPECT_FALSE(std::filesystem::exists(path("s.svg")));
}

TEST_F(Plot, SaysWhatAFigureNeeds)
{
    const auto fault = [&](const std::string& words) {
        const ProgramTest::Ran ran = run("plot s.h5 " + words + " --out x.svg");
        EXPECT_EQ(ran.code, 2) << words;
        EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
        EXPECT_FALSE(std::filesystem::exists(path("x.svg")));
        return ran.err;
    };
    EXPECT_EQ(fault("drivers"), "entente plot: s.h5: drivers: the result does not have the dials at their ends: `entente run SCENARIO --drivers 1000` makes them\n");
    EXPECT_EQ(fault("uncertainty"), "entente plot: s.h5: uncertainty: the result has no readings: `entente run SCENARIO --readings 200` makes them\n");
    EXPECT_EQ(fault("heat"), "entente plot: s.h5: 'heat' draws the result of a sweep, which `entente sweep` makes\n");
    EXPECT_EQ(fault("posterior"), "entente plot: s.h5: 'posterior' draws a posterior, which `entente calibrate` makes\n");
    EXPECT_EQ(fault("fan tust"), "entente plot: fan: a variable, got 'tust'; did you mean 'trust'?; `entente describe model` lists them\n");
    EXPECT_NE(fault("fun").find("got 'fun'; did you mean 'fan'?"), std::string::npos);
    EXPECT_EQ(fault("compare"), "entente plot: s.h5: compare: B is missing: entente plot A.h5 compare B.h5\n");
    EXPECT_EQ(fault("shares --columns 3"), "entente plot: --columns: 1 or 2, got 3\n");
    EXPECT_EQ(fault("run 40"), "entente plot: run: a number from 0 to 39, got '40'\n");
    EXPECT_EQ(fault("shares more"), "entente plot: shares: too many words, 'more'\n");
}

TEST_F(Plot, TakesResultsOfRunsAlone)
{
    EXPECT_EQ(run("plot s.toml").code, 2);
    EXPECT_EQ(run("plot nothing.h5").code, 2);
    EXPECT_EQ(run("plot s.h5 --out s.jpg").err, "entente plot: --out: a name that ends with .svg, .pdf or .png, got 's.jpg'\n");
    EXPECT_EQ(run("plot s.h5 --out s.jpg").code, 2);
    std::filesystem::copy(path("s.h5"), path("other.svg"));
    EXPECT_EQ(run("plot s.h5 --out other.svg --force").code, 2) << "a result is never replaced";
}

} // namespace
} // namespace entente
