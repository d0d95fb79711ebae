// A share of runs with its interval.
#pragma once
#include <cstdint>

namespace entente {

struct Share {
    std::uint32_t count = 0, runs = 0;
    double share = 0, low = 0, high = 0; ///< 95 % Jeffreys interval: Monte Carlo error alone
};
/// Ends of Jeffreys' interval of `with` runs among with + without, which need not be whole, with this probability beyond either: 0 at none, 1 at all.
struct ShareEnds {
    double low = 0, high = 1;
};
/// By quantiles of Beta(with + 1/2, without + 1/2).
ShareEnds jeffreys_ends(double with, double without, double tail);
/// Jeffreys interval of a share (Brown, Cai and DasGupta 2001): the equal-tailed Beta(k + 1/2, n - k + 1/2) interval, with 0 at k = 0 and 1 at k = n.
Share share_of(std::uint32_t count, std::uint32_t runs);
/// Of runs that carry weights, as if it were of so many equal ones: the interval of Beta(n share + 1/2, n (1 - share) + 1/2), n = `effective`, with 0 at no share and 1 at all.
Share share_of_weighted(double share, double effective);

} // namespace entente
