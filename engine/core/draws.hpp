// Random numbers that are addressed, not consumed: Philox4x32-10 (Salmon et al. 2011). The key is the 64-bit seed; the counter is (replicate,
// quarter, FNV-1a of the stream's name, agent x blocks + block). Four uniforms an address; nothing is remembered between calls. This is the
// one file with intrinsics.
#pragma once
#include "lanes.hpp"
#include <string_view>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace entente {

inline constexpr std::uint32_t parameter_quarter = 0xFFFFFFFFu; ///< the address "quarter" of parameter and structure draws
inline constexpr std::uint32_t initial_quarter = 0xFFFFFFFEu;   ///< of draws for the initial state

/// FNV-1a.
constexpr std::uint32_t hash_of(std::string_view name)
{
    std::uint32_t h = 2166136261u;
    for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
    return h;
}
/// The number of a stream, known when the program is compiled: a kernel then carries no code for it that others could share.
consteval std::uint32_t stream_of(std::string_view name) { return hash_of(name); }

inline namespace ENTENTE_KERNEL {

struct Four {
    Lanes a, b, c, d;
};

class Draws {
public:
    /// `replicates`: one number per lane. `blocks`: how many addresses an agent has in this stream.
    Draws(std::uint64_t seed, const std::uint32_t* replicates, std::uint32_t quarter, std::uint32_t stream = 0, std::uint32_t blocks = 1)
        : seed_(seed), quarter_(quarter), stream_(stream), blocks_(blocks)
    {
        for (int i = 0; i < width; ++i) replicate_[i] = replicates[i];
    }
    Draws of(std::uint32_t stream, std::uint32_t blocks) const
    {
        Draws d = *this;
        d.stream_ = stream;
        d.blocks_ = blocks;
        return d;
    }

    /// Four independent uniforms in (0, 1), each W lanes, for this agent's block in this quarter.
    Four operator()(std::uint32_t agent = 0, std::uint32_t block = 0) const
    {
        BitVector c0 = replicate_, c1 = BitVector{} + Bit(quarter_), c2 = BitVector{} + Bit(stream_), c3 = BitVector{} + Bit(agent * blocks_ + block);
        auto k0 = static_cast<std::uint32_t>(seed_), k1 = static_cast<std::uint32_t>(seed_ >> 32);
#pragma GCC unroll 10
        for (int round = 0; round < 10; ++round) {
            const Product p0 = product(c0, 0xD2511F53u), p1 = product(c2, 0xCD9E8D57u);
            c0 = p1.high ^ c1 ^ Bit(k0);
            c1 = p1.low;
            c2 = p0.high ^ c3 ^ Bit(k1);
            c3 = p0.low;
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        return {uniform(c0), uniform(c1), uniform(c2), uniform(c3)};
    }

private:
    struct Product {
        BitVector high, low;
    };
    typedef std::uint64_t WideVector __attribute__((vector_size(width * sizeof(Real) < 8 ? 8 : width * sizeof(Real))));

    static WideVector times(WideVector a, std::uint32_t m) // 32 x 32 -> 64 bits in one instruction, which compilers do not find
    {
#if defined(__AVX512F__) && ENTENTE_WIDTH > 1
        return WideVector(_mm512_maskz_mul_epu32(0xFF, (__m512i)a, _mm512_set1_epi64(m)));
#elif defined(__AVX2__) && ENTENTE_WIDTH > 1
        return WideVector(_mm256_mul_epu32((__m256i)a, _mm256_set1_epi64x(m)));
#elif defined(__SSE2__) && ENTENTE_WIDTH > 1
        return WideVector(_mm_mul_epu32((__m128i)a, _mm_set1_epi64x(m)));
#else
        return (a & 0xFFFFFFFFu) * std::uint64_t{m};
#endif
    }
    template <class Words> static Product product(Words a, std::uint32_t m)
    {
        if constexpr (sizeof(Words) == 4) { // one lane, single precision
            const std::uint64_t p = std::uint64_t{a[0]} * m;
            return {Words{} + static_cast<std::uint32_t>(p >> 32), Words{} + static_cast<std::uint32_t>(p)};
        } else if constexpr (sizeof(a[0]) == 4) {
            const WideVector even = times((WideVector)a, m), odd = times((WideVector)a >> 32, m);
            return {(Words)((even >> 32) | (odd & ~0xFFFFFFFFull)), (Words)((even & 0xFFFFFFFFull) | (odd << 32))};
        } else {
            const WideVector p = times((WideVector)a, m);
            return {(Words)(p >> 32), (Words)(p & 0xFFFFFFFFull)};
        }
    }
    /// 23 bits in single, 32 in double precision.
    template <class Words> static Lanes uniform(Words w)
    {
        if constexpr (sizeof(w[0]) == 4) return (Lanes(RealVector(__builtin_convertvector(IntVector(w >> 9), RealVector))) + 0.5) * 0x1p-23;
        else return (Lanes(RealVector(w | 0x4330000000000000ull)) - 0x1p52 + 0.5) * 0x1p-32;
    }

    BitVector replicate_;
    std::uint64_t seed_;
    std::uint32_t quarter_, stream_, blocks_;
};

/// Standard normal deviate from a uniform in (0, 1): Giles (2010), erfinv in single precision; absolute error below 4e-6 inside |z| < 5,
/// the same work in every lane.
inline Lanes normal(Lanes u)
{
    const Lanes x = u * 2 - 1, w = -log((Lanes(1) - x) * (Lanes(1) + x)), c = w - 2.5;
    const Lanes centre =
        (((((((c * 2.81022636e-08 + 3.43273939e-07) * c - 3.5233877e-06) * c - 4.39150654e-06) * c + 0.00021858087) * c - 0.00125372503) * c - 0.00417768164) * c + 0.246640727) * c + 1.50140941;
    const Mask far = w > 5;
    if (!any(far)) return centre * x * 1.4142135623730951;
    const Lanes t = sqrt(max(w, 5)) - 3;
    const Lanes tail = (((((((t * -0.000200214257 + 0.000100950558) * t + 0.00134934322) * t - 0.00367342844) * t + 0.00573950773) * t - 0.0076224613) * t + 0.00943887047) * t + 1.00167406) * t
                       + 2.83297682;
    return select(far, tail, centre) * x * 1.4142135623730951;
}

/// Bell-shaped deviate for agents' noise, where only a spread is meant: mean 0, variance 1, kurtosis 2.86, within +-2.64. The polynomial of degree
/// seven nearest to the normal quantile in mean square, scaled to variance 1.
inline Lanes bell(Lanes u)
{
    const Lanes x = u * 2 - 1, z = x * x;
    return (((z * 4.962815 - 5.880227) * z + 2.482067) * z + 1.071381) * x;
}

/// Beta(1, b) by its inverse distribution function.
inline Lanes beta_1(Lanes u, Lanes b) { return Lanes(1) - exp(log(u) / b); }

/// Beta(a, 2), whose distribution function is x^a (1 + a (1 - x)): four Newton steps from the solution for small x, or near 1 for
/// small 1 - x; absolute error below 1e-6.
inline Lanes beta_2(Lanes u, Lanes a)
{
    Lanes x = select(u < 0.9, min(exp(log(u / (a + 1)) / a) * 1.2, 0.9), 1 - sqrt((1 - u) * 2 / (a * (a + 1))));
    for (int step = 0; step < 4; ++step) {
        const Lanes power_a = exp(a * log(x)), value = power_a * (Lanes(1) + a * (Lanes(1) - x)), slope = a * (a + 1) * power_a * (Lanes(1) - x) / x;
        x = clip(x - (value - u) / slope, 1e-6, 1 - 1e-6);
    }
    return x;
}

/// Student's t with five degrees of freedom from four uniforms: a normal over the root of a chi-square that two exponentials and a square make.
inline Lanes student_5(Four u)
{
    const Lanes chi_square = square(normal(u.b)) - 2 * log(u.c * u.d);
    return normal(u.a) * sqrt(Lanes(5) / chi_square);
}

} // namespace ENTENTE_KERNEL
} // namespace entente
