#include "share.hpp"
#include <boost/math/distributions/beta.hpp>
#include <cmath>

namespace entente {

/// What stands at 0 or 1 stays there at that end.
static void put_interval(Share& s, double with, double without)
{
    const boost::math::beta_distribution<> posterior(with + 0.5, without + 0.5);
    if (with > 0) s.low = boost::math::quantile(posterior, 0.025);
    if (without > 0) s.high = boost::math::quantile(posterior, 0.975);
}

Share share_of(std::uint32_t count, std::uint32_t runs)
{
    Share s{count, runs, runs == 0 ? 0 : double(count) / runs, 0, 1};
    if (runs > 0) put_interval(s, count, runs - count);
    return s;
}

Share share_of_weighted(double share, double effective)
{
    const auto n = static_cast<std::uint32_t>(std::lround(effective));
    Share s{static_cast<std::uint32_t>(std::lround(share * effective)), n, share, 0, 1};
    put_interval(s, effective * share, effective * (1 - share));
    return s;
}

} // namespace entente
