// Results in HDF5, so laid out that xarray, h5py, ncdump and R open them unchanged. The only room that names HDF5.
#pragma once
#include "../ensemble/beside.hpp"
#include "stop_report.hpp"
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace entente {

/// A file that contradicts itself, or says what cannot be.
struct DamagedFile : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Everything that lets a file repeat itself and be cited; all of it is text in the group /provenance.
struct Provenance {
    std::string scenario_name, scenario_title;
    std::string scenario_text;     ///< verbatim: the file, then what it extends, each under a line `# file: NAME`
    std::string scenario_resolved; ///< one TOML text that alone gives the same scenario; of a sweep, one for each policy under a line `# policy: NAME`
    std::string sweep_text;        ///< verbatim; empty for a plain run
    std::string engine_version, engine_commit, engine_sources, compiler, flags, libraries;
    std::string precision, isa, keep, command_line, host, created_at; ///< created_at: UTC, ISO 8601
    std::uint64_t seed = 0;
    std::uint32_t runs = 0; ///< asked for
    unsigned threads = 0;
    double duration_s = 0; ///< of the simulation
};

/// Writes one result file block by block: to a temporary name beside `path`, which takes the final name in finish(). Peak memory does not grow with
/// the number of runs. Throws std::runtime_error with the path and what was being tried.
class ResultWriter {
public:
    /// Begins the file under a temporary name. Throws std::runtime_error with the path if it cannot be made.
    ResultWriter(std::string path, const Scenario& scenario, const Provenance& provenance, Keep keep);
    ~ResultWriter(); ///< without finish(): removes the temporary file
    ResultWriter(const ResultWriter&) = delete;
    ResultWriter& operator=(const ResultWriter&) = delete;
    /// Runs of the scenario, in any order.
    void block(const FinishedBlock& block);
    /// Keeps how a run that stops by precision ended.
    void stopped(const StopReport& stop);
    /// Keeps what stands beside the shares.
    void beside(const Beside& beside);
    /// Writes the summary, flushes to disk and renames. If fewer runs were finished than asked for, only the first unbroken stretch of runs is kept.
    /// Returns the path of the file.
    std::string finish(const Summary& summary, double duration_s, bool complete);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// What the file of a plain run holds, without its single runs.
struct StoredResult {
    Provenance provenance;
    Summary summary;
    bool complete = true;             ///< false: interrupted
    std::optional<StopReport> stop{}; ///< if it stopped by precision
    Beside beside{};
};
/// Reads provenance and summary. Throws std::runtime_error: no such file, no result of this engine, another format version, a damaged file.
StoredResult read_result(const std::string& path);
/// Per-run data, for comparing two files or a file with memory.
struct StoredRuns {
    std::vector<std::uint8_t> outcome;     ///< [quarter][run]
    std::vector<std::int16_t> first_event; ///< [event][run], -1: not seen
    std::vector<float> parameters;         ///< [parameter][run]
    std::uint32_t runs = 0;
    std::vector<std::int16_t> failed_quarter{}; ///< [run], -1: none; of a sweep -2: not finished
    std::vector<std::uint8_t> structures{};     ///< [structure][run]: number of the answer; of a sweep none
};
/// Runs [first, first + count). Throws as read_result, and if the file kept no outcomes.
StoredRuns read_runs(const std::string& path, std::uint32_t first, std::uint32_t count);
/// Values of reported_variables() at report_dates(): [date][variable][run] of runs [first, first + count); NaN of runs that failed. Throws as read_runs().
std::vector<float> read_reported(const std::string& path, std::uint32_t first, std::uint32_t count);
/// Data of two results of one kind, by name ("runs/outcome"); what provenance says is no data, nor is what explains names.
struct DataComparison {
    std::vector<std::string> same, other, only_a, only_b; ///< other: not the same to the bit, or of another shape
};
/// Of an interrupted result and another only what both hold can be compared.
enum class Compared : std::uint8_t {
    whole,
    first_runs ///< of results of runs: the runs that both hold, and not what is summed up over all
};
/// Reads chunk by chunk. Throws as read_result, and if the two are not of one kind.
DataComparison compare_data(const std::string& a, const std::string& b, Compared what = Compared::whole);
/// The text of results/README.md: what a file holds and how to read it in Python and R, from the same table as the writer.
std::string results_readme();

} // namespace entente
