// The story of a replayed run.
#pragma once
#include "../analysis/narrative.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

inline constexpr std::size_t short_story = 24; ///< entries of a story that is not asked for in full

/// A run that was simulated again, and how it was found.
struct Replayed {
    std::string file;
    const Scenario& scenario;
    std::uint32_t run;
    std::string picked;    ///< why this run; "" if it was named
    bool compared;         ///< with what the file keeps of the run, and found the same
    std::size_t left_out;  ///< entries not shown
    std::uint32_t samples; ///< behind the odds
};

/// Who did what in which quarter, and under each entry what its rule read: values with their change over the year before, in the variables' units, and chances in %.
std::string text_of(const Replayed& replayed, const Told& told, const std::vector<Entry>& story);
/// The same with full precision; chances in [0, 1], null where a number cannot be said.
nlohmann::ordered_json json_of(const Replayed& replayed, const Told& told, const std::vector<Entry>& story);

} // namespace entente::report
