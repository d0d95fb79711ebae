// Every target over its corpus, and over what a few cuts and flipped bytes make of it.
#include "core/text.hpp"
#include "targets.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

namespace fs = std::filesystem;

struct Target {
    const char* name;
    void (*take)(std::string_view bytes);
    std::size_t changes; ///< that are made of each file; none of edits, which are changes themselves
};
void PrintTo(const Target& target, std::ostream* out) { *out << target.name; }
class Corpus : public testing::TestWithParam<Target> {};

TEST_P(Corpus, IsAnsweredOrRefused)
{
    const std::size_t changes = GetParam().changes;
    std::vector<std::string> paths;
    for (const fs::directory_entry& entry : fs::directory_iterator(fmt::format("{}/tests/fuzz/corpus/{}", SOURCE_DIR, GetParam().name))) paths.push_back(entry.path().string());
    std::ranges::sort(paths);
    EXPECT_GT(paths.size(), 2u);
    for (const std::string& path : paths) {
        SCOPED_TRACE(path);
        const std::string bytes = read_file(path);
        EXPECT_NO_THROW(GetParam().take(bytes));
        for (std::size_t i = 0; i < changes && !bytes.empty(); ++i) {
            const std::size_t at = bytes.size() * i / changes + i % 3;
            EXPECT_NO_THROW(GetParam().take(std::string_view(bytes).substr(0, at))) << "cut at " << at;
            std::string flipped = bytes;
            flipped[at % bytes.size()] ^= static_cast<char>(1 << i % 8);
            EXPECT_NO_THROW(GetParam().take(flipped)) << "byte " << at << ", bit " << i % 8;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Of, Corpus,
                         testing::Values(Target{"scenario", fuzz::scenario, 24}, Target{"sweep", fuzz::sweep, 24}, Target{"quantity", fuzz::quantity, 48},
                                         Target{"csv", fuzz::csv, 48}, Target{"observations", fuzz::observations, 24}, Target{"result", fuzz::result, 0},
                                         Target{"posterior", fuzz::posterior, 0}, Target{"parts", fuzz::parts, 0}),
                         [](const auto& target) { return std::string(target.param.name); });

} // namespace
} // namespace entente
