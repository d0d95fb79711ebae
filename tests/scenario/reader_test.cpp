// What a scenario file comes to.
#include "scenario/scenario.hpp"
#include "core/temporary_folder.hpp"
#include "write_file.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

const std::string head = "title = \"t\"\nassumes = \"C01\"\n";

Scenario parse(const std::string& body, const Overlay& overlay = {}) { return parse_scenario(head + body, "x.toml", overlay); }
const ParameterSetting& parameter_of(const Scenario& s, std::string_view name) { return s.parameters.at(Description::find(describe().parameters, name)); }
const StructureSetting& structure_of(const Scenario& s, std::string_view name) { return s.structures.at(Description::find(describe().structures, name)); }

TEST(Reader, TakesEveryDefault)
{
    const Scenario s = parse("");
    EXPECT_EQ(s.name, "x");
    EXPECT_EQ(s.title, "t");
    EXPECT_EQ(s.runs, 10000u);
    EXPECT_EQ(s.seed, 1u);
    EXPECT_EQ(s.start, 44);
    EXPECT_EQ(s.horizon, 143);
    EXPECT_EQ(s.counts, Counts{});
    EXPECT_TRUE(s.draw_priors);
    EXPECT_EQ(s.parameters.size(), describe().parameters.size());
    for (const StructureSetting& structure : s.structures) EXPECT_EQ(structure.weights[0], 1);
    for (const CourseSetting& course : s.courses) EXPECT_TRUE(course.history);
    EXPECT_EQ(s.files, std::vector<std::string>{"x.toml"});
    EXPECT_EQ(s.texts, std::vector<std::string>{head});
}

TEST(Reader, DrawsParametersFromTheirSpreads)
{
    const Scenario s = parse("");
    const Distribution& kappa = parameter_of(s, "kappa").distribution;
    EXPECT_EQ(kappa.shape, Shape::log_normal);
    EXPECT_EQ(kappa.a, 0.3);
    EXPECT_EQ(kappa.b, ensemble_sd);
    const Distribution& ell = parameter_of(s, "ell").distribution;
    EXPECT_EQ(ell.shape, Shape::normal);
    EXPECT_EQ(ell.cut, Cut::limit);
    EXPECT_EQ(ell.low, 0.05);
    EXPECT_EQ(ell.high, 0.95);
    EXPECT_EQ(parameter_of(s, "u_base").distribution.cut, Cut::none);
    EXPECT_EQ(parameter_of(s, "mstar").distribution.shape, Shape::value);
    EXPECT_EQ(parameter_of(s, "trust_noise").distribution.shape, Shape::value);
    EXPECT_EQ(parameter_of(parse("draw = \"defaults\""), "kappa").distribution.shape, Shape::value);
}

TEST(Reader, ReadsDistributionsAndMixtures)
{
    const Scenario s = parse("[parameters]\nkappa = 0.4\neta_S = { uniform = [1.5, 2.5] }\npsi_C = { normal = [0.3, 0.1], truncated = [0.2, 0.6] }\n"
                             "conf = { beta = [2, 3], on = [0.2, 0.7] }\npsi_I = { table = [1, 2], weights = [0.25, 0.75] }\n"
                             "[structures]\ndep = \"pawn\"\ncovert = { grey = 0.25, restrained_until_2023 = 0.75 }\n");
    EXPECT_EQ(parameter_of(s, "kappa").distribution.a, 0.4);
    EXPECT_EQ(parameter_of(s, "kappa").origin.line, 4u);
    EXPECT_EQ(parameter_of(s, "kappa").origin.column, 9u);
    EXPECT_EQ(parameter_of(s, "eta_S").distribution.shape, Shape::uniform);
    EXPECT_EQ(parameter_of(s, "psi_C").distribution.cut, Cut::truncate);
    EXPECT_EQ(parameter_of(s, "conf").distribution.high, 0.7);
    EXPECT_EQ(parameter_of(s, "psi_I").distribution.weights, (std::vector{0.25, 0.75}));
    EXPECT_EQ(structure_of(s, "dep").weights, (std::vector{0.0, 1.0}));
    EXPECT_EQ(structure_of(s, "covert").weights, (std::vector{0.25, 0.0, 0.75}));
}

