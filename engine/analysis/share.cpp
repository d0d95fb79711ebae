#include "share.hpp"
#include <boost/math/distributions/beta.hpp>
#include <cmath>

namespace entente {

static constexpr double tail = 0.025; ///< of a 95 % interval

ShareEnds jeffreys_ends(double with, double without, double beyond)
{
    const boost::math::beta_distribution<> posterior(with + 0.5, without + 0.5);
    return {with > 0 ? boost::math::quantile(posterior, beyond) : 0, without > 0 ? boost::math::quantile(posterior, 1 - beyond) : 1};
}

Share share_of(std::uint32_t count, std::uint32_t runs)
{
    Share s{count, runs, runs == 0 ? 0 : double(count) / runs, 0, 1};
    if (runs == 0) return s;
    const auto [low, high] = jeffreys_ends(count, runs - count, tail);
    s.low = low, s.high = high;
    return s;
}

Share share_of_weighted(double share, double effective)
{
    const auto n = static_cast<std::uint32_t>(std::lround(effective));
    Share s{static_cast<std::uint32_t>(std::lround(share * effective)), n, share, 0, 1};
    const auto [low, high] = jeffreys_ends(effective * share, effective * (1 - share), tail);
    s.low = low, s.high = high;
    return s;
}

} // namespace entente
