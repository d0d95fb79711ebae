// What compare and diff share: two results side by side.
#pragma once
#include "../analysis/difference.hpp"
#include "../store/store.hpp"
#include <functional>

namespace entente {

/// So many rows of a result are read at once.
inline constexpr std::uint32_t rows_at_once = 8192;
/// Outcomes of the same runs in two results of `run`, a few thousand runs at a time, up to the last that both hold; `first` is the number of the first of them. Both
/// keep single runs.
void each_block(const std::string& a, const std::string& b, std::uint32_t runs, const std::function<void(std::uint32_t first, const Histories&, const Histories&)>& use);
/// Views of the stored arrays, which must outlive them.
Histories histories_of(const StoredRuns& runs);

} // namespace entente
