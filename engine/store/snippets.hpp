// Programs in other languages that read result files.
#pragma once
#include <string>

namespace entente {

/// A part of a page in Markdown: what is made first, then Python, then R. Each of its boxes runs by itself.
std::string snippets();

} // namespace entente
