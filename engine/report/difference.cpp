#include "difference.hpp"
#include "../core/quarter.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace entente::report {

static const char* verdict(const Difference& d)
{
    switch (d.verdict) {
    case Sameness::same: return "same";
    case Sameness::fewer_runs: return "same design, fewer runs";
    case Sameness::other_numbers: return "same design, other numbers";
    case Sameness::other_design: break;
    }
    return "other design";
}

static constexpr std::size_t variables_shown = 12;
static constexpr const char* no_shifts = "shifts of outcomes need single runs in both files (--keep outcomes)";

/// With their mechanisms; derived ones follow from the variables of several.
static std::vector<std::pair<std::string, std::string>> named_variables(const BitsDifference& bits)
{
    std::vector<std::pair<std::string, std::string>> all;
    const Description& d = describe();
    for (const std::size_t v : bits.variables)
        if (v < d.variables.size()) all.emplace_back(d.variables[v].name, v < d.owned ? d.mechanisms[d.owner_of_variable(v)].name : "");
    return all;
}

static std::string policy_text(const std::string& policy) { return policy.empty() ? "" : fmt::format(", policy {}", policy); }

/// A table of both sides: settings under the heading that they belong to; what is too long for it on lines of its own.
static std::string sides(const std::vector<Disagreement>& all)
{
    constexpr std::size_t widest_name = 40, widest_value = 32;
    const auto shown = [](const Disagreement& d, const std::string& value) -> std::string {
        constexpr std::size_t most = 200; // the draws of a posterior fill long lines
        if (value.empty()) return d.setting.empty() ? "(nothing)" : "(not set)";
        return value.size() <= most ? value : fmt::format("{}... ({} characters)", value.substr(0, most / 4), with_commas(value.size()));
    };
    const auto fits = [&](const Disagreement& d) { return std::max(shown(d, d.a).size(), shown(d, d.b).size()) <= widest_value; };
    const auto name_of = [](const Disagreement& d) { return d.setting.empty() ? "  " + d.what : "    " + d.setting; };
    std::size_t name = 4, value = 1;
    for (const Disagreement& d : all)
        if (fits(d)) name = std::max(name, std::min(widest_name, name_of(d).size())), value = std::max(value, shown(d, d.a).size());
    std::string out = fmt::format("{:<{}}  {:<{}}  {}\n", "", name, "A", value, "B"), heading;
    for (const Disagreement& d : all) {
        if (!d.setting.empty() && d.what != heading) out += fmt::format("  {}\n", d.what);
        heading = d.setting.empty() ? "" : d.what;
        if (fits(d)) out += fmt::format("{:<{}}  {:<{}}  {}\n", name_of(d), name, shown(d, d.a), value, shown(d, d.b));
        else out += fmt::format("{}\n      A  {}\n      B  {}\n", name_of(d), shown(d, d.a), shown(d, d.b));
    }
    return out;
}

static std::string made_text(const char* which, const Made& made)
{
    return fmt::format("{} holds {}", which, made.complete ? "all " + with_commas(made.runs) : fmt::format("{} of {}", with_commas(made.runs), with_commas(made.asked)));
}

std::string text_of(const Difference& d, const std::string& a, const std::string& b)
{
    std::string out;
    const auto say = [&]<class... Facts>(fmt::format_string<Facts...> words, Facts&&... facts) { out += fmt::format(words, std::forward<Facts>(facts)...); };
    if (d.verdict == Sameness::same) say("same: all data that both files keep are identical to the bit ({} variables)\n", d.data.same.size());
    else say("{}\n  A  {}\n  B  {}\n", verdict(d), a, b);
    if (d.partly() && d.verdict != Sameness::other_design)
        say("{}, {} runs; {} {}\n", made_text("A", d.a), made_text("B", d.b), d.both > 0 ? fmt::format("the {} that both hold", with_commas(d.both)) : std::string("what both hold"),
            d.verdict == Sameness::fewer_runs ? fmt::format("are identical to the bit ({} variables)", d.data.same.size()) : "are compared");
    if (!d.design.empty()) say("{}", sides(d.design));
    if (!d.data.only_a.empty()) say("only A keeps: {}\n", fmt::join(d.data.only_a, ", "));
    if (!d.data.only_b.empty()) say("only B keeps: {}\n", fmt::join(d.data.only_b, ", "));
    if (d.verdict == Sameness::other_design) return out;
    if (!d.programs.empty()) say("\nThe programs differ in\n{}", sides(d.programs));
    else if (d.verdict == Sameness::other_numbers) say("\nBoth files name the same program.\n");
    if (d.verdict == Sameness::same || d.verdict == Sameness::fewer_runs) return out;
    say("\nData that differ: {}\n", fmt::join(d.data.other, ", "));
    if (d.bits) {
        const BitsDifference& bits = *d.bits;
        const std::string policy = d.policies.empty() ? "" : policy_text(d.policies[bits.policy]);
        say("First other bits{}: {}{}\n", policy, bits.quarter ? quarter_name(*bits.quarter) : "no sum of a quarter",
            bits.run ? fmt::format("; the lowest run that differs is {}", *bits.run) : "");
        const auto variables = named_variables(bits);
        for (std::size_t v = 0; v < std::min(variables.size(), variables_shown); ++v)
            say("  {} ({})\n", variables[v].first, variables[v].second.empty() ? "derived" : "mechanism " + variables[v].second);
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
                : std::isinf(s.shift.low) && std::isinf(s.shift.high) ? always_the_same
                                                                      : fmt::format("({:+.6f} to {:+.6f})", s.shift.low, s.shift.high));
    }
    if (unmoved > 0) say("{} others: {}\n", unmoved, always_the_same);
    return out;
}

nlohmann::ordered_json json_of(const Difference& d, const std::string& a, const std::string& b)
{
    using Json = nlohmann::ordered_json;
    const auto sides = [](const std::vector<Disagreement>& all) {
        const auto said = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
        Json out = Json::array();
        for (const auto& [what, setting, in_a, in_b] : all) out.push_back({{"what", what}, {"setting", said(setting)}, {"a", said(in_a)}, {"b", said(in_b)}});
        return out;
    };
    const auto made = [](const Made& m) { return Json{{"runs", m.runs}, {"asked", m.asked}, {"complete", m.complete}}; };
    const auto number = [](double x) { return std::isfinite(x) ? Json(x) : Json(); };
    Json out = {{"verdict", verdict(d)}, {"a", a}, {"b", b}, {"runs_in_a", made(d.a)}, {"runs_in_b", made(d.b)}, {"design", sides(d.design)}, {"programs", sides(d.programs)}};
    if (d.partly()) out["compared_runs"] = d.both;
    out["data"] = {{"same", d.data.same}, {"other", d.data.other}, {"only_a", d.data.only_a}, {"only_b", d.data.only_b}};
    if (d.bits) {
        Json variables = Json::array();
        for (const auto& [name, owner] : named_variables(*d.bits)) variables.push_back({{"variable", name}, {"mechanism", owner.empty() ? Json() : Json(owner)}});
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
