// The answer in a few sentences: what happens, and how sure that is.
#pragma once
#include "../analysis/answer.hpp"
#include "looks.hpp"

namespace entente::report {

/// The likeliest class at report_quarter(), of equals the looser tie, with its Monte Carlo error; what is known over readings; what makes futures differ.
std::string headline(const Answer& answer, Signs signs);

} // namespace entente::report
