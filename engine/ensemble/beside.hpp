// What stands beside a run's shares: the scenario with each driver's dial at either end, under other readings of what the articles dispute, and, of one that draws
// from a posterior, with its priors instead. All are small ensembles on the random numbers of the run's own futures.
#pragma once
#include "../model/drivers.hpp"
#include "ensemble.hpp"
#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace entente {

/// What is asked for: how many, 0 for none; what is not given is as much as half of the run's own futures allow.
struct BesideAsked {
    std::optional<std::uint32_t> dial_futures{}; ///< of each arm
    std::optional<std::uint32_t> readings{};
    std::optional<std::uint32_t> prior_futures{}; ///< of each arm; of a scenario without a posterior none in any case
};
inline constexpr std::uint32_t most_dial_futures = 100'000, most_readings = 10'000, most_prior_futures = 100'000;
inline constexpr std::uint32_t futures_of_reading = 32; ///< a power of two: no reading lies in two blocks

/// How many runs stand beside.
struct BesideSizes {
    std::uint32_t dial_futures = 0, readings = 0, prior_futures = 0; ///< of each arm; 0: none
    std::uint64_t runs() const;
    bool operator==(const BesideSizes&) const = default;
};
/// Fewest futures of a scenario beside which any of it stands by itself.
inline constexpr std::uint32_t least_runs_beside = 2000;
/// Of a run with so many futures: together at most as many as they, unless more is asked for. Of history alone none: it has no levers and one course.
BesideSizes beside_sizes(const BesideAsked& asked, const Scenario& scenario, std::uint32_t runs);

/// What is turned: a driver's dial, or one lever alone of a dial that moves several, whose halves may work against each other.
struct Turned {
    std::size_t driver = 0;
    const DialRow* alone = nullptr; ///< null: the dial
};
/// How many levers a driver's dial moves.
constexpr std::size_t levers_of(std::size_t driver)
{
    return static_cast<std::size_t>(std::ranges::count_if(dial_rows, [&](const DialRow& row) { return row.driver == drivers[driver].name && row.section == "levers"; }));
}
/// How many things are turned, over all drivers.
constexpr std::size_t count_turned()
{
    std::size_t n = 0;
    for (std::size_t d = 0; d < drivers.size(); ++d) n += levers_of(d) > 1 ? 1 + levers_of(d) : 1;
    return n;
}
/// Dials in the order of `drivers`, each before its levers.
constexpr std::array<Turned, count_turned()> all_turned()
{
    std::array<Turned, count_turned()> all{};
    std::size_t n = 0;
    for (std::size_t d = 0; d < drivers.size(); ++d) {
        all[n++].driver = d;
        for (const DialRow& row : dial_rows)
            if (levers_of(d) > 1 && row.driver == drivers[d].name && row.section == "levers") all[n++] = {d, &row};
    }
    return all;
}
inline constexpr auto turned = all_turned();
/// "sanctions_pressure", "sanctions_pressure.enforcement_push".
std::string name_of(const Turned& what);

inline constexpr std::size_t dial_ends = 2;
/// The scenario as it is, then each of `turned` at 0 and at 1, all else where the scenario has it.
inline constexpr std::size_t dial_arms = 1 + dial_ends * turned.size();
/// The arm's number; `end`: 0 low, 1 high.
constexpr std::size_t arm_of(std::size_t what, std::size_t end) { return 1 + dial_ends * what + end; }

/// A driver's variable is meant over the quarters from start to `quarter`, all else at `quarter`.
struct DialRuns {
    std::uint32_t futures = 0; ///< of each arm: runs 0, 1, ... of the scenario
    int quarter = 0;
    Dials own{};                          ///< where the scenario has its dials
    std::vector<float> variable{};        ///< [driver][arm][future]
    std::vector<float> alignment_index{}; ///< [arm][future]
    std::vector<std::uint8_t> outcome{};  ///< [arm][future]: codes
    std::vector<std::uint8_t> whole{};    ///< [arm][future]: 0: it failed
    bool operator==(const DialRuns&) const = default;
};

/// Reading i has the parameters of the scenario's run i, and its futures the random numbers of the runs from i * futures_of_reading on. Its structures are drawn with equal
/// weights, but for those that the scenario has changed.
struct ReadingRuns {
    std::uint32_t readings = 0;
    std::vector<int> quarters{};              ///< that are looked at
    std::vector<std::uint8_t> structure{};    ///< [structure][reading]: number of the answer
    std::vector<std::uint32_t> code_count{};  ///< [date][32][reading]: its futures by outcome code
    std::vector<std::uint32_t> event_count{}; ///< [event][reading]: that see the event by the horizon
    std::vector<std::uint32_t> counted{};     ///< [reading]: its futures without those that failed
    bool operator==(const ReadingRuns&) const = default;
};

/// The scenario as it is, parameters from its posterior, and the same with parameters from its priors: all else equal, chance too.
inline constexpr std::size_t prior_arms = 2;
/// Outcomes with parameters from the posterior, and from the priors.
struct PriorRuns {
    std::uint32_t futures = 0;           ///< of each arm: runs 0, 1, ... of the scenario
    std::vector<int> quarters{};         ///< that are looked at
    std::vector<std::uint8_t> outcome{}; ///< [date][arm][future]: codes
    std::vector<std::uint8_t> whole{};   ///< [arm][future]: 0: it failed
    bool operator==(const PriorRuns&) const = default;
};

/// What was run beside; none of what was not.
struct Beside {
    std::optional<DialRuns> dials{};
    std::optional<ReadingRuns> readings{};
    std::optional<PriorRuns> priors{};
    BesideSizes sizes() const;
    bool operator==(const Beside&) const = default;
};
/// `quarter`: of the dials; `quarters`: of readings and priors. Nothing if it was stopped.
std::optional<Beside> run_beside(const Scenario& scenario, const BesideSizes& sizes, int quarter, const std::vector<int>& quarters, const EnsembleOptions& options,
                                 const std::function<void(Progress)>& progress = {}, const std::atomic<bool>* stop = nullptr, const PieceWorkers& workers = on_threads());

} // namespace entente
