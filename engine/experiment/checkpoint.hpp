// How far a calibration has come, on disk: what a kill leaves, and from where it goes on exactly.
#pragma once
#include "../calibrate/smc_abc.hpp"
#include "../calibrate/synthetic_chains.hpp"
#include "../store/durable.hpp"
#include <optional>
#include <string>
#include <vector>

namespace entente {

/// By synthetic likelihood: what its summaries are reduced by, and where its chains are.
struct SyntheticProgress {
    Ruler ruler;
    std::uint64_t runs_before = 0; ///< of the first state: by which starts and ruler were found
    SyntheticState state;
};
/// The state of all chains.
struct Checkpoint {
    std::vector<SmcState> chains; ///< of particles: those that have begun, in order
    std::optional<SyntheticProgress> synthetic{};
    bool empty() const { return chains.empty() && !synthetic; }
};

/// The whole file or nothing. `key`: of the calibration. Throws std::runtime_error if the machine fails.
void write_checkpoint(const std::string& path, Key key, const Checkpoint& checkpoint);
/// What was written; an empty one if there is none, or it is damaged or another calibration's.
Checkpoint read_checkpoint(const std::string& path, Key key);

} // namespace entente
