#include "toml.hpp"
#include <fmt/format.h>
#include <stdexcept>
#include <vector>
namespace {
[[noreturn]] void malformed() { throw std::logic_error("malformed text"); }
} // namespace
// The library's assertions guard its parser against malformed input: they must hold in release builds too, and throw instead of aborting.
#undef NDEBUG
#undef TOML_HEADER_ONLY // a library built elsewhere has assertions of its own
#undef TOML_SHARED_LIB
#define TOML_HEADER_ONLY 1
#define TOML_ASSERT(condition) ((condition) ? static_cast<void>(0) : malformed())
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace entente {
namespace {

/// Refuses what the parser would answer with a deep recursion: walks over the text, blind to everything but strings, comments and nesting.
/// Up to the first malformed place it agrees with the parser about what is a string.
class Guard {
public:
    explicit Guard(std::string_view text) : text_(text) {}
    void check()
    {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"' || c == '\'') skip_string(c);
            else if (c == '#') skip_line();
            else if (step(), c == '[' || c == '{') deeper(), dots_.push_back(0);
            else if (c == ']' || c == '}') close();
            else if (c == '.') deeper(), ++dots_.back();
            else if (c == ',' || c == '\n') depth_ -= dots_.back(), dots_.back() = 0;
        }
    }

private:
    void step()
    {
        const auto c = static_cast<unsigned char>(text_[at_++]);
        if (c == 0) throw TomlFault("a NUL byte: this is no text", line_, column_);
        if (c == '\n') ++line_, column_ = 1;
        else if ((c & 0xC0) != 0x80) ++column_;
    }
    void deeper()
    {
        if (++depth_ > toml_depth) throw TomlFault(fmt::format("nested deeper than {} levels", toml_depth), line_, column_ > 1 ? column_ - 1 : 1);
    }
    void close()
    {
        if (dots_.size() < 2) return;
        depth_ -= 1 + dots_.back();
        dots_.pop_back();
    }
    void skip_line()
    {
        while (at_ < text_.size() && text_[at_] != '\n') step();
    }
    void skip_string(char quote)
    {
        const std::string three(3, quote);
        const bool long_string = text_.substr(at_, 3) == three;
        for (int i = 0; i < (long_string ? 3 : 1); ++i) step();
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (!long_string && c == '\n') return;
            if (c == quote && (!long_string || text_.substr(at_, 3) == three)) {
                for (int i = 0; i < (long_string ? 3 : 1); ++i) step();
                for (int i = 0; long_string && i < 2 && at_ < text_.size() && text_[at_] == quote; ++i) step(); // """ may follow up to two quotes
                return;
            }
            step();
            if (c == '\\' && quote == '"' && at_ < text_.size()) step();
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1, column_ = 1;
    int depth_ = 0;
    std::vector<int> dots_{0}; // dotted names at each level of brackets
};

std::uint32_t at_least_1(std::uint32_t x) { return x > 0 ? x : 1; }

TomlValue tree(const toml::node& node)
{
    using Kind = TomlValue::Kind;
    TomlValue value;
    value.line = at_least_1(node.source().begin.line);
    value.column = at_least_1(node.source().begin.column);
    if (const toml::table* table = node.as_table()) {
        for (const auto& [key, child] : *table)
            value.entries.push_back({std::string(key.str()), at_least_1(key.source().begin.line), at_least_1(key.source().begin.column), tree(child)});
    } else if (const toml::array* array = node.as_array()) {
        value.kind = Kind::array;
        for (const toml::node& child : *array) value.items.push_back(tree(child));
    } else if (const auto* text = node.as_string()) {
        value.kind = Kind::text, value.text = text->get();
    } else if (const auto* whole = node.as_integer()) {
        value.kind = Kind::whole, value.whole = whole->get(), value.number = static_cast<double>(value.whole);
    } else if (const auto* number = node.as_floating_point()) {
        value.kind = Kind::number, value.number = number->get();
    } else if (const auto* flag = node.as_boolean()) {
        value.kind = Kind::boolean, value.flag = flag->get();
    } else {
        value.kind = Kind::date;
    }
    return value;
}

bool trips(std::string_view text)
{
    try {
        static_cast<void>(toml::parse(text));
    } catch (const toml::parse_error&) {
    } catch (const std::logic_error&) {
        return true;
    }
    return false;
}

/// The line at which the parser trips, which does not say so itself: the fewest lines that make it trip.
std::uint32_t tripping_line(std::string_view text)
{
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n') ends.push_back(i + 1);
    ends.push_back(text.size());
    std::size_t low = 0, high = ends.size() - 1;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (trips(text.substr(0, ends[middle]))) high = middle;
        else low = middle + 1;
    }
    return static_cast<std::uint32_t>(low + 1);
}

} // namespace

const TomlEntry* TomlValue::find(std::string_view key) const
{
    for (const TomlEntry& entry : entries)
        if (entry.key == key) return &entry;
    return nullptr;
}

TomlValue parse_toml(std::string_view text)
{
    Guard(text).check();
    try {
        return tree(toml::parse(text));
    } catch (const toml::parse_error& fault) {
        throw TomlFault(fmt::format("not TOML: {}", fault.description()), at_least_1(fault.source().begin.line), at_least_1(fault.source().begin.column));
    } catch (const std::logic_error& fault) {
        throw TomlFault(fmt::format("not TOML: {}", fault.what()), tripping_line(text), 1);
    }
}

} // namespace entente
