// The machine's vectors of this kernel, and the few instructions that compilers do not find by themselves: the one file with intrinsics. The
// width is the machine's (ENTENTE_WIDTH); everything lives in a namespace named after the instruction set and precision, so that one source
// can be compiled several times into one program.
#pragma once
#include <cstddef>
#include <cstdint>
#include <type_traits>
#if defined(__x86_64__)
#include <immintrin.h>
#else
#include <chrono>
#endif

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
typedef std::uint64_t WideVector __attribute__((vector_size(width * sizeof(Real) < 8 ? 8 : width * sizeof(Real))));

/// Of a steady clock, in units of its own.
inline std::uint64_t ticks()
{
#if defined(__x86_64__)
    return __rdtsc();
#else
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

inline void copy(float* to, const float* from, std::size_t n) { __builtin_memcpy(to, from, n * sizeof *to); }
/// The same past the caches, for what is not read soon and would push out what is: n divides by 4, both places by 16.
inline void stream(float* to, const float* from, std::size_t n)
{
#if defined(__x86_64__)
    for (std::size_t i = 0; i < n; i += 4) _mm_stream_ps(to + i, _mm_load_ps(from + i));
    _mm_sfence();
#else
    copy(to, from, n);
#endif
}

// Below: lesser is b where b < a, else a; greater likewise: a NaN in a is handed on. times is the full product of the lower halves of 64-bit
// words with m. odd_from puts b's odd 32-bit words among a's even ones.
#if defined(__AVX512F__) && ENTENTE_WIDTH > 1
inline RealVector lesser(RealVector a, RealVector b)
{
    return single ? RealVector(_mm512_maskz_min_ps(0xFFFF, (__m512)b, (__m512)a)) : RealVector(_mm512_maskz_min_pd(0xFF, (__m512d)b, (__m512d)a));
}
inline RealVector greater(RealVector a, RealVector b)
{
    return single ? RealVector(_mm512_maskz_max_ps(0xFFFF, (__m512)b, (__m512)a)) : RealVector(_mm512_maskz_max_pd(0xFF, (__m512d)b, (__m512d)a));
}
inline RealVector root(RealVector a) { return single ? RealVector(_mm512_maskz_sqrt_ps(0xFFFF, (__m512)a)) : RealVector(_mm512_maskz_sqrt_pd(0xFF, (__m512d)a)); }
inline bool any_bit(IntVector a) { return _mm512_test_epi64_mask((__m512i)a, (__m512i)a) != 0; }
inline WideVector times(WideVector a, std::uint32_t m) { return WideVector(_mm512_maskz_mul_epu32(0xFF, (__m512i)a, _mm512_set1_epi64(m))); }
inline WideVector odd_from(WideVector a, WideVector b) { return WideVector(_mm512_mask_blend_epi32(0xAAAA, (__m512i)a, (__m512i)b)); }
#elif defined(__AVX2__) && ENTENTE_WIDTH > 1
inline RealVector lesser(RealVector a, RealVector b) { return single ? RealVector(_mm256_min_ps((__m256)b, (__m256)a)) : RealVector(_mm256_min_pd((__m256d)b, (__m256d)a)); }
inline RealVector greater(RealVector a, RealVector b) { return single ? RealVector(_mm256_max_ps((__m256)b, (__m256)a)) : RealVector(_mm256_max_pd((__m256d)b, (__m256d)a)); }
inline RealVector root(RealVector a) { return single ? RealVector(_mm256_sqrt_ps((__m256)a)) : RealVector(_mm256_sqrt_pd((__m256d)a)); }
inline bool any_bit(IntVector a) { return _mm256_testz_si256((__m256i)a, (__m256i)a) == 0; }
inline WideVector times(WideVector a, std::uint32_t m) { return WideVector(_mm256_mul_epu32((__m256i)a, _mm256_set1_epi64x(m))); }
inline WideVector odd_from(WideVector a, WideVector b) { return WideVector(_mm256_blend_epi32((__m256i)a, (__m256i)b, 0xAA)); }
#elif defined(__SSE4_1__) && ENTENTE_WIDTH > 1
inline RealVector lesser(RealVector a, RealVector b) { return single ? RealVector(_mm_min_ps((__m128)b, (__m128)a)) : RealVector(_mm_min_pd((__m128d)b, (__m128d)a)); }
inline RealVector greater(RealVector a, RealVector b) { return single ? RealVector(_mm_max_ps((__m128)b, (__m128)a)) : RealVector(_mm_max_pd((__m128d)b, (__m128d)a)); }
inline RealVector root(RealVector a) { return single ? RealVector(_mm_sqrt_ps((__m128)a)) : RealVector(_mm_sqrt_pd((__m128d)a)); }
inline bool any_bit(IntVector a) { return _mm_testz_si128((__m128i)a, (__m128i)a) == 0; }
inline WideVector times(WideVector a, std::uint32_t m) { return WideVector(_mm_mul_epu32((__m128i)a, _mm_set1_epi64x(m))); }
inline WideVector odd_from(WideVector a, WideVector b) { return WideVector(_mm_blend_epi16((__m128i)a, (__m128i)b, 0xCC)); }
#else
inline RealVector lesser(RealVector a, RealVector b) { return b < a ? b : a; }
inline RealVector greater(RealVector a, RealVector b) { return b > a ? b : a; }
inline RealVector root(RealVector a)
{
    for (int i = 0; i < width; ++i) a[i] = single ? Real(__builtin_sqrtf(float(a[i]))) : Real(__builtin_sqrt(double(a[i])));
    return a;
}
inline bool any_bit(IntVector a)
{
    std::uint64_t words[(sizeof a + 7) / 8] = {}, bits = 0; // not element by element: GCC 12 then loses comparisons of one lane
    __builtin_memcpy(words, &a, sizeof a);
    for (const std::uint64_t word : words) bits |= word;
    return bits != 0;
}
inline WideVector times(WideVector a, std::uint32_t m) { return (a & 0xFFFFFFFFu) * std::uint64_t{m}; }
inline WideVector odd_from(WideVector a, WideVector b) { return (a & 0xFFFFFFFFu) | (b & ~0xFFFFFFFFull); }
#endif

} // namespace ENTENTE_KERNEL
} // namespace entente
