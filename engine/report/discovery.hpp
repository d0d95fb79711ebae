// The boxes in which an outcome is frequent, as sentences, tables, JSON and CSV.
#pragma once
#include "../experiment/discover.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// What was found, and how it was looked for.
struct Found {
    const Searched& searched;
    const Discovery& discovery;
    const DiscoveryOptions& options;
    std::vector<TreeLeaf> tree{}; ///< none: the outcome is a share, or there was nothing to part
};

/// "speed of re-routing (kappa) is above 0.31": a box in words, with its 90 % intervals if asked for.
enum class Intervals : std::uint8_t { told, left_out };
/// One box in a sentence.
std::string box_text(const Searched& searched, const FoundBox& box, Intervals intervals);
/// "where ...: 34 % of futures ...; the box holds ...".
std::string sentence_of(const Searched& searched, const FoundBox& box);
/// A sentence and a table for each box, then the tree; with Detail::all the trajectories too.
std::string text_of(const Found& found, const Looks& looks);
nlohmann::ordered_json json_of(const Found& found);
/// The trajectories, a row for each step.
std::string csv_of(const Found& found);

} // namespace entente::report
