// Files that outlive the program: whole ones, and ones that grow by frames of which all that were finished are read back after a kill. Each carries hashes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// What a file belongs to: to whatever else, it is as good as damaged.
using Key = std::uint64_t;
/// A hash of the text.
Key key_of(std::string_view text);

/// Opens what is written under a temporary name, or makes it; `path` is the final one, which messages name. Neither follows a link nor takes what is no regular file,
/// such as a fifo. Throws std::runtime_error.
int open_to_write(const std::string& temporary, const std::string& path);
/// Writes a file under a temporary name, `path` + ".writing", brings it to the disk if it is to be `synced` and renames it. Throws std::runtime_error.
void write_whole(const std::string& path, const std::vector<std::string_view>& pieces, Key key, bool synced);
/// What write_whole() was given; nothing if the file is damaged, missing or of another key.
std::string read_whole(const std::string& path, Key key);

/// Where the bytes of a frame lie in its file.
struct Frame {
    std::uint64_t number = 0, offset = 0, size = 0;
};

/// A file that grows by frames under a temporary name, `path` + ".writing". The program may end at any moment: frames that were appended are there.
class GrowingFile {
public:
    /// Throws std::runtime_error if it cannot be created.
    GrowingFile(std::string path, Key key);
    ~GrowingFile();
    GrowingFile(const GrowingFile&) = delete;
    GrowingFile& operator=(const GrowingFile&) = delete;
    /// Throws std::runtime_error; the frames before stay as they are.
    Frame append(std::uint64_t number, std::string_view bytes);
    /// Brings the file to the disk if it is to be `synced`, and renames it. Throws std::runtime_error.
    void finish(bool synced);

private:
    std::string path_;
    Key key_;
    std::uint64_t size_ = 0; ///< of what was appended whole
    int file_ = -1;
};

/// Gives the file its name that a program which was killed was writing as `path` + ".writing". Throws std::runtime_error.
void finish_what_was_left(const std::string& path, bool synced);
/// The frames of a file up to the first that is damaged, not whole or of another key.
struct Frames {
    std::vector<Frame> whole;
    std::uint64_t end = 0, size = 0; ///< of the last of them, and of the file, in bytes
};
/// Of a file that may still be written. Throws std::runtime_error if it cannot be read.
Frames read_frames(const std::string& path, Key key);

} // namespace entente
