// A folder like the repository's, where a page's commands run as its reader types them.
#pragma once
#include "core/temporary_folder.hpp"
#include "shell.hpp"
#include <filesystem>

namespace entente {

struct Workplace {
    TemporaryFolder folder;
    Workplace()
    {
        namespace fs = std::filesystem;
        fs::create_directories(folder / "scenarios/sweeps");
        fs::create_directories(folder / "calibration");
        fs::create_directories(folder / "results");
        fs::create_symlink(PROGRAM, folder / "entente");
        for (const fs::directory_entry& entry : fs::directory_iterator(SOURCE_DIR "/scenarios"))
            if (entry.path().extension() == ".toml") fs::copy(entry.path(), folder.path / "scenarios");
        fs::copy(SOURCE_DIR "/calibration/baseline_posterior.h5", folder / "calibration");
    }
    /// HOME is the folder's, for what keeps things there.
    Ran run(const std::string& command) const { return shell("cd '" + folder.path.string() + "' && export LC_ALL=C.UTF-8 HOME=\"$PWD\" MPLBACKEND=Agg && " + command); }
};

} // namespace entente
