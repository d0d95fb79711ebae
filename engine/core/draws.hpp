// Random numbers that are addressed, not consumed: Philox4x32-10 (Salmon et al. 2011). The key is the 64-bit seed; the counter is (replicate,
// quarter, FNV-1a of the stream's name, agent x blocks + block). Four uniforms an address; nothing is remembered between calls.
#pragma once
#include "lanes.hpp"
#include <string_view>

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
/// What one of two agents who share an address has of it.
struct Pair {
    Lanes a, b;
};

class Draws {
public:
    Draws() = default;
    /// `replicates`: one number per lane. `blocks`: how many addresses an agent has in this stream.
    Draws(std::uint64_t seed, const std::uint32_t* replicates, std::uint32_t quarter, std::uint32_t stream = 0, std::uint32_t blocks = 1) : quarter_(quarter)
    {
        auto k0 = static_cast<std::uint32_t>(seed), k1 = static_cast<std::uint32_t>(seed >> 32);
        for (Round& key : keys_) {
            key = {BitRegister{} + Bit(k0), BitRegister{} + Bit(k1)};
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        for (int i = 0; i < width; ++i) replicate_[i] = replicates[i];
        begin(stream, blocks);
    }
    Draws of(std::uint32_t stream, std::uint32_t blocks) const
    {
        Draws d = *this;
        d.begin(stream, blocks);
        return d;
    }

    /// Four independent uniforms in (0, 1), each W lanes, for this agent's block in this quarter.
    Four operator()(std::uint32_t agent = 0, std::uint32_t block = 0) const
    {
        if constexpr (counting) ++calls_so_far.draws;
        const auto second = product(first_ ^ Bit(agent * blocks_ + block), m1);
        BitVector c0 = second.high ^ c0_, c1 = second.low, c2 = c2_, c3 = BitVector{} ^ c3_;
#pragma GCC unroll 8
        for (int round = 2; round < 10; ++round) {
            const auto p0 = product(c0, m0), p1 = product(c2, m1);
            c0 = p1.high ^ c1 ^ keys_[round].k0;
            c1 = p1.low;
            c2 = p0.high ^ c3 ^ keys_[round].k1;
            c3 = p0.low;
        }
        return {uniform(c0), uniform(c1), uniform(c2), uniform(c3)};
    }

    /// Two uniforms for each of many agents: to[i] is of agent first + i. Agents first + 2 k and first + 2 k + 1 share the first one's address: a and
    /// b of its four are the first one's, c and d the other's. `to` has an even number of places.
    template <class Pairs> void fill(Pairs& to, std::uint32_t first = 0) const
    {
        for (std::uint32_t i = 0; i + 1 < to.size(); i += 2) {
            const Four u = (*this)(first + i);
            to[i] = {u.a, u.b}, to[i + 1] = {u.c, u.d};
        }
    }

private:
    static constexpr std::uint32_t m0 = 0xD2511F53u, m1 = 0xCD9E8D57u;
    struct Round {
        BitRegister k0, k1; ///< the same in all lanes
    };
    template <class Words> struct Product {
        Words high, low;
    };

    /// The first two rounds, as far as they are the same for all agents: these are the words after them, but for what the agent's number changes.
    void begin(std::uint32_t stream, std::uint32_t blocks)
    {
        blocks_ = blocks;
        const auto of_replicate = product(replicate_, m0);
        const auto of_stream = product(BitRegister{} + Bit(stream), m1);
        const auto second = product(of_stream.high ^ Bit(quarter_) ^ keys_[0].k0, m0); // the same in all lanes, as of_stream is
        first_ = of_replicate.high ^ keys_[0].k1;
        c0_ = of_stream.low ^ keys_[1].k0;
        c2_ = of_replicate.low ^ second.high ^ keys_[1].k1;
        c3_ = second.low;
    }
    /// Of 32 x 32 bits. In 64-bit lanes, what stands above a word's 32 bits means nothing.
    template <class Words> static Product<Words> product(Words a, std::uint32_t m)
    {
        if constexpr (requires { a.second; }) {
            const auto first = product(a.first, m), second = product(a.second, m);
            return {{first.high, second.high}, {first.low, second.low}};
        } else if constexpr (sizeof(a[0]) == 8) {
            const WideRegister p = times((WideRegister)a, m);
            return {(Words)(p >> 32), (Words)p};
        } else if constexpr (sizeof a == 4) {
            const std::uint64_t p = std::uint64_t{a[0]} * m;
            return {Words{} + static_cast<std::uint32_t>(p >> 32), Words{} + static_cast<std::uint32_t>(p)};
#if defined(__wasm_simd128__)
        } else if constexpr (single && sizeof a == 16) {
            BitRegister all = BitRegister{} + m;
            asm("" : "+r"(all)); // whose value is forgotten: known, it would be put together anew before each use
            return {high_half(a, all), a * all};
#endif
        } else {
            const WideRegister even = times((WideRegister)a, m), odd = times((WideRegister)a >> 32, m);
            return {(Words)odd_from(even >> 32, odd), (Words)odd_from(even, odd << 32)};
        }
    }
    /// The word and a half, over its range: 23 bits in single, 32 in double precision.
    template <class Words> static Lanes uniform(Words word)
    {
        if constexpr (single) return Lanes(as<RealVector>((word >> 9) | Bit(0x3F800000u))) - (1 - 0x1p-24);
        else return Lanes(as<RealVector>(odd_from(word, in_all_lanes<Words>(Bit(0x4130000000000000u))))) - (0x1p20 - 0x1p-33);
    }

    Round keys_[10];
    BitVector replicate_, first_, c2_;
    BitRegister c0_, c3_; ///< the same in all lanes
    std::uint32_t quarter_, blocks_;
};

/// k[0] + k[1] x + ... + k[8] x^8, in four short chains that do not wait for each other.
inline Lanes polynomial(Lanes x, const double (&k)[9])
{
    const Lanes x2 = x * x, x4 = x2 * x2;
    return ((x * k[3] + k[2]) * x2 + (x * k[1] + k[0])) + (((x * k[7] + k[6]) * x2 + (x * k[5] + k[4])) + x4 * k[8]) * x4;
}

/// Standard normal deviate from a uniform in (0, 1): Giles (2010), erfinv in single precision; absolute error below 4e-6 inside |z| < 5,
/// the same work in every lane.
inline Lanes normal(Lanes u)
{
    if constexpr (counting) ++calls_so_far.normals, --calls_so_far.logs;
    const Lanes x = u * 2 - 1, w = -log((Lanes(1) - x) * (Lanes(1) + x));
    const Lanes centre = polynomial(w - 2.5, {1.50140941, 0.246640727, -0.00417768164, -0.00125372503, 0.00021858087, -4.39150654e-06, -3.5233877e-06, 3.43273939e-07, 2.81022636e-08});
    const Mask far = w > 5;
    if (!any(far)) return centre * x * 1.4142135623730951;
    const Lanes tail = polynomial(sqrt(max(w, 5)) - 3, {2.83297682, 1.00167406, 0.00943887047, -0.0076224613, 0.00573950773, -0.00367342844, 0.00134934322, 0.000100950558, -0.000200214257});
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

/// Beta(a, 2) from two uniforms: the product of a Beta(a, 1) and a Beta(a + 1, 1), which are powers of uniforms.
inline Lanes beta_2(Lanes u, Lanes v, Lanes a) { return exp(log(u) / a + log(v) / (a + 1)); }

/// Student's t with five degrees of freedom from four uniforms: a normal over the root of a chi-square that two exponentials and a square make.
inline Lanes student_5(Four u)
{
    const Lanes chi_square = square(normal(u.b)) - 2 * log(u.c * u.d);
    return normal(u.a) * sqrt(Lanes(5) / chi_square);
}

} // namespace ENTENTE_KERNEL
} // namespace entente
