// package/LICENCES.md names everything from outside that the engine includes, is built from or is linked with, and nothing else.
#include "core/text.hpp"
#include "shell.hpp"
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <regex>
#include <set>

namespace fs = std::filesystem;
using namespace entente;

namespace {

struct Entry {
    std::string what, version, licence;
    std::set<std::string> headers, libraries; ///< beginnings of what is included; files without their version
};

std::set<std::string> quoted_in(const std::string& cell)
{
    static const std::regex code("`([^`]+)`");
    std::set<std::string> all;
    for (std::sregex_iterator m(cell.begin(), cell.end(), code), end; m != end; ++m) all.insert((*m)[1]);
    return all;
}

/// Rows of the table under a heading.
std::vector<Entry> entries(const std::string& heading)
{
    std::vector<Entry> all;
    bool within = false;
    for (const std::string& line : split(read_file(SOURCE_DIR "/package/LICENCES.md"), '\n')) {
        if (line.starts_with("## ")) within = line.starts_with("## " + heading);
        if (!within || !line.starts_with("| ") || line.starts_with("| what |")) continue;
        const std::vector<std::string> cells = split(line, '|');
        EXPECT_EQ(cells.size(), 9u) << line;
        if (cells.size() == 9) all.push_back({std::string(trim(cells[1])), std::string(trim(cells[2])), std::string(trim(cells[3])), quoted_in(cells[5]), quoted_in(cells[6])});
    }
    EXPECT_FALSE(all.empty()) << heading;
    return all;
}

/// Names that are in no entry, each with where it is from; those that are found are taken out of `unseen`.
template <class Meets> void look_up(const std::string& name, const std::vector<Entry>& all, std::set<std::string> Entry::*list, std::set<std::string>& unseen, Meets meets)
{
    bool found = false;
    for (const Entry& entry : all)
        for (const std::string& listed : entry.*list)
            if (meets(listed)) found = true, unseen.erase(listed);
    EXPECT_TRUE(found) << name << " is not in package/LICENCES.md: add it, with its licence, there and to package/copyright";
}

std::set<std::string> listed(const std::vector<Entry>& all, std::set<std::string> Entry::*list)
{
    std::set<std::string> names;
    for (const Entry& entry : all) names.insert((entry.*list).begin(), (entry.*list).end());
    return names;
}

TEST(Licences, NameEveryHeaderFromOutside)
{
    std::vector<Entry> all = entries("The program and the library");
    for (const char* more : {"The module for browsers", "Only on request"})
        for (const Entry& entry : entries(more)) all.push_back(entry);
    std::set<std::string> unseen = listed(all, &Entry::headers);
    static const std::regex pattern(R"(^\s*#\s*include\s*<([^>]*[./][^>]*)>)"); // the language's own have neither
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(SOURCE_DIR "/engine")) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        for (const std::string& line : split(read_file(entry.path().string()), '\n'))
            if (std::smatch m; std::regex_search(line, m, pattern))
                look_up(entry.path().filename().string() + ": <" + m[1].str() + ">", all, &Entry::headers, unseen,
                        [&](const std::string& beginning) { return m[1].str().starts_with(beginning); });
    }
    unseen.erase("mpi.h"); // of a part that may not be there
    EXPECT_EQ(unseen, std::set<std::string>()) << "nothing includes it";
}

