// A file that is written beside its final name, so that under the final name there is a whole file or none.
#pragma once
#include <string>

namespace entente::store {

/// Locked against a second writer while it lives; gone at the end unless it took its final name. Throws std::runtime_error.
class TemporaryFile {
public:
    /// Takes the lock. Throws std::runtime_error with the path if it cannot be made, or another program writes it.
    explicit TemporaryFile(std::string final_path);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    const std::string& path() const { return path_; }
    const std::string& name() const { return name_; } ///< where it is written now
    /// The contents, then the folder's entry, to the disk.
    void take_final_name();

private:
    [[noreturn]] void fail(const char* tried) const;
    std::string path_, name_;
    int descriptor_ = -1;
    bool renamed_ = false;
};

} // namespace entente::store
