// Small experiments: few agents, a short horizon, a folder of their own.
#pragma once
#include "core/temporary_folder.hpp"
#include "experiment/carry_out.hpp"
#include "experiment/refusal.hpp"
#include "scenarios.hpp"
#include "sweeps.hpp"
#include <gtest/gtest.h>

namespace entente {

inline Scenario small_scenario(std::uint32_t runs, std::uint64_t seed = 1)
{
    Scenario s = scenario("baseline", "horizon = \"2026Q4\"\nagents = { firms = 8, banks = 4, elites = 8 }\n");
    s.runs = runs, s.seed = seed;
    return s;
}
/// With nothing beside its shares.
inline Experiment small_run(std::uint32_t runs, std::uint64_t seed = 1, const EnsembleOptions& options = {})
{
    return plain_experiment(small_scenario(runs, seed), options, {}, "", {.dial_futures = 0, .readings = 0});
}
/// 2 policies, 7 points.
inline Experiment small_sweep_of(std::uint32_t replicates, const EnsembleOptions& options = {})
{
    return sweep_experiment(parse_sweep(small_sweep, "small.toml"), options, replicates);
}

/// The facts of a refusal of this kind; a failure and empty facts if `ask` does anything else.
template <class Facts, class Ask> Facts refused(Ask ask)
{
    try {
        ask();
    } catch (const Refused& e) {
        if (const Facts* const facts = std::get_if<Facts>(&e.why)) return *facts;
        ADD_FAILURE() << "refused for another reason: " << e.what();
        return {};
    }
    ADD_FAILURE() << "not refused";
    return {};
}

/// Whether two results hold the same data to the bit.
inline void expect_same_data(const std::string& a, const std::string& b)
{
    const DataComparison compared = compare_data(a, b);
    EXPECT_GT(compared.same.size(), 10u);
    for (const auto* differing : {&compared.other, &compared.only_a, &compared.only_b})
        for (const std::string& name : *differing) ADD_FAILURE() << name;
}

/// Stops an experiment after so many finished pieces; on several threads, those at work are finished too.
struct Stopper {
    int pieces = 1;
    std::atomic<bool> flag{false};
    Listener listener()
    {
        return {.progress = [this](Progress) {
            if (--pieces == 0) flag = true;
        }};
    }
};

inline EnsembleOptions one_thread()
{
    EnsembleOptions options;
    options.threads = 1;
    return options;
}
/// The small sweep with something replaced.
inline Experiment changed_sweep(const std::string& from, const std::string& to, std::uint32_t replicates, const EnsembleOptions& options = {})
{
    std::string text = small_sweep;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return sweep_experiment(parse_sweep(text.replace(at, from.size(), to), "changed.toml"), options, replicates);
}

struct ExperimentTest : testing::Test {
    TemporaryFolder folder;
    std::string path(const std::string& name) const { return folder / name; }
};

} // namespace entente
