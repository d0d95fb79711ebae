// The model as what is calibrated: from parameters and answers to disputes to what would be observed, date by date.
#pragma once
#include "calibration.hpp"
#include "simulator.hpp"

namespace entente {

enum class Which : std::uint8_t { fitted, all }; ///< observations that are summaries

/// Runs of the calibration's scenario. Each draws what is not learned from its prior, and the errors of observation, all addressed by its seed and replicate. What it holds is copied.
Simulator model_simulator(const Calibration& calibration, Which which, const EnsembleOptions& options);
/// What was observed, as the simulator's summaries have it.
std::vector<double> observed_summaries(const Calibration& calibration, Which which);
/// The targets that are fitted, or all.
Targets targets_of(const Calibration& calibration, Which which);

} // namespace entente
