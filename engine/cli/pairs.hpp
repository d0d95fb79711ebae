// What compare and diff share: two results side by side, and how a paired difference is told.
#pragma once
#include "../analysis/difference.hpp"
#include "command.hpp"
#include <functional>

namespace entente::cli {

/// Outcomes of the same runs in two results of `run`, a few thousand runs at a time; `first` is the number of the first of them. Both keep single runs.
void each_block(const std::string& a, const std::string& b, std::uint32_t runs, const std::function<void(std::uint32_t first, const Histories&, const Histories&)>& use);
Histories histories_of(const StoredRuns& runs);

nlohmann::ordered_json json_of(const std::string& quantity, const PairedDifference& difference);
/// `quarters`: how many were looked at.
nlohmann::ordered_json json_of(const std::optional<Parting>& parting, std::size_t quarters);

} // namespace entente::cli
