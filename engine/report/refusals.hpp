// Why what is asked for cannot be done, in the words of the program, whose options they name.
#pragma once
#include "../experiment/refusal.hpp"

namespace entente::report {

/// One line or several, without a last line break.
std::string text_of(const Refusal& refusal);

} // namespace entente::report
