#include "prior_effects.hpp"

namespace entente {

static PriorEffect effect_on(const PriorRuns& runs, std::size_t date, int (*of)(std::uint8_t), int wanted)
{
    const std::size_t n = runs.futures;
    const std::uint8_t* const posterior = &runs.outcome[date * prior_arms * n];
    const std::uint8_t* const priors = posterior + n;
    PairedShare share; // priors before, posterior after
    for (std::size_t i = 0; i < n; ++i)
        if (runs.whole[i] != 0 && runs.whole[n + i] != 0) share.add(of(priors[i]) == wanted, of(posterior[i]) == wanted);
    return {.posterior = share_of(share.both + share.gained, share.pairs), .priors = share_of(share.both + share.lost, share.pairs), .difference = share.effect()};
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
