// The launcher says what is wrong with a command line before it builds for minutes.
#include "core/temporary_folder.hpp"
#include "core/text.hpp"
#include "shell.hpp"
#include "write_file.hpp"
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(Launcher, RefusesBadUsageBeforeItBuilds)
{
    namespace fs = std::filesystem;
    const TemporaryFolder folder; // nothing is built there, and nothing could be
    fs::create_directories(folder / "engine/cli");
    fs::copy(SOURCE_DIR "/entente", folder / "entente");
    fs::copy(SOURCE_DIR "/engine/cli/main.cpp", folder / "engine/cli/main.cpp");
    const auto ran = [&](const std::string& arguments) { return shell(fmt::format("'{}/entente' {}", folder.path.string(), arguments)); };
    for (const auto& [arguments, said] : {std::pair{"", "Usage: entente COMMAND"}, std::pair{"rnu x.toml", "unknown command 'rnu'"}, std::pair{"'a/b c' x", "unknown command 'a/b c'"},
                                          std::pair{"run", "FILE is missing"}, std::pair{"compare", "A.toml B.toml is missing"}, std::pair{"run nothing.toml", "nothing.toml: there is no such file"},
                                          std::pair{"merge nothing.parts --out x.h5", "nothing.parts: there is no such file"}}) {
        const Ran one = ran(arguments);
        EXPECT_EQ(one.code, 2) << arguments << "\n" << one.output;
        EXPECT_NE(one.output.find(said), std::string::npos) << arguments << "\n" << one.output;
        EXPECT_EQ(one.output.find("configuring"), std::string::npos) << one.output;
    }
    EXPECT_NE(ran("").output.find("entente sweep FILE.toml"), std::string::npos) << "it lists the commands";
    EXPECT_NE(ran("run --help").code, 2) << "the program explains itself, and would have to be built";
    EXPECT_NE(ran("bench").code, 2) << "nothing is wrong with that";
}

TEST(Launcher, SaysInOneLineHowToInstallMpi)
{
    namespace fs = std::filesystem;
    const TemporaryFolder folder;
    fs::create_directories(folder / "engine/cli"), fs::create_directories(folder / "bin");
    fs::copy(SOURCE_DIR "/entente", folder / "entente");
    fs::copy(SOURCE_DIR "/engine/cli/main.cpp", folder / "engine/cli/main.cpp");
    // a machine of someone who may not install, with all but MPI
    write_file(folder / "bin/id", "#!/bin/sh\necho 1000\n");
    write_file(folder / "bin/dpkg-query", "#!/bin/sh\nfor p; do case $p in -*|\\$*|*openmpi*) ;; *) printf '%s:installed ' \"$p\" ;; esac; done\n");
    const auto ran = [&](const std::string& arguments) {
        return shell(fmt::format("chmod +x '{0}'/bin/*; PATH='{0}/bin':$PATH '{0}/entente' {1}", folder.path.string(), arguments));
    };
    const Ran missing = ran("--mpi bench");
    EXPECT_EQ(missing.code, 2) << missing.output;
    EXPECT_NE(missing.output.find("\nsudo apt-get install -y libopenmpi-dev openmpi-bin\n"), std::string::npos) << missing.output;
    EXPECT_EQ(ran("bench").output.find("openmpi"), std::string::npos) << "nothing else needs it";
}

} // namespace
} // namespace entente
