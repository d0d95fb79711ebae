// What costs the model most and cannot be left out: the floor of the benchmark is these calls and nothing else.
#pragma once
#include <cstdint>

namespace entente {

struct Calls {
    std::uint64_t draws = 0, exps = 0, logs = 0, normals = 0; ///< a draw: one address, four uniforms; a normal's own logarithm is a normal's
};

} // namespace entente
