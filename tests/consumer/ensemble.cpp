// How often each class of relation holds at the report dates: ensemble SCENARIO.toml RUNS
#include <entente/analysis/answer.hpp>
#include <entente/core/quarter.hpp>
#include <entente/store/posterior.hpp>
#include <fmt/format.h>

int main(int, char** argv)
{
    using namespace entente;
    Scenario scenario = read_scenario(argv[1], {.joint = joint_draws});
    scenario.runs = static_cast<std::uint32_t>(std::stoul(argv[2]));
    const Answer a = answer(run_ensemble(scenario, {}), scenario.name, scenario.title, scenario.runs);
    for (std::size_t date = 0; date < a.dates.size(); ++date)
        for (const int c : class_order) fmt::print("{} {} {:.4f}\n", quarter_name(a.dates[date]), class_names[c], a.classes[date][c].share);
}
