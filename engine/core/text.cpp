#include "text.hpp"
#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <numeric>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace entente {

/// Letters that are missing, too many or others, and neighbours that are swapped (optimal string alignment).
static std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before_last, last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last = last;
        last = row;
    }
    return last[b.size()];
}

static std::string nearest(std::string_view name, const std::vector<std::string>& candidates, std::size_t most)
{
    if (name.empty() || name.size() > 100) return "";
    std::size_t best = most;
    std::string found;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(name, candidate);
        if (distance > 1 && !candidate.empty() && name[0] != candidate[0]) continue; // few slips are at the first letter
        if (distance <= best && (found.empty() || distance < best)) best = distance, found = candidate;
    }
    return found;
}

std::string nearest(std::string_view name, const std::vector<std::string>& candidates) { return nearest(name, candidates, name.size() / 4 + 1); }

static std::vector<std::string> words_of(std::string_view name)
{
    std::string plain(name);
    for (char& c : plain) c = c == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::vector<std::string> words = split(plain, '_');
    std::erase_if(words, [](const std::string& word) { return word.size() < 3; });
    return words;
}

/// Candidates that share the most words with a name, `least` of them at least; none if they are many.
static std::vector<std::string> sharing_words(std::string_view name, const std::vector<std::string>& candidates, std::size_t least)
{
    constexpr std::size_t few = 8;
    const std::vector<std::string> words = words_of(name);
    std::vector<std::string> found;
    std::size_t most = std::max<std::size_t>(least, 1);
    for (const std::string& candidate : candidates) {
        const std::vector<std::string> there = words_of(candidate);
        const auto shared = static_cast<std::size_t>(std::ranges::count_if(words, [&](const std::string& word) { return std::ranges::find(there, word) != there.end(); }));
        if (shared > most) most = shared, found.clear();
        if (shared == most && std::ranges::find(found, candidate) == found.end()) found.push_back(candidate);
    }
    return found.size() <= few ? found : std::vector<std::string>();
}

std::vector<std::string> with_all_words(std::string_view name, const std::vector<std::string>& candidates)
{
    const std::size_t words = words_of(name).size();
    return words == 0 ? std::vector<std::string>() : sharing_words(name, candidates, words);
}

std::vector<std::string> meant(std::string_view name, const std::vector<std::string>& candidates)
{
    if (const std::string slip = nearest(name, candidates, name.size() / 8 + 1); !slip.empty()) return {slip};
    if (auto whole = with_all_words(name, candidates); !whole.empty()) return whole;
    if (const std::string near = nearest(name, candidates); !near.empty()) return {near};
    return sharing_words(name, candidates, 1);
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates)
{
    const std::vector<std::string> found = meant(name, candidates);
    return found.empty() ? "" : fmt::format("; did you mean '{}'?", fmt::join(found, "' or '"));
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    while (true) {
        const std::size_t at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string_view trim(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

std::size_t utf8_length(std::string_view text)
{
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
    const unsigned first = byte(0), second = byte(1);
    const std::size_t length = text.empty() ? 0 : first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    for (std::size_t k = 1; k < length; ++k)
        if ((byte(k) & 0xc0) != 0x80) return 0;
    // neither over-long nor a surrogate nor beyond U+10FFFF
    const bool none = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return none ? 0 : length;
}

/// Of a character of so many bytes in UTF-8.
static char32_t code_point(std::string_view text, std::size_t length)
{
    char32_t code = static_cast<unsigned char>(text[0]);
    if (length > 1) code &= 0x7fu >> length;
    for (std::size_t k = 1; k < length; ++k) code = code << 6 | (static_cast<unsigned char>(text[k]) & 0x3fu);
    return code;
}

/// Whether a terminal obeys the character instead of showing it: control characters, separators of lines, marks of direction, what has no width.
static bool is_obeyed(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff || c == 0x200e || c == 0x200f
           || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static std::string escaped(std::string_view text, char32_t but)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text.substr(at));
        const char32_t code = length > 0 ? code_point(text.substr(at), length) : 0;
        if (length == 0) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at]));
        else if (is_obeyed(code) && code != but) out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(code));
        else out += text.substr(at, length);
        at += std::max<std::size_t>(length, 1);
    }
    return out;
}

std::string printable(std::string_view text) { return escaped(text, U'\n'); }
std::string printable_name(std::string_view name) { return escaped(name, U' '); }

std::string quoted_text(const std::string& text)
{
    constexpr std::size_t longest = 60; // bytes
    return text.size() > longest || text.find('\n') != std::string::npos ? fmt::format("a text of {} bytes", text.size()) : fmt::format("'{}'", printable_name(text));
}

namespace {
struct Descriptor {
    int number;
    ~Descriptor()
    {
        if (number >= 0) ::close(number);
    }
};
} // namespace

std::string read_file(const std::string& path, Links links)
{
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | (links == Links::refused ? O_NOFOLLOW : 0))};
    if (file.number < 0) throw std::runtime_error(fmt::format("{}: cannot be opened: {}", path, std::strerror(errno)));
    struct stat status = {};
    if (::fstat(file.number, &status) != 0) throw std::runtime_error(fmt::format("{}: cannot be read: {}", path, std::strerror(errno)));
    if (!S_ISREG(status.st_mode)) throw std::runtime_error(fmt::format("{}: cannot be read: it is {}", path, S_ISDIR(status.st_mode) ? "a folder" : "no regular file"));
    std::string all(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t read = 0;
    while (true) { // files of the system say 0 of their size
        if (read == all.size()) all.resize(read + 65536);
        const ssize_t n = ::read(file.number, all.data() + read, all.size() - read);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw std::runtime_error(fmt::format("{}: cannot be read: {}", path, std::strerror(errno)));
        if (n == 0) break;
        read += static_cast<std::size_t>(n);
    }
    all.resize(read);
    return all;
}

} // namespace entente
