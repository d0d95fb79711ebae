#include "readings.hpp"
#include "order_statistics.hpp"
#include "share.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace entente {

std::vector<double> shares_of_readings(std::span<const std::uint32_t> seen, std::span<const std::uint32_t> counted)
{
    std::vector<double> shares;
    double within = 0; // variance of a share about its reading's own, on average
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (counted[i] < 2) continue;
        shares.push_back(double(seen[i]) / counted[i]);
        within += shares.back() * (1 - shares.back()) / (counted[i] - 1);
    }
    if (shares.size() < 2) return shares;
    const double n = static_cast<double>(shares.size()), mean = std::accumulate(shares.begin(), shares.end(), 0.0) / n;
    double all = 0;
    for (const double share : shares) all += (share - mean) * (share - mean);
    all /= n - 1, within /= n;
    const double kept = all > within ? std::sqrt((all - within) / all) : 0;
    for (double& share : shares) share = mean + kept * (share - mean);
    return shares;
}

Band band_of(std::span<const std::uint32_t> seen, std::span<const std::uint32_t> counted)
{
    std::vector<double> shares = shares_of_readings(seen, counted);
    if (shares.empty()) return {0, 1};
    const Share pooled = share_of(std::accumulate(seen.begin(), seen.end(), std::uint32_t{0}), std::accumulate(counted.begin(), counted.end(), std::uint32_t{0}));
    return {std::min(interpolated_quantile(shares, 0.05), pooled.low), std::max(interpolated_quantile(shares, 0.95), pooled.high)};
}

namespace {

/// Counts of a class or orientation at a date, by reading.
std::vector<std::uint32_t> counts_of(const ReadingRuns& runs, std::size_t date, int (*of)(std::uint8_t), int wanted)
{
    std::vector<std::uint32_t> counts(runs.readings);
    for (std::uint8_t code = 0; code < 32; ++code)
        if (of(code) == wanted)
            for (std::size_t i = 0; i < runs.readings; ++i) counts[i] += runs.code_count[(date * 32 + code) * runs.readings + i];
    return counts;
}

/// A class as likely as another counts as the likeliest: so few futures do not part them.
Statement likeliest(const ReadingRuns& runs, std::size_t date, std::span<const double> own)
{
    const auto best = static_cast<int>(std::ranges::max_element(own) - own.begin());
    const std::vector<std::uint32_t> of_best = counts_of(runs, date, class_of, best);
    std::vector<bool> holds(runs.readings, true);
    for (int c = 0; c < outcome_classes; ++c) {
        const std::vector<std::uint32_t> other = counts_of(runs, date, class_of, c);
        for (std::size_t i = 0; i < runs.readings; ++i) holds[i] = holds[i] && runs.counted[i] > 0 && other[i] <= of_best[i];
    }
    return {fmt::format("{} is the likeliest class", class_names[best]), static_cast<std::uint32_t>(std::ranges::count(holds, true))};
}

void add_rare(Readings& all, const ReadingRuns& runs, std::size_t date, int (*of)(std::uint8_t), std::span<const double> own, const std::string_view* names)
{
    for (std::size_t k = 0; k < own.size(); ++k) {
        if (own[k] >= rare) continue;
        const std::vector<double> shares = shares_of_readings(counts_of(runs, date, of, static_cast<int>(k)), runs.counted);
        const auto holds = static_cast<std::uint32_t>(std::ranges::count_if(shares, [](double share) { return share < still_rare; }));
        all.statements.push_back({fmt::format("{} is below {:.0f} %", names[k], 100 * still_rare), holds});
    }
}

} // namespace

Readings readings_of(const ReadingRuns& runs, std::size_t date, std::span<const double> classes, std::span<const double> own_orientations)
{
    Readings all{.readings = runs.readings, .futures = futures_of_reading, .classes = {}, .orientations = {}, .events = {}, .quarter = runs.quarters[date], .statements = {}};
    for (std::size_t at = 0; at < runs.quarters.size(); ++at) {
        all.classes.emplace_back(), all.orientations.emplace_back();
        for (int c = 0; c < outcome_classes; ++c) all.classes.back().push_back(band_of(counts_of(runs, at, class_of, c), runs.counted));
        for (int o = 0; o < orientations; ++o) all.orientations.back().push_back(band_of(counts_of(runs, at, orientation_of, o), runs.counted));
    }
    for (std::size_t e = 0; e < describe().events.size(); ++e) all.events.push_back(band_of(std::span(runs.event_count).subspan(e * runs.readings, runs.readings), runs.counted));
    all.statements.push_back(likeliest(runs, date, classes));
    add_rare(all, runs, date, class_of, classes, class_names);
    add_rare(all, runs, date, orientation_of, own_orientations, orientation_names);
    return all;
}

} // namespace entente
