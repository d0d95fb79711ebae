// TOML text as a plain tree. Only toml.cpp names the library that parses it.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

struct TomlEntry;
/// A value with its place.
struct TomlValue {
    enum class Kind : std::uint8_t { boolean, whole, number, text, date, array, table };
    Kind kind = Kind::table;
    bool flag = false;
    std::int64_t whole = 0;
    double number = 0; ///< of whole numbers too
    std::string text;
    std::vector<TomlValue> items;
    std::vector<TomlEntry> entries; ///< in the order of their names
    std::uint32_t line = 1, column = 1;

    /// Of a table; null if it has no such key.
    const TomlEntry* find(std::string_view key) const;
    bool is_number() const { return kind == Kind::whole || kind == Kind::number; }
};
/// A key with its place and value.
struct TomlEntry {
    std::string key;
    std::uint32_t line = 1, column = 1;
    TomlValue value;
};

/// Text that is not TOML.
struct TomlFault : std::runtime_error {
    std::uint32_t line, column;
    /// Line and column from 1.
    TomlFault(const std::string& what, std::uint32_t at_line, std::uint32_t at_column) : std::runtime_error(what), line(at_line), column(at_column) {}
};
inline constexpr int toml_depth = 64; ///< of tables, arrays and dotted names inside each other

/// Throws TomlFault at the first thing that is not TOML, is nested deeper than toml_depth or is no text.
TomlValue parse_toml(std::string_view text);

} // namespace entente
