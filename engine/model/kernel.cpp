// The stepper: one block of runs, W at a time, quarter by quarter. Compiled once per instruction set and precision.
#include "../core/floor.hpp"
#include "../core/sums.hpp"
#include "imposed.hpp"
#include <array>
#include <cstring>
#include <span>
#include <utility>

namespace entente {
inline namespace ENTENTE_KERNEL {
namespace {

void keep(float* to, Lanes x, std::size_t n)
{
    for (std::size_t lane = 0; lane < n; ++lane) to[lane] = static_cast<float>(x[lane]);
}
void keep_quarters(std::int16_t* to, Lanes x, std::size_t n)
{
    for (std::size_t lane = 0; lane < n; ++lane) to[lane] = static_cast<std::int16_t>(x.v[lane]);
}

/// The least and greatest value that a variable may have before its run counts as failed.
struct Range {
    Real low, high;
};
using Ranges = std::array<Range, owned_variables + derived_variables>;
Ranges ranges()
{
    static constexpr Model::Variables<Row> owned{};
    static constexpr Quantities<Row> derived{};
    Ranges r;
    for (std::size_t v = 0; v < r.size(); ++v) {
        const Row& row = v < owned_variables ? rows(owned)[v] : rows(derived)[v - owned_variables];
        const double slack = range_slack * (row.high - row.low);
        r[v] = {static_cast<Real>(row.low - slack), static_cast<Real>(row.high + slack)};
    }
    return r;
}

/// Where one of the variables is no number or far outside its range.
Mask astray(const Lanes* x, const Ranges& ranges)
{
    Mask inside = Lanes(0) == Lanes(0);
    for (std::size_t v = 0; v < ranges.size(); ++v) inside = inside & (x[v] >= ranges[v].low) & (x[v] <= ranges[v].high);
    return !inside;
}
/// Notes, for lanes that are not yet failed, the first variable that is astray.
void note_failure(const Lanes* x, const Ranges& ranges, std::size_t quarter, std::size_t first, std::size_t lanes, BlockResult& out)
{
    for (std::size_t lane = 0; lane < lanes; ++lane)
        for (std::size_t v = 0; out.failed_quarter[first + lane] < 0 && v < ranges.size(); ++v) {
            const Real value = x[v].v[lane];
            if (value >= ranges[v].low && value <= ranges[v].high) continue;
            out.failed_quarter[first + lane] = static_cast<std::int16_t>(quarter);
            out.failed_variable[first + lane] = static_cast<std::int16_t>(v);
            out.failed_value[first + lane] = static_cast<float>(value);
        }
}

/// Adds the bits of all variables of one quarter.
void add_fingerprint(const Lanes* x, std::size_t lanes, std::uint64_t* by_variable, std::uint64_t* by_run)
{
    for (std::size_t v = 0; v < owned_variables + derived_variables; ++v)
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            std::uint64_t bits = 0;
            const Real value = x[v].v[lane];
            std::memcpy(&bits, &value, sizeof value);
            by_variable[v] += bits;
            by_run[lane] = (by_run[lane] ^ bits) * 0x100000001b3;
        }
}

/// `width` runs of a block: where they are in time.
struct Group {
    std::size_t first, n; ///< in the block; the lanes beyond n repeat the last run
    std::uint32_t replicates[width];
    Draws draws; ///< of the quarter
    Parameters p;
    World now, next;
    Model::Agents agents;
    Observer observer;
    std::vector<Imposed> imposed;
};

void begin(const Job& job, std::size_t first, Group& group)
{
    const std::size_t runs = job.replicates.size(), n = runs - first < std::size_t{width} ? runs - first : std::size_t{width};
    const auto run_of = [=](std::size_t lane) { return first + (lane < n ? lane : n - 1); };
    const auto load = [&](Lanes* to, std::size_t count, const auto* from) {
        for (std::size_t row = 0; row < count; ++row)
            for (std::size_t lane = 0; lane < std::size_t{width}; ++lane) to[row].v[lane] = static_cast<Real>(from[row * runs + run_of(lane)]);
    };
    group.first = first, group.n = n;
    group.now = World{};
    group.observer = Observer{};
    for (std::size_t lane = 0; lane < std::size_t{width}; ++lane) group.replicates[lane] = job.replicates[run_of(lane)];
    load(list(group.p), all_parameters, &job.parameters[0]);
    load(list(static_cast<Structures<Lanes>&>(group.now)), all_structures, &job.structures[0]);
    for (std::size_t s = 0; s < all_switches && s < job.muted_switches.size(); ++s)
        if (job.muted_switches[s]) list(static_cast<Switches<Lanes>&>(group.now))[s] = 0;
    gather(job, first, n, group.imposed);
    group.now.start = static_cast<int>(job.start);
    group.draws = Draws(job.seed, group.replicates, initial_quarter);
    for (const Entry& m : mechanisms) m.begin(group.now, group.agents, group.p, group.draws, job.counts);
    Derived::derive(group.now, group.p);
    group.next = group.now;
}

/// Where the time of a quarter goes, if the job asks: `lap` adds what has passed since the last one to a part.
class Laps {
public:
    explicit Laps(std::uint64_t* parts) : parts_(parts), last_(parts ? ticks() : 0) {}
    void lap(std::size_t part)
    {
        if (!parts_) return;
        const std::uint64_t time = ticks();
        parts_[part] += time - last_;
        last_ = time;
    }

private:
    std::uint64_t *parts_, last_;
};
constexpr std::size_t stepper = mechanisms.size(), recording = stepper + 1; ///< parts besides the mechanisms

/// What is read of the world before any mechanism acts.
void open_quarter(const Job& job, std::size_t q, Group& group)
{
    group.now.quarter = static_cast<int>(q);
    group.draws = Draws(job.seed, group.replicates, static_cast<std::uint32_t>(q));
    impose_inputs(group.imposed, group.observer.first, group.now);
}

/// What follows when all mechanisms have acted: the new world is completed, watched, kept, and becomes the present.
void close_quarter(const Job& job, std::size_t q, const Ranges& ranges, Group& group, float* kept, BlockResult& out, Laps& laps)
{
    World &now = group.now, &next = group.next;
    const Parameters& p = group.p;
    impose_variables(group.imposed, now, next);
    Derived::derive(next, p);

    const std::size_t runs = job.replicates.size(), first = group.first, n = group.n;
    const Lanes* const x = all_of(next);
    if (any(astray(x, ranges))) note_failure(x, ranges, q, first, n, out);
    const Lanes code = classify(next, p);
    for (std::size_t lane = 0; lane < n; ++lane) out.outcome[q * runs + first + lane] = static_cast<std::uint8_t>(code.v[lane]);
    if (q >= job.start) group.observer.see(now, next, p, code, static_cast<int>(q));
    laps.lap(stepper);
    if (!job.kept.empty()) {
        float* to = kept + first % tile_runs;
        for (const std::uint32_t v : job.kept) store(to, converted<FloatVector>(x[v].v)), to += tile_runs;
    }
    if (job.agents) {
        float* to = &out.agents[q * (out.agents.size() / job.quarters) + first];
        each_column(Model{}, group.agents, [&](const Column& column) {
            for (std::size_t a = 0; a < column.size(); ++a, to += runs) keep(to, column[a], n);
        });
    }
    if (job.fingerprint) {
        const std::size_t variables = owned_variables + derived_variables;
        add_fingerprint(x, n, &out.fingerprint[q * variables], &out.fingerprint[job.quarters * variables + first]);
    }
    laps.lap(recording);
    static_cast<Variables&>(now) = next;
    static_cast<Quantities<Lanes>&>(now) = next;
    laps.lap(stepper);
}

/// One quarter of all groups. Each mechanism acts in all of them before the next one does, so that its instructions are fetched once.
void step(const Job& job, std::size_t q, const Ranges& ranges, std::span<Group> groups, float* kept, BlockResult& out)
{
    Laps laps(job.ticks);
    for (Group& group : groups) open_quarter(job, q, group);
    laps.lap(stepper);
    for (std::size_t i = 0; i < mechanisms.size(); ++i) {
        const std::size_t m = job.order.empty() ? i : job.order[i];
        const bool muted = m < job.muted_mechanisms.size() && job.muted_mechanisms[m] && !(mechanisms[m].history_never_muted && q < job.start);
        for (Group& group : groups) {
            if (muted) mechanisms[m].muted(group.now, group.next);
            else mechanisms[m].act(group.now, group.next, group.agents, group.p, group.draws);
        }
        laps.lap(m);
    }
    for (Group& group : groups) close_quarter(job, q, ranges, group, kept, out, laps);
}

/// Notes runs that took too long. What they would have come to later is not known.
void give_up(const Group& group, std::size_t quarter, double seconds, BlockResult& out)
{
    for (std::size_t run = group.first; run < group.first + group.n; ++run)
        if (out.failed_quarter[run] < 0) out.failed_quarter[run] = static_cast<std::int16_t>(quarter), out.failed_value[run] = static_cast<float>(seconds);
}

void run(const Job& job, BlockResult& out)
{
    const std::size_t runs = job.replicates.size();
    static_assert(tile_runs % width == 0);
    std::vector<Group> groups(tile_runs / width);
    const Ranges within = ranges();
    alignas(64) float kept[(owned_variables + derived_variables) * tile_runs];
    for (std::size_t tile = 0; tile < runs; tile += tile_runs) {
        std::size_t used = 0;
        for (std::size_t first = tile; first < runs && used < groups.size(); first += width) begin(job, first, groups[used++]);
        const double begun = job.run_limit_s > 0 ? seconds_now() : 0, limit = job.run_limit_s * static_cast<double>(used * width);
        for (std::size_t q = 0; q < job.quarters; ++q) {
            step(job, q, within, {groups.data(), used}, kept, out);
            if (!job.kept.empty()) stream(&out.trajectory[out.place(q, 0, tile)], kept, job.kept.size() * tile_runs);
            if (job.run_limit_s <= 0 || q + 1 == job.quarters) continue;
            const double taken = seconds_now() - begun;
            if (taken <= limit) continue;
            for (std::size_t g = 0; g < used; ++g) give_up(groups[g], q, taken / static_cast<double>(used * width), out);
            break;
        }
        for (std::size_t g = 0; g < used; ++g)
            for (std::size_t e = 0; e < all_events; ++e) keep_quarters(&out.first_event[e * runs + groups[g].first], list(groups[g].observer.first)[e], groups[g].n);
    }
    all_streamed();
}

Calls take_calls()
{
    if constexpr (counting) return std::exchange(calls_so_far, {});
    else return {};
}

} // namespace

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)
extern const Kernel kernel;
const Kernel kernel{TEXT(ENTENTE_ISA), single ? "single" : "double", width, run, sum_up, work_of, take_calls};

} // namespace ENTENTE_KERNEL
} // namespace entente
