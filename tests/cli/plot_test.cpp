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
    EXPECT_EQ(ran.out.substr(0, 17), "set terminal svg ");
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
    EXPECT_NE(svg.find("It's &lt;small> &amp; `touch obeyed` \"; system('touch obeyed')"), std::string::npos) << "as a text";
    EXPECT_NE(svg.find("<metadata>\nset terminal svg "), std::string::npos);
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
