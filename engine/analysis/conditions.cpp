// The parts of the table of happenings that are not single quarters: states that last, and variables that move by steps.
#include "happenings.hpp"
#include <algorithm>
#include <iterator>

namespace entente {

// clang-format off
const std::vector<Condition>& conditions()
{
    using M = const Moment&;
    static const std::vector<Condition> all = {
        {"class", Kind::change, 1, "Russia, China", "outcome", "political_alignment trade_share_china military_depth trust", "",
         {"the tie ruptures", "estrangement", "a transactional tie", "alignment", "alliance"}, [](M m) { return class_of(static_cast<std::uint8_t>(m.told.code(m.quarter))); }},
        {"orientation", Kind::change, 1, "Russia", "outcome", "dependence_index concessions russia_west_hostility effort_west trade_share_west", "",
         {"goes its own way, neither vassal nor turned West", "a vassal of China: dependent, and it has conceded much", "has turned West"},
         [](M m) { return orientation_of(static_cast<std::uint8_t>(m.told.code(m.quarter))); }},
        {"stance", Kind::decision, 2, "Russia", "russia_stance", "russian_view_orientation russian_view_wariness dependence_index sanctions_total friction expected_support carrot delivered_carrot", "stance",
         {"turns first of all to China", "holds back and turns to nobody", "turns first of all to other partners", "turns first of all to the West"},
         [](M m) {
             const double c = m.now("effort_china"), d = m.now("effort_diversify"), w = m.now("effort_west"), most = std::max({c, 1 - c - d - w, d, w});
             return most == c ? 0 : most == d ? 2 : most == w ? 3 : 1;
         }},
        {"support", Kind::decision, 2, "China", "china_policy", "west_china_hostility trust russian_strength failure_belief secondary_enforcement china_western_exposure designated_share", "support",
         {"lets Russia down: hardly any support", "gives a little support", "gives much support", "gives full support"},
         [](M m) {
             const double s = m.now("china_support"), low = m.told.parameter("level_low"), middle = m.told.parameter("level_middle");
             return s < low / 2 ? 0 : s < (low + middle) / 2 ? 1 : s < (middle + 1) / 2 ? 2 : 3;
         }},
        {"belief of failure", Kind::threshold, 2, "China", "china_policy", "legitimacy russian_output russian_strength defeat_memory fragmented", "",
         {"no longer believes that Russia is failing", "comes to believe that Russia is failing"}, [](M m) { return m.now("failure_belief") >= 0.5 ? 1 : 0; }},
        {"first partner", Kind::threshold, 2, "Trade", "trade", "sanctions_in_force effort_west bank_acceptance political_alignment", "",
         {"the West is Russia's first trading partner again", "China is Russia's first trading partner"}, [](M m) { return m.now("trade_share_china") > m.now("trade_share_west") ? 1 : 0; }},
        {"brink", Kind::threshold, 2, "Russia", "war", "dual_use_flow russian_output western_aid", "",
         {"its army is back from the brink of collapse", "its army stands at the brink of collapse"},
         [](M m) { return m.now("russian_strength") < m.told.parameter("collapse_brink") ? 1 : 0; }},
        {"willingness", Kind::threshold, 3, "Ukraine", "ukraine", "war_quarters western_aid russian_strength", "",
         {"would rather fight on than accept a ceasefire", "would rather accept a ceasefire than fight on"}, [](M m) { return m.now("ukraine_willingness") >= 0.5 ? 1 : 0; }},
        {"alarm", Kind::threshold, 2, "Russia's elite", "elites", "espionage bilateral_incident demand_refused", "",
         {"is calm about China again", "most of it is alarmed about China"}, [](M m) { return m.now("elite_alarm") >= 0.5 ? 1 : 0; }},
        {"enmity", Kind::threshold, 1, "Russia, China", "mutual_hostility", "friction", "",
         {"are no longer enemies", "become enemies: hostility feeds itself"}, [](M m) { return m.now("mutual_hostility") * m.told.parameter("mutual_spiral") > 1 ? 1 : 0; }},
        {"gap", Kind::threshold, 3, "Chinese firms", "chinese_firms", "secondary_enforcement china_western_exposure sanctions_in_force bank_acceptance", "",
         {"the first tier supplies again", "the first tier leaves a gap for the second"}, [](M m) { return m.now("supply_tier1") < m.told.parameter("gap_threshold") ? 1 : 0; }},
    };
    return all;
}

const std::vector<Level>& levels()
{
    static const std::vector<Level> all = {
        {"us_sanctions", 0.20, 2, "United States", "more sanctions on Russia", "fewer sanctions on Russia", "united_states", "war_state =us_administration_deal perceived_opening delivered_carrot", ""},
        {"eu_sanctions", 0.20, 2, "Europe", "more sanctions on Russia", "fewer sanctions on Russia", "europe", "war_state war_quarters west_russia_hostility perceived_opening delivered_carrot", ""},
        {"secondary_enforcement", 0.20, 2, "United States", "leans harder on third parties", "leans less on third parties", "united_states", "war_state =us_administration_deal dual_use_flow", ""},
        {"concessions", 0.15, 2, "Russia", "has ceded more to China", "has taken concessions back", "demand_game",
         "dependence_index expected_tolerance leader_wariness elite_wariness concession_break", "demands accepted=demand_accepted, refused=demand_refused, loans taken=loan_granted"},
        {"trust", 0.15, 2, "Russia, China", "trust each other more", "trust each other less", "trust", "delivered_support political_alignment friction effort_west mutual_hostility",
         "incidents=bilateral_incident, demands refused=demand_refused"},
        {"military_depth", 0.15, 2, "Russia, China", "deeper military cooperation", "shallower military cooperation", "military_depth", "political_alignment trust war_state taiwan_state", ""},
        {"dependence_index", 0.15, 2, "Russia", "depends more on China", "depends less on China", "derived", "trade_share_china technology_dependence yuan_settlement pipeline_effective", ""},
        {"legitimacy", 0.15, 3, "Russia", "its regime gains legitimacy", "its regime loses legitimacy", "russian_economy", "russian_output war_quarters defeat_memory fragmented", ""},
        {"india_purchase", 0.30, 3, "India", "buys more from Russia", "buys less from Russia", "india", "secondary_enforcement sanctions_total trade_share_china", ""},
        {"elite_wariness", 0.15, 3, "Russia's elite", "grows warier of China", "grows less wary of China", "elites", "dependence_index espionage grievance concessions", ""},
        {"insulated_rails", 0.20, 3, "Russia, China", "more payments out of US reach", "fewer payments out of US reach", "payment_rails", "secondary_enforcement political_alignment yuan_settlement", ""},
    };
    return all;
}
// clang-format on

std::vector<std::string> owned_parts(std::string_view variable)
{
    static constexpr std::pair<std::string_view, std::string_view> parts[] = {
        {"sanctions_total", "us_sanctions eu_sanctions taiwan_state"},
        {"western_aid", "us_sanctions eu_sanctions"},
        {"west_china_hostility", "us_china_rivalry eu_china_hostility"},
        {"delivered_carrot", "carrot effort_west pro_west_regime"},
        {"pipeline_effective", "pipeline_stock gas_contract_stock"},
        {"china_need", "taiwan_state china_western_exposure"},
        {"dependence_index", "trade_share_china yuan_settlement technology_dependence pipeline_stock gas_contract_stock taiwan_state china_western_exposure budget"},
        {"russian_view_orientation", "leader_dominance leader_orientation elite_orientation coalition_orientation"},
        {"russian_view_wariness", "leader_dominance leader_wariness elite_wariness coalition_wariness"},
        {"delivered_support", "china_support supply_willingness"},
        {"perceived_opening", "effort_west perception_west_on_russia"},
    };
    const auto at = std::find_if(std::begin(parts), std::end(parts), [=](const auto& p) { return p.first == variable; });
    return at == std::end(parts) ? std::vector<std::string>{std::string(variable)} : listed(at->second);
}

} // namespace entente
