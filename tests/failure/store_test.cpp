// What can go wrong with a result file: each ends in one sentence with the path, nothing half-written stays, and HDF5 itself says nothing.
#include "core/text.hpp"
#include "store/layout.hpp"
#include "store/sample.hpp"
#include "write_file.hpp"
#include <csignal>
#include <fcntl.h>
#include <hdf5.h>
#include <iostream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace entente {
namespace {

std::string message_of(const std::function<void()>& act)
{
    testing::internal::CaptureStderr();
    std::string message = "nothing was thrown";
    try {
        act();
    } catch (const std::runtime_error& error) {
        message = error.what();
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    return message;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct StoreFailure : testing::Test {
    TemporaryFolder folder;
    const Scenario scenario = sample::scenario(300);
    const std::string path = folder / "a.h5";
    std::string read() const
    {
        return message_of([&] { read_result(path), read_runs(path, 0, 300); });
    }
    std::string open_writer(const std::string& where) const
    {
        return message_of([&] { ResultWriter(where, scenario, sample::provenance(scenario), Keep::outcomes); });
    }
};

TEST_F(StoreFailure, NoSuchFile) { EXPECT_EQ(read(), path + ": cannot open: No such file or directory"); }

TEST_F(StoreFailure, AFolder)
{
    std::filesystem::create_directory(path);
    EXPECT_EQ(read(), path + ": cannot open: it is a folder");
    EXPECT_EQ(open_writer(path), path + ": cannot write: it is a folder");
    EXPECT_FALSE(std::filesystem::exists(path + ".writing"));
}

TEST_F(StoreFailure, TheParentIsAFile)
{
    write_file(path, "x");
    EXPECT_TRUE(holds(open_writer(path + "/b.h5"), path + "/b.h5: cannot create the folder")) << open_writer(path + "/b.h5");
}

TEST_F(StoreFailure, AFolderThatCannotBeWritten)
{
    if (::geteuid() == 0) {
        std::cerr << "SKIPPED LOUDLY: writing to a read-only folder was not tried, because root may write anywhere\n";
        return;
    }
    std::filesystem::permissions(folder.path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    EXPECT_EQ(open_writer(path), path + ": cannot create: Permission denied");
    std::filesystem::permissions(folder.path, std::filesystem::perms::owner_all);
}

TEST_F(StoreFailure, AnotherKindOfFile)
{
    write_file(path, "runs,outcome\n1,2\n");
    EXPECT_TRUE(holds(read(), path + ": cannot open: ")) << read();
    write_file(path, "");
    EXPECT_TRUE(holds(read(), path + ": cannot open: ")) << read();
    const hid_t other = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(other);
    EXPECT_EQ(read(), path + ": is no result of this engine, or is damaged");
}

// What readers plot is held to what it is summed from.
TEST_F(StoreFailure, CountsThatDoNotAgree)
{
    for (const char* name : {"summary/class_count", "summary/orientation_count"}) {
        sample::write(path, scenario, Keep::outcomes);
        EXPECT_EQ(read(), "nothing was thrown");
        const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), counts = H5Dopen2(file, name, H5P_DEFAULT), space = H5Dget_space(counts);
        std::vector<std::uint32_t> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
        H5Dread(counts, H5T_NATIVE_UINT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        ++values.back();
        H5Dwrite(counts, H5T_NATIVE_UINT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        H5Sclose(space), H5Dclose(counts), H5Fclose(file);
        EXPECT_EQ(read(), fmt::format("{}: is damaged: '{}' is not what 'summary/code_count' comes to", path, name));
    }
}

TEST_F(StoreFailure, AnotherVersionOfTheFormat)
{
    sample::write(path, scenario, Keep::outcomes);
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), attribute = H5Aopen(file, "format_version", H5P_DEFAULT);
    const std::uint32_t version = 1;
    H5Awrite(attribute, H5T_NATIVE_UINT32, &version);
    H5Aclose(attribute), H5Fclose(file);
    EXPECT_EQ(read(), fmt::format("{}: has version 1 of the result format, this program reads version {}", path, store::result_format_version));
}

TEST_F(StoreFailure, CutShort)
{
    sample::write(path, scenario, Keep::outcomes);
    const std::string whole = read_file(path);
    for (const double share : {0.0005, 0.01, 0.5, 0.99, 0.99999}) {
        write_file(path, whole.substr(0, static_cast<std::size_t>(share * static_cast<double>(whole.size()))));
        EXPECT_TRUE(holds(read(), path + ": cannot open: ")) << read();
    }
}

/// Numbers [quarter][run] of the outcomes stand somewhere in the file as they are; one of them is changed.
TEST_F(StoreFailure, AFlippedBitInTheNumbers)
{
    sample::write(path, scenario, Keep::outcomes);
    std::string bytes = read_file(path);
    const sample::Block block = sample::block(scenario, 0, 300, Keep::outcomes);
    const std::size_t at = bytes.find(std::string(block.result.outcome.begin(), block.result.outcome.begin() + 300));
    ASSERT_NE(at, std::string::npos);
    bytes[at + 100] = static_cast<char>(bytes[at + 100] ^ 4);
    write_file(path, bytes);
    EXPECT_EQ(message_of([&] { read_result(path); }), "nothing was thrown");
    EXPECT_TRUE(holds(read(), path + ": cannot read 'runs/outcome': ")) << read();
}

TEST_F(StoreFailure, AFlippedBitInATextOrASingleNumber)
{
    sample::write(path, scenario, Keep::outcomes);
    const std::string whole = read_file(path);
    const double third = 1.0 / 3;
    for (const std::string& part : {std::string("Пример"), std::string(reinterpret_cast<const char*>(&third), sizeof third)}) {
        for (std::size_t at = 0; (at = whole.find(part, at)) != std::string::npos; ++at) {
            std::string bytes = whole;
            bytes[at + 1] = static_cast<char>(bytes[at + 1] ^ 4);
            write_file(path, bytes);
            EXPECT_TRUE(holds(read(), path + ": ")) << read();
        }
    }
}

[[noreturn]] void read_with_flipped_bits(const std::string& path, const std::string& whole)
{
    for (std::size_t k = 0; k < 200; ++k) {
        std::string bytes = whole;
        const std::size_t at = k < 100 ? k * 37 : (k * 7919 * 104729) % whole.size();
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << k % 8));
        write_file(path, bytes);
        try {
            read_result(path), read_runs(path, 0, 300);
        } catch (const std::exception& error) {
            if (!std::string(error.what()).starts_with(path)) std::cerr << error.what();
        }
    }
    std::_Exit(0);
}

/// In a child, because a damaged index may lead HDF5 itself astray.
TEST_F(StoreFailure, AFlippedBitAnywhereNeverCrashes)
{
    sample::write(path, scenario, Keep::outcomes);
    EXPECT_EXIT(read_with_flipped_bits(path, read_file(path)), testing::ExitedWithCode(0), "^$");
}

/// A limit on the size of files stands for a full disk: the same errors come out of the same calls. Prints the message and what stayed.
[[noreturn]] void write_with_limit(const std::string& path, const Scenario& scenario, rlim_t limit)
{
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit most{limit, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &most);
    std::string message = "nothing was thrown";
    try {
        sample::write(path, scenario, Keep::agents);
    } catch (const std::runtime_error& error) {
        message = error.what();
    }
    setrlimit(RLIMIT_FSIZE, &before);
    std::cerr << message;
    if (std::filesystem::exists(path + ".writing")) std::cerr << " and the temporary file stayed";
    if (std::filesystem::exists(path)) std::cerr << " and a file under the final name";
    std::exit(0);
}

TEST_F(StoreFailure, FullDisk)
{
    sample::write(path, scenario, Keep::agents);
    const std::size_t size = std::filesystem::file_size(path);
    std::filesystem::remove(path);
    for (const double share : {0.0, 0.01, 0.5, 0.9999})
        EXPECT_EXIT(write_with_limit(path, scenario, static_cast<rlim_t>(share * static_cast<double>(size))), testing::ExitedWithCode(0), "^[^\n]*a.h5: cannot [^\n]*: File too large$");
}

TEST_F(StoreFailure, TwoWritersOfOneFile)
{
    ResultWriter first(path, scenario, sample::provenance(scenario), Keep::outcomes);
    EXPECT_EQ(open_writer(path), path + ": cannot write: another program is writing " + path + ".writing");
    first.finish(sample::summary(scenario, 300), 1, false);
    EXPECT_EQ(message_of([&] { read_result(path); }), "nothing was thrown");
}

TEST_F(StoreFailure, WhatAKilledProgramLeftIsReplaced)
{
    write_file(path + ".writing", "half");
    sample::write(path, scenario, Keep::outcomes);
    EXPECT_EQ(read(), "nothing was thrown");
}

TEST_F(StoreFailure, ABlockOfTheWrongShape)
{
    ResultWriter writer(path, scenario, sample::provenance(scenario), Keep::outcomes);
    sample::Block block = sample::block(scenario, 0, 128, Keep::outcomes);
    EXPECT_TRUE(holds(message_of([&] { writer.block({256, block.job, block.result}); }), path + ": cannot write the block from run 256 on: 384 runs in all, expected 300"));
    block.result.outcome.pop_back();
    EXPECT_TRUE(holds(message_of([&] { writer.block({0, block.job, block.result}); }), "18431 outcomes, expected 18432"));
}

TEST_F(StoreFailure, AConstantThatIsNone)
{
    ResultWriter writer(path, scenario, sample::provenance(scenario), Keep::outcomes);
    sample::Block block = sample::block(scenario, 0, 128, Keep::outcomes);
    const auto fixed = std::ranges::find(scenario.parameters, Shape::value, [](const ParameterSetting& p) { return p.distribution.shape; });
    block.job.parameters[static_cast<std::size_t>(fixed - scenario.parameters.begin()) * 128 + 9] += 1;
    EXPECT_TRUE(holds(message_of([&] { writer.block({0, block.job, block.result}); }), "but run 9 has another"));
}

TEST_F(StoreFailure, NoRunsKept)
{
    sample::write(path, scenario, Keep::none);
    EXPECT_EQ(read(), path + ": keeps no single runs");
}

} // namespace
} // namespace entente
