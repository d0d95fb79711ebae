// A small result made by hand: numbers that follow from run, quarter and row, so that a test can say what must stand where.
#pragma once
#include "core/quarter.hpp"
#include "core/temporary_folder.hpp"
#include "ensemble/reported.hpp"
#include "store/store.hpp"
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>

namespace entente::sample {

/// Parameters with a prior are drawn, the others constant; one agent of a kind.
inline Scenario scenario(std::uint32_t runs)
{
    Scenario s;
    s.name = "sample", s.title = "A sample", s.runs = runs, s.counts = {2, 1, 1};
    for (const Row& row : describe().parameters) {
        Distribution d;
        d.a = row.standard;
        if (row.mark != Mark::fixed) d.shape = Shape::uniform, d.a = row.low, d.b = row.high;
        s.parameters.push_back({d, {}});
    }
    return s;
}

inline Provenance provenance(const Scenario& s)
{
    Provenance p;
    p.scenario_name = s.name, p.scenario_title = s.title;
    p.scenario_text = "# file: sample.toml\ntitle = \"Пример 例\"\n" + std::string(100000, '#');
    p.scenario_resolved = "title = \"A sample\"\n", p.engine_version = "0.0.0", p.precision = "double", p.keep = "agents";
    p.created_at = "2025-01-01T00:00:00Z", p.command_line = "entente run sample", p.seed = 0xfedcba9876543210, p.runs = s.runs, p.threads = 3;
    return p;
}

struct Block {
    Job job;
    BlockResult result;
};

inline Block block(const Scenario& s, std::uint32_t first, std::uint32_t runs, Keep keep)
{
    const Description& d = describe();
    const std::size_t quarters = static_cast<std::size_t>(s.horizon + 1);
    Block b;
    for (std::uint32_t run = 0; run < runs; ++run) b.job.replicates.push_back(first + run);
    for (std::size_t i = 0; i < d.parameters.size(); ++i)
        for (std::uint32_t run = first; run < first + runs; ++run)
            b.job.parameters.push_back(s.parameters[i].distribution.shape == Shape::value ? static_cast<float>(s.parameters[i].distribution.a)
                                                                                          : static_cast<float>(0.001 * (run * 7919 % 1000) + static_cast<double>(i)));
    for (std::size_t i = 0; i < d.structures.size(); ++i)
        for (std::uint32_t run = first; run < first + runs; ++run) b.job.structures.push_back(static_cast<float>((run + i) % 2));
    for (std::size_t q = 0; q < quarters; ++q)
        for (std::uint32_t run = first; run < first + runs; ++run) b.result.outcome.push_back(static_cast<std::uint8_t>((q + run) % 5 + 8 * (run % 3)));
    for (std::size_t e = 0; e < d.events.size(); ++e)
        for (std::uint32_t run = first; run < first + runs; ++run)
            b.result.first_event.push_back(run % 4 == 0 ? std::int16_t{-1}
                                                        : static_cast<std::int16_t>(s.start + static_cast<int>((run + e) % (quarters - static_cast<std::size_t>(s.start)))));
    for (std::uint32_t run = first; run < first + runs; ++run) {
        b.result.failed_quarter.push_back(run == 5 ? 60 : -1);
        b.result.failed_variable.push_back(run == 5 ? 1 : -1);
        b.result.failed_value.push_back(run == 5 ? 7.5f : 0.0f);
    }
    std::size_t cells = 0;
    for (const std::uint32_t agents : agents_per_column(s.counts)) cells += agents;
    const auto value = [](std::size_t q, std::size_t row, std::uint32_t run) { return static_cast<float>(run + 0.001 * static_cast<double>(q) + 1000.0 * static_cast<double>(row)); };
    b.result.quarters = quarters, b.result.kept = all_variables();
    if (keep >= Keep::trajectories) b.result.trajectory.resize(b.result.place(0, 0, (runs + tile_runs - 1) / tile_runs * tile_runs));
    for (std::size_t q = 0; q < quarters; ++q) {
        for (std::size_t v = 0; keep >= Keep::trajectories && v < d.variables.size(); ++v)
            for (std::uint32_t run = 0; run < runs; ++run) b.result.trajectory[b.result.place(q, v, run)] = value(q, v, first + run);
        for (std::size_t c = 0; keep >= Keep::agents && c < cells; ++c)
            for (std::uint32_t run = first; run < first + runs; ++run) b.result.agents.push_back(-value(q, c, run));
    }
    for (std::size_t date = 0; date < report_dates(s.horizon).size(); ++date)
        for (std::size_t v = 0; v < reported_variables().size(); ++v)
            for (std::uint32_t run = first; run < first + runs; ++run)
                b.result.reported.push_back(0.001f * static_cast<float>(v) + static_cast<float>(date) + static_cast<float>(run) / 1024);
    return b;
}

inline Summary summary(const Scenario& s, std::uint32_t runs)
{
    const Description& d = describe();
    const std::size_t quarters = static_cast<std::size_t>(s.horizon + 1), values = d.variables.size() * quarters;
    Summary m;
    m.runs = runs, m.quarters = static_cast<std::uint32_t>(quarters), m.start = static_cast<std::uint32_t>(s.start);
    m.failed = runs > 5 ? 1 : 0;
    m.code_count.resize(quarters * 32), m.event_count.resize(d.events.size() * quarters);
    for (std::size_t q = 0; q < quarters; ++q)
        for (std::uint32_t run = 0; run < runs; ++run)
            if (run != 5) ++m.code_count[q * 32 + (q + run) % 5 + 8 * (run % 3)];
    for (std::size_t i = 0; i < m.event_count.size(); ++i) m.event_count[i] = i % 50 == i / quarters ? runs / 4 : 0;
    for (std::size_t i = 0; i < values; ++i) {
        const double x = static_cast<double>(i);
        m.mean.push_back(x / 3), m.sd.push_back(x / 7), m.least.push_back(-x), m.most.push_back(x);
    }
    for (std::size_t i = 0; i < quantile_count * values; ++i) m.quantile.push_back(static_cast<float>(i) / 3);
    if (m.failed > 0) m.failures = {{5, 60, 1, 7.5f}};
    m.by_parameters = 1.0 / 3, m.by_structures = 1.0 / 7, m.variance = 0.01, m.attribution_quarter = 124, m.attribution_used = runs;
    return m;
}

/// Writes the blocks in this order of their first runs (all in order if empty) and finishes.
inline void write(const std::string& path, const Scenario& s, Keep keep, std::vector<std::uint32_t> order = {}, bool all = true)
{
    if (all)
        for (std::uint32_t first = 0; first < s.runs; first += block_runs)
            if (std::ranges::find(order, first) == order.end()) order.push_back(first);
    ResultWriter writer(path, s, provenance(s), keep);
    for (const std::uint32_t first : order) {
        const Block b = block(s, first, std::min(block_runs, s.runs - first), keep);
        writer.block({first, b.job, b.result});
    }
    writer.finish(summary(s, s.runs), 1.25, all);
}

} // namespace entente::sample
