#include "documents.hpp"
#include "../version.hpp"
#include <fmt/format.h>

namespace entente::report {

Document document(const char* name) { return {name, build().version, build().commit}; }

Document document(const char* name, const Scenario& scenario) { return {name, build().version, build().commit, scenario.seed, scenario.name}; }

Document document(const char* name, const Provenance& p) { return {name, p.engine_version, p.engine_commit, p.seed, p.scenario_name}; }

std::string printed(const Document& d, const nlohmann::ordered_json& body)
{
    using Json = nlohmann::ordered_json;
    Json whole = {{"document", d.name},
                  {"format_version", document_format_version},
                  {"engine", {{"version", d.engine_version}, {"commit", d.commit}}},
                  {"seed", d.seed ? Json(*d.seed) : Json()},
                  {"scenario", d.scenario ? Json(*d.scenario) : Json()}};
    whole.update(body);
    return whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

static constexpr DocumentText document_table[] = {
    {"result", "run, show, merge", "the answer of a run"},
    {"sweep", "sweep, show, merge", "what a sweep's policies come to, or what is finished of it so far"},
    {"repetition", "run FILE.h5", "the result of a run simulated again"},
    {"sweep_repetition", "run FILE.h5", "the result of a sweep simulated again"},
    {"scenario", "check", "a scenario as it is read, every default taken"},
    {"sweep_file", "check", "a sweep as it is read"},
    {"model", "describe model", "the model's tables"},
    {"thing", "describe NAME", "all of what bears a name"},
    {"claims", "describe claims", "how each claim of the articles is accounted for"},
    {"drivers", "describe drivers", "the four drivers and what their dials move"},
    {"comparison", "compare", "two scenarios, or two results of `run`, run by run"},
    {"sweep_comparison", "compare", "two results of `sweep`, replicate by replicate"},
    {"difference", "diff", "whether two results are the same"},
    {"robustness", "robust", "policies ranked across the points of a sweep"},
    {"diagnosis", "diagnose", "what a posterior is worth, what was learned, and what the model cannot meet"},
    {"base_rates", "describe base_rates, rates", "how often things happened in the world, and in a result"},
    {"assimilation", "assimilate", "a result's answer with and without what was observed since"},
    {"story", "replay", "one run told"},
    {"benchmark", "bench", "how fast the program is on this machine"},
};
std::span<const DocumentText> documents() { return document_table; }

static constexpr KeyText key_table[] = {
    {"", "document", "which document it is"},
    {"", "format_version", "grows when a key is renamed or goes, or a value changes its meaning"},
    {"", "engine.version|commit", "the program that computed the numbers"},
    {"", "seed", "of all random numbers; null where nothing was simulated"},
    {"", "scenario", "name of the scenario or sweep, of two the first; null where there is none"},
    {"result", "title", "title of the scenario"},
    {"result", "sentence", "the answer in a few sentences: what happens, and how sure that is"},
    {"result", "runs|failed|asked", "runs in the answer, runs that failed and are left out, runs asked for"},
    {"result", "complete", "false: the run was interrupted"},
    {"result", "start|horizon", "first quarter of the free future, last quarter"},
    {"result", "interval", "how the intervals of shares are made"},
    {"result", "dates.*.classes.*.share|low|high|count", "of a class at a report date: share of runs, its interval, number of runs"},
    {"result", "dates.*.orientations.*.share|low|high|count", "the same of Russia's orientation"},
    {"result", "dates.*.classes.*.readings.p5|p95|outside", "its range over readings, and whether the share lies outside it; null: no readings were made. The same of orientations and events"},
    {"result", "dates.*.orientations.*.readings.p5|p95|outside", "as of a class"},
    {"result", "dates.*.indicators.*.median|p5|p95", "of a variable: quantiles over runs, in its unit"},
    {"result", "events.*.share|low|high|count", "runs that see the event by the horizon"},
    {"result", "events.*.meaning", "what counts as the event"},
    {"result", "events.*.median", "quarter by which half of the runs have seen it (Kaplan-Meier); null: after the horizon"},
    {"result", "events.*.readings.p5|p95|outside", "as of a class"},
    {"result", "drivers.futures|at", "of the four drivers: futures that each scenario rests on, and the date; null: left out, or not finished"},
    {"result", "drivers.effects.*.label|alone|variable|dial|level",
     "in words, whether it is one lever alone of the dial before, the variable that shows it, where the dial stands, and the variable's mean there"},
    {"result", "drivers.effects.*.ends.*.dial|variable", "at each end of the dial, low and high: where that is, and the variable's mean there"},
    {"result", "drivers.effects.*.ends.*.alignment_index.mean|low|high", "what that changes, with its 95 % interval: paired differences"},
    {"result", "drivers.effects.*.ends.*.classes.*.mean|low|high", "the same of a class's share"},
    {"result", "drivers.effects.*.ends.*.orientations.*.mean|low|high", "the same of the share of an orientation of Russia"},
    {"result", "readings.readings|futures|at", "draws of all that is disputed or not known, futures of each, and the date of the statements; null: left out, or not finished"},
    {"result", "readings.statements[].text|holds", "what can be said of a reading, and in how many it holds"},
    {"result", "priors.futures|pairs|interval",
     "of a scenario that draws from a posterior, the same futures with parameters from priors instead: how many, how many are whole in both, and how the "
     "intervals are made; null: it does not, it was left out, or not finished"},
    {"result", "priors.dates.*.classes.*.posterior|priors", "share of a class with parameters from the posterior, and from the priors"},
    {"result", "priors.dates.*.classes.*.difference.mean|low|high", "posterior less priors, with its 95 % interval"},
    {"result", "priors.dates.*.orientations.*.posterior|priors", "the same of an orientation of Russia"},
    {"result", "priors.dates.*.orientations.*.difference.mean|low|high", "as of a class"},
    {"result", "spread.of|at|runs_used", "the variable whose variance between runs is explained, when, in how many runs"},
    {"result", "spread.parameters|structures", "share of it that drawn parameters explain, and structures beyond that"},
    {"result", "spread.method", "how that is found"},
    {"result", "patterns[].pattern|variable|date", "of the scenario `history` alone: what is set beside data"},
    {"result", "patterns[].data|model", "value in the data, median over runs"},
    {"result", "patterns[].series|definition", "where the data come from, and what they are"},
    {"result", "expectations[].quantity|of|sign|least|most", "what the scenario expects: a value between two bounds (null: none), or the sign of a difference to another scenario"},
    {"result", "expectations[].came|low|high", "what came, with its 95 % interval; null: not evaluated"},
    {"result", "expectations[].verdict|evaluated_by", "the verdict in a word, and the command that evaluates what this one did not"},
    {"result", "stopped_by_precision.enough|runs|least|most", "of a run with --stop: whether it is as precise as asked, runs made, fewest and most runs"},
    {"result", "stopped_by_precision.interval", "how its intervals are made"},
    {"result", "stopped_by_precision.known[].outcome|half_width_asked|estimate|low|high|used|needed", "what was asked, what came; needed: runs below which such an interval is not relied on"},
    {"result", "file", "the result; null: none was written"},
    {"sweep", "title", "title of the sweep"},
    {"sweep", "policies[]", "names, in the order of the file"},
    {"sweep", "against", "the policy that differences are taken to; null: there is one policy"},
    {"sweep", "points|replicates", "how many"},
    {"sweep", "finished|asked|failed", "runs"},
    {"sweep", "factors[].factor|values[]", "name, and value at each point"},
    {"sweep", "outcomes[].outcome|unit", "what was asked, and its unit; empty: an index or a share"},
    {"sweep", "outcomes[].policies[].policy|replicates", "name, and replicates that the numbers rest on"},
    {"sweep", "outcomes[].policies[].value.estimate|low|high|used", "over all points; used: how many numbers it rests on"},
    {"sweep", "outcomes[].policies[].difference.estimate|low|high|used", "paired difference to the policy of `against`"},
    {"sweep", "outcomes[].policies[].standard_error_ratio", "standard error of that difference over that of two independent sweeps"},
    {"sweep", "outcomes[].policies[].variance_shared_by_points", "share of the value's variance that all points of a replicate share"},
    {"sweep", "outcomes[].policies[].at_points[].estimate|low|high", "at each point, in the order of the points"},
    {"sweep", "outcomes[].policies[].at_points[].less_first_point.estimate|low|high|used", "paired difference to the first point"},
    {"sweep", "stopped_by_precision.enough|replicates|least|most|interval", "as in `result`, of a sweep with [stop]"},
    {"sweep", "stopped_by_precision.known[].outcome|policy|less", "what was asked; less: the policy that a difference is taken to"},
    {"sweep", "stopped_by_precision.known[].half_width_asked|estimate|low|high|used|needed", "as in `result`"},
    {"sweep", "file|folder", "the result, or the folder of what is finished so far"},
    {"repetition", "file|runs", "the result, and how many runs were simulated again"},
    {"repetition", "identical", "whether every bit that was compared is"},
    {"repetition", "not_compared[]", "datasets that were not"},
    {"repetition", "first_difference", "where the first bit is that differs; empty: nowhere"},
    {"sweep_repetition", "file|runs|identical|first_difference", "as in `repetition`"},
    {"sweep_repetition", "compared", "what was compared"},
    {"scenario", "name|title|assumes", "as the file says"},
    {"scenario", "runs|start|horizon", "how many, first quarter of the free future, last quarter"},
    {"scenario", "parameters.*.value|unit|from", "value or distribution, unit, and where it is set"},
    {"scenario", "structures.*.*", "weight of each alternative"},
    {"scenario", "drivers.*.dial|from", "where each driver's dial stands, 0 to 1, and where it is set"},
    {"scenario", "mute[]", "mechanisms that are switched off"},
    {"scenario", "resolved", "one TOML text that alone gives the same scenario"},
    {"sweep_file", "name|title|assumes", "as the file says"},
    {"sweep_file", "runs|points|replicates|horizon", "how many, and the last quarter"},
    {"sweep_file", "design", "kind of design"},
    {"sweep_file", "factors[].name|sets|values|else", "what a factor sets (several things with commas between), and the values that it takes"},
    {"sweep_file", "outcomes[]", "what is asked of each run"},
    {"sweep_file", "policies[].name|resolved", "and one TOML text that alone gives its scenario"},
    {"model", "mechanisms[].mechanism|purpose|parameters|variables|agents|claims", "a page: its name, what it is for, how many rows it has, its claims"},
    {"model", "parameters[].parameter|owner|other readers|default|range|spread|unit|mark|meaning|claims", "spread: of the baseline ensemble; mark: calibrated, weak, prior or fixed"},
    {"model", "variables[].variable|owner|readers|unit|range|initial|event|meaning|source", "event: 0 unless something happened"},
    {"model", "derived[].quantity|readers|unit|range|meaning", "follows from variables"},
    {"model", "events[].event|meaning", "what quantities may ask for"},
    {"model", "draws[].stream|number|agents|addresses per agent and quarter", "streams of random numbers"},
    {"model", "drivers[].driver|meaning|variable|low|high|claims", "what users turn: which variable shows it, what its dial means at 0 and at 1"},
    {"model", "dials[].driver|moves|how|low|default|high|reason|claims", "what each dial moves, and what it makes of its default"},
    {"model", "levers[].lever|readers|default|range|unit|meaning|claims", "what a scenario may set over time"},
    {"model", "forced[].forced event|readers|default|range|unit|meaning|claims", "what a scenario may make happen"},
    {"model", "structures[].structure|readers|alternatives|meaning|claims", "questions on which the articles disagree"},
    {"model", "switches[].switch|readers|meaning|claims", "parts of pages that may be switched off"},
    {"model", "columns[].agent|owner|column|unit|meaning", "what each agent holds"},
    {"thing", "things[].name|kind|meaning|purpose|says", "one for each thing of that name: what it is, or what a claim says"},
    {"thing", "things[].unit|default|range|prior|initial|alternatives[]", "its values; prior: the distribution that the baseline ensemble draws from"},
    {"thing", "things[].variable|low|high|moves[]", "of a driver: the variable that shows it, what its dial means at 0 and at 1, what it moves"},
    {"thing", "things[].mark|mark means", "how well it is known"},
    {"thing", "things[].owner|readers[]|parameters[]|variables[]", "the page it belongs to and the pages that read it, or what a page has"},
    {"thing", "things[].reads variables[]|reads levers[]|reads forced events[]|reads structures[]|reads switches[]", "what a page reads"},
    {"thing", "things[].equations|source|use", "where in ODD.md its equation stands, where its value comes from, how a file or quantity names it"},
    {"thing", "things[].claims[].id|says|how|whose", "claims that rest on it"},
    {"thing", "things[].sources[]|how|where[]|whose", "of a claim: as in `claims`"},
    {"thing", "things[].tests[]", "tests of its claims"},
    {"claims", "claims[].id|sources|how|where|test|whose|note", "which articles, how it is accounted for and where, which test holds it, whose claim it is"},
    {"drivers", "drivers[].driver|meaning|variable|low|high|claims", "as in `model`"},
    {"drivers", "dials[].driver|moves|how|low|default|high|reason|claims", "as in `model`"},
    {"comparison", "a|b", "names"},
    {"comparison", "runs|left_out", "pairs, and how many of them failed"},
    {"comparison", "differences[].quantity|a|b|difference", "means of both, and B - A"},
    {"comparison", "differences[].standard_error|unpaired_standard_error|z|pairs", "of the paired difference, of that of independent runs; difference over standard error"},
    {"comparison", "expectations[].quantity|of|sign|least|most|came|low|high|verdict|evaluated_by", "as in `result`"},
    {"comparison", "outcomes_part.quarter|class|difference|text", "the first quarter in which the shares of classes part beyond noise"},
    {"sweep_comparison", "a|b", "the two results"},
    {"sweep_comparison", "replicates|points|left_out", "how many; pairs left out because a run failed"},
    {"sweep_comparison", "differences[].policy|quantity|a|b|difference", "as in `comparison`"},
    {"sweep_comparison", "differences[].standard_error|unpaired_standard_error|z|pairs", "as in `comparison`"},
    {"sweep_comparison", "outcomes_part[].policy|quarter|class|difference|text", "as in `comparison`"},
    {"difference", "verdict", "`same`, `other numbers` or `other design`"},
    {"difference", "a|b", "the two results"},
    {"difference", "runs_in_a.runs|asked|complete", "runs that a holds and was to hold, and whether it holds them all"},
    {"difference", "runs_in_b.runs|asked|complete", "the same of b"},
    {"difference", "compared_runs", "how many runs both hold, where one is interrupted"},
    {"difference", "design[].what|setting|a|b", "settings that differ; what: the kind of setting, setting: its name"},
    {"difference", "programs[].what|setting|a|b", "in what the programs differ"},
    {"difference", "data.same[]|other[]|only_a[]|only_b[]", "names of datasets"},
    {"difference", "first_bits.quarter|run|policy", "of the first bit that differs"},
    {"difference", "first_bits.variables[].variable|mechanism", "variables that differ in that quarter"},
    {"difference", "about_bits|about_shifts", "why there are none"},
    {"difference", "first_outcome.run|quarter|what|policy|point", "the first single run that differs"},
    {"difference", "shifts[].quantity|policy|a|b|difference|low|high", "paired shift of each outcome"},
    {"robustness", "outcome|policies[]|points", "what is ranked, and over how many points"},
    {"robustness", "left_out|resamples", "points left out, resamples of the bootstrap"},
    {"robustness", "measures[].name|meaning|better", "better: whether more or less is"},
    {"robustness", "measures[].value[]|low[]|high[]|bias[]|rank[]", "of each policy; bias: what luck adds"},
    {"robustness", "measures[].swap[][]", "chance that two policies change places"},
    {"diagnosis", "title|method|stopped|runs", "of the calibration: its title, sampler, why it ended, and runs of the simulator"},
    {"diagnosis", "chains|draws|different", "chains, draws of each, and draws of all that differ in some parameter"},
    {"diagnosis", "trusted", "whether every R-hat is below 1.01 and every effective size 400 or more"},
    {"diagnosis", "parameters[].name|unit|meaning|prior_text", "of a calibrated parameter, its prior in words"},
    {"diagnosis", "parameters[].posterior.mean|sd|p5|median|p95", "of draws of the posterior"},
    {"diagnosis", "parameters[].prior.mean|sd|p5|median|p95", "of draws of the prior"},
    {"diagnosis", "parameters[].rhat|ess_bulk|ess_tail|trusted", "rank-normalised split R-hat, effective sizes (Vehtari et al. 2021), and whether they suffice"},
    {"diagnosis", "parameters[].mcse.mean|sd|p5|median|p95", "Monte Carlo standard errors of the posterior's numbers"},
    {"diagnosis", "parameters[].scale", "logarithm or own: of contraction and shift"},
    {"diagnosis", "parameters[].contraction|contraction_error", "1 - variance of the posterior / variance of the prior, and its standard error"},
    {"diagnosis", "parameters[].shift|shift_error", "of the mean, in standard deviations of the prior"},
    {"diagnosis", "parameters[].learned", "whether contraction or shift matter beyond their errors"},
    {"diagnosis", "parameters[].prior_p", "how often a draw of the prior lies as far out as the posterior's median"},
    {"diagnosis", "structures[].name|meaning|learned|rhat|effective", "of a calibrated structure; learned: whether the data tell; effective: independent draws that say as much"},
    {"diagnosis", "structures[].alternatives[].name|prior|posterior|error", "its answers: share of draws before and after, Monte Carlo standard error"},
    {"diagnosis", "targets[].target|unit|transform|met", "of a kind of observation; met: not beyond all chance, even for the worst of so many"},
    {"diagnosis", "targets[].observations[].date|observed|sd|fitted", "what was observed on the scale of its error; fitted: or only predicted"},
    {"diagnosis", "targets[].observations[].predicted.mean|sd|p5|median|p95", "would-be observations of the posterior"},
    {"diagnosis", "targets[].observations[].p|prior_p", "how often a would-be observation of the posterior, or of the prior, lies as far out"},
    {"diagnosis", "targets[].joint.distance|directions|p", "of its fitted dates together: Mahalanobis distance, directions in which draws vary, share of draws as far off"},
    {"diagnosis", "fitted.distance|directions|p", "the same of all that is fitted"},
    {"diagnosis", "only_predicted.distance|directions|p", "the same of all that is only predicted"},
    {"base_rates", "runs", "of the result that was simulated again"},
    {"base_rates", "rates[].id|event|when|per", "what happens and when, for each year in which it could or of the cases in which it could"},
    {"base_rates", "rates[].base|low|high", "in the world: the rate, its range or exact 95 % interval; null: not given"},
    {"base_rates", "rates[].status|source|note", "computed from data, seen on a public page or unverified; where from; what was counted"},
    {"base_rates", "rates[].model.estimate|low|high", "in the result, with a 95 % interval; null: not in the model, or never at risk"},
    {"base_rates", "rates[].model.happened|at_risk", "how often, in how many quarters or cases"},
    {"base_rates", "rates[].verdict", "whether that interval lies `below`, `within` or `above` the world's range; empty: there is none"},
    {"assimilation", "runs|failed", "of the result, and those of them that failed and are left out"},
    {"assimilation", "effective", "number of equal runs that the weighed ones are worth: 1 / sum of squared weights of sum 1"},
    {"assimilation", "enough", "false: fewer than 1,000 are left; with fewer than 100 there is no document"},
    {"assimilation", "start|horizon", "first quarter of the free future, last quarter"},
    {"assimilation", "observed[].line|target|date|value|unit|used", "a row of the file of what was observed, by its last quarter; used: it weighs"},
    {"assimilation", "observed[].effective", "number of equal runs that are left after this row and those before it"},
    {"assimilation", "observed[].nearest", "standard deviations of its error between the row and the run that is nearest; of an event 0"},
    {"assimilation", "observed[].before.median|p5|p95", "what would be observed without error, over runs as they are; of an event three times its share"},
    {"assimilation", "observed[].after.median|p5|p95", "the same of the weighed runs"},
    {"assimilation", "dates.*.classes.*.before.share|low|high", "of a class at a report date: share of the runs and 95 % Jeffreys interval; after: as if of `effective` equal ones"},
    {"assimilation", "dates.*.classes.*.after.share|low|high", "the same of the weighed runs"},
    {"assimilation", "dates.*.classes.*.change.estimate|low|high", "after less before, with a 95 % interval: both are of the same runs"},
    {"assimilation", "dates.*.orientations.*.before.share|low|high", "the same of Russia's orientation"},
    {"assimilation", "dates.*.orientations.*.after.share|low|high", "the same of the weighed runs"},
    {"assimilation", "dates.*.orientations.*.change.estimate|low|high", "the same"},
    {"assimilation", "dates.*.indicators.*.before.median|p5|p95", "of a variable at a report date, over runs as they are"},
    {"assimilation", "dates.*.indicators.*.after.median|p5|p95", "the same of the weighed runs"},
    {"assimilation", "events.*.before.share|low|high", "the same as of a class: seen by the horizon"},
    {"assimilation", "events.*.after.share|low|high", "the same of the weighed runs"},
    {"assimilation", "events.*.change.estimate|low|high", "the same"},
    {"assimilation", "events.*.meaning", "what the event is"},
    {"story", "file|title|run|runs", "the result and the run"},
    {"story", "picked", "how it was found; null: by number"},
    {"story", "identical", "true: what the file keeps of the run is what was simulated; null: it keeps nothing"},
    {"story", "ends.date|class|orientation", "of the run"},
    {"story", "parameters_in_outer_tenths[].name|value|tenth|unit|meaning", "parameters that were drawn far from the middle"},
    {"story", "structures.*.choice|drawn", "the answer in this run, and whether it was drawn"},
    {"story", "samples", "other draws of luck behind each chance"},
    {"story", "left_out", "entries that the short story leaves out"},
    {"story", "story[].date|kind|rank|name|who|what|rule", "what happened; rule: the page that says so"},
    {"story", "story[].odds[].of|chance|year_before", "how likely it was, and a year before"},
    {"story", "story[].why[].variable|value|change_in_a_year|decisive", "what the rule read, and whether without that change it had come otherwise"},
    {"benchmark", "machine|runs|quarters|agents", "what was measured"},
    {"benchmark", "floor.draws|exps|logs|normals", "calls in a run and quarter"},
    {"benchmark", "model_alone[].precision|isa|lanes|futures_per_s|ns_per_agent_step|to_floor|to_one_lane", "one thread, nothing written"},
    {"benchmark", "whole_job[].precision|threads|futures_per_s|to_one_thread", "summarised and written"},
    {"benchmark", "summaries_add|file_adds", "share of time that these add"},
    {"benchmark", "one_future_s|overhead_us_per_run", "seconds, microseconds"},
    {"benchmark", "parts[].name|share", "of the time, by mechanism"},
    {"benchmark", "random_share", "of the time, in random numbers"},
    {"benchmark", "firms_and_banks.ordinary_ns_per_agent_step|ns_per_agent_step", "as usually written, and as here"},
};
std::span<const KeyText> document_keys() { return key_table; }

static constexpr const char* page_opening = R"(# The JSON that `--json` prints

<!-- Written by the program: change engine/report/documents.cpp, not this file. -->

Every command that prints a table prints it as one JSON object with `--json`. Version of the format: {}. A number that is not known, infinite or no number is
`null`. Dates are quarters, `"2045Q1"`; shares lie between 0 and 1; intervals are 95 % intervals, Monte Carlo error alone. In the tables below `*` stands for a
name or date that is itself a key, `[]` for each item of a list.
)";

std::string documents_page()
{
    std::string text = fmt::format(page_opening, document_format_version);
    const auto table_of = [&](std::string_view document) {
        text += "\n| key | value |\n|---|---|\n";
        for (const KeyText& key : document_keys())
            if (document == key.document) {
                std::string keys = key.keys;
                for (std::size_t at = 0; (at = keys.find('|', at)) != std::string::npos;) keys.replace(at, 1, "`, `");
                text += fmt::format("| `{}` | {} |\n", keys, key.meaning);
            }
    };
    text += "\n## Every document begins with\n";
    table_of("");
    for (const DocumentText& d : documents()) {
        text += fmt::format("\n## {}\n\n`{}`: {}.\n", d.name, d.commands, d.meaning);
        table_of(d.name);
    }
    return text;
}

} // namespace entente::report
