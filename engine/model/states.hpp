// The numbers of the states that variables can be in, by name, as inputs.hpp names the alternatives of structures. Above each: which variables hold it.
#pragma once

namespace entente {
inline namespace ENTENTE_KERNEL {

// clang-format off
/// war_state
namespace war { inline constexpr double settled = 0, frozen = 1, full = 2; }
/// taiwan_state
namespace taiwan { inline constexpr double calm = 0, crisis = 1, war = 2; }
/// taiwan_assertive taiwan_posture
namespace posture { inline constexpr double unset = -1, status_quo = 0, assertive = 1; }
/// taiwan_backing
namespace backing { inline constexpr double refused = -1, none = 0, given = 1; }
/// us_administration_deal
namespace administration { inline constexpr double hawkish = 0, dealing = 1; }
/// leadership_change
namespace leadership { inline constexpr double stays = 0, continuity = 1, reformist = 2, nationalist = 3, fragmentation = 4; }
/// request_made
namespace request { inline constexpr double none = 0, arms = 1, loan = 2, pipeline = 3; }
/// of an outcome code: its class
namespace outcome { inline constexpr double rupture = 0, estrangement = 1, transactional = 2, alignment = 3, alliance = 4; }
/// of an outcome code: Russia's
namespace orientation { inline constexpr double autonomous = 0, vassal = 1, western_turn = 2; }
// clang-format on

} // namespace ENTENTE_KERNEL
} // namespace entente
