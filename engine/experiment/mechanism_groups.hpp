// Mechanisms in groups that a reader knows: what a difference between scenarios may pass through. Every mechanism that owns a variable is in one, but for `exogenous`, whose trends no policy moves.
#pragma once
#include <span>
#include <string_view>

namespace entente {

struct MechanismGroup {
    std::string_view name;
    std::span<const std::string_view> mechanisms;
};
namespace mechanism_group {
inline constexpr std::string_view trade[] = {"chinese_banks", "payment_rails", "chinese_firms", "dependence", "russian_economy", "trade", "india"};
inline constexpr std::string_view war[] = {"ukraine", "war"};
inline constexpr std::string_view china[] = {"china_policy", "demand_game", "perception"};
inline constexpr std::string_view elite[] = {"elites", "russian_leadership"};
inline constexpr std::string_view russia[] = {"russia_stance", "russia_hostility", "status", "russian_requests"};
inline constexpr std::string_view west[] = {"united_states", "europe"};
inline constexpr std::string_view taiwan[] = {"taiwan", "taiwan_strait"};
inline constexpr std::string_view neighbours[] = {"central_asia", "contested_spaces", "friction", "mutual_hostility"};
inline constexpr std::string_view tie[] = {"political_alignment", "trust", "military_depth"};
} // namespace mechanism_group
inline constexpr MechanismGroup mechanism_groups[] = {
    {"Russia's elite and leaders", mechanism_group::elite},
    {"Russia's course to the West", mechanism_group::russia},
    {"the West", mechanism_group::west},
    {"war and Ukraine", mechanism_group::war},
    {"trade, money and dependence", mechanism_group::trade},
    {"China's policy", mechanism_group::china},
    {"Taiwan", mechanism_group::taiwan},
    {"Central Asia and friction", mechanism_group::neighbours},
    {"the tie itself", mechanism_group::tie},
};

} // namespace entente
