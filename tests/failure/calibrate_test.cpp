// Calibrations that are killed: nothing finished is lost, and the posterior is that of an undisturbed one.
#include "calibrations.hpp"
#include "shell.hpp"
#include "signalled.hpp"
#include "store/posterior.hpp"
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(CalibrateFailure, KilledAnywhereItGoesOnToTheSamePosterior)
{
    TemporaryFolder folder;
    std::string text = small_calibration_text;
    write_small_calibration(folder, text.replace(text.find("0.1"), 3, "0.05")); // several generations a chain
    const auto run = [&](const std::string& arguments) { return shell(fmt::format("cd '{}' && '{}' {} </dev/null", folder.path.string(), PROGRAM, arguments)); };
    ASSERT_EQ(run("calibrate c.toml --out whole.h5").code, 0);
    const Posterior whole = read_posterior(folder / "whole.h5");
    // Killed at moments spread over a generation, each time after the checkpoint has been written once more, until it is done before it is killed.
    const auto written = [&] {
        std::error_code none_yet;
        return std::filesystem::last_write_time(folder / "k.checkpoint", none_yet);
    };
    unsigned killed = 0;
    for (std::uint32_t moment = 1; killed < 100; moment = moment * 1664525 + 1013904223) {
        const auto before = written();
        const auto wait = [&](pid_t child) {
            while (written() == before) {
                siginfo_t ended{};
                if (waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == child) return;
                usleep(1000);
            }
            usleep(moment % 50000);
        };
        if (!WIFSIGNALED(signalled(folder.path.string(), {"calibrate", "c.toml", "--out", "k.h5", "--resume"}, SIGKILL, wait))) break;
        ++killed;
    }
    EXPECT_GT(killed, 1u);
    const Ran last = run("calibrate c.toml --out k.h5 --resume");
    ASSERT_EQ(last.code, 0) << last.output;
    const Posterior p = read_posterior(folder / "k.h5");
    EXPECT_TRUE(p.posterior == whole.posterior && p.posterior_predictive == whole.posterior_predictive && p.steps == whole.steps && p.runs == whole.runs);
    ASSERT_EQ(run("calibrate c.toml --out other.h5 --seed 2").code, 0);
    EXPECT_FALSE(read_posterior(folder / "other.h5").posterior == whole.posterior) << "a test that cannot fail";
}

} // namespace
} // namespace entente
