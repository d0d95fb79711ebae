// W replicates side by side: numbers with ordinary operators, one lane per replicate; nothing here lets a lane see its neighbour.
// The width is the machine's (ENTENTE_WIDTH); everything lives in a namespace named after the instruction set and precision, so that
// one source can be compiled several times into one program. exp, log and sqrt are our own: the same bits on every machine.
#pragma once
#include "row.hpp"
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace entente {
inline namespace ENTENTE_KERNEL {

using Real = ENTENTE_REAL;
inline constexpr int width = ENTENTE_WIDTH;
inline constexpr bool single = sizeof(Real) == 4;
using Bit = std::conditional_t<single, std::uint32_t, std::uint64_t>;
using Int = std::make_signed_t<Bit>;
typedef Real RealVector __attribute__((vector_size(width * sizeof(Real))));
typedef Bit BitVector __attribute__((vector_size(width * sizeof(Real))));
typedef Int IntVector __attribute__((vector_size(width * sizeof(Real))));

/// One truth value per lane: all bits set or none.
struct Mask {
    IntVector v;
    friend Mask operator&(Mask a, Mask b) { return {a.v & b.v}; }
    friend Mask operator|(Mask a, Mask b) { return {a.v | b.v}; }
    friend Mask operator!(Mask a) { return {~a.v}; }
};

struct Lanes {
    RealVector v;
    Lanes() = default;
    Lanes(RealVector x) : v(x) {}
    Lanes(double x) : v(static_cast<Real>(x) - RealVector{}) {}
    Lanes(const Row& row) : Lanes(row.standard) {}
    friend Lanes operator+(Lanes a, Lanes b) { return a.v + b.v; }
    friend Lanes operator-(Lanes a, Lanes b) { return a.v - b.v; }
    friend Lanes operator*(Lanes a, Lanes b) { return a.v * b.v; }
    friend Lanes operator/(Lanes a, Lanes b) { return a.v / b.v; }
    friend Lanes operator-(Lanes a) { return -a.v; }
    // clang-format off
    Lanes& operator+=(Lanes b) { v += b.v; return *this; }
    Lanes& operator-=(Lanes b) { v -= b.v; return *this; }
    Lanes& operator*=(Lanes b) { v *= b.v; return *this; }
    // clang-format on
    friend Mask operator<(Lanes a, Lanes b) { return {a.v < b.v}; }
    friend Mask operator>(Lanes a, Lanes b) { return {a.v > b.v}; }
    friend Mask operator<=(Lanes a, Lanes b) { return {a.v <= b.v}; }
    friend Mask operator>=(Lanes a, Lanes b) { return {a.v >= b.v}; }
    friend Mask operator==(Lanes a, Lanes b) { return {a.v == b.v}; }
    Real operator[](int lane) const { return v[lane]; }
};

inline Lanes select(Mask m, Lanes a, Lanes b) { return RealVector(m.v ? a.v : b.v); }
/// Both hand a NaN in the first argument on, so that clip(x) never hides a failed run.
inline Lanes min(Lanes a, Lanes b) { return select(b < a, b, a); }
inline Lanes max(Lanes a, Lanes b) { return select(b > a, b, a); }
inline Lanes clip(Lanes x, Lanes low, Lanes high) { return min(max(x, low), high); }
/// To [0, 1].
inline Lanes clip(Lanes x) { return clip(x, 0, 1); }
inline Lanes positive_part(Lanes x) { return max(x, 0); }
/// 1 where the condition holds, else 0.
inline Lanes when(Mask m) { return select(m, 1, 0); }
/// True where a 0/1 variable is 1.
inline Mask holds(Lanes flag) { return flag > 0.5; }
inline Lanes square(Lanes x) { return x * x; }

/// True if the condition holds in some lane. Only for skipping work whose result would be masked away: bits never depend on it.
inline bool any(Mask m)
{
    std::uint64_t words[(sizeof m + 7) / 8] = {}, r = 0;
    __builtin_memcpy(words, &m, sizeof m);
    for (std::uint64_t w : words) r |= w;
    return r != 0;
}

/// e^x; relative error below 2e-7 (single), 4e-16 (double); x clamped to the range of finite, normal results.
inline Lanes exp(Lanes x)
{
    if constexpr (single) {
        x = min(max(x, -87), 88);
        const Lanes magic = 12582912.0, t = x * 1.44269504088896341 + magic, n = t - magic;
        const Lanes r = x - n * 0.693359375 - n * -2.12194440e-4, r2 = r * r;
        const Lanes y = (((((r * 1.9875691500e-4 + 1.3981999507e-3) * r + 8.3334519073e-3) * r + 4.1665795894e-2) * r + 1.6666665459e-1) * r + 0.5) * r2 + r + 1;
        return RealVector(BitVector(y.v) + (BitVector(t.v) << 23));
    } else {
        x = min(max(x, -708), 709);
        const Lanes magic = 6755399441055744.0, t = x * 1.44269504088896341 + magic, n = t - magic;
        const Lanes r = x - n * 6.93147180369123816490e-1 - n * 1.90821492927058770002e-10, r2 = r * r, r4 = r2 * r2;
        // Taylor to degree 12, in Estrin's order
        const Lanes a = r * (1 / 6.) + 0.5, b = r * (1 / 120.) + 1 / 24., c = r * (1 / 5040.) + 1 / 720., d = r * (1 / 362880.) + 1 / 40320., e = r * (1 / 39916800.) + 1 / 3628800.;
        const Lanes y = (((e + r2 * (1 / 479001600.)) * r4 + (c + d * r2)) * r4 + (a + b * r2)) * r2 + r + 1;
        return RealVector(BitVector(y.v) + (BitVector(t.v) << 52));
    }
}

/// Small integers as lanes, exactly.
template <class Integers> Lanes from_integers(Integers e)
{
    if constexpr (sizeof(e[0]) == 4) return RealVector(__builtin_convertvector(e, RealVector));
    else return Lanes(RealVector(BitVector(e + 0x4338000000000000))) - 6755399441055744.0; // no 64-bit conversion below AVX-512
}

/// ln x for normal x > 0; relative error below 2e-7 (single), 3.5e-16 (double).
inline Lanes log(Lanes x)
{
    constexpr int mantissa = single ? 23 : 52;
    constexpr Bit one = single ? Bit(0x3F800000) : Bit(0x3FF0000000000000), root_half = single ? Bit(0x3F3504F3) : Bit(0x3FE6A09E667F3BCD);
    const BitVector i = BitVector(x.v) + (one - root_half); // mantissa into [sqrt(1/2), sqrt(2))
    const Lanes k = from_integers(IntVector(i >> mantissa) - Int(one >> mantissa));
    const Lanes m = RealVector((i & ((Bit{1} << mantissa) - 1)) + root_half);
    const Lanes f = m - 1, s = f / (f + 2), z = s * s;
    Lanes p;
    if constexpr (single) p = ((z * (1 / 9.) + 1 / 7.) * z + 1 / 5.) * z + 1 / 3.;
    else p = ((((((((z * (1 / 19.) + 1 / 17.) * z + 1 / 15.) * z + 1 / 13.) * z + 1 / 11.) * z + 1 / 9.) * z + 1 / 7.) * z + 1 / 5.) * z + 1 / 3.);
    return k * 6.93147180369123816490e-1 + (s * 2 + (s * z * 2) * p + k * 1.90821492927058770002e-10);
}

/// Correctly rounded, as IEEE 754 asks of every machine.
inline Lanes sqrt(Lanes x)
{
    RealVector r;
    for (int i = 0; i < width; ++i) r[i] = single ? Real(__builtin_sqrtf(float(x.v[i]))) : Real(__builtin_sqrt(double(x.v[i])));
    return r;
}
/// x^a for x >= 0.
inline Lanes power(Lanes x, Lanes a) { return select(x > 0, exp(a * log(max(x, single ? 1e-37 : 1e-300))), x * 0); }
inline Lanes logistic(Lanes x) { return Lanes(1) / (exp(-x) + 1); }
inline Lanes logit(Lanes p) { return log(p / (Lanes(1) - p)); }
/// Did an event with this logit happen? The same as u < logistic(logit), without the division.
inline Mask happens(Lanes u, Lanes logit) { return u * (exp(-logit) + 1) < 1; }

} // namespace ENTENTE_KERNEL
} // namespace entente
