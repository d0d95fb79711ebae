#include "again.hpp"
#include "../analysis/answer.hpp"
#include "../analysis/attribution.hpp"
#include "../core/quarter.hpp"
#include "../core/temporary_folder.hpp"
#include "../store/held_runs.hpp"
#include "../store/layout.hpp"
#include "../store/rules.hpp"
#include "../version.hpp"
#include "consolidate.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include "values.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {

std::optional<Departure> first_departure(const FinishedBlock& block, const StoredRuns& stored)
{
    using In = Departure::In;
    const std::size_t runs = block.job.runs();
    if (stored.runs != runs || stored.outcome.size() != block.result.outcome.size())
        return Departure{.in = In::length, .run = block.first_run, .stored = static_cast<double>(stored.runs), .again = static_cast<double>(runs)};
    for (std::size_t i = 0; i < stored.parameters.size(); ++i)
        if (stored.parameters[i] != static_cast<float>(block.job.parameters[i])) // the file rounds a value that is given
            return Departure{.in = In::parameter, .run = block.first_run + i % runs, .number = i / runs, .stored = stored.parameters[i], .again = block.job.parameters[i]};
    for (std::size_t i = 0; i < stored.outcome.size(); ++i)
        if (stored.outcome[i] != block.result.outcome[i])
            return Departure{.in = In::outcome,
                             .run = block.first_run + i % runs,
                             .quarter = static_cast<int>(i / runs),
                             .stored = static_cast<double>(stored.outcome[i]),
                             .again = static_cast<double>(block.result.outcome[i])};
    for (std::size_t i = 0; i < stored.first_event.size(); ++i)
        if (stored.first_event[i] != block.result.first_event[i]) return Departure{.in = In::event, .run = block.first_run + i % runs, .number = i / runs};
    return std::nullopt;
}

void forget_what_failed(StoredRuns& stored, const BlockResult& again)
{
    const std::size_t runs = stored.runs;
    for (std::size_t run = 0; run < stored.failed_quarter.size(); ++run) {
        const int last = stored.failed_quarter[run];
        if (last < 0) continue;
        for (std::size_t i = (static_cast<std::size_t>(last) + 1) * runs + run; i < stored.outcome.size(); i += runs) stored.outcome[i] = again.outcome[i];
        for (std::size_t i = run; i < stored.first_event.size(); i += runs)
            if (again.first_event[i] > last) stored.first_event[i] = again.first_event[i];
    }
}

/// The scenario of a plain result, of as many runs as it holds.
static Scenario scenario_of(const StoredResult& r, const std::string& path)
{
    Scenario scenario = parse_resolved(r.provenance.scenario_resolved, path);
    const bool same = static_cast<std::uint32_t>(scenario.horizon) + 1 == r.summary.quarters && static_cast<std::uint32_t>(scenario.start) == r.summary.start;
    store::throw_if_damaged(path, same && r.summary.runs > 0 ? "" : "its dates or runs are not those of its scenario");
    scenario.runs = r.summary.runs;
    return scenario;
}

bool is_of_another_engine(const Provenance& p) { return p.engine_sources != build().sources; }

static bool same_summaries(const Summary& a, const Summary& b)
{
    return a.code_count == b.code_count && a.mean == b.mean && a.sd == b.sd && a.least == b.least && a.most == b.most && a.quantile == b.quantile && a.event_count == b.event_count;
}

