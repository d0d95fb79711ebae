// W replicates side by side: numbers with ordinary operators, one lane per replicate; nothing here lets a lane see its neighbour. exp, log and
// sqrt are our own: the same bits on every machine.
#pragma once
#include "calls.hpp"
#include "row.hpp"
#include "vectors.hpp"
#include <type_traits>

namespace entente {
inline namespace ENTENTE_KERNEL {

#ifndef ENTENTE_COUNTS
#define ENTENTE_COUNTS false
#endif
inline constexpr bool counting = ENTENTE_COUNTS;
inline thread_local Calls calls_so_far; ///< in the one kernel that counts

#ifndef ENTENTE_NOTES
#define ENTENTE_NOTES false
#endif
inline constexpr bool noting = ENTENTE_NOTES; ///< in the one build that notes what the pages read: every branch is taken
/// What notes there where a number is copied from, and where it is assigned to; see model/reads.cpp.
struct Noted {
    Noted() = default;
    Noted(const Noted& from);
    Noted& operator=(const Noted& from);
    ~Noted() = default;
};
struct NotNoted {};

/// One truth value per lane: all bits set or none.
struct Mask {
    IntVector v;
    friend Mask operator&(Mask a, Mask b) { return {a.v & b.v}; }
    friend Mask operator|(Mask a, Mask b) { return {a.v | b.v}; }
    friend Mask operator^(Mask a, Mask b) { return {a.v ^ b.v}; }
    friend Mask operator!(Mask a) { return {~a.v}; }
};

struct Lanes : std::conditional_t<noting, Noted, NotNoted> {
    RealVector v;
    Lanes() = default;
    Lanes(RealVector x) : v(x) {}
    Lanes(double x) : v(in_all_lanes<RealVector>(static_cast<Real>(x))) {}
    Lanes(const Row& row) : Lanes(row.standard) {}
    friend Lanes operator+(Lanes a, Lanes b) { return a.v + b.v; }
    friend Lanes operator-(Lanes a, Lanes b) { return a.v - b.v; }
    friend Lanes operator*(Lanes a, Lanes b) { return a.v * b.v; }
    friend Lanes operator/(Lanes a, Lanes b) { return a.v / b.v; }
    friend Lanes operator-(Lanes a) { return -a.v; }
    // clang-format off
    Lanes& operator+=(Lanes b) { return *this = *this + b; }
    Lanes& operator-=(Lanes b) { return *this = *this - b; }
    Lanes& operator*=(Lanes b) { return *this = *this * b; }
    // clang-format on
    // clang's comparisons give whole numbers of another name
    friend Mask operator<(Lanes a, Lanes b) { return {as<IntVector>(a.v < b.v)}; }
    friend Mask operator>(Lanes a, Lanes b) { return {as<IntVector>(a.v > b.v)}; }
    friend Mask operator<=(Lanes a, Lanes b) { return {as<IntVector>(a.v <= b.v)}; }
    friend Mask operator>=(Lanes a, Lanes b) { return {as<IntVector>(a.v >= b.v)}; }
    friend Mask operator==(Lanes a, Lanes b) { return {as<IntVector>(a.v == b.v)}; }
    Real operator[](int lane) const { return v[lane]; }
};

inline Lanes select(Mask m, Lanes a, Lanes b) { return chosen(m.v, a.v, b.v); }
/// x where the condition holds, else 0.
inline Lanes only(Mask m, Lanes x) { return as<RealVector>(as<IntVector>(x.v) & m.v); }
/// Both hand a NaN in the first argument on, so that clip(x) never hides a failed run.
inline Lanes min(Lanes a, Lanes b) { return lesser(a.v, b.v); }
inline Lanes max(Lanes a, Lanes b) { return greater(a.v, b.v); }
inline Lanes clip(Lanes x, Lanes low, Lanes high) { return min(max(x, low), high); }
/// To [0, 1].
inline Lanes clip(Lanes x) { return clip(x, 0, 1); }
inline Lanes positive_part(Lanes x) { return max(x, 0); }
/// 1 where the condition holds, else 0.
inline Lanes when(Mask m) { return only(m, 1); }
/// True where a 0/1 variable is 1.
inline Mask holds(Lanes flag) { return flag > 0.5; }
inline Lanes square(Lanes x) { return x * x; }
/// Absolute value.
inline Lanes magnitude(Lanes x) { return as<RealVector>(as<BitVector>(x.v) & (~Bit{0} >> 1)); }

/// True if the condition holds in some lane. Only for skipping work whose result would be masked away: bits never depend on it.
inline bool any(Mask m) { return noting || any_bit(m.v); }

/// e^x; relative error below 2e-7 (single), 6e-11 (double: a quarter of a step of the draws' 32 bits, to which it is compared); x clamped to the range of
/// finite, normal results. The polynomial is the nearest to e^r in relative error over |r| <= ln(2)/2.
[[gnu::always_inline]] inline Lanes exp(Lanes x)
{
    if constexpr (counting) ++calls_so_far.exps;
    if constexpr (single) {
        x = min(max(x, -87), 88);
        const Lanes magic = 12582912.0, t = x * 1.44269504088896341 + magic, n = t - magic;
        const Lanes r = x - n * 0.693359375 - n * -2.12194440e-4, r2 = r * r;
        const Lanes a = r * 0.1666652061034589 + 0.4999999344727347, b = r * 0.00836871943106186 + 0.041668388108591865;
        const Lanes y = ((r2 * 0.0013814602370328152 + b) * r2 + a) * r2 + r + 1;
        return as<RealVector>(as<BitVector>(y.v) + (as<BitVector>(t.v) << 23));
    } else {
        x = min(max(x, -708), 709);
        const Lanes magic = 6755399441055744.0, t = x * 1.44269504088896341 + magic, n = t - magic;
        const Lanes r = x - n * 0.69314718055994531, r2 = r * r, r4 = r2 * r2;
        const Lanes a = r * 0.16666665869686897 + 0.5000000067643636, b = r * 0.008333496955869525 + 0.041666295088348196;
        const Lanes c = r * 0.00019790377623122774 + 0.001394464898567778;
        const Lanes y = (c * r4 + (b * r2 + a)) * r2 + r + 1;
        return as<RealVector>(as<BitVector>(y.v) + (as<BitVector>(t.v) << 52));
    }
}

/// Small integers as lanes, exactly.
template <class Integers> Lanes from_integers(Integers e)
{
    if constexpr (sizeof(e[0]) == 4) return converted<RealVector>(e);
    else return Lanes(as<RealVector>(e + static_cast<Int>(0x4338000000000000))) - 6755399441055744.0; // no 64-bit conversion below AVX-512
}

/// ln x for normal x > 0; relative error below 2e-7 (single), 6e-16 (double).
inline Lanes log(Lanes x)
{
    if constexpr (counting) ++calls_so_far.logs;
    constexpr int mantissa = single ? 23 : 52;
    constexpr Bit one = single ? Bit(0x3F800000) : Bit(0x3FF0000000000000), root_half = single ? Bit(0x3F3504F3) : Bit(0x3FE6A09E667F3BCD);
    const BitVector i = as<BitVector>(x.v) + (one - root_half); // mantissa into [sqrt(1/2), sqrt(2))
    const Lanes k = from_integers(as<IntVector>(i >> mantissa) - Int(one >> mantissa));
    const Lanes m = as<RealVector>((i & ((Bit{1} << mantissa) - 1)) + root_half);
    const Lanes f = m - 1, s = f / (f + 2), z = s * s;
    Lanes p;
    if constexpr (single) p = ((z * (1 / 9.) + 1 / 7.) * z + 1 / 5.) * z + 1 / 3.;
    else p = ((((z * 0.0840972587563325 + 0.09061837871481497) * z + 0.111116852889284) * z + 0.14285708573253855) * z + 0.20000000026081646) * z + 0.33333333333293724;
    return k * 6.93147180369123816490e-1 + (s * 2 + (s * z * 2) * p + k * 1.90821492927058770002e-10);
}

/// Correctly rounded, as IEEE 754 asks of every machine.
inline Lanes sqrt(Lanes x) { return root(x.v); }
/// x^a for x >= 0.
inline Lanes power(Lanes x, Lanes a) { return select(x > 0, exp(a * log(max(x, single ? 1e-37 : 1e-300))), x * 0); }
inline Lanes logistic(Lanes x) { return Lanes(1) / (exp(-x) + 1); }
inline Lanes logit(Lanes p) { return log(p / (Lanes(1) - p)); }
/// Did an event with this logit happen? The same as u < logistic(logit), without the division.
inline Mask happens(Lanes u, Lanes logit) { return u * (exp(-logit) + 1) < 1; }

} // namespace ENTENTE_KERNEL
} // namespace entente
