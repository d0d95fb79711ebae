// What of the model bears a name, in words: for who asks for a name where it means nothing.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// "a lever", "a forced event", "an alternative of the structure dep": everything that bears the name; empty if nothing does.
std::vector<std::string> bearers(std::string_view name);

} // namespace entente
