// The machine's vectors of this kernel, and the few instructions that compilers do not find by themselves: the one file with intrinsics.
// ENTENTE_WIDTH lanes lie in ENTENTE_REGISTERS of the machine's registers, one or two: of two, one works while the other waits for the end of a long
// chain of operations, as exp is. Everything lives in a namespace named after the instruction set and precision, so that one source can be compiled
// several times into one program.
#pragma once
#include <cstddef>
#include <cstdint>
#include <type_traits>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#else
#include <chrono>
#endif

namespace entente {
inline namespace ENTENTE_KERNEL {

using Real = ENTENTE_REAL;
#ifndef ENTENTE_REGISTERS
#define ENTENTE_REGISTERS 1
#endif
inline constexpr int width = ENTENTE_WIDTH, registers = ENTENTE_REGISTERS;
inline constexpr bool single = sizeof(Real) == 4;
using Bit = std::conditional_t<single, std::uint32_t, std::uint64_t>;
using Int = std::make_signed_t<Bit>;
inline constexpr std::size_t register_bytes = width / registers * sizeof(Real);
typedef Real RealRegister __attribute__((vector_size(register_bytes)));
typedef Bit BitRegister __attribute__((vector_size(register_bytes)));
typedef Int IntRegister __attribute__((vector_size(register_bytes)));
typedef float FloatRegister __attribute__((vector_size(width / registers * sizeof(float))));
typedef std::uint64_t WideRegister __attribute__((vector_size(register_bytes < 8 ? 8 : register_bytes)));

/// Two registers that are used as one of twice the width.
template <class Register> struct Two {
    using Element [[gnu::may_alias]] = std::remove_cvref_t<decltype(Register{}[0])>;
    Register first, second;
    Element& operator[](int lane) { return reinterpret_cast<Element*>(this)[lane]; }
    const Element& operator[](int lane) const { return reinterpret_cast<const Element*>(this)[lane]; }
    Two operator-() const { return {-first, -second}; }
    Two operator~() const { return {~first, ~second}; }
};
// clang-format off
#define ON_TWO(o) template <class Register> auto operator o(Two<Register> a, Two<Register> b) { return Two<decltype(a.first o b.first)>{a.first o b.first, a.second o b.second}; }
ON_TWO(+) ON_TWO(-) ON_TWO(*) ON_TWO(/) ON_TWO(<) ON_TWO(>) ON_TWO(<=) ON_TWO(>=) ON_TWO(==) ON_TWO(&) ON_TWO(|) ON_TWO(^)
#undef ON_TWO
/// With one number or one register for both.
#define ON_TWO(o) \
    template <class Register> Two<Register> operator o(Two<Register> a, Register b) { return {a.first o b, a.second o b}; } \
    template <class Register> Two<Register> operator o(Two<Register> a, typename Two<Register>::Element b) { return {a.first o b, a.second o b}; }
ON_TWO(+) ON_TWO(-) ON_TWO(&) ON_TWO(|) ON_TWO(^)
#undef ON_TWO
template <class Register> Two<Register> operator<<(Two<Register> a, int bits) { return {a.first << bits, a.second << bits}; }
template <class Register> Two<Register> operator>>(Two<Register> a, int bits) { return {a.first >> bits, a.second >> bits}; }
// clang-format on

template <class Register> using Registers = std::conditional_t<registers == 2, Two<Register>, Register>;
using RealVector = Registers<RealRegister>;
using BitVector = Registers<BitRegister>;
using IntVector = Registers<IntRegister>;
using FloatVector = Registers<FloatRegister>;

/// The same bits as another kind of number.
template <class To, class From> To as(From a)
{
    if constexpr (requires { a.second; }) return {as<decltype(To::first)>(a.first), as<decltype(To::first)>(a.second)};
    else return (To)a;
}
/// The same numbers as another kind.
template <class To, class From> To converted(From a)
{
    if constexpr (requires { a.second; }) return {converted<decltype(To::first)>(a.first), converted<decltype(To::first)>(a.second)};
    else return __builtin_convertvector(a, To);
}
template <class Vector, class Element> Vector in_all_lanes(Element x)
{
    if constexpr (registers == 2) return {x - decltype(Vector::first){}, x - decltype(Vector::first){}};
    else return x - Vector{};
}
/// Without asking where the numbers go. Each register by itself: both together would first meet in memory, and be waited for there.
template <class Vector> void store(float* to, Vector x)
{
    if constexpr (requires { x.second; }) store(to, x.first), store(to + sizeof x.first / sizeof *to, x.second);
    else __builtin_memcpy(to, &x, sizeof x);
}
/// a where the condition holds, else b.
template <class Condition, class Vector> Vector chosen(Condition condition, Vector a, Vector b)
{
    if constexpr (registers == 2) return {condition.first ? a.first : b.first, condition.second ? a.second : b.second};
    else return condition ? a : b;
}

/// Of a steady clock, in units of its own.
inline std::uint64_t ticks()
{
#if defined(__x86_64__)
    return __rdtsc();
#elif defined(__wasm__)
    return 0; // it has none, and nobody asks
#else
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

// Eight numbers of single precision at a time, whatever the kernel's precision and lanes: for what is recorded and summed.
typedef float EightFloats __attribute__((vector_size(32)));
typedef std::int32_t EightIntegers __attribute__((vector_size(32)));
typedef double FourDoubles __attribute__((vector_size(32)));
typedef std::uint64_t FourWide __attribute__((vector_size(32)));
/// Without asking where the numbers lie.
template <class Vector, class Element> Vector loaded(const Element* from)
{
    Vector v;
    __builtin_memcpy(&v, from, sizeof v);
    return v;
}
#if defined(__AVX2__)
/// b where b < a, else a.
inline EightFloats lesser_of_eight(EightFloats a, EightFloats b) { return EightFloats(_mm256_min_ps((__m256)b, (__m256)a)); }
inline EightFloats greater_of_eight(EightFloats a, EightFloats b) { return EightFloats(_mm256_max_ps((__m256)b, (__m256)a)); }
/// Without what stands behind the point.
inline EightIntegers whole(EightFloats a) { return EightIntegers(_mm256_cvttps_epi32((__m256)a)); }
inline FourDoubles four_doubles(const float* from) { return FourDoubles(_mm256_cvtps_pd(_mm_loadu_ps(from))); }
/// The squares of the even and of the odd ones, each with its neighbour's: numbers below 2^31.
inline FourWide squares_in_pairs(EightIntegers a)
{
    const __m256i even = (__m256i)a, odd = _mm256_srli_epi64(even, 32);
    return FourWide(_mm256_mul_epu32(even, even)) + FourWide(_mm256_mul_epu32(odd, odd));
}
#else
inline EightFloats lesser_of_eight(EightFloats a, EightFloats b) { return b < a ? b : a; }
inline EightFloats greater_of_eight(EightFloats a, EightFloats b) { return b > a ? b : a; }
inline EightIntegers whole(EightFloats a) { return __builtin_convertvector(a, EightIntegers); }
inline FourDoubles four_doubles(const float* from) { return FourDoubles{from[0], from[1], from[2], from[3]}; }
inline FourWide squares_in_pairs(EightIntegers a)
{
    const auto pair = [a](int i) { return std::uint64_t(a[i]) * std::uint64_t(a[i]) + std::uint64_t(a[i + 1]) * std::uint64_t(a[i + 1]); };
    return FourWide{pair(0), pair(2), pair(4), pair(6)};
}
#endif
/// Copies past the caches, for what is not read soon and would push out what is: n divides by 4, both places by 16 bytes. Others may read it after
/// all_streamed().
inline void stream(float* to, const float* from, std::size_t n)
{
#if defined(__x86_64__)
    for (std::size_t i = 0; i < n; i += 4) _mm_stream_ps(to + i, _mm_load_ps(from + i));
#else
    __builtin_memcpy(to, from, n * sizeof *to);
#endif
}
inline void all_streamed()
{
#if defined(__x86_64__)
    _mm_sfence();
#endif
}

// Below: lesser is b where b < a, else a; greater likewise: a NaN in a is handed on. times is the full product of the lower halves of 64-bit
// words with m. odd_from puts b's odd 32-bit words among a's even ones.
#if defined(__AVX512F__) && ENTENTE_WIDTH > 1
inline RealRegister lesser(RealRegister a, RealRegister b)
{
    return single ? RealRegister(_mm512_maskz_min_ps(0xFFFF, (__m512)b, (__m512)a)) : RealRegister(_mm512_maskz_min_pd(0xFF, (__m512d)b, (__m512d)a));
}
inline RealRegister greater(RealRegister a, RealRegister b)
{
    return single ? RealRegister(_mm512_maskz_max_ps(0xFFFF, (__m512)b, (__m512)a)) : RealRegister(_mm512_maskz_max_pd(0xFF, (__m512d)b, (__m512d)a));
}
inline RealRegister root(RealRegister a) { return single ? RealRegister(_mm512_maskz_sqrt_ps(0xFFFF, (__m512)a)) : RealRegister(_mm512_maskz_sqrt_pd(0xFF, (__m512d)a)); }
inline bool any_bit(IntRegister a) { return _mm512_test_epi64_mask((__m512i)a, (__m512i)a) != 0; }
inline WideRegister times(WideRegister a, std::uint32_t m) { return WideRegister(_mm512_maskz_mul_epu32(0xFF, (__m512i)a, _mm512_set1_epi64(m))); }
inline WideRegister odd_from(WideRegister a, WideRegister b) { return WideRegister(_mm512_mask_blend_epi32(0xAAAA, (__m512i)a, (__m512i)b)); }
#elif defined(__AVX2__) && ENTENTE_WIDTH > 1
inline RealRegister lesser(RealRegister a, RealRegister b)
{
    return single ? RealRegister(_mm256_min_ps((__m256)b, (__m256)a)) : RealRegister(_mm256_min_pd((__m256d)b, (__m256d)a));
}
inline RealRegister greater(RealRegister a, RealRegister b)
{
    return single ? RealRegister(_mm256_max_ps((__m256)b, (__m256)a)) : RealRegister(_mm256_max_pd((__m256d)b, (__m256d)a));
}
inline RealRegister root(RealRegister a) { return single ? RealRegister(_mm256_sqrt_ps((__m256)a)) : RealRegister(_mm256_sqrt_pd((__m256d)a)); }
inline bool any_bit(IntRegister a) { return _mm256_testz_si256((__m256i)a, (__m256i)a) == 0; }
inline WideRegister times(WideRegister a, std::uint32_t m) { return WideRegister(_mm256_mul_epu32((__m256i)a, _mm256_set1_epi64x(m))); }
inline WideRegister odd_from(WideRegister a, WideRegister b) { return WideRegister(_mm256_blend_epi32((__m256i)a, (__m256i)b, 0xAA)); }
#elif defined(__SSE4_1__) && ENTENTE_WIDTH > 1
inline RealRegister lesser(RealRegister a, RealRegister b) { return single ? RealRegister(_mm_min_ps((__m128)b, (__m128)a)) : RealRegister(_mm_min_pd((__m128d)b, (__m128d)a)); }
inline RealRegister greater(RealRegister a, RealRegister b) { return single ? RealRegister(_mm_max_ps((__m128)b, (__m128)a)) : RealRegister(_mm_max_pd((__m128d)b, (__m128d)a)); }
inline RealRegister root(RealRegister a) { return single ? RealRegister(_mm_sqrt_ps((__m128)a)) : RealRegister(_mm_sqrt_pd((__m128d)a)); }
inline bool any_bit(IntRegister a) { return _mm_testz_si128((__m128i)a, (__m128i)a) == 0; }
inline WideRegister times(WideRegister a, std::uint32_t m) { return WideRegister(_mm_mul_epu32((__m128i)a, _mm_set1_epi64x(m))); }
inline WideRegister odd_from(WideRegister a, WideRegister b) { return WideRegister(_mm_blend_epi16((__m128i)a, (__m128i)b, 0xCC)); }
#elif defined(__wasm_simd128__) && ENTENTE_WIDTH > 1
inline RealRegister lesser(RealRegister a, RealRegister b)
{
    return single ? RealRegister(wasm_f32x4_pmin((v128_t)a, (v128_t)b)) : RealRegister(wasm_f64x2_pmin((v128_t)a, (v128_t)b));
}
inline RealRegister greater(RealRegister a, RealRegister b)
{
    return single ? RealRegister(wasm_f32x4_pmax((v128_t)a, (v128_t)b)) : RealRegister(wasm_f64x2_pmax((v128_t)a, (v128_t)b));
}
inline RealRegister root(RealRegister a) { return single ? RealRegister(wasm_f32x4_sqrt((v128_t)a)) : RealRegister(wasm_f64x2_sqrt((v128_t)a)); }
inline bool any_bit(IntRegister a) { return wasm_v128_any_true((v128_t)a); }
inline WideRegister times(WideRegister a, std::uint32_t m)
{
    return WideRegister(wasm_u64x2_extmul_low_u32x4(wasm_i32x4_shuffle((v128_t)a, (v128_t)a, 0, 2, 0, 2), wasm_u32x4_splat(m)));
}
inline WideRegister odd_from(WideRegister a, WideRegister b) { return WideRegister(wasm_i32x4_shuffle((v128_t)a, (v128_t)b, 0, 5, 2, 7)); }
/// Of the products of 32 x 32 bits: the instruction takes neighbours, not every second one.
inline BitRegister high_half(BitRegister a, BitRegister m)
{
    return BitRegister(wasm_i32x4_shuffle(wasm_u64x2_extmul_low_u32x4((v128_t)a, (v128_t)m), wasm_u64x2_extmul_high_u32x4((v128_t)a, (v128_t)m), 1, 3, 5, 7));
}
#else
inline RealRegister lesser(RealRegister a, RealRegister b) { return b < a ? b : a; }
inline RealRegister greater(RealRegister a, RealRegister b) { return b > a ? b : a; }
inline RealRegister root(RealRegister a)
{
    for (int i = 0; i < width / registers; ++i) a[i] = single ? Real(__builtin_sqrtf(float(a[i]))) : Real(__builtin_sqrt(double(a[i])));
    return a;
}
inline bool any_bit(IntRegister a)
{
    std::uint64_t words[(sizeof a + 7) / 8] = {}, bits = 0; // not element by element: GCC 12 then loses comparisons of one lane
    __builtin_memcpy(words, &a, sizeof a);
    for (const std::uint64_t word : words) bits |= word;
    return bits != 0;
}
inline WideRegister times(WideRegister a, std::uint32_t m) { return (a & 0xFFFFFFFFu) * std::uint64_t{m}; }
inline WideRegister odd_from(WideRegister a, WideRegister b) { return (a & 0xFFFFFFFFu) | (b & ~0xFFFFFFFFull); }
#endif
template <class Register> Two<Register> lesser(Two<Register> a, Two<Register> b) { return {lesser(a.first, b.first), lesser(a.second, b.second)}; }
template <class Register> Two<Register> greater(Two<Register> a, Two<Register> b) { return {greater(a.first, b.first), greater(a.second, b.second)}; }
template <class Register> Two<Register> root(Two<Register> a) { return {root(a.first), root(a.second)}; }
template <class Register> Two<Register> odd_from(Two<Register> a, Two<Register> b) { return {odd_from(a.first, b.first), odd_from(a.second, b.second)}; }
template <class Register> bool any_bit(Two<Register> a) { return any_bit(a.first | a.second); }

} // namespace ENTENTE_KERNEL
} // namespace entente
