// The number that a text is.
#pragma once
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace entente {

/// The finite number of this type that the whole text is; none if there is more, or less: blanks, a plus sign, a number that does not fit.
template <class Number> std::optional<Number> number_in(std::string_view text)
{
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [read, fault] = std::from_chars(text.data(), end, number);
    return fault == std::errc() && read == end && std::isfinite(static_cast<double>(number)) ? std::optional(number) : std::nullopt;
}

} // namespace entente
