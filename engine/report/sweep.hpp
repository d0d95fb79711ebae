// What a sweep came to: by policy over all points, by point, and where runs failed.
#pragma once
#include "../experiment/estimates.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// Of a sweep's result in a file: the table over all points, that of the points if there are not too many, and where between the factors runs failed.
std::string text_of(const SweepEstimate& estimate, const StoredSweep& sweep, const std::string& path);
nlohmann::ordered_json json_of(const SweepEstimate& estimate, const StoredSweep& sweep, const std::string& path);
/// Of what is finished so far in a folder of parts; `way_on` says how it comes to a result.
std::string text_of(const SweepEstimate& estimate, const std::string& folder, const std::string& way_on);
nlohmann::ordered_json json_of(const SweepEstimate& estimate, const std::string& folder);

} // namespace entente::report
