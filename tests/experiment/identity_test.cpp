// What tells experiments apart.
#include "experiment/identity.hpp"
#include "experiment/factors.hpp"
#include "experiment/provenance.hpp"
#include "small.hpp"

namespace entente {
namespace {

using Identities = ExperimentTest;

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}
std::string of_sweep(const std::string& text, const EnsembleOptions& options = {})
{
    return difference(identity_of(small_sweep_of(20)), identity_of(sweep_experiment(parse_sweep(text, "small.toml"), options, 20)));
}

TEST_F(Identities, OfRunsDifferByAllThatChangesTheirNumbers)
{
    const auto to = [](const Experiment& e) { return difference(identity_of(small_run(300)), identity_of(e)); };
    EXPECT_EQ(to(small_run(300)), "");
    EXPECT_EQ(to(small_run(301)), "scenario: 'runs = 300' there, 'runs = 301' here");
    EXPECT_EQ(to(small_run(300, 2)), "scenario: 'seed = 1' there, 'seed = 2' here");
    EnsembleOptions other;
    other.precision = "single";
    EXPECT_EQ(to(small_run(300, 1, other)), "precision: 'double' there, 'single' here");
    other = {}, other.keep = Keep::none;
    EXPECT_EQ(to(small_run(300, 1, other)), "keep: 'outcomes' there, 'none' here");
    other = {}, other.run_limit_s = 5;
    EXPECT_EQ(to(small_run(300, 1, other)), "run limit: '0 s' there, '5 s' here");
    other = {}, other.threads = 3, other.isa = "scalar";
    EXPECT_EQ(to(small_run(300, 1, other)), "") << "neither changes a bit";
    EXPECT_NE(to(plain_experiment(small_scenario(300), {}, {{parse_quantity("succession by 2026Q4"), 0.1}})).find("succession by 2026Q4"), std::string::npos);
}

TEST_F(Identities, OfSweepsDifferByPointsPoliciesAndOutcomes)
{
    EXPECT_EQ(of_sweep(small_sweep), "");
    EXPECT_EQ(of_sweep(replaced(small_sweep, "title = \"Small\"", "title = \"Other\"")), "") << "a title changes no number";
    EXPECT_EQ(of_sweep(replaced(small_sweep, "p_deal = 0.0", "p_deal = 0.01")).substr(0, 16), "policy no deals:");
    EXPECT_EQ(of_sweep(replaced(small_sweep, "\"median trust at 2026Q4\"", "\"median trust at 2026Q3\"")),
              "outcomes: 'median trust at 2026Q4' there, 'median trust at 2026Q3' here");
    EXPECT_EQ(of_sweep(replaced(small_sweep, "range = [0, 1]", "range = [0, 0.9]")).substr(0, 7), "points:");
    EXPECT_NE(of_sweep(small_sweep + "\n[stop]\noutcome = \"mean alignment_index at 2026\"\nhalf_width = 0.01\n"), "");
}

TEST_F(Identities, AreKnownFromPartsAlone)
{
    const Experiment run = plain_experiment(small_scenario(2000), {}, {{parse_quantity("succession by 2026Q4"), 0.004}}), sweep = small_sweep_of(100);
    for (const Experiment* e : {&run, &sweep}) {
        const Parts parts(path("x.parts"), identity_of(*e), about_of(*e), shard_of(piece_count(e->plan), 1, 1), Begin::anew);
        const Experiment again = experiment_of(parts);
        EXPECT_EQ(difference(identity_of(*e), identity_of(again)), "");
        EXPECT_EQ(again.sweep.has_value(), e->sweep.has_value());
        EXPECT_EQ(again.design.value, e->design.value);
        EXPECT_EQ(again.design.base, e->design.base);
        EXPECT_EQ(again.design.moved, e->design.moved);
        EXPECT_EQ(again.stops.size(), e->stops.size());
        EXPECT_EQ(again.provenance.scenario_resolved, e->provenance.scenario_resolved);
    }
}

TEST_F(Identities, AreKnownFromASweepsResultAlone)
{
    const Experiment e = small_sweep_of(20);
    const Done done = carry_out(e, {.out = path("s.h5")});
    const StoredSweep stored = read_sweep_result(done.path);
    EXPECT_EQ(difference(identity_of(e), identity_of(experiment_of(stored, done.path))), "");
    const std::vector<Factor> factors = factors_of(stored.head);
    ASSERT_EQ(factors.size(), 3u);
    for (std::size_t f = 0; f < factors.size(); ++f)
        for (std::size_t p = 0; p < stored.head.points; ++p)
            EXPECT_EQ(value_text(factors[f], stored.head.values[p * 3 + f]), value_text(e.sweep->factors[f], e.design.value[p * 3 + f])) << f << " " << p;
}

// What a reader of the file alone is told of factors and outcomes.
TEST_F(Identities, ASweepsResultExplainsItsFactorsAndOutcomes)
{
    const SweepHead head = read_sweep_result(carry_out(small_sweep_of(1), {.out = path("s.h5")}).path).head;
    const auto meaning = [](const std::vector<Row>& rows, const char* name) { return std::string(rows.at(Description::find(rows, name)).meaning); };
    const Description& d = describe();
    EXPECT_EQ(head.factors, (std::vector<FactorText>{
                                {"carrot", "number", "", "levers.western_carrot", "index", meaning(d.levers, "western_carrot"), "uniform(0, 1)", 0, 1},
                                {"dep", "choice", "limits|pawn", "structures.dep", "choice", meaning(d.structures, "dep"), "limits, pawn", 0, 1},
                                {"death", "choice", "2025Q2|2026Q1|never", "events.death", "choice", meaning(d.forced, "death"), "2025Q2, 2026Q1, never", 0, 2},
                            }));
    EXPECT_EQ(head.outcome_units, (std::vector<std::string>{"1", "1", "1"}));
    EXPECT_EQ(head.outcome_meanings, (std::vector<std::string>{meaning(d.variables, "alignment_index") + ": at 2026Q1", "1 if the run has seen it by 2026Q4: the Russian leader goes",
                                                               meaning(d.variables, "trust") + ": at 2026Q4; asked for: the 50% quantile over runs"}));
}

TEST_F(Identities, FactorsOfAListKeepTheirDigits)
{
    SweepHead head;
    Factor listed{.name = "x", .levels = {0.1, 0.123456789012}}, drawn{.name = "y"}, date{.name = "z", .kind = Factor::Kind::date};
    Placement parameter{.sets = "parameters.friction_base"}, lever{.sets = "levers.western_carrot"}, event{.sets = "events.peace"};
    head.factors = factor_texts({listed, drawn, date}, {{parameter}, {lever}, {event}});
    head.values = {0.123456789012, 0.1f, 44};
    const std::vector<Factor> factors = factors_of(head);
    EXPECT_EQ(value_text(factors[0], head.values[0]), "0.123456789012");
    EXPECT_EQ(value_text(factors[1], head.values[1]), "0.1");
    EXPECT_EQ(value_text(factors[2], head.values[2]), "2025Q1");
    head.factors[2].kind = "colour";
    EXPECT_THROW(factors_of(head), std::runtime_error);
}

TEST(Provenance, ResolvedScenariosAreComparedWithoutTheirOrigins)
{
    EXPECT_EQ(without_origins("title = \"x\"\nassumes = \"y\"\nseed = 1 # default\n\n# a line\nruns = 3\n"), "seed = 1\nruns = 3\n");
    EXPECT_EQ(policies_in("# policy: a\nseed = 1\n# policy: b\nseed = 2\n"), (std::vector<std::string>{"seed = 1\n", "seed = 2\n\n"}));
    EXPECT_EQ(keep_of("trajectories"), Keep::trajectories);
    EXPECT_THROW(keep_of("all"), std::invalid_argument);
}

TEST_F(Identities, OfSweepsDifferByWhatTheyStopOn)
{
    const std::string stop = "replicates = 150\n\n[stop]\noutcome = \"mean alignment_index at 2026\"\nhalf_width = 0.01\n";
    const Experiment value = changed_sweep("replicates = 150\n", stop, 20), difference_to_first = changed_sweep("replicates = 150\n", stop + "of = \"difference\"\n", 20);
    EXPECT_EQ(difference(identity_of(value), identity_of(difference_to_first)),
              "stop: 'mean alignment_index at 2026 within 0.01' there, 'mean alignment_index at 2026 within 0.01, difference' here");
}

TEST(Provenance, SaysInWhatAStoredRunIsAnother)
{
    using In = refusal::OtherResult::In;
    Provenance stored;
    stored.scenario_resolved = "seed = 1 # default\n", stored.engine_sources = "abc", stored.precision = "double", stored.keep = "outcomes";
    EXPECT_FALSE(difference_to(stored, stored));
    const auto other = [&](auto change) {
        Provenance asked = stored;
        change(asked);
        return difference_to(stored, asked).value().in;
    };
    EXPECT_EQ(other([](Provenance& p) { p.scenario_resolved = "seed = 2\n"; }), In::scenario);
    EXPECT_EQ(other([](Provenance& p) { p.engine_sources = "abd"; }), In::engine);
    EXPECT_EQ(other([](Provenance& p) { p.precision = "single"; }), In::precision);
    EXPECT_EQ(other([](Provenance& p) { p.keep = "none"; }), In::keep);
}

} // namespace
} // namespace entente
