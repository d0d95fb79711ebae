// Ensemble Kalman inversion of a simulator, from the prior until the data are used up: where to start, for samplers that find the posterior itself. See kalman.hpp.
#pragma once
#include "simulator.hpp"
#include <atomic>
#include <optional>

namespace entente {

struct InversionSettings {
    std::uint64_t seed = 1;
    std::size_t members = 0;     ///< 0: ten a parameter
    std::size_t replicates = 10; ///< runs of a member; two or more. Their spread is the noise of observation and simulator
    std::uint32_t most_steps = 50;
    unsigned threads = 0; ///< 0: as many as the machine has; results do not depend on it
};

enum class InversionStopped : std::uint8_t {
    not_yet,
    done,    ///< steps sum to 1: all of the data is used
    too_far, ///< failure: after so many steps much of the data is still to be used; what was observed is far from all that the simulator makes
    too_few  ///< failure: less than half of the members are left, of others runs failed
};
/// Whether an inversion ended without what it was for.
constexpr bool failed(InversionStopped s) { return s >= InversionStopped::too_far; }
/// In words.
std::string to_text(InversionStopped stopped);

/// A plain value, from which an inversion goes on exactly.
struct InversionState {
    std::vector<double> deviates; ///< [member][parameter], see prior.hpp
    std::vector<double> sizes;    ///< of steps so far
    std::size_t begun = 0;        ///< members at first; those of which a run fails leave
    std::uint64_t runs = 0;
    InversionStopped stopped = InversionStopped::not_yet;
};

/// Members from the prior, on a scrambled Sobol sequence. Throws std::invalid_argument if shapes do not fit or a setting makes no sense.
InversionState begin_inversion(const Simulator& simulator, std::span<const double> observed, const InversionSettings& settings);
/// A step more, of a state that has not stopped. Nothing if `stop` became true.
std::optional<InversionState> next_inversion(const Simulator& simulator, std::span<const double> observed, const InversionSettings& settings, const InversionState& state,
                                             const std::atomic<bool>* stop = nullptr);

/// Called after each step, from the thread that calls; the state is whole and may be stored.
using InversionListener = std::function<void(const InversionState&)>;
/// From the prior, or from a stored state, until it stops by itself or `stop` becomes true: then the last whole state, not stopped.
InversionState inversion(const Simulator& simulator, std::span<const double> observed, const InversionSettings& settings, InversionState from = {},
                         const InversionListener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
