// How often things happen in a result's runs, which are simulated again.
#pragma once
#include "../analysis/base_rates.hpp"
#include "again.hpp"

namespace entente {

/// Of the runs that a result holds; as RateCount::rates(). Nothing if it was stopped.
std::optional<std::vector<std::optional<ModelRate>>> rates_of(const ReplaySource& source, EnsembleOptions options, const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
