#include "reported.hpp"
#include "../core/quarter.hpp"
#include "../model/classify.hpp"
#include <algorithm>
#include <string_view>

namespace entente {

int report_quarter(int horizon) { return std::min(horizon, *parse_quarter("2045Q1")); }

std::vector<int> report_dates(int horizon)
{
    std::vector<int> dates;
    for (const char* label : {"2030Q1", "2035Q1", "2043Q2", "2045Q1"}) // the middle of the horizons that the articles name
        if (*parse_quarter(label) < horizon) dates.push_back(*parse_quarter(label));
    dates.push_back(horizon);
    return dates;
}

/// That answers show beside what classes are made of.
static constexpr std::string_view shown[] = {"alignment_index", "china_trade_share_russia", "friction",        "tier1_withdrawn",
                                             "tier2_withdrawn", "banks_refusing",           "sanctions_total", "central_asia_contest"};

const std::vector<std::uint32_t>& reported_variables()
{
    static const std::vector<std::uint32_t> all = [] {
        std::vector<std::uint32_t> numbers;
        const auto add = [&](std::string_view name) { numbers.push_back(static_cast<std::uint32_t>(Description::find(describe().variables, name))); };
        std::ranges::for_each(classified_variables, add);
        std::ranges::for_each(shown, add);
        std::ranges::sort(numbers);
        return numbers;
    }();
    return all;
}

std::vector<float> reported_values(const BlockResult& block)
{
    if (!block.reported.empty() || block.trajectory.empty()) return block.reported;
    const std::vector<std::uint32_t>& variables = reported_variables();
    if (!std::ranges::all_of(variables, [&](std::uint32_t v) { return block.slot_of(v) < block.kept.size(); })) return {};
    std::vector<float> values;
    for (const int date : report_dates(static_cast<int>(block.quarters) - 1))
        for (const std::uint32_t variable : variables)
            for (std::size_t run = 0; run < block.failed_quarter.size(); ++run) values.push_back(block.value(static_cast<std::size_t>(date), variable, run));
    return values;
}

} // namespace entente
