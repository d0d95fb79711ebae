// Plain jobs for the kernel from scenario files, and words for the first place in which two runs differ.
#pragma once
#include "core/quarter.hpp"
#include "ensemble/ensemble.hpp"
#include "scenarios.hpp"
#include <algorithm>
#include <bit>
#include <cstdlib>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <memory>
#include <stdexcept>

namespace entente {

/// What the environment variable ENTENTE_TEST_SCALE says, 1 without it. Of tests that hold in every run a tenth of the runs still finds faults of memory and of threads, but
/// fewer that are rare: so it is said. Tests of probabilities and directions do not take it, since their power and bounds belong to a number of runs.
inline double test_scale()
{
    static const double scale = [] {
        const char* const text = std::getenv("ENTENTE_TEST_SCALE");
        if (text == nullptr) return 1.0;
        char* end = nullptr;
        const double x = std::strtod(text, &end);
        if (end == text || *end != '\0' || !(x > 0)) throw std::invalid_argument(fmt::format("ENTENTE_TEST_SCALE: a number above 0, got '{}'", text));
        if (x != 1) fmt::print("ENTENTE_TEST_SCALE: this test takes {} of its runs, and sees less\n", x);
        return x;
    }();
    return scale;
}
/// A number of runs: `runs` times the scale, at least `least`.
inline std::uint32_t scaled(std::uint32_t runs, std::uint32_t least = 16) { return std::max(least, static_cast<std::uint32_t>(runs * test_scale())); }

/// A job with the point that its runs follow.
struct Block {
    std::unique_ptr<Point> point;
    Job job;
};
/// Runs first .. first + runs - 1 of a scenario, every variable kept.
inline Block block(const Scenario& s, std::uint32_t runs, std::uint32_t quarters, std::uint32_t first = 0)
{
    Block b{std::make_unique<Point>(s.point()), {}};
    b.job = block_job(s, *b.point, first, runs, {});
    b.job.quarters = std::min(quarters, b.job.quarters);
    return b;
}
inline std::size_t variable(std::string_view name) { return Description::find(describe().variables, name); }

/// One run of a finished block.
struct OneRun {
    const Job& job;
    const BlockResult& result;
    std::size_t number;

    std::size_t quarters() const { return job.quarters; }
    float value(std::size_t quarter, std::size_t v) const { return result.value(quarter, v, number); }
    std::uint8_t outcome(std::size_t quarter) const { return result.outcome[quarter * job.runs() + number]; }
    std::int16_t first_event(std::size_t event) const { return result.first_event[event * job.runs() + number]; }
};

/// "" if the two runs have the same bits in every quarter that both have, or the first place in which they differ.
inline std::string difference(const OneRun& a, const OneRun& b)
{
    const Description& d = describe();
    for (std::size_t q = 0; q < std::min(a.quarters(), b.quarters()); ++q) {
        for (std::size_t v = 0; v < d.variables.size(); ++v)
            if (std::bit_cast<std::uint32_t>(a.value(q, v)) != std::bit_cast<std::uint32_t>(b.value(q, v)))
                return fmt::format("{} of {}: {} and {}", d.variables[v].name, quarter_name(static_cast<int>(q)), a.value(q, v), b.value(q, v));
        if (a.outcome(q) != b.outcome(q)) return fmt::format("outcome of {}: {} and {}", quarter_name(static_cast<int>(q)), a.outcome(q), b.outcome(q));
    }
    if (a.quarters() == b.quarters())
        for (std::size_t e = 0; e < d.events.size(); ++e)
            if (a.first_event(e) != b.first_event(e)) return fmt::format("first {}: {} and {}", d.events[e].name, a.first_event(e), b.first_event(e));
    return "";
}
/// The same for whole blocks, agents included.
inline std::string difference(const Job& job, const BlockResult& a, const BlockResult& b)
{
    for (std::size_t r = 0; r < job.runs(); ++r)
        if (const std::string text = difference(OneRun{job, a, r}, OneRun{job, b, r}); !text.empty()) return fmt::format("run {}: {}", r, text);
    for (std::size_t i = 0; i < a.agents.size(); ++i)
        if (std::bit_cast<std::uint32_t>(a.agents[i]) != std::bit_cast<std::uint32_t>(b.agents[i])) return fmt::format("agents' cell {}: {} and {}", i, a.agents[i], b.agents[i]);
    if (a.fingerprint != b.fingerprint) return "bits that trajectories do not show";
    return a.failed_quarter == b.failed_quarter && a.failed_variable == b.failed_variable && a.agents.size() == b.agents.size() ? "" : "failures or sizes";
}

} // namespace entente
