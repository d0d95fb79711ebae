#include "agreement.hpp"
#include "../core/text.hpp"
#include "words.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace entente::report {

std::string text_of(const Agreement& agreement, const std::string& a, const std::string& b)
{
    std::string text = fmt::format("Two posteriors\n  first:  {}\n  second: {}\n\n{:<14}{:>12}{:>12}{:>12}{:>12}{:>16}\n", printable_name(a), printable_name(b), "", "mean", "sd",
                                   "mean", "sd", "apart, sd");
    for (const AgreementRow& r : agreement.parameters)
        text += fmt::format("{:<14}{:>12.3g}{:>12.3g}{:>12.3g}{:>12.3g}{:>+9.2f} +-{:.2f}\n", printable_name(r.name), r.mean_a, r.sd_a, r.mean_b, r.sd_b, r.apart, 2 * r.apart_error);
    for (const auto& [only, which] : {std::pair{&agreement.only_a, "first"}, std::pair{&agreement.only_b, "second"}})
        if (!only->empty()) text += wrapped(fmt::format("Only in the {}: {}.", which, fmt::join(*only, ", ")), 80);
    return text
           + wrapped(
               fmt::format(
                   "\napart: difference of the means in standard deviations of the posteriors, +- two Monte Carlo errors; half of all lie within {:.2f}, and all within {:.2f}.",
                   agreement.middle, agreement.largest),
               80);
}

nlohmann::ordered_json json_of(const Agreement& agreement)
{
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const AgreementRow& r : agreement.parameters)
        rows.push_back({{"name", r.name}, {"mean", {r.mean_a, r.mean_b}}, {"sd", {r.sd_a, r.sd_b}}, {"apart", r.apart}, {"apart_error", r.apart_error}});
    return {{"parameters", rows}, {"only_first", agreement.only_a}, {"only_second", agreement.only_b}, {"median_apart", agreement.middle}, {"largest_apart", agreement.largest}};
}

std::string text_of(const std::vector<TargetShift>& shifts)
{
    std::string text = fmt::format("Shifts of targets, in standard deviations of a run: what the model misses them by\n{:<34}{:>8}{:>10}{:>10}{:>14}\n", "", "median", "0.5 %",
                                   "99.5 %", "prior 99 %");
    for (const TargetShift& s : shifts)
        text += fmt::format("{:<34}{:>+8.2f}{:>+10.2f}{:>+10.2f}{:>14}{}\n", printable_name(s.summary), s.median, s.low, s.high, fmt::format("+-{:.2f}", s.prior_high),
                            s.unmet ? "  cannot be met" : "");
    const std::string unmet = to_text(shifts);
    return text + (unmet.empty() ? "All targets can be met.\n" : wrapped(unmet, 80));
}

nlohmann::ordered_json json_of(const std::vector<TargetShift>& shifts)
{
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const TargetShift& s : shifts) rows.push_back({{"target", s.summary}, {"median", s.median}, {"low", s.low}, {"high", s.high}, {"unmet", s.unmet}});
    return rows;
}

} // namespace entente::report
