// Parameters that a scenario draws together: where the draws come from, and what stands above what.
#include "core/temporary_folder.hpp"
#include "scenario/scenario.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

namespace entente {
namespace {

const std::string head = "title = \"t\"\nassumes = \"a\"\n";
const JointDraws three{.names = {"psi_C", "kappa"}, .values = {0.25, 0.3, 0.3, 0.16, 0.35, 0.2}};

struct Joint : testing::Test {
    TemporaryFolder folder;
    JointDraws held = three;
    std::string opened; ///< the last file that was asked for
    std::string write(const std::string& name, const std::string& text) const { return std::ofstream(folder / name) << text, folder / name; }
    Overlay with(const std::string& toml = "")
    {
        return {.toml = toml, .joint = [this](const std::string& path) { return opened = path, held; }};
    }
    Scenario parsed(const std::string& text, const std::string& toml = "")
    {
        write("p.h5", "");
        return parse_scenario(head + text, folder / "s.toml", with(toml));
    }
    std::string fault(const std::string& text, const std::string& toml = "")
    {
        try {
            parsed(text, toml);
        } catch (const ScenarioErrors& e) {
            const std::string all = e.what(), where = folder / "";
            std::string bare;
            for (std::size_t at = 0; at < all.size();)
                if (all.compare(at, where.size(), where) == 0) at += where.size();
                else bare += all[at++];
            return bare;
        }
        return "";
    }
};
const std::string from = "[parameters]\nfrom = \"p.h5\"\n";

std::size_t row(std::string_view name) { return Description::find(describe().parameters, name); }
std::vector<std::string> jointly(const Scenario& s) { return s.joint.draws.names; }
std::vector<double> draws_of(const Scenario& s, std::string_view name)
{
    std::vector<double> all;
    const auto column = static_cast<std::size_t>(std::ranges::find(s.joint.draws.names, name) - s.joint.draws.names.begin());
    for (std::size_t i = column; i < s.joint.draws.values.size(); i += s.joint.draws.names.size()) all.push_back(s.joint.draws.values[i]);
    return all;
}

} // namespace

TEST_F(Joint, IsReadFromTheFileThatIsNamed)
{
    const Scenario s = parsed(from);
    EXPECT_EQ(opened, folder / "p.h5");
    ASSERT_EQ(s.joint.parameters.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(s.joint.parameters[i], row(s.joint.draws.names[i]));
    EXPECT_LT(s.joint.parameters[0], s.joint.parameters[1]) << "in the model's order, whatever the file's";
    EXPECT_EQ(draws_of(s, "psi_C"), (std::vector<double>{0.25, 0.3f, 0.35f})) << "in single precision";
    EXPECT_EQ(draws_of(s, "kappa"), (std::vector<double>{0.3f, 0.16f, 0.2f}));
    EXPECT_TRUE(s.draw_priors) << "all others are drawn from their priors";
    EXPECT_TRUE(is_drawn(s, row("kappa")));
    EXPECT_EQ(drawn_quantile(s, row("kappa"), 0.5), 0.2f);
    EXPECT_EQ(drawn_text(s, row("kappa")), "posterior(0.2, 0.16 to 0.3)");
    EXPECT_TRUE(with_priors(s).joint.parameters.empty());
}

TEST_F(Joint, GivesWayToWhatAFileSets)
{
    const Scenario s = parsed(from + "kappa = 0.4\n");
    EXPECT_EQ(jointly(s), std::vector<std::string>{"psi_C"});
    EXPECT_EQ(s.joint.set_aside, std::vector<std::string>{"kappa"});
    EXPECT_EQ(drawn_quantile(s, row("kappa"), 0.5), 0.4);
    EXPECT_FALSE(is_drawn(s, row("kappa")));
    EXPECT_EQ(jointly(parsed(from, "parameters.kappa = 0.4")), std::vector<std::string>{"psi_C"});
    write("above.toml", head + "[parameters]\nkappa = 0.4\n");
    EXPECT_EQ(jointly(parsed("extends = \"above.toml\"\n" + from)), std::vector<std::string>{"psi_C"}) << "a file further away sets it too";
    const std::vector<Problem> odd = oddities(s);
    ASSERT_EQ(odd.size(), 1u);
    EXPECT_EQ(odd[0].where.line, 5u);
    EXPECT_EQ(odd[0].message, "kappa: stands as it is set here; the posterior, whose other parameters were found together with it, draws it elsewhere");
}

TEST_F(Joint, IsThatOfTheNearestFile)
{
    write("above.toml", head + "draw = \"priors\"\n[parameters]\nfrom = \"q.h5\"\n");
    write("q.h5", "");
    EXPECT_TRUE(jointly(parsed("extends = \"above.toml\"\n")).empty());
    EXPECT_EQ(opened, "") << "a file that is not drawn from is not opened";
    EXPECT_EQ(jointly(parsed("extends = \"above.toml\"\n" + from)).size(), 2u) << "who names a posterior draws from it";
    EXPECT_EQ(opened, folder / "p.h5");
    EXPECT_EQ(jointly(parsed("extends = \"above.toml\"\ndraw = \"posterior\"\n")).size(), 2u);
    EXPECT_EQ(opened, folder / "q.h5");
    EXPECT_TRUE(jointly(parsed("draw = \"priors\"\n" + from)).empty());
    const std::string p = folder / "p.h5";
    EXPECT_EQ(jointly(parsed("", fmt::format("parameters.from = \"{}\"", p))).size(), 2u);
}

TEST_F(Joint, IsNotDrawnFromIfPriorsOrDefaultsAre)
{
    const Scenario priors = parsed(from, "draw = \"priors\""), without = parsed("");
    EXPECT_TRUE(priors.joint.parameters.empty());
    EXPECT_TRUE(priors.draw_priors);
    for (std::size_t p = 0; p < priors.parameters.size(); ++p) EXPECT_EQ(priors.parameters[p].distribution, without.parameters[p].distribution);
    const Scenario defaults = parsed(from, "draw = \"defaults\"");
    EXPECT_TRUE(defaults.joint.parameters.empty());
    EXPECT_FALSE(defaults.draw_priors);
    Overlay held_still = with();
    held_still.parameters_default = true;
    EXPECT_TRUE(parse_scenario(head + from, folder / "s.toml", held_still).joint.parameters.empty());
}

TEST_F(Joint, TellsWhatIsWrongWithIt)
{
    EXPECT_EQ(fault("draw = \"posterior\"\n"), "s.toml:3:8: draw: \"posterior\" needs one: [parameters] from = \"FILE.h5\", what `entente calibrate` wrote");
    EXPECT_EQ(fault("[parameters]\nfrom = \"q.h5\"\n"), "s.toml:4:8: from: q.h5: there is no such file");
    EXPECT_EQ(fault("[parameters]\nfrom = 3\n"), "s.toml:4:8: from: a text, got 3");
    EXPECT_EQ(fault("draw = \"postreior\"\n" + from), "s.toml:3:8: draw: \"priors\", \"defaults\" or \"posterior\", got 'postreior'; did you mean 'posterior'?");
    held = {.names = {"kapa", "alignment_least"}, .values = {0.1, 0.2}};
    EXPECT_EQ(fault(from), "s.toml:4:8: from: p.h5: alignment_least: a weight or threshold of the outcome, which is not drawn\n"
                           "s.toml:4:8: from: p.h5: unknown parameter 'kapa'; did you mean 'kappa'?");
    held = {.names = {"kappa"}, .values = {}};
    EXPECT_EQ(fault(from), "s.toml:4:8: from: p.h5: holds no draws of parameters");
    held = {.names = {}, .values = {}};
    EXPECT_EQ(fault(from), "s.toml:4:8: from: p.h5: holds no draws of parameters");
    held = {.names = {"kappa", "kappa"}, .values = {0.2, 0.2}};
    EXPECT_EQ(fault(from), "s.toml:4:8: from: p.h5: kappa: is there twice");
    held = three, held.values[3] = 1e9;
    EXPECT_TRUE(fault(from).starts_with("s.toml:4:8: from: p.h5: kappa: a number from ")) << fault(from);
    EXPECT_TRUE(fault(from).ends_with(", got 1000000000 in draw 2")) << fault(from);
    held.values[3] = std::nan("");
    EXPECT_TRUE(fault(from).ends_with(", got nan in draw 2")) << fault(from);
    held = {.names = {"kappa"}, .values = std::vector<double>(most_joint_draws + 1, 0.2)};
    EXPECT_EQ(fault(from), "s.toml:4:8: from: p.h5: up to 100000 draws, got 100001; every other one, or fewer, says the same");
}

TEST_F(Joint, TellsWhatItsReaderSays)
{
    write("p.h5", "");
    Overlay overlay{.joint = [](const std::string& path) -> JointDraws { throw std::runtime_error(path + ": is damaged"); }};
    const auto fault_with = [&](const Overlay& reading) {
        try {
            parse_scenario(head + from, folder / "s.toml", reading);
        } catch (const ScenarioErrors& e) {
            return e.problems.at(0).message;
        }
        return std::string();
    };
    EXPECT_EQ(fault_with(overlay), fmt::format("from: {}: is damaged", folder / "p.h5"));
    EXPECT_EQ(fault_with({}), fmt::format("from: {}: who reads this scenario opens no files of draws", folder / "p.h5"));
}

TEST_F(Joint, IsWholeInTheResolvedText)
{
    const Scenario s = parsed(from + "psi_I = 1.5\n");
    const std::string text = resolved_toml(s);
    const Scenario again = parse_resolved(text, "r.toml"); // has no reader: it opens nothing
    EXPECT_EQ(again.joint.draws, s.joint.draws);
    EXPECT_EQ(again.joint.parameters, s.joint.parameters);
    EXPECT_EQ(jointly(again).size(), 2u);
    for (std::size_t p = 0; p < s.parameters.size(); ++p) EXPECT_EQ(again.parameters[p].distribution, s.parameters[p].distribution) << "what it is by itself";
    EXPECT_TRUE(oddities(again).empty());
    const std::string twice = resolved_toml(again);
    const auto draws_in = [](const std::string& all) { return all.substr(all.find("kappa = \"")); };
    EXPECT_EQ(draws_in(twice), draws_in(text));
    EXPECT_NE(text.find("from p.h5\n"), std::string::npos) << text.substr(text.find("[posterior]"));
    write("r.toml", text);
    EXPECT_EQ(jointly(parse_scenario(head + "extends = \"r.toml\"\n[parameters]\nkappa = 0.4\n", folder / "t.toml")), std::vector<std::string>{"psi_C"});
    EXPECT_TRUE(jointly(parse_scenario(head + "extends = \"r.toml\"\ndraw = \"priors\"\n", folder / "t.toml")).empty());
}

// A number of single precision, written with the fewest digits, is the same when it is read.
TEST_F(Joint, ComesBackToTheBit)
{
    held = {.names = {"kappa", "psi_C", "eta_S"}, .values = {}};
    std::uint32_t state = 1;
    for (std::size_t i = 0; i < 3 * 5000; ++i) {
        state = state * 1664525u + 1013904223u;
        const Row& r = describe().parameters[row(held.names[i % 3])];
        held.values.push_back(r.low + (r.high - r.low) * (state / 4294967296.0));
    }
    const Scenario s = parsed(from);
    EXPECT_EQ(parse_resolved(resolved_toml(s), "r.toml").joint.draws, s.joint.draws);
}

TEST_F(Joint, OfATextTellsWhatIsWrongWithIt)
{
    const auto of = [&](const std::string& lines) { return fault("[posterior]\n" + lines); };
    EXPECT_EQ(of("kappa = \"0.1 0.2\"\npsi_C = \"0.3\"\n"), "s.toml:5:9: posterior: psi_C: as many draws as kappa has, 2, got 1");
    EXPECT_EQ(of("kappa = [0.1]\n"), "s.toml:4:9: posterior: kappa: a text of numbers with blanks between, one for each draw, got an array of 1");
    EXPECT_EQ(of("kappa = \"0.1  0.2\"\n"), "s.toml:4:9: posterior: kappa: numbers with a blank between, got '' as the draw 2");
    EXPECT_EQ(of("kappa = \"0.1 nan\"\n"), "s.toml:4:9: posterior: kappa: numbers with a blank between, got 'nan' as the draw 2");
    EXPECT_EQ(of("kapa = \"0.1\"\n"), "s.toml:4:8: posterior: unknown parameter 'kapa'; did you mean 'kappa'?");
    EXPECT_EQ(of("kappa = \"0.1\"\n" + from), "s.toml:6:1: from: draws stand under [posterior] already, see s.toml:4:1; one of the two");
}

TEST_F(Joint, LosesTheColumnThatIsHeld)
{
    Scenario s = parsed(from);
    hold_parameter(s, row("kappa"), 0.4);
    EXPECT_EQ(jointly(s), std::vector<std::string>{"psi_C"});
    EXPECT_EQ(draws_of(s, "psi_C"), (std::vector<double>{0.25, 0.3f, 0.35f}));
    hold_parameter(s, row("psi_C"), 0.4);
    EXPECT_TRUE(s.joint.parameters.empty());
    EXPECT_EQ(s.joint.draws.draws(), 0u);
}

} // namespace entente
