// Results to be held against each other, for tests of diff and compare.
#pragma once
#include "program.hpp"
#include "store/sweep_file.hpp"
#include <functional>

namespace entente {

class HeldResults : public ProgramTest {
protected:
    void make(const std::string& name, const std::string& arguments = "", int runs = 300) const
    {
        const Ran made = run(fmt::format("run '{}/scenarios/baseline.toml' --runs {} --set 'horizon = \"2027Q4\"' --out {} {}", SOURCE_DIR, runs, name, arguments));
        ASSERT_EQ(made.code, 0) << made.err;
    }
};

/// Of two policies at the points of one factor; the administration of 2025 is drawn, so that `no deals` binds from the start.
inline std::string sweep_text(const std::string& levels)
{
    return fmt::format(
        "title = \"t\"\nassumes = \"nothing\"\noutcomes = [\"mean trust at 2027Q1\", \"ceasefire by 2027Q1\", \"median trust at 2027Q1\"]\n"
        "[scenario]\nfile = \"{}/scenarios/baseline.toml\"\nhorizon = \"2027Q4\"\nparameters.deal_2025 = -1\n[[policy]]\nname = \"plain\"\n[[policy]]\nname = \"no deals\"\n"
        "parameters = {{ p_deal = 0.0 }}\n[[factor]]\nsets = \"levers.western_carrot\"\nlevels = {}\n[design]\nkind = \"factorial\"\nreplicates = 20\n",
        SOURCE_DIR, levels);
}

/// A sweep's result again, with its last policy's runs changed.
inline void copy_sweep(const std::string& from, const std::string& to, const std::function<void(StoredPiece&)>& change)
{
    const StoredSweep stored = read_sweep_result(from);
    const auto rows = static_cast<std::uint32_t>(stored.head.points * stored.head.replicates), policies = static_cast<std::uint32_t>(stored.head.policies.size());
    SweepWriter writer(to, stored.head, Keep::outcomes);
    for (std::uint32_t policy = 0; policy < policies; ++policy) {
        const StoredRuns runs = read_histories(from, policy, 0, rows);
        StoredPiece piece;
        piece.result.outcome = runs.outcome, piece.result.first_event = runs.first_event, piece.result.failed_quarter = runs.failed_quarter;
        piece.result.failed_variable.assign(rows, -1), piece.result.failed_value.assign(rows, 0);
        for (std::size_t outcome = 0; outcome < stored.head.outcomes.size(); ++outcome) {
            const std::vector<double> all = read_outcome(from, outcome);
            piece.outcomes.insert(piece.outcomes.end(), all.begin() + policy * rows, all.begin() + (policy + 1) * rows);
        }
        if (policy + 1 == policies) change(piece);
        writer.piece({policy, 0, rows}, piece);
    }
    writer.finish(stored.estimates, read_fingerprint(from), 0);
}

} // namespace entente
