// What a calibration found, as a file that ArviZ, h5py and R read: groups posterior, prior, posterior_predictive, prior_predictive, observed_data, constant_data,
// sample_stats, and calibration, which holds what the others do not. The same posterior gives the same bytes.
#pragma once
#include "../scenario/joint.hpp"
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace entente {

/// Numbers of several names for each draw: [chain][draw][name]. Draws have equal weights.
struct DrawTable {
    std::size_t chains = 0, draws = 0; ///< draws of each chain
    std::vector<std::string> names;
    std::vector<double> values;
    /// By numbers from 0.
    double at(std::size_t chain, std::size_t draw, std::size_t name) const { return values[(chain * draws + draw) * names.size() + name]; }
    /// [chain][draw] of one name.
    std::vector<double> of(std::size_t name) const;
    friend bool operator==(const DrawTable&, const DrawTable&) = default;
};
/// What a column of the posterior is. Names of parameters, targets and statistics are words of letters, digits and _ that begin with a letter.
struct CalibratedParameter {
    std::string name, unit, meaning;
    std::string prior;                     ///< in words: "log_normal(0.3, 0.25)"
    std::vector<std::string> alternatives; ///< of a structure, whose draws are numbers of them; none: it is a parameter
    friend bool operator==(const CalibratedParameter&, const CalibratedParameter&) = default;
};
/// What was observed of the world, on the scale on which its error is normal.
struct CalibratedTarget {
    std::string target, date, unit, transform;
    double value = 0, sd = 0;
    bool fitted = true; ///< or else only predicted
    friend bool operator==(const CalibratedTarget&, const CalibratedTarget&) = default;
};
/// A line of the sampler's own account: a generation of particles.
struct SamplerStep {
    double tolerance = 0, acceptance = 0, unique = 0, moved = 0;
    std::uint64_t runs = 0;
    friend bool operator==(const SamplerStep&, const SamplerStep&) = default;
};

/// Names of sample_stats: of a target's shift, in standard deviations of a run, under robust synthetic likelihood.
inline constexpr const char* shift_prefix = "shift_";

/// A calibration's draws with what they predict and what they were made of.
struct Posterior {
    std::string name, title;                    ///< of the calibration
    std::string calibration, scenario_resolved; ///< what was asked, verbatim, and the scenario that was run, as TOML
    std::string method, stopped;                ///< "smc_abc"; why it ended
    std::string engine_version, created_at;     ///< of the program; when the calibration began: UTC, ISO 8601
    std::uint64_t seed = 0, runs = 0;
    std::vector<CalibratedParameter> parameters; ///< [name of posterior and prior]
    std::vector<CalibratedTarget> targets;       ///< [name of the predictives]
    DrawTable posterior, prior;
    DrawTable posterior_predictive, prior_predictive; ///< would-be observations: names are "target date"; NaN: the run failed. Of as many draws as one likes
    DrawTable sample_stats;                           ///< of each posterior draw: "distance" and what else a sampler tells
    std::vector<std::vector<SamplerStep>> steps;      ///< [chain][generation]
    friend bool operator==(const Posterior&, const Posterior&) = default;
};

/// As a file holds it: draws in single precision, as the model takes them, would-be observations in steps of at most a 32nd of their target's sd, so that they take a byte
/// or two each.
Posterior rounded(Posterior posterior);
/// The whole file or nothing: written beside it and renamed. Throws std::runtime_error if the posterior contradicts itself, or the machine fails.
void write_posterior(const std::string& path, const Posterior& posterior);
/// Throws std::runtime_error that names the file and what is wrong with it.
Posterior read_posterior(const std::string& path);
/// Whether a file says that it is one. Throws std::runtime_error if there is no such file, or it is not HDF5.
bool is_posterior(const std::string& path);
/// Of a posterior file, its parameters without its structures; a JointReader.
JointDraws joint_draws(const std::string& path);

} // namespace entente
