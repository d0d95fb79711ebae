// What a text cites, as BibTeX.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace entente::report {

/// Keys that a LaTeX text cites, each once, in their order.
std::vector<std::string> cited_in(const std::string& latex);
/// Entries of these keys; that of `entente` has the version. Throws std::out_of_range of a key that is none.
std::string references_bib(const std::vector<std::string>& keys, const std::string& version);

} // namespace entente::report
