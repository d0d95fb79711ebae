// Runs that were made, as rows: what the file keeps is what simulating them again gives, and strangers' tables are checked before they are believed.
#include "experiment/made_runs.hpp"
#include "analysis/sample.hpp"
#include "small.hpp"
#include <algorithm>
#include <cmath>

namespace entente {
namespace {

using MadeRuns = ExperimentTest;

TEST_F(MadeRuns, WhatIsKeptIsWhatSimulatingAgainGives)
{
    const std::string file = carry_out(small_run(300), {.out = path("r.h5")}).path;
    const ReplaySource source = replay_source(file);
    const std::vector<Quantity> kept = {parse_quantity("share_transactional at 2026Q4"), parse_quantity("succession by 2026Q4"), parse_quantity("mean trust at 2026Q4"),
                                        parse_quantity("mean trade_share_west - 0.5 * trade_share_china at 2026Q4")};
    ASSERT_TRUE(are_kept(source, kept));
    const auto read = *values_of(file, source, kept, {});
    const auto again = sample(source.scenario, kept, {});
    ASSERT_EQ(read.size(), again.size());
    for (std::size_t q = 0; q < kept.size(); ++q) EXPECT_EQ(read[q], again[q]) << kept[q].text;
    EXPECT_NE(read[2], std::vector<double>(300, read[2][0])) << "it differs between runs";

    const std::vector<Quantity> others = {parse_quantity("mean trust at 2025Q4"), parse_quantity("mean budget at 2026Q4")}; // another date, another variable
    for (const Quantity& q : others) EXPECT_FALSE(are_kept(source, {q})) << q.text;
    EXPECT_EQ(*values_of(file, source, others, {}), sample(source.scenario, others, {}));
    EXPECT_THROW(values_of(file, source, {parse_quantity("mean trust at 2030Q1")}, {}), std::invalid_argument);
}

TEST_F(MadeRuns, AreGivenWhatWasDrawnForThem)
{
    Scenario s = scenario("baseline", "horizon = \"2026Q4\"\nagents = { firms = 8, banks = 4, elites = 8 }\n[structures]\ndep = { limits = 0.5, pawn = 0.5 }\n");
    s.runs = 300;
    const std::string file = carry_out(plain_experiment(s, {}, {}, "", {.dial_futures = 0, .readings = 0}), {.out = path("r.h5")}).path;
    const std::vector<InputColumn> columns = drawn_columns(file, replay_source(file));
    ASSERT_GT(columns.size(), 100u);
    const InputColumn& dep = columns.back();
    EXPECT_EQ(dep.name, "dep");
    EXPECT_EQ(dep.sets, "structures.dep");
    EXPECT_EQ(dep.kind, Factor::Kind::choice);
    EXPECT_EQ(dep.choices, (std::vector<std::string>{"limits", "pawn"}));
    const Job job = block_job(s, s.point(), 0, 256, {});
    const std::size_t structure = Description::find(describe().structures, "dep"), zeta = Description::find(describe().parameters, "zeta");
    const auto column = std::ranges::find(columns, "zeta", &InputColumn::name);
    ASSERT_NE(column, columns.end());
    EXPECT_EQ(column->sets, "parameters.zeta");
    for (std::size_t run = 0; run < 256; ++run) {
        EXPECT_EQ(dep.value[run], job.structures[structure * 256 + run]);
        EXPECT_EQ(column->value[run], static_cast<float>(job.parameters[zeta * 256 + run]));
    }
    Experiment none = small_run(300, 1, {.keep = Keep::none});
    const std::string empty = carry_out(none, {.out = path("none.h5")}).path;
    EXPECT_THROW(drawn_columns(empty, replay_source(empty)), Refused);
}

TEST_F(MadeRuns, OfASweepStandByPoint)
{
    const std::string file = carry_out(small_sweep_of(3), {.out = path("s.h5")}).path;
    const StoredSweep stored = read_sweep_result(file);
    const SweptPoints swept = swept_points(file, stored, 1, 1);
    EXPECT_EQ(swept.outcome, "succession by 2026Q4");
    ASSERT_EQ(swept.inputs.size(), 3u);
    EXPECT_EQ(swept.inputs[0].name, "carrot");
    EXPECT_EQ(swept.inputs[1].choices.size(), 2u);
    EXPECT_EQ(swept.inputs[2].choices, (std::vector<std::string>{"2025Q2", "2026Q1", "never"}));
    EXPECT_EQ(swept.inputs[0].value.size(), stored.head.points);
    const std::vector<double> all = read_outcome(file, 1); // [policy][replicate][point]
    const std::size_t rows = std::size_t{3} * stored.head.points;
    EXPECT_EQ(swept.value, std::vector<double>(all.begin() + static_cast<std::ptrdiff_t>(rows), all.begin() + static_cast<std::ptrdiff_t>(2 * rows)));
    EXPECT_THROW(swept_points(file, stored, 3), std::out_of_range);
}

std::string fault_of(const std::string& inputs, const std::string& output)
{
    try {
        outside_runs(inputs, "x.csv", output, "y.csv");
    } catch (const ScenarioErrors& e) {
        return e.text;
    }
    return "";
}

TEST(OutsideRuns, AreReadByWhatTheirCellsHold)
{
    const OutsideRuns runs = outside_runs("point,a,n,when,dep,same\n0,0.5,1,2030Q1,pawn,7\n1,-1e3,2,2031Q4,limits,7\n2,2,3,2030Q2,pawn,7\n", "x.csv", "y\n1\nNA\nfalse\n", "y.csv");
    ASSERT_EQ(runs.inputs.size(), 4u);
    EXPECT_EQ(runs.inputs[0].kind, Factor::Kind::number);
    EXPECT_EQ(runs.inputs[1].kind, Factor::Kind::whole);
    EXPECT_EQ(runs.inputs[2].kind, Factor::Kind::date);
    EXPECT_EQ(runs.inputs[2].value, (std::vector<double>{64, 71, 65}));
    EXPECT_EQ(runs.inputs[3].choices, (std::vector<std::string>{"limits", "pawn"}));
    EXPECT_EQ(runs.inputs[3].value, (std::vector<double>{1, 0, 1}));
    EXPECT_EQ(runs.value[0], 1);
    EXPECT_TRUE(std::isnan(runs.value[1]));
    EXPECT_EQ(runs.value[2], 0);
    ASSERT_EQ(runs.notes.size(), 1u);
    EXPECT_EQ(runs.notes[0].message, "'same' is the same in all rows and is left out");
}

TEST(OutsideRuns, NameAllThatIsWrongWithThem)
{
    const std::string fault = fault_of("a,a,b\n1,2,3\n4,5,\n7,8,x\n9,1,2\n", "y\n1\n2\nmaybe\n");
    for (const char* said : {"x.csv:1:3: one column of a name, got 'a' again", "x.csv:3:5: b: a value, got an empty cell", "x.csv:4:5: b: a number as in most rows, got 'x'",
                             "y.csv:4:1: y: a number, true, false, or NA of a run that failed, got 'maybe'", "y.csv:1:1: as many rows as x.csv has, 4, got 3"})
        EXPECT_NE(fault.find(said), std::string::npos) << said << "\n" << fault;
    EXPECT_NE(fault_of("a;b\n1;2\n", "y\n1\n").find("separated by semicolons"), std::string::npos);
    EXPECT_NE(fault_of("", "y\n1\n2\n").find("got an empty file"), std::string::npos);
    EXPECT_NE(fault_of("a\n1\n2\n", "y,z\n1,2\n3,4\n").find("one column, the outcome, got 2"), std::string::npos);
    EXPECT_NE(fault_of("a\n1\n1\n", "y\n1\n2\n").find("a column that differs between rows"), std::string::npos);
    EXPECT_NE(fault_of("a\n1\ninf\n", "y\n1\n2\n"), "");
    EXPECT_NE(fault_of("a\n1\n2\n", "y\n1\ninf\n"), "");
}

} // namespace
} // namespace entente
