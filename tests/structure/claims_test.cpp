// engine/model/claims.csv: every claim of the articles is somewhere, or is left out and says why; and what it names exists.
#include "claim_ids.hpp"
#include "core/csv.hpp"
#include "core/text.hpp"
#include "directional/table.hpp"
#include "model/kernel.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace fs = std::filesystem;
using namespace entente;

namespace {

constexpr std::size_t claims = 161;

const Table& table()
{
    static const Table t = parse_csv(read_file(SOURCE_DIR "/engine/model/claims.csv"));
    return t;
}
std::vector<std::string> words(const std::string& text)
{
    std::vector<std::string> all = split(text, ' ');
    std::erase(all, "");
    return all;
}
bool has(const std::vector<Row>& rows, const std::string& name) { return Description::find(rows, name) != Description::npos; }

/// `dep=pawn`
bool has_alternative(const std::string& text)
{
    const std::size_t equals = text.find('='), at = Description::find(describe().structures, text.substr(0, equals));
    if (equals == std::string::npos || at == Description::npos) return false;
    const std::vector<std::string> choices = split(describe().structures[at].choices, '|');
    return std::find(choices.begin(), choices.end(), text.substr(equals + 1)) != choices.end();
}
bool in_history(const std::string& variable)
{
    const Table history = parse_csv(read_file(SOURCE_DIR "/engine/model/history.csv"));
    const std::size_t column = history.column("variable");
    return std::any_of(history.rows.begin(), history.rows.end(), [&](const auto& row) { return row[column] == variable; });
}
bool exists(const std::string& kind, const std::string& name)
{
    const Description& d = describe();
    if (kind == "mechanism") return d.mechanism(name) != Description::npos;
    if (kind == "parameter") return has(d.parameters, name);
    if (kind == "variable") return has(d.variables, name);
    if (kind == "switch") return has(d.switches, name);
    if (kind == "lever") return has(d.levers, name);
    if (kind == "event") return has(d.forced, name);
    if (kind == "structure") return has_alternative(name);
    if (kind == "scenario") return !name.empty() && fs::exists(fmt::format("{}/scenarios/{}", SOURCE_DIR, name));
    if (kind == "history") return in_history(name);
    return false;
}

TEST(Claims, EachHasOneRowInOrder)
{
    const std::size_t id = table().column("id");
    for (std::size_t i = 0; i < std::max(claims, table().rows.size()); ++i) {
        const std::string wanted = i < claims ? fmt::format("C{:02}", i + 1) : "no more rows";
        ASSERT_EQ(i < table().rows.size() ? table().rows[i][id] : "no row", wanted);
    }
}

TEST(Claims, WhatTheyNameExists)
{
    const std::size_t id = table().column("id"), where = table().column("where");
    for (const auto& row : table().rows)
        for (const std::string& word : words(row[where])) {
            const std::size_t colon = word.find(':');
            ASSERT_NE(colon, std::string::npos) << row[id] << ": " << word << ": KIND:NAME expected";
            EXPECT_TRUE(exists(word.substr(0, colon), word.substr(colon + 1))) << row[id] << ": " << word << " does not exist";
        }
}

/// What the directional tests and patterns say of themselves, by id. Of a pattern nobody says whose it is: the data answer it.
struct TestOf {
    std::string claim, whose;
};
const std::map<std::string, TestOf>& tests()
{
    static const std::map<std::string, TestOf> all = [] {
        std::map<std::string, TestOf> found;
        for (const DirectionalTest& t : directional_tests()) EXPECT_TRUE(found.try_emplace(t.id, t.claim, t.whose).second) << "directional.toml: " << t.id << " stands there twice";
        for (const PatternTest& t : pattern_tests()) EXPECT_TRUE(found.try_emplace(t.id, t.claim, "pattern").second) << "directional.toml: " << t.id << " stands there twice";
        return found;
    }();
    return all;
}
using ClaimRow = std::vector<std::string>;
const ClaimRow* row_of(const std::string& claim)
{
    const auto at = std::find_if(table().rows.begin(), table().rows.end(), [&](const ClaimRow& row) { return row[table().column("id")] == claim; });
    return at == table().rows.end() ? nullptr : &*at;
}
/// Files that may name claims, additions and tests, without a release's history.
std::vector<fs::path> texts()
{
    const fs::path root = SOURCE_DIR;
    std::vector<fs::path> all = {root / "README.md", root / "results/README.md", root / "calibration/README.md", root / "calibration/patterns.csv"};
    for (const char* folder : {"engine", "scenarios", "tests/directional"})
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
            static const std::set<std::string> kinds = {".hpp", ".cpp", ".md", ".csv", ".toml"};
            if (kinds.contains(entry.path().extension().string())) all.push_back(entry.path());
        }
    return all;
}

