#include "asked.hpp"
#include "../core/number.hpp"
#include "../core/text.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace entente {

static Quantity quantity_at(const Asked& asked)
{
    try {
        return parse_quantity(asked.text);
    } catch (const std::invalid_argument& e) {
        throw ScenarioErrors({{asked.origin, e.what()}});
    }
}

std::vector<Quantity> quantities_of(const std::vector<Asked>& asked, int start, int horizon)
{
    std::vector<Quantity> all;
    std::vector<Problem> problems;
    for (const Asked& a : asked) {
        try {
            all.push_back(quantity_at(a));
            if (const std::string fault = fault_of_date(all.back(), start, horizon); !fault.empty()) problems.push_back({a.origin, fault});
        } catch (const ScenarioErrors& e) {
            problems.insert(problems.end(), e.problems.begin(), e.problems.end());
        }
    }
    if (!problems.empty()) throw ScenarioErrors(problems);
    return all;
}

static constexpr std::string_view within = " within ";

std::optional<PrecisionAsked> precision_in(const std::string& text)
{
    const std::size_t at = text.find(within);
    const auto half_width = at == std::string::npos ? std::nullopt : number_in<double>(trim(std::string_view(text).substr(at + within.size())));
    if (!half_width || *half_width <= 0) return std::nullopt;
    return PrecisionAsked{parse_quantity(text.substr(0, at)), *half_width};
}

std::string text_of(const PrecisionAsked& asked) { return fmt::format("{}{}{}", asked.outcome.text, within, asked.half_width); }

std::string rule_text(const StopReport& stop)
{
    std::string text;
    for (const Known& k : stop.known)
        text += fmt::format("{}{}{}, ", text_of({.outcome = {.text = k.outcome}, .half_width = k.half_width}), k.policy.empty() ? "" : ", policy " + k.policy,
                            k.baseline.empty() ? "" : " less " + k.baseline);
    return text + fmt::format("at most {} {}", stop.most, stop.sweep ? "replicates" : "runs");
}

std::vector<Stop> stops_of(const std::vector<StopRule>& rules, const std::vector<Quantity>& outcomes, std::size_t points)
{
    std::vector<Stop> stops;
    for (const StopRule& rule : rules) {
        const auto at = std::ranges::find(outcomes, rule.outcome, &Quantity::text);
        stops.push_back({static_cast<std::size_t>(at - outcomes.begin()), rule.half_width, rule.difference});
        if (const std::string fault = fault_of_share(*at, rule.half_width); !fault.empty())
            throw ScenarioErrors({{rule.of_width, fmt::format("stop: half_width of '{}': {}", rule.outcome, fault)}});
        if (at->level && (points > 1 || rule.difference))
            throw ScenarioErrors({{rule.origin, fmt::format("stop: '{}': a quantile can be stopped on with one point and not as a difference", rule.outcome)}});
    }
    return stops;
}

std::vector<double> outcomes_of(const std::vector<Quantity>& quantities, const FinishedPiece& finished)
{
    std::vector<double> values;
    for (const Quantity& quantity : quantities)
        for (std::uint32_t run = 0; run < finished.piece.runs; ++run)
            values.push_back(finished.result.failed_quarter[run] >= 0 ? std::numeric_limits<double>::quiet_NaN() : evaluate(quantity, finished.result, run, finished.piece.runs));
    return values;
}

} // namespace entente
