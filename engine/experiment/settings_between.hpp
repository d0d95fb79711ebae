// What two scenarios set differently, as players that are swapped one by one; and scenarios in between, with some settings of one and the rest of the other.
#pragma once
#include "../analysis/difference.hpp"
#include "../analysis/shapley.hpp"
#include "../scenario/scenario.hpp"

namespace entente {

/// One setting, or several that are swapped together.
struct SettingPlayer {
    std::string name;                   ///< "lever western_carrot"; of several "5 parameters of elites"
    std::vector<Disagreement> settings; ///< setting: "levers.western_carrot"; a, b: what it is set to, "" where it is not set
};
/// In the order of a resolved scenario. A setting each; but one player for all weights and thresholds of the outcome, since they belong together, for parameters of which one may not pass another, and
/// for how parameters are drawn. Beyond `most`, parameters are grouped by the mechanism that owns them, then pins and mutes; if that is too many still, all settings by their section. Title, runs,
/// seed, horizon and expectations are no settings here.
/// Throws Refused if `start` differs: what is history in one would be free in the other.
std::vector<SettingPlayer> settings_between(const Scenario& a, const Scenario& b, std::size_t most);
/// A with the settings of the players that are in taken from B.
Scenario in_between(const Scenario& a, const Scenario& b, const std::vector<SettingPlayer>& players, Coalition from_b);

} // namespace entente
