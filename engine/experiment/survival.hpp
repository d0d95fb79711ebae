// When events come, in a result or in a scenario that is run; of two on the same random numbers also the difference run by run.
#pragma once
#include "../analysis/event_times.hpp"
#include "paired_runs.hpp"

namespace entente {

struct SurvivalSide {
    ComparedRuns of;
    EventTimes times;
    bool single_runs = true; ///< else which event comes first is not known
};
/// Two sides, and their difference run by run.
struct SurvivalPair {
    SurvivalSide a, b;
    std::optional<EventPairs> pairs; ///< none: seeds or numbers of runs differ, or one keeps no single runs
};
/// Of a result of `run`. Throws DamagedFile as read_runs(), std::invalid_argument if it has no future.
SurvivalSide survival_in(const std::string& file, const StoredResult& result, const std::vector<Competing>& groups);
/// Of two; each as far as both horizons go, from its own start.
SurvivalPair survival_in(const std::string& file_a, const StoredResult& a, const std::string& file_b, const StoredResult& b, const std::vector<Competing>& groups);
/// Of scenarios, which are run. Nothing if it was stopped. Of two: throws Refused if seeds or numbers of runs differ.
std::optional<SurvivalSide> survival_of(const Scenario& scenario, const std::vector<Competing>& groups, const EnsembleOptions& options, const Listener& listener = {},
                                        const std::atomic<bool>* stop = nullptr);
/// `listener`: one for each of the two.
std::optional<SurvivalPair> survival_of(const Scenario& a, const Scenario& b, const std::vector<Competing>& groups, const EnsembleOptions& options,
                                        const std::function<Listener(const Scenario&)>& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
