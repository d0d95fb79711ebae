// The kinds of design, each in a file of its own. They fill all of a Design but its values, which make_design takes from u.
#pragma once
#include "design.hpp"

namespace entente {

/// A design with u still to fill, base the point itself and moved -1.
Design blank_design(std::size_t factors, std::size_t points);
/// u of the values that a gridded design gives a factor. Discrete: its levels. A continuum: `levels` values, evenly placed in probability, with
/// both end points where it is bounded, i / (levels - 1), and in the middle of equal shares where it is not, (i + 0.5) / levels.
std::vector<double> grid_of(const Factor& factor, std::uint32_t levels);

/// Every combination of the factors' values (see grid_of; discrete factors take all levels). The last factor changes fastest. It cannot be
/// extended: a further level moves the others.
Design factorial_design(std::span<const Factor> factors, const DesignChoice& choice);

/// The first row has every factor at its middle, u = 0.5. Then each factor in turn takes its values (see grid_of), the others stay in the
/// middle. The middle value is among them where the grid has it, so that each profile is whole. A further factor at the end of the list adds
/// rows at the end.
Design one_at_a_time_design(std::span<const Factor> factors, const DesignChoice& choice);

/// McKay, Beckman & Conover (1979): of n points, each factor has one in each of n equal shares, at a random place in it, and the factors' orders
/// know nothing of each other. n = odd x 2^k points are grown from `odd` by doublings (Sallaberry, Helton & Hora 2008): each share is cut in
/// two, the old points stay, and as many new ones fill the empty halves in random order. So the design of 2n points begins with that of n; n + 1
/// points are another design. Coordinates are odd multiples of 2^-33: none lies on a border of shares, and floor(n u) is exact in double
/// precision up to n = 2^20.
Design latin_hypercube_design(std::span<const Factor> factors, const DesignChoice& choice);

/// Sobol's (1967) sequence with the direction numbers of Joe & Kuo (2008), scrambled by Owen's (1995) nested uniform scrambling, one dimension a
/// factor (see sobol.hpp). Any number of points begins any larger number; powers of two are best, since they are nets.
Design sobol_design(std::span<const Factor> factors, const DesignChoice& choice);

/// For Sobol's indices (Saltelli 2002; Saltelli et al. 2010). A base row of a scrambled Sobol' sequence in twice as many dimensions as factors
/// holds two points, A and B. It gives the rows A, B, A with factor k from B for each k and, with second_order, B with factor k from A for each
/// k; one base row after the other, so that more base points extend the design. Take a power of two.
Design saltelli_design(std::span<const Factor> factors, const DesignChoice& choice);

/// Morris (1991): trajectories that move one factor after the other, in random order, on a grid of p even levels by p/2 of them: that is
/// p / (2 (p - 1)) of the range of a bounded factor and 1/2 in probability of an unbounded one. A discrete factor has its own n levels as a grid
/// and steps by n/2 of them rounded down, up where that is possible, else down (from the middle of an odd number to either side); levels of a
/// choice have no order: it steps to any other. Trajectories are spread out (after Campolongo, Cariboni & Saltelli 2007): each is the one of 20
/// random candidates whose least distance to those before is greatest. Distance is the mean Manhattan distance of all pairs of their points on
/// grids scaled to [0, 1], which takes two levels and a share a factor, where Campolongo's Euclidean one takes every pair of points. The ends of
/// a range are farthest from the rest and are taken a little more often than other levels: 8 % with four levels, 27 % with eight. Candidates are
/// addressed by seed, trajectory and number, so that more trajectories extend the design.
Design morris_design(std::span<const Factor> factors, const DesignChoice& choice);

} // namespace entente
