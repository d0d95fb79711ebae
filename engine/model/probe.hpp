// Which variables each mechanism reads, found by changing them: for `describe`.
#pragma once
#include "entries.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

/// Changes one variable at a time in random worlds and looks whose next quarter answers.
inline void probe_reads(std::uint64_t seed, int worlds, std::uint8_t* reads)
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

} // namespace ENTENTE_KERNEL
} // namespace entente
