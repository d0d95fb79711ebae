// What the stepper knows of each page of the catalogue, and lists of lanes.
#pragma once
#include "catalogue.hpp"
#include "kernel.hpp"
#include <array>
#include <cassert>

namespace entente {
inline namespace ENTENTE_KERNEL {

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

/// Owned variables, then derived ones, which follow them in a world.
inline const Lanes* all_of(const World& world)
{
    const Lanes* const x = list(static_cast<const Variables&>(world));
    assert(list(static_cast<const Quantities<Lanes>&>(world)) == x + owned_variables);
    return x;
}

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
                else if constexpr (requires { P::begin(static_cast<Shared&>(world), static_cast<Own&>(agents), p, draws, counts, world); })
                    P::begin(static_cast<Shared&>(world), static_cast<Own&>(agents), p, draws.of(stream_of(P::name), P::blocks), counts, world);
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

} // namespace ENTENTE_KERNEL
} // namespace entente
