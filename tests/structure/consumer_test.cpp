// The library as another project uses it: installed, moved to where nobody expected it, found, and linked as one target. What its programs find is what
// the program finds.
#include "core/text.hpp"
#include "interrupted.hpp"
#include "shell.hpp"
#include "sweeps.hpp"
#include "write_file.hpp"
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace fs = std::filesystem;
using namespace entente;

namespace {

void expect_done(const std::string& command)
{
    const Ran ran = shell(command);
    EXPECT_EQ(ran.code, 0) << command << "\n" << ran.output;
}

struct Consumer : testing::Test {
    const fs::path build = fs::path(PROGRAM).parent_path();
    const fs::path folder = build / "other projects" / testing::UnitTest::GetInstance()->current_test_info()->name();
    const fs::path installed = folder / "moved here";

    void SetUp() override
    {
#ifdef INSTRUMENTED
        GTEST_SKIP() << "NOT TRIED: a library that is full of measuring code asks its users for more than its name";
#endif
        fs::remove_all(folder);
        fs::create_directories(folder);
        expect_done(fmt::format("'{}' --install '{}' --prefix '{}'", CMAKE, build.string(), (folder / "first").string()));
        fs::rename(folder / "first", installed);
    }
    /// Builds a program of tests/consumer and returns where it is.
    std::string program(const std::string& name) const
    {
        const std::string into = (folder / "build").string();
        expect_done(fmt::format("'{}' -G Ninja -S '{}/tests/consumer' -B '{}' '-DCMAKE_PREFIX_PATH={}'", CMAKE, SOURCE_DIR, into, installed.string()));
        expect_done(fmt::format("'{}' --build '{}' --target {}", CMAKE, into, name));
        return into + "/" + name;
    }
};

TEST_F(Consumer, RunsAnEnsemble)
{
    const std::string scenario = SOURCE_DIR "/scenarios/baseline.toml";
    const Ran theirs = shell(fmt::format("'{}' '{}' 300", program("ensemble"), scenario));
    ASSERT_EQ(theirs.code, 0) << theirs.output;
    const Ran ours = shell(fmt::format("cd '{}' && '{}/bin/entente' run '{}' --runs 300 --json 2>err", folder.string(), installed.string(), scenario));
    ASSERT_EQ(ours.code, 0) << ours.output;
    std::string expected;
    const auto json = nlohmann::ordered_json::parse(ours.output);
    for (const auto& [date, answer] : json["dates"].items())
        for (const auto& [name, shares] : answer["classes"].items()) expected += fmt::format("{} {} {:.4f}\n", date, name, shares["share"].get<double>());
    EXPECT_NE(expected.find("2045Q1 alliance"), std::string::npos) << expected;
    EXPECT_EQ(theirs.output, expected);
}

TEST_F(Consumer, GoesOnWithASweepThatWasCutShort)
{
    std::string text = small_sweep;
    write_file(folder / "s.toml", text.replace(text.find("replicates = 150"), 16, "replicates = 6000"));
    const std::string sweep = program("sweep"), in = fmt::format("cd '{}' && ", folder.string());
    EXPECT_EQ(interrupted(folder.string(), "s.toml theirs.h5", "theirs.parts", sweep), -1) << "it was done before it could be ended";
    EXPECT_FALSE(fs::exists(folder / "theirs.h5"));
    EXPECT_FALSE(fs::is_empty(folder / "theirs.parts"));
    const Ran resumed = shell(in + fmt::format("'{}' s.toml theirs.h5", sweep));
    EXPECT_EQ(resumed.code, 0);
    EXPECT_EQ(resumed.output, "84000 of 84000 runs in theirs.h5\n");
    expect_done(in + fmt::format("'{}' sweep s.toml --out ours.h5", PROGRAM));
    expect_done(in + fmt::format("'{}' diff ours.h5 theirs.h5", PROGRAM));
}

TEST_F(Consumer, IsGivenNothingOfTheBuildOrOfTheTerminal)
{
    std::size_t headers = 0, scripts = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(installed)) {
        const std::string path = entry.path().lexically_relative(installed).generic_string();
        const bool script = path.ends_with(".cmake"), header = path.ends_with(".hpp");
        if (!script && !header) continue;
        ++(script ? scripts : headers);
        const std::string text = read_file(entry.path().string());
        for (const std::string& foreign : {std::string(SOURCE_DIR), build.string(), std::string("boost/"), std::string("toml++"), std::string("hdf5.h"), std::string("gtest")})
            EXPECT_EQ(text.find(foreign), std::string::npos) << path << " names " << foreign;
        EXPECT_EQ(path.find("cli/"), std::string::npos) << path;
    }
    EXPECT_GT(headers, 50u);
    std::string all;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(installed / "include"))
        if (entry.path().extension() == ".hpp") all += fmt::format("#include <{}>\n", entry.path().lexically_relative(installed / "include").generic_string());
    expect_done(fmt::format("'{}' -std=c++20 -fsyntax-only '-I{}' '{}'", COMPILER, (installed / "include").string(), write_file(folder / "all.cpp", all + "int main() {}\n")));
    EXPECT_GE(scripts, 4u);
}

} // namespace
