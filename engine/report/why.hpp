// Why two scenarios differ, as text and JSON.
#pragma once
#include "../experiment/why.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

std::string text_of(const Why& why, const Looks& looks);
nlohmann::ordered_json json_of(const Why& why);

} // namespace entente::report
