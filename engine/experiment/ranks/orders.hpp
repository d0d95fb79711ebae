// What ranks are told to do: pieces of an experiment or of a plan, or runs of a calibration. An order holds all that a rank needs, so that it reads no file.
#pragma once
#include "../../calibrate/model_simulator.hpp"
#include "../experiment.hpp"
#include "ranks.hpp"

namespace entente {

/// Pieces of an experiment: its outcomes, what it keeps of each, and of a plain run what its summaries come to.
std::string order_of(const Experiment& experiment);
/// Pieces of a plan without factors, as the kernel leaves them.
std::string order_of(const Plan& plan, const EnsembleOptions& options);
/// Runs of a calibration's scenario at given parameters, to the summaries that are asked for.
std::string order_of(const Calibration& calibration, Which which, const EnsembleOptions& options);
/// Nothing to simulate: each piece is this part, and each answer has this state. For who measures what handing out takes.
std::string order_of_ready(std::string_view part, std::string_view state);

/// What an answer holds of some pieces.
struct MadePieces {
    std::vector<std::pair<std::uint64_t, std::string_view>> pieces; ///< number, and as part_of() has it; fewer than were asked for if it was stopped
    std::string_view state;                                         ///< of an Accumulator of these pieces; empty if none is kept
    double seconds = 0;                                             ///< that it took
};
/// Numbers of the pieces that are wanted of an order.
std::string pieces_request(std::span<const std::uint64_t> pieces);
/// Views of the answer. Throws std::runtime_error if it is none.
MadePieces made_in(std::string_view answer);

/// Parameters and random numbers of the runs that are wanted of an order.
std::string runs_request(const Batch& runs);
/// Fills the batch's summaries. Throws std::runtime_error if the answer is not of its size.
void take_runs(std::string_view answer, const Batch& runs);

/// What any of these orders asks for. Throws std::runtime_error if it is none of them.
Answering answering(std::string_view order, unsigned threads, const std::atomic<bool>& stop);

} // namespace entente
