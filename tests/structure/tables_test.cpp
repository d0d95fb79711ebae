// The model's tables are whole: every row says what it is, and every mechanism has its test and its section.
#include "core/text.hpp"
#include "model/kernel.hpp"
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>

namespace fs = std::filesystem;
using namespace entente;

namespace {

std::map<std::string, const std::vector<Row>*> tables()
{
    const Description& d = describe();
    return {{"parameters", &d.parameters}, {"variables", &d.variables},   {"columns", &d.columns},   {"levers", &d.levers},
            {"forced", &d.forced},         {"structures", &d.structures}, {"switches", &d.switches}, {"events", &d.events}};
}

TEST(Tables, NamesAreUnique)
{
    for (const auto& [table, rows] : tables()) {
        if (table == "columns") continue; // private to their pages
        std::set<std::string_view> names;
        for (const Row& r : *rows) EXPECT_TRUE(names.insert(r.name).second) << table << ": " << r.name << " stands there twice";
    }
}

TEST(Tables, EveryRowSaysWhatItIs)
{
    for (const auto& [table, rows] : tables()) {
        EXPECT_FALSE(rows->empty()) << table;
        for (const Row& r : *rows) {
            EXPECT_FALSE(r.name.empty()) << table;
            EXPECT_FALSE(r.meaning.empty()) << table << ": " << r.name << " has no meaning";
            EXPECT_FALSE(r.unit.empty()) << table << ": " << r.name << " has no unit";
        }
    }
}

TEST(Tables, DefaultsAreInsideTheirRanges)
{
    for (const auto& [table, rows] : tables())
        for (const Row& r : *rows)
            EXPECT_TRUE((r.low <= r.standard && r.standard <= r.high) || (r.standard == -1 && r.meaning.find("-1: unset") != r.meaning.npos))
                << table << ": " << r.name << ": " << r.standard << " outside " << r.low << " to " << r.high;
    for (const Row& r : describe().parameters) EXPECT_TRUE(r.mark == Mark::fixed || r.low < r.high) << r.name << " can be swept, but has no range";
}

/// `Value NAME = kind("NAME"`: what the equations call a thing and what a scenario calls it.
TEST(Tables, MembersAreNamedAsTheirRows)
{
    static const std::regex row(R"re(Value\s+(\w+)\s*=\s*\w+\(\s*"([^"]*)")re");
    std::set<std::string> seen;
    for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "engine/model")) {
        if (entry.path().extension() != ".hpp") continue;
        const std::string file = entry.path().filename().string(), text = read_file(entry.path().string());
        for (std::sregex_iterator m(text.begin(), text.end(), row), end; m != end; ++m) {
            const std::string member = (*m)[1], name = (*m)[2];
            seen.insert(name);
            if (file == "inputs.hpp" && (member.starts_with("use_") || member.starts_with("force_"))) continue;
            EXPECT_EQ(member, name) << "engine/model/" << file;
        }
    }
    std::size_t missed = 0;
    for (const auto& [table, rows] : tables())
        for (const Row& r : *rows) missed += seen.contains(std::string(r.name)) ? 0 : 1;
    EXPECT_LT(missed, 60u) << "rows of arrays have names of their own, but the pattern misses too many others";
}

TEST(Tables, EveryMechanismHasItsTestAndItsSection)
{
    static const std::map<std::string_view, std::string> titles = {{"derived", "Derived quantities"}, {"outcome", "Outcome classes and events"}};
    const std::string model = read_file(SOURCE_DIR "/engine/model/ODD.md");
    for (const MechanismText& m : describe().mechanisms) {
        EXPECT_TRUE(fs::exists(fmt::format("{}/tests/model/{}_test.cpp", SOURCE_DIR, m.name))) << "no tests/model/" << m.name << "_test.cpp";
        const auto special = titles.find(m.name);
        const std::string title = special == titles.end() ? std::string(m.name) : special->second;
        EXPECT_TRUE(std::regex_search(model, std::regex("\n## 4\\.[0-9]+ " + title + "( \\(N[0-9]+\\))?\n"))) << "ODD.md has no section 4.x " << title;
        EXPECT_FALSE(m.title.empty()) << m.name;
        EXPECT_FALSE(m.claims.empty()) << m.name;
    }
}

} // namespace
