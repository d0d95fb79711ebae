// Lines of a text, for tests.
#pragma once
#include "core/text.hpp"
#include <string>
#include <string_view>

namespace entente {

/// The first line that begins like this; "" if none does.
inline std::string line_of(const std::string& text, std::string_view beginning)
{
    for (const std::string& line : split(text, '\n'))
        if (line.starts_with(beginning)) return line;
    return "";
}

} // namespace entente
