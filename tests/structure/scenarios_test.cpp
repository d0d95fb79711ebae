// Every scenario that ships can be read, and says first who assumes what.
#include "core/text.hpp"
#include "scenario/scenario.hpp"
#include <filesystem>
#include <gtest/gtest.h>

namespace fs = std::filesystem;
using namespace entente;

namespace {

TEST(Scenarios, EachIsSoundAndOpensWithItsAssumption)
{
    std::size_t seen = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "scenarios")) {
        if (entry.path().extension() != ".toml") continue;
        const std::string file = entry.path().string(), text = read_file(file);
        EXPECT_TRUE(text.starts_with("# ") && text.find_first_not_of("# \n") < text.find('\n')) << file << ": opens without a comment on who assumes what";
        try {
            const Scenario s = read_scenario(file);
            EXPECT_FALSE(s.title.empty()) << file;
            EXPECT_FALSE(s.assumes.empty()) << file;
        } catch (const std::exception& e) {
            ADD_FAILURE() << e.what();
        }
        ++seen;
    }
    EXPECT_GT(seen, 20u);
}

} // namespace
