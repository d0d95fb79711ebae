#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {

std::string cause_text(std::int16_t variable, float value)
{
    if (variable < 0) return "given up, it took longer than --run-limit";
    const Row& row = describe().variables[static_cast<std::size_t>(variable)];
    return std::isnan(value) ? fmt::format("{} is no number", row.name) : fmt::format("{} outside its range, {:g} to {:g}", row.name, row.low, row.high);
}

std::string with_commas(std::uint64_t n)
{
    std::string digits = std::to_string(n);
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string wrapped(const std::string& text, std::size_t width)
{
    std::string out;
    std::size_t column = 0, at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (column > 0 && column + 1 + (end - at) > width) out += '\n', column = 0;
        if (column > 0) out += ' ', ++column;
        out.append(text, at, end - at);
        column += end - at;
        at = end + 1;
    }
    return out + "\n";
}

std::string counted(std::uint64_t n, const char* one, const char* several) { return fmt::format("{} {}", with_commas(n), n == 1 ? one : several); }

std::string class_at(const Told& told, int quarter) { return std::string(class_names[class_of(static_cast<std::uint8_t>(told.code(quarter)))]); }
std::string orientation_at(const Told& told, int quarter) { return std::string(orientation_names[orientation_of(static_cast<std::uint8_t>(told.code(quarter)))]); }

} // namespace entente::report
