#include "observables.hpp"
#include "../core/quarter.hpp"
#include <fmt/format.h>

namespace entente {

// A row "measured by TARGET" rests on calibration/measurement.csv; the model's value stands for the measured one, without its error.
static constexpr Observable table[] = {
    {"trade_share_china", "China's share of Russian trade", "measured by china_share_of_russian_trade"},
    {"china_trade_share_russia", "Russia's share of Chinese trade", "measured by russia_share_of_chinese_trade"},
    {"trade_share_west", "the West's share of Russian trade", "measured by west_share_of_russian_trade"},
    {"trade_share_india", "India's share of Russian trade", "measured by india_share_of_russian_trade"},
    {"yuan_share_of_settlement", "yuan share of Russian settlement", "measured by yuan_share_of_settlement"},
    {"dual_use_flow", "flow of dual-use goods", "measured by dual_use_flow_early_2024"},
    {"political_alignment", "political alignment, by votes in the UN", "measured by un_distance_russia_china"},
    {"russia_west_hostility", "Russian hostility to the West, by votes in the UN", "measured by un_distance_russia_usa"},
    {"us_china_rivalry", "US-China rivalry, by votes in the UN", "measured by un_distance_china_usa"},
    {"military_depth", "military depth, by joint exercises", "measured by joint_exercises"},
    {"india_arms_demand", "India's demand for Russian arms", "measured by arms_to_india"},
    {"total_trade_russia", "Russia's trade with all", "customs"},
    {"russian_output", "Russian output", "national accounts"},
    {"oil_price_shock", "oil price against its norm", "prices"},
    {"energy_discount", "discount on Russian energy", "prices"},
    {"us_sanctions", "US sanctions on Russia", "sanctions lists"},
    {"eu_sanctions", "European sanctions on Russia", "sanctions lists"},
    {"designated_share", "capacity of designated Chinese firms", "sanctions lists"},
    {"carrot", "the West's offer to Russia", "what governments say"},
    {"us_administration_deal", "a US administration that wants deals", "elections"},
    {"detente_regime", "US-China detente", "the news"},
    {"war_state", "war in Ukraine (0 settled, 1 frozen, 2 full)", "the news"},
    {"taiwan_state", "Taiwan (0 calm, 1 crisis, 2 war)", "the news"},
    {"taiwan_assertive", "an assertive policy of Taiwan", "elections"},
    {"leader_age", "age of the Russian leader", "date of birth"},
    {"china_leader_age", "age of the Chinese leader", "date of birth"},
    {"pro_west_regime", "a pro-Western regime in Russia", "the news"},
    {"central_asia_flips", "Central Asian states that have turned from Russia", "the news"},
    {"visible_patrols", "joint patrols, as they are seen", "the news"},
    {"succession", "the Russian leader has gone", "the news", true},
    {"ouster", "the Russian leader was ousted", "the news", true},
    {"taiwan_crisis", "there was a crisis over Taiwan", "the news", true},
    {"taiwan_war", "there was a war over Taiwan", "the news", true},
    {"ceasefire", "full war in Ukraine has ended", "the news", true},
    {"military_collapse", "the Russian army has collapsed", "the news", true},
    {"war_relapse", "war in Ukraine has come back", "the news", true},
    {"pipeline", "the second pipeline is signed", "the news", true},
    {"west_incident", "there was an incident between Russia and the West", "the news", true},
    {"mutiny", "a mutiny has failed", "the news", true},
    {"nuclear_signal", "there was a nuclear signal", "the news", true},
    {"chinese_succession", "the Chinese leader has gone", "the news", true},
};

std::span<const Observable> observables() { return table; }

Quantity quantity_of(const Observable& o, int quarter)
{
    return parse_quantity(o.event ? fmt::format("{} by {}", o.name, quarter_name(quarter)) : fmt::format("mean {} at {}", o.name, quarter_name(quarter)));
}

} // namespace entente
