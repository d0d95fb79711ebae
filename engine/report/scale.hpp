// What many ranks and large jobs come to: how much rank 0 can take, and a job's schedule on a cluster.
#pragma once
#include "../bench/handing_out.hpp"
#include "../bench/schedule.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// Tables, 80 columns wide: answers a second and what one costs, by what it holds; threads with which a core of rank 0 is busy all of the time.
std::string text_of(const HandingOut& measured);
/// The same with full precision, units in the keys.
nlohmann::ordered_json json_of(const HandingOut& measured);

/// The job, then a line for each number of workers, 80 columns wide.
std::string text_of(const Forecast& forecast);
/// The same with full precision, times in seconds; null: what never ends.
nlohmann::ordered_json json_of(const Forecast& forecast);

} // namespace entente::report
