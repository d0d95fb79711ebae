#include "parts.hpp"
#include "store.hpp"
#include "../core/text.hpp"
#include "../ensemble/reported.hpp"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>
#include <sys/file.h>
#include <unistd.h>

namespace entente {
namespace {

namespace fs = std::filesystem;
constexpr auto longest_wait = std::chrono::milliseconds(100);

template <class T> void store_bytes(std::string& to, const T& number) { to.append(reinterpret_cast<const char*>(&number), sizeof number); }
template <class T> void put_all(std::string& to, const std::vector<T>& values)
{
    store_bytes(to, std::uint64_t{values.size()});
    to.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}
void put_text(std::string& to, std::string_view text)
{
    store_bytes(to, std::uint64_t{text.size()});
    to.append(text);
}

/// Reads what store_bytes() wrote; throws std::length_error at the end of the bytes.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : rest_(bytes) {}
    template <class T> T number()
    {
        T number;
        std::memcpy(&number, take(sizeof number).data(), sizeof number);
        return number;
    }
    template <class T> void all(std::vector<T>& values)
    {
        const auto n = number<std::uint64_t>();
        if (n > rest_.size() / sizeof(T)) throw std::length_error("too short");
        values.resize(n);
        const std::string_view bytes = take(n * sizeof(T));
        if (n > 0) std::memcpy(values.data(), bytes.data(), bytes.size());
    }
    std::string text() { return std::string(take(number<std::uint64_t>())); }

private:
    std::string_view take(std::uint64_t n)
    {
        if (n > rest_.size()) throw std::length_error("too short");
        const std::string_view some = rest_.substr(0, n);
        rest_.remove_prefix(n);
        return some;
    }
    std::string_view rest_;
};

/// Whether a file is one that Parts writes, but for the lock.
bool is_ours(const fs::path& path) { return path.extension() == ".part" || path.extension() == ".writing" || path.filename() == "state" || path.filename() == "experiment"; }
/// The first file of others in a folder; empty if there is none.
std::string file_of_others(const std::string& folder)
{
    if (fs::is_directory(folder))
        for (const fs::directory_entry& entry : fs::directory_iterator(folder))
            if (!is_ours(entry.path()) && entry.path().filename() != "lock") return entry.path().filename().string();
    return "";
}
/// Removes ours, the experiment first: a folder that lacks some of its parts must not be taken for one to go on with.
void remove_ours(const std::string& folder)
{
    std::error_code ignored; // what cannot be removed is in the way of nothing
    fs::remove(folder + "/experiment", ignored);
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
        if (is_ours(entry.path())) fs::remove(entry.path(), ignored);
}
void remove_folder(const std::string& folder)
{
    std::error_code ignored;
    remove_ours(folder);
    fs::remove(folder + "/lock", ignored);
    fs::remove(folder, ignored);
}

[[noreturn]] void throw_damaged(const std::string& file) { throw DamagedFile(fmt::format("{}: is damaged: it ends too soon, or says what cannot be", file)); }
[[noreturn]] void throw_damaged(const std::string& folder, std::uint64_t piece) { throw_damaged(fmt::format("{}: piece {}", folder, piece)); }

Key key_of(const Identity& identity)
{
    std::string bytes;
    for (const auto& [name, text] : identity) put_text(bytes, name), put_text(bytes, text);
    return entente::key_of(bytes);
}

void put_part(std::string& to, const FinishedPiece& piece, const std::vector<double>& outcomes, Keep keep)
{
    const BlockResult& r = piece.result;
    const bool trajectories = keep >= Keep::trajectories;
    put_all(to, outcomes);
    store_bytes(to, std::uint64_t{r.quarters});
    put_all(to, trajectories ? r.kept : std::vector<std::uint32_t>()), put_all(to, r.outcome), put_all(to, r.first_event), put_all(to, r.failed_quarter),
        put_all(to, r.failed_variable), put_all(to, r.failed_value);
    put_all(to, trajectories ? r.trajectory : std::vector<float>()), put_all(to, keep >= Keep::agents ? r.agents : std::vector<float>()), put_all(to, r.fingerprint);
    put_all(to, keep == Keep::outcomes ? reported_values(r) : std::vector<float>());
}

std::string experiment_bytes(const Identity& identity, const Identity& about, const Shard& shard)
{
    std::string bytes;
    store_bytes(bytes, shard.number), store_bytes(bytes, shard.of), store_bytes(bytes, shard.first), store_bytes(bytes, shard.end);
    for (const Identity* texts : {&identity, &about}) {
        store_bytes(bytes, std::uint64_t{texts->size()});
        for (const auto& [name, text] : *texts) put_text(bytes, name), put_text(bytes, text);
    }
    return bytes;
}

} // namespace

