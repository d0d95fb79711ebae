// Signposts of an outcome, from the runs of a scenario or of a plain result.
#pragma once
#include "../analysis/given.hpp"
#include "../analysis/observables.hpp"
#include "../analysis/signposts.hpp"
#include "again.hpp"

namespace entente {

struct OutcomeSignposts {
    Given of;
    int at = 0;
    std::vector<const Observable*> seen{}; ///< what signs are numbered by
    Signposts found{};
};
/// What is wrong with the date of signposts to an outcome, for runs with this start; empty if nothing is.
std::string fault_of_signposts(const Given& of, int at, int start);
/// Whether the outcome can be there before its date: it asks for an event, a class or a variable at one date.
std::optional<Given> outcome_at(const Given& of, int at);
/// Simulates the scenario as far as the outcome. Nothing if it was stopped. Throws std::invalid_argument on a fault_of_signposts() or a date beyond the horizon.
std::optional<OutcomeSignposts> signposts_of(const Scenario& scenario, const Given& of, int at, const EnsembleOptions& options, const Listener& listener = {},
                                             const std::atomic<bool>* stop = nullptr);
/// Of a plain result: see values_of().
std::optional<OutcomeSignposts> signposts_of(const std::string& file, const ReplaySource& source, const Given& of, int at, const EnsembleOptions& options,
                                             const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
