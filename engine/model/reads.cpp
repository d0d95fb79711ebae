// What each page reads: the pages once more, in a build whose numbers note when they are copied and in which every branch is taken.
#define ENTENTE_KERNEL noted
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 1
#define ENTENTE_NOTES true
#pragma GCC diagnostic ignored "-Wrange-loop-construct" // a copy that says so is no plain number: here alone a loop's own costs something
#include "entries.hpp"
#include <functional>
#include <utility>

namespace entente {
inline namespace ENTENTE_KERNEL {
namespace {

/// Numbers side by side, and which of them were read. `own`: a page's next state, which counts only as it was on entry.
struct Watched {
    const Lanes* begin;
    std::size_t numbers;
    bool own;
    std::vector<char> read = std::vector<char>(numbers), written = std::vector<char>(numbers);
};
thread_local std::vector<Watched> watched;

template <class Do> void where_watched(const Noted* at, const Do& take)
{
    const auto* const number = static_cast<const Lanes*>(at);
    for (Watched& w : watched)
        if (!std::less<>{}(number, w.begin) && std::less<>{}(number, w.begin + w.numbers)) take(w, static_cast<std::size_t>(number - w.begin));
}
void note_read(const Noted* at)
{
    where_watched(at, [](Watched& w, std::size_t i) { w.read[i] = w.read[i] || !(w.own && w.written[i]); });
}

constexpr std::size_t imposed = (sizeof(Levers<Lanes>) + sizeof(Forced<Lanes>) + sizeof(Structures<Lanes>) + sizeof(Switches<Lanes>)) / sizeof(Lanes);
constexpr std::size_t in_a_world = owned_variables + derived_variables + imposed;
static_assert(all_parameters != in_a_world && all_parameters != owned_variables); // how note() tells parameters from worlds
static_assert(sizeof(World) == in_a_world * sizeof(Lanes) + 2 * sizeof(int));     // all of its numbers lie side by side

Watched watch(const World& world, bool own) { return {list(static_cast<const Variables&>(world)), in_a_world, own}; }
Watched watch(const Variables& next) { return {list(next), owned_variables, true}; }
Watched watch(const Parameters& p) { return {list(p), all_parameters, false}; }

/// Adds what an act reads of what is watched.
template <class Do> void note(Reads& reads, std::vector<Watched> numbers, const Do& act)
{
    watched = std::move(numbers);
    act();
    for (const Watched& w : std::exchange(watched, {})) {
        std::size_t i = 0;
        const auto add = [&](std::vector<bool>& to) {
            for (std::size_t k = 0; k < to.size() && i < w.numbers; ++k, ++i)
                if (w.read[i]) to[k] = true;
        };
        if (w.numbers == all_parameters) add(reads.parameters);
        else
            for (std::vector<bool>* const to : {&reads.variables, &reads.levers, &reads.forced, &reads.structures, &reads.switches}) add(*to);
    }
}

constexpr int first_free_quarter = 44, last_quarter = 144; ///< all that a page asks of the date is seen in between

std::vector<Reads> note_all()
{
    const Description& d = describe();
    const auto none = [](const std::vector<Row>& rows) { return std::vector<bool>(rows.size()); };
    std::vector<Reads> all(mechanisms.size(), {none(d.variables), none(d.parameters), none(d.levers), none(d.forced), none(d.structures), none(d.switches)});
    const Parameters p{};
    World now{};
    Model::Agents agents;
    const Counts counts{.firms = 6, .banks = 3, .elites = 8};
    const std::uint32_t replicates[width] = {};
    const Draws first(1, replicates, initial_quarter);
    now.start = first_free_quarter;
    for (std::size_t m = 0; m < mechanisms.size(); ++m) note(all[m], {watch(now, true), watch(p)}, [&] { mechanisms[m].begin(now, agents, p, first, counts); });
    for (now.quarter = 0; now.quarter < last_quarter; ++now.quarter) {
        const Draws draws(1, replicates, static_cast<std::uint32_t>(now.quarter));
        Variables next = now;
        for (std::size_t m = 0; m < mechanisms.size(); ++m) {
            note(all[m], {watch(now, false), watch(next), watch(p)}, [&] { mechanisms[m].act(now, next, agents, p, draws); });
            note(all[m], {watch(now, false), watch(p)}, [&] { mechanisms[m].muted(now, next); });
        }
    }
    note(all[d.mechanism(Derived::name)], {watch(now, false), watch(p)}, [&] { Derived::derive(now, p); });
    const World later = now;
    Observer observer{};
    note(all[d.mechanism(Outcome::name)], {watch(now, false), watch(later, false), watch(p)}, [&] { observer.see(now, later, p, classify(later, p), first_free_quarter); });
    return all;
}

} // namespace

Noted::Noted(const Noted& from) { note_read(&from); }
Noted& Noted::operator=(const Noted& from)
{
    note_read(&from);
    where_watched(this, [](Watched& w, std::size_t i) { w.written[i] = true; });
    return *this;
}

} // namespace ENTENTE_KERNEL

const std::vector<Reads>& reads_of_pages()
{
    static const std::vector<Reads> all = note_all();
    return all;
}

} // namespace entente
