// What a result must be, whoever wrote it: one rule for each value that becomes an index, a size or a share, and for names that are printed.
#pragma once
#include "sweep_file.hpp"
#include <span>

namespace entente::store {

inline constexpr std::uint32_t most_quarters = 744; ///< up to 2199Q4, the last that a date can name

/// Each says what is wrong, as words for "FILE: is damaged: ..."; empty if nothing is.
std::string fault_of(const Provenance& provenance);
/// Summaries and outcomes by quarter.
std::string fault_of(const Summary& summary);
/// A sweep's head, and what it holds of every point.
std::string fault_of(const SweepHead& head, const SweepEstimates& estimates);
/// Of runs of so many quarters.
std::string fault_of(const StoredFailures& failures, std::size_t quarters);
/// Of so many quarters and events of its runs; of those that `failed_quarter` says were not made, nothing is asked.
std::string fault_of(const StoredRuns& runs, std::size_t quarters);
/// The same of what a kernel left of so many runs: with every array whole.
std::string fault_of(const BlockResult& block, std::size_t quarters, std::size_t runs);
/// What it stopped on.
std::string fault_of(const StopReport& stop);
/// Of a result of so many quarters.
std::string fault_of(const Beside& beside, std::size_t quarters);
/// Whether a number is infinite or farther from 0 than any that this program writes.
bool is_far(double number);
/// Sums of bits.
std::string fault_of(const Fingerprint& fingerprint);

/// Throws DamagedFile with the path if there is a fault.
void throw_if_damaged(const std::string& path, const std::string& fault);

} // namespace entente::store
