// A folder that is written beside its place and moved there as a whole.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace entente::cli {

/// Throws UsageError if no such folder may be written there: what is there is no folder, or holds something and is not to be replaced.
void throw_if_folder_is_kept_from(const std::string& option, const std::string& path, bool force);

/// Gone at the end, unless it took its place.
class FolderToBe {
public:
    /// Throws std::runtime_error if none can be made beside that place.
    explicit FolderToBe(const std::string& place);
    ~FolderToBe();
    FolderToBe(const FolderToBe&) = delete;
    FolderToBe& operator=(const FolderToBe&) = delete;
    /// `name`: relative; folders on the way are made. Throws std::runtime_error.
    void write(const std::string& name, const std::string& text);
    /// In a folder that is there its files take the place of those of the same names, one after the other; all else in it stays. Throws UsageError, before the first is moved, if a folder stands where one is to go.
    void take_its_place();

private:
    std::filesystem::path place_, now_;
    std::vector<std::string> names_;
};

} // namespace entente::cli
