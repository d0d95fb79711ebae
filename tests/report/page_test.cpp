// The page of results: what it holds is what the files hold, and nothing in a file becomes HTML or a script.
#include "report/page/page.hpp"
#include "core/quarter.hpp"
#include "program.hpp"
#include "report/result.hpp"
#include "shell.hpp"
#include "write_file.hpp"
#include <bit>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* hostile = "</script><img src=x onerror=obeyed=1><!-- \\u2028 & \\\"q\\\" '";

std::string hex(const std::vector<unsigned char>& bytes)
{
    std::string out;
    for (const unsigned char b : bytes) out += fmt::format("{:02x}", b);
    return out;
}

TEST(Page, KnowsTheHashesOfTheStandard) // FIPS 180-4, examples; RFC 4648, 10
{
    EXPECT_EQ(hex(report::sha256_of("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(report::sha256_of("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(report::sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hex(report::sha256_of(std::string(1'000'000, 'a'))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    for (const auto& [bytes, text] : std::map<std::string, std::string>{{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"\xff\xfe\xfb", "//77"}})
        EXPECT_EQ(report::base64_of({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()}), text);
}

TEST(Page, LetsNoTextEndItsElement)
{
    const std::string text = "</script><!--<script> & \xe2\x80\xa8 \xe2\x80\xa9 \xe2\x80\xa6 \"";
    const std::string json = report::json_in_html(Json(text).dump());
    EXPECT_EQ(json.find_first_of("<>&"), std::string::npos);
    EXPECT_EQ(json.find("\xe2\x80\xa8"), std::string::npos);
    EXPECT_EQ(json.find("\xe2\x80\xa9"), std::string::npos);
    EXPECT_EQ(Json::parse(json), text) << "the same text";
    EXPECT_EQ(report::text_in_html("<b>\"'&"), "&lt;b&gt;&quot;&#39;&amp;");
}

TEST(Page, AllowsItsOwnScriptAlone)
{
    const std::string page = report::page_shell(
        {.title = "</title><script>x</script>", .scripts = {"let a = 1;", "a += 1;"}, .data = {{"d", "{}"}}, .allowed = {"worker-src blob:"}, .script_sources = {"'wasm-unsafe-eval'"}});
    const std::string script = "\"use strict\";\nlet a = 1;\na += 1;";
    EXPECT_NE(page.find("<script>" + script + "</script>"), std::string::npos);
    EXPECT_NE(page.find(fmt::format("script-src 'sha256-{}' 'wasm-unsafe-eval';", report::base64_of(report::sha256_of(script)))), std::string::npos);
    EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
    EXPECT_NE(page.find("connect-src 'none'"), std::string::npos);
    EXPECT_NE(page.find("worker-src blob:"), std::string::npos);
    EXPECT_NE(page.find("<title>&lt;/title&gt;&lt;script&gt;x&lt;/script&gt;</title>"), std::string::npos);
}

template <class Value> std::vector<Value> unpacked(const std::string& base64)
{
    static constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t bits = 0, held = 0;
    for (const char c : base64) {
        if (c == '=') break;
        bits = bits << 6 | static_cast<std::uint32_t>(signs.find(c));
        if ((held += 6) >= 8) bytes += static_cast<char>(bits >> (held -= 8) & 0xff);
    }
    std::vector<Value> values(bytes.size() / sizeof(Value));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

/// Two scenarios and a sweep, small, with a title that would take over a page that lets it.
struct PageOfResults : ProgramTest {
    void SetUp() override
    {
        const std::string agents =
            "assumes = \"nothing\"\nhorizon = \"2036Q4\"\nruns = 300\nagents = { firms = 8, banks = 4, elites = 8 }\n[parameters]\nkappa = { normal = [0.3, 0.05] }\n";
        write_file(path("a.toml"), fmt::format("title = \"{}\"\n{}", hostile, agents));
        write_file(path("b.toml"), fmt::format("title = \"B\"\n{}[levers]\nwestern_carrot = 0.9\n", agents));
        write_file(path("sweep.toml"), "title = \"A sweep\"\nassumes = \"nothing\"\noutcomes = [\"share_alignment at 2035\", \"mean trust at 2035\"]\n[scenario]\nfile = "
                                       "\"a.toml\"\n[[factor]]\nname = \"offer\"\n"
                                       "sets = \"levers.western_carrot\"\nlevels = [0, 0.5]\n[[factor]]\nsets = \"parameters.kappa\"\nlevels = [0.2, 0.3, 0.4]\n[design]\nkind = "
                                       "\"factorial\"\nreplicates = 20\n");
        for (const char* const command : {"run a.toml --out a.h5", "run b.toml --out b.h5", "sweep sweep.toml --out sweep.h5"}) {
            const Ran ran = run(command);
            ASSERT_EQ(ran.code, 0) << ran.err;
        }
    }
    Findings findings(const std::vector<std::string>& names) const
    {
        Findings all;
        for (const std::string& name : names) {
            const std::string file = path(name);
            StoredResult result = read_result(file);
            Answer answer = report::answer_of(result);
            all.runs.push_back({.file = file, .result = std::move(result), .answer = std::move(answer), .source = replay_source(file)});
        }
        return all;
    }
    static std::vector<std::optional<FirstRuns>> first(const Findings& all, std::size_t bytes = 1 << 20)
    {
        std::vector<std::optional<FirstRuns>> runs;
        for (const RunFindings& run : all.runs) runs.push_back(first_runs(run.file, run.result, bytes));
        return runs;
    }
};

TEST_F(PageOfResults, HoldsTheNumbersOfItsFiles)
{
    const Findings all = findings({"a.h5"});
    const StoredResult stored = read_result(path("a.h5"));
    const StoredRuns runs = read_runs(path("a.h5"), 0, 300);
    const std::string page = report::page_of(all, first(all), "T");
    const std::string begin = "<script type=\"application/json\" id=\"results\">";
    const std::size_t at = page.find(begin) + begin.size();
    const Json json = Json::parse(page.substr(at, page.find("</script>", at) - at));
    const Json& run = json["runs"][0];
    // classes by quarter, counted from single runs
    const auto start = stored.summary.start;
    for (std::size_t c = 0; c < json["classes"].size(); ++c)
        for (std::size_t q = 0; q < run["classes"][c].size(); ++q) {
            std::uint32_t count = 0;
            for (std::size_t r = 0; r < 300; ++r) count += class_of(runs.outcome[(start + q) * 300 + r]) == json["classes"][c]["code"].get<int>() ? 1 : 0;
            ASSERT_EQ(run["classes"][c][q], count) << c << " " << q;
        }
    // events
    for (std::size_t e = 0; e < describe().events.size(); ++e) {
        std::uint32_t seen = 0;
        for (std::size_t r = 0; r < 300; ++r) seen += runs.first_event[e * 300 + r] >= 0 ? 1 : 0;
        EXPECT_EQ(run["events"][e]["seen"].back(), seen);
        EXPECT_NEAR(run["events"][e]["low"].back(), share_of(seen, 300).low, 1e-6);
        EXPECT_NEAR(run["events"][e]["high"].back(), share_of(seen, 300).high, 1e-6);
    }
    // quantiles, to the bit of single precision
    const std::size_t trust = Description::find(describe().variables, "trust"), variables = describe().variables.size(), quarters = stored.summary.quarters;
    for (const Json& indicator : run["indicators"]) {
        if (indicator["name"] != "trust") continue;
        for (std::size_t q = 0; q < quarters; ++q) EXPECT_EQ(indicator["quantiles"][4][q].get<float>(), stored.summary.quantile[(8 * variables + trust) * quarters + q]) << "95 %";
    }
    EXPECT_EQ(quantile_levels[8], 0.95);
    // single runs
    const Json& held = run["held"];
    EXPECT_EQ(held["count"], 300);
    const auto code = unpacked<std::uint8_t>(held["code"]);
    for (std::size_t d = 0; d < held["quarters"].size(); ++d)
        for (std::size_t r = 0; r < 300; ++r)
            ASSERT_EQ(code[d * 300 + r], runs.outcome[static_cast<std::size_t>(parse_quarter(held["quarters"][d].get<std::string>()).value()) * 300 + r]);
    EXPECT_EQ(unpacked<std::int16_t>(held["first_event"]), runs.first_event);
    const auto drawn = std::ranges::find_if(held["parameters"], [](const Json& p) { return p["name"] == "kappa"; });
    ASSERT_NE(drawn, held["parameters"].end());
    const auto place = static_cast<std::size_t>(drawn - held["parameters"].begin());
    const auto part = unpacked<std::uint16_t>(held["parameter"]);
    const std::size_t kappa = Description::find(describe().parameters, "kappa");
    const double low = (*drawn)["low"], high = (*drawn)["high"];
    for (std::size_t r = 0; r < 300; ++r) EXPECT_NEAR(low + part[place * 300 + r] * (high - low) / 65535, runs.parameters[kappa * 300 + r], (high - low) / 131000);
    EXPECT_EQ(run["text"], stored.provenance.scenario_text);
}

TEST_F(PageOfResults, KeepsStrangersOutAndHoldsAsManyRunsAsThereIsRoomFor)
{
    const Findings all = findings({"a.h5"});
    const std::string page = report::page_of(all, first(all), all.runs[0].result.provenance.scenario_title);
    EXPECT_EQ(page.find("<img"), std::string::npos);
    std::size_t scripts = 0;
    for (std::size_t at = page.find("</script"); at != std::string::npos; at = page.find("</script", at + 1)) ++scripts;
    EXPECT_EQ(scripts, 2u) << "the data's and the script's";
    const std::size_t address = page.find("//www"), next = page.find("://", address);
    EXPECT_EQ(page.substr(address, 21), "//www.w3.org/2000/svg") << "the name of a language, no address";
    EXPECT_EQ(next, std::string::npos) << page.substr(next, 60);
    const auto few = first(all, 20'000);
    ASSERT_TRUE(few[0]);
    EXPECT_LT(few[0]->runs.size(), 120u);
    EXPECT_GT(few[0]->runs.size(), 30u);
    EXPECT_EQ(few[0]->whole, 300u);
    const Json json = report::first_runs_json(*few[0]);
    EXPECT_LT(json["code"].get<std::string>().size() + json["first_event"].get<std::string>().size() + json["parameter"].get<std::string>().size()
                  + json["value"].get<std::string>().size(),
              20'000u * 4 / 3 + 100);
}

// What the page shows is asked of the program on its own way: `show --json`, and `show --given`.
TEST_F(PageOfResults, WorksInABrowser)
{
    if (shell("command -v python3 && command -v chromedriver && command -v chromium").code != 0) {
        std::cerr << "SKIPPED LOUDLY: no page was opened, because this machine lacks Chromium or its driver (apt-get install chromium chromium-driver python3)\n";
        return;
    }
    Findings all = findings({"a.h5", "b.h5"});
    const StoredSweep sweep = read_sweep_result(path("sweep.h5"));
    all.sweeps.push_back({.file = path("sweep.h5"), .sweep = sweep, .estimate = estimate_of(sweep, path("sweep.h5"))});
    const ResultPair pair = pair_results(path("a.h5"), path("b.h5"));
    all.run_pairs.push_back({.comparison = compare_results(pair, {})});
    write_file(path("page.html"), report::page_of(all, first(all), all.runs[0].result.provenance.scenario_title));
    const Json show = Json::parse(run("show a.h5 --json").out), given = Json::parse(run("show a.h5 --json --given 'mean trust at 2035Q1 < 0.5'").out);
    const Json both = Json::parse(run("show a.h5 --json --given 'mean trust at 2035Q1 < 0.5' --given 'not ceasefire by 2027Q4'").out);
    write_file(
        path("expected.json"),
        Json({{"show", show}, {"given", given}, {"both", both}, {"other", Json::parse(run("show b.h5 --json").out)}, {"sweep", Json::parse(run("show sweep.h5 --json").out)}}).dump());
    const auto browsed = shell(fmt::format("python3 -B '{}/tests/page/page.py' '{}' '{}'", SOURCE_DIR, path("page.html"), path("expected.json")));
    EXPECT_EQ(browsed.code, 0) << browsed.output;
}

} // namespace
} // namespace entente
