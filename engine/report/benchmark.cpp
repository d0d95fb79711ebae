#include "benchmark.hpp"
#include <nlohmann/json.hpp>
#include "words.hpp"
#include <fmt/format.h>

namespace entente::report {

std::string text_of(const Benchmark& b)
{
    std::string out = fmt::format("\n{}\n{} futures of {} quarters with {} agents each, parameters drawn; the best of several measurements in turn\n\n", b.machine,
                                  with_commas(b.runs), b.quarters, b.agents);
    out += fmt::format("{:<34}{:>12}{:>16}{:>10}{:>12}\n", "The model alone, one core", "futures/s", "ns/agent-step", "x floor", "x one lane");
    for (const Benchmark::KernelSpeed& k : b.kernels)
        out += fmt::format("  {:<32}{:>12.0f}{:>16.2f}{:>10.2f}{:>12.2f}\n", fmt::format("{}, {} ({} lane{})", k.precision, k.isa, k.width, k.width == 1 ? "" : "s"),
                           k.futures_per_s, k.ns_per_agent_step, k.to_floor, k.to_one_lane);
    out += fmt::format("  floor: {} draws, {} exponentials, {} logarithms, {} normals a future and quarter, nothing else\n\n", b.calls.draws, b.calls.exps, b.calls.logs, b.calls.normals);
    out += fmt::format("{:<34}{:>12}{:>26}\n", "The whole job, summaries and file", "futures/s", "x one thread");
    for (const Benchmark::JobSpeed& j : b.jobs)
        out += fmt::format("  {:<32}{:>12.0f}{:>26.2f}\n", fmt::format("{}, {} thread{}", j.precision, j.threads, j.threads == 1 ? "" : "s"), j.futures_per_s, j.to_one_thread);
    out += fmt::format("  a future more, over the model alone: parameters and summaries {:+.1f} %, the file {:+.1f} %; the first, process included: {:.0f} ms\n",
                       100 * b.summaries_add, 100 * b.file_adds, 1000 * b.one_future_s);
    out += fmt::format("  a sweep's run besides its model: {:.2f} us\n\n", b.overhead_us);
    out += fmt::format("{:<34}{:>12}\n", "Share of the model's time, double", "%");
    for (const Benchmark::Part& p : b.parts)
        if (p.share >= 0.0005) out += fmt::format("  {:<32}{:>12.1f}\n", p.name, 100 * p.share);
    out += fmt::format("  random numbers, in the above     {:>12.1f}\n\n", 100 * b.random_share);
    out += fmt::format("Firms and banks, one object an agent, std::mt19937_64 and std::exp: {:.1f} ns/agent-step; here {:.2f}: {:.1f} times as fast\n", b.ordinary_ns, b.lanes_ns,
                       b.ordinary_ns / b.lanes_ns);
    return out;
}

nlohmann::ordered_json json_of(const Benchmark& b)
{
    nlohmann::ordered_json kernels, jobs, parts;
    for (const Benchmark::KernelSpeed& k : b.kernels)
        kernels.push_back(
            {{"precision", k.precision}, {"isa", k.isa}, {"lanes", k.width}, {"futures_per_s", k.futures_per_s}, {"ns_per_agent_step", k.ns_per_agent_step}, {"to_floor", k.to_floor}, {"to_one_lane", k.to_one_lane}});
    for (const Benchmark::JobSpeed& j : b.jobs)
        jobs.push_back({{"precision", j.precision}, {"threads", j.threads}, {"futures_per_s", j.futures_per_s}, {"to_one_thread", j.to_one_thread}});
    for (const Benchmark::Part& p : b.parts) parts.push_back({{"name", p.name}, {"share", p.share}});
    return {{"machine", b.machine},
            {"runs", b.runs},
            {"quarters", b.quarters},
            {"agents", b.agents},
            {"floor", {{"draws", b.calls.draws}, {"exps", b.calls.exps}, {"logs", b.calls.logs}, {"normals", b.calls.normals}}},
            {"model_alone", kernels},
            {"whole_job", jobs},
            {"summaries_add", b.summaries_add},
            {"file_adds", b.file_adds},
            {"one_future_s", b.one_future_s},
            {"overhead_us_per_run", b.overhead_us},
            {"parts", parts},
            {"random_share", b.random_share},
            {"firms_and_banks", {{"ordinary_ns_per_agent_step", b.ordinary_ns}, {"ns_per_agent_step", b.lanes_ns}}}};
}

} // namespace entente::report
