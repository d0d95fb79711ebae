#include "durable.hpp"
#include "../core/text.hpp"
#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace entente {
namespace {

constexpr std::string_view mark = "entente-part 5\n";
constexpr std::size_t word = sizeof(std::uint64_t);
constexpr std::uint64_t largest_whole = 256 << 20, largest_frame = 512 << 20; ///< bytes: more than any experiment's texts or summaries, and any 256 runs with all agents

/// Tells damage, in words of eight bytes; how the bytes come does not matter. Each step can be undone, so that no change of a word is lost in the next.
class Hash {
public:
    explicit Hash(Key key) : hash_(key) {}
    void add(std::string_view bytes)
    {
        bytes_ += bytes.size();
        while (!bytes.empty()) {
            const std::size_t n = std::min(bytes.size(), word - filled_);
            std::memcpy(reinterpret_cast<char*>(&word_) + filled_, bytes.data(), n);
            bytes.remove_prefix(n);
            filled_ += n;
            if (filled_ == word) mix();
        }
    }
    std::uint64_t value()
    {
        if (filled_ > 0) mix();
        word_ = bytes_;
        mix();
        return hash_;
    }

private:
    void mix()
    {
        hash_ = std::rotl((hash_ ^ word_) * 0x9e3779b97f4a7c15, 29);
        word_ = 0, filled_ = 0;
    }
    std::uint64_t hash_, word_ = 0, bytes_ = 0;
    std::size_t filled_ = 0;
};

std::string_view bytes_of(const std::uint64_t& number) { return {reinterpret_cast<const char*>(&number), word}; }
std::uint64_t number_at(std::string_view bytes, std::size_t offset)
{
    std::uint64_t number = 0;
    std::memcpy(&number, bytes.data() + offset, word);
    return number;
}

[[noreturn]] void fail(const std::string& path, const char* tried, int why) { throw std::runtime_error(fmt::format("{}: cannot {}: {}", path, tried, std::strerror(why))); }

int create(const std::string& path)
{
    const int file = open_to_write(path + ".writing", path);
    if (::ftruncate(file, 0) == 0) return file;
    const int why = errno;
    ::close(file);
    fail(path, "create", why);
}

/// Returns the error number, 0 if all bytes were written.
int write_all(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::write(file, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return 0;
}

/// Closes it in any case.
void give_its_name(int file, const std::string& path, bool synced)
{
    const bool on_disk = !synced || ::fsync(file) == 0;
    const int why = errno;
    if (::close(file) != 0) fail(path, "write to the disk", errno);
    if (!on_disk) fail(path, "write to the disk", why);
    if (::rename((path + ".writing").c_str(), path.c_str()) != 0) fail(path, "rename", errno);
}

} // namespace

int open_to_write(const std::string& temporary, const std::string& path)
{
    const int file = ::open(temporary.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
    if (file < 0 && errno != ELOOP && errno != ENXIO) fail(path, "create", errno);
    struct stat status = {};
    if (file >= 0 && ::fstat(file, &status) == 0 && S_ISREG(status.st_mode)) return file;
    if (file >= 0) ::close(file);
    throw std::runtime_error(fmt::format("{}: cannot create: {} is there and is no regular file", path, temporary));
}

Key key_of(std::string_view text)
{
    Hash hash(0);
    hash.add(text);
    return hash.value();
}

void write_whole(const std::string& path, const std::vector<std::string_view>& pieces, Key key, bool synced)
{
    const int file = create(path);
    Hash hash(key);
    const auto write = [&](std::string_view bytes) {
        hash.add(bytes);
        if (const int why = write_all(file, bytes); why != 0) {
            ::close(file), ::unlink((path + ".writing").c_str());
            fail(path, "write", why);
        }
    };
    write(mark);
    for (const std::string_view piece : pieces) write(piece);
    write(bytes_of(hash.value()));
    give_its_name(file, path, synced);
}

/// A file that is read a piece at a time: what it says of its length takes no memory before it is found to be right.
class Stretches {
public:
    explicit Stretches(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW))
    {
        struct stat status = {};
        if (file_ >= 0 && ::fstat(file_, &status) == 0 && S_ISREG(status.st_mode)) size_ = static_cast<std::uint64_t>(status.st_size);
    }
    ~Stretches()
    {
        if (file_ >= 0) ::close(file_);
    }
    Stretches(const Stretches&) = delete;
    Stretches& operator=(const Stretches&) = delete;
    std::uint64_t size() const { return size_; } ///< 0 of no file, and of what is no regular one
    /// Calls `use` with the bytes from `begin` to `end`, some at a time; false if they cannot be read.
    template <class Use> bool each(std::uint64_t begin, std::uint64_t end, Use use) const
    {
        std::string some(std::min<std::uint64_t>(end - begin, 1 << 20), '\0');
        while (begin < end) {
            const ssize_t n = ::pread(file_, some.data(), std::min<std::uint64_t>(some.size(), end - begin), static_cast<off_t>(begin));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) return false;
            use(std::string_view(some).substr(0, static_cast<std::size_t>(n)));
            begin += static_cast<std::uint64_t>(n);
        }
        return true;
    }
    /// Empty if they cannot be read.
    std::string bytes(std::uint64_t begin, std::uint64_t end) const
    {
        std::string all;
        all.reserve(end - begin);
        return each(begin, end, [&](std::string_view some) { all += some; }) ? all : "";
    }
    std::uint64_t hash(std::uint64_t begin, std::uint64_t end, Key key) const
    {
        Hash hash(key);
        each(begin, end, [&](std::string_view some) { hash.add(some); });
        return hash.value();
    }
    std::uint64_t number(std::uint64_t at) const
    {
        const std::string some = bytes(at, at + word);
        return some.size() == word ? number_at(some, 0) : 0;
    }

private:
    int file_;
    std::uint64_t size_ = 0;
};