std::string difference(const Identity& stored, const Identity& asked)
{
    for (std::size_t i = 0; i < std::max(stored.size(), asked.size()); ++i) {
        if (i >= stored.size() || i >= asked.size() || stored[i].first != asked[i].first) return "what it is made of";
        if (stored[i].second == asked[i].second) continue;
        const std::vector<std::string> there = split(stored[i].second, '\n'), here = split(asked[i].second, '\n');
        std::size_t line = 0;
        while (line < there.size() && line < here.size() && there[line] == here[line]) ++line;
        const auto at = [line](const std::vector<std::string>& lines) {
            constexpr std::size_t most = 200; // the draws of a posterior fill long lines
            if (line >= lines.size()) return std::string("nothing more");
            return lines[line].size() <= most ? lines[line] : lines[line].substr(0, most) + "...";
        };
        return fmt::format("{}: '{}' there, '{}' here", stored[i].first, at(there), at(here));
    }
    return "";
}

std::string part_of(const FinishedPiece& piece, const std::vector<double>& outcomes, Keep keep)
{
    std::string part;
    put_part(part, piece, outcomes, keep);
    return part;
}

StoredPiece piece_in(std::uint64_t number, std::string_view part)
{
    StoredPiece piece;
    piece.number = number;
    BlockResult& r = piece.result;
    Bytes from(part);
    from.all(piece.outcomes);
    r.quarters = from.number<std::uint64_t>();
    from.all(r.kept), from.all(r.outcome), from.all(r.first_event), from.all(r.failed_quarter), from.all(r.failed_variable), from.all(r.failed_value);
    from.all(r.trajectory), from.all(r.agents), from.all(r.fingerprint), from.all(r.reported);
    return piece;
}

Shard shard_of(std::uint64_t pieces, std::uint32_t number, std::uint32_t of)
{
    const auto begin = [=](std::uint64_t i) { return pieces / of * i + std::min<std::uint64_t>(i, pieces % of); };
    return {number, of, begin(number - 1), begin(number)};
}

std::uint64_t runs_in(const Plan& plan, const Shard& shard)
{
    std::uint64_t runs = 0;
    for (std::uint64_t piece = shard.first; piece < shard.end; ++piece) runs += piece_of(plan, piece).runs;
    return runs;
}

Parts::Parts(std::string folder, const Identity& identity, const Identity& about, const Shard& shard, Begin begin)
    : folder_(std::move(folder)), identity_(identity), about_(about), shard_(shard)
{
    if (const std::string other = file_of_others(folder_); !other.empty())
        throw std::runtime_error(fmt::format("{}: cannot keep parts there: it holds other files, such as {}", folder_, other));
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw std::runtime_error(fmt::format("{}: cannot create the folder: {}", folder_, error.message()));
    const std::string lock = folder_ + "/lock";
    descriptor_ = open_to_write(lock, folder_);
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(descriptor_);
        throw std::runtime_error(fmt::format("{}: cannot write: another program is at work in it", folder_));
    }
    try {
        if (begin == Begin::go_on && holds_parts(folder_)) {
            read_folder();
            const std::string what = difference(identity_, identity);
            if (!what.empty()) throw std::runtime_error(fmt::format("{}: belongs to another experiment. {}", folder_, what));
            if (shard_ != shard)
                throw std::runtime_error(fmt::format("{}: belongs to another experiment. shard: {}/{} there, {}/{} here", folder_, shard_.number, shard_.of, shard.number, shard.of));
        } else {
            remove_ours(folder_);
            key_ = key_of(identity_);
            write_whole(folder_ + "/experiment", {experiment_bytes(identity_, about_, shard_)}, 0, synced());
        }
    } catch (...) {
        ::close(descriptor_);
        throw;
    }
}

