// What a scenario puts into the world from outside: levers over time, forced events, structures (the readings on which the articles disagree)
// and switches of single terms. All of them are lanes, so that a block may hold runs of different scenarios.
#pragma once
#include "../core/lanes.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

/// Levers, read in the quarter for which the scenario sets them. A standard of -1 beside a range that begins at 0 means "unset".
template <class Value> struct Levers {
    Value western_carrot = input("western_carrot", "index", 0, 0, 1, "offer of integration that the West makes to Russia, not delivered during full war (K)", "C99 C100 C101");
    Value enforcement_push = input("enforcement_push", "index", 0, -1, 1, "shift of the target of US secondary enforcement (Qadd)", "C35");
    Value bank_enforcement_push = input("bank_enforcement_push", "index", 0, -1, 1, "shift of secondary enforcement as Chinese banks meet it, apart from that on firms", "C20 C36 C37");
    Value sanctions_push = input("sanctions_push", "index", 0, -1, 1, "shift of the US and EU sanctions targets (Sadd)", "C102 C152");
    Value antidollar_axis = input("antidollar_axis", "index", 0, 0, 1, "deliberate building of payment channels outside the dollar", "C36 C37");
    Value pipeline_by_decision = input("pipeline_by_decision", "0/1", 0, 0, 1, "1: only the forced event `pipeline` signs the second pipeline (ps2)", "C79 C80");
    Value central_asia_push = input("central_asia_push", "index", 0, -1, 2, "Chinese push into Central Asia; below 0: China holds back, and leaves Russia its place", "C82 C89");
    Value arctic_push = input("arctic_push", "index", 0, 0, 1, "Chinese push into the Arctic", "C82");
    Value india_pull = input("india_pull", "index", 0, 0, 1, "how far India is offered to Russia as another partner", "C87");
    Value india_pressure = input("india_pressure", "index", 0, 0, 1, "extra US pressure on Indian purchases", "C87 C121");
    Value europe_peel = input("europe_peel", "index", 0, 0, 1, "Europe peeled away from the United States", "C49");
    Value us_rivalry_centre = input("us_rivalry_centre", "index", -1, 0, 1, "centre of US-China rivalry, any offset of a Chinese leader included; -1: unset (hUS)", "C14 C15");
    Value ukraine_resolve = input("ukraine_resolve", "logit/2", 0, -1, 1, "shift of Ukraine's refusal of a ceasefire", "T71");
    Value taiwan_posture = input("taiwan_posture", "0/1", -1, 0, 1, "Taiwan's policy held at status quo (0) or assertive (1); -1: unset", "T75");
    Value patrol_push = input("patrol_push", "probability", 0, 0, 1, "extra chance of a joint patrol in a quarter", "C116 C125");
    Value india_china_hostility = input("india_china_hostility", "index", 0.5, 0, 1, "hostility between India and China (hIC)", "C87");
    Value support_hostility_push = input("support_hostility_push", "index", 0, -1, 1, "extra European hostility to China that its support causes (sup)", "C151");
    Value diversification_push = input("diversification_push", "utility", 0, 0, 1, "extra appeal of partners other than China and the West", "C86");
    Value reliance_push = input("reliance_push", "index", 0, -1, 1,
                                "Russian import policy: Chinese goods and technology preferred (1), or kept out for others' and home-made ones (-1)", "C63 C64");
};

/// Forced events: 0, or 1 (nuclear_signal and mutiny: the size) in the quarter in which the owner of the variable makes them happen.
template <class Value> struct Forced {
    Value force_peace = input("peace", "0/1", 0, 0, 1, "full war becomes a frozen one");
    Value force_settle = input("settle", "0/1", 0, 0, 1, "the war is settled");
    Value force_weak = input("weak", "0/1", 0, 0, 1, "Russian military strength falls to the brink");
    Value force_collapse = input("collapse", "0/1", 0, 0, 1, "the Russian army collapses");
    Value force_death = input("death", "0/1", 0, 0, 1, "the Russian leader dies; continuity rules apply");
    Value force_reform = input("reform", "0/1", 0, 0, 1, "the Russian leader goes and a pro-Western one follows");
    Value force_taiwan = input("taiwan", "0/1", 0, 0, 1, "a crisis over Taiwan");
    Value force_taiwan_war = input("taiwan_war", "0/1", 0, 0, 1, "a war over Taiwan");
    Value force_pipeline = input("pipeline", "0/1", 0, 0, 1, "the second pipeline is signed");
    Value force_win = input("win", "0/1", 0, 0, 1, "Russia wins: full war ends as a victory", "C13 C104");
    Value force_nuclear_signal = input("nuclear_signal", "index", 0, 0, 1, "a nuclear signal of this size", "C38");
    Value force_mutiny = input("mutiny", "index", 0, 0, 1, "a failed mutiny that costs this much legitimacy", "C161");
    Value force_fragmentation = input("fragmentation", "0/1", 0, 0, 1, "the Russian leader goes and the state fragments", "C45");
    Value force_relapse = input("relapse", "0/1", 0, 0, 1, "a frozen war becomes full war again", "C21");
};

