#include "driver_effects.hpp"
#include "../core/interval.hpp"
#include "estimate.hpp"
#include <cmath>

namespace entente {

Effect effect_on_mean(const std::vector<double>& differences)
{
    Running all;
    for (const double d : differences) all.add(d);
    const Interval interval = all.interval();
    if (all.n > 1 && all.squares == 0) return {all.mean, all.mean, all.mean};
    return {all.mean, interval.low, interval.high};
}

Effect effect_on_share(std::uint32_t gained, std::uint32_t lost, std::uint32_t n)
{
    constexpr double added = 0.5, ways = 4;
    const double pairs = n + ways * added, up = gained + added, down = lost + added, shift = (up - down) / pairs;
    const double error = std::sqrt(std::max(0.0, (up + down) / pairs - shift * shift) / pairs);
    return {n == 0 ? 0 : (double(gained) - double(lost)) / n, std::max(-1.0, shift - z95 * error), std::min(1.0, shift + z95 * error)};
}

namespace {

/// The futures that are whole in both arms.
std::vector<std::size_t> pairs_of(const DialRuns& runs, std::size_t arm)
{
    std::vector<std::size_t> pairs;
    for (std::size_t i = 0; i < runs.futures; ++i)
        if (runs.whole[i] != 0 && runs.whole[arm * runs.futures + i] != 0) pairs.push_back(i);
    return pairs;
}

Effect effect_on_code(const DialRuns& runs, std::size_t arm, const std::vector<std::size_t>& pairs, int (*of)(std::uint8_t), int wanted)
{
    PairedShare share;
    for (const std::size_t i : pairs) share.add(of(runs.outcome[i]) == wanted, of(runs.outcome[arm * runs.futures + i]) == wanted);
    return share.effect();
}

double mean_of_variable(const DialRuns& runs, std::size_t driver, std::size_t arm)
{
    Running all;
    for (std::size_t i = arm * runs.futures; i < (arm + 1) * runs.futures; ++i)
        if (runs.whole[i] != 0) all.add(runs.variable[driver * dial_arms * runs.futures + i]);
    return all.mean;
}

DialEffect dial_effect(const DialRuns& runs, std::size_t what, std::size_t end)
{
    const std::size_t arm = arm_of(what, end);
    const std::vector<std::size_t> pairs = pairs_of(runs, arm);
    DialEffect effect{.dial = static_cast<double>(end), .alignment_index = {}, .classes = {}, .orientations = {}, .variable = mean_of_variable(runs, turned[what].driver, arm)};
    std::vector<double> differences;
    for (const std::size_t i : pairs) differences.push_back(double(runs.alignment_index[arm * runs.futures + i]) - double(runs.alignment_index[i]));
    effect.alignment_index = effect_on_mean(differences);
    for (int c = 0; c < outcome_classes; ++c) effect.classes.push_back(effect_on_code(runs, arm, pairs, class_of, c));
    for (int o = 0; o < orientations; ++o) effect.orientations.push_back(effect_on_code(runs, arm, pairs, orientation_of, o));
    return effect;
}

} // namespace

DriverEffects driver_effects(const DialRuns& runs)
{
    DriverEffects all{.futures = runs.futures, .quarter = runs.quarter, .drivers = {}};
    for (std::size_t what = 0; what < turned.size(); ++what) {
        const auto& [driver, alone] = turned[what];
        all.drivers.push_back({.name = name_of(turned[what]),
                               .label = std::string(alone ? alone->reason : drivers[driver].label),
                               .alone = alone != nullptr,
                               .variable = std::string(drivers[driver].variable),
                               .dial = runs.own[driver],
                               .level = mean_of_variable(runs, driver, 0),
                               .low = dial_effect(runs, what, 0),
                               .high = dial_effect(runs, what, 1)});
    }
    return all;
}

} // namespace entente
