// How long it takes until something happens, where some are only known not to have seen it yet: survival, competing events, tests and rates. Pure functions on any times and
// censorings. What happens and is censored at one time happens first, as everywhere in the field (Kalbfleisch and Prentice 2002, 1.4).
#pragma once
#include "sample.hpp"
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace entente {

/// By rising time: how many are at risk just before it, what happens then, and who is not seen further.
struct LifeTable {
    std::vector<double> time;
    std::vector<std::uint64_t> at_risk, censored;   ///< [time]
    std::vector<std::vector<std::uint64_t>> events; ///< [cause][time]
    std::uint64_t n = 0, failed = 0;                ///< in the table; failed runs, which are left out
    std::uint64_t all_events(std::size_t at) const; ///< of every cause
};
/// `time`: when it happened, or until when it was seen not to; not below 0; NaN: the run failed. `cause`: 0 censored, else 1 to `causes`. Throws std::invalid_argument if there are not as
/// many, or a time or cause is outside its range.
LifeTable life_table(std::span<const double> time, std::span<const std::uint8_t> cause, std::size_t causes = 1);
/// Of `n` that are all followed for so many steps: `events`, [cause][step], happen at times 1, 2, ...; who sees none is censored at the last. Throws std::invalid_argument if more happens than
/// there are, or steps are not equally many.
LifeTable life_table(const std::vector<std::vector<std::uint64_t>>& events, std::uint64_t n);

/// Share that has not seen any of the events by each time (Kaplan and Meier 1958), and its standard error (Greenwood 1926), 0 where all have.
struct Survival {
    std::vector<double> time, share, standard_error;
    double at(double t) const; ///< 1 before the first
};
/// Of all causes together.
Survival kaplan_meier(const LifeTable& table);

/// Share that has seen each cause first (Aalen and Johansen 1978). Standard errors by the delta method, the multivariate form of Greenwood's: those of a multinomial where none is censored early
/// (Andersen, Borgan, Gill and Keiding 1993, IV.4.1; R's survfit gives the same as an infinitesimal jackknife).
struct Incidence {
    std::vector<double> time;
    std::vector<std::vector<double>> share, standard_error; ///< [cause][time]
};
/// Of each cause, the others competing.
Incidence aalen_johansen(const LifeTable& table);

/// How an interval about a curve is made, for each time by itself.
enum class CurveBand : std::uint8_t {
    greenwood,      ///< estimate +- z times its standard error, within [0, 1]
    log_log,        ///< the same of ln(-ln S) (Kalbfleisch and Prentice 2002, 1.4.1): it stays within and holds in small samples
    jeffreys,       ///< exact where nobody is censored before the last event, so that S is a binomial share: Beta(k + 1/2, n - k + 1/2) as share_of()
    clopper_pearson ///< exact as well (1934), never below its confidence, so wider
};
inline constexpr const char* curve_band_names[] = {"greenwood", "log-log", "jeffreys", "clopper-pearson"};
/// An interval at every time.
struct Band95 {
    std::vector<double> low, high; ///< [time], 95 %
};
/// Whether a share at every time is one of all: nobody is censored before the last event.
bool is_followed_to_the_end(const LifeTable& table);
/// Of the curve of those that have seen none. Where log-log says nothing: 1 to 1 as long as nothing happened, and the interval before, down to 0, once all have seen it. Throws std::invalid_argument
/// if an exact one is asked for and somebody is censored before the last event.
Band95 band_of(const LifeTable& table, const Survival& curve, CurveBand method);
/// Of the share that has seen a cause; log-log is of ln(-ln F).
Band95 band_of(const LifeTable& table, const Incidence& curves, std::size_t cause, CurveBand method);

/// The first time at which a falling curve is at `level`: where it is exactly that over a while, the middle of it, as R's print of a survfit has it; none if it never is. Where it stays at it to
/// the end, its first time.
std::optional<double> time_at(std::span<const double> time, std::span<const double> falling, double level = 0.5);
/// The median time, and its interval: where the band crosses 1/2 (Brookmeyer and Crowley 1982).
struct MedianTime {
    std::optional<double> median, low, high; ///< none: not within the times
};
/// The band's own confidence is the interval's.
MedianTime median_time(const Survival& curve, const Band95& band);

/// Area under the curve from 0 to `until` with its standard error (Klein and Moeschberger 2003, 4.5): the mean time to the event, or to `until` if that comes first. Beyond the last
/// time the curve stays where it is.
struct RestrictedMean {
    double mean = 0, standard_error = 0;
};
/// `until`: in the table's unit of time.
RestrictedMean restricted_mean(const LifeTable& table, double until);
/// Mean difference b - a of min(time, until), pair by pair: of the same runs under two scenarios. NaN in either leaves a pair out. Throws std::invalid_argument if there are not as many,
/// or one is censored before `until`.
PairedDifference paired_restricted_means(std::span<const double> time_a, std::span<const std::uint8_t> cause_a, std::span<const double> time_b,
                                         std::span<const std::uint8_t> cause_b, double until);

/// Whether independent groups see their events equally fast (Mantel 1966; hypergeometric variance). Groups that share random numbers are not independent: where they go alike the test
/// says too seldom that they differ.
struct LogRank {
    std::vector<double> observed, expected; ///< [group]
    double statistic = 0;                   ///< chi squared
    std::size_t degrees = 0;                ///< of freedom; 0: nothing happened while two groups were at risk
    double p = 1;
};
/// Of two groups at least, all causes together.
LogRank log_rank(std::span<const LifeTable> groups);

/// Events over the time that is spent at risk, after `from` and up to `to`: of all causes.
struct Hazard {
    double from = 0, to = 0;
    std::uint64_t events = 0;
    double exposure = 0;      ///< in units of time
    double rate = 0;          ///< a unit of time; NaN: nobody was at risk
    double low = 0, high = 0; ///< exact for a Poisson count (Garwood 1936)
};
/// Between edges that rise, one less than they are.
std::vector<Hazard> hazards(const LifeTable& table, std::span<const double> edges);

} // namespace entente