/// All data of a file but those of single runs, against a result of the first block alone that has the same summaries.
static void compare_rest(Repeated& done, const StoredResult& stored, const std::string& path, const Scenario& scenario, const Summary& again, const Beside& beside, const EnsembleOptions& options)
{
    const TemporaryFolder folder;
    const std::string other = folder / "again.h5";
    Plan plan = plan_of(scenario);
    plan.fingerprint = true;
    const PlannedJob first = job_of(plan, piece_of(plan, 0), options);
    const BlockResult result = choose_kernel(options.precision, options.isa).run(first.job);
    ResultWriter writer(other, scenario, stored.provenance, options.keep);
    writer.block({0, first.job, result});
    writer.beside(beside);
    writer.finish(again, 0, stored.complete);
    const DataComparison data = compare_data(path, other);
    done.not_compared = data.only_a;
    for (const auto* differing : {&data.other, &data.only_b})
        for (const std::string& name : *differing)
            if (!store::is_of_runs(name) && !done.departure) done.departure = Departure{.in = Departure::In::data, .what = name};
}

Repeated repeat(const StoredResult& stored, const std::string& path, EnsembleOptions options, const Listener& listener, const std::atomic<bool>* stop)
{
    const Scenario scenario = scenario_of(stored, path);
    Repeated done{.runs = stored.summary.runs, .whole = stored.provenance.runs == stored.summary.runs};
    options.precision = stored.provenance.precision;
    options.keep = keep_of(stored.provenance.keep);
    done.given_up = std::ranges::any_of(stored.summary.failures, [](const Summary::Failure& f) { return f.variable < 0; });
    const HeldRuns held_runs(path, scenario, options.keep, done.given_up ? GivenUp::some : GivenUp::none);
    const bool per_run = keeps_single_runs(stored.provenance);
    const int report = report_quarter(scenario.horizon);
    const Quantity attributed = parse_quantity(fmt::format("mean alignment_index at {}", quarter_name(report)));
    AttributionSample attribution(scenario, report);
    const BesideSizes sizes = stored.beside.sizes();
    const auto progress = [&](std::uint64_t made) {
        if (listener.progress) listener.progress({made, done.runs + sizes.runs()});
    };
    Summary again = run_ensemble(
        scenario, options,
        [&](const FinishedBlock& block) {
            const std::size_t runs = block.job.runs();
            std::vector<double> alignment;
            for (std::size_t run = 0; run < runs; ++run) alignment.push_back(evaluate(attributed, block.result, run, runs));
            attribution.add(block, alignment);
            if (!per_run || done.departure) return;
            StoredRuns held = read_runs(path, block.first_run, static_cast<std::uint32_t>(runs));
            forget_what_failed(held, block.result);
            done.departure = first_departure(block, held);
            if (done.departure) return;
            if (const auto other = held_runs.first_other(block)) done.departure = Departure{.in = Departure::In::runs, .run = other->run, .what = other->name};
        },
        [&](Progress p) { progress(p.done); }, stop);
    attribution.attribute(again);
    done.made = again.runs;
    if (done.made < done.runs || done.departure || done.given_up) return done;
    if (!same_summaries(again, stored.summary)) done.departure = Departure{.in = Departure::In::summaries};
    else if (const auto beside = beside_of(
                 scenario, sizes, options, [&](Progress p) { progress(done.runs + p.done); }, stop))
        compare_rest(done, stored, path, scenario, again, *beside, options);
    else done.made = 0; // it was stopped
    return done;
}

static std::vector<std::uint32_t> failed_runs(const std::string& file, std::uint32_t runs)
{
    std::vector<std::uint32_t> failed;
    some_at_a_time(runs, 1, [&](std::uint32_t first, std::uint32_t n) {
        const std::vector<std::int16_t> quarter = read_runs(file, first, n).failed_quarter;
        for (std::uint32_t i = 0; i < quarter.size(); ++i)
            if (fate_of(quarter[i]) != Fate::whole) failed.push_back(first + i);
    });
    return failed;
}

static std::vector<std::uint32_t> failed_replicates(const std::string& file, const SweepHead& h, std::size_t policy, std::size_t point)
{
    std::vector<std::uint32_t> failed;
    some_at_a_time(h.replicates, h.points, [&](std::uint32_t first, std::uint32_t n) {
        const std::vector<std::int16_t> quarter = read_failures(file, first, n).quarter;
        for (std::uint32_t i = 0; i < n; ++i)
            if (fate_of(quarter[(policy * n + i) * h.points + point]) != Fate::whole) failed.push_back(first + i);
    });
    return failed;
}