TEST(Claims, TheirTestsExist)
{
    const std::size_t id = table().column("id"), test = table().column("test");
    for (const auto& row : table().rows)
        for (const std::string& name : words(row[test])) EXPECT_TRUE(tests().contains(name)) << row[id] << ": no test " << name << " in directional.toml";
}

TEST(Claims, BothTablesAgreeOnTestsAndOnWhoseTheyAre)
{
    const std::size_t id = table().column("id"), test = table().column("test"), whose = table().column("whose"), kind = table().column("kind");
    for (const auto& [name, t] : tests()) {
        EXPECT_TRUE(t.whose == "article" || t.whose == "modeller" || t.whose == "pattern") << name << ": whose = \"" << t.whose << "\"";
        if (t.claim.empty()) {
            EXPECT_NE(t.whose, "article") << name << " is an article's, but of no claim";
            continue;
        }
        const ClaimRow* const row = row_of(t.claim);
        ASSERT_NE(row, nullptr) << name << ": claims.csv has no " << t.claim;
        const std::vector<std::string> named = words((*row)[test]);
        EXPECT_EQ(std::count(named.begin(), named.end(), name), 1) << name << " tests " << t.claim << ", but claims.csv does not name it there";
        EXPECT_TRUE(t.whose != "article" || (*row)[whose] == "article") << name << " is an article's, " << t.claim << " the modeller's";
    }
    for (const auto& row : table().rows) {
        const std::vector<std::string> named = words(row[test]);
        const bool by_article = std::any_of(named.begin(), named.end(), [](const std::string& name) { return tests().contains(name) && tests().at(name).whose != "modeller"; });
        EXPECT_EQ(named.empty(), row[kind] == "left_out") << row[id] << ": what is carried has a test, what is left out has none";
        EXPECT_TRUE(named.empty() || by_article == (row[whose] == "article")) << row[id] << ": whose = " << row[whose] << ", its tests say otherwise";
    }
}

TEST(Claims, EveryIdThatIsNamedExists)
{
    const std::string model = read_file(SOURCE_DIR "/engine/model/ODD.md");
    const std::set<std::string> additions = ids_in(model.substr(model.find("\n# 4 "), model.find("\n# 5 ") - model.find("\n# 4 ")), "N");
    std::map<std::string, std::size_t> seen;
    for (const fs::path& path : texts()) {
        const std::string text = read_file(path.string());
        for (const char* kind : {"C", "N", "T", "D", "P"})
            for (const std::string& id : ids_in(text, kind)) {
                const bool exists = *kind == 'C' ? row_of(id) != nullptr : *kind == 'N' ? additions.contains(id) : tests().contains(id);
                EXPECT_TRUE(exists) << path.lexically_relative(SOURCE_DIR) << ": " << id << " does not exist";
                ++seen[kind];
            }
    }
    EXPECT_GT(seen["C"], 500u);
    EXPECT_GT(seen["N"], 50u);
    EXPECT_GT(seen["T"], 80u);
}

TEST(Claims, AnIdThatDoesNotExistIsFound)
{
    EXPECT_EQ(ids_in("C27-C29, C7 and C162; AC05, C2x, N_3", "C"), (std::set<std::string>{"C27", "C28", "C29", "C7", "C162"}));
    EXPECT_EQ(row_of("C7"), nullptr) << "ids have two digits";
    EXPECT_EQ(row_of("C162"), nullptr);
    EXPECT_EQ(row_of("C00"), nullptr);
    EXPECT_NE(row_of("C161"), nullptr);
}

TEST(Claims, EachIsCarriedOrLeftOutForAReason)
{
    const std::size_t id = table().column("id"), kind = table().column("kind"), where = table().column("where"), note = table().column("note");
    for (const auto& row : table().rows) {
        EXPECT_TRUE(row[kind] != "left_out" || !row[note].empty()) << row[id] << " is left out without a reason";
        EXPECT_TRUE(row[kind] == "left_out" || !row[where].empty()) << row[id] << " is nowhere";
    }
}

} // namespace
