#include "happenings.hpp"
#include "../core/text.hpp"
#include <algorithm>
#include <cmath>
#include <iterator>
#include <unordered_map>

namespace entente {
namespace {

using Numbers = std::unordered_map<std::string_view, std::size_t>;
Numbers numbers_of(const std::vector<Row>& rows)
{
    Numbers numbers;
    for (std::size_t i = 0; i < rows.size(); ++i) numbers[rows[i].name] = i;
    return numbers;
}

bool grows(const Moment& m, std::string_view variable) { return m.now(variable) > m.was(variable); }
bool becomes(const Moment& m, std::string_view variable, double state) { return m.was(variable) != state && m.now(variable) == state; }
/// The level of support that China chose: the one nearest to what its support was drawn towards.
int chosen_support(const Moment& m)
{
    const double drawn_to = m.was("china_support") + (m.now("china_support") - m.was("china_support")) / m.told.parameter("support_rate");
    const double levels_of[] = {0, m.told.parameter("level_low"), m.told.parameter("level_middle"), 1};
    return static_cast<int>(std::min_element(std::begin(levels_of), std::end(levels_of), [=](double a, double b) { return std::abs(a - drawn_to) < std::abs(b - drawn_to); })
                            - std::begin(levels_of));
}

} // namespace

double Told::value(int quarter, std::string_view variable) const
{
    static const Numbers numbers = numbers_of(describe().variables);
    return static_cast<double>(result.value(static_cast<std::size_t>(quarter), numbers.at(variable), run));
}
double Told::parameter(std::string_view name) const
{
    static const Numbers numbers = numbers_of(describe().parameters);
    return static_cast<double>(job.parameters.at(numbers.at(name) * job.runs() + run));
}

std::vector<std::string> listed(std::string_view names)
{
    std::vector<std::string> all = split(names, ' ');
    std::erase(all, "");
    return all;
}

std::vector<Happening> with_other_events(std::vector<Happening> lines, const Description& model)
{
    for (std::size_t v = 0; v < model.owned; ++v) {
        const Row& row = model.variables[v];
        const auto names_it = [&](const char* name) { return row.name == name; };
        const bool told = std::any_of(lines.begin(), lines.end(), [&](const Happening& h) { return names_it(h.variable); });
        const bool excused = std::any_of(left_out().begin(), left_out().end(), [&](const LeftOut& l) { return names_it(l.event); });
        if (!row.event || told || excused) continue;
        const MechanismText& page = model.mechanisms[model.owner_of_variable(v)];
        const Kind kind = page.columns > 0 ? Kind::threshold : Kind::event; // odds are not asked of pages with agents
        // the tables' texts are literals, so that their ends are marked
        lines.push_back({row.name.data(), kind, 3, 0, page.title.data(), row.meaning.data(), row.name.data(), page.name.data(), "", "", "",
                         [name = row.name](const Moment& m) { return m.now(name) != 0; }});
    }
    return lines;
}

// clang-format off
const std::vector<Happening>& happenings()
{
    constexpr Kind event = Kind::event, decision = Kind::decision;
    using M = const Moment&;
    // name, kind, rank, quiet, who, what, | variable, page, why, question, forced, | happens
    static const std::vector<Happening> all = with_other_events({
        {"outbreak", event, 1, 0, "Ukraine", "fighting breaks out and stays a frozen war",
         "war_state", "war", "", "", "", [](M m) { return m.was("war_state") == 0 && m.now("war_state") == 1; }},
        {"full war", event, 1, 0, "Russia", "full war in Ukraine",
         "war_state", "war", "russian_view_orientation russian_strength felt_weakness victory carrot", "", "relapse", [](M m) { return becomes(m, "war_state", 2); }},
        {"ceasefire", event, 1, 0, "Ukraine, Russia", "ceasefire: the full war becomes a frozen one",
         "war_state", "war", "ukraine_willingness russian_strength war_quarters effort_west leader_orientation", "", "peace",
         [](M m) { return m.was("war_state") == 2 && m.now("war_state") == 1 && m.now("victory_event") == 0 && m.was("leadership_change") != 2; }},
        {"reformist's ceasefire", decision, 1, 0, "Russia", "its new leader ends the full war; it freezes", "war_state", "war", "", "", "peace",
         [](M m) { return m.was("war_state") == 2 && m.now("war_state") == 1 && m.now("victory_event") == 0 && m.was("leadership_change") == 2; }},
        {"settlement", event, 1, 0, "Ukraine, Russia", "the war is settled",
         "war_state", "war", "effort_west carrot", "", "settle", [](M m) { return becomes(m, "war_state", 0) && m.now("military_collapse") == 0; }},
        {"collapse", event, 1, 0, "Russia", "its army collapses, and with it the war",
         "military_collapse", "war", "russian_strength dual_use_flow russian_output western_aid", "", "collapse", [](M m) { return m.now("military_collapse") > 0; }},
        {"victory", event, 1, 0, "Russia", "wins in Ukraine", "victory_event", "war", "", "", "win", [](M m) { return m.now("victory_event") > 0; }},
        {"nuclear signal", event, 2, 0, "Russia", "gives a nuclear signal of size {nuclear_event}",
         "nuclear_event", "war", "felt_weakness war_state taiwan_state", "", "nuclear_signal", [](M m) { return m.now("nuclear_event") > 0; }},
        {"mutiny", event, 1, 0, "Russia", "a mutiny fails and costs {mutiny} of legitimacy",
         "mutiny", "russian_economy", "legitimacy war_quarters", "", "mutiny", [](M m) { return m.now("mutiny") > 0; }},

        {"death", event, 1, 0, "Russia", "the leader dies|the leader goes",
         "leadership_change", "russian_leadership", "leader_age", "", "death reform fragmentation",
         [](M m) { return m.now("leadership_change") > 0 && m.now("leader_ousted") == 0 && m.now("leader_retired") == 0; }},
        {"hand-over", decision, 1, 0, "Russia", "the leader hands over",
         "leader_retired", "russian_leadership", "leader_age", "", "", [](M m) { return m.now("leader_retired") > 0; }},
        {"ouster", event, 1, 0, "Russia", "the leader is ousted",
         "leader_ousted", "russian_leadership", "legitimacy leader_dominance", "", "", [](M m) { return m.now("leader_ousted") > 0; }},
        {"continuity", decision, 1, 0, "Russia's elite", "puts its candidate in: orientation {leader_orientation}, wariness of China {leader_wariness}",
         "leadership_change", "russian_leadership", "coalition_weight coalition_distance candidate_orientation", "successor", "",
         [](M m) { return m.now("leadership_change") == 1 && m.now("pro_west_regime") == 0; }},
        {"pro-Western continuity", decision, 1, 0, "Russia's elite", "puts in a candidate who looks West: orientation {leader_orientation}, wariness of China {leader_wariness}",
         "leadership_change", "russian_leadership", "coalition_weight coalition_distance candidate_orientation", "successor", "",
         [](M m) { return m.now("leadership_change") == 1 && m.now("pro_west_regime") == 1; }},
        {"reformist", event, 1, 0, "Russia", "a reformist comes to power: orientation {leader_orientation}, wariness of China {leader_wariness}",
         "leadership_change", "russian_leadership", "coalition_orientation coalition_distance carrot", "successor", "reform", [](M m) { return m.now("leadership_change") == 2; }},
        {"nationalist", event, 1, 0, "Russia", "a nationalist comes to power: orientation {leader_orientation}, wariness of China {leader_wariness}",
         "leadership_change", "russian_leadership", "coalition_orientation coalition_distance carrot", "successor", "", [](M m) { return m.now("leadership_change") == 3; }},
        {"fragmentation", event, 1, 0, "Russia", "the state fragments",
         "leadership_change", "russian_leadership", "legitimacy coalition_distance", "successor", "fragmentation", [](M m) { return m.now("leadership_change") == 4; }},
        {"reunion", event, 1, 0, "Russia", "the fragmented state comes together again",
         "fragmented", "russian_leadership", "", "", "", [](M m) { return becomes(m, "fragmented", 0); }},

        {"open support", decision, 1, 8, "China", "supports the war openly",
         "overt_support", "china_policy", "russian_strength west_china_hostility failure_belief trust secondary_enforcement china_western_exposure", "support", "",
         [](M m) { return m.now("overt_support") > 0 && m.now("china_support") > m.told.parameter("overt_support_least"); }},
        {"new Chinese leader", event, 1, 0, "China", "a new leader, who adds {china_rivalry_offset} to rivalry with the United States",
         "china_leader_change", "china_policy", "china_leader_age", "", "", [](M m) { return m.now("china_leader_change") > 0; }},
        {"Taiwan crisis", event, 1, 0, "Taiwan Strait", "a crisis begins",
         "taiwan_onset", "taiwan_strait", "taiwan_deterrence china_western_exposure us_china_rivalry taiwan_assertive war_state", "", "taiwan",
         [](M m) { return m.now("taiwan_onset") > 0 && m.now("taiwan_state") == 1; }},
        {"Taiwan war", event, 1, 0, "Taiwan Strait", "war over Taiwan", "taiwan_state", "taiwan_strait", "", "", "taiwan_war", [](M m) { return becomes(m, "taiwan_state", 2); }},
        {"calm strait", event, 2, 0, "Taiwan Strait", "calm again", "taiwan_state", "taiwan_strait", "", "", "", [](M m) { return becomes(m, "taiwan_state", 0); }},
        {"backing", decision, 1, 0, "Russia", "backs China over Taiwan",
         "taiwan_backing", "russia_stance", "trust effort_china sanctions_total effort_west", "backing", "", [](M m) { return m.now("taiwan_backing") > 0; }},
        {"no backing", decision, 1, 0, "Russia", "does not back China over Taiwan",
         "taiwan_backing", "russia_stance", "trust effort_china sanctions_total effort_west", "backing", "", [](M m) { return m.now("taiwan_backing") < 0; }},
        {"Taiwan's voters, assertive", decision, 3, 0, "Taiwan", "turns to an assertive policy",
         "taiwan_assertive", "taiwan", "us_china_rivalry taiwan_state", "", "", [](M m) { return becomes(m, "taiwan_assertive", 1); }},
        {"Taiwan's voters, status quo", decision, 3, 0, "Taiwan", "turns to the status quo",
         "taiwan_assertive", "taiwan", "us_china_rivalry taiwan_state", "", "", [](M m) { return becomes(m, "taiwan_assertive", 0); }},

        {"dealing administration", event, 2, 0, "United States", "an administration that wants deals with Russia",
         "us_administration_deal", "united_states", "", "", "", [](M m) { return becomes(m, "us_administration_deal", 1); }},
        {"hawkish administration", event, 2, 0, "United States", "a hawkish administration",
         "us_administration_deal", "united_states", "", "", "", [](M m) { return becomes(m, "us_administration_deal", 0); }},
        {"detente", event, 2, 0, "United States, China", "a detente begins", "detente_regime", "united_states", "", "", "", [](M m) { return becomes(m, "detente_regime", 1); }},
        {"end of detente", event, 2, 0, "United States, China", "the detente ends",
         "detente_regime", "united_states", "taiwan_state", "", "", [](M m) { return becomes(m, "detente_regime", 0); }},
        {"offer", decision, 2, 0, "The West", "offers Russia a place ({carrot} of all it could)",
         "carrot", "united_states", "war_state", "", "", [](M m) { return m.was("carrot") == 0 && m.now("carrot") > 0; }},
        {"end of offer", decision, 2, 0, "The West", "withdraws its offer",
         "carrot", "united_states", "war_state", "", "", [](M m) { return m.was("carrot") > 0 && m.now("carrot") == 0; }},

        {"pipeline", decision, 1, 0, "Russia, China", "sign the second pipeline",
         "pipeline_signed", "dependence", "west_china_hostility political_alignment energy_discount taiwan_state", "", "pipeline", [](M m) { return becomes(m, "pipeline_signed", 1); }},
        {"demand accepted", decision, 3, 0, "Russia", "gives in to a demand of China's (cost {demand_accepted})",
         "demand_accepted", "demand_game", "dependence_index sanctions_total stagnation leader_wariness elite_wariness", "demand", "", [](M m) { return m.now("demand_accepted") > 0; }},
        {"demand refused", decision, 3, 0, "Russia", "refuses a demand of China's (cost {demand_refused})",
         "demand_refused", "demand_game", "dependence_index sanctions_total stagnation leader_wariness elite_wariness", "demand", "", [](M m) { return m.now("demand_refused") > 0; }},
        {"loan", decision, 2, 0, "China", "lends what Russia asked for", "loan_granted", "russian_requests", "china_support failure_belief", "answer", "",
         [](M m) { return m.now("loan_granted") > 0; }},
        {"grant", decision, 2, 0, "China", "gives Russia the arms or the pipeline that it asked for", "request_granted", "russian_requests", "overt_support pipeline_signed", "answer", "",
         [](M m) { return m.now("request_granted") > 0 && m.now("loan_granted") == 0; }},
        {"no arms", decision, 3, 0, "China", "refuses the arms that Russia asked for", "request_refused", "russian_requests", "overt_support", "answer", "",
         [](M m) { return m.now("request_refused") > 0 && m.was("request_made") == 1; }},
        {"no loan", decision, 3, 0, "China", "refuses the loan that Russia asked for", "request_refused", "russian_requests", "china_support failure_belief", "answer", "",
         [](M m) { return m.now("request_refused") > 0 && m.was("request_made") == 2; }},
        {"no pipeline", decision, 3, 0, "China", "refuses the pipeline that Russia asked for", "request_refused", "russian_requests", "pipeline_signed", "answer", "",
         [](M m) { return m.now("request_refused") > 0 && m.was("request_made") == 3; }},
        {"incident with the West", event, 2, 8, "Russia, the West", "an incident",
         "west_incident", "russia_hostility", "russia_west_hostility effort_west delivered_carrot", "", "", [](M m) { return m.now("west_incident") > 0; }},
        {"incident with China", event, 2, 0, "Russia, China", "an incident of gravity {bilateral_incident}",
         "bilateral_incident", "friction", "friction mutual_hostility", "", "", [](M m) { return m.now("bilateral_incident") > 0; }},
        {"two states", Kind::threshold, 1, 40, "Central Asia", "{central_asia_flips} of its states are no longer Russia's",
         "central_asia_flips", "central_asia", "war_state russian_output asia_trend defeat_memory failure_belief", "", "",
         [](M m) { return m.was("central_asia_flips") < m.told.parameter("flipped_states") && m.now("central_asia_flips") >= m.told.parameter("flipped_states"); }},
        {"Kazakhstan", Kind::threshold, 2, 0, "Kazakhstan", "is no longer Russia's", "flip_quarters_kaz", "central_asia",
         "central_asia_trade_russia_kaz central_asia_trade_china_kaz central_asia_security_kaz war_state", "", "", [](M m) { return m.was("flip_quarters_kaz") < 4 && m.now("flip_quarters_kaz") >= 4; }},
        {"return of Kazakhstan", Kind::threshold, 2, 0, "Kazakhstan", "is Russia's again", "flip_quarters_kaz", "central_asia",
         "central_asia_trade_russia_kaz central_asia_trade_china_kaz central_asia_security_kaz war_state", "", "", [](M m) { return m.was("flip_quarters_kaz") >= 4 && m.now("flip_quarters_kaz") == 0; }},
        {"Kyrgyzstan", Kind::threshold, 2, 0, "Kyrgyzstan", "is no longer Russia's", "flip_quarters_kgz", "central_asia",
         "central_asia_trade_russia_kgz central_asia_trade_china_kgz central_asia_security_kgz war_state", "", "", [](M m) { return m.was("flip_quarters_kgz") < 4 && m.now("flip_quarters_kgz") >= 4; }},
        {"return of Kyrgyzstan", Kind::threshold, 2, 0, "Kyrgyzstan", "is Russia's again", "flip_quarters_kgz", "central_asia",
         "central_asia_trade_russia_kgz central_asia_trade_china_kgz central_asia_security_kgz war_state", "", "", [](M m) { return m.was("flip_quarters_kgz") >= 4 && m.now("flip_quarters_kgz") == 0; }},
        {"Tajikistan", Kind::threshold, 2, 0, "Tajikistan", "is no longer Russia's", "flip_quarters_tjk", "central_asia",
         "central_asia_trade_russia_tjk central_asia_trade_china_tjk central_asia_security_tjk war_state", "", "", [](M m) { return m.was("flip_quarters_tjk") < 4 && m.now("flip_quarters_tjk") >= 4; }},
        {"return of Tajikistan", Kind::threshold, 2, 0, "Tajikistan", "is Russia's again", "flip_quarters_tjk", "central_asia",
         "central_asia_trade_russia_tjk central_asia_trade_china_tjk central_asia_security_tjk war_state", "", "", [](M m) { return m.was("flip_quarters_tjk") >= 4 && m.now("flip_quarters_tjk") == 0; }},
    }, describe());
    return all;
}

const std::vector<Choice>& choices()
{
    using M = const Moment&;
    static const std::vector<Choice> all = {
        {"successor", "the candidate", [](M m) { return m.now("leadership_change") == 1; }},
        {"successor", "a reformist", [](M m) { return m.now("leadership_change") == 2; }},
        {"successor", "a nationalist", [](M m) { return m.now("leadership_change") == 3; }},
        {"successor", "fragmentation", [](M m) { return m.now("leadership_change") == 4; }},
        {"support", "none", [](M m) { return chosen_support(m) == 0; }},
        {"support", "a little", [](M m) { return chosen_support(m) == 1; }},
        {"support", "much", [](M m) { return chosen_support(m) == 2; }},
        {"support", "full", [](M m) { return chosen_support(m) == 3; }},
        {"stance", "China", [](M m) { return grows(m, "effort_china"); }},
        {"stance", "hold", [](M m) { return !grows(m, "effort_china") && !grows(m, "effort_diversify") && !grows(m, "effort_west"); }},
        {"stance", "others", [](M m) { return grows(m, "effort_diversify"); }},
        {"stance", "the West", [](M m) { return grows(m, "effort_west"); }},
        {"backing", "backs", [](M m) { return m.now("taiwan_backing") > 0; }},
        {"backing", "refuses", [](M m) { return m.was("taiwan_onset") > 0 && m.now("taiwan_backing") <= 0; }},
        {"demand", "gives in", [](M m) { return m.now("demand_accepted") > 0; }},
        {"demand", "refuses", [](M m) { return m.now("demand_refused") > 0; }},
        {"answer", "grants", [](M m) { return m.now("request_granted") > 0; }},
        {"answer", "refuses", [](M m) { return m.now("request_refused") > 0; }},
    };
    return all;
}

const std::vector<LeftOut>& left_out()
{
    static const std::vector<LeftOut> all = {
        {"joint_patrol", "comes about every second quarter and moves little by itself; what counts is the impression that many leave"},
        {"request_made", "is told with its answer, which comes a quarter later"},
    };
    return all;
}

// clang-format on

} // namespace entente
