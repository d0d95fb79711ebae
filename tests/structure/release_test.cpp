// The version is one: what the project, its list of changes and how it is cited say.
#include "core/text.hpp"
#include "shell.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <regex>

using namespace entente;

namespace {

std::string first(const std::string& text, const std::string& pattern)
{
    std::smatch m;
    return std::regex_search(text, m, std::regex(pattern)) ? m[1].str() : "";
}

struct Section {
    std::string heading; ///< "[0.3.0] - 2026-11-30"
    std::vector<std::string> parts;
    std::size_t entries = 0;
};
std::vector<Section> changelog()
{
    std::vector<Section> all;
    for (const std::string& line : split(read_file(SOURCE_DIR "/CHANGELOG.md"), '\n')) {
        if (line.starts_with("## ")) all.push_back({line.substr(3), {}});
        else if (line.starts_with("### ")) all.back().parts.push_back(line.substr(4));
        else if (line.starts_with("- ") && !all.empty()) ++all.back().entries;
    }
    return all;
}

TEST(Release, IsOneVersionOfOneDay)
{
    const std::string version = first(read_file(SOURCE_DIR "/CMakeLists.txt"), R"(project\(entente VERSION ([0-9.]+) )"), citation = read_file(SOURCE_DIR "/CITATION.cff");
    ASSERT_NE(version, "");
    EXPECT_EQ(first(citation, R"(\nversion: ([^\n]+))"), version);
    const std::string day = first(citation, R"(\ndate-released: ([0-9]{4}-[0-9]{2}-[0-9]{2})\n)");
    const std::vector<Section> all = changelog();
    ASSERT_GE(all.size(), 3u);
    EXPECT_EQ(all[0].heading, "[Unreleased]");
    EXPECT_EQ(all[1].heading, fmt::format("[{}] - {}", version, day)) << "the newest release";
    EXPECT_EQ(first(shell("'" PROGRAM "' --version").output, "^entente ([0-9.]+) "), version);
    EXPECT_EQ(first(shell("'" PROGRAM "' man").output, R"(\.TH ENTENTE 1 ([^ ]+) )"), day);
}

/// What cffconvert asks for: https://github.com/citation-file-format/citation-file-format, version 1.2.0.
TEST(Release, IsCitedByTheSchema)
{
    const std::string citation = read_file(SOURCE_DIR "/CITATION.cff");
    for (const char* key : {"cff-version: 1.2.0", "message: \"", "title: ", "authors:\n  - ", "type: software", "license: MIT"})
        EXPECT_NE(citation.find(key), std::string::npos) << key;
    static const std::regex known(
        "^(abstract|authors|cff-version|commit|contact|date-released|doi|identifiers|keywords|license|license-url|message|preferred-citation|references|repository|"
        "repository-artifact|repository-code|title|type|url|version):");
    for (const std::string& line : split(citation, '\n')) EXPECT_TRUE(line.empty() || line[0] == ' ' || std::regex_search(line, known)) << line;
}

TEST(Release, ListsChangesUnderSortedHeadings)
{
    const std::vector<std::string> order = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Results change"};
    std::string before = "9999";
    for (const Section& section : changelog()) {
        std::size_t at = 0;
        for (const std::string& part : section.parts) {
            const auto found = std::find(order.begin() + static_cast<std::ptrdiff_t>(at), order.end(), part);
            EXPECT_NE(found, order.end()) << section.heading << ": '" << part << "' is none, stands twice or out of order";
            if (found != order.end()) at = static_cast<std::size_t>(found - order.begin()) + 1;
        }
        if (section.heading == "[Unreleased]") continue;
        EXPECT_GT(section.entries, 0u) << section.heading;
        const std::string day = first(section.heading, "- ([0-9-]{10})$");
        EXPECT_LE(day, before) << section.heading;
        before = day;
    }
}

} // namespace
