// A sweep done again from its result: every policy, point and replicate, held to what the file keeps, bit for bit.
#pragma once
#include "carry_out.hpp"

namespace entente {

/// The first thing in which a sweep simulated again is not what its file holds.
struct SweepDeparture {
    enum class In : std::uint8_t { outcome, failure, code, event, fingerprint, failed_count, estimate } in = In::outcome;
    std::string policy;
    std::uint64_t replicate = 0; ///< of a single run
    std::size_t point = 0;       ///< of a run, a count or an estimate
    std::string what;            ///< the outcome's or event's name
    int quarter = 0;             ///< of a code
    double stored = 0, again = 0;
};
/// What came of doing a sweep again.
struct RepeatedSweep {
    std::size_t policies = 0, points = 0, replicates = 0;
    std::uint64_t runs = 0, made = 0;          ///< that the result holds; that were simulated again
    bool complete = true;                      ///< not the result of an interrupted sweep
    bool histories = false;                    ///< the file keeps what became of each run, and that is compared too
    bool fingerprints = false;                 ///< the same of the bits of the first runs
    std::uint64_t given_up = 0;                ///< runs that took too long: compared until then, without their outcomes
    std::optional<SweepDeparture> departure{}; ///< none: the bits are identical
};
/// Every run that a sweep's result holds, until one departs. `options`: kernel and threads; precision is the result's. Memory does not grow with the runs. Throws
/// std::runtime_error if the file cannot be read, or its sweep asks for something else than it holds.
RepeatedSweep repeat_sweep(const StoredSweep& stored, const std::string& path, EnsembleOptions options, const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
