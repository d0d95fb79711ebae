#define ENTENTE_KERNEL two_numbers
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 2
#include "uniforms.hpp"
#include "../core/draws.hpp"
#include <algorithm>

namespace entente {

static Four four_at(std::uint64_t seed, std::string_view what, std::uint32_t item, std::uint32_t index)
{
    const std::uint32_t items[width] = {item, item};
    return Draws(seed, items, calibration_quarter, hash_of(what))(index);
}

std::array<double, 4> uniforms_at(std::uint64_t seed, std::string_view what, std::uint32_t item, std::uint32_t index)
{
    const Four u = four_at(seed, what, item, index);
    return {u.a.v[0], u.b.v[0], u.c.v[0], u.d.v[0]};
}

std::array<double, 4> normals_at(std::uint64_t seed, std::string_view what, std::uint32_t item, std::uint32_t index)
{
    const Four u = four_at(seed, what, item, index);
    return {normal(u.a).v[0], normal(u.b).v[0], normal(u.c).v[0], normal(u.d).v[0]};
}

void normals_of(std::uint64_t seed, std::string_view what, std::span<const std::uint32_t> items, std::size_t count, std::span<double> to)
{
    for (std::size_t i = 0; i < items.size(); i += width) {
        const std::size_t other = std::min(i + 1, items.size() - 1);
        const std::uint32_t two[width] = {items[i], items[other]};
        const Draws draws(seed, two, calibration_quarter, hash_of(what));
        for (std::size_t n = 0; n < count; n += 4) {
            const Four u = draws(static_cast<std::uint32_t>(n / 4));
            const Lanes four[] = {normal(u.a), normal(u.b), normal(u.c), normal(u.d)};
            for (std::size_t j = 0; j < std::min<std::size_t>(4, count - n); ++j)
                to[i * count + n + j] = four[j].v[0], to[other * count + n + j] = other > i ? four[j].v[1] : four[j].v[0];
        }
    }
}

} // namespace entente
