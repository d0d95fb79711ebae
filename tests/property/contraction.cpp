// The engine's exp, compiled twice for a machine with fused multiply-add: as the engine is, and with contraction allowed.
#include "core/lanes.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

void exponentials(const double* x, double* y, int n)
{
    for (int i = 0; i < n; ++i) y[i] = exp(Lanes(x[i]))[0];
}

} // namespace ENTENTE_KERNEL
} // namespace entente
