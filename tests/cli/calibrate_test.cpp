// Calibrations as their user meets them: what is printed, what a second call does, and what is wrong with a file.
#include "calibrations.hpp"
#include "program.hpp"
#include <filesystem>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

struct CalibrateCommand : ProgramTest {
    CalibrateCommand() { write_small_calibration(folder_); }
};

TEST_F(CalibrateCommand, PrintsItsDiagnosis)
{
    const Ran first = run("calibrate c.toml");
    ASSERT_EQ(first.code, 0) << first.err;
    EXPECT_EQ(first.err, "") << "nothing is shown where there is no terminal";
    for (const char* text : {"Can the draws be trusted", "psi_I", "dep", "china"}) EXPECT_NE(first.out.find(text), std::string::npos) << text;
    const Ran again = run("calibrate c.toml --json");
    EXPECT_EQ(again.err, "results/c_posterior.h5: is this calibration's posterior already.\n");
    EXPECT_EQ(nlohmann::json::parse(again.out).at("document"), "diagnosis");
    const Ran other = run("calibrate c.toml --seed 2");
    EXPECT_EQ(other.code, 2);
    EXPECT_NE(other.err.find("results/c_posterior.h5: holds the posterior of another calibration; --force replaces it, --out FILE writes elsewhere"), std::string::npos) << other.err;
    const Ran against = run("diagnose results/c_posterior.h5 --against results/c_posterior.h5");
    EXPECT_NE(against.out.find("all within 0.00"), std::string::npos) << against.out;
}

TEST_F(CalibrateCommand, SaysWhatIsWrong)
{
    const Ran method = run("calibrate c.toml --method smc");
    EXPECT_EQ(method.code, 2);
    EXPECT_NE(method.err.find("--method: smc_abc, synthetic_likelihood, robust_synthetic_likelihood, got 'smc'"), std::string::npos) << method.err;
    EXPECT_NE(run("calibrate c.toml --fit-to 2014").err.find("--fit-to: nothing that is to be fitted was observed up to 2014Q4"), std::string::npos);
    EXPECT_NE(run("run c.toml").err.find("c.toml is a calibration; `entente calibrate c.toml` makes a posterior of it"), std::string::npos) << run("run c.toml").err;
    write_file(path("other.toml"), small_calibration_text + "method = \"synthetic_likelihood\"\n");
    EXPECT_EQ(run("sbc other.toml").err, "other.toml: method: worlds are fitted by smc_abc alone, got synthetic_likelihood\n");
    EXPECT_EQ(run("calibrate c.toml --resume --force").code, 2);
    EXPECT_EQ(run("calibrate c.toml --seed x").code, 2);
    std::string values = small_values;
    values.replace(values.find("china,2022,.225"), 15, "china,2022,.925");
    write_file(path("targets.csv"), values);
    const Ran unmet = run("calibrate c.toml");
    EXPECT_EQ(unmet.code, 2);
    EXPECT_NE(unmet.err.find("targets.csv:5:12: value: china 2022 of 0.925 cannot be met"), std::string::npos) << unmet.err;
    EXPECT_FALSE(std::filesystem::exists(path("results/c_posterior.h5")));
}

TEST_F(CalibrateCommand, ScoresYearsThatItDidNotSee)
{
    write_file(path("targets.csv"), yearly_values());
    const Ran scored = run("backtest c.toml --fit-to 2019 --fit-to 2020");
    ASSERT_EQ(scored.code, 0) << scored.err;
    EXPECT_NE(scored.out.find("Fitted up to 2020, 2 values predicted after it."), std::string::npos) << scored.out;
    EXPECT_TRUE(std::filesystem::exists(path("results/c_to_2019.h5")));
    const Ran json = run("backtest c.toml --fit-to 2020 --json");
    EXPECT_EQ(nlohmann::json::parse(json.out).at("backtests")[0].at("targets")[0].at("years"), 2);
    EXPECT_NE(run("backtest c.toml --fit-to 2020 --markdown").out.find("| 2020 | `china` | 2 |"), std::string::npos);
    EXPECT_EQ(run("backtest c.toml --fit-to 2022").code, 2);
}

TEST_F(CalibrateCommand, ShowsAStoredTrialOnWorlds)
{
    std::string csv = "calibration,identity,draws,world,psi_C,joint\n";
    for (unsigned w = 0; w < 40; ++w) csv += fmt::format("c,0123456789abcdef,99,{},{},{}\n", w, w * 67 % 100, w * 37 % 100);
    write_file(path("s.csv"), csv);
    const Ran shown = run("sbc s.csv");
    EXPECT_EQ(shown.code, 0) << shown.err << shown.out;
    EXPECT_NE(shown.out.find("c: 40 worlds that the prior made"), std::string::npos) << shown.out;
    EXPECT_EQ(nlohmann::json::parse(run("sbc s.csv --json").out).at("calibrated"), true);
    std::string wrong = "calibration,identity,draws,world,psi_C,joint\n";
    for (unsigned w = 0; w < 40; ++w) wrong += fmt::format("c,0123456789abcdef,99,{},{},{}\n", w, w * 67 % 10, 90 + w * 37 % 10);
    write_file(path("w.csv"), wrong);
    EXPECT_EQ(run("sbc w.csv").code, 1);
    write_file(path("bad.csv"), csv + "c,0123456789abcdef,99,40,100,3\n");
    EXPECT_EQ(run("sbc bad.csv").err, "entente sbc: bad.csv: line 42: psi_C: a whole number from 0 to 99, got '100'\n");
    EXPECT_EQ(run("sbc c.toml --draws 100").code, 2);
    EXPECT_EQ(run("sbc c.toml --worlds 5").code, 2);
}

TEST_F(CalibrateCommand, TriesItsMethodOnManyWorlds)
{
    const Ran small = run("sbc c.toml --worlds 20 --draws 9");
    EXPECT_NE(small.out.find("c: 20 worlds that the prior made"), std::string::npos) << small.out << small.err;
}

} // namespace
} // namespace entente
