// Parts held to the experiment that they say they belong to, before any number of them is used.
#pragma once
#include "../store/parts.hpp"
#include "experiment.hpp"

namespace entente {

/// Throws std::runtime_error unless a folder's shard is one of the plan's.
void throw_if_no_shard_of(const Plan& plan, const Parts& parts);
/// A finished piece. Throws std::runtime_error unless it is one of the experiment's: in every shape, and with no code, quarter or variable that is none.
StoredPiece read_piece(const Experiment& e, const Parts& parts, std::uint64_t number);

} // namespace entente
