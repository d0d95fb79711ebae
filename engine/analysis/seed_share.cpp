#include "seed_share.hpp"
#include "../core/interval.hpp"
#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace entente {

SeedShare seed_share(std::span<const double> values, std::size_t replicates)
{
    if (replicates == 0 || values.size() % replicates != 0) throw std::invalid_argument("values that are no table of replicates and points");
    const std::size_t all = values.size() / replicates;
    std::vector<std::size_t> whole;
    for (std::size_t p = 0; p < all; ++p) {
        bool finite = true;
        for (std::size_t r = 0; r < replicates; ++r) finite = finite && std::isfinite(values[r * all + p]);
        if (finite) whole.push_back(p);
    }
    SeedShare s{.points = whole.size(), .replicates = replicates, .share = {}, .common = 0, .variance = 0};
    if (replicates < 2 || whole.size() < 2) return s;
    const double points = static_cast<double>(whole.size()), times = static_cast<double>(replicates);
    std::vector<double> of_point(whole.size()), of_replicate(replicates);
    double mean = 0;
    for (std::size_t r = 0; r < replicates; ++r)
        for (std::size_t i = 0; i < whole.size(); ++i) {
            const double y = values[r * all + whole[i]];
            of_point[i] += y / times, of_replicate[r] += y / points, mean += y / times / points;
        }
    double rest = 0, between_points = 0, between_replicates = 0;
    for (std::size_t r = 0; r < replicates; ++r)
        for (std::size_t i = 0; i < whole.size(); ++i) {
            const double left = values[r * all + whole[i]] - of_point[i] - of_replicate[r] + mean;
            rest += left * left;
        }
    for (const double m : of_point) between_points += times * (m - mean) * (m - mean);
    for (const double m : of_replicate) between_replicates += points * (m - mean) * (m - mean);
    const double df_points = points - 1, df_replicates = times - 1, df_rest = df_points * df_replicates;
    const double ms_rest = rest / df_rest, ms_points = between_points / df_points, ms_replicates = between_replicates / df_replicates;
    const double by_points = std::max(0.0, (ms_points - ms_rest) / times), common = std::max(0.0, (ms_replicates - ms_rest) / points), luck = common + ms_rest;
    s.variance = by_points + luck;
    if (!(s.variance > 1e-24 * mean * mean) || !(s.variance > 0)) return s.variance = 0, s;
    s.common = common / s.variance;
    s.share.value = luck / s.variance;
    // luck = (MS_replicates + (points - 1) MS_rest) / points; factors = (MS_points - MS_rest) / replicates
    const auto of = [](double ms, double df) { return 2 * ms * ms / df; };
    const double luck_by_rest = common > 0 ? (points - 1) / points : 1, luck_by_replicates = common > 0 ? 1 / points : 0;
    const double var_luck = luck_by_replicates * luck_by_replicates * of(ms_replicates, df_replicates) + luck_by_rest * luck_by_rest * of(ms_rest, df_rest);
    const double var_points = (of(ms_points, df_points) + of(ms_rest, df_rest)) / (times * times), both = -luck_by_rest * of(ms_rest, df_rest) / times;
    if (!(luck > 0) || !(by_points > 0)) { // at an end: how far the other may reach
        const double reach = z95 * std::sqrt(by_points > 0 ? var_luck : var_points) / s.variance;
        s.share.low = by_points > 0 ? 0 : std::max(0.0, 1 - reach), s.share.high = by_points > 0 ? std::min(1.0, reach) : 1;
        return s;
    }
    const double log_odds = std::log(luck / by_points), error = std::sqrt(std::max(0.0, var_luck / (luck * luck) + var_points / (by_points * by_points) - 2 * both / (luck * by_points)));
    const auto share_at = [](double odds) { return 1 / (1 + std::exp(-odds)); };
    s.share.low = share_at(log_odds - z95 * error), s.share.high = share_at(log_odds + z95 * error);
    return s;
}

} // namespace entente
