// A replayed run as text, JSON and CSV.
#pragma once
#include "../analysis/narrative.hpp"
#include <nlohmann/json.hpp>

namespace entente::cli {

inline constexpr std::size_t short_story = 24; ///< entries of a story that is not asked for in full

struct Replayed {
    std::string file;
    const Scenario& scenario;
    std::uint32_t run;
    std::string picked;    ///< why this run; "" if it was named
    bool compared;         ///< with what the file keeps of the run, and found the same
    std::size_t left_out;  ///< entries not shown
    std::uint32_t samples; ///< behind the odds
};
std::string story_text(const Replayed& replayed, const Told& told, const std::vector<Entry>& story);
nlohmann::ordered_json story_json(const Replayed& replayed, const Told& told, const std::vector<Entry>& story);

/// A row per quarter: its name, class, orientation, then every variable as the result file would keep it.
std::string trajectory_csv(const Told& told);
/// A row per quarter, column and agent, in the order in which the result file would keep them.
std::string agents_csv(const Told& told);

} // namespace entente::cli
