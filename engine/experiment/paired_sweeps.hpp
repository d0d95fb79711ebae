// Two results of sweeps, paired by replicate and point.
#pragma once
#include "../analysis/difference.hpp"
#include "../store/sweep_file.hpp"
#include <algorithm>

namespace entente {

/// What both sweeps have, with its places in them.
struct Common {
    std::string name;
    std::size_t in_a, in_b;
};
/// What one of the two alone has.
struct OnlyIn {
    std::string file;
    const char* what; ///< "policy" or "outcome"
    std::string name;
};
/// Two sweeps, as far as they are pairs.
struct SweepPairs {
    std::string a, b;
    SweepHead in_a, in_b;
    std::vector<Common> policies, outcomes;
    std::vector<OnlyIn> left_out;
    std::uint32_t replicates() const { return std::min(in_a.replicates, in_b.replicates); }
};
/// Throws Refused if seeds, factors or points differ, or no policy or outcome is in both.
SweepPairs pair_sweeps(const std::string& a, const std::string& b);
/// Of the outcomes of both those that are asked for. Throws Refused if one is not there.
std::vector<Common> chosen(const std::vector<Common>& outcomes, const std::vector<std::string>& texts);

/// B against A, policy by policy.
struct SweepComparison {
    std::vector<Shift> shifts;                               ///< [outcome][policy], B - A
    std::uint64_t left_out = 0;                              ///< pairs of which a run failed or is not made
    std::vector<std::vector<PairedDifference>> class_shares; ///< [policy][quarter x class]; empty if a file keeps no single runs
};
/// Reads both files' values.
SweepComparison compare_sweeps(const SweepPairs& pairs);

} // namespace entente
