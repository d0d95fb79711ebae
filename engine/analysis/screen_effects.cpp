#include "screen_effects.hpp"
#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace entente {

/// Of two sides, the probability that so few of n fair coins or fewer fall on the rarer one.
static double sign_test(std::uint32_t gained, std::uint32_t lost)
{
    const std::uint32_t n = gained + lost;
    if (n == 0) return 1;
    return std::min(1.0, 2 * boost::math::cdf(boost::math::binomial(n, 0.5), std::min(gained, lost)));
}

static double t_test(const std::vector<double>& differences)
{
    const double n = static_cast<double>(differences.size());
    double mean = 0, squares = 0;
    for (const double d : differences) mean += d / n;
    for (const double d : differences) squares += (d - mean) * (d - mean);
    if (differences.size() < 2) return 1;
    if (squares == 0) return mean == 0 ? 1 : 0;
    return 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(n - 1), std::abs(mean) / std::sqrt(squares / (n - 1) / n)));
}

ArmEffect arm_effect(const ScreenRuns& scenario, const ScreenRuns& arm)
{
    const std::size_t n = scenario.alignment_index.size();
    if (arm.alignment_index.size() != n || scenario.code.size() != n || arm.code.size() != n) throw std::invalid_argument("arms of different numbers of futures");
    ArmEffect e{.alignment_index = {}, .classes = {}, .moves_nothing = true};
    std::vector<double> differences;
    std::vector<std::uint32_t> gained(outcome_classes), lost(outcome_classes);
    for (std::size_t i = 0; i < n; ++i) {
        if (std::isnan(scenario.alignment_index[i])) continue;
        if (std::isnan(arm.alignment_index[i])) {
            ++e.failed;
            continue;
        }
        differences.push_back(arm.alignment_index[i] - scenario.alignment_index[i]);
        e.moves_nothing = e.moves_nothing && differences.back() == 0 && arm.code[i] == scenario.code[i];
        const auto before = static_cast<std::size_t>(class_of(scenario.code[i])), after = static_cast<std::size_t>(class_of(arm.code[i]));
        if (before != after) ++lost[before], ++gained[after];
    }
    e.pairs = static_cast<std::uint32_t>(differences.size());
    if (e.pairs < 2) return e.moves_nothing = false, e.classes.resize(outcome_classes), e;
    e.alignment_index = effect_on_mean(differences);
    double least = t_test(differences);
    for (std::size_t c = 0; c < outcome_classes; ++c) {
        e.classes.push_back(effect_on_share(gained[c], lost[c], e.pairs));
        least = std::min(least, sign_test(gained[c], lost[c]));
    }
    e.p = std::min(1.0, least * (1 + outcome_classes));
    return e;
}

std::vector<bool> discoveries(std::span<const double> p, double level)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::size_t taken = 0;
    for (std::size_t i = 0; i < order.size(); ++i)
        if (p[order[i]] <= level * static_cast<double>(i + 1) / static_cast<double>(order.size())) taken = i + 1;
    std::vector<bool> found(p.size());
    for (std::size_t i = 0; i < taken; ++i) found[order[i]] = true;
    return found;
}

} // namespace entente
