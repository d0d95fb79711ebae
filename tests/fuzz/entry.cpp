// One target as libFuzzer calls it.
#include "targets.hpp"
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    entente::fuzz::TARGET({reinterpret_cast<const char*>(data), size});
    return 0;
}
