// Random numbers of calibration, addressed as the model's are (core/draws.hpp) and at a quarter that no run reaches: the same bits everywhere, in any order of asking.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace entente {

inline constexpr std::uint32_t calibration_quarter = 0xFFFFFFFDu; ///< the address "quarter" of all of them

/// Four independent uniforms in (0, 1). `what`: a name that says what they are for; `item` and `index`: which of them, as the replicate and agent of a draw.
std::array<double, 4> uniforms_at(std::uint64_t seed, std::string_view what, std::uint32_t item, std::uint32_t index = 0);
/// The same as standard normal deviates.
std::array<double, 4> normals_at(std::uint64_t seed, std::string_view what, std::uint32_t item, std::uint32_t index = 0);
/// For each of many items the first `count` of them, index by index, as normals_at() has them: [item][number].
void normals_of(std::uint64_t seed, std::string_view what, std::span<const std::uint32_t> items, std::size_t count, std::span<double> to);

/// The uniforms of one item, one after another: for who does not know how many will be needed.
class UniformStream {
public:
    /// Addressed by seed, what they are for and item: equal addresses give equal numbers.
    UniformStream(std::uint64_t seed, std::string_view what, std::uint32_t item) : seed_(seed), what_(what), item_(item) {}
    /// The next, in (0, 1).
    double operator()()
    {
        if (used_ % 4 == 0) four_ = uniforms_at(seed_, what_, item_, used_ / 4);
        return four_[used_++ % 4];
    }
    /// One of 0 to count - 1.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>((*this)() * static_cast<double>(count)); }

private:
    std::uint64_t seed_;
    std::string_view what_;
    std::uint32_t item_, used_ = 0;
    std::array<double, 4> four_{};
};

} // namespace entente
