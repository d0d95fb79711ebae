// What diff finds of two results, and how it is told.
#pragma once
#include "../analysis/difference.hpp"
#include "command.hpp"

namespace entente::cli {

inline constexpr int same = 0, other_numbers = 1, other_design = 2;
inline constexpr const char* verdicts[] = {"same", "same design, other numbers", "other design"};

/// Where outcomes of single runs first differ.
struct FirstRun {
    std::string policy;                 ///< of a sweep
    std::uint64_t run = 0;              ///< of a sweep: the replicate
    std::optional<std::uint64_t> point; ///< of a sweep of several points
    std::optional<int> quarter;         ///< none: only its outcomes' values are known
    std::string what;                   ///< "class or orientation", the name of an event, or that of an outcome
};
struct PolicyShift {
    std::string quantity, policy; ///< policy: of a sweep
    Interval shift;               ///< B - A
    double a, b;
    bool same; ///< in every run
};
struct Difference {
    int verdict = same; ///< and exit code
    std::vector<Disagreement> design, programs;
    DataComparison data;
    std::vector<std::string> policies; ///< of a sweep
    std::optional<BitsDifference> bits;
    std::string about_bits; ///< why there is nothing to say of bits
    std::optional<FirstRun> first;
    std::vector<PolicyShift> shifts;
    std::string about_shifts; ///< why there are none
};

void print_text(const Difference& difference);
nlohmann::ordered_json to_json(const Difference& difference, const std::string& a, const std::string& b);

} // namespace entente::cli
