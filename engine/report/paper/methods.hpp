// The methods paragraph of a paper, with the results' own numbers.
#pragma once
#include "../../experiment/findings.hpp"
#include <string>

namespace entente::report {

/// LaTeX, a paragraph for each result and for their pairs; it cites keys of references.hpp, and names no command but LaTeX's own.
std::string methods_tex(const Findings& findings);

} // namespace entente::report
