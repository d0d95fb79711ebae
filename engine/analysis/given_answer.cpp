#include "given_answer.hpp"
#include "order_statistics.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace entente {

GivenShare given_share(std::uint32_t count, std::uint32_t runs, std::uint32_t others, std::uint32_t rest)
{
    GivenShare s{share_of(count, runs), share_of(count + others, runs + rest), {}, false};
    if (runs == 0 || rest == 0) { // none to set beside it
        s.difference.used = runs + rest;
        return s;
    }
    const double outside = static_cast<double>(rest) / (static_cast<double>(runs) + rest);
    s.difference = share_difference({count, runs}, {others, rest}, 0.95);
    s.difference.estimate *= outside, s.difference.low *= outside, s.difference.high *= outside;
    const Interval sure = share_difference({count, runs}, {others, rest}, 1 - alpha_given);
    s.beyond = sure.low > 0 || sure.high < 0;
    return s;
}

static SpreadOfRuns spread_of(std::vector<double> values)
{
    if (values.empty()) values.push_back(std::numeric_limits<double>::quiet_NaN());
    return {interpolated_quantile(values, 0.05), interpolated_quantile(values, 0.5), interpolated_quantile(values, 0.95)};
}

GivenSpread given_spread(std::span<const double> value, std::span<const std::uint8_t> meets)
{
    std::vector<double> among, all;
    for (std::size_t run = 0; run < value.size(); ++run) {
        if (std::isnan(value[run])) continue;
        all.push_back(value[run]);
        if (meets[run] != 0) among.push_back(value[run]);
    }
    return {spread_of(std::move(among)), spread_of(std::move(all)), std::abs(ranked(value, meets).z) > beyond_chance(alpha_given)};
}

Meeting meeting(std::span<const Given> conditions, const std::vector<std::vector<double>>& value)
{
    const std::size_t runs = value.empty() ? 0 : value[0].size();
    if (conditions.empty() || value.size() != conditions.size() || std::ranges::any_of(value, [&](const auto& v) { return v.size() != runs; }))
        throw std::invalid_argument("conditions and their values are not as many");
    Meeting m{std::vector<std::uint8_t>(runs, 1), std::vector<std::uint8_t>(runs, 1), {}, {}};
    for (const std::vector<double>& values : value)
        for (std::size_t run = 0; run < runs; ++run)
            if (std::isnan(values[run])) m.whole[run] = 0;
    const auto whole = static_cast<std::uint32_t>(std::ranges::count(m.whole, 1));
    for (std::size_t c = 0; c < conditions.size(); ++c) {
        std::uint32_t met = 0;
        for (std::size_t run = 0; run < runs; ++run) {
            const bool does = m.whole[run] != 0 && holds(conditions[c], value[c][run]);
            met += does ? 1 : 0;
            if (!does) m.meets[run] = 0;
        }
        m.each.push_back(share_of(met, whole));
    }
    m.all = share_of(static_cast<std::uint32_t>(std::ranges::count(m.meets, 1)), whole);
    return m;
}

GivenShare given_share(std::span<const double> value, const Meeting& m)
{
    std::uint32_t counts[2] = {0, 0}, runs[2] = {0, 0};
    for (std::size_t run = 0; run < value.size(); ++run)
        if (m.whole[run] != 0 && !std::isnan(value[run])) ++runs[m.meets[run]], counts[m.meets[run]] += value[run] == 1 ? 1 : 0;
    return given_share(counts[1], runs[1], counts[0], runs[0]);
}

} // namespace entente
