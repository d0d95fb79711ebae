#include "../analysis/narrative.hpp"
#include "../core/quarter.hpp"
#include "../experiment/backtest.hpp"
#include "../experiment/box_files.hpp"
#include "../report/figures/figures.hpp"
#include "../report/result.hpp"
#include "options.hpp"
#include "plot.hpp"
#include "terminal.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {
namespace {

using report::FigureOrWhy, report::Omitted, report::origin_of;

EnsembleOptions options_of(const PlotAsked& asked, const std::string& precision) { return {.precision = precision, .isa = "", .threads = threads_from(asked.given)}; }

std::size_t row_named(const char* what, const std::vector<Row>& rows, const std::string& name)
{
    std::vector<std::string> names;
    for (const Row& row : rows) names.emplace_back(row.name);
    const std::size_t at = Description::find(rows, name);
    if (at == Description::npos) throw UsageError(fmt::format("entente plot: {}, got '{}'{}; `entente describe model` lists them", what, name, did_you_mean(name, names)));
    return at;
}

std::optional<std::string> text_of(const PlotAsked& asked, const char* option)
{
    return asked.given.count(option) != 0 ? std::optional(asked.given[option].as<std::string>()) : std::nullopt;
}

/// What is wrong with an outcome that is asked for is the user's mistake.
template <class Work> auto about_outcome(Work work)
{
    try {
        return work();
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("entente plot: {}", printable(e.what())));
    }
}

FigureOrWhy shares(const PlotAsked& asked)
{
    const StoredResult result = read_result(asked.file);
    return class_shares_figure(report::answer_of(result), origin_of(result));
}

FigureOrWhy fan(const PlotAsked& asked)
{
    const std::string name = asked.words.empty() ? "alignment_index" : name_of_label(asked.words[0]);
    const std::size_t variable = row_named("fan: a variable", describe().variables, name);
    const StoredResult result = read_result(asked.file);
    return fan_figure(result.summary, variable, origin_of(result));
}

FigureOrWhy event(const PlotAsked& asked)
{
    std::vector<std::size_t> events;
    for (const std::string& name : asked.words) events.push_back(row_named("event: an event", describe().events, name_of_label(name)));
    const StoredResult result = read_result(asked.file);
    if (result.summary.quarters <= result.summary.start) return Omitted{"event", "the result ends with the history, before any event of the free future"};
    return survival_figure(survival_in(asked.file, result, {}).times, events, origin_of(result));
}

FigureOrWhy uncertainty(const PlotAsked& asked)
{
    const StoredResult result = read_result(asked.file);
    return uncertainty_figure(report::answer_of(result), origin_of(result));
}

FigureOrWhy kinds(const PlotAsked& asked)
{
    const StoredResult result = read_result(asked.file);
    return kinds_figure(report::answer_of(result), origin_of(result));
}

FigureOrWhy drivers(const PlotAsked& asked)
{
    const StoredResult result = read_result(asked.file);
    return drivers_figure(report::answer_of(result), origin_of(result));
}

FigureOrWhy sensitivity(const PlotAsked& asked)
{
    const SensitivityRequest request{.asked = {.resampling = {.threads = threads_from(asked.given)}}};
    if (input_of(asked.file) == Input::sweep_result) {
        const StoredSweep sweep = read_sweep_result(asked.file);
        const auto policy = text_of(asked, "policy");
        const auto at = policy ? std::ranges::find(sweep.head.policies, *policy) : sweep.head.policies.begin();
        if (at == sweep.head.policies.end())
            throw UsageError(fmt::format("entente plot: --policy: {}, got '{}'{}", fmt::join(sweep.head.policies, ", "), *policy, did_you_mean(*policy, sweep.head.policies)));
        return about_outcome([&] {
            const SensitivityStudy study = sensitivity_of_sweep(asked.file, sweep, asked.words, static_cast<std::size_t>(at - sweep.head.policies.begin()), request);
            return sensitivity_figure(study, 0, origin_of(sweep));
        });
    }
    const ReplaySource source = replay_source(asked.file);
    const StoredResult result = read_result(asked.file);
    std::vector<std::string> outcomes = asked.words;
    if (outcomes.empty()) outcomes = {fmt::format("mean alignment_index at {}", quarter_name(report_quarter(static_cast<int>(result.summary.quarters) - 1)))};
    return about_outcome([&]() -> FigureOrWhy {
        const auto study = sensitivity_of_run(asked.file, source, outcomes, {}, request, options_of(asked, source.provenance.precision),
                                              listener_on(std::make_shared<ProgressLine>(source.scenario.name)), &interruption());
        if (!study) return Omitted{"sensitivity", "interrupted"};
        return sensitivity_figure(*study, 0, origin_of(result));
    });
}

