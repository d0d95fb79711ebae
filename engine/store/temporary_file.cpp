#include "temporary_file.hpp"
#include "durable.hpp"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace entente::store {

static std::string folder_of(const std::string& path)
{
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

TemporaryFile::TemporaryFile(std::string final_path) : path_(std::move(final_path)), name_(path_ + ".writing")
{
    std::error_code error;
    std::filesystem::create_directories(folder_of(path_), error);
    if (error) throw std::runtime_error(fmt::format("{}: cannot create the folder '{}': {}", path_, folder_of(path_), error.message()));
    if (std::filesystem::is_directory(path_, error)) throw std::runtime_error(fmt::format("{}: cannot write: it is a folder", path_));
    descriptor_ = open_to_write(name_, path_);
    // A file system without locks is no reason to refuse. Between open and lock another program may have given the file its final name.
    const bool locked = ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    struct stat held = {};
    struct stat named = {};
    const bool same = ::fstat(descriptor_, &held) == 0 && ::lstat(name_.c_str(), &named) == 0 && held.st_ino == named.st_ino && held.st_dev == named.st_dev;
    if (locked && same) return;
    ::close(descriptor_);
    throw std::runtime_error(fmt::format("{}: cannot write: another program is writing {}", path_, name_));
}

TemporaryFile::~TemporaryFile()
{
    if (!renamed_) ::unlink(name_.c_str());
    ::close(descriptor_);
}

void TemporaryFile::fail(const char* tried) const { throw std::runtime_error(fmt::format("{}: cannot {}: {}", path_, tried, std::strerror(errno))); }

void TemporaryFile::take_final_name()
{
    if (::fsync(descriptor_) != 0) fail("write to the disk");
    if (::rename(name_.c_str(), path_.c_str()) != 0) fail("rename the finished file");
    renamed_ = true;
    const int folder = ::open(folder_of(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return; // some folders cannot be opened; the file is whole all the same
    ::fsync(folder);
    ::close(folder);
}

} // namespace entente::store
