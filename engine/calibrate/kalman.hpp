// Ensemble Kalman inversion: an ensemble of parameters moved towards what was observed, by its own covariances (Iglesias, Law and Stuart 2013), in steps whose size follows
// from the misfit (Iglesias and Yang 2021). Steps that sum to 1 give the posterior where the model is linear and the prior normal; elsewhere the ensemble
// is no posterior, but a good place to start. Pure functions.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

/// Members of an ensemble and what the simulator made of them. Parameters are to be on a scale without ends.
struct KalmanEnsemble {
    std::span<const double> parameters; ///< [member][parameter]
    std::span<const double> outputs;    ///< [member][target]
    std::span<const double> observed;   ///< [target]
    std::span<const double> noise;      ///< [target][target], positive definite: covariance of observation, and of the simulator from replicate to replicate
};

/// The next step, in (0, 1 - done]: from half squared misfits F in units of the noise and M targets, max(M / (2 mean F), sqrt(M / (2 variance F))), or what is left.
double kalman_step_size(const KalmanEnsemble& ensemble, double done);

/// Parameters after a step of this size: each member moves by the gain times what it lacks of the observed, which is perturbed by `normals`, [member][target] standard
/// normal deviates, with the noise's covariance over the size. In the linear case mean and covariance become those of Kalman's formula as the ensemble grows.
/// Throws std::invalid_argument if shapes do not fit, there are fewer than two members, the noise is not positive definite, a number is not finite or size is not in (0, 1].
std::vector<double> kalman_step(const KalmanEnsemble& ensemble, double size, std::span<const double> normals);
/// For it: addressed by seed, step and member.
std::vector<double> kalman_normals(std::uint64_t seed, std::uint32_t step, std::size_t members, std::size_t targets);

} // namespace entente
