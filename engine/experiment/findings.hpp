// All that results tell by themselves, gathered as values: what figures, tables and pages are made of. Nothing is simulated but one run, for its story.
#pragma once
#include "../calibrate/diagnosis.hpp"
#include "../store/analyses.hpp"
#include "conventions.hpp"
#include "convergence_of_runs.hpp"
#include "discover.hpp"
#include "estimates.hpp"
#include "paired_sweeps.hpp"
#include "refusal.hpp"
#include "sensitivity.hpp"
#include "survival.hpp"
#include <set>

namespace entente {

/// What a result cannot tell, and what to do about it.
struct Lacking {
    std::string file, what, why; ///< "baseline.h5", "sensitivity", "no parameter is drawn"
    enum class Remedy : std::uint8_t { none, keep_outcomes, draw, discover } remedy = Remedy::none;
    std::optional<Refusal> refusal{}; ///< in full, where `why` is its summary
};
/// Boxes in which an outcome is frequent.
struct Boxes {
    Searched searched;
    DiscoveryOptions options;
    Discovery discovery;
};
/// Of a result of `run`. What is none is told by `lacking`.
struct RunFindings {
    std::string file;
    StoredResult result;
    Answer answer; ///< with drivers, readings, priors and uncertainty as far as the file has what stands beside the shares
    ReplaySource source;
    std::optional<SurvivalSide> survival;        ///< every event; groups are competing_rows, in their order
    std::optional<SensitivityStudy> sensitivity; ///< of usual_outcomes()
    std::optional<Boxes> boxes;                  ///< of headline_outcome(), or of what was asked for
    std::vector<DatedConventions> conventions;   ///< at the report dates
    std::optional<RunConvergence> convergence;
    std::unique_ptr<ReplayedRun> replayed; ///< the first run that ends in the likeliest class
    std::vector<Analysis> kept;            ///< by --save
};
/// Of a result of `sweep`: under its first policy, where one is meant.
struct SweepFindings {
    std::string file;
    StoredSweep sweep;
    Scenario scenario; ///< of the first policy, before factors set anything
    SweepEstimate estimate;
    std::optional<SensitivityStudy> sensitivity; ///< of every outcome: indices if its design has them
    std::optional<Boxes> boxes;                  ///< of its first outcome that is a share
    std::optional<SweepConvergence> convergence;
    std::vector<Analysis> kept;
};
/// What a posterior tells.
struct PosteriorFindings {
    std::string file;
    Posterior posterior;
    Diagnosis diagnosis;
};
/// Two results of `run` on the same random numbers: b less a.
struct RunPairFindings {
    std::size_t a = 0, b = 1; ///< of Findings::runs
    RunComparison comparison;
    std::optional<SurvivalPair> survival;
};
/// Two results of `sweep`.
struct SweepPairFindings {
    std::size_t a = 0, b = 1; ///< of Findings::sweeps
    SweepPairs pairs;
    SweepComparison comparison;
};
/// What all results tell.
struct Findings {
    std::vector<RunFindings> runs;
    std::vector<SweepFindings> sweeps;
    std::vector<PosteriorFindings> posteriors;
    std::vector<RunPairFindings> run_pairs;     ///< each after the first against the first, as far as they pair
    std::vector<SweepPairFindings> sweep_pairs; ///< the same
    std::vector<Lacking> lacking;
};

/// Of the work that findings take.
enum class FindingsPart : std::uint8_t { survival, sensitivity, boxes, conventions, convergence, story, diagnosis, differences };
inline constexpr const char* findings_part_names[] = {"survival", "sensitivity", "boxes", "conventions", "convergence", "the story of one run", "diagnosis", "differences"};

/// What is to be found, and with how much work.
struct FindingsAsked {
    std::optional<Given> of{};                    ///< what boxes of a run are looked for; none: headline_outcome()
    std::uint32_t conventions = 200;              ///< joint draws
    std::uint32_t resamples = 200;                ///< of sensitivity's bootstrap; of the boxes as many
    EnsembleOptions options{};                    ///< threads, and the kernel of the run that is replayed
    std::optional<std::set<FindingsPart>> only{}; ///< none: all of them
};
/// "share_alignment at 2045Q1": the class that comes second at the report quarter, since the first has little to be told apart from.
std::string headline_outcome(const Answer& answer);
/// `hear`: what is being worked out, "baseline.h5: sensitivity", and which share of all is done. Nothing if it was stopped. Throws std::runtime_error of a file that cannot be read, DamagedFile.
std::optional<Findings> findings_in(const std::vector<std::string>& files, const FindingsAsked& asked, const std::function<void(const std::string& what, double done)>& hear = {},
                                    const std::atomic<bool>* stop = nullptr);

} // namespace entente
