#include "share.hpp"
#include <boost/math/distributions/beta.hpp>

namespace entente {

Share share_of(std::uint32_t count, std::uint32_t runs)
{
    Share s{count, runs, runs == 0 ? 0 : double(count) / runs, 0, 1};
    if (runs == 0) return s;
    const boost::math::beta_distribution<> posterior(count + 0.5, runs - count + 0.5);
    if (count > 0) s.low = boost::math::quantile(posterior, 0.025);
    if (count < runs) s.high = boost::math::quantile(posterior, 0.975);
    return s;
}

} // namespace entente
