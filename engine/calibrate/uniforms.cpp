#define ENTENTE_KERNEL one_number
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 1
#include "uniforms.hpp"
#include "../core/draws.hpp"

namespace entente {

static Four four_at(std::uint64_t seed, std::string_view what, std::uint32_t item, std::uint32_t index) { return Draws(seed, &item, calibration_quarter, hash_of(what))(index); }

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

} // namespace entente
