#include "bench.hpp"
#include "../core/text.hpp"
#include "../ensemble/ensemble.hpp"
#include "../store/store.hpp"
#include "ordinary.hpp"
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
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

std::string name_of_machine()
{
    std::string name = "unknown processor";
    for (const std::string& line : split(read_file("/proc/cpuinfo"), '\n'))
        if (line.starts_with("model name")) {
            name = trim(std::string_view(line).substr(line.find(':') + 1));
            break;
        }
    return fmt::format("{}, {} cores", name, std::thread::hardware_concurrency());
}

/// A folder that goes when its owner does.
struct TemporaryFolder {
    std::filesystem::path path;
    TemporaryFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "entente-bench-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error(fmt::format("{}: cannot make a folder there", name));
        path = name;
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
};

/// Blocks of a scenario, made beforehand: the model alone.
std::vector<Job> blocks_of(const Scenario& scenario, const Point& point, std::uint32_t runs)
{
    std::vector<Job> jobs;
    for (std::uint32_t first = 0; first < runs; first += block_runs) {
        jobs.push_back(block_job(scenario, point, first, std::min(block_runs, runs - first), {}));
        jobs.back().kept.clear();
    }
    return jobs;
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

void whole_job(const Scenario& scenario, const EnsembleOptions& options, const std::filesystem::path& file)
{
    Provenance provenance;
    provenance.runs = scenario.runs;
    ResultWriter writer(file.string(), scenario, provenance, Keep::outcomes);
    const Summary summary = run_ensemble(scenario, options, [&](const FinishedBlock& block) { writer.block(block); });
    writer.finish(summary, 0, true);
}

} // namespace

