// Which machine something was measured on.
#pragma once
#include <string>

namespace entente {

/// Its processor, as it calls itself, and how many cores.
std::string name_of_machine();

} // namespace entente
