// Boxes found on halves of the rows, and what they come to on the other halves.
#pragma once
#include "discovery.hpp"

namespace entente {

struct Half {
    Box box; ///< that was chosen; empty: the half has no hits, or nothing to choose
    double density = 0, coverage = 0, mass = 0, all_density = 0, p = 1; ///< on the other half, see HeldOut
};
/// Of the `number`-th box, `rows` being what is left to it. Nothing if it was stopped.
std::optional<std::vector<Half>> halves_of(const BoxSearch& search, const std::vector<std::uint32_t>& rows, const FoundBox& found, const DiscoveryOptions& options, std::size_t number,
                                           const std::function<void(double)>& hear, const std::atomic<bool>* stop);

} // namespace entente
