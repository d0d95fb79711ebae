#include "json.hpp"
#include <nlohmann/json.hpp>

namespace entente::report {

std::string printed(const nlohmann::ordered_json& json) { return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n"; }

} // namespace entente::report
