// Keys of all JSON documents, in tables of a size that can be read.
#pragma once
#include "documents.hpp"

namespace entente::report {

/// Keys of results.
std::span<const KeyText> keys_of_results();
/// Keys of what is worked out from them.
std::span<const KeyText> keys_of_analyses();

} // namespace entente::report
