#include "base_rates.hpp"
#include <cctype>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;

std::string percent(double x) { return fmt::format("{:.{}f}", 100 * x, x > 0 && x < 0.01 ? 2 : 1); }

std::string world_text(const BaseRate& b)
{
    std::string range = b.low && b.high ? fmt::format("{} to {}", percent(*b.low), percent(*b.high)) : "";
    if (!b.base) return range;
    return range.empty() ? percent(*b.base) : fmt::format("{} ({})", percent(*b.base), range);
}

std::string model_text(const ModelRate& m)
{
    if (std::isnan(m.rate.estimate)) return "never at risk";
    if (!std::isfinite(m.rate.high)) return percent(m.rate.estimate) + " (no interval)";
    return fmt::format("{} ({} to {})", percent(m.rate.estimate), percent(m.rate.low), percent(m.rate.high));
}

char mark(const BaseRate& b) { return b.status[0]; }

/// Beside a range: whether the model's interval reaches it.
const char* verdict(const BaseRate& b, const ModelRate& m)
{
    if (!b.low || !b.high || !std::isfinite(m.rate.high)) return "";
    return m.rate.high < *b.low ? "below" : m.rate.low > *b.high ? "above" : "within";
}

Json number(double x) { return std::isfinite(x) ? Json(x) : Json(); }
Json number(const std::optional<double>& x) { return x ? Json(*x) : Json(); }
Json json_of(const BaseRate& b)
{
    return {{"id", b.id},
            {"event", b.event},
            {"when", b.when},
            {"per", b.yearly ? "year" : "case"},
            {"base", number(b.base)},
            {"low", number(b.low)},
            {"high", number(b.high)},
            {"status", b.status},
            {"source", b.source},
            {"note", b.note}};
}

} // namespace

std::string text_of_base_rates()
{
    std::string text = "| event | when | per | % in the world | status | source | note |\n|---|---|---|---|---|---|---|\n";
    for (const BaseRate& b : base_rates())
        text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", b.event, b.when, b.yearly ? "year" : "case", world_text(b), b.status, b.source, b.note);
    return text;
}

Json json_of_base_rates()
{
    Json all = Json::array();
    for (const BaseRate& b : base_rates()) all.push_back(json_of(b));
    return all;
}

std::string text_of(const std::vector<std::optional<ModelRate>>& rates, const std::string& heading)
{
    std::string text = fmt::format("{}\n{:<28}{:>18}    {:>23}\n", heading, "", "world", "model (95 % interval)"), group;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const BaseRate& b = base_rates()[i];
        const std::string own = fmt::format("{}, % {}", b.event, b.yearly ? "a year" : "of cases");
        if (own != group) text += fmt::format("{}{}\n", static_cast<char>(std::toupper(own[0])), own.substr(1));
        group = own;
        const std::string line = fmt::format("  {:<26}{:>18}  {} {:>23}  {}", b.when, world_text(b), mark(b), rates[i] ? model_text(*rates[i]) : "not in the model",
                                             rates[i] ? verdict(b, *rates[i]) : "");
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text
           + "\nThe world's rates are for comparison: the model is not fitted to them. c: computed\nfrom data, s: seen on a public page, u: unverified. Sources and what they "
             "count:\n"
             "entente describe base_rates\n";
}

Json json_of(const std::vector<std::optional<ModelRate>>& rates)
{
    Json all = json_of_base_rates();
    for (std::size_t i = 0; i < rates.size(); ++i) {
        if (!rates[i]) {
            all[i]["model"] = nullptr;
            continue;
        }
        const ModelRate& m = *rates[i];
        all[i]["model"] = {{"estimate", number(m.rate.estimate)}, {"low", number(m.rate.low)}, {"high", number(m.rate.high)}, {"happened", m.happened}, {"at_risk", m.at_risk}};
        all[i]["verdict"] = verdict(base_rates()[i], m);
    }
    return all;
}

} // namespace entente::report
