#include "stopping.hpp"
#include "values.hpp"

namespace entente {

std::vector<Numbers> stop_values(const Experiment& e, const Parts& parts, std::uint32_t replicates)
{
    const std::size_t points = e.plan.points;
    std::vector<Numbers> all;
    for (const Stop& stop : e.stops)
        for (std::size_t k = stop.difference ? 1 : 0; k < e.plan.policies.size(); ++k) {
            const std::vector<std::size_t> policies = stop.difference ? std::vector<std::size_t>{k, 0} : std::vector<std::size_t>{k};
            all.push_back([=, values = values_in(e.plan, parts, stop.outcome, policies, replicates)](const auto& take) {
                values.numbers([&](std::span<const double> some) {
                    const std::size_t n = some.size() / policies.size() / points;
                    const auto mean = [&](std::size_t policy, std::size_t replicate) {
                        double sum = 0;
                        for (std::size_t point = 0; point < points; ++point) sum += some[(policy * n + replicate) * points + point] / static_cast<double>(points);
                        return sum;
                    };
                    std::vector<double> means;
                    for (std::size_t r = 0; r < n; ++r) means.push_back(stop.difference ? mean(0, r) - mean(1, r) : mean(0, r));
                    take(means);
                });
            });
        }
    return all;
}

StoppingRule rule_of(const Experiment& e)
{
    StoppingRule rule{.wanted = {}, .least = e.least, .most = e.plan.replicates};
    for (const Stop& stop : e.stops) {
        const Quantity& q = e.outcomes[stop.outcome];
        const bool share = e.plan.points == 1 && !stop.difference && is_share(q);
        const Statistic statistic{q.level ? Statistic::Kind::quantile : share ? Statistic::Kind::probability : Statistic::Kind::mean, q.level.value_or(0.5)};
        for (std::size_t k = stop.difference ? 1 : 0; k < e.plan.policies.size(); ++k) rule.wanted.push_back({statistic, stop.half_width});
    }
    return rule;
}

StopReport report_of(const Experiment& e, const Verdict& verdict, std::uint64_t replicates)
{
    StopReport report{.enough = verdict.enough, .replicates = replicates, .most = e.plan.replicates, .least = e.least, .sweep = e.sweep.has_value(), .points = e.plan.points > 1, .known = {}};
    std::size_t at = 0;
    for (const Stop& stop : e.stops)
        for (std::size_t k = stop.difference ? 1 : 0; k < e.plan.policies.size(); ++k, ++at)
            report.known.push_back({.outcome = e.outcomes[stop.outcome].text,
                                    .policy = e.sweep ? e.policy_names[k] : "",
                                    .baseline = stop.difference ? e.policy_names[0] : "",
                                    .interval = verdict.intervals[at],
                                    .half_width = stop.half_width,
                                    .least = verdict.least[at]});
    return report;
}

} // namespace entente
