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
    Packing packed;
    for (const auto& [name, text] : identity) packed.text(name), packed.text(text);
    return entente::key_of(packed.bytes);
}

void put_part(Packing& to, const FinishedPiece& piece, const std::vector<double>& outcomes, Keep keep)
{
    const BlockResult& r = piece.result;
    const bool trajectories = keep >= Keep::trajectories;
    to.numbers(outcomes);
    to.number(std::uint64_t{r.quarters});
    to.numbers(trajectories ? r.kept : std::vector<std::uint32_t>()), to.numbers(r.outcome), to.numbers(r.first_event), to.numbers(r.failed_quarter), to.numbers(r.failed_variable),
        to.numbers(r.failed_value);
    to.numbers(trajectories ? r.trajectory : std::vector<float>()), to.numbers(keep >= Keep::agents ? r.agents : std::vector<float>()), to.numbers(r.fingerprint);
    to.numbers(keep == Keep::outcomes ? reported_values(r) : std::vector<float>());
}

std::string experiment_bytes(const Identity& identity, const Identity& about, const Shard& shard)
{
    Packing packed;
    packed.number(shard.number), packed.number(shard.of), packed.number(shard.first), packed.number(shard.end);
    for (const Identity* texts : {&identity, &about}) packed.list(*texts, [&](const auto& named) { packed.text(named.first), packed.text(named.second); });
    return packed.bytes;
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

std::chrono::steady_clock::duration longest_unfinished(std::chrono::steady_clock::duration at_work)
{
    return std::clamp<std::chrono::steady_clock::duration>(at_work / 10, std::chrono::milliseconds(100), std::chrono::seconds(10));
}

std::string part_of(const FinishedPiece& piece, const std::vector<double>& outcomes, Keep keep)
{
    Packing part;
    put_part(part, piece, outcomes, keep);
    return part.bytes;
}

StoredPiece piece_in(std::uint64_t number, std::string_view part)
{
    StoredPiece piece;
    piece.number = number;
    BlockResult& r = piece.result;
    Unpacking from(part);
    from.numbers(piece.outcomes);
    from.number(r.quarters);
    from.numbers(r.kept), from.numbers(r.outcome), from.numbers(r.first_event), from.numbers(r.failed_quarter), from.numbers(r.failed_variable), from.numbers(r.failed_value);
    from.numbers(r.trajectory), from.numbers(r.agents), from.numbers(r.fingerprint), from.numbers(r.reported);
    if (!from.sound) throw std::length_error("too short");
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
    Unpacking packed(experiment);
    packed.number(shard_.number), packed.number(shard_.of), packed.number(shard_.first), packed.number(shard_.end);
    for (Identity* texts : {&identity_, &about_}) packed.list(*texts, [&](auto& named) { packed.text(named.first), packed.text(named.second); });
    if (!packed.sound || shard_.number < 1 || shard_.number > shard_.of || shard_.first > shard_.end) throw_damaged(folder_ + "/experiment");
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
    const auto now = std::chrono::steady_clock::now();
    if (now - growing.finished >= longest_unfinished(now - begun_)) finish(growing);
}

void Parts::add(unsigned thread, const FinishedPiece& piece, const std::vector<double>& outcomes, Keep keep)
{
    if (has(piece.number)) return;
    Growing& growing = growing_of(thread);
    growing.packed.bytes.clear();
    put_part(growing.packed, piece, outcomes, keep);
    append(growing, piece.number, growing.packed.bytes);
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
    std::uint64_t n = 0;
    const std::string head = read_bytes(number, sizeof n);
    Unpacking(head).number(n);
    if (n > std::numeric_limits<std::uint32_t>::max()) throw_damaged(folder_, number);
    std::vector<double> outcomes;
    const std::string bytes = read_bytes(number, sizeof n + n * sizeof outcomes[0]);
    Unpacking packed(bytes);
    packed.numbers(outcomes);
    if (!packed.sound) throw_damaged(folder_, number);
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