FigureOrWhy heat(const PlotAsked& asked)
{
    const StoredSweep sweep = read_sweep_result(asked.file);
    return heat_figure(sweep, {text_of(asked, "x"), text_of(asked, "y"), text_of(asked, "of"), text_of(asked, "policy")}, origin_of(sweep));
}

FigureOrWhy points(const PlotAsked& asked)
{
    const StoredSweep sweep = read_sweep_result(asked.file);
    return points_figure(sweep, {.x = text_of(asked, "x"), .of = text_of(asked, "of"), .policy = text_of(asked, "policy")}, origin_of(sweep));
}

template <FigureOrWhy (*figure)(const RunComparison&, const report::Origin&, const report::Origin&)> FigureOrWhy compared(const PlotAsked& asked)
{
    if (asked.words.empty()) return Omitted{"compare", "B is missing: entente plot A.h5 compare B.h5"};
    throw_if_for_another_command("plot", asked.words[0]);
    const ResultPair pair = pair_results(asked.file, asked.words[0]);
    return figure(compare_results(pair, {}), origin_of(pair.in_a), origin_of(pair.in_b));
}

FigureOrWhy boxes(const PlotAsked& asked)
{
    const auto named = asked.words.empty() ? text_of(asked, "of") : std::optional(asked.words[0]);
    DiscoveryOptions how;
    how.threads = threads_from(asked.given);
    std::optional<Searched> searched;
    report::Origin origin;
    if (input_of(asked.file) == Input::sweep_result) {
        const StoredSweep sweep = read_sweep_result(asked.file);
        origin = origin_of(sweep);
        searched = about_outcome([&] { return searched_sweep(asked.file, sweep, parse_given(named ? *named : sweep.head.outcomes[0]), text_of(asked, "policy")); });
    } else {
        const StoredResult result = read_result(asked.file);
        origin = origin_of(result);
        const ReplaySource source = replay_source(asked.file);
        const std::string of = named ? *named : fmt::format("share_alignment at {}", quarter_name(report_quarter(static_cast<int>(result.summary.quarters) - 1)));
        searched = about_outcome([&] {
            return searched_run(asked.file, source, parse_given(of), options_of(asked, source.provenance.precision),
                                listener_on(std::make_shared<ProgressLine>(source.scenario.name)), &interruption());
        });
    }
    if (!searched) return Omitted{"boxes", "interrupted"};
    if (searched->cases.rows() < least_rows || searched->cases.columns.empty())
        return Omitted{"boxes", fmt::format("{} runs in which some input differs are needed, and here are {}", least_rows, searched->cases.rows())};
    const auto found = discover(searched->cases, how, {}, &interruption());
    if (!found) return Omitted{"boxes", "interrupted"};
    return boxes_figure(*searched, *found, origin);
}

FigureOrWhy posterior(const PlotAsked& asked)
{
    const Posterior p = read_posterior(asked.file);
    return posterior_figure(diagnose(p), origin_of(p));
}

FigureOrWhy predictive(const PlotAsked& asked)
{
    const Posterior p = read_posterior(asked.file);
    const Diagnosis d = diagnose(p);
    std::vector<std::string> names;
    for (const TargetDiagnosis& t : d.targets) names.push_back(t.target);
    const std::string name = asked.words.empty() && !names.empty() ? names[0] : asked.words.empty() ? "" : asked.words[0];
    const auto at = std::ranges::find(names, name);
    if (at == names.end() && !names.empty())
        throw UsageError(fmt::format("entente plot: predictive: a target, {}, got '{}'{}", fmt::join(names, ", "), name, did_you_mean(name, names)));
    return predictive_figure(d, static_cast<std::size_t>(at - names.begin()), origin_of(p));
}

