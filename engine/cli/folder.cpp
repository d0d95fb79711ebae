#include "folder.hpp"
#include "../experiment/place.hpp"
#include "command.hpp"
#include "options.hpp"
#include <unistd.h>

namespace entente::cli {

namespace fs = std::filesystem;

void throw_if_folder_is_kept_from(const std::string& option, const std::string& path, bool force)
{
    if (path.empty() || path == "-") throw UsageError(fmt::format("{}: a folder, got '{}'", option, path));
    const fs::path trimmed = fs::path(path).has_filename() ? fs::path(path) : fs::path(path).parent_path();
    switch (what_lies_at(trimmed.string())) {
    case Lies::nothing:
        if (fs::is_symlink(trimmed)) throw UsageError(fmt::format("{}: {}: is a link to what is not there", option, path));
        return;
    case Lies::folder: {
        std::error_code code;
        if (!fs::is_directory(path, code) || fs::is_empty(path, code) || force) return;
        throw UsageError(fmt::format("{}: {}: is there already; --force replaces files of the same names in it", option, path));
    }
    case Lies::unreachable: throw UsageError(fmt::format("{}: {}: no folder can be there", option, path));
    default: throw UsageError(fmt::format("{}: {}: a folder, got a file", option, path));
    }
}

FolderToBe::FolderToBe(const std::string& place)
{
    const fs::path asked = fs::path(place).has_filename() ? fs::path(place) : fs::path(place).parent_path();
    place_ = fs::weakly_canonical(fs::absolute(asked));
    now_ = place_.string() + fmt::format(".writing-{}", getpid());
    std::error_code code;
    fs::create_directories(place_.parent_path(), code);
    if (!code && !fs::create_directory(now_, code) && !code) code = std::make_error_code(std::errc::file_exists);
    if (code) {
        const fs::path wanted = now_;
        now_.clear();
        throw std::runtime_error(fmt::format("{}: cannot make this folder: {}", wanted.string(), code.message()));
    }
}

FolderToBe::~FolderToBe()
{
    std::error_code ignored;
    if (!now_.empty()) fs::remove_all(now_, ignored);
}

void FolderToBe::write(const std::string& name, const std::string& text)
{
    std::error_code code;
    fs::create_directories((now_ / name).parent_path(), code);
    write_file((now_ / name).string(), text);
    names_.push_back(name);
}

void FolderToBe::take_its_place()
{
    std::error_code code;
    if (!fs::exists(place_) || fs::is_empty(place_, code)) {
        fs::rename(now_, place_);
        now_.clear();
        return;
    }
    std::string faults;
    for (const std::string& name : names_) {
        const bool folder = fs::is_directory(place_ / name, code), no_folder = fs::exists((place_ / name).parent_path(), code) && !fs::is_directory((place_ / name).parent_path(), code);
        if (folder || no_folder)
            faults += fmt::format("{}{}: {}", faults.empty() ? "" : "\n", (place_ / name).string(), folder ? "a folder is where this file is to be" : "no folder is where this file is to be");
    }
    if (!faults.empty()) throw UsageError(faults);
    for (const std::string& name : names_) {
        fs::create_directories((place_ / name).parent_path());
        fs::rename(now_ / name, place_ / name);
    }
}

} // namespace entente::cli
