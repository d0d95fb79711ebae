#include "quarter.hpp"
#include <charconv>
#include <fmt/format.h>

namespace entente {

std::string quarter_name(int quarter) { return fmt::format("{}Q{}", 2014 + quarter / 4, quarter % 4 + 1); }

std::optional<int> parse_quarter(std::string_view text)
{
    int year = 0;
    if (text.size() != 4 && text.size() != 6) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + 4, year);
    if (error != std::errc{} || end != text.data() + 4 || year < 2014 || year > 2199) return std::nullopt;
    if (text.size() == 4) return (year - 2014) * 4;
    if ((text[4] != 'Q' && text[4] != 'q') || text[5] < '1' || text[5] > '4') return std::nullopt;
    return (year - 2014) * 4 + (text[5] - '1');
}

} // namespace entente
