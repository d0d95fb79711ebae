// Which runs there are: policies x replicates x points, cut into pieces of 256 runs. A plain run is one policy at one point.
#pragma once
#include "../design/factor.hpp"
#include <memory>
#include <span>
#include <string_view>

namespace entente {

enum class Keep : std::uint8_t { none, outcomes, trajectories, agents }; ///< each keeps what the one before keeps
inline constexpr std::string_view keep_names[] = {"none", "outcomes", "trajectories", "agents"};

/// What became of a run.
enum class Fate : std::uint8_t { whole, failed, not_made };
/// What results and blocks hold in place of the quarter in which a run failed.
inline constexpr std::int16_t no_failure = -1, never_made = -2;
/// From what is held in place of a quarter.
constexpr Fate fate_of(int failed_quarter) { return failed_quarter >= 0 ? Fate::failed : failed_quarter == never_made ? Fate::not_made : Fate::whole; }

inline constexpr std::uint32_t block_runs = 256; ///< a block: runs [256 k, 256 k + 256)

/// How runs are computed, and what is kept of them.
struct EnsembleOptions {
    std::string precision = "double", isa; ///< empty isa: the widest
    unsigned threads = 0;                  ///< 0: all cores
    Keep keep = Keep::outcomes;
    double run_limit_s = 0;             ///< see Job
    std::vector<std::uint32_t> order{}; ///< of the mechanisms; for tests
    const Kernel* kernel = nullptr;     ///< instead of the one that precision and isa choose; for tests and benchmarks
};
/// Threads that work on so many pieces.
unsigned thread_count(const EnsembleOptions& options, std::uint64_t pieces);

/// Runs of one policy are numbered by row = replicate * points + point, so that more replicates are later rows.
struct Plan {
    std::vector<Scenario> policies;     ///< with the same seed, horizon and start
    std::vector<Placements> placements; ///< what each factor sets
    std::size_t points = 1;
    std::vector<double> values; ///< [point][factor]
    std::uint32_t replicates = 1;
    std::uint32_t together = 1;                  ///< so many replicates in a row share what is drawn of parameters and structures: that of replicate / together
    std::vector<std::uint32_t> kept;             ///< variables whose values the sink reads
    bool fingerprint = false;                    ///< of the first piece of each policy
    std::vector<std::unique_ptr<Point>> courses; ///< of each policy; see make_plan()
};
/// One policy, one point, all variables kept, the scenario's runs as replicates.
Plan plan_of(const Scenario& scenario);
/// Lays out each policy's courses. Throws std::invalid_argument if shapes do not agree.
Plan make_plan(std::vector<Scenario> policies, std::vector<Placements> placements, std::vector<double> values, std::uint32_t replicates);

/// Rows first .. first + runs - 1 of one policy.
struct Piece {
    std::uint32_t policy;
    std::uint64_t first;
    std::uint32_t runs;
};
/// Pieces of all policies; piece k belongs to policy k mod policies, so that the first pieces of all policies come first.
std::uint64_t piece_count(const Plan& plan);
/// `number` below piece_count().
Piece piece_of(const Plan& plan, std::uint64_t number);
/// Runs of some pieces together.
std::uint64_t runs_in(const Plan& plan, std::span<const std::uint64_t> pieces);
/// Their numbers, from 0.
std::vector<std::uint64_t> all_pieces(const Plan& plan);

/// A job with the courses that its runs follow.
struct PlannedJob {
    Job job;
    std::vector<Point> points;
};
/// The policy's scenario at the rows' points.
PlannedJob job_of(const Plan& plan, const Piece& piece, const EnsembleOptions& options);
/// A policy at a point as a scenario of its own, whose run r is the replicate r there, bit for bit.
Scenario scenario_at(const Plan& plan, std::size_t policy, std::size_t point);
/// What a worker hands over.
struct FinishedPiece {
    std::uint64_t number;
    Piece piece;
    const Job& job;
    const BlockResult& result;
};

/// These replicates of a scenario under a seed, parameters and structures drawn by their names, that of replicate / together; everything of a job but the points that its runs follow
/// and the variables that it keeps.
Job job_without_points(const Scenario& scenario, std::uint64_t seed, std::vector<std::uint32_t> replicates, const EnsembleOptions& options, std::uint32_t together = 1);

/// The job of one block of a scenario: replicate number = run number, parameters and structures drawn by their names.
Job block_job(const Scenario& scenario, const Point& point, std::uint32_t first_run, std::uint32_t runs, const EnsembleOptions& options);

} // namespace entente
