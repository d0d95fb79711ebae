#include "../../core/text.hpp"
#include "../../experiment/factors.hpp"
#include "../discovery_words.hpp"
#include "page.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {

using Json = nlohmann::ordered_json;

static constexpr std::size_t most_numbers = 60'000; ///< of a sweep in a page: outcomes beyond are left out, and said to be

Json inputs_page_json(const SensitivityStudy& study)
{
    Json out = Json::array();
    for (const OutcomeIndices& o : study.found.outcomes) {
        const std::vector<Index> by = o.sobol ? o.sobol->total : o.given && !o.given->first.empty() ? o.given->strongest() : std::vector<Index>();
        std::vector<std::size_t> order;
        for (std::size_t k = 0; k < by.size(); ++k)
            if (std::isfinite(by[k].value)) order.push_back(k);
        std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t k) { return by[k].value; });
        if (order.size() > 12) order.resize(12);
        Json inputs = Json::array();
        for (const std::size_t k : order)
            inputs.push_back({{"name", printable_name(study.found.inputs[k].name)},
                              {"meaning", meaning_of_input(study.found.inputs[k])},
                              {"value", by[k].value},
                              {"low", by[k].has_interval() ? Json(by[k].low) : Json()},
                              {"high", by[k].has_interval() ? Json(by[k].high) : Json()}});
        out.push_back({{"outcome", printable_name(o.outcome)}, {"rows", o.rows}, {"index", o.sobol ? "total" : "first order"}, {"of", study.rows}, {"inputs", inputs}});
    }
    return out;
}

Json sweep_page_json(const SweepFindings& found)
{
    const SweepHead& h = found.sweep.head;
    const std::vector<Factor> factors = factors_of(h);
    const std::size_t each = h.policies.size() * h.points, outcomes = std::min(h.outcomes.size(), std::max<std::size_t>(1, most_numbers / std::max<std::size_t>(1, 3 * each)));
    const auto number = [](double x) { return std::isfinite(x) ? Json(to_six_digits(x)) : Json(); };
    Json out = {{"file", printable_name(found.file)},
                {"title", printable_name(h.provenance.scenario_title)},
                {"policies", Json::array()},
                {"replicates", h.replicates},
                {"points", h.points},
                {"outcomes", Json::array()},
                {"left_out", h.outcomes.size() - outcomes},
                {"factors", Json::array()},
                {"inputs", found.sensitivity ? inputs_page_json(*found.sensitivity) : Json()},
                {"provenance", provenance_page_json(h.provenance)},
                {"text", printable(h.provenance.sweep_text)}};
    for (const std::string& policy : h.policies) out["policies"].push_back(printable_name(policy));
    for (std::size_t f = 0; f < factors.size(); ++f) {
        Json values = Json::array(), texts = Json::array();
        for (std::size_t p = 0; p < h.points; ++p) {
            const double value = h.values[p * factors.size() + f];
            values.push_back(number(value)), texts.push_back(printable_name(value_text(factors[f], value)));
        }
        out["factors"].push_back({{"name", printable_name(factors[f].name)}, {"values", values}, {"texts", texts}});
    }
    for (std::size_t o = 0; o < outcomes; ++o) {
        const Quantity quantity = parse_quantity(h.outcomes[o]);
        Json one = {{"name", printable_name(h.outcomes[o])}, {"meaning", printable_name(h.outcome_meanings[o])}, {"unit", printable_name(h.outcome_units[o])}, {"share", is_part(quantity)}};
        for (const auto& [key, values] :
             {std::pair{"estimate", &found.sweep.estimates.estimate}, std::pair{"low", &found.sweep.estimates.low}, std::pair{"high", &found.sweep.estimates.high}}) {
            one[key] = Json::array(); // [policy][point]
            for (std::size_t k = 0; k < h.policies.size(); ++k) {
                Json points = Json::array();
                for (std::size_t p = 0; p < h.points; ++p) points.push_back(number((*values)[o * each + k * h.points + p]));
                one[key].push_back(std::move(points));
            }
        }
        out["outcomes"].push_back(std::move(one));
    }
    return out;
}

} // namespace entente::report
