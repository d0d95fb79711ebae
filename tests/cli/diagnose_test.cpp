// diagnose, as its user meets it.
#include "program.hpp"
#include "store/made_posterior.hpp"
#include "write_file.hpp"
#include <nlohmann/json.hpp>

namespace entente {
namespace {

struct Diagnose : ProgramTest {
    static bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
};

TEST_F(Diagnose, SaysInWordsWhatAPosteriorIsWorth)
{
    write_posterior(path("right.h5"), made::posterior()), write_posterior(path("apart.h5"), made::posterior({.apart = 1.5}));
    write_posterior(path("unmet.h5"), made::posterior({.lean = 0.8, .out_of_reach = true}));
    const Ran right = run("diagnose right.h5"), apart = run("diagnose apart.h5"), unmet = run("diagnose unmet.h5"), all = run("diagnose right.h5 --all");
    EXPECT_EQ(right.code, 0) << right.err;
    EXPECT_TRUE(holds(right.out, "\nYes: the chains agree")) << right.out;
    EXPECT_TRUE(holds(right.out, "\nThe data informed: pull.\nThese parameters learned nothing: drift.\n")) << right.out;
    EXPECT_TRUE(holds(right.out, "\nreading: the data cannot tell\n")) << right.out;
    EXPECT_FALSE(holds(right.out, "Not met")) << right.out;
    EXPECT_EQ(apart.code, 1);
    EXPECT_TRUE(holds(apart.out, "\nNo: ") && holds(apart.out, "on: pull.\n")) << apart.out;
    EXPECT_EQ(unmet.code, 0) << "a target that is not met is no fault of the draws";
    EXPECT_TRUE(holds(unmet.out, "\nNot met by any assumptions that meet the others: arms.\n")) << unmet.out;
    EXPECT_TRUE(holds(unmet.out, "\nreading: the data prefer second\n")) << unmet.out;
    EXPECT_TRUE(holds(all.out, "  share 2015 ")) << all.out;
    for (const Ran& ran : {right, apart, unmet, all})
        for (const std::string& line : split(ran.out, '\n')) EXPECT_LE(line.size(), 80u) << line;
}

TEST_F(Diagnose, SaysTheSameAsJson)
{
    write_posterior(path("p.h5"), made::posterior({.out_of_reach = true}));
    const Ran ran = run("diagnose p.h5 --json");
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto json = nlohmann::json::parse(ran.out);
    EXPECT_EQ(json["scenario"], "toy");
    EXPECT_EQ(json["seed"], 18'000'000'000'000'000'000u);
    EXPECT_EQ(json["trusted"], true);
    EXPECT_EQ(json["parameters"][0]["learned"], true);
    EXPECT_EQ(json["parameters"][0]["scale"], "logarithm");
    EXPECT_EQ(json["parameters"][1]["learned"], false);
    EXPECT_EQ(json["structures"][0]["learned"], false);
    EXPECT_EQ(json["targets"][0]["observations"][1]["fitted"], false);
    EXPECT_EQ(json["targets"][1]["met"], false);
}

TEST_F(Diagnose, RefusesWhatIsNoPosterior)
{
    write_posterior(path("p.h5"), made::posterior());
    write_file(path("cut.h5"), read_file(path("p.h5")).substr(0, 5000)), write_file(path("text.h5"), "no HDF5");
    for (const char* file : {"cut.h5", "text.h5", "none.h5", "p.h5 p.h5", "'" SOURCE_DIR "/scenarios/baseline.toml'"}) {
        const Ran ran = run(std::string("diagnose ") + file);
        EXPECT_EQ(ran.code, 2) << file;
        EXPECT_TRUE(ran.out.empty() && ran.err.starts_with("entente diagnose: ")) << ran.err;
    }
    const Ran shown = run("show p.h5"), held = run("diff p.h5 p.h5");
    EXPECT_EQ(shown.code, 2);
    EXPECT_EQ(shown.err, "entente show: p.h5 is a posterior; `entente diagnose p.h5` says what it is worth\n");
    EXPECT_EQ(held.code, 2);
}

} // namespace
} // namespace entente
