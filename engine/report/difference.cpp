#include "difference.hpp"
#include "../core/quarter.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace entente::report {

static const char* verdict(const Difference& d)
{
    return d.verdict == Sameness::same ? "same" : d.verdict == Sameness::other_numbers ? "same design, other numbers" : "other design";
}

static constexpr std::size_t variables_shown = 12;
static constexpr const char* no_shifts = "shifts of outcomes need single runs in both files (--keep outcomes)";

/// With their mechanisms.
static std::vector<std::pair<std::string, std::string>> named_variables(const BitsDifference& bits)
{
    std::vector<std::pair<std::string, std::string>> all;
    for (const std::size_t v : bits.variables)
        if (v < describe().variables.size()) all.emplace_back(describe().variables[v].name, describe().mechanisms[describe().owner_of_variable(v)].name);
    return all;
}

static std::string policy_text(const std::string& policy) { return policy.empty() ? "" : fmt::format(", policy {}", policy); }

std::string text_of(const Difference& d)
{
    std::string out;
    const auto say = [&]<class... Facts>(fmt::format_string<Facts...> words, Facts&&... facts) { out += fmt::format(words, std::forward<Facts>(facts)...); };
    say("{}\n", d.verdict == Sameness::same ? fmt::format("same: all data that both files keep are identical to the bit ({} variables)", d.data.same.size()) : std::string(verdict(d)));
    const auto sides = [&](const std::vector<Disagreement>& all) {
        for (const auto& [what, a, b] : all) say("  {}\n    A  {}\n    B  {}\n", what, a.empty() ? "(nothing)" : a, b.empty() ? "(nothing)" : b);
    };
    sides(d.design);
    if (!d.data.only_a.empty()) say("only A keeps: {}\n", fmt::join(d.data.only_a, ", "));
    if (!d.data.only_b.empty()) say("only B keeps: {}\n", fmt::join(d.data.only_b, ", "));
    if (d.verdict == Sameness::other_design) return out;
    if (!d.programs.empty()) say("\nThe programs differ in\n");
    else if (d.verdict == Sameness::other_numbers) say("\nBoth files name the same program.\n");
    sides(d.programs);
    if (d.verdict == Sameness::same) return out;
    say("\nData that differ: {}\n", fmt::join(d.data.other, ", "));
    if (d.bits) {
        const BitsDifference& bits = *d.bits;
        const std::string policy = d.policies.empty() ? "" : policy_text(d.policies[bits.policy]);
        say("First other bits{}: {}{}\n", policy, bits.quarter ? quarter_name(*bits.quarter) : "no sum of a quarter",
            bits.run ? fmt::format("; the lowest run that differs is {}", *bits.run) : "");
        const auto variables = named_variables(bits);
        for (std::size_t v = 0; v < std::min(variables.size(), variables_shown); ++v) say("  {} (mechanism {})\n", variables[v].first, variables[v].second);
        if (variables.size() > variables_shown) say("  and {} more variables\n", variables.size() - variables_shown);
    } else say("Bits: {}\n", d.about_bits);
    if (d.first)
        say("First other outcome{}: run {}{}{}, {}\n", policy_text(d.first->policy), d.first->run, d.first->point ? fmt::format(" of point {}", *d.first->point) : "",
            d.first->quarter ? ", " + quarter_name(*d.first->quarter) : "", d.first->what);
    else if (d.single_runs) say("No run has another outcome.\n");
    if (!d.single_runs) say("{}\n", no_shifts);
    std::size_t unmoved = 0;
    if (!std::ranges::all_of(d.shifts, &PolicyShift::same)) say("\n{:<60}{:>10}{:>10}{:>12}  {}\n", "shifts, paired by run", "A", "B", "B - A", "95 % interval");
    for (const PolicyShift& s : d.shifts) {
        if (s.same) ++unmoved;
        else
            say("{:<60}{:>10.4f}{:>10.4f}{:>+12.6f}  {}\n", s.quantity + policy_text(s.policy), s.a, s.b, std::isnan(s.shift.estimate) ? s.b - s.a : s.shift.estimate,
                std::isnan(s.shift.low)                               ? "a quantile: none"
                : std::isinf(s.shift.low) && std::isinf(s.shift.high) ? "always the same"
                                                                      : fmt::format("({:+.6f} to {:+.6f})", s.shift.low, s.shift.high));
    }
    if (unmoved > 0) say("{} others are the same in every run\n", unmoved);
    return out;
}

nlohmann::ordered_json json_of(const Difference& d, const std::string& a, const std::string& b)
{
    using Json = nlohmann::ordered_json;
    const auto sides = [](const std::vector<Disagreement>& all) {
        Json out = Json::array();
        for (const auto& [what, in_a, in_b] : all) out.push_back({{"what", what}, {"a", in_a}, {"b", in_b}});
        return out;
    };
    const auto number = [](double x) { return std::isfinite(x) ? Json(x) : Json(); };
    Json out = {{"verdict", verdict(d)}, {"a", a}, {"b", b}, {"design", sides(d.design)}, {"programs", sides(d.programs)}};
    out["data"] = {{"same", d.data.same}, {"other", d.data.other}, {"only_a", d.data.only_a}, {"only_b", d.data.only_b}};
    if (d.bits) {
        Json variables = Json::array();
        for (const auto& [name, owner] : named_variables(*d.bits)) variables.push_back({{"variable", name}, {"mechanism", owner}});
        out["first_bits"] = {{"quarter", d.bits->quarter ? Json(quarter_name(*d.bits->quarter)) : Json()}, {"variables", variables}, {"run", d.bits->run ? Json(*d.bits->run) : Json()}};
        if (!d.policies.empty()) out["first_bits"]["policy"] = d.policies[d.bits->policy];
    } else if (!d.about_bits.empty()) out["about_bits"] = d.about_bits;
    if (d.first) {
        out["first_outcome"] = {{"run", d.first->run}, {"quarter", d.first->quarter ? Json(quarter_name(*d.first->quarter)) : Json()}, {"what", d.first->what}};
        if (!d.first->policy.empty()) out["first_outcome"]["policy"] = d.first->policy;
        if (d.first->point) out["first_outcome"]["point"] = *d.first->point;
    }
    if (!d.single_runs) out["about_shifts"] = no_shifts;
    out["shifts"] = Json::array();
    for (const PolicyShift& s : d.shifts) {
        out["shifts"].push_back(
            {{"quantity", s.quantity}, {"a", number(s.a)}, {"b", number(s.b)}, {"difference", number(s.shift.estimate)}, {"low", number(s.shift.low)}, {"high", number(s.shift.high)}});
        if (!s.policy.empty()) out["shifts"].back()["policy"] = s.policy;
    }
    return out;
}

} // namespace entente::report
