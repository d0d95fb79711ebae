// discover, as its user meets it; and a box that is saved, run again, holds what it held.
#include "analysis/hashed.hpp"
#include "core/quarter.hpp"
#include "held_results.hpp"
#include "report/discovery.hpp"
#include "write_file.hpp"
#include <cmath>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

using Json = nlohmann::json;
using Discover = HeldResults;

/// Rows of a real input, one of choices and one of dates; the outcome is frequent where a > .6, kind is p and day is 2030Q1 or later.
void write_tables(const std::string& x_path, const std::string& y_path, std::size_t rows, double inside = 0.9, double outside = 0.05)
{
    std::string x = "a,noise,kind,day\n", y = "sank\n";
    for (std::size_t r = 0; r < rows; ++r) {
        const double a = hashed_uniform(1, r);
        const bool p = hashed(2, r) % 2 == 0;
        const int day = 54 + static_cast<int>(hashed(3, r) % 20);
        x += fmt::format("{},{},{},{}\n", a, hashed_uniform(5, r), p ? "p" : "q", quarter_name(day));
        y += hashed_uniform(4, r) < (a > 0.6 && p && day >= 64 ? inside : outside) ? "1\n" : "0\n";
    }
    write_file(x_path, x), write_file(y_path, y);
}

TEST_F(Discover, TellsABoxInASentence)
{
    write_tables(path("x.csv"), path("y.csv"), 900);
    const Ran text = run("discover --table x.csv --output y.csv --resamples 60"), csv = run("discover --table x.csv --output y.csv --resamples 20 --csv"),
              all = run("discover --table x.csv --output y.csv --resamples 20 --all");
    ASSERT_EQ(text.code, 0) << text.err;
    std::string flat = text.out;
    std::ranges::replace(flat, '\n', ' ');
    for (const char* part : {"a is above 0.", "kind is p", "day is 2030Q1 (90 % interval", ") or later", "of rows (", "have sank, against ", "The same as a tree (CART)"})
        EXPECT_NE(flat.find(part), std::string::npos) << part << "\n" << text.out;
    for (const std::string& line : split(text.out, '\n')) EXPECT_LE(line.size(), 80u) << line;
    EXPECT_TRUE(csv.out.starts_with("box,step,chosen,rows,runs,hits,mass,coverage,density,restricted,input,change,to\n1,0,false,900,900,")) << csv.out.substr(0, 200);
    EXPECT_NE(all.out.find("what changed"), std::string::npos);
}

TEST_F(Discover, TakesReplicatesOfASweepForPoints)
{
    write_file(
        path("s.toml"),
        fmt::format("title = \"t\"\nassumes = \"nothing\"\noutcomes = [\"ceasefire by 2027Q1\", \"mean trust at 2027Q1\"]\n[scenario]\nfile = \"{}/scenarios/baseline.toml\"\n"
                    "horizon = \"2027Q4\"\nagents = {{ firms = 8, banks = 4, elites = 8 }}\n[[factor]]\nsets = \"parameters.h_peace\"\nrange = [0.005, 0.08]\n[[factor]]\nsets = "
                    "\"parameters.kappa\"\nrange = [0.2, 0.4]\n"
                    "[design]\nkind = \"latin_hypercube\"\npoints = 80\nreplicates = 10\n",
                    SOURCE_DIR));
    ASSERT_EQ(run("sweep s.toml --out s.h5").code, 0);
    const Ran ran = run("discover s.h5 --of 'ceasefire by 2027Q1' --resamples 60 --json --scenario box.toml --sweep over.toml --save");
    ASSERT_EQ(ran.code, 0) << ran.err;
    const Json json = Json::parse(ran.out);
    EXPECT_EQ(json["rows"], 80);
    EXPECT_EQ(json["runs"], 800);
    ASSERT_FALSE(json["boxes"].empty());
    EXPECT_EQ(json["boxes"][0]["limits"][0]["input"], "h_peace") << ran.out.substr(0, 3000);
    EXPECT_EQ(Json::parse(run("show s.h5 --analysis discover").out), json);
    for (const char* file : {"box.toml", "over.toml"}) {
        const Ran checked = run(fmt::format("check {}", file));
        EXPECT_EQ(checked.code, 0) << checked.err;
        EXPECT_NE(checked.out.find("discover"), std::string::npos) << "says where it comes from";
    }
    EXPECT_EQ(run("sweep over.toml --replicates 1 --out over.h5").code, 0);
    EXPECT_EQ(run("discover s.h5 --of 'succession by 2027Q1'").code, 2);
    EXPECT_EQ(run("discover s.h5 --of 'ceasefire by 2027Q1' --policy other").code, 2);
}

