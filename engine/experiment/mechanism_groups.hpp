// Mechanisms in groups that a reader knows: what a difference between scenarios may pass through. Each page names its own; one that owns no variable has none, nor has `exogenous`, whose trends no policy
// moves.
#pragma once
#include "../model/kernel.hpp"
#include <algorithm>
#include <array>

namespace entente {

/// In the order in which they are shown.
inline constexpr std::array<std::string_view, 9> mechanism_groups = {
    "Russia's elite and leaders", "Russia's course to the West", "the West", "war and Ukraine", "trade, money and dependence", "China's policy", "Taiwan", "Central Asia and friction", "the tie itself"};
/// Names of a group's mechanisms, in the model's order.
inline std::vector<std::string_view> mechanisms_of(std::string_view group)
{
    std::vector<std::string_view> all;
    for (const MechanismText& m : describe().mechanisms)
        if (m.group == group) all.push_back(m.name);
    return all;
}

} // namespace entente
