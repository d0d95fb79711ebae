// The stepper: one block of runs, W at a time, quarter by quarter. Compiled once per instruction set and precision.
#include "../core/floor.hpp"
#include "../core/sums.hpp"
#include "imposed.hpp"
#include "probe.hpp"
#include <cstring>
#include <utility>

namespace entente {
inline namespace ENTENTE_KERNEL {
namespace {

void keep_lanes(float* to, Lanes x)
{
    const auto rounded = converted<FloatVector>(x.v);
    std::memcpy(to, &rounded, sizeof rounded);
}
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
struct Ranges {
    Range owned[owned_variables], derived[derived_variables];
};
Ranges ranges()
{
    static constexpr Model::Variables<Row> owned{};
    static constexpr Quantities<Row> derived{};
    const auto of = [](const Row& row) {
        const double slack = range_slack * (row.high - row.low);
        return Range{static_cast<Real>(row.low - slack), static_cast<Real>(row.high + slack)};
    };
    Ranges r;
    for (std::size_t v = 0; v < owned_variables; ++v) r.owned[v] = of(rows(owned)[v]);
    for (std::size_t v = 0; v < derived_variables; ++v) r.derived[v] = of(rows(derived)[v]);
    return r;
}

/// Where one of the variables is no number or far outside its range.
template <std::size_t n> Mask astray(const Lanes* x, const Range (&ranges)[n])
{
    Mask inside = Lanes(0) == Lanes(0);
    for (std::size_t v = 0; v < n; ++v) inside = inside & (x[v] >= ranges[v].low) & (x[v] <= ranges[v].high);
    return !inside;
}
/// Notes, for lanes that are not yet failed, the first variable that is astray; `before` variables stand before these.
template <std::size_t n> void note_failure(const Lanes* x, const Range (&ranges)[n], std::size_t before, std::size_t quarter, std::size_t first, std::size_t lanes, BlockResult& out)
{
    for (std::size_t lane = 0; lane < lanes; ++lane)
        for (std::size_t v = 0; out.failed_quarter[first + lane] < 0 && v < n; ++v) {
            const Real value = x[v].v[lane];
            if (value >= ranges[v].low && value <= ranges[v].high) continue;
            out.failed_quarter[first + lane] = static_cast<std::int16_t>(quarter);
            out.failed_variable[first + lane] = static_cast<std::int16_t>(before + v);
            out.failed_value[first + lane] = static_cast<float>(value);
        }
}

/// Adds the bits of all variables of one quarter, one kind after the other.
void add_fingerprint(const Lanes* x, std::size_t variables, std::size_t lanes, std::uint64_t* by_variable, std::uint64_t* by_run)
{
    for (std::size_t v = 0; v < variables; ++v)
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
    const auto load = [&](Lanes* to, std::size_t count, const float* from) {
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
    const Draws initial(job.seed, group.replicates, initial_quarter);
    for (const Entry& m : mechanisms) m.begin(group.now, group.agents, group.p, initial, job.counts);
    Derived::derive(group.now, group.p);
    group.next = group.now;
}

/// One quarter.
void step(const Job& job, std::size_t q, const Ranges& ranges, Group& group, float* kept, BlockResult& out)
{
    World &now = group.now, &next = group.next;
    const Parameters& p = group.p;
    std::uint64_t last = job.ticks ? ticks() : 0;
    const auto lap = [&](std::size_t part) {
        if (!job.ticks) return;
        const std::uint64_t time = ticks();
        job.ticks[part] += time - last;
        last = time;
    };
    const Draws draws(job.seed, group.replicates, static_cast<std::uint32_t>(q));
    now.quarter = static_cast<int>(q);
    impose_inputs(group.imposed, now);
    lap(mechanisms.size());
    for (std::size_t i = 0; i < mechanisms.size(); ++i) {
        const std::size_t m = job.order.empty() ? i : job.order[i];
        const bool muted = m < job.muted_mechanisms.size() && job.muted_mechanisms[m] && !(mechanisms[m].history_never_muted && q < job.start);
        if (muted) mechanisms[m].muted(now, next);
        else mechanisms[m].act(now, next, group.agents, p, draws);
        lap(m);
    }
    impose_variables(group.imposed, now, next);
    Derived::derive(next, p);

    const std::size_t runs = job.replicates.size(), first = group.first, n = group.n;
    const Lanes* const x = list(static_cast<const Variables&>(next));
    const Lanes* const y = list(static_cast<const Quantities<Lanes>&>(next));
    if (any(astray(x, ranges.owned) | astray(y, ranges.derived))) {
        note_failure(x, ranges.owned, 0, q, first, n, out);
        note_failure(y, ranges.derived, owned_variables, q, first, n, out);
    }
    const Lanes code = classify(next, p);
    for (std::size_t lane = 0; lane < n; ++lane) out.outcome[q * runs + first + lane] = static_cast<std::uint8_t>(code.v[lane]);
    if (q >= job.start) group.observer.see(now, next, p, code, static_cast<int>(q));
    lap(mechanisms.size());
    if (!job.kept.empty()) {
        float* to = kept + first % tile_runs;
        for (const std::uint32_t v : job.kept) keep_lanes(to, v < owned_variables ? x[v] : y[v - owned_variables]), to += tile_runs;
    }
    if (job.agents) {
        float* to = &out.agents[q * (out.agents.size() / job.quarters) + first];
        each_column(Model{}, group.agents, [&](const Column& column) {
            for (std::size_t a = 0; a < column.size(); ++a, to += runs) keep(to, column[a], n);
        });
    }
    if (job.fingerprint) {
        std::uint64_t *by_variable = &out.fingerprint[q * (owned_variables + derived_variables)], *by_run = &out.fingerprint[job.quarters * (owned_variables + derived_variables) + first];
        add_fingerprint(x, owned_variables, n, by_variable, by_run);
        add_fingerprint(y, derived_variables, n, by_variable + owned_variables, by_run);
    }
    lap(mechanisms.size() + 1);
    static_cast<Variables&>(now) = next;
    static_cast<Quantities<Lanes>&>(now) = next;
    lap(mechanisms.size());
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
    const bool large = out.trajectory.size() > 1 << 20; // more than the caches hold
    alignas(64) float kept[(owned_variables + derived_variables) * tile_runs];
    for (std::size_t tile = 0; tile < runs; tile += tile_runs) {
        std::size_t used = 0;
        for (std::size_t first = tile; first < runs && used < groups.size(); first += width) begin(job, first, groups[used++]);
        const double begun = job.run_limit_s > 0 ? seconds_now() : 0, limit = job.run_limit_s * static_cast<double>(used * width);
        for (std::size_t q = 0; q < job.quarters; ++q) {
            for (std::size_t g = 0; g < used; ++g) step(job, q, within, groups[g], kept, out);
            if (!job.kept.empty()) (large ? stream : copy)(&out.trajectory[out.place(q, 0, tile)], kept, job.kept.size() * tile_runs);
            if (job.run_limit_s <= 0 || q + 1 == job.quarters) continue;
            const double taken = seconds_now() - begun;
            if (taken <= limit) continue;
            for (std::size_t g = 0; g < used; ++g) give_up(groups[g], q, taken / static_cast<double>(used * width), out);
            break;
        }
        for (std::size_t g = 0; g < used; ++g)
            for (std::size_t e = 0; e < all_events; ++e) keep_quarters(&out.first_event[e * runs + groups[g].first], list(groups[g].observer.first)[e], groups[g].n);
    }
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
const Kernel kernel{TEXT(ENTENTE_ISA), single ? "single" : "double", width, run, probe_reads, sum_up, work_of, take_calls};

} // namespace ENTENTE_KERNEL
} // namespace entente
