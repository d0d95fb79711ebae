// The list of all mechanisms, and the world that is the sum of their variables. A new mechanism adds its include and its name here.
#pragma once
#include "central_asia.hpp"
#include "china_policy.hpp"
#include "chinese_banks.hpp"
#include "chinese_firms.hpp"
#include "contested_spaces.hpp"
#include "demand_game.hpp"
#include "dependence.hpp"
#include "derived.hpp"
#include "elites.hpp"
#include "europe.hpp"
#include "exogenous.hpp"
#include "friction.hpp"
#include "india.hpp"
#include "military_depth.hpp"
#include "mutual_hostility.hpp"
#include "outcome.hpp"
#include "payment_rails.hpp"
#include "perception.hpp"
#include "political_alignment.hpp"
#include "russia_hostility.hpp"
#include "russia_stance.hpp"
#include "russian_economy.hpp"
#include "russian_leadership.hpp"
#include "russian_requests.hpp"
#include "status.hpp"
#include "taiwan.hpp"
#include "taiwan_strait.hpp"
#include "trade.hpp"
#include "trust.hpp"
#include "ukraine.hpp"
#include "united_states.hpp"
#include "war.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

using Model = Catalogue<Exogenous, Perception, UnitedStates, Europe, ChinaPolicy, Taiwan, TaiwanStrait, ChineseBanks, PaymentRails, ChineseFirms, Dependence, DemandGame,
                        RussiaStance, RussiaHostility, Ukraine, War, RussianEconomy, CentralAsia, ContestedSpaces, Friction, MutualHostility, PoliticalAlignment, Trust,
                        MilitaryDepth, Trade, India, Elites, RussianLeadership, Status, RussianRequests, Derived, Outcome>;

struct World : Model::Variables<Lanes>, Quantities<Lanes>, Levers<Lanes>, Forced<Lanes>, Structures<Lanes>, Switches<Lanes> {
    int quarter = 0; ///< since 2014Q1
    int start = 0;   ///< first quarter of the free world
};

} // namespace ENTENTE_KERNEL
} // namespace entente
