// The runs of a plain result that meet conditions, and the answer among them.
#pragma once
#include "../analysis/given_answer.hpp"
#include "again.hpp"

namespace entente {

/// Which runs meet all of the conditions. What the file keeps is read, else the runs are simulated again: see values_of(), also for what is given and thrown. Nothing if it was stopped.
std::optional<Meeting> meeting_in(const std::string& file, const ReplaySource& source, const std::vector<Given>& conditions, const EnsembleOptions& options,
                                  const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);
/// The answer among them, beside that among all. Of conditions that no run meets only what is said of the conditions. Nothing if it was stopped.
std::optional<GivenAnswer> given_answer(const std::string& file, const ReplaySource& source, const std::vector<Given>& conditions, const EnsembleOptions& options,
                                        const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
