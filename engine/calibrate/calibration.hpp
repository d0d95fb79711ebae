// A calibration: a scenario's years that are known, what was observed in them, and which assumptions are to be learned from it. Read from a TOML file.
#pragma once
#include "prior.hpp"
#include "smc_abc.hpp"
#include "targets.hpp"
#include <string>
#include <vector>

namespace entente {

/// By which the posterior is sampled: particles within a tolerance; chains by synthetic likelihood; the same of one summary a target, with shifts that name the targets which cannot be met.
enum class Method : std::uint8_t { smc_abc, synthetic_likelihood, robust_synthetic_likelihood };
inline constexpr const char* method_names[] = {"smc_abc", "synthetic_likelihood", "robust_synthetic_likelihood"};

/// A calibration's file, read.
struct Calibration {
    std::string path, name; ///< the file, and its stem
    std::string title, assumes;
    std::string text;                    ///< verbatim; below it, as comments, the measurement table
    Scenario scenario;                   ///< parameters from their priors; it ends with the last observation
    Targets targets;                     ///< all that are there; those after `fit_to` are predicted and not fitted
    std::vector<std::size_t> parameters; ///< that are learned, by number in describe().parameters; all others are drawn from their priors
    std::vector<std::size_t> structures; ///< that are learned, each answer as likely as the others before
    Method method = Method::smc_abc;
    std::uint32_t chains = 4, particles = 1000; ///< independent samplers, and particles of each
    std::uint32_t draws = 250;                  ///< of each chain, that are kept
    double least_acceptance = 0.02;             ///< of moves: the generation that falls below is a chain's last
    std::uint64_t most_runs = 0;                ///< of all chains together; 0: until they stop by their own rule
};
inline constexpr std::uint32_t most_chains = 64, least_particles = 100, most_particles = 100'000;

/// Whether a file is written as a calibration.
bool is_calibration(const std::string& path);
/// Reads a calibration with its scenario and its targets; nothing else of the scenario may be learned than what has a prior. Throws ScenarioErrors with all that is wrong.
Calibration read_calibration(const std::string& path, const Overlay& overlay = {});
/// The same, fitted to what was observed up to the end of this year alone. Throws std::invalid_argument if nothing was, or it is no year from the first to that of the last observation.
Calibration fitted_to(Calibration calibration, std::int64_t year);
/// Names of what is learned, parameters first, with their priors: a structure's are the numbers of its answers.
std::vector<Parameter> learned(const Calibration& calibration);

} // namespace entente
