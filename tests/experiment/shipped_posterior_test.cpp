// The posterior and the trial on worlds that ship: of the calibration, the model and the data as they are today, and to be trusted.
#include "calibrate/diagnosis.hpp"
#include "core/text.hpp"
#include "experiment/provenance.hpp"
#include "experiment/sbc.hpp"
#include "store/posterior.hpp"
#include <algorithm>
#include <gtest/gtest.h>

namespace entente {
namespace {

const std::string folder = SOURCE_DIR "/calibration/";
constexpr std::uint32_t particles_of_trial = 400;
constexpr const char* again = "calibrate calibration/baseline.toml anew, and copy what comes to calibration/";

const Calibration& shipped()
{
    static const Calibration c = read_calibration(folder + "baseline.toml");
    return c;
}
const Posterior& posterior()
{
    static const Posterior p = read_posterior(folder + "baseline_posterior.h5");
    return p;
}

TEST(ShippedPosterior, IsOfTheCalibrationTheModelAndTheDataOfToday)
{
    EXPECT_EQ(posterior().calibration, shipped().text) << again;
    EXPECT_EQ(without_origins(posterior().scenario_resolved), without_origins(resolved_toml(shipped().scenario))) << again;
    const std::vector<Parameter> today = learned(shipped());
    ASSERT_EQ(posterior().parameters.size(), today.size());
    for (std::size_t i = 0; i < today.size(); ++i) EXPECT_EQ(posterior().parameters[i].prior, to_text(today[i].prior)) << today[i].name << ": " << again;
    const std::vector<double> values = observed(shipped().targets);
    ASSERT_EQ(posterior().targets.size(), values.size()) << again;
    for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(posterior().targets[i].value, values[i]) << posterior().targets[i].target << ": " << again;
}

TEST(ShippedPosterior, IsToBeTrustedAndSaysWhatWasLearned)
{
    const Diagnosis d = diagnose(posterior());
    EXPECT_TRUE(d.trusted);
    std::vector<std::string> informed;
    for (const ParameterDiagnosis& p : d.parameters)
        if (p.learned.learned) informed.push_back(p.parameter.name);
    for (const char* name : {"eta_S", "psi_I", "a_CN", "zeta"}) EXPECT_NE(std::ranges::find(informed, name), informed.end()) << name;
    for (const char* name : {"g_hedge", "rho_S", "ell"}) EXPECT_EQ(std::ranges::find(informed, name), informed.end()) << name;
}

TEST(ShippedPosterior, ComesFromAMethodThatWasTriedOnWorlds)
{
    const SbcTable table = sbc_table_of(read_file(folder + "baseline_sbc.csv"));
    Calibration c = shipped();
    c.particles = particles_of_trial;
    const SbcTable today = empty_table(c, {.draws = table.draws});
    EXPECT_EQ(table.identity, today.identity) << "try it again: entente sbc calibration/baseline.toml --particles " << particles_of_trial;
    EXPECT_EQ(table.names, today.names);
    const SbcSummary summary = summary_of(table);
    EXPECT_GE(summary.worlds, 50u);
    EXPECT_EQ(summary.failed, 0u);
    EXPECT_TRUE(summary.calibrated);
}

} // namespace
} // namespace entente
