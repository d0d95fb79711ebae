// The model in a page is the program's: the same futures, bit for bit, in Node and in a browser.
#include "ensemble/explored.hpp"
#include "program.hpp"
#include "report/page/explore_page.hpp"
#include "shell.hpp"
#include "store/posterior.hpp"
#include "version.hpp"
#include "write_file.hpp"
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

using Json = nlohmann::json;

constexpr const char* baseline = SOURCE_DIR "/scenarios/baseline.toml";
constexpr const char* offer = SOURCE_DIR "/scenarios/offer_after_succession.toml"; // its carrot waits

struct Module : ProgramTest {
    /// What is missing for a test that needs these programs; "" if nothing is.
    static std::string missing(const std::vector<std::string>& programs)
    {
        if (!std::filesystem::exists(MODULE)) return "the module was not built (clang, lld, wasi-libc, libc++-14-dev-wasm32, libc++abi-14-dev-wasm32, libclang-rt-14-dev-wasm32)";
        for (const std::string& program : programs)
            if (shell("command -v " + program).code != 0) return "this machine lacks " + program;
        return "";
    }
    static bool skipped(const std::string& why)
    {
        if (!why.empty()) std::cerr << "SKIPPED LOUDLY: the browser's futures were not compared with the program's: " << why << "\n";
        return !why.empty();
    }
    Ran page(const std::string& options = "") const { return run(fmt::format("explore '{}' '{}' --out page.html --module '{}' {}", baseline, offer, MODULE, options)); }
};

std::uint64_t fingerprint_of(const Scenario& scenario) { return explored(scenario, choose_kernel("single"), {}).fingerprint; }

TEST_F(Module, MakesTheProgramsFuturesInNode)
{
    if (skipped(missing({"node"}))) return;
    const Ran made = page();
    ASSERT_EQ(made.code, 0) << made.err;
    const entente::Ran node = shell(fmt::format("node '{}/tests/wasm/futures.cjs' '{}' '{}'", SOURCE_DIR, path("page.html"), folder_.path.string()));
    ASSERT_EQ(node.code, 0) << node.output;
    std::map<std::string, int> seen;
    for (const std::string& line : split(node.output, '\n')) {
        if (line.empty()) continue;
        const Json in_node = Json::parse(line);
        const std::string name = in_node["name"], file = path(name + ".toml");
        SCOPED_TRACE(name);
        const Scenario scenario = read_scenario(file, {.joint = joint_draws}); // as `entente run` reads it
        const Explored here = explored(scenario, choose_kernel("single"), report::explored_variables());
        ++seen[in_node["fingerprint"]];
        if (name == "twin") {
            EXPECT_NE(in_node["fingerprint"], fmt::format("{:016x}", here.fingerprint)) << "futures of another seed are others";
            EXPECT_NE(in_node["classes"].get<std::vector<std::uint32_t>>(), here.class_count);
            continue;
        }
        EXPECT_EQ(in_node["fingerprint"], fmt::format("{:016x}", here.fingerprint));
        EXPECT_EQ(in_node["failed"], here.failed);
        EXPECT_EQ(in_node["classes"].get<std::vector<std::uint32_t>>(), here.class_count);
        EXPECT_EQ(in_node["orientations"].get<std::vector<std::uint32_t>>(), here.orientation_count);
        EXPECT_EQ(in_node["events"].get<std::vector<std::uint32_t>>(), here.event_count);
        EXPECT_EQ(in_node["quantiles"].get<std::vector<float>>(), here.quantile);
        std::cout << fmt::format("{}: {} futures in {:.0f} ms\n", name, scenario.runs, in_node["ms"].get<double>());
    }
    EXPECT_EQ(seen.size(), 8u) << "every setting moves something: " << node.output.substr(0, 500);
    const Ran printed = run("explore all.toml --fingerprint");
    EXPECT_EQ(printed.code, 0) << printed.err;
    EXPECT_NE(printed.out.find("all.toml: 300 futures of seed 7 in single precision: fingerprint "), std::string::npos) << printed.out;
}

TEST_F(Module, RunsOnAPageInABrowser)
{
    if (skipped(missing({"python3", "chromium", "chromedriver"}))) return;
    const Ran made = page();
    ASSERT_EQ(made.code, 0) << made.err;
    const entente::Ran browser = shell(fmt::format("cd '{}' && python3 '{}/tests/wasm/page.py' page.html", folder_.path.string(), SOURCE_DIR));
    ASSERT_EQ(browser.code, 0) << browser.output;
    std::vector<std::string> shown = split(browser.output, '\n'); // a fingerprint of each text that it saved
    std::erase(shown, "");
    ASSERT_EQ(shown.size(), 3u) << browser.output;
    for (std::size_t k = 0; k < shown.size(); ++k) {
        const Scenario scenario = read_scenario(path(fmt::format("shown-{}.toml", k)), {.joint = joint_draws});
        EXPECT_EQ(shown[k], fmt::format("{:016x}", fingerprint_of(scenario))) << k;
    }
    EXPECT_NE(shown[0], shown[1]);
    EXPECT_NE(shown[1], shown[2]);
}

TEST_F(Module, OfAnotherProgramIsRefused)
{
    write_file(path("m.wasm"), std::string("\0asm\1\0\0\0", 8) + "0123456789abcdef");
    const std::string with = fmt::format("explore '{}' --out p.html --module ", baseline);
    EXPECT_EQ(run(with + "m.wasm").code, 1);
    EXPECT_NE(run(with + "m.wasm").err.find("m.wasm: was built from other sources than this program; ./entente explore, in the sources, builds it"), std::string::npos);
    write_file(path("m.wasm"), "text");
    EXPECT_EQ(run(with + "m.wasm").code, 2);
    EXPECT_EQ(run(with + "nothing.wasm").code, 1);
    EXPECT_FALSE(std::filesystem::exists(path("p.html")));
    EXPECT_EQ(run(fmt::format("explore '{}'", baseline)).code, 2) << "neither --out nor --fingerprint";
    EXPECT_EQ(run(with + "m.wasm --fingerprint").code, 2) << "both";
    EXPECT_EQ(run(fmt::format("explore '{}/scenarios/history.toml' --fingerprint", SOURCE_DIR)).code, 2) << "no future";
    write_file(path("p.html"), "mine");
    EXPECT_EQ(run(with + "m.wasm").err, "--out: p.html: is there already; --force replaces it\n");
    EXPECT_EQ(read_file(path("p.html")), "mine");
}

TEST(ExplorePage, HoldsHostileTextsAsTexts)
{
    Scenario s = parse_scenario("title = \"</script><script>obeyed()</script> & <!--\"\nassumes = \"nothing\"\n", "s.toml");
    const std::string page = report::explore_page({s}, std::string("\0asm", 4));
    EXPECT_EQ(page.find("obeyed()</script>"), std::string::npos);
    EXPECT_EQ(page.find("<!--"), std::string::npos);
    EXPECT_NE(page.find("connect-src 'none'"), std::string::npos);
}

} // namespace
} // namespace entente
