// A posterior's diagnosis in words and as JSON.
#pragma once
#include "../calibrate/diagnosis.hpp"
#include "looks.hpp"
#include <nlohmann/json.hpp>
#include <string>

namespace entente::report {

/// Tables of 80 signs; looks.detail: all lists every observation, else those that fit badly.
std::string text_of(const Diagnosis& diagnosis, const Posterior& posterior, const std::string& path, const Looks& looks);
nlohmann::ordered_json json_of(const Diagnosis& diagnosis, const Posterior& posterior);

} // namespace entente::report
