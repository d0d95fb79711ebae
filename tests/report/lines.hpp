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

/// In one line, with single blanks.
inline std::string on_one_line(const std::string& text)
{
    std::string one;
    for (const char c : text)
        if (c != '\n' && c != ' ') one += c;
        else if (!one.empty() && one.back() != ' ') one += ' ';
    return one;
}

} // namespace entente
