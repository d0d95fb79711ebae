#include "sweep_axis.hpp"
#include "../../core/quarter.hpp"
#include "../../core/text.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace entente::report {

SweepAxis sweep_axis(const SweepHead& head, std::size_t factor)
{
    const FactorText& f = head.factors[factor];
    std::set<double> levels;
    for (std::size_t p = 0; p < head.points; ++p) levels.insert(head.values[p * head.factors.size() + factor]);
    SweepAxis axis{f.name, f.unit, {levels.begin(), levels.end()}, {}};
    const std::vector<std::string> choices = split(f.choices, '|');
    for (const double level : axis.levels) {
        const auto n = static_cast<std::size_t>(std::max(0., level));
        axis.labels.push_back(!f.choices.empty() && n < choices.size() ? choices[n]
                              : f.kind == "date"                       ? (level < 0 || level > 740 ? "never" : quarter_name(static_cast<int>(level)))
                                                                       : fmt::format("{:.4g}", level));
    }
    return axis;
}

std::optional<std::size_t> place_in_list(const std::optional<std::string>& name, const std::vector<std::string>& list, std::size_t otherwise, const char* option, std::string& fault)
{
    if (!name) return otherwise;
    const auto at = std::ranges::find(list, *name);
    if (at != list.end()) return static_cast<std::size_t>(at - list.begin());
    fault += fmt::format("{}{}: {}, got '{}'{}", fault.empty() ? "" : "; ", option, fmt::join(list, ", "), *name, did_you_mean(*name, list));
    return std::nullopt;
}

} // namespace entente::report