#ifndef INSTRUMENTED
TEST(Licences, NameEveryLibrary)
{
    const std::vector<Entry> all = entries("The program and the library");
    std::set<std::string> unseen = listed(all, &Entry::libraries);
    const auto is = [](const std::string& name) { return [name](const std::string& file) { return name == file || name.starts_with(file + "."); }; };
    const Ran needed = shell("readelf -d '" PROGRAM "'");
    ASSERT_EQ(needed.code, 0) << needed.output;
    static const std::regex shared(R"(\(NEEDED\).*\[([^\]]+)\])"), archive(R"(([^/\s]+\.a)\b)");
    for (std::sregex_iterator m(needed.output.begin(), needed.output.end(), shared), end; m != end; ++m) look_up((*m)[1], all, &Entry::libraries, unseen, is((*m)[1]));
    const fs::path build = fs::path(PROGRAM).parent_path();
    std::string given;
    bool program = false;
    for (const std::string& line : split(read_file((build / "build.ninja").string()), '\n')) {
        if (line.starts_with("build ")) program = line.starts_with("build entente: ");
        if (program && line.starts_with("  LINK_LIBRARIES = ")) given = line;
    }
    ASSERT_NE(given, "");
    for (std::sregex_iterator m(given.begin(), given.end(), archive), end; m != end; ++m)
        if ((*m)[1] != "libentente.a") look_up((*m)[1], all, &Entry::libraries, unseen, is((*m)[1]));
    EXPECT_EQ(unseen, std::set<std::string>()) << "nothing is linked with it";
    if (!fs::exists(build / "entente-mpi")) return;
    std::vector<Entry> more = all;
    for (const Entry& entry : entries("Only on request")) more.push_back(entry);
    const Ran of_mpi = shell(fmt::format("readelf -d '{}/entente-mpi'", build.string()));
    for (std::sregex_iterator m(of_mpi.output.begin(), of_mpi.output.end(), shared), end; m != end; ++m) look_up((*m)[1], more, &Entry::libraries, unseen, is((*m)[1]));
}
#endif

TEST(Licences, AreOfTheVersionsThatTheProgramIsBuiltWith)
{
    const Ran ran = shell("'" PROGRAM "' --version");
    std::size_t seen = 0;
    std::string libraries;
    for (const std::string& line : split(ran.output, '\n'))
        if (line.starts_with("libraries: ")) libraries = line.substr(11);
    for (const std::string& library : split(libraries, ',')) {
        const std::vector<std::string> words = split(std::string(trim(library)), ' ');
        ASSERT_EQ(words.size(), 2u) << libraries;
        for (const Entry& entry : entries("The program and the library"))
            if (entry.what == words[0] || entry.what.starts_with(words[0] + " ")) {
                ++seen;
                EXPECT_TRUE((words[1] + ".").starts_with(entry.version + ".")) << library << ", and the page has " << entry.version;
            }
    }
    EXPECT_EQ(seen, 6u) << libraries;
}

TEST(Licences, EachHasItsParagraphInTheCopyrightFile)
{
    const std::string copyright = read_file(SOURCE_DIR "/package/copyright");
    EXPECT_TRUE(copyright.starts_with("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"));
    const std::string own = read_file(SOURCE_DIR "/LICENSE"),
                      holder = own.substr(own.find("Copyright (c) ") + 14, own.find('\n', own.find("Copyright (c) ")) - own.find("Copyright (c) ") - 14);
    EXPECT_NE(copyright.find("Files: *\nCopyright: " + holder + "\nLicense: Expat\n"), std::string::npos) << holder;
    std::size_t built_in = 0;
    for (const Entry& entry : entries("The program and the library"))
        for (const std::string& header : entry.headers) {
            if (header.find("/") == std::string::npos || header == "sys/") continue; // the system's own
            ++built_in;
            EXPECT_NE(copyright.find("\nFiles: " + header + "*\n"), std::string::npos) << entry.what << " is inlined, and package/copyright has no paragraph \"Files: " << header << "*\"";
        }
    EXPECT_GE(built_in, 5u);
    static const std::regex used(R"(\nLicense: ([^\n]+)\n(?=Comment|\n))");
    for (std::sregex_iterator m(copyright.begin(), copyright.end(), used), end; m != end; ++m)
        EXPECT_NE(copyright.find("\n\nLicense: " + (*m)[1].str() + "\n "), std::string::npos) << (*m)[1] << " is nowhere written out";
}

} // namespace