Parts::Parts(std::string folder) : folder_(std::move(folder)) { read_folder(); }

Parts::~Parts()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

void Parts::read_folder()
{
    const std::string experiment = read_whole(folder_ + "/experiment", 0);
    if (experiment.empty())
        throw std::runtime_error(fmt::format("{}: cannot read: {}", folder_, fs::exists(folder_) ? "no parts of this version of the program" : "no such folder"));
    try {
        Bytes bytes(experiment);
        shard_.number = bytes.number<std::uint32_t>(), shard_.of = bytes.number<std::uint32_t>(), shard_.first = bytes.number<std::uint64_t>(), shard_.end = bytes.number<std::uint64_t>();
        identity_.clear(), about_.clear();
        for (Identity* texts : {&identity_, &about_})
            for (auto n = bytes.number<std::uint64_t>(); n > 0; --n) {
                std::string name = bytes.text();
                texts->emplace_back(std::move(name), bytes.text());
            }
    } catch (const std::length_error&) {
        throw_damaged(folder_ + "/experiment");
    }
    if (shard_.number < 1 || shard_.number > shard_.of || shard_.first > shard_.end) throw_damaged(folder_ + "/experiment");
    key_ = key_of(identity_);
    const bool writes = descriptor_ >= 0; // otherwise another program may be at work on what it is writing
    std::vector<fs::path> paths;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) paths.push_back(entry.path());
    for (fs::path path : paths) {
        const bool was_growing = path.extension() == ".writing";
        if (writes && was_growing) { // of a program that was killed
            const fs::path named = fs::path(path).replace_extension();
            if (named.extension() != ".part") {
                fs::remove(path);
                continue;
            }
            finish_what_was_left(named.string(), synced());
            path = named;
        }
        if (path.extension() != ".part") continue;
        if (!fs::is_regular_file(fs::symlink_status(path))) { // a link would lead out of the folder
            damaged_.push_back(path.string());
            continue;
        }
        const Frames frames = read_frames(path.string(), key_); // pieces that are damaged, or of another experiment, are simulated again
        if (!was_growing && frames.end < frames.size) damaged_.push_back(path.string());
        if (writes && frames.whole.empty()) fs::remove(path);
        else if (writes && frames.end < frames.size) fs::resize_file(path, frames.end);
        for (const Frame& frame : frames.whole) note(files_.size(), frame);
        files_.push_back(path.string());
    }
}

Parts::Place Parts::place_of(std::uint64_t number) const
{
    const auto near = places_.find(number / together);
    return near == places_.end() ? Place() : near->second[number % together];
}

bool Parts::is_placed(std::uint64_t number) const { return place_of(number).size > 0; }

bool Parts::has(std::uint64_t number) const
{
    const std::scoped_lock lock(lock_);
    return is_placed(number);
}

std::string Parts::about(const std::string& name) const
{
    const auto at = std::ranges::find(about_, name, &std::pair<std::string, std::string>::first);
    return at == about_.end() ? "" : at->second;
}

std::vector<std::uint64_t> Parts::finished() const
{
    const std::scoped_lock lock(lock_);
    std::vector<std::uint64_t> numbers;
    for (const auto& [at, near] : places_)
        for (std::size_t i = 0; i < together; ++i)
            if (near[i].size > 0) numbers.push_back(at * together + i);
    return numbers;
}

void Parts::note(std::size_t file, const Frame& frame)
{
    if (frame.number >= shard_.first && frame.number < shard_.end) places_[frame.number / together][frame.number % together] = {file, frame.offset, frame.size};
}

void Parts::finish(Growing& growing)
{
    if (!growing.file) return;
    growing.file->finish(synced());
    growing.file.reset();
    growing.finished = std::chrono::steady_clock::now();
    const std::scoped_lock lock(lock_);
    files_[growing.at] = growing.path;
}

