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

std::string words_of(std::string_view name)
{
    std::string words(name);
    std::ranges::replace(words, '_', ' ');
    return words;
}

std::size_t columns(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; })); // not those that go on with a sign
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent, std::size_t begun)
{
    std::string out;
    std::size_t column = begun;
    bool first = true; // of its line
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find(' ', at);
        if (text.substr(std::min(end, text.size())).starts_with(" %")) end = text.find(' ', end + 1); // a number keeps its unit
        const std::string_view word = text.substr(at, end - at);
        if (!first && column + 1 + columns(word) > width) out += "\n" + std::string(indent, ' '), column = indent, first = true;
        if (!first) out += ' ', ++column;
        out += word;
        column += columns(word), first = false;
        at += word.size() + 1;
    }
    return out + "\n";
}

std::string counted(std::uint64_t n, const char* one, const char* several) { return fmt::format("{} {}", with_commas(n), n == 1 ? one : several); }

std::string class_at(const Told& told, int quarter) { return std::string(class_names[class_of(static_cast<std::uint8_t>(told.code(quarter)))]); }
std::string orientation_at(const Told& told, int quarter) { return std::string(orientation_names[orientation_of(static_cast<std::uint8_t>(told.code(quarter)))]); }

} // namespace entente::report
