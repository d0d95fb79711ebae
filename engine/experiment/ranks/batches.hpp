// How many pieces a rank is handed at once. Pure functions.
#pragma once
#include <cstdint>

namespace entente {

/// What is known of the work so far; 0: nothing yet.
struct Pace {
    double piece_s = 0;            ///< that a thread takes for a piece
    double answer_s = 0;           ///< that rank 0 takes for what an answer holds beside its pieces
    std::uint64_t piece_bytes = 0; ///< of an answer
};
/// Pieces for a rank of so many threads: for a second, a hundred times what its answer takes, or as long as rank 0 needs to be busy half of the time with the answers of all `ranks`, but a minute at most,
/// which is lost with the rank; never more than half of its share of the pieces that are `left`, so that all ranks end together (guided self-scheduling, Polychronopoulos and Kuck 1987), nor than fit into a
/// quarter of a gigabyte; but one for each thread at least, and as many as make an answer worth ten times what it takes. `threads_of_all`: of all ranks together.
std::uint64_t batch_size(std::uint64_t left, unsigned threads, unsigned threads_of_all, unsigned ranks, const Pace& pace);

} // namespace entente
