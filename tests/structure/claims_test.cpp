// engine/model/claims.csv: every claim of the articles is somewhere, or is left out and says why; and what it names exists.
#include "core/csv.hpp"
#include "core/text.hpp"
#include "model/kernel.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <regex>
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

TEST(Claims, TheirTestsExist)
{
    static const std::regex line("(^|\n)id = \"(\\w+)\"");
    const std::string text = read_file(SOURCE_DIR "/tests/directional/directional.toml");
    std::set<std::string> tests;
    for (std::sregex_iterator m(text.begin(), text.end(), line), end; m != end; ++m)
        EXPECT_TRUE(tests.insert((*m)[2]).second) << "directional.toml: " << (*m)[2] << " stands there twice";
    const std::size_t id = table().column("id"), test = table().column("test");
    for (const auto& row : table().rows)
        for (const std::string& name : words(row[test])) EXPECT_TRUE(tests.contains(name)) << row[id] << ": no test " << name << " in directional.toml";
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
