// Which inputs drive what came: of a sweep's result, of a run's result without new runs where the file keeps what is asked for, and of tables from elsewhere.
#pragma once
#include "../analysis/given.hpp"
#include "../analysis/sensitivity.hpp"
#include "made_runs.hpp"

namespace entente {

/// What is asked of any of them. Groups: "drivers", "articles", or "NAME=a,b,c" of inputs.
struct SensitivityRequest {
    SensitivityAsked asked;
    std::vector<std::string> groups{};
};
/// What was looked into, and how.
struct SensitivityStudy {
    std::string title;           ///< of the scenario, sweep or table
    std::string rows;            ///< what a row is: "10,000 runs", "1,280 points of a saltelli design"
    std::string given{};         ///< the conditions that rows meet
    std::size_t given_from = 0;  ///< rows before the condition
    bool drawn_together = false; ///< inputs hang together, since they come from one posterior
    bool simulated = false;      ///< the outcome was not kept, and the runs were made again
    SensitivityAsked asked;
    std::vector<std::string> group_notes{};
    Sensitivity found;
};

/// The default outcomes of a plain result: the class shares at the report quarter, and the mean alignment index there.
std::vector<Quantity> usual_outcomes(int horizon);
/// Of a plain result. `quantities`: one without a date, see undated(), is taken at every quarter of the free future. Nothing if it was stopped. Throws Refused, and std::invalid_argument with what is wrong.
std::optional<SensitivityStudy> sensitivity_of_run(const std::string& file, const ReplaySource& source, const std::vector<std::string>& outcomes, const std::vector<Given>& given,
                                                   const SensitivityRequest& request, const EnsembleOptions& options, const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);
/// Of a sweep's result, under a policy: all of its outcomes, or those that are named. Throws Refused, and std::invalid_argument.
SensitivityStudy sensitivity_of_sweep(const std::string& file, const StoredSweep& sweep, const std::vector<std::string>& outcomes, std::size_t policy, const SensitivityRequest& request);
/// Of two tables, whose factors and design a sweep's file names. Throws ScenarioErrors if they do not match it in columns or rows, and std::invalid_argument.
SensitivityStudy sensitivity_of_table(const Sweep& sweep, const std::string& inputs_path, const std::string& output_path, const SensitivityRequest& request);

/// Groups of these inputs. Throws std::invalid_argument with every name that is none.
std::vector<InputGroup> groups_of(const std::vector<std::string>& asked, const std::vector<InputColumn>& inputs);

} // namespace entente
