#include "sobol.hpp"
#include "address.hpp"
#include "kinds.hpp"
#include <boost/random/sobol.hpp>

namespace entente {

std::vector<std::uint32_t> sobol_points(std::size_t points, std::size_t dimensions)
{
    boost::random::sobol_engine<std::uint32_t, 32> engine(dimensions);
    std::vector<std::uint32_t> x(points * dimensions);
    for (std::size_t i = dimensions; i < x.size(); ++i) x[i] = engine(); // it leaves out the origin
    return x;
}

double scrambled(std::uint32_t x, std::uint64_t key)
{
    constexpr unsigned depth = 6;                        // a hash of 64 bits has room for the 63 nodes of a subtree of six levels
    std::uint64_t flips = 0, below = 1, node = 1, y = 0; // a node's number is a one and the digits that lead to it, from the subtree's root and from the top
    for (unsigned digit = 0; digit < 32; ++digit) {
        if (digit % depth == 0) flips = further(key, node), below = 1;
        const std::uint64_t bit = x >> (31 - digit) & 1;
        y = y << 1 | (bit ^ (flips >> below & 1));
        below = below << 1 | bit;
        node = node << 1 | bit;
    }
    y = y << 20 | further(key, node) >> 44; // all further digits of x are zero: one path
    return (static_cast<double>(y) + 0.5) * 0x1p-52;
}

std::vector<double> scrambled_sobol(std::size_t points, std::size_t dimensions, std::uint64_t seed)
{
    const std::vector<std::uint32_t> x = sobol_points(points, dimensions);
    std::vector<std::uint64_t> keys;
    for (std::size_t d = 0; d < dimensions; ++d) keys.push_back(number_at(seed, d));
    std::vector<double> u(x.size());
    for (std::size_t i = 0; i < u.size(); ++i) u[i] = scrambled(x[i], keys[i % dimensions]);
    return u;
}

namespace {

Design lay(std::span<const Factor> factors, const DesignChoice& choice)
{
    Design design = blank_design(factors.size(), choice.points);
    design.u = scrambled_sobol(choice.points, factors.size(), choice.seed);
    return design;
}

} // namespace

/// Sobol's (1967) sequence with the direction numbers of Joe & Kuo (2008), scrambled by Owen's (1995) nested uniform scrambling, one dimension a
/// factor (see sobol.hpp). Any number of points begins any larger number; powers of two are best, since they are nets.
constinit const DesignKind designs::sobol{.name = "sobol", .counts = "point", .seed = true, .most_factors = most_dimensions, .lay = lay};

} // namespace entente
