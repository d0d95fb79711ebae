// What a posterior must be, whoever wrote it, and what of it belongs together.
#pragma once
#include "posterior.hpp"

namespace entente::store {

/// What is wrong, as words for "FILE: is damaged: ..."; empty if nothing is. Of names alone, before anything is looked for under them.
std::string fault_of_names(const Posterior& posterior);
/// Of all of it.
std::string fault_of(const Posterior& posterior);
/// Of everything that it holds.
std::string checksum_of(const Posterior& posterior);

/// Texts of the group /calibration, and where they stand in memory.
struct PosteriorText {
    const char* name;
    std::string Posterior::*member;
};
inline constexpr PosteriorText posterior_texts[] = {{"calibration/name", &Posterior::name},
                                                    {"calibration/title", &Posterior::title},
                                                    {"calibration/calibration_text", &Posterior::calibration},
                                                    {"calibration/scenario_resolved", &Posterior::scenario_resolved},
                                                    {"calibration/method", &Posterior::method},
                                                    {"calibration/stopped", &Posterior::stopped},
                                                    {"calibration/engine_version", &Posterior::engine_version},
                                                    {"calibration/created_at", &Posterior::created_at}};
/// Texts of each parameter.
struct ParameterText {
    const char* name;
    std::string CalibratedParameter::*member;
};
inline constexpr ParameterText parameter_texts[] = {{"calibration/parameter", &CalibratedParameter::name},
                                                    {"calibration/parameter_unit", &CalibratedParameter::unit},
                                                    {"calibration/parameter_meaning", &CalibratedParameter::meaning},
                                                    {"calibration/parameter_prior", &CalibratedParameter::prior}};
/// Texts of each observation.
struct TargetText {
    const char* name;
    std::string CalibratedTarget::*member;
};
inline constexpr TargetText target_texts[] = {{"calibration/observation_target", &CalibratedTarget::target},
                                              {"calibration/observation_date", &CalibratedTarget::date},
                                              {"calibration/observation_unit", &CalibratedTarget::unit},
                                              {"calibration/observation_transform", &CalibratedTarget::transform}};

/// Observations of one target, in their order.
struct Series {
    std::string target;
    std::vector<std::size_t> observations;
};
/// In the order in which they first occur.
std::vector<Series> series_of(const std::vector<CalibratedTarget>& targets);
/// "target date" of each.
std::vector<std::string> observation_names(const std::vector<CalibratedTarget>& targets);
/// In the order of the draws.
std::vector<std::string> parameter_names(const std::vector<CalibratedParameter>& parameters);

/// Whether there are so many draws of so many names that a file is not written or read with them.
bool too_many(std::size_t chains, std::size_t draws, std::size_t names);

} // namespace entente::store
