// sensitivity as its user meets it: tables from elsewhere, results, a screen, and what cannot be.
#include "core/csv.hpp"
#include "core/text.hpp"
#include "held_results.hpp"
#include "write_file.hpp"
#include <cmath>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

using Json = nlohmann::json;

struct SensitivityCommand : HeldResults {
    Json json(const std::string& arguments) const
    {
        const Ran ran = run("sensitivity " + arguments + " --json");
        EXPECT_EQ(ran.code, 0) << arguments << "\n" << ran.err;
        return ran.code == 0 ? Json::parse(ran.out) : Json();
    }
    void refused(const std::string& arguments, const std::string& words) const
    {
        const Ran ran = run("sensitivity " + arguments);
        EXPECT_EQ(ran.code, 2) << arguments << "\n" << ran.out;
        EXPECT_NE(ran.err.find(words), std::string::npos) << arguments << "\n" << ran.err;
    }
    /// Points of a design of three factors, x and y from 0 to 1 and a choice, and 4 x + y (+ 1 where the choice is `high`) at each.
    void tables(const std::string& design) const
    {
        write_file(path("d.toml"),
                   "title = \"t\"\nassumes = \"nothing\"\n[[factor]]\nname = \"x\"\nrange = [0, 1]\n[[factor]]\nname = \"y\"\nrange = [0, 1]\n[[factor]]\nname = \"c\"\n"
                   "levels = [\"low\", \"high\"]\n[design]\n"
                       + design);
        const Ran made = run("design d.toml --out points.csv --force");
        ASSERT_EQ(made.code, 0) << made.err;
        const Table points = parse_csv(read_file(path("points.csv")));
        std::string y = "came\n";
        for (const auto& row : points.rows)
            y += fmt::format("{}\n", 4 * std::stod(row[points.column("x")]) + std::stod(row[points.column("y")]) + (row[points.column("c")] == "high" ? 1 : 0));
        write_file(path("y.csv"), y);
    }
};

/// Variances 16/12, 1/12 and 1/4.
TEST_F(SensitivityCommand, TakesTablesFromElsewhere)
{
    constexpr double whole = 16.0 / 12 + 1.0 / 12 + 0.25;
    for (const char* design : {"kind = \"saltelli\"\npoints = 256\nsecond_order = true\n", "kind = \"sobol\"\npoints = 1024\n", "kind = \"latin_hypercube\"\npoints = 1000\n"}) {
        tables(design);
        const Json out = json("d.toml --table points.csv --output y.csv --group both=x,c");
        const Json& o = out["outcomes"][0];
        const bool own = out["design"] == "saltelli";
        EXPECT_EQ(o["outcome"], "came");
        EXPECT_NEAR(o["inputs"][0][own ? "first" : "rank_first"]["value"].get<double>(), 16.0 / 12 / whole, 0.06) << design;
        EXPECT_NEAR(o["inputs"][2][own ? "total" : "curve"]["value"].get<double>(), 0.25 / whole, 0.06) << design;
        EXPECT_NEAR(o["groups"][0][own ? "at_least" : "together"]["value"].get<double>(), (16.0 / 12 + 0.25) / whole, 0.06) << design;
        EXPECT_EQ(out["constant"].size(), 0u);
    }
    tables("kind = \"morris\"\npoints = 10\n");
    const Json out = json("d.toml --table points.csv --output y.csv --method all");
    EXPECT_NEAR(out["outcomes"][0]["inputs"][0]["mu"]["value"].get<double>(), 4, 1e-6);
    EXPECT_TRUE(out["outcomes"][0]["inputs"][2]["mu"]["value"].is_null());
    EXPECT_TRUE(out["outcomes"][0]["inputs"][0].contains("delta"));
}

