// Edits as bytes: six of them say what is changed, where and into what. A few bytes are so a whole file of a stranger, and a corpus stays small.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace entente::fuzz {

struct Edit {
    std::uint8_t kind = 0;
    std::uint32_t where = 0; ///< taken modulo what there is
    std::uint8_t value = 0;
};
inline constexpr std::size_t edit_bytes = 6, most_edits = 16;

/// What is left over counts for nothing.
inline std::vector<Edit> edits_in(std::string_view bytes)
{
    std::vector<Edit> edits;
    for (; bytes.size() >= edit_bytes && edits.size() < most_edits; bytes.remove_prefix(edit_bytes)) {
        Edit edit{static_cast<std::uint8_t>(bytes[0]), 0, static_cast<std::uint8_t>(bytes[5])};
        std::memcpy(&edit.where, bytes.data() + 1, sizeof edit.where);
        edits.push_back(edit);
    }
    return edits;
}

/// A number of so many bytes that nobody expects: none, the least and the most, one beside what was there.
inline void put_extreme(char* at, std::size_t size, std::uint8_t which)
{
    switch (which % 8) {
    case 0: std::memset(at, 0, size); break;
    case 1: std::memset(at, 0xff, size); break; // -1, and no number
    case 2: std::memset(at, 0xff, size), at[size - 1] = 0x7f; break;
    case 3: std::memset(at, 0, size), at[size - 1] = static_cast<char>(0x80); break;
    case 4: ++at[0]; break;
    case 5: --at[0]; break;
    case 6: ++at[size - 1]; break;
    default: at[which % size] = static_cast<char>(which);
    }
}

} // namespace entente::fuzz
