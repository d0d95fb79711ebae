// What `diff` found of two results, as text and JSON.
#pragma once
#include "../experiment/two_results.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// `a`, `b`: the two files' names.
std::string text_of(const Difference& difference, const std::string& a, const std::string& b);
nlohmann::ordered_json json_of(const Difference& difference, const std::string& a, const std::string& b);

} // namespace entente::report
