// Includes point up the house, and an outside library is named in one room.
#include "core/text.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <regex>

namespace fs = std::filesystem;
using namespace entente;

namespace {

/// A room may include itself and the rooms before it in this list.
constexpr std::string_view rooms[] = {"core", "model", "scenario", "design", "ensemble", "store", "analysis", "calibrate", "experiment", "bench", "report", "cli", "wasm"};
/// What a room may not include although the list would let it.
constexpr std::pair<std::string_view, std::string_view> strangers[] = {{"analysis", "store"}};
/// Written by the build.
constexpr std::string_view generated[] = {"variants.inc"};

struct Library {
    std::string_view beginning;
    std::vector<std::string_view> places; ///< beginnings of paths under engine/; "": anywhere
    std::size_t files;                    ///< that may name it
};
const std::vector<Library> libraries = {
    {"toml++/", {"scenario/"}, 1},
    {"hdf5", {"store/"}, 2},
    {"boost/program_options", {"cli/"}, 9},
    {"boost/random/", {"design/"}, 2},
    {"boost/math/", {"analysis/", "calibrate/"}, 18},
    {"Eigen/", {"analysis/", "calibrate/"}, 12},
    {"nlohmann/", {"report/"}, 99},
    {"immintrin.h", {"core/vectors.hpp"}, 1},
    {"wasm_simd128.h", {"core/vectors.hpp"}, 1},
    {"fmt/", {""}, 999},
    {"spawn.h", {"cli/"}, 1},
    {"mpi.h", {"experiment/ranks/mpi.cpp"}, 1},
    {"sched.h", {"experiment/ranks/mpi.cpp"}, 1},
    {"unistd.h", {""}, 999},
    {"fcntl.h", {""}, 999},
    {"sys/", {""}, 999}, // POSIX
};

struct Include {
    std::string file; ///< under engine/
    std::size_t line;
    std::string path;
    bool quoted;
};
std::vector<Include> includes()
{
    static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    const fs::path engine = fs::path(SOURCE_DIR) / "engine";
    std::vector<Include> all;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(engine)) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        const std::vector<std::string> lines = split(read_file(entry.path().string()), '\n');
        for (std::size_t i = 0; i < lines.size(); ++i)
            if (std::smatch m; std::regex_search(lines[i], m, pattern)) all.push_back({entry.path().lexically_relative(engine).generic_string(), i + 1, m[2], m[1] == "\""});
    }
    return all;
}
std::string place(const Include& i) { return fmt::format("engine/{}:{}: {}", i.file, i.line, i.path); }

std::string room_of(const std::string& file) { return file.substr(0, file.find('/')); }
std::ptrdiff_t rank_of(const std::string& file)
{
    const auto at = std::find(std::begin(rooms), std::end(rooms), room_of(file));
    return at == std::end(rooms) ? -1 : at - std::begin(rooms);
}

TEST(House, IncludesPointUp)
{
    const fs::path engine = fs::path(SOURCE_DIR) / "engine";
    std::size_t seen = 0;
    for (const Include& i : includes()) {
        if (!i.quoted || std::find(std::begin(generated), std::end(generated), i.path) != std::end(generated)) continue;
        const std::string beside = (fs::path(i.file).parent_path() / i.path).lexically_normal().generic_string();
        const std::string target = fs::exists(engine / beside) ? beside : i.path;
        ASSERT_TRUE(fs::exists(engine / target)) << place(i) << ": no such file";
        if (target == "version.hpp") continue;
        EXPECT_GE(rank_of(i.file), 0) << place(i) << ": no room of this name in the house";
        EXPECT_LE(rank_of(target), rank_of(i.file)) << place(i) << " points down: " << room_of(target) << " is below " << room_of(i.file);
        for (const auto& [room, other] : strangers) EXPECT_FALSE(room_of(i.file) == room && room_of(target) == other) << place(i) << ": " << room << " knows no " << other;
        ++seen;
    }
    EXPECT_GT(seen, 100u);
}

TEST(House, EachLibraryHasOneRoom)
{
    std::vector<std::vector<std::string>> named(libraries.size());
    for (const Include& i : includes()) {
        if (i.quoted || i.path.find_first_of("./") == std::string::npos) continue; // ours, or the language's
        const auto at = std::find_if(libraries.begin(), libraries.end(), [&](const Library& l) { return i.path.starts_with(l.beginning); });
        ASSERT_NE(at, libraries.end()) << place(i) << ": a library that this test does not know; give it a room";
        EXPECT_TRUE(std::any_of(at->places.begin(), at->places.end(), [&](std::string_view p) { return i.file.starts_with(p); })) << place(i) << " is named outside its room";
        std::vector<std::string>& files = named[static_cast<std::size_t>(at - libraries.begin())];
        if (std::find(files.begin(), files.end(), i.file) == files.end()) files.push_back(i.file);
    }
    for (std::size_t l = 0; l < libraries.size(); ++l)
        EXPECT_LE(named[l].size(), libraries[l].files) << libraries[l].beginning << " is named in " << fmt::format("{}", fmt::join(named[l], ", "));
}

