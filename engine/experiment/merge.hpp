// Shards of one experiment put together.
#pragma once
#include "carry_out.hpp"
#include "../store/parts.hpp"
#include <memory>

namespace entente {

using OpenedParts = std::vector<std::unique_ptr<Parts>>;
/// Opens folders of parts for reading. Throws Refused for what is a file, std::runtime_error for what is no folder of parts.
OpenedParts open_parts(const std::vector<std::string>& folders);
/// Replaces a result in that place. Throws Refused if what is there is none, or if they belong to different experiments, or overlap or leave gaps, all of which it names, and
/// std::invalid_argument if there are none. Nothing, and no file, if `stop` becomes true before the end.
std::optional<Done> merge(const OpenedParts& parts, const std::string& out, const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
