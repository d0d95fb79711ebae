// The program's own manual page and completions: all of what --help tells, and what the page says of the rest is so.
#include "core/text.hpp"
#include "program.hpp"
#include "shell.hpp"
#include "write_file.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <regex>

namespace entente {
namespace {

struct Manual : ProgramTest {
    std::map<std::string, std::vector<std::string>> options; ///< of each command, by its help
    void SetUp() override
    {
        for (const std::string& line : split(run("--help").out, '\n')) {
            if (!line.starts_with("  ") || line.starts_with("   ") || line.starts_with("  -")) continue;
            const std::string command = split(std::string(trim(line)), ' ')[0];
            static const std::regex option(R"(^  (?:-. \[ )?--([a-z-]+).*)");
            for (const std::string& of_it : split(run(command + " --help").out, '\n'))
                if (std::smatch m; std::regex_match(of_it, m, option)) options[command].push_back(m[1]);
        }
        ASSERT_GT(options.size(), 30u);
    }
    /// Of a page with headings ".SS entente COMMAND ...", or of a script with a part for each command.
    static std::string part(const std::string& text, const std::string& begin, const std::string& end)
    {
        const std::size_t from = text.find(begin);
        if (from == std::string::npos) return "";
        return text.substr(from, text.find(end, from + begin.size()) - from);
    }
    static bool has_any(const std::string& text, const std::vector<std::string>& some)
    {
        return std::any_of(some.begin(), some.end(), [&](const std::string& one) { return text.find(one) != std::string::npos; });
    }
};

TEST_F(Manual, HasEveryOptionOfEveryCommand)
{
    const std::string page = run("man").out, bash = run("completion bash").out, zsh = run("completion zsh").out, fish = run("completion fish").out;
    std::size_t all = 0;
    for (const auto& [command, names] : options) {
        const std::string of_page = part(page, fmt::format("\n.SS entente {}", command), "\n.S"), of_bash = part(bash, fmt::format("\n    {})\n        options=", command), "\n        ;;"),
                          of_zsh = part(zsh, fmt::format("\n    {})\n", command), "\n        ;;");
        for (const std::string& name : names) {
            ++all;
            std::string roff = "\\-\\-";
            for (const char c : name) roff += c == '-' ? std::string("\\-") : std::string(1, c);
            EXPECT_TRUE(has_any(of_page, {"\n.BR " + roff + "\n", "\n.BR " + roff + " ", "\\fB" + roff + "\\fR"})) << command << ": " << name;
            EXPECT_TRUE(has_any(of_bash, {"'--" + name + " ", "'--" + name + "'", " --" + name + " ", " --" + name + "'"})) << command << ": " << name << "\n" << of_bash;
            EXPECT_TRUE(has_any(of_zsh, {"--" + name + "=", "--" + name + "[", "--" + name + "}"})) << command << ": " << name << "\n" << of_zsh;
            EXPECT_NE(fish.find(fmt::format("__fish_seen_subcommand_from {}' -l {} ", command, name)), std::string::npos) << command << ": " << name;
        }
    }
    EXPECT_GT(all, 250u);
    for (const char* section : {"NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"})
        EXPECT_NE(page.find(fmt::format("\n.SH {}\n", section)), std::string::npos) << section;
    write_file(path("entente.1"), page);
    for (const auto& [tool, command] : {std::pair{"man", "LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -l entente.1 2>&1 >page"}, std::pair{"mandoc", "mandoc -Tlint entente.1"}}) {
        if (shell(fmt::format("command -v {}", tool)).code != 0) {
            std::cerr << "SKIPPED LOUDLY: the page was not read by " << tool << ", because this machine lacks it\n";
            continue;
        }
        EXPECT_EQ(shell(fmt::format("cd '{}' && {}", path("."), command)).output, "") << tool;
    }
}

TEST_F(Manual, NamesWhatTheProgramReadsOfItsSurroundings)
{
    const std::string page = run("man").out;
    std::size_t seen = 0;
    static const std::regex read(R"re((?:getenv|is_set)\("([A-Z_]+)"\)|\{((?:"[A-Z_]+",? ?)+)\}\))re"), name(R"re("([A-Z_]+)")re");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(SOURCE_DIR "/engine")) {
        if (entry.path().extension() != ".cpp") continue;
        const std::string text = read_file(entry.path().string());
        if (text.find("getenv") == std::string::npos) continue;
        for (std::sregex_iterator m(text.begin(), text.end(), read), end; m != end; ++m) {
            const std::string names = m->str();
            for (std::sregex_iterator n(names.begin(), names.end(), name); n != end; ++n, ++seen)
                EXPECT_NE(page.find((*n)[1].str()), std::string::npos) << (*n)[1] << " is not in ENVIRONMENT";
        }
    }
    EXPECT_GE(seen, 5u);
}

TEST_F(Manual, ABashOffersOnlyWhatTheProgramTakes)
{
    write_file(path("s.toml"), "title = \"S\"\nassumes = \"nothing\"\nhorizon = \"2027Q4\"\nruns = 40\nagents = { firms = 8, banks = 4, elites = 8 }\n");
    ASSERT_EQ(run("run s.toml --out s.h5").code, 0);
    write_file(path("entente.bash"), run("completion bash").out);
    EXPECT_EQ(shell(fmt::format("bash -c '. {}; complete -p entente'", path("entente.bash"))).output, "complete -F _entente entente\n");
    const auto offered = [&](const std::string& words) {
        const auto ran = shell(fmt::format(
            "cd '{}' && bash -c '. ./entente.bash; COMP_WORDS=(entente {}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _entente; echo \"${{COMPREPLY[*]}}\"'", path("."), words));
        return split(ran.output.substr(0, ran.output.find('\n')), ' ');
    };
    EXPECT_EQ(offered("ru"), std::vector<std::string>{"run"});
    EXPECT_EQ(offered("run \"\""), (std::vector<std::string>{"s.toml", "s.h5"}));
    EXPECT_EQ(offered("sweep \"\""), (std::vector<std::string>{"s.toml"}));
    EXPECT_EQ(offered("completion \"\""), (std::vector<std::string>{"bash", "zsh", "fish"}));
    EXPECT_EQ(offered("plot s.h5 un"), std::vector<std::string>{"uncertainty"});
    for (const auto& [words, command] :
         {std::pair{"run s.toml --keep \"\"", "run s.toml --out x.h5 --force --keep"}, std::pair{"run s.toml --precision \"\"", "run s.toml --no-file --precision"},
          std::pair{"run s.toml --parameters d", "check s.toml --parameters"}, std::pair{"describe model --block \"\"", "describe model --block"}, std::pair{"describe C16", "describe"},
          std::pair{"describe mode", "describe"}, std::pair{"survival s.h5 --band \"\"", "survival s.h5 --band"}, std::pair{"survival s.h5 --event suc", "survival s.h5 --event"},
          std::pair{"run s.toml --drivers \"\"", "run s.toml --no-file --drivers"}, std::pair{"plot s.h5 --columns \"\"", "plot s.h5 --script --columns"},
          std::pair{"sensitivity s.h5 --groups \"\"", "sensitivity s.h5 --groups"}, std::pair{"completion \"\"", "completion"}}) {
        const std::vector<std::string> words_offered = offered(words);
        EXPECT_FALSE(words_offered.empty() || words_offered[0].empty()) << words;
        for (const std::string& word : words_offered) {
            const ProgramTest::Ran ran = run(fmt::format("{} {}", command, word));
            EXPECT_EQ(ran.code, 0) << command << " " << word << "\n" << ran.err;
        }
    }
    EXPECT_EQ(run("completion tcsh").code, 2);
}

} // namespace
} // namespace entente