TEST(Reader, ExtendingFileHasTheLastWord)
{
    const TemporaryFolder folder;
    write_file(folder / "base.toml", head
                                         + "runs = 5\nmute = [\"dosing\"]\n[parameters]\nkappa = 0.2\neta_S = 2.0\n[levers]\nwestern_carrot = 0.5\n"
                                           "[[expect]]\nquantity = \"q\"\nsign = \"+\"\n");
    const std::string path = write_file(folder / "own.toml",
                                        "title = \"own\"\nassumes = \"me\"\nextends = \"base.toml\"\nmute = [\"taiwan\", \"dosing\"]\n[parameters]\nkappa = 0.25\n"
                                        "[levers]\nwestern_carrot = { step = 0.1, from = \"2030Q1\" }\n");
    const Scenario s = read_scenario(path);
    EXPECT_EQ(s.name, "own");
    EXPECT_EQ(s.title, "own");
    EXPECT_EQ(s.runs, 5u);
    ASSERT_EQ(s.files.size(), 2u);
    EXPECT_EQ(s.files[0], path);
    EXPECT_EQ(parameter_of(s, "kappa").distribution.a, 0.25);
    EXPECT_EQ(parameter_of(s, "kappa").origin.file, path);
    EXPECT_EQ(parameter_of(s, "eta_S").origin.file, s.files[1]);
    EXPECT_EQ(s.mutes.size(), 2u);
    EXPECT_TRUE(s.muted_mechanisms[describe().mechanism("taiwan")]);
    EXPECT_TRUE(s.muted_switches[Description::find(describe().switches, "dosing")]);
    EXPECT_TRUE(s.expectations.empty());
    const Course& carrot = s.courses.back().course;
    EXPECT_EQ(carrot.how[44], Imposition::none);
    EXPECT_EQ(carrot.value[64], 0.1);
}

TEST(Reader, UnsetMayBeSaid)
{
    EXPECT_EQ(parse("[levers]\nus_rivalry_centre = -1\n").courses.back().course.value[60], -1);
    const Scenario s = parse("", {.toml = "", .parameters_default = false, .options = {{"--seed", "seed", "12"}}});
    EXPECT_EQ(s.seed, 12u);
    EXPECT_EQ(s.origins.at("seed").file, "--seed");
}

TEST(Reader, OverlayIsLaidOnTop)
{
    const Overlay overlay{.toml = "runs = 7\nparameters.kappa = 0.4", .parameters_default = true};
    const Scenario s = parse("runs = 3\n[parameters]\nkappa = 0.2\neta_S = { uniform = [1.5, 2.5] }\n[[expect]]\nquantity = \"q\"\nsign = \"-\"\n", overlay);
    EXPECT_EQ(s.runs, 7u);
    EXPECT_EQ(parameter_of(s, "kappa").distribution.a, 0.4);
    EXPECT_EQ(parameter_of(s, "kappa").origin.file, "--set");
    EXPECT_EQ(parameter_of(s, "eta_S").distribution.shape, Shape::uniform);
    EXPECT_EQ(parameter_of(s, "psi_C").distribution.shape, Shape::value);
    ASSERT_EQ(s.expectations.size(), 1u);
    EXPECT_EQ(s.expectations[0].sign, -1);
}

TEST(Reader, NewScenarioPassesWithEveryLineTaken)
{
    EXPECT_NO_THROW(parse_scenario(new_scenario("a \"name\""), "n.toml"));
    const std::string text = new_scenario("n");
    std::string taken;
    for (std::size_t i = 0; i < text.size(); ++i) { // takes the "#" away where no space follows
        const bool opens = text[i] == '#' && (i == 0 || text[i - 1] == '\n') && i + 1 < text.size() && text[i + 1] != ' ';
        if (!opens) taken += text[i];
    }
    const std::size_t extends = taken.find("extends = ");
    taken.erase(extends, taken.find('\n', extends) - extends);
    const Scenario s = parse_scenario(taken, "n.toml");
    EXPECT_FALSE(s.expectations.empty());
    EXPECT_FALSE(s.mutes.empty());
}

} // namespace
} // namespace entente
