// The headers of the library that is installed say what is in them: every struct and function has a comment that Doxygen takes, and it warns of nothing.
#include "core/temporary_folder.hpp"
#include "core/text.hpp"
#include "shell.hpp"
#include "write_file.hpp"
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <regex>

using namespace entente;

namespace {

/// What explains itself: members and enumerators by their names; what takes no argument and changes nothing; comparisons, sums and moves; a refusal, which says `what`; texts and JSON of their argument.
bool explains_itself(const std::string& warning)
{
    static const std::regex kinds(R"(\((variable|enumeration|enumvalue|typedef)\)|\w\(\) const|operator(==|<|\+|-|=)\(|noexcept|Compound entente::refusal::|(text_of|json_of)\w*\()");
    return warning.find("is not documented") != std::string::npos && std::regex_search(warning, kinds);
}
/// What Doxygen says of some headers besides.
std::vector<std::string> warnings(const std::string& doxyfile)
{
    const TemporaryFolder folder;
    const std::string strict = folder / "Doxyfile", log = folder / "warnings";
    write_file(strict, fmt::format("{}\nOUTPUT_DIRECTORY = {}\nEXTRACT_ALL = NO\nWARN_IF_UNDOCUMENTED = YES\nWARN_AS_ERROR = NO\nWARN_LOGFILE = {}\n", doxyfile, folder.path.string(), log));
    const Ran ran = shell(fmt::format("cd '{}' && doxygen '{}'", SOURCE_DIR, strict));
    EXPECT_EQ(ran.code, 0) << ran.output;
    std::vector<std::string> all = split(read_file(log), '\n');
    std::erase_if(all, [](const std::string& line) { return line.empty() || explains_itself(line); });
    return all;
}

struct Docs : testing::Test {
    void SetUp() override
    {
        if (shell("command -v doxygen").code != 0) GTEST_SKIP() << "SKIPPED LOUDLY: no page of the library was made, because this machine lacks doxygen (apt-get install doxygen)";
    }
};

TEST_F(Docs, SayWhatEveryStructAndFunctionIs)
{
    const std::string doxyfile = read_file((std::filesystem::path(PROGRAM).parent_path() / "generated/Doxyfile").string());
    EXPECT_GT(split(doxyfile, ' ').size(), 200u);
    for (const std::string& warning : warnings(doxyfile)) ADD_FAILURE() << warning;
}

TEST_F(Docs, AFaultIsFound)
{
    const TemporaryFolder folder;
    const std::string header = folder / "made.hpp";
    write_file(header, "// What is made.\n#pragma once\n/// All of it.\nnamespace made {\n\nstruct Opening {\n    int size;\n};\nstruct Bare {\n    void grow(int by);\n    int "
                       "size() const;\n};\n"
                       "/// @param y is no argument\nint doubled(int x);\nint halved(int x);\n\n} // namespace made\n");
    std::string found;
    for (const std::string& warning : warnings(fmt::format("@INCLUDE = .ci/Doxyfile\nINPUT = {}\n", header))) found += warning.substr(warning.find("made.hpp:") + 9) + "\n";
    EXPECT_EQ(found.find("Opening"), std::string::npos) << "the head of a file speaks for what it opens with: " << found;
    EXPECT_EQ(found.find("size"), std::string::npos) << found;
    EXPECT_NE(found.find("9: warning: Compound made::Bare is not documented"), std::string::npos) << found;
    for (const char* fault : {"grow(int by)", "halved(int x)", "argument 'y'"}) EXPECT_NE(found.find(fault), std::string::npos) << fault << " in " << found;
}

} // namespace