Benchmark measure(const Scenario& given, const BenchOptions& options, const std::string& scenario_path, const std::string& program, const std::function<void(double)>& progress)
{
    Scenario scenario = given;
    scenario.runs = options.runs;
    const Point point = scenario.point();
    const std::vector<Job> blocks = blocks_of(scenario, point, options.runs), few = blocks_of(scenario, point, std::max(16u, options.runs / 8));
    const unsigned cores = options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    const TemporaryFolder folder;

    Benchmark b;
    b.machine = name_of_machine();
    b.agents = scenario.counts.firms + scenario.counts.banks + scenario.counts.elites;
    b.quarters = blocks[0].quarters;
    b.runs = options.runs;
    b.calls = calls_of_a_quarter(few[0]);

    Stopwatch watch;
    struct Measured {
        Kernel kernel;
        std::uint32_t runs;
        std::size_t model, floor;
    };
    std::vector<Measured> measured;
    std::vector<BlockResult> results(1);
    const auto runs_in = [](const std::vector<Job>& jobs) {
        return std::accumulate(jobs.begin(), jobs.end(), 0u, [](auto n, const Job& job) { return n + static_cast<std::uint32_t>(job.runs()); });
    };
    for (const char* const precision : {"double", "single"})
        for (const Kernel& kernel : kernels(precision)) {
            const std::vector<Job>& jobs = kernel.width == 1 ? few : blocks;
            const std::uint32_t runs = runs_in(jobs);
            const std::size_t model = watch.add([&jobs, &results, kernel] {
                for (const Job& job : jobs) kernel.run(job, results[0]);
            });
            const std::size_t floor = watch.add([&b, kernel, runs] { kernel.work_of(b.calls, std::uint64_t{b.quarters} * runs / static_cast<std::uint32_t>(kernel.width)); });
            measured.push_back({kernel, runs, model, floor});
        }
    struct Whole {
        std::string precision;
        unsigned threads;
        std::size_t thing;
    };
    std::vector<Whole> wholes;
    for (const char* const precision : {"double", "single"})
        for (const unsigned threads : cores > 1 ? std::vector{1u, cores} : std::vector{1u}) {
            const EnsembleOptions how{.precision = precision, .threads = threads};
            wholes.push_back({precision, threads, watch.add([&scenario, &folder, how] { whole_job(scenario, how, folder.path / "whole.h5"); })});
        }
    const std::size_t summarised = watch.add([&scenario] { run_ensemble(scenario, {.threads = 1}); });
    const Kernel widest = choose_kernel("double");
    const std::size_t draws = watch.add(
        [&b, &options, widest] { widest.work_of({.draws = b.calls.draws}, std::uint64_t{b.quarters} * options.runs / static_cast<std::uint32_t>(widest.width)); });
    const std::uint32_t ordinary_runs = std::max(16u, options.runs / 8);
    const std::size_t ordinary = watch.add([&] { run_ordinary(ordinary_runs, b.quarters, scenario.counts); });
    const std::string command = fmt::format("'{}' run '{}' --runs 1 --force --out '{}' >/dev/null 2>&1", program, scenario_path, (folder.path / "one.h5").string());
    const std::size_t one = watch.add([&command] {
        if (std::system(command.c_str()) != 0) throw std::runtime_error(fmt::format("cannot run {}", command));
    });
    watch.measure(options.rounds, progress);

    const auto speed = [&](std::uint32_t runs, std::size_t thing) { return runs / watch.seconds(thing); };
    for (const Measured& m : measured) {
        const auto one_lane = std::find_if(measured.begin(), measured.end(),
                                           [&](const Measured& o) { return o.kernel.width == 1 && std::string_view(o.kernel.precision) == m.kernel.precision; });
        const double futures = speed(m.runs, m.model);
        b.kernels.push_back({m.kernel.precision, m.kernel.isa, m.kernel.width, futures, 1e9 / futures / b.quarters / b.agents, watch.seconds(m.model) / watch.seconds(m.floor),
                             futures / speed(one_lane->runs, one_lane->model)});
    }
    for (const Whole& w : wholes) {
        const auto alone = std::find_if(wholes.begin(), wholes.end(), [&](const Whole& o) { return o.precision == w.precision && o.threads == 1; });
        b.jobs.push_back({w.precision, w.threads, speed(options.runs, w.thing), watch.seconds(alone->thing) / watch.seconds(w.thing)});
    }
    const auto of_widest = std::find_if(measured.begin(), measured.end(),
                                        [&](const Measured& m) { return std::string_view(m.kernel.isa) == widest.isa && m.kernel.precision == std::string_view("double"); });
    b.summaries_add = watch.seconds(summarised) / watch.seconds(of_widest->model) - 1;
    b.file_adds = (watch.seconds(wholes[0].thing) - watch.seconds(summarised)) / watch.seconds(of_widest->model);
    b.random_share = watch.seconds(draws) / watch.seconds(of_widest->model);
    b.ordinary_ns = watch.seconds(ordinary) * 1e9 / ordinary_runs / b.quarters / (scenario.counts.firms + scenario.counts.banks);
    b.one_future_s = watch.seconds(one);

    // What each mechanism takes, in the machine's ticks; recording is in it.
    const Description& d = describe();
    std::vector<std::uint64_t> best, ticks(d.mechanisms.size() + 2);
    for (unsigned round = 0; round < options.rounds; ++round) {
        std::fill(ticks.begin(), ticks.end(), 0);
        for (Job job : blocks) {
            job.kept = all_variables();
            job.ticks = ticks.data();
            widest.run(job, results[0]);
        }
        if (best.empty() || std::accumulate(ticks.begin(), ticks.end(), std::uint64_t{0}) < std::accumulate(best.begin(), best.end(), std::uint64_t{0})) best = ticks;
    }
    const auto all = static_cast<double>(std::accumulate(best.begin(), best.end(), std::uint64_t{0}));
    for (std::size_t i = 0; i < best.size(); ++i)
        b.parts.push_back({i < d.mechanisms.size()    ? std::string(d.mechanisms[i].name)
                           : i == d.mechanisms.size() ? "(stepper)"
                                                      : "(recording)",
                           static_cast<double>(best[i]) / all});
    double firms_and_banks = 0;
    for (const char* const name : {"chinese_firms", "chinese_banks"}) firms_and_banks += b.parts[d.mechanism(name)].share;
    const double recording = b.parts.back().share;
    b.lanes_ns = firms_and_banks / (1 - recording) * watch.seconds(of_widest->model) * 1e9 / options.runs / b.quarters / (scenario.counts.firms + scenario.counts.banks);
    std::stable_sort(b.parts.begin(), b.parts.end(), [](const Benchmark::Part& x, const Benchmark::Part& y) { return x.share > y.share; });
    return b;
}

} // namespace entente
