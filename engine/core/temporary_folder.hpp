// A folder that goes when its owner does.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <system_error>

namespace entente {

struct TemporaryFolder {
    std::filesystem::path path;
    /// Of a new name where the system keeps such things. Throws std::runtime_error.
    TemporaryFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "entente-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error(fmt::format("{}: cannot make a folder there", name));
        path = name;
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    /// The path of a file in it.
    std::string operator/(const std::string& name) const { return (path / name).string(); }
};

} // namespace entente
