// Reading of calibrations, and the model as the simulator of its targets.
#include "calibrations.hpp"
#include "calibrate/model_simulator.hpp"
#include "calibrate/uniforms.hpp"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace entente {
namespace {

struct CalibrationFile : testing::Test {
    TemporaryFolder folder;
    /// What is wrong, without the folder's name.
    std::string faults(const std::string& text, const std::string& values = small_values)
    {
        const std::string path = write_small_calibration(folder, text, values);
        try {
            read_calibration(path);
        } catch (const ScenarioErrors& e) {
            std::string said = e.text + "\n";
            for (std::size_t at; (at = said.find(folder.path.string() + "/")) != std::string::npos;) said.erase(at, folder.path.string().size() + 1);
            return said;
        }
        return "";
    }
    static std::string with(std::string text, const std::string& old, const std::string& now)
    {
        const std::size_t at = text.find(old);
        EXPECT_NE(at, std::string::npos) << old;
        return text.replace(at, old.size(), now);
    }
};

TEST_F(CalibrationFile, IsRead)
{
    const Calibration c = read_calibration(write_small_calibration(folder));
    EXPECT_EQ(c.name, "c");
    EXPECT_EQ(c.chains, 2u);
    EXPECT_EQ(c.particles, 100u);
    EXPECT_EQ(c.scenario.horizon, 39) << "it ends with the last observation";
    EXPECT_TRUE(c.scenario.draw_priors);
    const std::vector<Parameter> all = learned(c);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].name, "psi_C");
    EXPECT_EQ(all[2].prior.values, (std::vector<double>{0, 1}));
    EXPECT_EQ(targets_of(c, Which::fitted).observations.size(), 6u);
    EXPECT_EQ(targets_of(c, Which::all).observations.size(), 7u);
    EXPECT_EQ(read_calibration(write_small_calibration(folder, with(small_calibration_text, "[\"psi_C\", \"psi_I\"]", "\"informed\""))).parameters.size(), 3u);
}

TEST_F(CalibrationFile, SaysAllThatIsWrongAndWhere)
{
    EXPECT_EQ(faults(with(small_calibration_text, "psi_C", "psi_CC")), "c.toml:7:15: learn: parameters: unknown parameter 'psi_CC'; did you mean 'psi_C'?\n");
    EXPECT_EQ(faults(with(small_calibration_text, "\"dep\"", "\"dap\", \"dep\", \"dep\"")), "c.toml:8:15: learn: structures: unknown structure 'dap'; did you mean 'dep'?\n"
                                                                                            "c.toml:8:29: learn: structures: 'dep' is there already\n");
    EXPECT_EQ(faults(with(small_calibration_text, "targets = ", "target = ")), "c.toml:4:1: calibration: unknown key 'target'; did you mean 'targets'?\n");
    EXPECT_EQ(faults(with(small_calibration_text, "targets.csv", "nothing.csv")), "c.toml:4:11: targets: nothing.csv: there is no such file\n");
    EXPECT_EQ(faults(with(small_calibration_text, "particles = 100", "particles = 10")), "c.toml:11:13: sampler: particles: a whole number from 100 to 100000, got 10\n");
    EXPECT_EQ(faults(with(small_calibration_text, "0.1", "1.0")), "c.toml:13:20: sampler: least_acceptance: between 0 and 1, got 1\n");
    EXPECT_EQ(faults(with(small_calibration_text, "[learn]", "fit_to = 2015\n[learn]")), "c.toml:6:10: fit_to: nothing that is to be fitted was observed up to 2015Q4\n");
    EXPECT_EQ(faults(small_calibration_text, with(small_values, "china,2016", "chna,2016")),
              "targets.csv:2:1: target: a target of the measurement table, got 'chna'; did you mean 'china'?\n");
    EXPECT_EQ(faults(small_calibration_text, with(small_values, ".141,share,.01", ".141,share,")), "targets.csv:2:23: sd: an error, as sd or as low and high, got none\n");
    EXPECT_EQ(faults(small_calibration_text, with(small_values, "china,2016", "china,2031")), "targets.csv:2:7: date: quarters from 2014Q1 to 2024Q4, got '2031'\n");
}

