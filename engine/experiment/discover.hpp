// What is searched for the boxes in which an outcome is frequent: a result of `run`, a sweep's result, or two tables.
#pragma once
#include "../analysis/classification_tree.hpp"
#include "../analysis/discovery.hpp"
#include "../analysis/given.hpp"
#include "made_runs.hpp"

namespace entente {

struct Searched {
    Cases cases;
    enum class From : std::uint8_t { run, sweep, tables } from = From::run;
    std::string file, title; ///< of the result, or the table of inputs; the scenario's or sweep's title
    std::string of;          ///< what is looked for, as it was asked
    std::string policy;      ///< of a sweep
    std::uint32_t replicates = 1;
    std::uint64_t runs_left_out = 0;     ///< that failed or were not made
    std::size_t rows_left_out = 0;       ///< of which no run is whole
    std::vector<std::string> constant{}; ///< inputs that are the same in all rows, and left out
    std::size_t draws = 0;               ///< of a posterior that runs share: they are resampled together; 0: every row by itself
    bool shares = false;                 ///< the outcome itself is a share, not a yes or no
};
inline constexpr std::size_t least_rows = 40;

/// Nothing if it was stopped. Throws Refused if the file has no single runs, std::invalid_argument of a date beyond the horizon.
std::optional<Searched> searched_run(const std::string& file, const ReplaySource& source, const Given& given, const EnsembleOptions& options, const Listener& listener,
                                     const std::atomic<bool>* stop);
/// `given` is about one of the sweep's outcomes. Throws std::invalid_argument if it is not, Refused if there is no such policy.
Searched searched_sweep(const std::string& file, const StoredSweep& sweep, const Given& given, const std::optional<std::string>& policy);
/// `of`: "> 0.4", a side of a number, of an outcome that is neither yes and no nor a share. Throws ScenarioErrors as outside_runs(), std::invalid_argument of `of`.
Searched searched_tables(const std::string& inputs, const std::string& output, const std::optional<std::string>& of, std::vector<Problem>& notes);

/// The same rows as the tree reads them. Throws std::invalid_argument if hits are fractions.
TreeTable tree_table(const Cases& cases);

} // namespace entente
