// What text that is not TOML was meant to be, which the parser cannot say.
#include "../core/text.hpp"
#include "layers.hpp"
#include <fmt/format.h>
#include <optional>

namespace entente {
namespace {

constexpr std::string_view digits = "0123456789", letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
std::string_view word_at(std::string_view text) { return text.substr(0, text.find_first_not_of(letters)); }

/// Of the line from `first` to before `last`, counted from 0, that begins with `name` and then one of `then`.
std::optional<Origin> line_beginning(const std::vector<std::string>& lines, const std::string& file, std::size_t first, std::size_t last, std::string_view name, std::string_view then)
{
    for (std::size_t i = first; i < last; ++i) {
        std::string_view line = trim(lines[i]);
        if (!line.starts_with(name)) continue;
        line = trim(line.substr(name.size()));
        if (!line.empty() && then.find(line[0]) != std::string_view::npos)
            return Origin{file, static_cast<std::uint32_t>(i + 1), static_cast<std::uint32_t>(lines[i].find_first_not_of(" \t") + 1)};
    }
    return {};
}

/// A table or a key that is there already, by the line of the second.
std::string repeated(const std::vector<std::string>& lines, const std::string& file, std::size_t at)
{
    const std::string_view line = trim(lines[at]);
    if (line.starts_with('[') && !line.starts_with("[[") && line.find(']') < line.find_first_of("{=#")) {
        const std::string header(line.substr(0, line.find(']') + 1)), name = header.substr(1, header.size() - 2);
        const auto whole = line_beginning(lines, file, 0, at, "[" + name, "]"), list = line_beginning(lines, file, 0, at, "[[" + name, "]");
        const auto dotted = line_beginning(lines, file, 0, at, name, ".=");
        const auto first = whole ? whole : list ? list : dotted;
        return first ? fmt::format("{} is there already at {}; put its lines together", header, place_text(*first)) : fmt::format("{} is there already", header);
    }
    const std::string name(trim(line.substr(0, line.find('='))));
    std::size_t table = at;
    while (table > 0 && !trim(lines[table]).starts_with('[')) --table;
    const auto first = line_beginning(lines, file, table, at, name, "=");
    return first ? fmt::format("{} is set already at {}", name, place_text(*first)) : "";
}

std::string of_bytes(const std::string& text)
{
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 1u; };
    const bool wide = (byte(0) == 0xff && byte(1) == 0xfe) || (byte(0) == 0xfe && byte(1) == 0xff) || (text.size() > 3 && (byte(0) == 0) != (byte(1) == 0));
    return wide ? "not UTF-8 but UTF-16: save the file as UTF-8" : "";
}

/// Of a value that begins with a number.
std::string of_number(std::string_view value, bool on_command_line)
{
    std::string_view number = value.substr(0, value.find_first_not_of("+-0123456789.,eE_"));
    while (number.ends_with(',')) number.remove_suffix(1);
    if (number.find(',') != std::string_view::npos && number.find_first_of(digits) != std::string_view::npos)
        return fmt::format("a number has a point before its decimals and no comma, got {}", number);
    const std::size_t point = number.find_first_not_of("+-");
    if (point != std::string_view::npos && number[point] == '.' && point + 1 < number.size() && is_digit(number[point + 1]))
        return fmt::format("a digit stands before the point: {}0{}", number.substr(0, point), number.substr(point));
    if (!number.empty() && value.find(';') != std::string_view::npos)
        return on_command_line ? "a semicolon parts nothing: one --set for each value" : "a semicolon parts nothing: one line for each value";
    return "";
}

} // namespace

std::string slip(const std::string& text, const std::string& file, const TomlFault& fault)
{
    if (std::string wide = of_bytes(text); !wide.empty()) return wide;
    const std::vector<std::string> lines = split(text, '\n');
    const std::string_view what = fault.what();
    if (!what.starts_with("not TOML: ") || fault.line == 0 || fault.line > lines.size()) return "";
    if (what.find("invalid utf-8") != std::string_view::npos) return "not UTF-8: save the file as UTF-8";
    if (what.find("cannot redefine") != std::string_view::npos) return repeated(lines, file, fault.line - 1);
    if (what.find("escape") != std::string_view::npos) return "not TOML: in \"...\" a backslash begins an escape: write / instead of \\, or '...'";
    const std::string_view line = lines[fault.line - 1], until = line.substr(0, fault.column);
    const std::size_t equals = until.rfind('='), before = until.find_last_of("=[,{");
    const std::string_view value = equals == std::string_view::npos ? "" : trim(line.substr(equals + 1)), item = before == std::string_view::npos ? "" : trim(line.substr(before + 1));
    for (const std::string_view curly : {"“", "”", "„", "‘", "’", "«", "»"})
        if (value.starts_with(curly) || item.starts_with(curly)) return fmt::format("not TOML: a text stands in straight quotation marks, \" or ', got {}", curly);
    for (const std::string_view number : {value, item})
        if (const std::string wrong = of_number(number, file == overlay_name); !wrong.empty()) return "not TOML: " + wrong;
    const std::string_view word = word_at(item);
    const bool is_word = word.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdfghijklmnopqrstuvwxyz") != std::string_view::npos; // but the e of 1e4
    return is_word && word != "true" && word != "false" ? fmt::format("not TOML: a text stands in quotation marks: \"{}\"", word) : "";
}

} // namespace entente
