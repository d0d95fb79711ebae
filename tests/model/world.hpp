// A world for tests of single pages: one lane, double precision, every variable at its initial value until the test changes it.
#pragma once
#include "model/catalogue.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
inline namespace ENTENTE_KERNEL {

/// Sets a world by hand, then runs one page for one quarter: `Hand h; h.now.war_state = 2; const auto next = h.step<War>();`
struct Hand {
    World now{};
    Model::Parameters<Lanes> p{};
    Model::Agents agents{};
    Counts counts{};
    std::uint64_t seed = 20140101;
    std::uint32_t replicate = 0;

    Hand() { now.quarter = 60, now.start = 44; }
    template <class P> Draws draws(std::uint32_t quarter) const { return Draws(seed, &replicate, quarter, stream_of(P::name), P::blocks); }
    /// The page's initial state, agents included.
    template <class P> void begin()
    {
        if constexpr (requires { P::begin(static_cast<typename P::template Shared<Lanes>&>(now), agents, p, draws<P>(0), counts); })
            P::begin(static_cast<typename P::template Shared<Lanes>&>(now), static_cast<typename P::template Agents<Column>&>(agents), p, draws<P>(initial_quarter), counts);
        else if constexpr (requires { P::begin(static_cast<typename P::template Shared<Lanes>&>(now), agents, p, draws<P>(0), counts, now); })
            P::begin(static_cast<typename P::template Shared<Lanes>&>(now), static_cast<typename P::template Agents<Column>&>(agents), p, draws<P>(initial_quarter), counts, now);
    }
    /// The page's variables a quarter later; derived quantities are those of the hand-made world unless `rederive` is false.
    template <class P> typename P::template Shared<Lanes> step(bool rederive = true)
    {
        if (rederive) Derived::derive(now, p);
        typename P::template Shared<Lanes> next = now;
        P::act(now, next, static_cast<typename P::template Agents<Column>&>(agents), p, draws<P>(static_cast<std::uint32_t>(now.quarter)));
        return next;
    }
};
/// The two uniforms of an agent of this quarter's draws, where agents first + 2 k and first + 2 k + 1 share the first one's address.
inline Pair pair_of(const Draws& draws, std::uint32_t agent, std::uint32_t first = 0)
{
    const std::uint32_t second = (agent - first) % 2;
    const Four u = draws(agent - second);
    return second == 0 ? Pair{u.a, u.b} : Pair{u.c, u.d};
}
inline double value(Lanes x) { return double(x[0]); }
/// How far what a page makes of an exp may lie from what the standard library's makes: exp promises 6e-11.
constexpr double by_exp = 1e-10;
/// The logistic function, by the standard library: 1 / (1 + e^-x).
inline double lg(double x) { return 1 / (1 + std::exp(-x)); }

} // namespace ENTENTE_KERNEL
} // namespace entente
