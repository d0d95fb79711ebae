#include "layout.hpp"
#include "../core/text.hpp"
#include <algorithm>
#include <array>
#include <bit>
#include <fmt/format.h>

namespace entente::store {

const char* type_name(Type type) { return std::array{"uint8", "int16", "int32", "uint32", "uint64", "float32", "float64", "text"}[static_cast<std::size_t>(type)]; }

std::size_t type_size(Type type) { return std::array<std::size_t, 8>{1, 2, 4, 4, 8, 4, 8, 16}[static_cast<std::size_t>(type)]; }

static constexpr GroupText group_table[] = {
    {"provenance", Format::both, Keep::none, "what was run, by which program: enough to run it again"},
    {"summary", Format::result, Keep::none, "the distribution over all runs, quarter by quarter"},
    {"runs", Format::result, Keep::outcomes, "what became of each run, with what was drawn for it"},
    {"trajectories", Format::result, Keep::trajectories, "every variable of every run and quarter"},
    {"agents", Format::result, Keep::agents, "every agent of every run and quarter"},
    {"precision", Format::both, Keep::none, "what runs were added for until it was known so well, and how well it is; absent if their number was set"},
    {"drivers", Format::result, Keep::none, "the scenario with each driver's dial at either end, on the random numbers of its own first runs; absent if it was not asked for"},
    {"readings", Format::result, Keep::none, "how many futures come to what under other answers to what the articles dispute, and other parameters; absent if it was not asked for"},
    {"priors", Format::result,
     Keep::none, "the scenario with parameters from its posterior and from its priors, on the random numbers of its own first runs; absent if it draws from no posterior, or was not asked for"},
    {"fingerprint", Format::both, Keep::none,
     "sums over all bits of the first runs, by which two engines are told apart: see `entente diff`; absent of a sweep that was interrupted before every policy had one"},
    {"analyses", Format::both, Keep::none, "what commands worked out of the file and were asked to keep in it; absent if none was"},
    {"design", Format::sweep, Keep::none, "the points: where between the factors' values runs were made"},
    {"outcomes", Format::sweep, Keep::none, "what was asked of each run"},
    {"estimates", Format::sweep, Keep::none, "the same over the replicates of a point"},
    {"histories", Format::sweep, Keep::outcomes, "what became of each run"},
    {"calibration", Format::posterior, Keep::none, "what was asked of a calibration, what its posterior's names mean, and how it went"},
};
std::span<const GroupText> groups() { return group_table; }

static constexpr ProvenanceText provenance_table[] = {
    {"scenario_name", &Provenance::scenario_name, "name of the scenario: its file without the ending"},
    {"scenario_title", &Provenance::scenario_title, "title of the scenario"},
    {"scenario_text", &Provenance::scenario_text, "the scenario's file as it was, then the files that it extends, each under a line `# file: NAME`"},
    {"scenario_resolved", &Provenance::scenario_resolved, "one TOML file that alone gives the same scenario; of a sweep, one for each policy, each under a line `# policy: NAME`"},
    {"sweep_text", &Provenance::sweep_text, "the sweep's file as it was; empty for a plain run"},
    {"engine_version", &Provenance::engine_version, "version of the program"},
    {"engine_commit", &Provenance::engine_commit, "git commit of the program"},
    {"engine_sources", &Provenance::engine_sources, "hash of the program's source files"},
    {"compiler", &Provenance::compiler, "compiler that built the program"},
    {"flags", &Provenance::flags, "compiler flags"},
    {"libraries", &Provenance::libraries, "versions of the libraries"},
    {"precision", &Provenance::precision, "arithmetic: double or single"},
    {"isa", &Provenance::isa, "instruction set that computed the runs"},
    {"keep", &Provenance::keep, "what was kept: none, outcomes, trajectories or agents"},
    {"command_line", &Provenance::command_line, "the command"},
    {"host", &Provenance::host, "name of the machine"},
    {"created_at", &Provenance::created_at, "when the simulation began: UTC, ISO 8601"},
};
std::span<const ProvenanceText> provenance_texts() { return provenance_table; }

static constexpr const char* quarter_text = "decimal year at the middle of the quarter";
static constexpr const char* label_text = "calendar quarter";
static constexpr VariableText variable_table[] = {
    {"provenance", "seed", "", Type::u64, "1", "seed of all random numbers"},
    {"provenance", "runs", "", Type::u32, "1", "runs asked for"},
    {"provenance", "threads", "", Type::u32, "1", "threads used (the results do not depend on them)"},
    {"provenance", "duration_s", "", Type::f64, "s", "duration of the simulation"},
    {"provenance", "complete", "", Type::u8, "1", "1: all runs were finished; 0: interrupted, what is here was finished"},
    {"provenance", "checksum", "", Type::text, "1", "of the texts and single numbers of provenance and summary (FNV-1a, 64 bits)"},

    {"summary", "quarter", "quarter", Type::f64, "year", quarter_text},
    {"summary", "quarter_label", "quarter", Type::text, "1", label_text},
    {"summary", "variable", "variable", Type::text, "1", "name of the variable"},
    {"summary", "variable_unit", "variable", Type::text, "1", "unit of the variable"},
    {"summary", "variable_meaning", "variable", Type::text, "1", "what the variable is"},
    {"summary", "variable_low", "variable", Type::f64, "see variable_unit", "lower end of the variable's range"},
    {"summary", "variable_high", "variable", Type::f64, "see variable_unit", "upper end of the variable's range"},
    {"summary", "level", "level", Type::f64, "1", "probability of a quantile"},
    {"summary", "class", "class", Type::text, "1", "class of the tie between Russia and China"},
    {"summary", "orientation", "orientation", Type::text, "1", "Russia's orientation"},
    {"summary", "code", "code", Type::u8, "1", "outcome code: number of the class + 8 x number of the orientation"},
    {"summary", "event", "event", Type::text, "1", "name of the event"},
    {"summary", "event_meaning", "event", Type::text, "1", "what counts as the event"},
    {"summary", "mean", "variable quarter", Type::f64, "see variable_unit", "mean over runs"},
    {"summary", "sd", "variable quarter", Type::f64, "see variable_unit", "standard deviation over runs"},
    {"summary", "least", "variable quarter", Type::f64, "see variable_unit", "smallest value over runs"},
    {"summary", "most", "variable quarter", Type::f64, "see variable_unit", "largest value over runs"},
    {"summary", "quantile", "level variable quarter", Type::f32, "see variable_unit", "quantile over runs, from 256 bins (fewer below 32 runs) over the variable's range"},
    {"summary", "class_count", "class quarter", Type::u32, "1", "runs in this class"},
    {"summary", "orientation_count", "orientation quarter", Type::u32, "1", "runs with this orientation"},
    {"summary", "code_count", "code quarter", Type::u32, "1", "runs with this outcome code"},
    {"summary", "event_count", "event quarter", Type::u32, "1", "runs that see the event for the first time in this quarter"},
    {"summary", "counted_runs", "", Type::u32, "1", "finished runs that the summary covers"},
    {"summary", "start", "", Type::u32, "1", "first quarter of the free future, counted from 0 = 2014Q1; before it history is imposed"},
    {"summary", "failed_runs", "", Type::u32, "1", "runs that failed: a value that is no number or far outside its range; they are left out"},
    {"summary", "explained_by_parameters", "", Type::f64, "1", "share of the variance of the alignment index that a linear regression on the drawn parameters explains (adjusted R2)"},
    {"summary", "explained_by_structures", "", Type::f64, "1", "share that mixed structures explain beyond that (adjusted R2)"},
    {"summary", "alignment_variance", "", Type::f64, "1", "variance of the alignment index over runs at the report date"},
    {"summary", "explained_quarter", "", Type::i16, "1", "the report date of that regression, counted from 0 = 2014Q1"},
    {"summary", "explained_runs", "", Type::u32, "1", "runs in that regression; 0: nothing varied or too few runs"},
    {"summary", "failure", "failure", Type::u32, "1", "number of the failure; absent if no run failed"},
    {"summary", "failure_run", "failure", Type::u32, "1", "run that failed, the first 1,000 of them"},
    {"summary", "failure_quarter", "failure", Type::i16, "1", "first quarter with such a value, or the last before the run was given up, counted from 0 = 2014Q1"},
    {"summary", "failure_variable", "failure", Type::i16, "1", "which variable, counted from 0 along `variable`; -1: the run was given up"},
    {"summary", "failure_value", "failure", Type::f32, "see variable_unit", "the value: NaN, or what lies outside the variable's range"},

    {"runs", "quarter", "quarter", Type::f64, "year", quarter_text},
    {"runs", "quarter_label", "quarter", Type::text, "1", label_text},
    {"runs", "run", "run", Type::u32, "1", "number of the run, from which its random numbers follow"},
    {"runs", "event", "event", Type::text, "1", "name of the event"},
    {"runs", "event_meaning", "event", Type::text, "1", "what counts as the event"},
    {"runs", "parameter", "parameter", Type::text, "1", "name of a parameter that is drawn for each run"},
    {"runs", "parameter_unit", "parameter", Type::text, "1", "unit of the parameter"},
    {"runs", "parameter_meaning", "parameter", Type::text, "1", "what the parameter is"},
    {"runs", "parameter_source", "parameter", Type::text, "1", "where it comes from: numbers of claims, or a note"},
    {"runs", "parameter_distribution", "parameter", Type::text, "1", "what it was drawn from"},
    {"runs", "parameter_default", "parameter", Type::f64, "see parameter_unit", "default of the parameter"},
    {"runs", "parameter_low", "parameter", Type::f64, "see parameter_unit", "lower end of its range"},
    {"runs", "parameter_high", "parameter", Type::f64, "see parameter_unit", "upper end of its range"},
    {"runs", "constant", "constant", Type::text, "1", "name of a parameter that is the same in all runs"},
    {"runs", "constant_unit", "constant", Type::text, "1", "unit of that parameter"},
    {"runs", "constant_meaning", "constant", Type::text, "1", "what that parameter is"},
    {"runs", "constant_source", "constant", Type::text, "1", "where it comes from: numbers of claims, or a note"},
    {"runs", "constant_value", "constant", Type::f32, "see constant_unit", "its value in all runs"},
    {"runs", "structure", "structure", Type::text, "1", "name of a question on which the articles disagree"},
    {"runs", "structure_choices", "structure", Type::text, "1", "the answers, number 0 first, between bars"},
    {"runs", "structure_meaning", "structure", Type::text, "1", "the question"},
    {"runs", "structure_source", "structure", Type::text, "1", "which claims stand behind which answer"},
    {"runs", "observed_from", "", Type::f64, "year", "decimal year at which the free future begins: events are watched from here"},
    {"runs", "observed_until", "", Type::f64, "year", "decimal year at which the last quarter ends: events not seen are censored here"},
    {"runs", "report_date", "report_date", Type::f64, "year", "decimal year at the middle of a quarter of which reported variables are kept"},
    {"runs", "report_date_label", "report_date", Type::text, "1", "that quarter"},
    {"runs", "reported_variable", "reported_variable", Type::text, "1", "name of a variable that is kept of every run at those quarters"},
    {"runs", "reported_variable_unit", "reported_variable", Type::text, "1", "unit of the variable"},
    {"runs", "reported_variable_meaning", "reported_variable", Type::text, "1", "what the variable is"},
    {"runs", "outcome", "quarter run", Type::u8, "1", "outcome code: class in the lowest three bits, orientation in the next two"},
    {"runs", "event_date", "event run", Type::f32, "year", "middle of the quarter that first sees the event; NaN: not seen by the horizon"},
    {"runs", "parameter_draw", "parameter run", Type::f32, "see parameter_unit", "value of the parameter in the run"},
    {"runs", "structure_choice", "structure run", Type::u8, "1", "number of the answer in the run, see structure_choices"},
    {"runs", "reported", "report_date reported_variable run", Type::f32, "see reported_variable_unit", "value of the variable in the run at the end of the quarter"},
    {"runs", "failed_quarter", "run", Type::i16, "1", "first quarter with a value that is no number or far outside its range, or the last before the run was given up, counted from 0 = 2014Q1; -1: none"},
    {"runs", "failed_variable", "run", Type::i16, "1", "which variable that was, counted from 0 along `variable` of the summary; -1: none, or the run was given up"},
    {"runs", "failed_value", "run", Type::f32, "1", "that value, or the seconds that a run took until it was given up; 0 if the run did not fail"},

    {"trajectories", "quarter", "quarter", Type::f64, "year", quarter_text},
    {"trajectories", "quarter_label", "quarter", Type::text, "1", label_text},
    {"trajectories", "variable", "variable", Type::text, "1", "name of the variable"},
    {"trajectories", "variable_unit", "variable", Type::text, "1", "unit of the variable"},
    {"trajectories", "variable_meaning", "variable", Type::text, "1", "what the variable is"},
    {"trajectories", "run", "run", Type::u32, "1", "number of the run, from which its random numbers follow"},
    {"trajectories", "value", "quarter variable run", Type::f32, "see variable_unit", "value at the end of the quarter"},

    {"agents", "quarter", "quarter", Type::f64, "year", quarter_text},
    {"agents", "quarter_label", "quarter", Type::text, "1", label_text},
    {"agents", "cell", "cell", Type::u32, "1", "number of the cell: one column of one agent"},
    {"agents", "cell_column", "cell", Type::text, "1", "name of the column"},
    {"agents", "cell_unit", "cell", Type::text, "1", "unit of the column"},
    {"agents", "cell_meaning", "cell", Type::text, "1", "what the column holds"},
    {"agents", "cell_agent", "cell", Type::u32, "1", "number of the agent, from 0"},
    {"agents", "run", "run", Type::u32, "1", "number of the run, from which its random numbers follow"},
    {"agents", "value", "quarter cell run", Type::f32, "see cell_unit", "value at the end of the quarter"},

    {"precision", "wanted", "wanted", Type::u32, "1", "number of what was to be known"},
    {"precision", "wanted_outcome", "wanted", Type::text, "1", "what was asked of each run"},
    {"precision", "wanted_policy", "wanted", Type::text, "1", "of a sweep: under which policy, over all points; else empty"},
    {"precision", "wanted_less", "wanted", Type::text, "1", "of a difference: the policy that is taken off, paired; else empty"},
    {"precision", "half_width", "wanted", Type::f64, "see wanted_outcome", "half-width of the 95 % interval that was asked for"},
    {"precision", "estimate", "wanted", Type::f64, "see wanted_outcome", "mean, share or quantile over runs; of a sweep over its replicates"},
    {"precision", "low", "wanted", Type::f64, "see wanted_outcome", "lower end of its 95 % interval, widened for having stopped by it"},
    {"precision", "high", "wanted", Type::f64, "see wanted_outcome", "upper end"},
    {"precision", "used", "wanted", Type::u32, "1", "runs, or replicates, that it rests on: those that did not fail"},
    {"precision", "needed", "wanted", Type::f64, "1", "runs that it takes at least until the width of that interval means anything"},
    {"precision", "enough", "", Type::u8, "1", "1: all is known as well as was asked for; 0: the most runs did not suffice"},
    {"precision", "replicates", "", Type::u32, "1", "runs, or replicates, that it took"},
    {"precision", "least", "", Type::u32, "1", "runs, or replicates, before it was looked at first"},
    {"precision", "most", "", Type::u32, "1", "runs, or replicates, that were allowed"},

    {"drivers", "driver", "driver", Type::text, "1", "name of the driver"},
    {"drivers", "driver_variable", "driver", Type::text, "1", "the variable that shows it"},
    {"drivers", "driver_own", "driver", Type::f64, "1", "where the scenario has the driver's dial: 0 low, 0.5 as the model has it, 1 high"},
    {"drivers", "arm", "arm", Type::text, "1", "the scenario as it is, then each driver's dial at 0 and at 1, and each lever alone of a dial that moves several"},
    {"drivers", "future", "future", Type::u32, "1", "number of the run, from which its random numbers follow: equal in all arms"},
    {"drivers", "quarter", "", Type::i16, "1", "the quarter of the outcomes, counted from 0 = 2014Q1"},
    {"drivers", "variable_mean", "driver arm future", Type::f32, "1", "the driver's variable, meant over the quarters from start to that quarter; 0: the run failed"},
    {"drivers", "alignment_index", "arm future", Type::f32, "1", "alignment index in that quarter; 0: the run failed"},
    {"drivers", "outcome", "arm future", Type::u8, "1", "outcome code in that quarter: class in the lowest three bits, orientation in the next two"},
    {"drivers", "whole", "arm future", Type::u8, "1", "1: the run was finished; 0: it failed, and its other numbers mean nothing"},

    {"readings", "reading", "reading", Type::u32, "1", "number of the reading: it has the parameters that the run of this number draws"},
    {"readings", "date", "date", Type::f64, "year", "decimal year at the middle of a quarter at which readings are looked at"},
    {"readings", "date_label", "date", Type::text, "1", "that quarter"},
    {"readings", "code", "code", Type::u8, "1", "outcome code: number of the class + 8 x number of the orientation"},
    {"readings", "event", "event", Type::text, "1", "name of the event"},
    {"readings", "structure", "structure", Type::text, "1", "name of a question on which the articles disagree"},
    {"readings", "structure_choice", "structure reading", Type::u8, "1", "number of the reading's answer, see structure_choices of the runs"},
    {"readings", "counted", "reading", Type::u32, "1", "its futures without those that failed: of 32, from the run 32 x reading on"},
    {"readings", "code_count", "date code reading", Type::u32, "1", "its futures with this outcome code"},
    {"readings", "event_count", "event reading", Type::u32, "1", "its futures that see the event by the horizon"},

    {"priors", "date", "date", Type::f64, "year", "decimal year at the middle of a quarter at which both are looked at"},
    {"priors", "date_label", "date", Type::text, "1", "that quarter"},
    {"priors", "drawn_from", "drawn_from", Type::text, "1", "what parameters are drawn from: posterior, as the scenario has it, or priors"},
    {"priors", "pair", "pair", Type::u32, "1", "number of the run, from which its random numbers follow: equal in both"},
    {"priors", "outcome", "date drawn_from pair", Type::u8, "1", "outcome code: class in the lowest three bits, orientation in the next two"},
    {"priors", "whole", "drawn_from pair", Type::u8, "1", "1: the run was finished; 0: it failed, and its outcomes mean nothing"},

    {"fingerprint", "quarter", "quarter", Type::f64, "year", quarter_text},
    {"fingerprint", "variable", "variable", Type::text, "1", "name of the variable"},
    {"fingerprint", "policy", "policy", Type::text, "1", "name of the policy"},
    {"fingerprint", "first_run", "first_run", Type::u32, "1", "number of the run, of the first 256 of a policy"},
    {"fingerprint", "by_variable", "policy quarter variable", Type::u64, "1", "sum over the first runs of the variable's bits, modulo 2^64"},
    {"fingerprint", "by_run", "policy first_run", Type::u64, "1", "hash over all quarters and variables of the run"},

    {"analyses", "analysis", "analysis", Type::text, "1", "name of the command"},
    {"analyses", "document", "analysis", Type::text, "1", "what it found, as JSON: results/JSON.md describes it"},

    {"design", "point", "point", Type::u32, "1", "number of the point, from 0"},
    {"design", "factor", "factor", Type::text, "1", "name of the factor"},
    {"design", "factor_kind", "factor", Type::text, "1", "number, whole, date (quarters since 2014Q1) or choice (number of the choice)"},
    {"design", "factor_choices", "factor", Type::text, "1", "the choices, number 0 first, between bars; empty for numbers"},
    {"design", "factor_sets", "factor", Type::text, "1", "what of the scenario the factor sets"},
    {"design", "factor_unit", "factor", Type::text, "1", "unit of the factor's values"},
    {"design", "factor_meaning", "factor", Type::text, "1", "what it is that the factor sets"},
    {"design", "factor_values", "factor", Type::text, "1", "the values that the factor takes, or what they are drawn from"},
    {"design", "factor_low", "factor", Type::f64, "see factor_unit", "least value that the factor takes; infinite where there is none"},
    {"design", "factor_high", "factor", Type::f64, "see factor_unit", "greatest value"},
    {"design", "value", "point factor", Type::f64, "see factor_unit", "value of the factor at the point"},
    {"design", "base", "point", Type::i32, "1", "what the point was made from: row of the base sample, trajectory or level, by kind of design"},
    {"design", "moved", "point", Type::i32, "1", "number of the factor that was moved there; -1: none; of saltelli -2: a row of the second sample, B; number + factors: B with that factor from A"},

    {"outcomes", "outcome", "outcome", Type::text, "1", "what was asked of each run"},
    {"outcomes", "outcome_unit", "outcome", Type::text, "1", "unit of the outcome"},
    {"outcomes", "outcome_meaning", "outcome", Type::text, "1", "what the number is"},
    {"outcomes", "policy", "policy", Type::text, "1", "name of the policy"},
    {"outcomes", "replicate", "replicate", Type::u32, "1", "number of the replicate, from which its random numbers follow"},
    {"outcomes", "point", "point", Type::u32, "1", "number of the point, from 0: see the design"},
    {"outcomes", "value", "outcome policy replicate point", Type::f64, "see outcome_unit", "value in the run; NaN: the run failed, or was not made (see failed_quarter)"},
    {"outcomes", "failed_quarter", "policy replicate point", Type::i16,
     "1", "first quarter with a value that is no number or far outside its range, or the last before the run was given up, counted from 0 = 2014Q1; -1: none; -2: an interrupted sweep did not make the run"},
    {"outcomes", "failed_variable", "policy replicate point", Type::i16, "1", "which variable that was, by number in `describe model`; -1: none, or the run was given up"},
    {"outcomes", "failed_value", "policy replicate point", Type::f32, "1", "that value, or the seconds that a run took until it was given up; 0 if the run did not fail"},

    {"estimates", "outcome", "outcome", Type::text, "1", "what was asked"},
    {"estimates", "outcome_unit", "outcome", Type::text, "1", "unit of the outcome"},
    {"estimates", "outcome_meaning", "outcome", Type::text, "1", "what the number is"},
    {"estimates", "policy", "policy", Type::text, "1", "name of the policy"},
    {"estimates", "point", "point", Type::u32, "1", "number of the point, from 0: see the design"},
    {"estimates", "estimate", "outcome policy point", Type::f64, "see outcome_unit", "mean over replicates, or the quantile that was asked for; NaN: no run finished"},
    {"estimates", "low", "outcome policy point", Type::f64, "see outcome_unit", "lower end of its 95 % interval, Monte Carlo error alone; infinite where the runs do not say, as where they are all equal"},
    {"estimates", "high", "outcome policy point", Type::f64, "see outcome_unit", "upper end"},
    {"estimates", "failed", "policy point", Type::u32, "1", "runs that failed and are left out"},

    {"histories", "quarter", "quarter", Type::f64, "year", quarter_text},
    {"histories", "quarter_label", "quarter", Type::text, "1", label_text},
    {"histories", "event", "event", Type::text, "1", "name of the event"},
    {"histories", "policy", "policy", Type::text, "1", "name of the policy"},
    {"histories", "replicate", "replicate", Type::u32, "1", "number of the replicate, from which its random numbers follow"},
    {"histories", "point", "point", Type::u32, "1", "number of the point, from 0: see the design"},
    {"histories", "code", "quarter policy replicate point", Type::u8, "1", "outcome code: class in the lowest three bits, orientation in the next two; 255: the run was not made"},
    {"histories", "event_date", "event policy replicate point", Type::f32, "year", "middle of the quarter that first sees the event; NaN: not seen by the horizon"},

    {"calibration", "name", "", Type::text, "1", "name of the calibration: its file without the ending"},
    {"calibration", "title", "", Type::text, "1", "title of the calibration"},
    {"calibration", "calibration_text", "", Type::text, "1", "the calibration's file as it was; below it, as comments, the measurement table"},
    {"calibration", "scenario_resolved", "", Type::text, "1", "one TOML file that alone gives the scenario that was calibrated"},
    {"calibration", "method", "", Type::text, "1", "the sampler"},
    {"calibration", "stopped", "", Type::text, "1", "why it ended"},
    {"calibration", "engine_version", "", Type::text, "1", "version of the program"},
    {"calibration", "created_at", "", Type::text, "1", "when the calibration began: UTC, ISO 8601"},
    {"calibration", "seed", "", Type::u64, "1", "seed of all random numbers"},
    {"calibration", "runs", "", Type::u64, "1", "runs of the simulator that it took"},
    {"calibration", "checksum", "", Type::text, "1", "of all that the file holds"},
    {"calibration", "parameter", "parameter", Type::text, "1", "name of a variable of the groups posterior and prior"},
    {"calibration", "parameter_unit", "parameter", Type::text, "1", "its unit"},
    {"calibration", "parameter_meaning", "parameter", Type::text, "1", "what it is"},
    {"calibration", "parameter_prior", "parameter", Type::text, "1", "its prior, in words"},
    {"calibration", "parameter_alternatives", "parameter", Type::text, "1", "of a structure the answers, number 0 first, between bars; else empty"},
    {"calibration", "observation", "observation", Type::u32, "1", "number of a value of the world"},
    {"calibration", "observation_target", "observation", Type::text, "1", "name of its variable of the groups observed_data, posterior_predictive and prior_predictive"},
    {"calibration", "observation_date", "observation", Type::text, "1", "its label along that variable's dates"},
    {"calibration", "observation_unit", "observation", Type::text, "1", "unit of the target, before it is transformed"},
    {"calibration", "observation_transform", "observation", Type::text, "1", "the scale of all its numbers, on which its error is normal: identity, log or logit"},
    {"calibration", "statistic", "statistic", Type::text, "1", "name of a variable of the group sample_stats"},
    {"calibration", "step", "step", Type::u32, "1", "number of a step of the sampler, chain after chain"},
    {"calibration", "of_chain", "step", Type::u32, "1", "chain whose step it is"},
    {"calibration", "tolerance", "step", Type::f64, "1", "distance that particles may have from what was observed, in units of that step's own"},
    {"calibration", "acceptance", "step", Type::f64, "1", "share of moves that were accepted"},
    {"calibration", "unique", "step", Type::f64, "1", "particles that are different"},
    {"calibration", "moved", "step", Type::f64, "1", "how far particles moved since the step before, in standard deviations of a parameter, mean over parameters"},
    {"calibration", "step_runs", "step", Type::u64, "1", "runs of the simulator that it took"},
};

std::string units_attribute(const VariableText& variable) { return std::string_view(variable.units).starts_with("see ") ? "1" : variable.units; }

std::string long_name(const VariableText& variable)
{
    return std::string_view(variable.units).starts_with("see ") ? fmt::format("{}; unit: {}", variable.meaning, variable.units) : variable.meaning;
}

static std::vector<VariableText> whole_table()
{
    std::vector<VariableText> all;
    for (const ProvenanceText& text : provenance_table) all.push_back({"provenance", text.name, "", Type::text, "1", text.meaning});
    all.insert(all.end(), std::begin(variable_table), std::end(variable_table));
    return all;
}

std::span<const VariableText> variables()
{
    static const std::vector<VariableText> all = whole_table();
    return all;
}

std::vector<std::string> dimensions_of(const VariableText& variable) { return *variable.dimensions ? split(variable.dimensions, ' ') : std::vector<std::string>(); }

bool is_coordinate(const VariableText& variable) { return std::string_view(variable.name) == variable.dimensions; }

bool is_label(const VariableText& variable) { return variable.type == Type::text && std::string_view(variable.name).starts_with(fmt::format("{}_", variable.dimensions)); }

bool is_of_runs(const std::string& full_name)
{
    return std::ranges::any_of(variables(),
                               [&](const VariableText& v) { return full_name == fmt::format("{}/{}", v.group, v.name) && std::ranges::count(dimensions_of(v), "run") > 0; });
}

/// Along which files grow: a chunk is short in these.
static bool is_long(const std::string& dimension)
{
    return dimension == "run" || dimension == "replicate" || dimension == "point" || dimension == "future" || dimension == "pair" || dimension == "reading";
}

std::vector<std::size_t> chunk_shape(const VariableText& variable, const Extents& extents)
{
    constexpr std::size_t wanted = 128 * 1024, most_blocks = 16;
    const std::vector<std::string> names = dimensions_of(variable);
    std::vector<std::size_t> shape;
    std::size_t rest = type_size(variable.type);
    for (const std::string& dimension : names) {
        std::size_t length = extents.at(dimension);
        if (std::string_view(variable.name) == "value" && dimension == "variable") length = 1;
        if (std::string_view(variable.name) == "value" && dimension == "cell") length = std::min<std::size_t>(length, 4);
        if (dimension == "policy" || dimension == "outcome") length = 1;
        shape.push_back(length);
        if (!is_long(dimension)) rest *= length;
    }
    std::size_t runs = std::clamp<std::size_t>(std::bit_floor(wanted / (rest * block_runs)), 1, most_blocks) * block_runs;
    for (std::size_t i = names.size(); i-- > 0;) // the fastest dimension takes what it can
        if (is_long(names[i])) shape[i] = std::min(shape[i], runs), runs = std::max<std::size_t>(runs / shape[i], 1);
    return shape;
}

std::string fingerprint(const Provenance& p, const Summary& s, bool complete)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    const auto add = [&hash](std::string_view text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        hash = (hash ^ 0xff) * 0x100000001b3;
    };
    const auto add_number = [&](auto number) { add(fmt::format("{}", number)); };
    for (const ProvenanceText& text : provenance_table) add(p.*text.member);
    add_number(p.seed), add_number(p.runs), add_number(p.threads), add_number(p.duration_s), add_number(int(complete));
    add_number(s.runs), add_number(s.quarters), add_number(s.start), add_number(s.failed);
    add_number(s.by_parameters), add_number(s.by_structures), add_number(s.variance), add_number(s.attribution_quarter), add_number(s.attribution_used);
    return fmt::format("{:016x}", hash);
}

} // namespace entente::store
