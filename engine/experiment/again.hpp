// An experiment done again from its result: the same runs, held to what the file keeps of them, bit for bit.
#pragma once
#include "../analysis/pick.hpp"
#include "carry_out.hpp"

namespace entente {

/// The first thing in which a run simulated again is not what the file holds.
struct Departure {
    enum class In : std::uint8_t { length, parameter, outcome, event, runs, summaries, data } in = In::outcome;
    std::uint64_t run = 0;
    std::size_t number = 0;       ///< of the parameter or event
    int quarter = 0;              ///< of an outcome
    double stored = 0, again = 0; ///< the parameter, the outcome's code; of a length: runs that the file holds, and that there should be from `run` on
    std::string what{};           ///< a variable of the file: of single runs, "agents/value", or of all, "fingerprint/by_run"
};
/// Parameters, outcomes and events of a block against what a file holds of it; nothing if all agree.
std::optional<Departure> first_departure(const FinishedBlock& block, const StoredRuns& stored);
/// Puts what the runs come to now in place of what is stored of them after they failed: a run that was given up is not known further.
void forget_what_failed(StoredRuns& stored, const BlockResult& again);
/// Whether a result was written by other sources than this program's.
bool is_of_another_engine(const Provenance& provenance);

/// What came of doing a run again.
struct Repeated {
    std::uint32_t runs = 0, made = 0;        ///< that the result holds; that were simulated again: fewer if it was interrupted
    bool whole = true;                       ///< the result is not that of an interrupted run
    bool given_up = false;                   ///< the result has runs that were given up: compared until then, and summaries are not compared
    std::vector<std::string> not_compared{}; ///< variables of the file that runs made again do not come to
    std::optional<Departure> departure{};    ///< none: the bits are identical
};
/// Every run of a plain result, held to all data that the file has. `options`: kernel and threads; precision is the result's. Throws std::runtime_error if the file cannot be read.
Repeated repeat(const StoredResult& stored, const std::string& path, EnsembleOptions options, const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

/// What a replay needs of a result: its scenario (of a sweep: a policy at a point), and what the file holds of a run.
struct ReplaySource {
    Provenance provenance;
    Scenario scenario;
    std::function<StoredRuns(std::uint32_t)> stored;
    /// Numbers of the runs that the file has not whole; asked for only if it keeps single runs.
    std::function<std::vector<std::uint32_t>()> failed;
};
/// Of a plain result. Throws as reading a result does.
ReplaySource replay_source(const std::string& path);
/// `policy`: the first if not given. Throws Refused if the sweep has no such policy or point.
ReplaySource replay_source(const std::string& path, const StoredSweep& sweep, const std::optional<std::string>& policy, std::int64_t point);

/// A run nearest to a quantile, and among how many.
struct PickedRun {
    Pick pick;
    Picked found;
    std::uint64_t whole = 0, all = 0; ///< runs that did not fail; all
};
/// Simulates all runs for the one quantity. Nothing if it was stopped. Throws std::invalid_argument if no run has a value.
std::optional<PickedRun> pick_run(const Pick& pick, const ReplaySource& source, EnsembleOptions options, const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

/// One run simulated again with all its agents; `job` points into `point`, and the result is of one run.
struct ReplayedRun {
    Point point;
    Job job;
    BlockResult result;
    bool compared = false;           ///< with what the file keeps, where it keeps single runs
    int failed_quarter = no_failure; ///< as the file has it: compared until then
    std::optional<Departure> departure{};
};
/// Throws Refused if the file says that the run was not made, std::out_of_range if it is none of the result's. `file` names the result.
std::unique_ptr<ReplayedRun> replay_run(const ReplaySource& source, std::uint32_t run, const Kernel& kernel, const EnsembleOptions& options, const std::string& file);

} // namespace entente
