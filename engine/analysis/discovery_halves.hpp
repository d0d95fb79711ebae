// Boxes found on halves of the rows, and what they come to on the other halves.
#pragma once
#include "discovery.hpp"

namespace entente {

/// A box that was looked for in all columns, or in those that tell something.
struct Looked {
    Trajectory path;
    std::optional<std::size_t> step; ///< that was chosen; of Wanted::step the one nearest to `like` in coverage and density, if there is one
    std::vector<std::size_t> columns;
};
/// `rows`: where the box is looked for; `whole`: what mass and coverage are shares of.
Looked look(const BoxSearch& search, const std::vector<std::uint32_t>& rows, const CaseCount& whole, const PrimOptions& prim, const DiscoveryOptions& options, const PrimStep* like = nullptr);

/// A box of one half, judged on the other.
struct Half {
    Box box; ///< that was chosen, or the next one after it if that is nearer to the box in question; empty: the half has no hits, or nothing to choose
    double density = 0, coverage = 0, mass = 0, all_density = 0, p = 1; ///< on the other half, see HeldOut
};
/// Of the `number`-th box, `rows` being what is left to it. Nothing if it was stopped.
std::optional<std::vector<Half>> halves_of(const BoxSearch& search, const std::vector<std::uint32_t>& rows, const FoundBox& found, const DiscoveryOptions& options,
                                           std::size_t number, const std::function<void(double)>& hear, const std::atomic<bool>* stop);

} // namespace entente