TEST_F(SensitivityCommand, RefusesTablesThatDoNotMatchTheDesign)
{
    tables("kind = \"saltelli\"\npoints = 16\n");
    std::string points = read_file(path("points.csv")), y = read_file(path("y.csv"));
    write_file(path("short.csv"), points.substr(0, points.rfind('\n', points.size() - 2) + 1));
    write_file(path("short_y.csv"), y.substr(0, y.rfind('\n', y.size() - 2) + 1));
    refused("d.toml --table short.csv --output short_y.csv", "80 rows of a saltelli design with 16 points, got 79");
    refused("d.toml --table points.csv --output short_y.csv", "79");
    std::string changed = points;
    changed.replace(changed.find('\n') + 1, changed.find('\n', changed.find('\n') + 1) - changed.find('\n') - 1, "0,0.5,0.5,low,0,-1");
    write_file(path("changed.csv"), changed);
    refused("d.toml --table changed.csv --output y.csv", "as the design has it, got 0.5");
    write_file(path("other.csv"), "x,z\n0.1,2\n0.2,3\n");
    refused("d.toml --table other.csv --output y.csv", "a column for y");
    write_file(path("bad.csv"), "came\n" + std::string("nothing\n"));
    refused("d.toml --table points.csv --output bad.csv", "nothing");
    refused("d.toml --table points.csv", "--output");
    refused("d.toml --table nowhere.csv --output y.csv", "nowhere.csv");
    refused("d.toml --table points.csv --output y.csv --group both=x,w", "group both: no input 'w'");
    refused("d.toml --table points.csv --output y.csv --method curves", "--method: one of");
    refused("d.toml --table points.csv --output y.csv --given 'rupture by 2030Q1'", "--given");
    std::string failed = "came\n";
    for (int i = 0; i < 80; ++i) failed += i % 10 == 0 ? "NA\n" : "1.5\n";
    write_file(path("failed.csv"), failed);
    const Json out = json("d.toml --table points.csv --output failed.csv");
    EXPECT_NE(out["outcomes"][0]["fault"].get<std::string>().find("more than 5 %"), std::string::npos);
    write_file(
        path("same.csv"), "came\n" + [] {
            std::string all;
            for (int i = 0; i < 80; ++i) all += "1.5\n";
            return all;
        }());
    EXPECT_EQ(json("d.toml --table points.csv --output same.csv")["outcomes"][0]["always_the_same"], true);
    EXPECT_NE(run("sensitivity d.toml --table points.csv --output same.csv").out.find("always the same"), std::string::npos);
}

TEST_F(SensitivityCommand, OfARunNeedsNoNewRuns)
{
    make("a.h5");
    const Json out = json("a.h5 --groups drivers --groups articles --save");
    EXPECT_EQ(out["outcomes"].size(), 6u);
    EXPECT_GT(out["inputs"].size(), 50u);
    EXPECT_EQ(Json::parse(run("show a.h5 --analysis sensitivity").out), out);
    EXPECT_EQ(out["outcomes"][5]["groups"][0]["group"], "dependence");
    refused("a.h5 --top -1", "a whole number");
    const Json given = json("a.h5 --outcome 'share_transactional at 2027Q4' --given 'mean trust at 2027Q4 >= 0.02'");
    EXPECT_EQ(given["given_from"], 300);
    refused("a.h5 --given 'taiwan_war by 2024Q1'", "2024Q1");
    refused("a.h5 --outcome 'mean nothing at 2026Q1'", "nothing");
    const Json series = json("a.h5 --outcome 'mean trust' --method first_order");
    EXPECT_EQ(series["series"][0]["dates"].size(), series["outcomes"].size());
    for (const std::string& line : split(run("sensitivity a.h5").out, '\n')) EXPECT_LE(line.size(), 84u) << line; // signs of two bytes count twice
}

TEST_F(SensitivityCommand, ScreensEveryRow)
{
    const std::string scenario = fmt::format("'{}/scenarios/baseline.toml' --set 'horizon = \"2025Q1\"' --set 'agents = {{ firms = 8, banks = 4, elites = 8 }}'", SOURCE_DIR);
    const Json out = json(scenario + " --screen --runs 32");
    EXPECT_EQ(out["rows"].size() + out["not_moved"].size(), describe().parameters.size() + describe().structures.size());
    std::size_t seen = 0;
    for (const Json& row : out["rows"]) seen += row["seen"] == true ? 1 : 0;
    EXPECT_GT(seen, 3u);
    EXPECT_EQ(out["rows"][0]["seen"], true);
    refused(scenario, "--screen");
    refused(scenario + " --screen --outcome 'mean trust at 2025Q1'", "does not go with --screen");
    refused(scenario + " --screen --runs 8", "32 futures at least");
    refused(scenario + " --screen --save", "--save keeps it in a result, and this is a scenario");
}

} // namespace
} // namespace entente