/// What a line of a room that knows no terminal, option, signal or global may not hold; empty if nothing.
std::string fault_of(const std::string& line)
{
    static const std::pair<std::regex, std::string> faults[] = {
        {std::regex(R"(\bfmt::print\(|\bprintf|\bputs\(|std::c(out|err|log)\b|\bstd(out|err)\b)"), "prints"},
        {std::regex(R"(isatty|\bsignal\b|sigaction|getenv|\b_?exit\()"), "knows the process"},
        {std::regex(R"(program_options|nlohmann|UsageError)"), "knows the program"},
        {std::regex(R"re("[^"]*--[a-z])re"), "names an option"},
        // namespaces are not indented, so what begins a line and is no function, type or constant is a variable of the whole program
        {std::regex(R"(^(?!using|struct|class|enum|union|namespace|template|friend|return|extern|const |constexpr |inline const|static const|\}|#|/)[A-Za-z_][^()]*;)"),
         "is a global"},
        {std::regex(R"(^\s*(static|thread_local)\s+(?!const|constexpr|thread_local)[^()]*[;={])"), "is a global"}};
    for (const auto& [pattern, what] : faults)
        if (std::regex_search(line, pattern)) return what;
    return "";
}

TEST(House, TheExperimentKnowsNoTerminalOptionSignalOrGlobal)
{
    std::size_t lines = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / "engine/experiment")) {
        if (!entry.is_regular_file()) continue;
        std::size_t number = 0;
        for (const std::string& line : split(read_file(entry.path().string()), '\n')) {
            ++number, ++lines;
            EXPECT_EQ(fault_of(line), "") << entry.path().filename() << ":" << number << ": " << line;
        }
    }
    EXPECT_GT(lines, 1000u);
}

TEST(House, FindsWhatTheExperimentMayNotKnow)
{
    EXPECT_EQ(fault_of("    fmt::print(stderr, \"x\");"), "prints");
    EXPECT_EQ(fault_of("    std::cout << 1;"), "prints");
    EXPECT_EQ(fault_of("    std::signal(SIGINT, handler);"), "knows the process");
    EXPECT_EQ(fault_of("    throw UsageError(\"x\");"), "knows the program");
    EXPECT_EQ(fault_of("    return \"go on with --resume\";"), "names an option");
    EXPECT_EQ(fault_of("static std::atomic<bool> stop_requested{false};"), "is a global");
    EXPECT_EQ(fault_of("std::mutex all;"), "is a global");
    EXPECT_EQ(fault_of("inline int count = 0;"), "is a global");
    EXPECT_EQ(fault_of("    static std::mutex one;"), "is a global");
    EXPECT_EQ(fault_of("    thread_local int depth = 0;"), "is a global");
    EXPECT_EQ(fault_of("static constexpr int most = 3;"), "");
    EXPECT_EQ(fault_of("using Folders = std::vector<const Parts*>;"), "");
}

// Standard error may be closed or full: what throws there would take an exit code with it.
TEST(House, WhatIsSaidGoesThroughOneFunction)
{
    std::size_t said = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "engine/cli"))
        for (const std::string& line : split(read_file(entry.path().string()), '\n')) {
            said += line.find("talk(") != std::string::npos ? 1 : 0;
            EXPECT_EQ(line.find("print(stderr"), std::string::npos) << entry.path().filename() << ": " << line;
        }
    EXPECT_GT(said, 20u);
}

TEST(House, TestsAreNamedInOneStyle)
{
    static const std::regex test(R"(^\s*(TYPED_)?TEST(_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\))"), style("[A-Z][A-Za-z0-9]*");
    std::size_t seen = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / "tests")) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        for (const std::string& line : split(read_file(entry.path().string()), '\n'))
            if (std::smatch m; std::regex_search(line, m, test)) {
                ++seen;
                for (const std::size_t part : {3u, 4u}) EXPECT_TRUE(std::regex_match(m[part].str(), style)) << entry.path().filename() << ": " << m[part] << " is not LikeThis";
            }
    }
    EXPECT_GT(seen, 500u);
}

} // namespace