TEST_F(Discover, SavesABoxThatHoldsWhatItHeld)
{
    make("a.h5", "--set 'parameters.h_peace = { log_uniform = [0.002, 0.08] }' --set 'agents = { firms = 8, banks = 4, elites = 8 }' --set 'structures.dep = { limits = 0.5, pawn = 0.5 }' --drivers none --readings 0 --priors none",
         1200);
    const Ran ran = run("discover a.h5 --of 'ceasefire by 2027Q1' --resamples 40 --boxes 1 --json --scenario box.toml --sweep over.toml");
    ASSERT_EQ(ran.code, 0) << ran.err;
    const Json box = Json::parse(ran.out)["boxes"][0];
    ASSERT_TRUE(box["stands"].get<bool>()) << ran.out.substr(0, 2000);
    ASSERT_EQ(run("run box.toml --seed 99 --runs 1500 --drivers none --readings 0 --priors none --out again.h5").code, 0);
    const Json there = Json::parse(run("discover again.h5 --of 'ceasefire by 2027Q1' --resamples 20 --boxes 1 --json").out);
    const double p = box["density"]["estimate"], q = there["density"], n = box["runs"], m = there["runs"], all = Json::parse(ran.out)["density"];
    const double error = std::sqrt(p * (1 - p) / n + q * (1 - q) / m);
    EXPECT_LT(std::abs(p - q), 5 * error) << p << " in the box, " << q << " in its scenario";
    EXPECT_GT(q - all, 5 * error) << "the twin: all futures are told from the box's";
    EXPECT_NE(read_file(path("over.toml")).find("distribution = { log_uniform = [0.0"), std::string::npos) << "from the limit";
    EXPECT_NE(read_file(path("over.toml")).find(", 0.08] }"), std::string::npos) << "to the scenario's own end, and not to the last draw";
    EXPECT_EQ(run("check over.toml").code, 0);
}

TEST_F(Discover, SaysWhatIsWrong)
{
    write_tables(path("x.csv"), path("y.csv"), 200);
    write_file(path("short.csv"), "sank\n1\n0\n");
    write_file(
        path("odd.csv"), "sank\n" + [] {
            std::string s;
            for (int i = 0; i < 200; ++i) s += "3\n";
            return s;
        }());
    write_file(
        path("never.csv"), "sank\n" + [] {
            std::string s;
            for (int i = 0; i < 200; ++i) s += "0\n";
            return s;
        }());
    write_file(path("few_x.csv"), "a\n1\n2\n3\n"), write_file(path("few_y.csv"), "b\n1\n0\n1\n");
    make("a.h5", "--drivers none --readings 0 --priors none");
    for (const char* wrong :
         {"discover --table x.csv", "discover --table x.csv --output short.csv", "discover --table x.csv --output odd.csv", "discover --table few_x.csv --output few_y.csv",
          "discover a.h5", "discover a.h5 --of 'mean trust at 2027Q1'", "discover a.h5 --of 'rupture by 2060Q1'", "discover a.h5 --of 'no such thing by 2026Q1'",
          "discover a.h5 --of 'rupture by 2026Q1' --policy x", "discover --table x.csv --output y.csv --peel 2", "discover --table x.csv --output y.csv --density 0.5 --coverage 0.5",
          "discover --table x.csv --output y.csv --scenario z.toml", "discover --table x.csv --output y.csv --resamples 3"}) {
        const Ran ran = run(wrong);
        EXPECT_EQ(ran.code, 2) << wrong << "\n" << ran.err;
        EXPECT_FALSE(ran.err.empty()) << wrong;
        EXPECT_TRUE(ran.out.empty()) << wrong;
    }
    const Ran never = run("discover --table x.csv --output never.csv"), always = run("discover --table x.csv --output odd.csv --of '> 1'"),
              dense = run("discover --table x.csv --output y.csv --density 1");
    EXPECT_EQ(never.code, 0) << never.err;
    EXPECT_NE(never.out.find("None of 200 rows has it"), std::string::npos) << never.out;
    EXPECT_NE(always.out.find("All of 200 rows have it"), std::string::npos) << always.out;
    EXPECT_EQ(dense.code, 0) << dense.err;
    EXPECT_EQ(run("discover a.h5 --of 'rupture by 2025Q1' --scenario none.toml").code, 1) << "no box, and so none to save";
}

} // namespace
} // namespace entente
