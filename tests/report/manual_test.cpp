// The manual page and the completions of a made-up program.
#include "report/manual/manual.hpp"
#include "core/temporary_folder.hpp"
#include "report/manual/completion.hpp"
#include "shell.hpp"
#include "write_file.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente::report {
namespace {

const std::vector<CommandTold> made_up = {
    {.name = "bake",
     .usage = "bake RECIPE.toml",
     .summary = "bake a cake",
     .preface = "What comes of a recipe.\n.so /etc/passwd\n'quoted' at the start.\n\n  sponge   light\n  fruit    heavy\n\nAnd `eat` it.",
     .options = {{.name = "out", .letter = "o", .takes_value = true, .meaning = "the cake; cake.h5 if not given", .value = {.words = {}, .endings = {"h5"}}},
                 {.name = "glaze",
                  .takes_value = true,
                  .otherwise = "sugar",
                  .meaning = "what's on it: \\fBsugar\\fR or none",
                  .value = {.words = {"sugar", "none", "snow", "none", "what's $(touch left)", "a`b"}, .endings = {}}},
                 {.name = "in", .takes_value = true, .meaning = "the oven", .value = {.words = {}, .endings = {}, .folders = true}},
                 {.name = "hot", .meaning = "at 220 [degrees]"},
                 {.name = "why", .takes_value = true, .meaning = "any text", .section = "For the curious:", .value = {}}},
     .places = {{.words = {}, .endings = {"toml"}}, {.words = {"plain", "party"}, .endings = {}}}},
    {.name = "eat", .usage = "eat CAKE", .summary = "eat it", .preface = "", .options = {}, .places = {}}};

TEST(ManualPage, TakesNoTextForACommandOfRoff)
{
    const std::string page = manual_page(made_up, {.version = "1.2.3", .date = "2026-11-30", .overview = "It bakes.\n\nAnd more."});
    EXPECT_TRUE(page.starts_with(".TH ENTENTE 1 2026-11-30 \"entente 1.2.3\"")) << page.substr(0, 100);
    EXPECT_NE(page.find("\n\\&.so /etc/passwd\n"), std::string::npos) << page;
    EXPECT_NE(page.find("\n\\(aqquoted\\(aq at the start.\n"), std::string::npos);
    EXPECT_NE(page.find("what\\(aqs on it: \\efBsugar\\efR or none (if not given: sugar)\n"), std::string::npos);
    EXPECT_NE(page.find(".nf\n  sponge   light\n  fruit    heavy\n.fi\n"), std::string::npos) << "a table stays one";
    EXPECT_NE(page.find("And \\fBeat\\fR it."), std::string::npos);
    EXPECT_NE(page.find("\n.BR \\-o \", \" \\fB\\-\\-out\\fR \" \" \\fIvalue\\fR\n"), std::string::npos) << page;
    EXPECT_NE(page.find("\nFor the curious:\n.TP\n.BR \\-\\-why"), std::string::npos) << page;
    EXPECT_NE(page.find(".SS entente eat CAKE\nEat it.\n"), std::string::npos);
}

TEST(Gist, IsTheFirstThingThatATextSays)
{
    EXPECT_EQ(gist_of("result file; results/NAME.h5 if not given", 60), "result file");
    EXPECT_EQ(gist_of("threads; 0: all cores", 60), "threads");
    EXPECT_EQ(gist_of("one two three four", 12), "one two...");
    EXPECT_EQ(gist_of("abcdefghijklmnop", 8), "abcde...");
}

/// What bash offers for a command line whose last word is being typed.
std::string offered(const TemporaryFolder& folder, const std::string& words)
{
    const Ran ran = shell(fmt::format("cd '{}' && bash -c '. ./made_up; COMP_WORDS=({}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _entente; echo \"${{COMPREPLY[*]}}\"'",
                                      folder.path.string(), words));
    EXPECT_EQ(ran.code, 0) << ran.output;
    return ran.output.substr(0, ran.output.find('\n'));
}

TEST(Completion, InBashIsOfWhatMayStandThere)
{
    const TemporaryFolder folder;
    write_file(folder / "made_up", bash_completion(made_up));
    for (const char* name : {"a.toml", "b c.toml", "a.h5", "a.txt"}) write_file(folder / name, "");
    std::filesystem::create_directories(folder / "more");
    EXPECT_EQ(shell(fmt::format("bash -n '{}/made_up'", folder.path.string())).output, "");
    for (const auto& [words, expected] :
         {std::pair{"entente \"\"", "bake eat --help --version"}, std::pair{"entente b", "bake"}, std::pair{"entente bake --", "--out --glaze --in --hot --why"},
          std::pair{"entente bake --g", "--glaze"}, std::pair{"entente bake --glaze \"\"", "sugar none snow"}, std::pair{"entente bake --glaze = s", "sugar snow"},
          std::pair{"entente bake --glaze =", "sugar none snow"}, std::pair{"entente bake -o \"\"", "more a.h5"}, std::pair{"entente bake --in \"\"", "more"},
          std::pair{"entente bake --why \"\"", ""}, std::pair{"entente bake \"\"", "more a.toml b c.toml"}, std::pair{"entente bake b", "b c.toml"},
          std::pair{"entente bake a.toml \"\"", "plain party"}, std::pair{"entente bake --hot --glaze = snow -o a.h5 a.toml p", "plain party"},
          std::pair{"entente bake --glaze snow a", "a.toml"}, std::pair{"entente eat \"\"", ""}, std::pair{"entente drink \"\"", ""}})
        EXPECT_EQ(offered(folder, words), expected) << words;
}

TEST(Completion, OfOtherShellsQuotesWhatItSays)
{
    const std::string fish = fish_completion(made_up), zsh = zsh_completion(made_up);
    EXPECT_NE(fish.find("-l glaze -x -a 'sugar none snow' -d 'what\\'s on it'\n"), std::string::npos) << fish;
    EXPECT_NE(fish.find("-l out -s o -x -a '(__fish_complete_suffix .h5)' -d 'the cake'\n"), std::string::npos) << fish;
    EXPECT_NE(zsh.find("'*--glaze=[what'\\''s on it]:value:(sugar none snow)'"), std::string::npos) << zsh;
    EXPECT_NE(zsh.find("'*--hot[at 220 \\[degrees\\]]'"), std::string::npos) << zsh;
    EXPECT_NE(zsh.find("'*'{-o+,--out=}'[the cake]:value:_files -g \"*.(h5)\"'"), std::string::npos) << zsh;
    const TemporaryFolder folder;
    for (const auto& [name, text] : {std::pair{"zsh", zsh}, std::pair{"fish", fish}}) {
        if (shell(fmt::format("command -v {}", name)).code != 0) {
            std::cerr << "SKIPPED LOUDLY: completion of " << name << " was not read by it, because this machine lacks it\n";
            continue;
        }
        const Ran ran = shell(fmt::format("{} -n '{}'", name, write_file(folder / name, text)));
        EXPECT_EQ(ran.code, 0) << ran.output;
        EXPECT_EQ(ran.output, "");
    }
}

} // namespace
} // namespace entente::report
