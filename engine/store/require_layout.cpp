// Holds a file to the table of the layout before any value is read: each variable that it has is stored as this program stores it, of its kind, with an axis for each
// dimension and one length for each dimension in the whole file; and all of them together are no more than the file.
#include "datasets.hpp"
#include "rules.hpp"
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace entente::store {

/// Reads the structure of a file: every variable of the layout, and where its chunks lie. Texts are looked through by damage.cpp without HDF5.
void read_structure(const std::string& path)
{
    const hdf5::File file = hdf5::open_file(path);
    require_layout(file); // before chunks are gone through, which takes longer
    for (const VariableText& variable : variables()) {
        const std::string name = fmt::format("{}/{}", variable.group, variable.name);
        if (!hdf5::exists(file, name)) continue;
        const hdf5::Dataset dataset = hdf5::open_dataset(file, name, variable.type);
        const std::vector<hsize_t> shape = hdf5::extent(dataset);
        if (variable.type != Type::text) hdf5::chunks_are_there(dataset, {std::vector<hsize_t>(shape.size(), 0), shape});
    }
}

/// What the program has taken for itself so far, in bytes: under a sanitizer more than any machine has.
static rlim_t taken()
{
    std::ifstream counts("/proc/self/statm");
    rlim_t pages = 0;
    for (int data = 0; data < 6; ++data) counts >> pages;
    return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

/// What tells one state of a file from another. Nothing of a file that changed within a second: the next change may bear the same time.
using State = std::array<std::int64_t, 5>;
static std::optional<State> state_of(const std::string& path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0 || std::time(nullptr) <= status.st_ctim.tv_sec + 1) return std::nullopt;
    return State{static_cast<std::int64_t>(status.st_dev), static_cast<std::int64_t>(status.st_ino), status.st_size, status.st_ctim.tv_sec, status.st_ctim.tv_nsec};
}

void try_in_a_child(const std::string& path, void (*read)(const std::string& path))
{
    static thread_local std::optional<State> sound; // several who read one file do not each wait for it
    static thread_local void (*by)(const std::string&) = nullptr;
    std::error_code ignored;
    const std::optional<State> state = state_of(path);
    if (!std::filesystem::is_regular_file(path, ignored) || (state && state == sound && read == by)) return;
    constexpr rlim_t seconds = 10, more = 256 << 20;
    const pid_t child = ::fork();
    if (child < 0) return; // without one the file is read all the same
    if (child == 0) {
        const rlimit time = {seconds, seconds}, none = {0, 0};
        ::setrlimit(RLIMIT_CPU, &time), ::setrlimit(RLIMIT_CORE, &none);
        rlimit memory = {};
        const rlim_t bytes = taken() + more;
        if (::getrlimit(RLIMIT_DATA, &memory) == 0 && memory.rlim_cur > bytes) memory.rlim_cur = bytes, ::setrlimit(RLIMIT_DATA, &memory);
        for (const int fatal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) std::signal(fatal, SIG_DFL);
        ::close(STDERR_FILENO);
        try {
            read(path);
        } catch (const std::exception&) { // the one who reads it says what it is
        }
        ::_exit(0);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    throw_if_damaged(path, WIFEXITED(status) && WEXITSTATUS(status) == 0 ? "" : "its structure leads nowhere");
    sound = state, by = read;
}

Extents require_layout(const hdf5::File& file)
{
    Extents extents;
    const std::uintmax_t file_size = std::filesystem::file_size(file.path);
    std::uintmax_t bytes = 0;
    std::set<std::uint64_t> places;
    for (const VariableText& variable : variables()) {
        const std::string name = fmt::format("{}/{}", variable.group, variable.name);
        if (!hdf5::exists(file, name)) continue;
        const hdf5::Dataset dataset = hdf5::open_dataset(file, name, variable.type);
        const std::vector<hsize_t> shape = hdf5::extent(dataset);
        if (!places.insert(hdf5::place_of(dataset)).second) throw DamagedFile(fmt::format("{}: is damaged: '{}' is another variable too", file.path, name));
        const std::vector<std::string> dimensions = dimensions_of(variable);
        bool same = shape.size() == dimensions.size();
        for (std::size_t i = 0; same && i < shape.size(); ++i) same = extents.emplace(dimensions[i], shape[i]).first->second == shape[i] && shape[i] > 0;
        if (!same) throw std::runtime_error(fmt::format("{}: cannot read '{}': it has another shape than the rest of the file says", file.path, name));
        bytes += hdf5::size_of({{}, shape}) * type_size(variable.type);
        if (bytes > file_size) throw DamagedFile(fmt::format("{}: is damaged: its variables are more than the file has bytes", file.path));
    }
    return extents;
}

} // namespace entente::store