FigureOrWhy backtested(const PlotAsked& asked)
{
    const Calibration calibration = read_calibration(asked.file);
    const std::string word = asked.words.empty() ? "2021" : asked.words[0];
    const auto quarter = word.size() == 4 ? parse_quarter(word) : std::nullopt;
    if (!quarter) throw UsageError(fmt::format("entente plot: backtest: a year, got '{}'", word));
    const int year = first_year + *quarter / 4;
    const std::string file = posterior_up_to(text_of(asked, "in").value_or("results"), calibration, year);
    if (!std::filesystem::exists(file)) return Omitted{"backtest", fmt::format("{} is not there: `entente backtest {} --fit-to {}` makes it", file, asked.file, year)};
    return about_outcome([&] {
        const Posterior p = read_posterior(file);
        return backtest_figure(backtest_of(calibration, p, year), origin_of(p));
    });
}

FigureOrWhy central_asia(const PlotAsked& asked)
{
    const StoredResult result = read_result(asked.file);
    return central_asia_figure(result.summary, origin_of(result));
}

FigureOrWhy timeline(const PlotAsked& asked)
{
    const ReplaySource source = replay_source(asked.file);
    const std::string word = asked.words.empty() ? "0" : asked.words[0];
    const auto run = word.empty() || word.size() > 9 || word.find_first_not_of("0123456789") != std::string::npos ? source.scenario.runs : static_cast<std::uint32_t>(std::stoul(word));
    if (run >= source.scenario.runs) throw UsageError(fmt::format("entente plot: run: a number from 0 to {}, got '{}'", source.scenario.runs - 1, word));
    const EnsembleOptions options{.precision = source.provenance.precision, .isa = "", .threads = threads_from(asked.given), .keep = Keep::agents};
    const auto replayed = replay_run(source, run, choose_kernel(options.precision, options.isa), options, asked.file);
    const Told told{replayed->job, replayed->result, 0};
    return timeline_figure(told, narrative(told), run, origin_of(read_result(asked.file)));
}

} // namespace

std::span<const PlotKind> plot_kinds()
{
    static const std::vector<PlotKind> all = {
        {"shares", "shares", "classes of the tie, stacked over time", Input::run_result, shares},
        {"fan", "fan VARIABLE", "median and spread of a variable, with data", Input::run_result, fan, 1},
        {"event", "event [NAME...]", "how many have not seen an event yet", Input::run_result, event, 5},
        {"uncertainty", "uncertainty", "shares, by number of futures and readings", Input::run_result, uncertainty},
        {"kinds", "kinds", "what makes shares uncertain", Input::run_result, kinds},
        {"drivers", "drivers", "the four dials, low and high", Input::run_result, drivers},
        {"sensitivity", "sensitivity [OUTCOME]", "which inputs drive an outcome; of sweeps too", Input::run_result, sensitivity, 1},
        {"boxes", "boxes [OUTCOME]", "where an outcome is frequent; of sweeps too", Input::run_result, boxes, 1},
        {"compare", "compare B.h5", "B less A, paired, at one date", Input::run_result, compared<report::contrast_figure>, 1},
        {"course", "course B.h5", "B less A, paired, over time", Input::run_result, compared<report::contrast_course_figure>, 1},
        {"central-asia", "central-asia", "Central Asian trade, in a triangle", Input::run_result, central_asia},
        {"run", "run N", "turning points of one future", Input::run_result, timeline, 1},
        {"heat", "heat", "a sweep over two factors: --x --y --of", Input::sweep_result, heat},
        {"points", "points", "a sweep along one factor: --x --of", Input::sweep_result, points},
        {"posterior", "posterior", "posterior against prior", Input::posterior, posterior},
        {"predictive", "predictive [TARGET]", "what a posterior predicts beside data", Input::posterior, predictive, 1},
        {"backtest", "backtest [YEAR]", "errors of forecasts; FILE: a calibration", Input::calibration, backtested, 1},
    };
    return all;
}

} // namespace entente::cli
