// The program in a folder of its own, called as its user does.
#pragma once
#include "core/temporary_folder.hpp"
#include "core/text.hpp"
#include <cstdlib>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

namespace entente {

class ProgramTest : public testing::Test {
protected:
    struct Ran {
        int code; ///< -1 if a signal ended it
        std::string out, err;
    };
    std::string path(const std::string& name) const { return folder_ / name; }
    Ran run(const std::string& arguments) const
    {
        const std::string command = fmt::format("cd '{}' && '{}' {} >'{}' 2>'{}' </dev/null", folder_.path.string(), PROGRAM, arguments, path("out"), path("err"));
        const int status = std::system(command.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(path("out")), read_file(path("err"))};
    }
    TemporaryFolder folder_;
};

} // namespace entente
