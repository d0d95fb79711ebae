// Things of the model by what is said of them, for who does not know their names.
#pragma once
#include <string>

namespace entente::report {

/// Levers, events, drivers, quantities, readings and parameters whose name or meaning has all of these words, at their beginnings and whether or not they stand in the plural: a line each, at most eight.
/// "" if there are none.
std::string text_of_meant(const std::string& words);

} // namespace entente::report
