// Files that tests make.
#pragma once
#include <fstream>
#include <string>

namespace entente {

/// Writes a whole file, as bytes, and returns its path.
inline std::string write_file(const std::string& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

} // namespace entente
