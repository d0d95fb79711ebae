// A result as tables for statistics programs: CSV, a row for each observation, under names of the field.
#pragma once
#include "../store/sweep_file.hpp"
#include <functional>

namespace entente::report {

/// Takes a table some rows at a time, the first with the header.
using TakeText = std::function<void(const std::string&)>;

/// Of a result of `run`. Runs that failed are left out of all; the first two need single runs in the file, and give back how many they left out.
/// run, quarter, year, class, orientation
std::uint64_t write_outcomes(const StoredResult& result, const std::string& path, const TakeText& take);
/// run, event, seen (1, or 0: not by the horizon), quarter, year
std::uint64_t write_events(const StoredResult& result, const std::string& path, const TakeText& take);
/// quarter, year, of (class or orientation), name, count, runs, share, low, high
void write_shares(const StoredResult& result, const TakeText& take);
/// variable, unit, quarter, year, runs, mean, sd, least, most, then a column for each quantile: p5 holds the 5 % quantile
void write_summary(const StoredResult& result, const TakeText& take);

/// Of a result of `sweep`. policy, replicate, point, a column for each factor, outcome, unit, value. Gives back how many runs are left out: they failed or were not made.
std::uint64_t write_outcomes(const StoredSweep& sweep, const std::string& path, const TakeText& take);
/// policy, point, a column for each factor, outcome, unit, estimate, low, high (empty where no interval is known), failed
void write_points(const StoredSweep& sweep, const TakeText& take);

} // namespace entente::report