Parts::Growing& Parts::growing_of(unsigned thread)
{
    const std::scoped_lock lock(lock_);
    return growing_[thread]; // stays where it is, and is this thread's alone
}

void Parts::append(Growing& growing, std::uint64_t number, std::string_view part)
{
    if (!growing.file) {
        growing.path = fmt::format("{}/{:010}.part", folder_, number);
        growing.file = std::make_unique<GrowingFile>(growing.path, key_);
        const std::scoped_lock lock(lock_);
        growing.at = files_.size(), files_.push_back(growing.path + ".writing");
    }
    const Frame frame = growing.file->append(number, part);
    {
        const std::scoped_lock lock(lock_);
        note(growing.at, frame);
    }
    if (std::chrono::steady_clock::now() - growing.finished >= longest_wait) finish(growing);
}

void Parts::add(unsigned thread, const FinishedPiece& piece, const std::vector<double>& outcomes, Keep keep)
{
    if (has(piece.number)) return;
    Growing& growing = growing_of(thread);
    growing.bytes.clear();
    put_part(growing.bytes, piece, outcomes, keep);
    append(growing, piece.number, growing.bytes);
}

void Parts::add(unsigned thread, std::uint64_t number, std::string_view part)
{
    if (!has(number)) append(growing_of(thread), number, part);
}

void Parts::flush()
{
    for (auto& [thread, growing] : growing_) finish(growing);
    growing_.clear(); // what follows needs the memory
}

std::string Parts::read_bytes(std::uint64_t number, std::uint64_t most) const
{
    Place place;
    std::string path;
    {
        const std::scoped_lock lock(lock_);
        if (!is_placed(number)) throw std::out_of_range(fmt::format("{}: piece {} is not finished", folder_, number));
        place = place_of(number);
        path = files_[place.file];
    }
    std::string bytes(std::min(place.size, most), '\0');
    const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    const ssize_t n = file < 0 ? -1 : ::pread(file, bytes.data(), bytes.size(), static_cast<off_t>(place.offset));
    if (file >= 0) ::close(file);
    if (n != static_cast<ssize_t>(bytes.size())) throw std::runtime_error(fmt::format("{}: cannot read: {}", path, n < 0 ? std::strerror(errno) : "too short"));
    return bytes;
}

StoredPiece Parts::read(std::uint64_t number) const
{
    try {
        return piece_in(number, read_bytes(number, std::numeric_limits<std::uint64_t>::max()));
    } catch (const std::length_error&) {
        throw_damaged(folder_, number);
    }
}

std::vector<double> Parts::read_outcomes(std::uint64_t number) const
{
    std::vector<double> outcomes;
    try {
        const auto n = Bytes(read_bytes(number, sizeof(std::uint64_t))).number<std::uint64_t>();
        if (n > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("too many");
        Bytes(read_bytes(number, sizeof n + n * sizeof outcomes[0])).all(outcomes);
    } catch (const std::length_error&) {
        throw_damaged(folder_, number);
    }
    return outcomes;
}

void Parts::write_state(const std::vector<std::string_view>& pieces) { write_whole(folder_ + "/state", pieces, key_, synced()); }

std::string Parts::read_state() const { return read_whole(folder_ + "/state", key_); }

bool Parts::has_damaged_state() const
{
    std::error_code none;
    return fs::symlink_status(folder_ + "/state", none).type() != fs::file_type::not_found && read_state().empty();
}

void Parts::remove() { remove_folder(folder_); }

void remove_leftovers(const std::string& folder)
{
    if (fs::is_directory(folder) && !holds_parts(folder) && !is_at_work_in(folder) && file_of_others(folder).empty()) remove_folder(folder);
}

bool holds_parts(const std::string& folder) { return fs::exists(folder + "/experiment"); }

bool is_at_work_in(const std::string& folder)
{
    const int lock = ::open((folder + "/lock").c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    const bool taken = lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (lock >= 0) ::close(lock);
    return taken;
}

} // namespace entente
