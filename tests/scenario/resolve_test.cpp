// A resolved scenario is one file that reads back as the same scenario.
#include "scenario/scenario.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

void expect_same(const Scenario& x, const Scenario& y)
{
    EXPECT_EQ(x.title, y.title);
    EXPECT_EQ(x.assumes, y.assumes);
    EXPECT_EQ(x.draw_priors, y.draw_priors);
    EXPECT_EQ(x.start, y.start);
    EXPECT_EQ(x.horizon, y.horizon);
    EXPECT_EQ(x.seed, y.seed);
    EXPECT_EQ(x.runs, y.runs);
    EXPECT_EQ(x.counts, y.counts);
    EXPECT_EQ(x.muted_mechanisms, y.muted_mechanisms);
    EXPECT_EQ(x.muted_switches, y.muted_switches);
    ASSERT_EQ(x.mutes.size(), y.mutes.size());
    for (std::size_t i = 0; i < x.mutes.size(); ++i) EXPECT_EQ(x.mutes[i].name, y.mutes[i].name);
    ASSERT_EQ(x.parameters.size(), y.parameters.size());
    for (std::size_t i = 0; i < x.parameters.size(); ++i) {
        const Distribution &a = x.parameters[i].distribution, &b = y.parameters[i].distribution;
        EXPECT_TRUE(a.shape == b.shape && a.a == b.a && a.b == b.b && a.cut == b.cut && a.low == b.low && a.high == b.high && a.values == b.values && a.weights == b.weights)
            << describe().parameters[i].name;
    }
    for (std::size_t i = 0; i < x.structures.size(); ++i) EXPECT_EQ(x.structures[i].weights, y.structures[i].weights);
    ASSERT_EQ(x.courses.size(), y.courses.size());
    for (std::size_t i = 0; i < x.courses.size(); ++i) {
        const Course &a = x.courses[i].course, &b = y.courses[i].course;
        EXPECT_TRUE(a.target == b.target && a.index == b.index && a.how == b.how && a.value == b.value && a.waits == b.waits) << "course " << i;
    }
    ASSERT_EQ(x.expectations.size(), y.expectations.size());
    for (std::size_t i = 0; i < x.expectations.size(); ++i) {
        EXPECT_EQ(x.expectations[i].quantity, y.expectations[i].quantity);
        EXPECT_EQ(x.expectations[i].sign, y.expectations[i].sign);
    }
}

constexpr const char* full = R"toml(
title = "a \"title\" with \\ and # and a tab\t"
assumes = """
two
lines"""
runs = 17
seed = 9223372036854775807
start = "2019Q2"
horizon = "2041Q3"
draw = "priors"
mute = ["dosing", "taiwan"]
agents = { firms = 3, elites = 9 }
[parameters]
kappa = 0.30000000000000004
eta_S = { log_uniform = [1.3000000000000003, 2.7182818284590451] }
psi_C = { normal = [0.3, 0.1], truncated = [0.2, 0.6] }
u_base = -0.0
conf = { beta = [2, 3], on = [0.2, 0.7] }
psi_I = { table = [1, 1.1, 2] }
trust_noise = 1e-300
[structures]
covert = { grey = 0.1, restrained = 0.7, restrained_until_2023 = 0.2 }
[levers]
western_carrot = { ramp = [0.1, 0.7], from = "2020Q1", to = "2027Q3" }
enforcement_push = { ramp = [0.1, 0.7], from = "2040Q1", to = "2047Q3" }
sanctions_push = [{ pulse = 0.1, from = "2020Q1", to = "2021Q1" }, { pulse = 0.3, from = "2021Q2", to = "2021Q2" }, { ramp = [0.3, -0.1], from = "2022Q1", to = "2022Q2" }]
antidollar_axis = 0.25
india_pull = { step = 0.5, from = "2030Q1" }
[events]
peace = ["2026Q1", "2030Q1"]
mutiny = [{ at = ["2027Q1", "2028Q1"], size = 0.05 }, "2029Q1"]
[pins]
trust = [{ set_ramp = [0.1, 0.9], from = "2014Q2", to = "2016Q1" }, { set = 0.9, from = "2016Q2", to = "2017Q1" }, { hold = true, from = "2020Q1" }]
friction = [{ add = -0.1, from = "2026Q1", to = "2026Q4" }, { add = 0.2, from = "2027Q1", to = "2027Q4" }, { set_ramp = [0.5, 0.6], from = "2041Q1", to = "2042Q4" }]
[index]
weight_political = 0.30
weight_trust = 0.25
[[expect]]
quantity = "mean alignment_index at 2041Q1"
sign = "+"
[[expect]]
quantity = "share alliance"
sign = "report"
)toml";

TEST(Resolve, ReadsBackAsTheSame)
{
    for (const std::string& text : {std::string("title = \"t\"\nassumes = \"C01\"\n"), std::string(full)})
        for (const bool defaults : {false, true}) {
            const Scenario s = parse_scenario(text, "x.toml", {.toml = "", .parameters_default = defaults});
            const std::string resolved = resolved_toml(s);
            const Scenario again = parse_scenario(resolved, "y.toml");
            expect_same(s, again);
            expect_same(again, parse_scenario(resolved_toml(again), "z.toml"));
        }
}

TEST(Resolve, SaysWhereEachLineComesFrom)
{
    const std::string text = resolved_toml(
        parse_scenario("title = \"t\"\nassumes = \"C01\"\n[parameters]\nkappa = 0.25\n", "somewhere/x.toml", {.toml = "runs = 3", .parameters_default = false}));
    EXPECT_NE(text.find("\nruns = 3                                                 # --set\n"), std::string::npos);
    EXPECT_NE(text.find("\nkappa = 0.25                                             # x.toml:4\n"), std::string::npos);
    EXPECT_NE(text.find("\nseed = 1                                                 # default\n"), std::string::npos);
    EXPECT_NE(text.find("\n# western_carrot = 0 # default\n"), std::string::npos);
    EXPECT_EQ(text.find("extends"), std::string::npos);
}

} // namespace
} // namespace entente
