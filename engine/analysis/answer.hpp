// The answer that a person came for: from a summary to shares with intervals, event dates and indicators. Pure functions.
#pragma once
#include "../ensemble/ensemble.hpp"
#include "../ensemble/reported.hpp"
#include "driver_effects.hpp"
#include "kinds_of_uncertainty.hpp"
#include "prior_effects.hpp"
#include "readings.hpp"
#include "share.hpp"
#include <optional>
#include <string>
#include <string_view>

namespace entente {

struct EventAnswer {
    std::string name, meaning;
    Share seen;                ///< by the horizon
    std::optional<int> median; ///< Kaplan-Meier median quarter; none if fewer than half see it by the horizon
};
/// What the answer calls a variable in words.
struct Label {
    const char *variable, *label;
};
/// Of the indicators that the answer shows, in its order.
inline constexpr Label indicators[] = {{"trade_share_china", "China's share of Russian trade"},
                                       {"china_trade_share_russia", "Russia's share of Chinese trade"},
                                       {"alignment_index", "alignment index"},
                                       {"trust", "trust"},
                                       {"military_depth", "military depth"},
                                       {"friction", "friction"},
                                       {"dependence_index", "dependence of Russia on China"},
                                       {"tier1_withdrawn", "bite of sanctions on tier 1"},
                                       {"tier2_withdrawn", "bite of sanctions on tier 2"},
                                       {"banks_refusing", "bite of sanctions on banks"},
                                       {"concessions", "concessions to China"},
                                       {"sanctions_total", "Western sanctions on Russia"},
                                       {"central_asia_contest", "contest in Central Asia"}};
/// The name that a text stands for: that of a label, or the text itself with "_" for blanks and no capitals ("pro west leader").
std::string name_of_label(std::string_view text);

/// An indicator at the report dates.
struct IndicatorAnswer {
    std::string name, label;
    std::vector<double> median, low, high; ///< at the report dates; 5 and 95 % over futures
    std::vector<double> course;            ///< median by quarter, whole horizon
};
/// What a result says, as values that texts, tables and figures print.
struct Answer {
    std::string scenario, title;
    std::uint32_t runs = 0, asked = 0, failed = 0;
    int start = 0, horizon = 0;
    std::vector<int> dates;                       ///< report_dates()
    std::vector<std::vector<Share>> classes;      ///< [date][class]
    std::vector<std::vector<Share>> orientations; ///< [date][orientation]
    std::vector<std::vector<double>> course;      ///< [quarter][class]: shares, whole horizon
    std::vector<EventAnswer> events;
    std::vector<IndicatorAnswer> indicators;
    double by_parameters = 0, by_structures = 0;
    std::uint32_t attribution_used = 0;
    int attribution_quarter = 0;
    std::optional<DriverEffects> drivers;        ///< none: not asked for, or too few runs
    std::optional<Readings> readings;            ///< the same
    std::optional<PriorEffects> priors;          ///< the same, or it draws from no posterior
    std::optional<AllUncertainty> uncertainty{}; ///< of each share, kind by kind
};
/// `asked`: runs of the scenario; more than the summary has if it was interrupted. `beside`: of the same scenario, its readings at the report dates.
Answer answer(const Summary& summary, const std::string& scenario, const std::string& title, std::uint32_t asked, const Beside& beside = {});
/// Kaplan-Meier median of an event from counts by quarter; all censoring is at the horizon. Where exactly half have seen it over a while, the middle of it, as time_at() of survival.hpp.
std::optional<int> median_quarter(const std::uint32_t* count_by_quarter, std::uint32_t quarters, std::uint32_t runs);

} // namespace entente