TEST_F(CalibrationFile, IsFittedUpToAYear)
{
    const Calibration c = fitted_to(small_calibration(folder), 2018);
    EXPECT_EQ(targets_of(c, Which::fitted).observations.size(), 3u);
    EXPECT_EQ(targets_of(c, Which::all).observations.size(), 7u);
    const auto fault = [&](std::int64_t year) -> std::string {
        try {
            fitted_to(small_calibration(folder), year);
        } catch (const std::invalid_argument& e) {
            return e.what();
        }
        return "";
    };
    EXPECT_EQ(fault(2014), "nothing that is to be fitted was observed up to 2014Q4");
    EXPECT_EQ(fault(2023), "") << "the last";
    for (const std::int64_t year : {std::int64_t{0}, std::int64_t{2013}, std::int64_t{2024}, std::int64_t{1073743842}, std::int64_t{4294967295}})
        EXPECT_EQ(fault(year), fmt::format("a year from 2014 to 2023, got {}", year));
}

TEST_F(CalibrationFile, KeepsTheMeasurementTableInItsText)
{
    EXPECT_EQ(small_calibration(folder).text.find(small_calibration_text + "# target,channel,expression"), 0u);
    EXPECT_NE(small_calibration(folder).text.find("# india,economic,trade_share_india,"), std::string::npos);
}

using ModelSimulator = CalibrationFile;

TEST_F(ModelSimulator, GivesWhatTheScenarioGivesAndItsErrors)
{
    const Calibration c = small_calibration(folder);
    const Simulator simulator = model_simulator(c, Which::all, {});
    const std::vector<double> parameters{0.25, 1.5, 1};
    std::vector<double> found(7);
    const std::uint32_t replicate = 5;
    simulator.run({77, std::span(&replicate, 1), parameters, found});
    // The same run as a scenario of its own.
    Scenario s = c.scenario;
    s.seed = 77;
    for (std::size_t i = 0; i < 2; ++i) s.parameters[c.parameters[i]].distribution = {.shape = Shape::value, .a = parameters[i], .values = {}, .weights = {}};
    std::ranges::fill(s.structures[c.structures[0]].weights, 0), s.structures[c.structures[0]].weights[1] = 1;
    const Point point = s.point();
    const BlockResult block = choose_kernel("double").run(block_job(s, point, replicate, 1, {}));
    const Observer observer(c.targets);
    std::vector<double> x, wanted(7), normals(observer.normals());
    for (const Observation& o : c.targets.observations) x.push_back(modelled(o, block, 0, 1));
    normals_of(77, "observation", std::span(&replicate, 1), normals.size(), normals);
    observer(x, normals, wanted);
    EXPECT_EQ(found, wanted);
    EXPECT_NE(found, x);
}

TEST_F(ModelSimulator, GivesARunTheSameNumbersInAnyBatch)
{
    const Calibration c = small_calibration(folder);
    const Simulator simulator = model_simulator(c, Which::fitted, {});
    std::vector<std::uint32_t> replicates(37);
    std::iota(replicates.begin(), replicates.end(), 3u);
    std::vector<double> parameters;
    for (std::size_t i = 0; i < replicates.size(); ++i) parameters.insert(parameters.end(), {0.2 + 0.005 * static_cast<double>(i), 1.5, static_cast<double>(i % 2)});
    std::vector<double> together(replicates.size() * 6), alone(6);
    simulator.run({1, replicates, parameters, together});
    for (const std::size_t i : {0u, 17u, 36u}) {
        simulator.run({1, std::span(replicates).subspan(i, 1), std::span(parameters).subspan(3 * i, 3), alone});
        EXPECT_TRUE(std::equal(alone.begin(), alone.end(), together.begin() + static_cast<std::ptrdiff_t>(6 * i))) << i;
    }
    EXPECT_EQ(simulator.summaries[4], "india 2016");
}

TEST(Uniforms, OfManyItemsAreThoseOfEach)
{
    const std::vector<std::uint32_t> items{4, 9, 1000000};
    std::vector<double> all(3 * 7);
    normals_of(3, "what", items, 7, all);
    for (std::size_t i = 0; i < items.size(); ++i)
        for (std::uint32_t n = 0; n < 7; ++n) EXPECT_EQ(all[i * 7 + n], normals_at(3, "what", items[i], n / 4)[n % 4]);
}

} // namespace
} // namespace entente
