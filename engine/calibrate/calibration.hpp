// A calibration: a scenario's years that are known, what was observed in them, and which assumptions are to be learned from it. Read from a TOML file.
#pragma once
#include "prior.hpp"
#include "smc_abc.hpp"
#include "targets.hpp"
#include <string>
#include <vector>

namespace entente {

struct Calibration {
    std::string path, name; ///< the file, and its stem
    std::string title, assumes;
    std::string text;                           ///< verbatim
    Scenario scenario;                          ///< parameters from their priors; it ends with the last observation
    Targets targets;                            ///< all that are there; those after `fit_to` are predicted and not fitted
    std::vector<std::size_t> parameters;        ///< that are learned, by number in describe().parameters; all others are drawn from their priors
    std::vector<std::size_t> structures;        ///< that are learned, each answer as likely as the others before
    std::uint32_t chains = 4, particles = 1000; ///< independent samplers, and particles of each
    std::uint32_t draws = 250;                  ///< of each chain, that are kept
    std::uint64_t most_runs = 0;                ///< of all chains together; 0: until they stop by their own rule
};
inline constexpr std::uint32_t most_chains = 64, most_particles = 100'000;

/// Reads a calibration with its scenario and its targets; nothing else of the scenario may be learned than what has a prior. Throws ScenarioErrors with all that is wrong.
Calibration read_calibration(const std::string& path, const Overlay& overlay = {});
/// The same, fitted to what was observed up to this quarter alone. Throws std::invalid_argument if nothing, or everything, was.
Calibration fitted_to(Calibration calibration, int last);
/// Names of what is learned, parameters first, with their priors: a structure's are the numbers of its answers.
std::vector<Parameter> learned(const Calibration& calibration);

} // namespace entente