/// Structures: a lane holds the number of the chosen alternative; the first alternative is the default.
template <class Value> struct Structures {
    Value dep = structure("dep", "limits|pawn", "does dependence end in obedience?", "limits: C66 C67 C68 C74 C72; pawn: C64 C65 C69 C70 C71 C43 C61");
    Value warpref = structure("warpref", "protract|stability|fear_defeat", "what China wants of the war",
                              "protract: C41 C42 C52 C128 C147 C48; stability: C22 C38 C39 C119; fear_defeat: C149 C44 C148 C46");
    Value covert = structure("covert", "grey|restrained|restrained_until_2023", "what grey-zone support costs China", "grey: C29 C28 C27 C33; restrained: C16 C17 C20 C19 C24 C25");
    Value closeness = structure("closeness", "friction|trust", "what closeness does to friction", "friction: C81 C82 C84 C85 C158; trust: C07 C05 C130");
    Value window = structure("window", "closing|patient", "does the window for Taiwan close?", "closing: C51; patient: modeller's");
    Value bond = structure("bond", "enemy_only|concert", "what holds the two together", "enemy_only: C02 C03 C08; concert: C07 C01 C129");
    Value postpeace = structure("postpeace", "drift|converge", "Russian hostility to the West after a peace", "drift: modeller's; converge: C103");
    Value succession = structure("succession", "opportunist|ideological", "how elites follow a new leader", "opportunist: C94 C96 C97 C113; ideological: C99 C100");
    Value network = structure("network", "clustered|mixed|siloed", "ties between elite factions", "modeller's");
    Value motive = structure("motive", "balanced|prevent", "why China supports Russia", "prevent: C148; balanced: modeller's");
    Value west_push = structure("west_push", "bind|restrain", "what Western hostility caused by support does", "bind: C01 C03 C04 C14 C15; restrain: C151 C20 C22 C16");
    Value trust_growth = structure("trust_growth", "builds|none", "does working together build trust?", "builds: modeller's; none: C150 C73 C106 C107 C108 C109");
    Value reach = structure("reach", "second_tier_fills|all_abstain", "whom the dollar reaches", "second_tier_fills: C31 C30 C32 C77; all_abstain: C20 C132");
    Value middle = structure("middle", "open|narrowing", "is there room between China and the West?", "open: C86 C120; narrowing: C98");
    Value taiwan_back = structure("taiwan_back", "possible|never", "may Russia back China over Taiwan?", "possible: modeller's; never: C53");
};
// The numbers of the alternatives, in the order above.
// clang-format off
namespace dep { inline constexpr double limits = 0, pawn = 1; }
namespace warpref { inline constexpr double protract = 0, stability = 1, fear_defeat = 2; }
namespace covert { inline constexpr double grey = 0, restrained = 1, restrained_until_2023 = 2; }
namespace closeness { inline constexpr double friction = 0, trust = 1; }
namespace window { inline constexpr double closing = 0, patient = 1; }
namespace bond { inline constexpr double enemy_only = 0, concert = 1; }
namespace postpeace { inline constexpr double drift = 0, converge = 1; }
namespace succession { inline constexpr double opportunist = 0, ideological = 1; }
namespace network { inline constexpr double clustered = 0, mixed = 1, siloed = 2; }
namespace motive { inline constexpr double balanced = 0, prevent = 1; }
namespace west_push { inline constexpr double bind = 0, restrain = 1; }
namespace trust_growth { inline constexpr double builds = 0, none = 1; }
namespace reach { inline constexpr double second_tier_fills = 0, all_abstain = 1; }
namespace middle { inline constexpr double open = 0, narrowing = 1; }
namespace taiwan_back { inline constexpr double possible = 0, never = 1; }
// clang-format on

