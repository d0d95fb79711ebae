// tests/mutation/mutants.txt: what each mutant replaces stands once in its file. That mutants do not overlap is checked when they are planted.
#include "core/text.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

std::size_t times(const std::string& text, const std::string& part)
{
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

TEST(Mutants, ReplaceWhatStandsOnceInTheirFile)
{
    std::string file, text, right;
    std::size_t mutants = 0, line = 0;
    for (const std::string& row : split(read_file(SOURCE_DIR "/tests/mutation/mutants.txt"), '\n')) {
        ++line;
        if (row.starts_with("- ")) {
            right = row.substr(2);
            EXPECT_EQ(times(text, right), 1u) << "mutants.txt:" << line << ": '" << right << "' in " << file;
        } else if (row.starts_with("+ ")) {
            EXPECT_NE(row.substr(2), right) << "mutants.txt:" << line;
            ++mutants;
        } else if (!row.empty() && row[0] != '#') {
            file = row;
            text = read_file(fmt::format("{}/{}", SOURCE_DIR, file));
        }
    }
    EXPECT_GT(mutants, 200u);
    EXPECT_EQ(times("a + b + a", "a"), 2u);
}

} // namespace
} // namespace entente
