#include "prior_effects.hpp"

namespace entente {

static PriorEffect effect_on(const PriorRuns& runs, std::size_t date, int (*of)(std::uint8_t), int wanted)
{
    const std::size_t n = runs.futures;
    const std::uint8_t* const posterior = &runs.outcome[date * prior_arms * n];
    const std::uint8_t* const priors = posterior + n;
    std::uint32_t pairs = 0, both = 0, gained = 0, lost = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (runs.whole[i] == 0 || runs.whole[n + i] == 0) continue;
        const bool with = of(posterior[i]) == wanted, without = of(priors[i]) == wanted;
        ++pairs, both += with && without, gained += with && !without, lost += without && !with;
    }
    return {.posterior = share_of(both + gained, pairs), .priors = share_of(both + lost, pairs), .difference = effect_on_share(gained, lost, pairs)};
}

PriorEffects prior_effects(const PriorRuns& runs)
{
    PriorEffects all{.futures = runs.futures, .dates = runs.quarters};
    for (std::size_t i = 0; i < runs.futures; ++i) all.pairs += runs.whole[i] != 0 && runs.whole[runs.futures + i] != 0;
    for (std::size_t date = 0; date < runs.quarters.size(); ++date) {
        all.classes.emplace_back(), all.orientations.emplace_back();
        for (int c = 0; c < outcome_classes; ++c) all.classes.back().push_back(effect_on(runs, date, class_of, c));
        for (int o = 0; o < orientations; ++o) all.orientations.back().push_back(effect_on(runs, date, orientation_of, o));
    }
    return all;
}

} // namespace entente
