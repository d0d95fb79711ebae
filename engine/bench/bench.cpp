#include "bench.hpp"
#include "../core/temporary_folder.hpp"
#include "../ensemble/ensemble.hpp"
#include "../store/parts.hpp"
#include "../store/store.hpp"
#include "machine.hpp"
#include "ordinary.hpp"
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <thread>

namespace entente {
namespace {

double seconds_of(const std::function<void()>& work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Things to be measured in turn.
class Stopwatch {
public:
    /// Returns the number of the thing.
    std::size_t add(std::function<void()> work)
    {
        things_.push_back({std::move(work)});
        return things_.size() - 1;
    }
    void measure(unsigned rounds, const std::function<void(double)>& progress)
    {
        for (unsigned round = 0; round < rounds; ++round)
            for (std::size_t i = 0; i < things_.size(); ++i) {
                things_[i].best = std::min(things_[i].best, seconds_of(things_[i].work));
                progress(static_cast<double>(round * things_.size() + i + 1) / static_cast<double>(rounds * things_.size()));
            }
    }
    double seconds(std::size_t number) const { return things_[number].best; }

private:
    struct Thing {
        std::function<void()> work;
        double best = 1e300;
    };
    std::vector<Thing> things_;
};

/// Futures in blocks made beforehand: the model alone.
struct Batch {
    std::uint32_t runs;
    std::vector<Job> blocks;
};
Batch batch_of(const Scenario& scenario, const Point& point, std::uint32_t runs)
{
    Batch batch{runs, {}};
    for (std::uint32_t first = 0; first < runs; first += block_runs) {
        batch.blocks.push_back(block_job(scenario, point, first, std::min(block_runs, runs - first), {}));
        batch.blocks.back().kept.clear();
    }
    return batch;
}

Calls calls_of_a_quarter(const Job& job)
{
    const Kernel& kernel = counting_kernel();
    kernel.take_calls();
    kernel.run(job);
    const Calls all = kernel.take_calls();
    const std::uint64_t n = job.runs() * job.quarters;
    const auto each = [n](std::uint64_t calls) { return (calls + n / 2) / n; };
    return {each(all.draws), each(all.exps), each(all.logs), each(all.normals)};
}

constexpr const char* precisions[] = {"double", "single"}; // the second is not in every program

/// The calls of so many futures, and nothing else.
std::function<void()> calls_alone(const Kernel& kernel, const Calls& calls, const Batch& batch)
{
    const std::uint64_t quarters = std::uint64_t{batch.blocks[0].quarters} * batch.runs / static_cast<std::uint32_t>(kernel.width);
    return [=] { kernel.work_of(calls, quarters); };
}

/// The model alone in one kernel: `model` and `floor` are things of the stopwatch.
struct Alone {
    Kernel kernel;
    std::uint32_t runs;
    std::size_t model, floor;
};
/// All kernels, the narrowest of a precision first.
std::vector<Alone> add_kernels(Stopwatch& watch, const Batch& all, const Batch& few, const Calls& calls, BlockResult& result)
{
    std::vector<Alone> alone;
    for (const char* const precision : precisions)
        for (const Kernel& kernel : kernels(precision)) {
            const Batch& batch = kernel.width == 1 ? few : all;
            const std::size_t model = watch.add([&batch, &result, kernel] {
                for (const Job& job : batch.blocks) kernel.run(job, result);
            });
            alone.push_back({kernel, batch.runs, model, watch.add(calls_alone(kernel, calls, batch))});
        }
    return alone;
}
std::vector<Benchmark::KernelSpeed> kernel_speeds(const Stopwatch& watch, const std::vector<Alone>& alone, std::uint32_t quarters, std::uint32_t agents)
{
    std::vector<Benchmark::KernelSpeed> speeds;
    for (const Alone& a : alone) {
        const double model = watch.seconds(a.model), futures = a.runs / model;
        speeds.push_back({a.kernel.precision, a.kernel.isa, a.kernel.width, futures, 1e9 / futures / quarters / agents, model / watch.seconds(a.floor), 1});
        const auto narrowest = std::ranges::find(speeds, speeds.back().precision, &Benchmark::KernelSpeed::precision);
        speeds.back().to_one_lane = futures / narrowest->futures_per_s;
    }
    return speeds;
}

void run_whole_job(const Scenario& scenario, const EnsembleOptions& options, const std::string& file)
{
    Provenance provenance;
    provenance.runs = scenario.runs;
    ResultWriter writer(file, scenario, provenance, Keep::outcomes);
    const Summary summary = run_ensemble(scenario, options, [&](const FinishedBlock& block) { writer.block(block); });
    writer.finish(summary, 0, true);
}
/// The whole job: `job` is a thing of the stopwatch.
struct Whole {
    std::string precision;
    unsigned threads;
    std::size_t job;
};
/// On one thread, then on all; double precision first.
std::vector<Whole> add_whole_jobs(Stopwatch& watch, const Scenario& scenario, unsigned cores, const TemporaryFolder& folder)
{
    std::vector<Whole> wholes;
    for (const char* const precision : precisions)
        for (const unsigned threads : cores > 1 ? std::vector{1u, cores} : std::vector{1u}) {
            if (kernels(precision).empty()) continue;
            const EnsembleOptions how{.precision = precision, .threads = threads};
            wholes.push_back({precision, threads, watch.add([&scenario, &folder, how] { run_whole_job(scenario, how, folder / "whole.h5"); })});
        }
    return wholes;
}
std::vector<Benchmark::JobSpeed> job_speeds(const Stopwatch& watch, const std::vector<Whole>& wholes, std::uint32_t runs)
{
    std::vector<Benchmark::JobSpeed> speeds;
    for (const Whole& w : wholes) {
        speeds.push_back({w.precision, w.threads, runs / watch.seconds(w.job), 1});
        const auto one_thread = std::ranges::find(speeds, w.precision, &Benchmark::JobSpeed::precision);
        speeds.back().to_one_thread = speeds.back().futures_per_s / one_thread->futures_per_s;
    }
    return speeds;
}

/// What each mechanism takes, in the machine's ticks; recording is in it. The best of several rounds, the largest share first.
std::vector<Benchmark::Part> parts_of(const Kernel& kernel, std::vector<Job> blocks, unsigned rounds, BlockResult& result)
{
    std::vector<std::string> names;
    for (const auto& mechanism : describe().mechanisms) names.emplace_back(mechanism.name);
    names.insert(names.end(), {"(stepper)", "(recording)"});
    std::vector<std::uint64_t> ticks(names.size()), best;
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (Job& job : blocks) job.kept = all_variables(), job.ticks = ticks.data();
    for (unsigned round = 0; round < rounds; ++round) {
        std::fill(ticks.begin(), ticks.end(), 0);
        for (const Job& job : blocks) kernel.run(job, result);
        const std::uint64_t all = std::accumulate(ticks.begin(), ticks.end(), std::uint64_t{0});
        if (all < least) least = all, best = ticks;
    }
    std::vector<Benchmark::Part> parts;
    for (std::size_t i = 0; i < best.size(); ++i) parts.push_back({names[i], static_cast<double>(best[i]) / static_cast<double>(least)});
    std::ranges::stable_sort(parts, std::greater{}, &Benchmark::Part::share);
    return parts;
}
double share_of(const std::vector<Benchmark::Part>& parts, std::string_view name)
{
    return std::accumulate(parts.begin(), parts.end(), 0.0, [name](double sum, const Benchmark::Part& part) { return part.name == name ? sum + part.share : sum; });
}

/// A sweep of a model that does nothing, over one factor: what is left is the engine's own.
void run_idle_sweep(const Plan& plan, const std::string& folder)
{
    Kernel idle = choose_kernel("double");
    idle.run_into = [](const Job&, BlockResult&) {};
    const std::vector<std::uint64_t> pieces = all_pieces(plan);
    Parts parts(folder, {}, {}, shard_of(pieces.size(), 1, 1));
    const std::vector<double> outcomes(block_runs);
    run_pieces(plan, pieces, {.threads = 1, .kernel = &idle}, [&](unsigned thread, const FinishedPiece& piece) { parts.add(thread, piece, outcomes, Keep::outcomes); });
    parts.flush();
    parts.remove();
}
constexpr std::uint32_t idle_points = 16, idle_replicates = 8192;
Plan idle_plan(Scenario scenario)
{
    scenario.horizon = 3;
    for (std::size_t p = 0; p < scenario.parameters.size(); ++p) hold_parameter(scenario, p, drawn_quantile(scenario, p, 0.5));
    std::vector<double> values(idle_points);
    std::iota(values.begin(), values.end(), 0.0);
    return make_plan({scenario}, {{{.kind = Placement::Kind::parameter}}}, values, idle_replicates);
}

void run_program(const std::string& command)
{
    if (std::system(command.c_str()) != 0) throw std::runtime_error(fmt::format("cannot run {}", command));
}

} // namespace

Benchmark measure(const Scenario& given, const BenchOptions& options, const std::string& scenario_path, const std::string& program, const std::function<void(double)>& progress)
{
    Scenario scenario = given;
    scenario.runs = options.runs;
    const Point point = scenario.point();
    const Batch all = batch_of(scenario, point, options.runs), few = batch_of(scenario, point, std::max(16u, options.runs / 8));
    const unsigned cores = options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    const Kernel widest = choose_kernel("double");
    const TemporaryFolder folder;
    const std::string one_run = fmt::format("'{}' run '{}' --runs 1 --force --out '{}' >/dev/null 2>&1", program, scenario_path, folder / "one.h5");

    Benchmark b;
    b.machine = name_of_machine();
    b.agents = scenario.counts.firms + scenario.counts.banks + scenario.counts.elites;
    b.quarters = all.blocks[0].quarters;
    b.runs = options.runs;
    b.calls = calls_of_a_quarter(few.blocks[0]);

    Stopwatch watch;
    BlockResult result;
    const std::vector<Alone> alone = add_kernels(watch, all, few, b.calls, result);
    const std::vector<Whole> wholes = add_whole_jobs(watch, scenario, cores, folder);
    Scenario fewer = scenario; // what a result costs once, however many its futures, is in both
    fewer.runs = options.runs / 8;
    const std::size_t summarised = watch.add([&scenario] { run_ensemble(scenario, {.threads = 1}); }), few_summarised = watch.add([&fewer] { run_ensemble(fewer, {.threads = 1}); });
    const std::size_t few_written = watch.add([&fewer, &folder] { run_whole_job(fewer, {.threads = 1}, folder / "few.h5"); });
    const std::size_t draws = watch.add(calls_alone(widest, {.draws = b.calls.draws}, all));
    const std::size_t ordinary = watch.add([&] { run_ordinary(few.runs, b.quarters, scenario.counts); });
    const std::size_t one = watch.add([&one_run] { run_program(one_run); });
    const Plan idle = idle_plan(scenario);
    const std::size_t idling = watch.add([&] { run_idle_sweep(idle, folder / "idle.parts"); });
    watch.measure(options.rounds, progress);

    b.kernels = kernel_speeds(watch, alone, b.quarters, b.agents);
    b.jobs = job_speeds(watch, wholes, options.runs);
    b.parts = parts_of(widest, all.blocks, options.rounds, result);
    const double model = options.runs / b.kernels[kernels("double").size() - 1].futures_per_s; // seconds, in the widest kernel
    const double rest = 1 - static_cast<double>(fewer.runs) / options.runs, with_summaries = (watch.seconds(summarised) - watch.seconds(few_summarised)) / rest / model;
    b.summaries_add = with_summaries - 1;
    b.file_adds = (watch.seconds(wholes[0].job) - watch.seconds(few_written)) / rest / model - with_summaries;
    b.random_share = watch.seconds(draws) / model;
    const double firms_and_banks = (share_of(b.parts, "chinese_firms") + share_of(b.parts, "chinese_banks")) / (1 - share_of(b.parts, "(recording)"));
    const auto ns_each = [&](double seconds, std::uint32_t runs) { return seconds * 1e9 / runs / b.quarters / (scenario.counts.firms + scenario.counts.banks); };
    b.ordinary_ns = ns_each(watch.seconds(ordinary), few.runs);
    b.lanes_ns = ns_each(firms_and_banks * model, options.runs);
    b.one_future_s = watch.seconds(one);
    b.overhead_us = watch.seconds(idling) * 1e6 / idle_points / idle_replicates;
    return b;
}

} // namespace entente
