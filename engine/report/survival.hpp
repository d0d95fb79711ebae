// When events come and which comes first: in words, as JSON and as CSV.
#pragma once
#include "../experiment/survival.hpp"
#include "csv.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

struct NamedCompeting {
    std::string name, question;
    Competing events;
    std::vector<std::string> labels; ///< of each event
};
/// What is told of.
struct SurvivalShown {
    std::vector<std::size_t> events;
    bool chosen = false; ///< by the user, and then each in detail; else those that more than one future in a hundred sees
    std::vector<NamedCompeting> groups;
    CurveBand band = CurveBand::jeffreys;
};
std::string text_of(const SurvivalSide& side, const SurvivalShown& shown, const Looks& looks);
nlohmann::ordered_json json_of(const SurvivalSide& side, const SurvivalShown& shown);
std::string text_of(const SurvivalPair& pair, const SurvivalShown& shown, const Looks& looks);
nlohmann::ordered_json json_of(const SurvivalPair& pair, const SurvivalShown& shown);
/// side (a or b), curve (survival: not seen yet; incidence: seen first of those that compete), of (the group), event, quarter, year, at_risk, events, censored, share, standard_error, low, high
void write_survival(std::span<const SurvivalSide* const> sides, const SurvivalShown& shown, const TakeText& take);

} // namespace entente::report
