// Numbers, texts and lists of them as bytes, one after the other, for a program of the same sources; and back. Who writes and reads a thing in one order writes that order once.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace entente {

class Packing {
public:
    /// A number, truth value or enumerator, as it lies in memory.
    template <class T> void number(T x)
    {
        static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
        bytes.append(reinterpret_cast<const char*>(&x), sizeof x);
    }
    /// How many there are, then each, which `each` appends.
    template <class List, class Each> void list(const List& all, Each each)
    {
        number(std::uint64_t{all.size()});
        for (const auto& one : all) each(one);
    }
    /// How many there are, then all at once, as they lie in memory.
    template <class T> void numbers(const std::vector<T>& all)
    {
        static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
        number(std::uint64_t{all.size()});
        if constexpr (std::is_same_v<T, bool>) bytes.insert(bytes.end(), all.begin(), all.end());
        else bytes.append(reinterpret_cast<const char*>(all.data()), all.size() * sizeof(T));
    }
    /// Its length, then its bytes.
    void text(std::string_view some)
    {
        number(std::uint64_t{some.size()});
        bytes.append(some);
    }
    std::string bytes;
};

/// What Packing made, read in the same order. Of bytes that end too early it is no longer `sound`, and what is read is nothing.
class Unpacking {
public:
    /// `bytes` must outlive what is read as views of them.
    explicit Unpacking(std::string_view bytes) : rest_(bytes) {}
    /// The next number; `x` stays as it was where there is none.
    template <class T> void number(T& x)
    {
        if constexpr (std::is_same_v<T, bool>) {
            std::uint8_t byte = 0;
            number(byte);
            x = byte != 0;
        } else {
            sound = sound && rest_.size() >= sizeof x;
            if (!sound) return;
            std::memcpy(&x, rest_.data(), sizeof x);
            rest_.remove_prefix(sizeof x);
        }
    }
    /// Every item takes a byte at least.
    template <class List, class Each> void list(List& all, Each each)
    {
        std::uint64_t n = 0;
        number(n);
        sound = sound && n <= rest_.size();
        all = {};
        for (std::uint64_t i = 0; sound && i < n; ++i) {
            typename List::value_type one{};
            each(one);
            all.push_back(std::move(one));
        }
    }
    /// As many as are there; `all` stays as it was where there are fewer than it says.
    template <class T> void numbers(std::vector<T>& all)
    {
        std::uint64_t n = 0;
        number(n);
        sound = sound && n <= rest_.size() / sizeof(T);
        if (!sound) return;
        all.resize(n);
        if constexpr (std::is_same_v<T, bool>) std::transform(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(n), all.begin(), [](char byte) { return byte != 0; });
        else if (n > 0) std::memcpy(all.data(), rest_.data(), n * sizeof(T));
        rest_.remove_prefix(n * sizeof(T));
    }
    /// Into these bytes themselves.
    void text(std::string_view& some)
    {
        std::uint64_t n = 0;
        number(n);
        sound = sound && n <= rest_.size();
        if (!sound) return;
        some = rest_.substr(0, n);
        rest_.remove_prefix(n);
    }
    /// A copy.
    void text(std::string& some)
    {
        std::string_view within;
        text(within);
        some = within;
    }
    bool sound = true;
    bool is_empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

} // namespace entente
