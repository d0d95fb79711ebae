// Every scenario that ships can be read, and says first who assumes what.
#include "analysis/quantity.hpp"
#include "core/text.hpp"
#include "design/sweep.hpp"
#include "store/posterior.hpp"
#include <filesystem>
#include <gtest/gtest.h>
#include <set>

namespace fs = std::filesystem;
using namespace entente;

namespace {

bool opens_with_a_comment(const std::string& text) { return text.starts_with("# ") && text.find_first_not_of("# \n") < text.find('\n'); }

TEST(Scenarios, EachSweepIsSoundAndOpensWithItsAssumption)
{
    std::size_t seen = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "scenarios/sweeps")) {
        const std::string file = entry.path().string();
        EXPECT_TRUE(opens_with_a_comment(read_file(file))) << file << ": opens without a comment on who assumes what";
        try {
            const Sweep s = read_sweep(file, {.joint = joint_draws});
            EXPECT_FALSE(s.title.empty() || s.assumes.empty()) << file;
            const std::uint64_t runs = point_count(s.factors, s.design) * s.replicates * s.policies.size();
            EXPECT_LE(runs, 30000u) << file << ": an example is done in under a minute";
            for (const Asked& asked : s.outcomes) EXPECT_LE(parse_quantity(asked.text).to, s.policies[0].horizon) << file;
        } catch (const std::exception& e) {
            ADD_FAILURE() << e.what();
        }
        ++seen;
    }
    EXPECT_GE(seen, 6u);
}

TEST(Scenarios, EachIsSoundAndOpensWithItsAssumption)
{
    std::size_t seen = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "scenarios")) {
        if (entry.path().extension() != ".toml") continue;
        const std::string file = entry.path().string(), text = read_file(file);
        EXPECT_TRUE(opens_with_a_comment(text)) << file << ": opens without a comment on who assumes what";
        try {
            const Scenario s = read_scenario(file, {.joint = joint_draws});
            EXPECT_FALSE(s.title.empty()) << file;
            EXPECT_FALSE(s.assumes.empty()) << file;
        } catch (const std::exception& e) {
            ADD_FAILURE() << e.what();
        }
        ++seen;
    }
    EXPECT_GT(seen, 20u);
}

/// A row for each file, and a file for each row.
TEST(Scenarios, EachHasARowInTheirReadme)
{
    const fs::path folder = fs::path(SOURCE_DIR) / "scenarios";
    std::set<std::string> files, rows;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".toml") files.insert(entry.path().stem().string());
    const std::string text = read_file((folder / "README.md").string());
    for (const std::string& line : split(text.substr(0, text.find("\n## Sweeps")), '\n'))
        if (line.starts_with("| ") && line != "| file | what it changes | what is expected | claims |") rows.insert(line.substr(2, line.find(' ', 2) - 2));
    EXPECT_EQ(rows, files);
}

} // namespace
