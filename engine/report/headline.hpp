// The answer in a few sentences: what happens, and how sure that is.
#pragma once
#include "../analysis/answer.hpp"
#include "looks.hpp"
#include <string>
#include <vector>

namespace entente::report {

/// The likeliest class at report_quarter(), of equals the looser tie, with its Monte Carlo error; if there are readings, what is known over them; what makes futures differ.
std::vector<std::string> headline(const Answer& answer, Signs signs);

} // namespace entente::report
