// Dials run by run: at rest no bit moves; in [drivers], in code and as a factor they are the same to the bit, on any lanes and threads.
#include "design/sweep.hpp"
#include "property/jobs.hpp"
#include "scenario/dials.hpp"
#include <fmt/format.h>
#include <mutex>

using namespace entente;

namespace {

constexpr std::uint32_t quarters = 80;
Scenario turned(const std::string& overlay) { return scenario("baseline", "horizon = \"2033Q4\"\nagents = { firms = 8, banks = 4, elites = 8 }\n" + overlay); }

std::string run_apart(const Scenario& a, const Scenario& b, const char* isa = "")
{
    const Block x = block(a, scaled(64), quarters), y = block(b, scaled(64), quarters);
    return difference(x.job, choose_kernel("double").run(x.job), choose_kernel("double", isa).run(y.job));
}

TEST(Dials, AtRestNoBitMoves)
{
    const Scenario still = turned("");
    for (const Driver& d : drivers) EXPECT_EQ(run_apart(still, turned(fmt::format("drivers.{} = 0.5", d.name))), "") << d.name;
    for (const Driver& d : drivers) EXPECT_NE(run_apart(still, turned(fmt::format("drivers.{} = 0.51", d.name))), "") << d.name << ": the twin";
}

TEST(Dials, EachTurnsItsOwnRowsAlone)
{
    const Scenario still = turned("");
    for (std::size_t d = 0; d < drivers.size(); ++d) {
        Scenario s = still;
        s.dials[d] = 1;
        const Block a = block(still, 8, quarters), b = block(s, 8, quarters);
        for (std::size_t p = 0; p < describe().parameters.size(); ++p)
            for (std::size_t run = 0; run < 8; ++run) {
                const double was = a.job.parameters[p * 8 + run], is = b.job.parameters[p * 8 + run];
                const auto row = std::ranges::find_if(dial_rows, [&](const DialRow& r) { return r.section == "parameters" && r.name == describe().parameters[p].name; });
                EXPECT_EQ(is, row != std::end(dial_rows) && row->driver == drivers[d].name ? moved(*row, 1, was) : was) << describe().parameters[p].name;
            }
        EXPECT_EQ(a.job.structures, b.job.structures);
        EXPECT_EQ(run_apart(s, turned(fmt::format("drivers.{} = 1", drivers[d].name))), "") << "code and file";
    }
}

// What a dial adds to a lever is what a file sets that had nothing there, and ends with the lever's range.
TEST(Dials, AddToALeverWhatAFileWouldSet)
{
    const double push = std::ranges::find(dial_rows, "central_asia_push", &DialRow::name)->low;
    Scenario by_dial = turned("");
    by_dial.courses.push_back({{.target = Target::lever, .index = Description::find(describe().levers, "central_asia_push"), .how = {}, .value = {}}, {}});
    Course& course = by_dial.courses.back().course;
    course.how.assign(quarters, Imposition::none), course.value.assign(quarters, 0);
    for (std::size_t q = 44; q < quarters; ++q) course.how[q] = Imposition::add, course.value[q] = push;
    EXPECT_EQ(run_apart(by_dial, turned(fmt::format("levers.central_asia_push = {}", push))), "");
    for (std::size_t q = 44; q < quarters; ++q) course.value[q] = 5;
    EXPECT_EQ(run_apart(by_dial, turned("levers.central_asia_push = 2")), "");
}

TEST(Dials, LanesShowNothing)
{
    const Scenario s = turned("drivers = { dependence = 0.9, sanctions_pressure = 0.1, central_asia = 0.2, taiwan_window = 0.7 }");
    for (const Kernel& k : kernels("double")) EXPECT_EQ(run_apart(s, s, k.isa), "") << k.isa;
}

// A factor at x and [drivers] at x are the same runs, with one and with two threads, also where points differ side by side.
TEST(Dials, AFactorIsTheSameAsADriversLine)
{
    const std::string text = fmt::format(R"(title = "t"
assumes = "C01"
outcomes = ["mean trust at 2033Q4"]
[scenario]
file = "{}/tests/by_priors/baseline.toml"
horizon = "2033Q4"
agents = {{ firms = 8, banks = 4, elites = 8 }}
[[factor]]
sets = "drivers.taiwan_window"
levels = [0.5, 0, 0.8]
[[factor]]
sets = "drivers.sanctions_pressure"
levels = [0.5, 1]
[[factor]]
name = "pair"
sets = ["levers.india_pull", "levers.arctic_push"]
levels = [0, 0.6]
[design]
kind = "factorial"
replicates = 20
)",
                                         SOURCE_DIR);
    const Sweep sweep = parse_sweep(text, "s.toml");
    Plan plan = make_plan(sweep.policies, sweep.placements, make_design(sweep.factors, sweep.design).value, sweep.replicates);
    plan.kept = all_variables();
    ASSERT_EQ(plan.points, 12u);
    for (const unsigned threads : {1u, 2u}) {
        std::mutex one_at_a_time;
        std::size_t compared = 0;
        run_pieces(plan, all_pieces(plan), {.threads = threads}, [&](unsigned, const FinishedPiece& f) {
            const std::scoped_lock lock(one_at_a_time);
            for (std::size_t point = 0; point < plan.points; ++point) {
                const double* const value = plan.values.data() + point * 3;
                Scenario lines = turned(fmt::format("drivers.taiwan_window = {}\ndrivers.sanctions_pressure = {}\nlevers = {{ india_pull = {}, arctic_push = {} }}", value[0],
                                                    value[1], value[2], value[2]));
                const Scenario at = scenario_at(plan, 0, point);
                EXPECT_EQ(at.dials, lines.dials);
                const Block wanted = block(lines, sweep.replicates, quarters), as_scenario = block(at, sweep.replicates, quarters);
                const BlockResult should = choose_kernel("double").run(wanted.job);
                EXPECT_EQ(difference(wanted.job, should, choose_kernel("double").run(as_scenario.job)), "") << "point " << point;
                for (std::uint32_t run = 0; run < f.piece.runs; ++run)
                    if ((f.piece.first + run) % plan.points == point) {
                        EXPECT_EQ(difference(OneRun{f.job, f.result, run}, OneRun{wanted.job, should, (f.piece.first + run) / plan.points}), "") << "point " << point;
                        ++compared;
                    }
            }
        });
        EXPECT_EQ(compared, plan.points * sweep.replicates);
    }
}

} // namespace
