// What texts, JSON and CSV of survival share: the numbers of one event, in quarters and years.
#pragma once
#include "survival.hpp"

namespace entente::report {

struct EventSurvival {
    std::size_t event = 0;
    int start = 0;
    LifeTable table;
    Survival curve;
    Band95 band;                                        ///< of those that have not seen it
    std::optional<int> median, low_median, high_median; ///< quarters; none: after the horizon
    double years = 0, years_error = 0;                  ///< restricted mean, its standard error
    /// Place of a quarter in the curve.
    std::size_t step(int quarter) const { return static_cast<std::size_t>(quarter - start); }
    /// Share that has seen it by the end of a quarter.
    double seen(int quarter) const { return 1 - curve.share[step(quarter)]; }
    /// Events a year in the quarters after `from`, up to and with `to`.
    Hazard hazard(const EventTimes& times, int from, int to) const;
};
/// `band`: how its interval is made.
EventSurvival event_survival(const EventTimes& times, std::size_t event, CurveBand band);

/// The curves of events of which the first counts.
struct CompetingSurvival {
    LifeTable table;
    Incidence curves;
    std::vector<Band95> band; ///< [cause]
    Survival none;
};
/// `causes`: how many events compete.
CompetingSurvival competing_survival(const EventTimes& times, std::size_t group, std::size_t causes, CurveBand band);

/// b - a. Of sides that are not paired standard errors are those of independent runs, and pairs 0.
struct EventDifference {
    PairedDifference seen, years;
    LogRank test;
};
/// `a`, `b`: as the function above gives them.
EventDifference event_difference(const SurvivalPair& pair, const EventSurvival& a, const EventSurvival& b);

} // namespace entente::report
