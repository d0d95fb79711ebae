// What strangers may hand to the program, one function each: whatever the bytes are, it answers or refuses, and never does anything else. What it accepts
// is also held against itself. A `fuzz` build looks for bytes that break one of them; every other build replays the corpus.
#pragma once
#include <string_view>

namespace entente::fuzz {

void scenario(std::string_view bytes);
void sweep(std::string_view bytes);
void quantity(std::string_view bytes);
void csv(std::string_view bytes);
void observations(std::string_view bytes);
/// Edits of a good result, posterior and folder of parts; see damaged.hpp.
void result(std::string_view bytes);
void posterior(std::string_view bytes);
void parts(std::string_view bytes);

/// Ends the program unless something holds.
void require(bool holds, std::string_view what);

} // namespace entente::fuzz