/// Switches of single terms: 1 on, 0 muted. A scenario mutes them by name, as it mutes mechanisms.
template <class Value> struct Switches {
    Value use_collapse_support = input("collapse_support", "0/1", 1, 0, 1, "China helps more when the Russian army nears collapse", "C26 C105");
    Value use_incidents = input("incidents", "0/1", 1, 0, 1, "bilateral incidents", "C83 C84");
    Value use_network = input("network", "0/1", 1, 0, 1, "influence and alarm pass between members of the elite", "modeller's");
    Value use_flow_reaction = input("flow_reaction", "0/1", 1, 0, 1, "the West reacts to the dual-use flow that it sees", "C35 C49");
    Value use_hostility_renewal = input("hostility_renewal", "0/1", 1, 0, 1, "incidents between Russia and the West", "C103");
    Value use_dosing = input("dosing", "0/1", 1, 0, 1, "China doses its help (N2)", "C147");
    Value use_prevention = input("prevention", "0/1", 1, 0, 1, "China prevents a failing Russia (N1)", "C148 C44 C46 C47 C149");
    Value use_instability = input("instability", "0/1", 1, 0, 1, "a little instability is welcome, chaos is not; nuclear signals (N3)", "C38 C118");
    Value use_political_cover = input("political_cover", "0/1", 1, 0, 1, "China's words for Moscow bind Europe to the US (N5)", "C49");
    Value use_patrols = input("patrols", "0/1", 1, 0, 1, "patrols make support look larger than it is (N6)", "C116 C125");
    Value use_tier2_refill = input("tier2_refill", "0/1", 1, 0, 1, "the second tier takes over what the first leaves (N7)", "C31");
    Value use_peacetime_rails = input("peacetime_rails", "0/1", 1, 0, 1, "insulated channels grow with political alignment too (N8)", "C37");
    Value use_brics_split = input("brics_split", "0/1", 1, 0, 1, "India-China hostility slows insulated channels (N8)", "C87");
    Value use_energy_discount = input("energy_discount", "0/1", 1, 0, 1, "Russian energy grows cheap without Western buyers (N9)", "C157 C54");
    Value use_crowding_out = input("crowding_out", "0/1", 1, 0, 1, "war production crowds out civil goods (N10)", "C154");
    Value use_financial_dependence = input("financial_dependence", "0/1", 1, 0, 1, "yuan settlement is part of dependence (N11)", "C60");
    Value use_gas_contract = input("gas_contract_2022", "0/1", 1, 0, 1, "the gas contract of February 2022 (N12)", "C79");
    Value use_stagnation = input("stagnation", "0/1", 1, 0, 1, "stagnation raises acceptance (N13)", "C43 C70 C65");
    Value use_sanctions_hedge = input("sanctions_hedge", "0/1", 1, 0, 1, "new sanctions make China a hedge at first (N16)", "C10 C153");
    Value use_friction_opening = input("friction_opening", "0/1", 1, 0, 1, "friction opens a door for the West (N17)", "C82");
    Value use_victory_stake = input("victory_stake", "0/1", 1, 0, 1, "the leader has staked himself on victory (N19)", "C104");
    Value use_mutinies = input("mutinies", "0/1", 1, 0, 1, "failed mutinies (N20)", "C161 C105");
    Value use_concession_break = input("concession_break", "0/1", 1, 0, 1, "concessions bind less after the leader has gone (N21)", "C113");
    Value use_closeness_collision = input("closeness_collision", "0/1", 1, 0, 1, "closeness itself makes interests collide (N22)", "C81");
    Value use_narratives = input("narratives", "0/1", 1, 0, 1, "the publics' stories part with the invasion (N22)", "C85 C158");
    Value use_bloc_irritation = input("bloc_irritation", "0/1", 1, 0, 1, "a Russian bloc of its own irritates China (N22)", "C86");
    Value use_fear_of_failure = input("fear_of_failure", "0/1", 1, 0, 1, "China pushes into Central Asia as Russia fails (N23)", "C45 C89");
    Value use_single_firms = input("single_firms", "0/1", 1, 0, 1, "Chinese firms differ and choose one by one; muted: the mean field of each tier", "modeller's");
    Value use_single_banks = input("single_banks", "0/1", 1, 0, 1, "Chinese banks differ and choose one by one; muted: the mean field of each group", "modeller's");
    Value use_single_elites = input("single_elites", "0/1", 1, 0, 1, "members of the elite differ, hear each other and come and go one by one; muted: the mean field of each faction", "modeller's");
};

} // namespace ENTENTE_KERNEL
} // namespace entente
