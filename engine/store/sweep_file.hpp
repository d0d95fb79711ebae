// Results of sweeps in HDF5: for each outcome a value by policy, replicate and point.
#pragma once
#include "parts.hpp"
#include "store.hpp"
#include <limits>

namespace entente {

/// A factor as a result describes it.
struct FactorText {
    std::string name, kind;
    std::string choices; ///< the texts between bars; empty for numbers
    std::string sets;    ///< in the scenario: "levers.western_carrot"
    std::string unit, meaning;
    std::string values;       ///< which it takes, and how they are distributed
    double low = 0, high = 0; ///< inclusive; infinite where there is no bound
    bool operator==(const FactorText&) const = default;
};
/// Everything of a sweep's result but its runs.
struct SweepHead {
    Provenance provenance;
    std::vector<std::string> policies, outcomes;
    std::vector<std::string> outcome_units, outcome_meanings;
    std::vector<FactorText> factors;
    std::vector<double> values;            ///< [point][factor]
    std::vector<std::int32_t> base, moved; ///< [point]
    std::size_t points = 1;
    std::uint32_t replicates = 1, quarters = 0; ///< replicates: that the file holds; of an interrupted sweep up to the last of which a run is finished
    bool complete = true;
    /// All that were asked for: of an interrupted sweep provenance.runs counts them too.
    std::uint32_t replicates_asked() const
    {
        const std::uint64_t rows = std::uint64_t{policies.size()} * points;
        return complete || rows == 0 ? replicates : static_cast<std::uint32_t>(provenance.runs / rows);
    }
};
/// What is known of each outcome at each point.
struct SweepEstimates {
    std::vector<double> estimate, low, high; ///< [outcome][policy][point]
    std::vector<std::uint32_t> failed;       ///< [policy][point]
};
/// Bits of the first runs: [policy][quarter][variable] and [policy][run].
struct Fingerprint {
    std::vector<std::string> policies;
    std::size_t quarters = 0, runs = 0;
    std::vector<std::uint64_t> by_variable, by_run;
};

/// Numbers first to first + count - 1.
struct Range {
    std::size_t first = 0, count = 0;
};

/// Writes a sweep's result to a temporary name, which becomes the final one in finish(). Peak memory does not grow with the number of runs. Throws
/// std::runtime_error with the path and what was being tried.
class SweepWriter {
public:
    /// Begins the file under a temporary name. Throws std::runtime_error with the path if it cannot be made.
    SweepWriter(std::string path, const SweepHead& head, Keep keep);
    ~SweepWriter(); ///< without finish(): removes the temporary file
    SweepWriter(const SweepWriter&) = delete;
    SweepWriter& operator=(const SweepWriter&) = delete;
    /// Rows beyond head.replicates are left out. Throws std::runtime_error of a piece of another shape, or if it cannot be written.
    void piece(const Piece& piece, const StoredPiece& stored);
    /// Says that these rows are not finished: NaN, with -2 as the quarter of failure.
    void missing(const Piece& piece);
    /// Hands over to the operating system what was written so far: what it cannot take shows here.
    void flush();
    /// What was written, and flushed, of an outcome under a policy, of some replicates and points: [replicate][point]. Throws as reading a result does.
    std::vector<double> outcome(std::size_t outcome, std::size_t policy, Range replicates, Range points) const;
    /// Keeps how a sweep that stops by precision ended.
    void stopped(const StopReport& stop);
    /// Writes what is left and gives the file its name. Returns the path.
    std::string finish(const SweepEstimates& estimates, const Fingerprint& fingerprint, double duration_s);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// What a sweep's file holds, without its values.
struct StoredSweep {
    SweepHead head;
    SweepEstimates estimates;
    std::optional<StopReport> stop{}; ///< if it stopped by precision
};
/// Whether a file is a sweep's result, a run's or neither. Throws std::runtime_error if there is no such file.
enum class Stored : std::uint8_t { run, sweep, neither };
/// By what the file says of itself.
Stored stored_kind(const std::string& path);
/// Throws DamagedFile if it contradicts itself, std::runtime_error if it cannot be read.
StoredSweep read_sweep_result(const std::string& path);
/// An outcome's values in a result that stays open.
class StoredOutcome {
public:
    /// Throws as reading a result does.
    StoredOutcome(const std::string& path, std::size_t outcome);
    ~StoredOutcome();
    StoredOutcome(const StoredOutcome&) = delete;
    StoredOutcome& operator=(const StoredOutcome&) = delete;
    /// [policy][replicate][point], NaN for failed and unfinished runs; of so many replicates, or of all there are.
    std::vector<double> read(std::uint32_t first = 0, std::uint32_t replicates = std::numeric_limits<std::uint32_t>::max()) const;
    /// Under one policy: [replicate][point] of these.
    std::vector<double> read(std::size_t policy, Range replicates, Range points) const;

private:
    std::vector<double> read(const std::vector<std::size_t>& start, const std::vector<std::size_t>& count) const;
    struct Inside;
    std::unique_ptr<Inside> inside_;
};
/// All of them; see StoredOutcome.
inline std::vector<double> read_outcome(const std::string& path, std::size_t outcome) { return StoredOutcome(path, outcome).read(); }
/// By policy, replicate and point.
struct StoredFailures {
    std::vector<std::int16_t> quarter, variable; ///< quarter: see fate_of()
    std::vector<float> value;
};
/// Of so many replicates from `first` on.
StoredFailures read_failures(const std::string& path, std::uint32_t first = 0, std::uint32_t replicates = std::numeric_limits<std::uint32_t>::max());
/// Outcome codes [quarter][row] and first events [event][row] of rows of one policy, row = replicate * points + point. Throws std::runtime_error if
/// the file keeps none.
StoredRuns read_histories(const std::string& path, std::size_t policy, std::uint64_t first_row, std::uint32_t rows);
/// What a sweep's result holds of single runs; it stays open.
class StoredRows {
public:
    /// Throws as reading a result does.
    explicit StoredRows(const std::string& path);
    ~StoredRows();
    StoredRows(const StoredRows&) = delete;
    StoredRows& operator=(const StoredRows&) = delete;
    /// Outcomes and failures of rows of a policy, and codes and events if it keeps them. Rows beyond the replicates that it has are not made.
    StoredPiece read(const Piece& rows) const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};
/// Of a run's or a sweep's result; empty if it holds none.
Fingerprint read_fingerprint(const std::string& path);

} // namespace entente
