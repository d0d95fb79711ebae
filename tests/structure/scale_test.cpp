// Tests of probabilities and directions take as many runs as their power and bounds were worked out for, whatever ENTENTE_TEST_SCALE says.
#include "core/text.hpp"
#include <filesystem>
#include <gtest/gtest.h>

namespace {

TEST(Scale, LeavesTestsOfProbabilitiesAndDirectionsAlone)
{
    std::size_t files = 0;
    for (const char* folder : {"statistical", "directional", "golden"})
        for (const auto& entry : std::filesystem::directory_iterator(std::string(SOURCE_DIR "/tests/") + folder)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
            const std::string text = entente::read_file(entry.path().string());
            for (const char* word : {"scaled(", "test_scale(", "TEST_SCALE"}) EXPECT_EQ(text.find(word), std::string::npos) << entry.path() << ": " << word;
            ++files;
        }
    EXPECT_GT(files, 10u);
}

} // namespace
