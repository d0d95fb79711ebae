// Why two scenarios differ: which of the settings that differ between them makes how much of it, and through which mechanisms it passes. Both by swapping one after the other under
// common random numbers: a setting from A's to B's, a mechanism from answering to B to the course that it takes in A.
#pragma once
#include "mechanism_groups.hpp"
#include "settings_between.hpp"
#include "variants.hpp"
#include <optional>

namespace entente {

/// The headline of a difference: the alignment index and shares at the report date before this horizon.
std::vector<Quantity> why_quantities(int horizon);

/// Which quantities are explained, and with how much work.
struct WhyAsked {
    std::vector<Quantity> quantities;
    std::size_t most_exact = 8; ///< so many players are taken in every combination, at most most_exact_players; more in orders drawn at random
    bool mechanisms = true;
};
inline constexpr std::size_t most_setting_players = 24;                    ///< more settings are grouped
inline constexpr std::size_t orders_a_block = 2, orders_of_mechanisms = 6; ///< every other one is the reverse of the one before

/// ShapleyParts of the settings in B - A.
struct BySetting {
    std::vector<SettingPlayer> players;
    std::vector<ShapleyParts> parts; ///< by quantity
    std::uint64_t runs = 0;          ///< simulated, of all combinations together
};
/// What of B - A is gone while a mechanism's variables take, in each run of B, the course that they take in the same run of A.
struct HeldMechanism {
    std::string_view name;
    std::vector<Interval> gone; ///< by quantity
};
/// Through which mechanisms the difference passes.
struct ByMechanism {
    std::vector<ShapleyParts> groups; ///< by quantity; a player for each of mechanism_groups, who is out while its variables are held to A's course; `without`: what is left of B - A with all of them held
    std::vector<HeldMechanism> single;
    std::uint64_t runs = 0;
};
/// The difference, by setting and by mechanism.
struct Why {
    std::string a, b; ///< files or names
    std::uint64_t seed = 0;
    std::uint32_t futures = 0; ///< of each combination
    std::vector<Quantity> quantities;
    BySetting by_setting;
    std::optional<ByMechanism> by_mechanism;
};

/// Runs the mixtures of both scenarios; nothing if it was stopped. Throws Refused if seeds, numbers of runs or starts differ, std::invalid_argument if no setting differs, or a quantity is a
/// quantile or beyond a horizon.
std::optional<Why> why(const Scenario& a, const Scenario& b, const WhyAsked& asked, const EnsembleOptions& options, const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
