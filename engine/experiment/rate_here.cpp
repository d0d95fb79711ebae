#include "rate_here.hpp"
#include "../calibrate/model_simulator.hpp"
#include "../calibrate/uniforms.hpp"
#include "../core/temporary_folder.hpp"
#include "carry_out.hpp"
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <limits>
#include <numeric>
#include <sys/resource.h>
#include <thread>

namespace entente {
namespace {

using Clock = std::chrono::steady_clock;
double since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

rusage used()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage;
}
double memory_so_far_mb() { return static_cast<double>(used().ru_maxrss) / 1024; } // Linux says kilobytes
/// Of all threads together.
double processor_s()
{
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
    const rusage usage = used();
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Counts runs from the moment at which every thread has made a piece, so that what is begun and what is finished in between are as many.
class Counted {
public:
    Counted(unsigned threads, double seconds) : threads_(threads), seconds_(seconds) {}
    /// By one thread at a time, after each piece, with all runs so far. Whether it is enough.
    bool piece(std::uint64_t runs)
    {
        if (enough_) return true;
        if (++pieces_ == threads_) first_ = runs, begin_ = processor_s();
        if (pieces_ > threads_) rate_ = static_cast<double>(runs - first_) / std::max(processor_s() - begin_, 1e-6);
        enough_ = since(start_) >= seconds_ && pieces_ >= 3 * threads_;
        return enough_;
    }
    double runs_per_s_core() const { return rate_; }
    double seconds() const { return since(start_); }

private:
    unsigned threads_;
    double seconds_;
    Clock::time_point start_ = Clock::now();
    std::uint64_t pieces_ = 0, first_ = 0;
    double begin_ = 0, rate_ = 0;
    bool enough_ = false;
};

double bytes_in(const std::filesystem::path& folder)
{
    double bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
    return bytes;
}
double size_of(const std::filesystem::path& file)
{
    std::error_code none;
    const std::uintmax_t size = std::filesystem::file_size(file, none);
    return none ? 0 : static_cast<double>(size);
}

RateHere told(const Counted& counted, unsigned threads)
{
    if (!(counted.runs_per_s_core() > 0)) throw std::runtime_error("it has too few runs to measure how fast they are made");
    return {.runs_per_s_core = counted.runs_per_s_core(), .threads = threads, .seconds = counted.seconds(), .memory_mb = memory_so_far_mb()};
}

} // namespace

std::uint32_t endless_replicates(const Experiment& e)
{
    const std::uint64_t rows = std::max<std::uint64_t>(1, std::uint64_t{e.plan.points} * e.plan.policies.size());
    constexpr std::uint64_t most = 1u << 26;
    return static_cast<std::uint32_t>(std::max<std::uint64_t>(e.plan.replicates, most / rows));
}

RateHere rate_here(Experiment e, double seconds)
{
    e.stops.clear();
    const unsigned threads = thread_count(e.options, piece_count(e.plan));
    const TemporaryFolder folder;
    const Place place{.out = folder / "rate.h5", .shard = 1, .shards = 2}; // a shard is left as parts: nothing is put together
    Counted counted(threads, seconds);
    std::atomic<bool> enough = false;
    const Done done = carry_out(e, place,
                                {.progress =
                                     [&](Progress p) {
                                         if (counted.piece(p.done)) enough = true;
                                     }},
                                &enough);
    RateHere here = told(counted, threads);
    const double once = size_of(done.path + "/state") + size_of(done.path + "/experiment");
    here.bytes_a_shard = once, here.bytes_a_run = (bytes_in(done.path) - once) / static_cast<double>(std::max<std::uint64_t>(done.runs, 1));
    return here;
}

RateHere rate_here(const Calibration& calibration, const EnsembleOptions& options, double seconds)
{
    const Simulator simulator = model_simulator(calibration, Which::fitted, options);
    const unsigned threads = thread_count(options, std::numeric_limits<std::uint32_t>::max());
    const std::size_t d = simulator.parameters.size(), k = simulator.summaries.size();
    Counted counted(threads, seconds);
    std::atomic<std::uint32_t> next = 0;
    std::atomic<bool> enough = false;
    std::uint64_t runs = 0;
    std::mutex one;
    std::exception_ptr failure;
    const auto work = [&] {
        try {
            std::vector<std::uint32_t> replicates(block_runs);
            std::vector<double> deviates(block_runs * d), summaries(block_runs * k);
            while (!enough) {
                std::iota(replicates.begin(), replicates.end(), next.fetch_add(block_runs));
                for (std::size_t row = 0; row < block_runs; ++row)
                    for (std::size_t j = 0; j < d; ++j) deviates[row * d + j] = normals_at(calibration.scenario.seed, simulator.parameters[j].name, replicates[row])[0];
                const std::vector<double> parameters = values_at(simulator.parameters, deviates);
                simulator.run({calibration.scenario.seed, replicates, parameters, summaries});
                const std::scoped_lock lock(one);
                if (counted.piece(runs += block_runs)) enough = true;
            }
        } catch (...) {
            const std::scoped_lock lock(one);
            failure = std::current_exception();
            enough = true;
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned t = 1; t < threads; ++t) others.emplace_back(work);
        work();
    }
    if (failure) std::rethrow_exception(failure);
    return told(counted, threads);
}

} // namespace entente
