// Words that the text of a discovery and its JSON share.
#pragma once
#include "../experiment/discover.hpp"
#include <string>

namespace entente::report {

/// What the model says of what an input sets; "" if it sets nothing, or several things.
std::string meaning_of_input(const InputColumn& column);
/// "0.312", "7", "2030Q1", "pawn".
std::string value_in_words(const InputColumn& column, double value);
/// What a row is, one and several of them, and what its runs are.
struct Nouns {
    const char *one, *several, *runs;
};
/// As they are called in texts of this search.
Nouns nouns_of(const Searched& searched);
/// "34 %", "3.1 %".
std::string percent(double share);
/// "p = .02", "p < .001".
std::string p_text(double p);
/// Why no other box follows, in a sentence.
std::string end_text(const Searched& searched, const Discovery& discovery, const DiscoveryOptions& options);

} // namespace entente::report
