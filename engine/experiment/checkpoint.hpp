// How far the chains of a calibration have come, on disk: what a kill leaves, and from where they go on exactly.
#pragma once
#include "../calibrate/smc_abc.hpp"
#include "../store/durable.hpp"
#include <string>
#include <vector>

namespace entente {

/// One of each chain that has begun, in order.
using ChainStates = std::vector<SmcState>;

/// The whole file or nothing. `key`: of the calibration. Throws std::runtime_error if the machine fails.
void write_checkpoint(const std::string& path, Key key, const ChainStates& states);
/// What was written; nothing if there is none, or it is damaged or another calibration's.
ChainStates read_checkpoint(const std::string& path, Key key);

} // namespace entente
