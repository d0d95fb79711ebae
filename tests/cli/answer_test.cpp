// The answer as the program prints it: into a pipe and on a terminal, in short and whole.
#include "program.hpp"
#include "model/kernel.hpp"
#include "report/words.hpp"
#include "shell.hpp"
#include "write_file.hpp"
#include <algorithm>

namespace entente {
namespace {

struct ShownAnswer : ProgramTest {
    void SetUp() override
    {
        write_file(path("s.toml"), "title = \"Small\"\nassumes = \"nothing\"\nhorizon = \"2040Q4\"\nruns = 40\nagents = { firms = 8, banks = 4, elites = 8 }\n");
        ASSERT_EQ(run("run s.toml --out s.h5").code, 0);
    }
    /// What the program prints, under variables of the environment; on a terminal of so many columns, or into a pipe if there are none.
    std::string shown(const std::string& environment, const std::string& arguments, int terminal = 0) const
    {
        const std::string program = fmt::format("'{}' show s.h5 {}", PROGRAM, arguments);
        const std::string what = terminal == 0 ? program : fmt::format("script -qec \"stty cols {}; {}\" /dev/null", terminal, program);
        const entente::Ran ran = shell(fmt::format("cd '{}' && env -u NO_COLOR -u LANG -u LC_CTYPE {} {} </dev/null", folder_.path.string(), environment, what));
        EXPECT_EQ(ran.code, 0) << ran.output;
        return ran.output;
    }
};

std::size_t widest(const std::string& text)
{
    std::size_t all = 0;
    for (const std::string& line : split(text, '\n')) all = std::max(all, report::columns(line));
    return all;
}
bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(ShownAnswer, InAPipeIsPlainAndEightyColumnsWide)
{
    const std::string utf8 = shown("LC_ALL=C.UTF-8", ""), ascii = shown("LC_ALL=C", "");
    EXPECT_TRUE(holds(utf8, "▒ transactional") && holds(utf8, "±")) << utf8;
    EXPECT_TRUE(holds(ascii, "- transactional") && holds(ascii, "+-")) << ascii;
    EXPECT_TRUE(std::ranges::all_of(ascii, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) << ascii;
    for (const std::string& text : {utf8, ascii}) {
        EXPECT_LE(widest(text), 80u) << text;
        EXPECT_FALSE(holds(text, "\033"));
    }
}

TEST_F(ShownAnswer, OfAllHasEveryEventAndEveryDate)
{
    const std::string first = shown("LC_ALL=C.UTF-8", ""), all = shown("LC_ALL=C.UTF-8", "--all");
    for (const Row& event : describe().events) EXPECT_TRUE(holds(all, fmt::format("\n  {}: ", event.name))) << event.name << all;
    EXPECT_TRUE(holds(all, "In brackets: the 95 % Jeffreys interval"));
    EXPECT_FALSE(holds(first, "Jeffreys"));
    EXPECT_LE(widest(all), 80u);
    EXPECT_TRUE(holds(run("run s.toml --runs 20 --no-file --all").out, "In brackets: the 95 % Jeffreys interval")) << "run has it too";
}

TEST_F(ShownAnswer, OnATerminalIsAsWideAsThatAndHasColoursUnlessNobodyWantsThem)
{
    if (shell("script --version").code != 0) {
        std::cerr << "SKIPPED LOUDLY: no terminal was made, because this machine lacks script (apt-get install bsdutils)\n";
        return;
    }
    const std::string wide = shown("LC_ALL=C.UTF-8 TERM=xterm", "", 140), narrow = shown("LC_ALL=C.UTF-8 TERM=xterm NO_COLOR=1", "", 60);
    EXPECT_TRUE(holds(wide, "\033[38;5;250m▒\033[0m transactional")) << wide;
    EXPECT_TRUE(holds(wide, "ceasefire\r\n")) << "the names of events, for which 80 columns have no room";
    EXPECT_FALSE(holds(narrow, "\033")) << narrow;
    EXPECT_GT(widest(narrow), 70u) << "eighty at least";
    EXPECT_FALSE(holds(shown("LC_ALL=C.UTF-8 TERM=dumb", "", 100), "\033"));
    EXPECT_FALSE(holds(shown("LC_ALL=C TERM=xterm", "", 100), "\033")) << "signs of ASCII stand in words too";
}

} // namespace
} // namespace entente
