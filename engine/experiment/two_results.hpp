// Two results side by side: the same to the bit, the same design with other numbers, or another design; and then in what, from where on and how far.
#pragma once
#include "../analysis/difference.hpp"
#include "../store/store.hpp"

namespace entente {

enum class Sameness : std::uint8_t {
    same,
    fewer_runs, ///< one is interrupted, and what both hold is the same
    other_numbers,
    other_design
};

/// How many runs a result holds, and was to hold.
struct Made {
    std::uint64_t runs = 0, asked = 0;
    bool complete = true; ///< not interrupted
};

/// Where outcomes of single runs first differ.
struct FirstRun {
    std::string policy;                 ///< of a sweep
    std::uint64_t run = 0;              ///< of a sweep: the replicate
    std::optional<std::uint64_t> point; ///< of a sweep of several points
    std::optional<int> quarter;         ///< none: only its outcomes' values are known
    std::string what;                   ///< "class or orientation", the name of an event, or that of an outcome
};
/// A quantity's shift under one policy.
struct PolicyShift {
    std::string quantity, policy; ///< policy: of a sweep
    Interval shift;               ///< B - A
    double a, b;
    bool same; ///< in every run
};
/// In what two results differ.
struct Difference {
    Sameness verdict = Sameness::same;
    std::vector<Disagreement> design, programs;
    Made a, b;
    std::uint64_t both = 0; ///< runs that both hold, if one is interrupted: they are what is compared
    bool partly() const { return !a.complete || !b.complete; }
    DataComparison data;
    std::vector<std::string> policies; ///< of a sweep
    std::optional<BitsDifference> bits;
    std::string about_bits; ///< why there is nothing to say of bits
    std::optional<FirstRun> first;
    std::vector<PolicyShift> shifts;
    bool single_runs = true; ///< both files keep them; else there are no shifts
};

/// Of two results of `run`, or two of `sweep`. Throws std::runtime_error if one cannot be read.
Difference difference_of(const std::string& a, const std::string& b);

} // namespace entente
