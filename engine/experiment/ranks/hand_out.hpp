// Rank 0's side of the work: pieces handed out in batches, and runs of a calibration one by one.
#pragma once
#include "orders.hpp"

namespace entente {

/// Has these pieces made by all ranks; `take` gets each answer, by several threads at once, a number of its own for each. Once `stop` is true, what is begun is finished. What `take` throws ends the work and is
/// thrown again, as is what goes wrong on a rank: std::runtime_error.
void hand_out(Ranks& ranks, const std::string& order, std::span<const std::uint64_t> pieces, unsigned threads, const std::function<void(unsigned hand, const MadePieces&)>& take,
              const std::atomic<bool>* stop);
/// What works through a plan without factors as count_pieces() does.
PieceWorkers workers_of(Ranks& ranks);
/// The model's runs by all ranks: as many calls at once as there are hands.
Simulator simulator_of(Ranks& ranks, const Calibration& calibration, Which which, const EnsembleOptions& options, const std::atomic<bool>* stop);

} // namespace entente
