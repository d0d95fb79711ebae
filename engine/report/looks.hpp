// How a text is to look: how wide it may be, in which signs, and how much it tells.
#pragma once
#include <cstddef>
#include <cstdint>

namespace entente::report {

enum class Signs : std::uint8_t { ascii, utf8 };
enum class Detail : std::uint8_t {
    first, ///< what a reader wants first
    all    ///< every date, event and interval
};
/// What every text is told about its place.
struct Looks {
    std::size_t width = 80; ///< signs of a line at most
    Signs signs = Signs::utf8;
    Detail detail = Detail::first;
};
/// In the signs that the place has.
constexpr const char* plus_minus(Signs signs) { return signs == Signs::utf8 ? "±" : "+-"; }

} // namespace entente::report
