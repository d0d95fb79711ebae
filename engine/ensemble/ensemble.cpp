#define ENTENTE_KERNEL plain_numbers
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 2
#include "ensemble.hpp"
#include "../core/draws.hpp"
#include "accumulator.hpp"
#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

namespace entente {

/// The uniforms of a parameter or structure in consecutive replicates: addressed by its name.
static std::vector<double> uniforms_of(std::uint64_t seed, std::uint32_t first_run, std::uint32_t runs, std::uint32_t stream)
{
    std::vector<double> uniforms;
    for (std::uint32_t r = 0; r < runs; r += width) {
        std::uint32_t replicates[width];
        for (std::uint32_t lane = 0; lane < width; ++lane) replicates[lane] = first_run + r + lane;
        const Lanes u = Draws(seed, replicates, parameter_quarter, stream)().a;
        for (std::uint32_t lane = 0; lane < width && r + lane < runs; ++lane) uniforms.push_back(u.v[lane]);
    }
    return uniforms;
}

Job block_job(const Scenario& scenario, const Point& point, std::uint32_t first_run, std::uint32_t runs, const EnsembleOptions& options)
{
    const Description& d = describe();
    Job job{.seed = scenario.seed,
            .quarters = static_cast<std::uint32_t>(scenario.horizon + 1),
            .start = static_cast<std::uint32_t>(scenario.start),
            .counts = scenario.counts,
            .muted_mechanisms = scenario.muted_mechanisms,
            .muted_switches = scenario.muted_switches,
            .order = options.order,
            .points = std::vector<const Point*>(runs, &point),
            .trajectories = true,
            .agents = options.keep == Keep::agents};
    job.replicates.resize(runs);
    for (std::uint32_t r = 0; r < runs; ++r) job.replicates[r] = first_run + r;
    job.parameters.resize(d.parameters.size() * runs);
    for (std::size_t p = 0; p < d.parameters.size(); ++p) {
        const Distribution& distribution = scenario.parameters[p].distribution;
        const auto first = job.parameters.begin() + static_cast<std::ptrdiff_t>(p * runs);
        if (distribution.shape == Shape::value) std::fill_n(first, runs, quantile(distribution, 0.5));
        else quantiles(distribution, uniforms_of(scenario.seed, first_run, runs, hash_of(d.parameters[p].name)), {first, runs});
    }
    job.structures.resize(d.structures.size() * runs);
    for (std::size_t s = 0; s < d.structures.size(); ++s) {
        const std::vector<double>& weights = scenario.structures[s].weights;
        const std::vector<double> uniforms = uniforms_of(scenario.seed, first_run, runs, hash_of(d.structures[s].name));
        for (std::uint32_t r = 0; r < runs; ++r) {
            double u = uniforms[r];
            std::size_t choice = 0;
            while (choice + 1 < weights.size() && u >= weights[choice]) u -= weights[choice++];
            while (choice > 0 && weights[choice] == 0) --choice; // rounding past the last alternative with any weight
            job.structures[s * runs + r] = static_cast<float>(choice);
        }
    }
    return job;
}

Summary run_ensemble(const Scenario& scenario, const EnsembleOptions& options, const std::function<void(const FinishedBlock&)>& sink, const std::function<void(Progress)>& progress,
                     const std::atomic<bool>* stop)
{
    const Kernel kernel = choose_kernel(options.precision, options.isa);
    const Point point = scenario.point();
    Accumulator accumulator(kernel, static_cast<std::uint32_t>(scenario.horizon + 1), static_cast<std::uint32_t>(scenario.start), scenario.runs);
    const std::uint32_t blocks = (scenario.runs + block_runs - 1) / block_runs;
    std::atomic<std::uint32_t> next_block{0};
    std::mutex one_at_a_time;
    std::uint32_t done = 0;
    std::exception_ptr failure;

    const auto work = [&] {
        try {
            BlockResult result;
            while (true) {
                if (stop != nullptr && stop->load()) return;
                const std::uint32_t block = next_block.fetch_add(1);
                if (block >= blocks) return;
                const std::uint32_t first = block * block_runs, runs = std::min(block_runs, scenario.runs - first);
                const Job job = block_job(scenario, point, first, runs, options);
                kernel.run(job, result);
                accumulator.add(result, first, runs);
                const std::scoped_lock lock(one_at_a_time);
                if (failure) return;
                if (sink) sink({first, job, result});
                done += runs;
                if (progress) progress({done, scenario.runs});
            }
        } catch (...) {
            const std::scoped_lock lock(one_at_a_time);
            if (!failure) failure = std::current_exception();
            next_block = blocks;
        }
    };
    const unsigned wanted = options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    {
        std::vector<std::jthread> threads;
        for (unsigned t = 1; t < std::min<unsigned>(wanted, blocks); ++t) threads.emplace_back(work);
        work();
    }
    if (failure) std::rethrow_exception(failure);
    return accumulator.summary();
}

} // namespace entente
