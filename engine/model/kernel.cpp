// The stepper: one block of runs, W at a time, quarter by quarter. Compiled once per instruction set and precision.
#include "kernel.hpp"
#include "../core/floor.hpp"
#include "catalogue.hpp"
#include "sums.hpp"
#include <cstring>
#include <utility>

namespace entente {
inline namespace ENTENTE_KERNEL {
namespace {

using Parameters = Model::Parameters<Lanes>;
using Variables = Model::Variables<Lanes>;
constexpr std::size_t owned_variables = sizeof(Variables) / sizeof(Lanes), derived_variables = sizeof(Quantities<Lanes>) / sizeof(Lanes);
constexpr std::size_t all_parameters = sizeof(Parameters) / sizeof(Lanes), all_structures = sizeof(Structures<Lanes>) / sizeof(Lanes);
constexpr std::size_t all_switches = sizeof(Switches<Lanes>) / sizeof(Lanes), all_events = sizeof(Events<Lanes>) / sizeof(Lanes);
static_assert(all_parameters * sizeof(Row) == sizeof(Model::Parameters<Row>) && owned_variables * sizeof(Row) == sizeof(Model::Variables<Row>));

/// A struct of lanes seen as a list; a struct of rows likewise.
template <class S> Lanes* list(S& s) { return reinterpret_cast<Lanes*>(&s); }
template <class S> const Lanes* list(const S& s) { return reinterpret_cast<const Lanes*>(&s); }
template <class S> const Row* rows(const S& s) { return reinterpret_cast<const Row*>(&s); }

/// What the stepper knows of a page.
struct Entry {
    std::uint32_t stream, blocks;
    bool history_never_muted;
    void (*begin)(World&, Model::Agents&, const Parameters&, const Draws&, const Counts&);
    void (*act)(const World&, Variables&, Model::Agents&, const Parameters&, const Draws&);
    void (*muted)(const World&, Variables&);
    std::size_t first_variable, variables, first_column, columns;
};

template <class P> constexpr Entry entry()
{
    using Shared = typename P::template Shared<Lanes>;
    using Own = typename P::template Agents<Column>;
    return {stream_of(P::name),
            P::blocks,
            P::history_never_muted,
            [](World& world, Model::Agents& agents, const Parameters& p, const Draws& draws, const Counts& counts) {
                if constexpr (requires { P::begin(static_cast<Shared&>(world), static_cast<Own&>(agents), p, draws, counts); })
                    P::begin(static_cast<Shared&>(world), static_cast<Own&>(agents), p, draws.of(stream_of(P::name), P::blocks), counts);
            },
            [](const World& now, Variables& next, Model::Agents& agents, const Parameters& p, const Draws& draws) {
                if constexpr (requires { P::act(now, static_cast<Shared&>(next), static_cast<Own&>(agents), p, draws); })
                    P::act(now, static_cast<Shared&>(next), static_cast<Own&>(agents), p, draws.of(stream_of(P::name), P::blocks));
            },
            [](const World& now, Variables& next) {
                if constexpr (requires { P::muted(now, static_cast<Shared&>(next)); }) P::muted(now, static_cast<Shared&>(next));
                else if constexpr (count_rows<P::template Shared, Row> > 0) {
                    const typename P::template Shared<Row> table{};
                    Lanes* const own = list(static_cast<Shared&>(next));
                    for (std::size_t v = 0; v < count_rows<P::template Shared, Row>; ++v)
                        if (rows(table)[v].event) own[v] = 0;
                }
            },
            0,
            count_rows<P::template Shared, Row>,
            0,
            count_rows<P::template Agents, Row>};
}
template <class... Pages> constexpr auto entries(Catalogue<Pages...>)
{
    std::array<Entry, sizeof...(Pages)> all = {entry<Pages>()...};
    std::size_t variable = 0, column = 0;
    for (Entry& e : all) {
        e.first_variable = variable, variable += e.variables;
        e.first_column = column, column += e.columns;
    }
    return all;
}
constexpr auto mechanisms = entries(Model{});

template <class... Pages, class Do> void each_column(Catalogue<Pages...>, Model::Agents& agents, Do&& take)
{
    const auto of = [&]<class P>(P) {
        using Own = typename P::template Agents<Column>;
        // a page may keep more than columns, but before them
        auto* const columns = reinterpret_cast<Column*>(&static_cast<Own&>(agents) + 1) - count_rows<P::template Agents, Row>;
        for (std::size_t c = 0; c < count_rows<P::template Agents, Row>; ++c) take(columns[c]);
    };
    (of(Pages{}), ...);
}

/// One imposed thing in one lane group: each lane's course, or none.
struct Imposed {
    Target target;
    std::size_t index;
    const Course* course[width];
    std::size_t quarters; ///< after which nothing is imposed
    bool same = false;    ///< in all lanes
};
void gather(const Job& job, std::size_t first, std::size_t n, std::vector<Imposed>& imposed)
{
    imposed.clear();
    const auto add = [&](std::size_t lane, const Course& course) {
        std::size_t at = 0;
        // the same thing may be imposed twice by one point (history, then a pin): each keeps its place in line
        while (at < imposed.size() && !(imposed[at].target == course.target && imposed[at].index == course.index && imposed[at].course[lane] == nullptr)) ++at;
        if (at == imposed.size()) imposed.push_back({course.target, course.index, {}, 0});
        imposed[at].course[lane] = &course;
        if (course.how.size() > imposed[at].quarters) imposed[at].quarters = course.how.size();
    };
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(width); ++lane) {
        const Point& point = *job.points[first + (lane < n ? lane : n - 1)];
        if (point.under)
            for (const Course& course : point.under->courses) add(lane, course);
        for (const Course& course : point.courses) add(lane, course);
    }
    for (Imposed& i : imposed) {
        i.same = true;
        for (const Course* const course : i.course) i.same = i.same && course == i.course[0];
    }
}
/// The imposed value of each lane at this quarter, and which lanes it is imposed on.
struct Now {
    Lanes value{0};
    Mask set{}, hold{}, add{};
};
Now at(const Imposed& imposed, std::size_t quarter)
{
    Now r;
    if (quarter >= imposed.quarters) return r;
    if (imposed.same) {
        const Imposition how = imposed.course[0]->how[quarter];
        const auto if_it_is = [how](Imposition this_one) { return Mask{IntVector{} - Int(how == this_one)}; };
        return {imposed.course[0]->value[quarter], if_it_is(Imposition::set), if_it_is(Imposition::hold), if_it_is(Imposition::add)};
    }
    for (int lane = 0; lane < width; ++lane) {
        const Course* const c = imposed.course[lane];
        if (c == nullptr || quarter >= c->how.size()) continue;
        const Imposition how = c->how[quarter];
        r.value.v[lane] = static_cast<Real>(c->value[quarter]);
        r.set.v[lane] = how == Imposition::set ? -1 : 0;
        r.hold.v[lane] = how == Imposition::hold ? -1 : 0;
        r.add.v[lane] = how == Imposition::add ? -1 : 0;
    }
    return r;
}
void impose_inputs(const std::vector<Imposed>& imposed, World& now)
{
    static constexpr Levers<Row> lever_rows{};
    static constexpr Forced<Row> forced_rows{};
    const auto input_of = [&](const Imposed& i) -> Lanes& {
        return i.target == Target::lever ? list(static_cast<Levers<Lanes>&>(now))[i.index] : list(static_cast<Forced<Lanes>&>(now))[i.index];
    };
    for (const Imposed& i : imposed)
        if (i.target != Target::variable) input_of(i) = (i.target == Target::lever ? rows(lever_rows)[i.index] : rows(forced_rows)[i.index]).standard;
    for (const Imposed& i : imposed) {
        if (i.target == Target::variable) continue;
        const Now n = at(i, static_cast<std::size_t>(now.quarter));
        input_of(i) = select(n.set, n.value, input_of(i));
    }
}
void impose_variables(const std::vector<Imposed>& imposed, const World& now, Variables& next)
{
    for (const Imposed& i : imposed) {
        if (i.target != Target::variable || static_cast<std::size_t>(now.quarter) >= i.quarters) continue;
        const Now n = at(i, static_cast<std::size_t>(now.quarter));
        Lanes& x = list(next)[i.index];
        x = select(n.set, n.value, select(n.hold, list(static_cast<const Variables&>(now))[i.index], select(n.add, x + n.value, x)));
    }
}

typedef float Floats __attribute__((vector_size(width * sizeof(float))));
Floats rounded(Lanes x) { return __builtin_convertvector(x.v, Floats); }

void keep_lanes(float* to, Lanes x)
{
    const Floats r = rounded(x);
    std::memcpy(to, &r, sizeof r);
}
void keep(float* to, Lanes x, std::size_t n)
{
    const Floats r = rounded(x);
    for (std::size_t lane = 0; lane < n; ++lane) to[lane] = r[lane];
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
void step(const Job& job, std::size_t q, const Ranges& ranges, Group& group, BlockResult& out)
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
        float* to = &out.trajectory[out.place(q, 0, first)];
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
    for (std::size_t tile = 0; tile < runs; tile += tile_runs) {
        std::size_t used = 0;
        for (std::size_t first = tile; first < runs && used < groups.size(); first += width) begin(job, first, groups[used++]);
        const double begun = job.run_limit_s > 0 ? seconds_now() : 0, limit = job.run_limit_s * static_cast<double>(used * width);
        for (std::size_t q = 0; q < job.quarters; ++q) {
            for (std::size_t g = 0; g < used; ++g) step(job, q, within, groups[g], out);
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

/// Changes one variable at a time in random worlds and looks whose next quarter answers.
void probe_reads(std::uint64_t seed, int worlds, std::uint8_t* reads)
{
    static constexpr Model::Variables<Row> table{};
    static constexpr Model::Parameters<Row> parameter_rows{};
    Parameters p{};
    for (std::size_t i = 0; i < all_parameters; ++i)
        if (rows(parameter_rows)[i].name.substr(0, 2) == "h_") list(p)[i] = 0.3; // hazards large enough to show who moves them
    const Counts counts{.firms = 6, .banks = 3, .elites = 8};
    const auto pick = [](Lanes u, Lanes kind, const Row& row) {
        const Lanes span = row.high > 1e3 ? row.standard * 0.5 : row.high - row.low, base = row.high > 1e3 ? Lanes(row.standard) : Lanes(row.low);
        const Lanes x = base + span * u;
        Lanes whole = row.low;
        for (int step = 1; step <= 20 && row.low + step <= row.high; ++step) whole = select(u * (row.high - row.low + 1) > double(step), row.low + step, whole);
        return select(kind < 0.6, whole, x);
    };
    for (int w = 0; w < worlds; ++w) {
        std::uint32_t replicates[width];
        for (int lane = 0; lane < width; ++lane) replicates[lane] = static_cast<std::uint32_t>(w * width + lane);
        const Draws random(seed, replicates, 0xFFFF0000u, stream_of("probe"), 4096), draws(seed, replicates, static_cast<std::uint32_t>(w * width / 16));
        World now{};
        Model::Agents agents;
        now.quarter = 44 + w * width / 16 % 24, now.start = 44; // sixteen worlds a quarter, whatever the width
        for (const Entry& m : mechanisms) m.begin(now, agents, p, draws, counts);
        for (std::size_t s = 0; s < all_structures; ++s) list(static_cast<Structures<Lanes>&>(now))[s] = when(random(3, static_cast<std::uint32_t>(s)).a < 0.4);
        for (std::size_t v = 0; v < owned_variables; ++v) {
            const Four u = random(0, static_cast<std::uint32_t>(v));
            list(static_cast<Variables&>(now))[v] = pick(u.a, u.b, rows(table)[v]);
        }
        now.western_carrot = 0.5, now.antidollar_axis = 0.3;
        Derived::derive(now, p);
        for (std::size_t m = 0; m < mechanisms.size(); ++m) {
            const auto answer = [&](const World& world) {
                Variables next = world;
                Model::Agents own = agents;
                mechanisms[m].act(world, next, own, p, draws);
                return next;
            };
            const Variables plain = answer(now);
            for (std::size_t v = 0; v < owned_variables; ++v) {
                World other = now;
                const Four u = random(1, static_cast<std::uint32_t>(v));
                list(static_cast<Variables&>(other))[v] = pick(u.c, u.d, rows(table)[v]);
                Derived::derive(other, p);
                const Variables changed = answer(other);
                Mask differs{};
                for (std::size_t k = 0; k < mechanisms[m].variables; ++k) {
                    const std::size_t o = mechanisms[m].first_variable + k;
                    const Lanes a = list(plain)[o], b = list(changed)[o];
                    const Mask no_number = !((a == a) | (b == b));
                    differs = differs | !((a == b) | no_number); // a random world may be none: no number stays no number
                }
                if (any(differs)) reads[m * owned_variables + v] = 1;
            }
        }
    }
}

} // namespace

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)
extern const Kernel kernel;
const Kernel kernel{TEXT(ENTENTE_ISA), single ? "single" : "double", width, run, probe_reads, sum_up, work_of, take_calls};

} // namespace ENTENTE_KERNEL
} // namespace entente