ReplaySource replay_source(const std::string& file)
{
    StoredResult result = read_result(file);
    Scenario scenario = scenario_of(result, file);
    scenario.name = result.provenance.scenario_name, scenario.title = result.provenance.scenario_title;
    return {std::move(result.provenance), std::move(scenario), [file](std::uint32_t run) { return read_runs(file, run, 1); },
            [file, runs = result.summary.runs] { return failed_runs(file, runs); }};
}

ReplaySource replay_source(const std::string& file, const StoredSweep& sweep, const std::optional<std::string>& name, std::int64_t point)
{
    const SweepHead& h = sweep.head;
    const Experiment e = experiment_of(sweep, file);
    const std::size_t policy = name ? policy_number(h, *name, refusal::NoSuchPolicy::For::replay) : 0;
    if (point < 0 || point >= static_cast<std::int64_t>(h.points)) throw Refused(refusal::NoSuchPoint{point, h.points});
    const auto p = static_cast<std::size_t>(point);
    Scenario scenario = scenario_at(e.plan, policy, p);
    scenario.name = h.provenance.scenario_name,
    scenario.title = fmt::format("{}, policy {}{}", h.provenance.scenario_title, h.policies[policy], h.points > 1 ? fmt::format(", point {}", point) : "");
    for (std::size_t f = 0; f < h.factors.size(); ++f)
        scenario.title += fmt::format(", {} = {}", h.factors[f].name, value_text(e.sweep->factors[f], h.values[p * h.factors.size() + f]));
    scenario.runs = h.replicates;
    return {h.provenance, std::move(scenario), [file, policy, p, points = h.points](std::uint32_t run) { return read_histories(file, policy, std::uint64_t{run} * points + p, 1); },
            [file, h, policy, p] { return failed_replicates(file, h, policy, p); }};
}

std::optional<PickedRun> pick_run(const Pick& pick, const ReplaySource& source, EnsembleOptions options, const Listener& listener, const std::atomic<bool>* stop)
{
    options.keep = Keep::none;
    std::vector<std::vector<double>> values = sample(source.scenario, {pick.quantity}, options, listener.progress, stop);
    if (stop && *stop) return std::nullopt;
    if (keeps_single_runs(source.provenance))
        for (const std::uint32_t run : source.failed()) values[0][run] = std::numeric_limits<double>::quiet_NaN();
    const auto whole = static_cast<std::uint64_t>(std::ranges::count_if(values[0], [](double x) { return !std::isnan(x); }));
    return PickedRun{pick, nearest_run(values[0], pick.level), whole, source.scenario.runs};
}

std::unique_ptr<ReplayedRun> replay_run(const ReplaySource& source, std::uint32_t run, const Kernel& kernel, const EnsembleOptions& options, const std::string& file)
{
    if (run >= source.scenario.runs) throw std::out_of_range(fmt::format("{}: a run from 0 to {}, got {}", file, source.scenario.runs - 1, run));
    auto replayed = std::make_unique<ReplayedRun>();
    replayed->point = source.scenario.point();
    replayed->job = block_job(source.scenario, replayed->point, run, 1, options);
    replayed->result = kernel.run(replayed->job);
    replayed->compared = keeps_single_runs(source.provenance);
    if (!replayed->compared) return replayed;
    StoredRuns held = source.stored(run);
    if (!held.failed_quarter.empty()) replayed->failed_quarter = held.failed_quarter[0];
    if (fate_of(replayed->failed_quarter) == Fate::not_made) throw Refused(refusal::NotMade{file, run});
    forget_what_failed(held, replayed->result);
    replayed->departure = first_departure({run, replayed->job, replayed->result}, held);
    return replayed;
}

} // namespace entente
