// The answer that a person came for: from a summary to shares with intervals, event dates, indicators, and one sentence. Pure functions.
#pragma once
#include "../ensemble/ensemble.hpp"
#include <optional>
#include <string>

namespace entente {

struct Share {
    std::uint32_t count = 0, runs = 0;
    double share = 0, low = 0, high = 0; ///< 95 % Jeffreys interval: Monte Carlo error alone
};
/// Jeffreys interval of a share (Brown, Cai and DasGupta 2001): the equal-tailed Beta(k + 1/2, n - k + 1/2) interval, with 0 at k = 0 and 1 at k = n.
Share share_of(std::uint32_t count, std::uint32_t runs);

struct EventAnswer {
    std::string name, meaning;
    Share seen;                ///< by the horizon
    std::optional<int> median; ///< Kaplan-Meier median quarter; none if fewer than half see it by the horizon
};
struct IndicatorAnswer {
    std::string name, label;
    std::vector<double> median, low, high; ///< at the report dates; 5 and 95 % over futures
    std::vector<double> course;            ///< median by quarter, whole horizon
};
struct Answer {
    std::string scenario, title;
    std::uint32_t runs = 0, asked = 0, failed = 0;
    int start = 0, horizon = 0;
    std::vector<int> dates;                       ///< report_dates()
    std::vector<std::vector<Share>> classes;      ///< [date][class]
    std::vector<std::vector<Share>> orientations; ///< [date][orientation]
    std::vector<EventAnswer> events;
    std::vector<IndicatorAnswer> indicators;
    std::string sentence;
    double by_parameters = 0, by_structures = 0;
    std::uint32_t attribution_used = 0;
    int attribution_quarter = 0;
};
/// The quarter whose classes the first sentence names: 2045Q1, or the horizon if that comes first.
int report_quarter(int horizon);
/// The quarters that answers and comparisons tell of: 2030Q1, 2035Q1, 2043Q2 and 2045Q1 as far as they come before the horizon, then the horizon.
std::vector<int> report_dates(int horizon);
/// `asked`: runs of the scenario; more than the summary has if it was interrupted.
Answer answer(const Summary& summary, const std::string& scenario, const std::string& title, std::uint32_t asked);
/// Kaplan-Meier median of an event from counts by quarter; all censoring is at the horizon.
std::optional<int> median_quarter(const std::uint32_t* count_by_quarter, std::uint32_t quarters, std::uint32_t runs);

} // namespace entente
