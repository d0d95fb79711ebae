// The corners of the model's description: every shock away, everything muted, pure hostility, none, all parameters small, all large, all levers
// at their ends. Each is a scenario over the core model.
#pragma once
#include "property/jobs.hpp"

namespace entente {

struct LimitCase {
    std::string name;
    Scenario scenario;
};

inline void set_parameter(Scenario& s, std::string_view name, double x) // also outside the range that the reader allows
{
    s.parameters[Description::find(describe().parameters, name)].distribution = {.shape = Shape::value, .a = x, .values = {}, .weights = {}};
}

/// The whole model of the first version, for which there are reference values: the baseline with what came later at its neutral value.
inline Scenario first_version(const std::string& overlay)
{
    Scenario s = scenario("baseline", "mute = [\"mutual_hostility\"]\n" + overlay);
    const Scenario core = scenario("core");
    for (std::size_t p = 0; p < s.parameters.size(); ++p)
        if (core.parameters[p].origin.file.ends_with("core.toml")) s.parameters[p] = core.parameters[p];
    set_parameter(s, "psi_C", 0.33), set_parameter(s, "friction_base", 0.06), set_parameter(s, "friction_dependence", 0.36);
    return s;
}

/// Every parameter that is judgement or data (not the fixed coefficients) times `factor`. Terms that the scenario takes away, by a 0 or 1 of its own, stay away.
inline void multiply_parameters(Scenario& s, double factor, const std::vector<std::string_view>& shares = {}, double share_factor = 1)
{
    const std::vector<Row>& rows = describe().parameters;
    for (std::size_t p = 0; p < rows.size(); ++p) {
        if (rows[p].mark == Mark::fixed) continue;
        const double held = s.parameters[p].distribution.a;
        if (held != rows[p].standard && (held == 0 || held == 1)) continue;
        const bool share = std::find(shares.begin(), shares.end(), rows[p].name) != shares.end();
        const double x = s.parameters[p].distribution.a * (share ? share_factor : factor);
        s.parameters[p].distribution = {.shape = Shape::value, .a = share ? std::min(x, 0.95) : x, .values = {}, .weights = {}};
    }
}

inline std::vector<LimitCase> limit_cases()
{
    const std::string hostility_ends = "[parameters]\nh_ren = 0\n", settled = "[events]\nsettle = \"2025Q2\"\nreform = \"2025Q3\"\n";
    std::string everything = "mute = [";
    for (const MechanismText& m : describe().mechanisms)
        if (m.parameters + m.variables > 0 && m.name != "derived" && m.name != "outcome") everything += fmt::format("\"{}\", ", m.name);
    for (const char* event : {"incidents", "network", "flow_reaction", "hostility_renewal", "collapse_support"}) everything += fmt::format("\"{}\", ", event);
    everything += "]";
    std::string levers = "[levers]\n";
    for (const Row& lever : describe().levers) levers += fmt::format("{} = {}\n", lever.name, lever.high);
    levers += "[events]\nwin = \"2025Q3\"\nrelapse = \"2026Q3\"\ncollapse = \"2028Q1\"\nfragmentation = \"2029Q1\"\ntaiwan_war = \"2030Q1\"\nnuclear_signal = \"2030Q2\"\nmutiny = "
              "\"2031Q1\"\n";

    std::vector<LimitCase> cases = {
        {"no_shocks", scenario("core", "mute = [\"perception\", \"war\", \"taiwan_strait\", \"russian_leadership\", \"incidents\", \"contested_spaces\", \"hostility_renewal\"]")},
        {"everything_muted", scenario("core", everything)},
        {"pure_hostility", scenario("core", "[parameters]\nh_peace = 0\np_deal = 0\n[levers]\nus_rivalry_centre = 1\nsanctions_push = 0.3\n")},
        {"no_hostility", scenario("core", hostility_ends + "[levers]\nwestern_carrot = 1\nus_rivalry_centre = 0.1\n" + settled)},
        {"pushy_china", scenario("core", hostility_ends + "[levers]\ncentral_asia_push = 2\narctic_push = 1\nus_rivalry_centre = 0.2\n" + settled)},
        {"parameters_small", scenario("core")},
        {"parameters_large", scenario("core")},
        {"levers_at_their_ends", first_version(levers)}};
    for (LimitCase* c : {&cases[5], &cases[6]}) set_parameter(c->scenario, "psi_C", 0.33);
    set_parameter(cases[4].scenario, "p_dem", 1), set_parameter(cases[4].scenario, "h_inc", 0.1);
    multiply_parameters(cases[5].scenario, 0.25);
    multiply_parameters(cases[6].scenario, 3, {"ell", "conf", "v_via", "c_sov", "p_deal", "p_frag", "kappa", "kappa_forced", "lam_p", "bound", "alarm_thr", "purge", "soc"}, 1.4);
    return cases;
}

} // namespace entente
