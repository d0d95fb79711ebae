#include "posterior_rules.hpp"
#include "../core/text.hpp"
#include "durable.hpp"
#include "rules.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <set>
#include <span>

namespace entente {

std::vector<double> DrawTable::of(std::size_t name) const
{
    std::vector<double> column;
    for (std::size_t i = name; i < values.size(); i += names.size()) column.push_back(values[i]);
    return column;
}

Posterior rounded(Posterior p)
{
    for (DrawTable* table : {&p.posterior, &p.prior})
        for (double& x : table->values) x = static_cast<float>(x);
    constexpr double fineness = 32;
    for (DrawTable* table : {&p.posterior_predictive, &p.prior_predictive})
        for (std::size_t i = 0; i < table->values.size(); ++i) {
            double& x = table->values[i];
            const double sd = p.targets.empty() ? 0 : p.targets[i % p.targets.size()].sd;
            const double step = sd > 0 ? std::ldexp(1.0, std::ilogb(sd / fineness)) : 0;
            if (std::abs(x) < step * 0x1p24) x = std::nearbyint(x / step) * step + 0.0; // no -0
            x = static_cast<float>(x);
        }
    return p;
}

} // namespace entente

namespace entente::store {
namespace {

constexpr std::size_t most_names = 10'000, most_values = 8'000'000, longest_word = 100, longest_text = 4'000, longest_file = 1 << 20;
constexpr std::size_t most_steps = 100'000, most_alternatives = 200; // a draw of a structure takes a byte

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(const std::string& name)
{
    return !name.empty() && name.size() <= longest_word && is_letter(name[0]) && std::ranges::all_of(name, [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}
bool is_line(const std::string& text) { return text.size() <= longest_text && printable_name(text) == text; }

/// Of names that lie in one group, beside its coordinates.
std::string fault_of_words(const char* what, const std::vector<std::string>& words)
{
    std::set<std::string> seen = {"chain", "draw"};
    if (words.size() > most_names) return fmt::format("it has more {} than there can be", what);
    for (const std::string& word : words) {
        if (!is_word(word)) return fmt::format("the name of one of its {} is no word of letters, digits and _", what);
        if (!seen.insert(word).second) return fmt::format("two of its {} are called '{}', or a part of one is", what, word);
    }
    return "";
}

bool all_lines(std::initializer_list<const std::string*> texts)
{
    return std::ranges::all_of(texts, [](const std::string* text) { return is_line(*text); });
}

std::string fault_of_texts(const Posterior& p)
{
    if (!all_lines({&p.name, &p.title, &p.method, &p.stopped, &p.engine_version, &p.created_at})) return "what it says of itself holds control characters, or is too long";
    if (p.calibration.size() > longest_file || p.scenario_resolved.size() > longest_file) return "the files that it was made from are too long";
    for (const CalibratedParameter& c : p.parameters) {
        if (!all_lines({&c.unit, &c.meaning, &c.prior})) return fmt::format("what it says of '{}' holds control characters, or is too long", c.name);
        if (c.alternatives.size() > most_alternatives
            || std::ranges::any_of(c.alternatives, [](const std::string& a) { return a.empty() || !is_line(a) || a.find('|') != std::string::npos; }))
            return fmt::format("the alternatives of '{}' are too many, or no names", c.name);
    }
    std::set<std::string> seen;
    for (const CalibratedTarget& t : p.targets) {
        if (!all_lines({&t.date, &t.unit, &t.transform})) return fmt::format("what it says of '{}' holds control characters, or is too long", t.target);
        if (t.date.empty() || !seen.insert(t.target + " " + t.date).second) return fmt::format("an observation of '{}' has no date, or that of another", t.target);
    }
    return "";
}

enum class Holes : std::uint8_t { none, runs }; ///< runs: NaN is a run that failed

std::string fault_of_table(const char* what, const DrawTable& t, const std::vector<std::string>& names, Holes holes)
{
    if (t.names != names) return fmt::format("its {} has other names than the rest of it", what);
    if (t.chains == 0 || t.draws == 0 || too_many(t.chains, t.draws, names.size())) return fmt::format("its {} has no draws, or more than there can be", what);
    if (t.values.size() != t.chains * t.draws * names.size()) return fmt::format("its {} has another number of draws than it says", what);
    if (std::ranges::any_of(t.values, [&](double x) { return std::isnan(x) ? holes == Holes::none : is_far(x); }))
        return fmt::format("a draw of its {} is no number, or far outside every range", what);
    return "";
}

std::string fault_of_structures(const char* what, const DrawTable& t, const std::vector<CalibratedParameter>& parameters)
{
    for (std::size_t i = 0; i < t.values.size(); ++i) {
        const CalibratedParameter& c = parameters[i % parameters.size()];
        const double x = t.values[i];
        if (!c.alternatives.empty() && !(x >= 0 && x < static_cast<double>(c.alternatives.size()) && x == std::floor(x)))
            return fmt::format("a draw of its {} has an alternative of '{}' that is none", what, c.name);
    }
    return "";
}

std::string fault_of_numbers(const Posterior& p)
{
    for (const CalibratedTarget& t : p.targets)
        if (!(std::isfinite(t.value) && !is_far(t.value) && t.sd >= 0 && !is_far(t.sd)))
            return fmt::format("the value or sd of '{}' is no number, or far outside every range", t.target);
    if (p.steps.size() > p.posterior.chains) return "more chains have steps than there are";
    std::size_t steps = 0;
    for (const std::vector<SamplerStep>& chain : p.steps) {
        if (chain.empty()) return "a chain has no steps";
        steps += chain.size();
        for (const SamplerStep& s : chain)
            if (std::isnan(s.tolerance + s.acceptance + s.unique + s.moved)) return "a number of a step is none";
    }
    return steps > most_steps ? "it has more steps than there can be" : "";
}

struct Bytes {
    std::string all;
    void number(double x) { all.append(reinterpret_cast<const char*>(&x), sizeof x); }
    void count(std::uint64_t n) { all.append(reinterpret_cast<const char*>(&n), sizeof n); }
    void text(const std::string& t) { count(t.size()), all += t; }
    void table(const DrawTable& t)
    {
        count(t.chains), count(t.draws), count(t.names.size());
        for (const std::string& name : t.names) text(name);
        for (const double x : t.values) number(std::isnan(x) ? std::numeric_limits<double>::quiet_NaN() : x);
    }
};

} // namespace

bool too_many(std::size_t chains, std::size_t draws, std::size_t names)
{
    const std::size_t n = std::max<std::size_t>(names, 1);
    return n > most_values || chains > most_values / n || (chains > 0 && draws > most_values / n / chains);
}

std::vector<Series> series_of(const std::vector<CalibratedTarget>& targets)
{
    std::vector<Series> all;
    std::map<std::string, std::size_t> at;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const auto [place, first] = at.emplace(targets[i].target, all.size());
        if (first) all.push_back({targets[i].target, {}});
        all[place->second].observations.push_back(i);
    }
    return all;
}

std::vector<std::string> observation_names(const std::vector<CalibratedTarget>& targets)
{
    std::vector<std::string> names;
    for (const CalibratedTarget& t : targets) names.push_back(t.target + " " + t.date);
    return names;
}

std::vector<std::string> parameter_names(const std::vector<CalibratedParameter>& parameters)
{
    std::vector<std::string> names;
    for (const CalibratedParameter& p : parameters) names.push_back(p.name);
    return names;
}

std::string fault_of_names(const Posterior& p)
{
    if (p.parameters.empty()) return "it has no parameters";
    if (p.targets.size() > most_names) return "it has more observations than there can be";
    std::vector<std::string> of_targets;
    for (const Series& s : series_of(p.targets))
        for (const char* part : {"", "_date", "_sd", "_fitted"}) of_targets.push_back(s.target + part);
    std::string fault = fault_of_words("parameters", parameter_names(p.parameters));
    if (fault.empty()) fault = fault_of_words("targets", of_targets);
    if (fault.empty()) fault = fault_of_words("statistics", p.sample_stats.names);
    return fault;
}

std::string fault_of(const Posterior& p)
{
    const std::vector<std::string> parameters = parameter_names(p.parameters), observations = observation_names(p.targets);
    const auto empty = [](const DrawTable& t) { return t == DrawTable{}; };
    std::string fault = fault_of_names(p);
    const auto also = [&](auto of, auto&&... what) {
        if (fault.empty()) fault = of(what...);
    };
    also(fault_of_texts, p);
    also(fault_of_table, "posterior", p.posterior, parameters, Holes::none);
    also(fault_of_structures, "posterior", p.posterior, p.parameters);
    also(fault_of_table, "prior", p.prior, parameters, Holes::none);
    also(fault_of_structures, "prior", p.prior, p.parameters);
    if (!empty(p.posterior_predictive)) also(fault_of_table, "posterior predictive", p.posterior_predictive, observations, Holes::runs);
    if (!empty(p.prior_predictive)) also(fault_of_table, "prior predictive", p.prior_predictive, observations, Holes::runs);
    if (!empty(p.sample_stats)) also(fault_of_table, "sample statistics", p.sample_stats, p.sample_stats.names, Holes::runs);
    if (fault.empty() && !empty(p.sample_stats) && (p.sample_stats.chains != p.posterior.chains || p.sample_stats.draws != p.posterior.draws))
        fault = "its sample statistics are of another number of draws than its posterior has";
    also(fault_of_numbers, p);
    return fault;
}

std::string checksum_of(const Posterior& p)
{
    Bytes bytes;
    for (const std::string* text : {&p.name, &p.title, &p.calibration, &p.scenario_resolved, &p.method, &p.stopped, &p.engine_version, &p.created_at}) bytes.text(*text);
    bytes.count(p.seed), bytes.count(p.runs), bytes.count(p.parameters.size());
    for (const CalibratedParameter& c : p.parameters) {
        for (const std::string* text : {&c.name, &c.unit, &c.meaning, &c.prior}) bytes.text(*text);
        bytes.count(c.alternatives.size());
        for (const std::string& alternative : c.alternatives) bytes.text(alternative);
    }
    bytes.count(p.targets.size());
    for (const CalibratedTarget& t : p.targets) {
        for (const std::string* text : {&t.target, &t.date, &t.unit, &t.transform}) bytes.text(*text);
        bytes.number(t.value), bytes.number(t.sd), bytes.count(t.fitted ? 1 : 0);
    }
    for (const DrawTable* table : {&p.posterior, &p.prior, &p.posterior_predictive, &p.prior_predictive, &p.sample_stats}) bytes.table(*table);
    bytes.count(p.steps.size());
    for (const std::vector<SamplerStep>& chain : p.steps) {
        bytes.count(chain.size());
        for (const SamplerStep& s : chain) {
            for (const double x : {s.tolerance, s.acceptance, s.unique, s.moved}) bytes.number(x);
            bytes.count(s.runs);
        }
    }
    return fmt::format("{:016x}", key_of(bytes.all));
}

} // namespace entente::store
