// What becomes of a job on a cluster whose machines fail: discrete events, with batches of the size that rank 0 hands out.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

namespace entente {

/// A job. All times in seconds; a worker has one thread.
struct ClusterJob {
    std::uint64_t pieces = 1;
    unsigned workers = 1;
    double piece_s = 0.1;          ///< that a worker takes for a piece, above 0
    double answer_s = 0;           ///< that rank 0 takes for an answer, whatever is in it
    double piece_answer_s = 0;     ///< and for each piece in it
    std::uint64_t piece_bytes = 0; ///< of an answer
    double result_s = 0;           ///< that one process takes to put a piece into the result, when all are there
    double restart_s = 0;          ///< until what has died is at work again
};
/// What came of it.
struct ClusterTime {
    double seconds = 0;     ///< from the first start to the result; infinite: it was given up after the most failures
    double paid_core_s = 0; ///< of all workers, as long as they are held
    double lost_core_s = 0; ///< of these, for work that was thrown away and for starting again
    double efficiency = 0;  ///< what the pieces take alone, of what is paid
    double rank_0_busy = 0; ///< share of the time until all pieces are there
    std::uint32_t failures = 0;
};
/// Of a job or a task; then it is given up.
inline constexpr std::uint32_t most_failures = 10'000;

/// One job under MPI, as hand_out() works: a rank that dies ends it; started again, it goes on with all answers that rank 0 has taken. While rank 0 puts the result together, the others wait.
/// `life_s`: how long the job lives after its n-th start, n from 0. Throws std::invalid_argument if nothing or nobody works.
ClusterTime time_of_ranks(const ClusterJob& job, const std::function<double(std::uint32_t start)>& life_s);
/// An array of so many shards: a task that dies is started again alone, and goes on with all pieces that it has finished. A worker is paid until its shard is done; a last job on one core merges. It does not
/// die. `life_s`: of a task after its n-th start.
ClusterTime time_of_shards(const ClusterJob& job, const std::function<double(unsigned task, std::uint32_t start)>& life_s);

/// The same job by more and more workers.
struct Forecast {
    /// What becomes of it by so many.
    struct Row {
        unsigned workers = 1;
        ClusterTime ranks, shards;
    };
    std::uint64_t runs = 0;
    ClusterJob job;                ///< without its workers
    double between_failures_s = 0; ///< of a worker, on average; 0: it never fails
    std::uint64_t seed = 1;
    std::vector<Row> rows;
};
/// `rows` have their workers; the rest of them is filled in.
Forecast forecast_of(Forecast asked);

/// Exponentially distributed, with this mean, from an addressed random number; 0: for ever.
double life_of(std::uint64_t seed, double mean_s, std::uint32_t task, std::uint32_t start);

} // namespace entente
