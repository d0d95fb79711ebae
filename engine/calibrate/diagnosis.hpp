// A posterior held up: whether its draws can be trusted as a sample, what the data said of each assumption, and what of the world the model can make. A value, for reports.
#pragma once
#include "../store/posterior.hpp"
#include "diagnostics.hpp"
#include <optional>

namespace entente {

/// Of draws of one quantity; quantiles between order statistics (type 7 of Hyndman and Fan 1996), sd of a sample.
struct DrawSummary {
    double mean = 0, sd = 0, low = 0, median = 0, high = 0; ///< low, high: 5 and 95 %
};
/// See convergence.hpp. NaN: nothing can be said, as of draws that are all the same.
struct Trust {
    double rhat = 0, ess_bulk = 0, ess_tail = 0;
    double mcse_mean = 0, mcse_sd = 0, mcse_low = 0, mcse_median = 0, mcse_high = 0; ///< Monte Carlo standard errors of the DrawSummary's numbers
};
inline constexpr double most_rhat = 1.01, least_ess = 400; ///< Vehtari et al. (2021)
/// Whether they are near enough to a sample. Not if nothing can be said.
bool trusted(const Trust& trust);

/// What was learned of a parameter, and whether its draws can be trusted.
struct ParameterDiagnosis {
    CalibratedParameter parameter;
    DrawSummary posterior, prior;
    Trust trust;
    bool by_logarithm = false; ///< `learned` is of logarithms: of positive draws, if that leaves the prior less skewed
    Learning learned;
    double prior_p = 1; ///< probability that a draw of the prior lies as far out as the posterior's median: small means that data and prior disagree
};
/// The same of a structure.
struct StructureDiagnosis {
    CalibratedParameter structure;
    std::vector<double> prior; ///< [alternative]: shares of its draws
    ShareLearning learned;
    double rhat = 0;      ///< the largest of its alternatives'; NaN if all draws have the same
    double effective = 0; ///< independent draws that say as much of its shares, by the least sure of them
};
/// A value that was observed, beside what the posterior predicts.
struct ObservationDiagnosis {
    CalibratedTarget observed;
    DrawSummary predicted;         ///< would-be observations, of the posterior
    double p = 1;                  ///< predictive_p() of what was observed
    std::optional<double> prior_p; ///< the same under the prior
};
/// All dates of a target.
struct TargetDiagnosis {
    std::string target;
    std::vector<ObservationDiagnosis> observations;
    std::optional<JointFit> joint; ///< of those that are fitted; none if there are none, or too few draws for them
    bool met = true;               ///< false: no chance that the model makes it, even for the worst of so many targets (Bonferroni, 5 %)
};

/// All that is known of a posterior's worth.
struct Diagnosis {
    std::size_t chains = 0, draws = 0; ///< draws of each chain
    std::size_t different = 0;         ///< draws of all chains that differ in some parameter
    std::vector<ParameterDiagnosis> parameters;
    std::vector<StructureDiagnosis> structures;
    std::vector<TargetDiagnosis> targets;           ///< none if no would-be observations are kept
    std::optional<JointFit> fitted, only_predicted; ///< of all observations that are, and that are not, fitted
    bool trusted = true;                            ///< all parameters and structures are
};
/// Of a posterior that a file may hold: see read_posterior().
Diagnosis diagnose(const Posterior& posterior);

} // namespace entente
