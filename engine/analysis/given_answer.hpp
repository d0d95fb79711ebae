// The answer among the runs that meet a condition, beside that among all: what is seen where something came. No cause is in it: runs that meet a condition are others in what brought it about.
#pragma once
#include "given.hpp"
#include "share.hpp"
#include "two_groups.hpp"

namespace entente {

/// Below, intervals say little.
inline constexpr std::uint32_t few_given = 30;
/// A difference counts as beyond chance at this alpha, two-sided; each by itself.
inline constexpr double alpha_given = 0.001;

/// A share among the runs that meet the condition, beside that among all.
struct GivenShare {
    Share among, all;    ///< of the runs that meet the condition, of all: Jeffreys
    Interval difference; ///< among - all; that of those that meet it and those that do not, times the share of the latter, which is taken as it is
    bool beyond = false; ///< those that meet it differ from the others beyond chance
};
/// `count` of `runs` that meet it, `others` of the `rest` that do not.
GivenShare given_share(std::uint32_t count, std::uint32_t runs, std::uint32_t others, std::uint32_t rest);

/// 5, 50 and 95 % of runs. NaN without runs.
struct SpreadOfRuns {
    double low = 0, median = 0, high = 0;
};
/// A variable's spread among them, beside that among all.
struct GivenSpread {
    SpreadOfRuns among, all;
    bool beyond = false; ///< by ranks: see ranked()
};
/// `meets[run]`; values that are NaN are left out.
GivenSpread given_spread(std::span<const double> value, std::span<const std::uint8_t> meets);

/// An event among them.
struct GivenEvent {
    std::string name, meaning;
    GivenShare seen;                       ///< by the horizon
    std::optional<int> median, median_all; ///< quarter by which half have seen it
};
/// An indicator among them.
struct GivenIndicator {
    std::string name, label;
    std::vector<GivenSpread> at; ///< [date]
};
/// One of the conditions, alone.
struct GivenPart {
    std::string text;
    Share met;
};
/// The answer among the runs that meet the conditions.
struct GivenAnswer {
    std::vector<GivenPart> conditions; ///< all of which must hold
    Share met;                         ///< runs in which all do
    std::uint32_t failed = 0;          ///< runs that are left out of everything
    int start = 0, horizon = 0;
    std::vector<int> dates;                            ///< report_dates()
    std::vector<std::vector<GivenShare>> classes;      ///< [date][class]
    std::vector<std::vector<GivenShare>> orientations; ///< [date][orientation]
    std::vector<GivenEvent> events;
    std::vector<GivenIndicator> indicators;
};

/// What became of each run under some conditions.
struct Meeting {
    std::vector<std::uint8_t> whole, meets; ///< [run]; a run that failed meets none
    std::vector<Share> each;                ///< of each condition alone
    Share all;                              ///< of all together
};
/// `value[condition][run]`, NaN of runs that failed. Throws std::invalid_argument if there are not as many of each.
Meeting meeting(std::span<const Given> conditions, const std::vector<std::vector<double>>& value);
/// Shares of zeros and ones, NaN left out.
GivenShare given_share(std::span<const double> value, const Meeting& meeting);

} // namespace entente