std::string read_whole(const std::string& path, Key key)
{
    const Stretches file(path);
    if (file.size() < mark.size() + word || file.size() > largest_whole || file.bytes(0, mark.size()) != mark) return "";
    const std::uint64_t end = file.size() - word;
    return file.number(end) == file.hash(0, end, key) ? file.bytes(mark.size(), end) : "";
}

GrowingFile::GrowingFile(std::string path, Key key) : path_(std::move(path)), key_(key), size_(mark.size()), file_(create(path_))
{
    if (const int why = write_all(file_, mark); why != 0) {
        ::close(file_), ::unlink((path_ + ".writing").c_str());
        fail(path_, "write", why);
    }
}

GrowingFile::~GrowingFile()
{
    if (file_ >= 0) ::close(file_);
}

Frame GrowingFile::append(std::uint64_t number, std::string_view bytes)
{
    const std::uint64_t size = bytes.size();
    Hash hash(key_);
    hash.add(bytes_of(number)), hash.add(bytes_of(size)), hash.add(bytes);
    const std::uint64_t end = hash.value();
    for (const std::string_view some : {bytes_of(number), bytes_of(size), bytes, bytes_of(end)})
        if (const int why = write_all(file_, some); why != 0) {
            if (::ftruncate(file_, static_cast<off_t>(size_)) == 0) ::lseek(file_, 0, SEEK_END);
            fail(path_, "write", why);
        }
    const Frame placed = {number, size_ + 2 * word, size};
    size_ += size + 3 * word;
    return placed;
}

void GrowingFile::finish(bool synced)
{
    const int file = file_;
    file_ = -1;
    give_its_name(file, path_, synced);
}

void finish_what_was_left(const std::string& path, bool synced)
{
    const int file = ::open((path + ".writing").c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) fail(path, "read", errno);
    give_its_name(file, path, synced);
}

Frames read_frames(const std::string& path, Key key)
{
    const Stretches file(path);
    Frames frames{.whole = {}, .size = file.size()};
    if (file.size() < mark.size() || file.bytes(0, mark.size()) != mark) return frames;
    frames.end = mark.size();
    while (file.size() - frames.end >= 3 * word) {
        const std::uint64_t at = frames.end, number = file.number(at), size = file.number(at + word);
        if (size > std::min(file.size() - at - 3 * word, largest_frame)) break;
        if (file.hash(at, at + 2 * word + size, key) != file.number(at + 2 * word + size)) break;
        frames.whole.push_back({number, at + 2 * word, size});
        frames.end += 3 * word + size;
    }
    return frames;
}

} // namespace entente
