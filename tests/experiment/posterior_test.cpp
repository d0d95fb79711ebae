// Experiments whose runs take their parameters from a posterior: what their files hold is enough to make them again, wherever the posterior's own file is.
#include "experiment/again.hpp"
#include "experiment/again_sweep.hpp"
#include "experiment/box_files.hpp"
#include "experiment/consolidate.hpp"
#include "experiment/identity.hpp"
#include "experiment/merge.hpp"
#include "experiment/provenance.hpp"
#include "experiment/two_results.hpp"
#include "small_posterior.hpp"
#include "small.hpp"
#include <filesystem>
#include <fstream>

namespace entente {
namespace {

struct OfAPosterior : ExperimentTest {
    JointDraws held{.names = {"psi_C", "kappa"}, .values = {0.25, 0.3, 0.31, 0.16, 0.36, 0.2, 0.29, 0.4}};
    Overlay with(const std::string& toml = "")
    {
        std::ofstream(path("p.h5")) << "held elsewhere";
        return {.toml = toml, .joint = [this](const std::string&) { return held; }};
    }
    Scenario drawn(std::uint32_t runs)
    {
        Overlay overlay = with("horizon = \"2026Q4\"\nagents = { firms = 8, banks = 4, elites = 8 }\nparameters.from = \"" + path("p.h5") + "\"\n");
        Scenario s = read_scenario(SOURCE_DIR "/scenarios/baseline.toml", overlay);
        s.runs = runs;
        return s;
    }
    Experiment run_with(const BesideAsked& asked, std::uint32_t runs = 300) { return plain_experiment(drawn(runs), one_thread(), {}, "", asked); }
    Experiment sweep_with()
    {
        std::string text = small_sweep;
        text.replace(text.find("parameters.deal_2025 = -1"), 25, "parameters = { deal_2025 = -1, from = \"" + path("p.h5") + "\" }");
        text.replace(text.find("sets = \"structures.dep\""), 23, "sets = \"parameters.kappa\"\nrange = [0.2, 0.4]");
        return sweep_experiment(parse_sweep(text, path("s.toml"), with()), one_thread(), 40);
    }
    void forget() const { std::filesystem::remove(path("p.h5")); }
};
constexpr BesideAsked few{.dial_futures = 8, .readings = 12, .prior_futures = 20};

TEST_F(OfAPosterior, ARunIsMadeAgainFromItsFileAlone)
{
    const Experiment e = run_with(few);
    const Done done = carry_out(e, {.out = path("r.h5")});
    forget();
    const StoredResult stored = read_result(done.path);
    EXPECT_EQ(stored.beside.sizes(), (BesideSizes{8, 12, 20}));
    EXPECT_EQ(stored.beside, done.run->beside);
    EXPECT_EQ(carry_out_unkept(e).run->beside, done.run->beside);
    const Repeated again = repeat(stored, done.path, one_thread());
    EXPECT_FALSE(again.departure);
    EXPECT_EQ(again.made, 300u);
    EXPECT_TRUE(again.not_compared.empty());
    const StoredRuns runs = read_runs(done.path, 0, 300);
    const std::size_t kappa = Description::find(describe().parameters, "kappa"), psi = Description::find(describe().parameters, "psi_C");
    for (std::size_t run = 0; run < 300; ++run) {
        bool together = false;
        for (std::size_t draw = 0; draw < 4; ++draw)
            together = together
                       || (runs.parameters[psi * 300 + run] == static_cast<float>(held.values[2 * draw])
                           && runs.parameters[kappa * 300 + run] == static_cast<float>(held.values[2 * draw + 1]));
        EXPECT_TRUE(together) << run;
    }
    StoredResult other = stored;
    other.provenance.scenario_resolved.replace(other.provenance.scenario_resolved.find("kappa = \"0.3 ") + 9, 3, "0.4");
    EXPECT_TRUE(repeat(other, done.path, one_thread()).departure) << "another posterior is seen";
}

TEST_F(OfAPosterior, ShardsAndResumptionGiveTheWhole)
{
    const Experiment e = run_with(few);
    const std::string whole = carry_out(e, {.out = path("whole.h5")}).path;
    std::vector<std::string> folders;
    for (const std::uint32_t number : {1u, 2u}) folders.push_back(carry_out(e, {.out = path("x.h5"), .shard = number, .shards = 2}).path);
    Stopper stopper{.pieces = 5};
    Listener listener = stopper.listener();
    EXPECT_FALSE(carry_out(e, {.out = path("r.h5")}, listener, &stopper.flag).complete);
    forget();
    const Done merged = *merge(open_parts(folders), path("merged.h5"));
    EXPECT_EQ(merged.run->beside.sizes(), (BesideSizes{8, 12, 20}));
    expect_same_data(merged.path, whole);
    expect_same_data(carry_out(e, {.out = path("r.h5"), .resume = true}).path, whole);
}

TEST_F(OfAPosterior, IsOnlyTakenFromAFileThatHasTheSame)
{
    carry_out(run_with(few), {.out = path("r.h5")});
    EXPECT_TRUE(carry_out(run_with(few), {.out = path("r.h5")}).found);
    const auto beside = refused<refusal::OtherResult>([&] { carry_out(run_with({.dial_futures = 8, .readings = 12, .prior_futures = 21}), {.out = path("r.h5")}); });
    EXPECT_EQ(beside.in, refusal::OtherResult::In::beside);
    EXPECT_EQ(beside.there, "8 futures of each dial and 12 readings, and 20 pairs with priors");
    held.values[0] = 0.26;
    EXPECT_EQ(refused<refusal::OtherResult>([&] { carry_out(run_with(few), {.out = path("r.h5")}); }).in, refusal::OtherResult::In::scenario) << "another posterior";
}

TEST_F(OfAPosterior, ASweepIsPutTogetherFromItsFileAlone)
{
    const Experiment e = sweep_with();
    ASSERT_EQ(e.plan.policies[0].joint.draws.names.size(), 2u);
    const Done done = carry_out(e, {.out = path("s.h5")});
    forget();
    const StoredSweep stored = read_sweep_result(done.path);
    const Experiment again = experiment_of(stored, done.path);
    EXPECT_EQ(difference(identity_of(e), identity_of(again)), "");
    const RepeatedSweep repeated = repeat_sweep(stored, done.path, one_thread());
    EXPECT_FALSE(repeated.departure);
    EXPECT_EQ(repeated.made, repeated.runs);
    EXPECT_TRUE(carry_out(e, {.out = path("s.h5")}).found);
}

TEST_F(OfAPosterior, AFactorOfASweepIsDrawnByItselfInABox)
{
    std::string text = small_sweep.substr(0, small_sweep.find("[[factor]]")) + "[[factor]]\nsets = \"parameters.kappa\"\nrange = [0.2, 0.4]\n"
                       + small_sweep.substr(small_sweep.find("[design]"));
    text.replace(text.find("parameters.deal_2025 = -1"), 25, "parameters.from = \"" + path("p.h5") + "\"");
    const Done done = carry_out(sweep_experiment(parse_sweep(text, path("s.toml"), with()), one_thread(), 40), {.out = path("s.h5")});
    const StoredSweep stored = read_sweep_result(done.path);
    ASSERT_EQ(stored.head.policies.size(), 1u);
    const Searched searched{.cases = {.columns = {{.name = "kappa", .kind = Factor::Kind::number, .choices = {}, .value = {}, .sets = "parameters.kappa"}}, .hits = {}, .runs = {}},
                            .file = {},
                            .title = {},
                            .of = {},
                            .policy = stored.head.policies[0]};
    const auto in_box = [&](double low) { return parse_scenario(scenario_in_box(done.path, stored, searched, {{low, 0.4}}, {{0.2, 0.4}}, {"box", "nothing"}), "box.toml"); };
    const std::size_t kappa = Description::find(describe().parameters, "kappa");
    for (const double low : {0.2, 0.3}) {
        const Scenario s = in_box(low);
        EXPECT_EQ(s.joint.draws.names, std::vector<std::string>{"psi_C"}) << low;
        EXPECT_EQ(s.parameters[kappa].distribution, (Distribution{.shape = Shape::uniform, .a = low, .b = 0.4}));
    }
}

TEST_F(OfAPosterior, DifferencesToPriorsAreToldByName)
{
    const Done a = carry_out(run_with({.dial_futures = 0, .readings = 0, .prior_futures = 0}), {.out = path("a.h5")});
    const Done b = carry_out(small_run(300), {.out = path("b.h5")});
    const Difference d = difference_of(a.path, b.path);
    std::vector<std::string> settings;
    for (const Disagreement& one : d.design) settings.push_back(one.setting);
    for (const char* setting : {"draw", "posterior.kappa", "posterior.psi_C"}) EXPECT_EQ(std::ranges::count(settings, setting), 1) << setting;
    EXPECT_EQ(std::ranges::count(settings, "parameters.kappa"), 0) << "its own distribution is the same";
}

} // namespace
} // namespace entente
