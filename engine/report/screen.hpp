// A screen over all rows of the model, for readers and for programs.
#pragma once
#include "../experiment/screen.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// `shown`: rows at most; 0: all that are seen.
std::string text_of(const Screen& screen, std::size_t shown, const Looks& looks);
nlohmann::ordered_json json_of(const Screen& screen);

} // namespace entente::report
