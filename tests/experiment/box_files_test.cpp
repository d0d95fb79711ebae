// A box in what a run drew, as a sweep over it: what is written is read again, and its factors are those of the box.
#include "experiment/box_files.hpp"
#include "small.hpp"
#include "write_file.hpp"

namespace entente {
namespace {

InputColumn column_of(const char* section, const char* name, std::vector<std::string> choices = {})
{
    return {.name = name, .kind = choices.empty() ? Factor::Kind::number : Factor::Kind::choice, .choices = std::move(choices), .value = {}, .sets = fmt::format("{}.{}", section, name)};
}

/// The factors of the sweep over a box, as its file says them.
std::vector<Factor> factors_over(const Scenario& s, std::vector<InputColumn> columns, const Box& box, const Box& start)
{
    const TemporaryFolder folder;
    const std::string path = folder / "over.toml";
    const Searched searched{.cases = {.columns = std::move(columns), .hits = {}, .runs = {}}, .file = {}, .title = {}, .of = {}, .policy = {}};
    const BoxSweep over = sweep_in_box({.provenance = {}, .scenario = s, .stored = {}, .failed = {}}, searched, box, start, "rupture by 2026Q1", {"a \"box\"", "nothing"}, path);
    EXPECT_EQ(over.scenario_name, "over_scenario.toml");
    write_file(path, over.sweep), write_file(folder / over.scenario_name, over.scenario);
    const Sweep read = read_sweep(path, {.joint = joint_draws});
    EXPECT_EQ(read.title, "a \"box\"");
    return read.factors;
}

TEST(BoxSweep, HasTheBoxForItsFactors)
{
    const Scenario drawn = shipped_scenario("baseline", "parameters.h_peace = { log_uniform = [0.002, 0.08] }"), prior = scenario("baseline");
    const std::size_t k_dn = Description::find(describe().parameters, "k_dn");
    ASSERT_NE(std::ranges::find(drawn.joint.parameters, k_dn), drawn.joint.parameters.end()) << "the posterior has it";
    ASSERT_EQ(describe().parameters[k_dn].low, 0.04);
    const std::vector<InputColumn> columns{column_of("parameters", "k_dn"), column_of("parameters", "h_peace"), column_of("structures", "dep", {"limits", "pawn"}),
                                           column_of("parameters", "v_via")};
    const Box start{{0.03, 0.3}, {0.0021, 0.0799}, {0, 1, {true, true}}, {0.2, 0.9}}, box{{0.03, 0.09}, {0.02, 0.0799}, {0, 1, {false, true}}, {0.2, 0.9}};
    const std::vector<Factor> from_posterior = factors_over(drawn, columns, box, start);
    ASSERT_EQ(from_posterior.size(), 3u) << "nothing bounds v_via";
    EXPECT_EQ(from_posterior[0].low, 0.04) << "draws below the range are none that a sweep may set";
    EXPECT_EQ(from_posterior[0].high, 0.09);
    EXPECT_EQ(from_posterior[1].distribution, (Distribution{.shape = Shape::log_uniform, .a = 0.02, .b = 0.08}))
        << "no limit was found there: to the end, and not to the last draw";
    EXPECT_EQ(from_posterior[2].choices, std::vector<std::string>{"pawn"});

    const std::vector<Factor> from_prior = factors_over(prior, {columns[0], columns[3]}, {{0.03, 0.09}, {0.2, 0.5}}, {start[0], start[3]});
    ASSERT_EQ(from_prior.size(), 2u);
    EXPECT_EQ(from_prior[0].distribution.shape, Shape::log_normal);
    EXPECT_EQ(from_prior[0].distribution.low, 0.04);
    EXPECT_EQ(from_prior[0].distribution.high, 0.09);
    EXPECT_EQ(from_prior[1].distribution.low, 0.3) << "its prior reaches to .05, and a sweep to .3";
    EXPECT_EQ(from_prior[1].distribution.high, 0.5);
}

TEST(BoxSweep, IsNoneWhereASweepMaySetNothing)
{
    const auto over = [](const Scenario& s, const char* parameter, const Limits& box) { return factors_over(s, {column_of("parameters", parameter)}, {box}, {{0, 1e3}}); };
    EXPECT_THROW(over(shipped_scenario("baseline"), "k_dn", {0, 0.03}), std::invalid_argument);
    EXPECT_THROW(over(scenario("baseline", "drivers.taiwan_window = 1"), "h_TW", {0, 0.01}), std::invalid_argument);
}

} // namespace
} // namespace entente
