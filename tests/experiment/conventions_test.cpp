// Conventions of a real result: its own classes come out again, and what was found can be kept in the file.
#include "experiment/conventions.hpp"
#include "small.hpp"
#include "store/analyses.hpp"
#include <filesystem>

namespace entente {
namespace {

using StoredConventions = ExperimentTest;

TEST_F(StoredConventions, GiveTheRunsTheirOwnClasses)
{
    const std::string file = carry_out(small_run(600), {.out = path("r.h5")}).path;
    const ReplaySource source = replay_source(file);
    const int horizon = source.scenario.horizon;
    const DatedConventions dated = conventions_in(file, source, {horizon}, 10)[0];
    EXPECT_EQ(dated.conventions.other, 0u);
    const Summary summary = read_result(file).summary;
    for (int c = 0; c < outcome_classes; ++c) {
        std::uint32_t count = 0;
        for (std::uint8_t code = 0; code < 32; ++code) count += class_of(code) == c ? summary.code_count[static_cast<std::size_t>(horizon) * 32 + code] : 0;
        EXPECT_NEAR(dated.conventions.classes[static_cast<std::size_t>(c)], count / 600.0, 1e-12);
    }
    EXPECT_GT(dated.conventions.class_range[2].high, dated.conventions.class_range[2].low);
    const std::string none = carry_out(small_run(300, 1, {.keep = Keep::none}), {.out = path("none.h5")}).path;
    EXPECT_THROW(conventions_in(none, replay_source(none), {horizon}, 10), Refused);
}

// A scenario that moves a line is read off by its own line.
TEST_F(StoredConventions, AreThoseOfTheScenario)
{
    Scenario s = small_scenario(300);
    hold_parameter(s, Description::find(describe().parameters, "alignment_least"), 0.99);
    const std::string file = carry_out(plain_experiment(s, {}, {}, "", {.dial_futures = 0, .readings = 0}), {.out = path("r.h5")}).path;
    const Conventions c = conventions_in(file, replay_source(file), {s.horizon}, 0)[0].conventions;
    EXPECT_EQ(c.other, 0u);
    EXPECT_EQ(c.classes[3], 0);
}

TEST_F(StoredConventions, AnalysesAreKeptBesideTheData)
{
    const std::string file = carry_out(small_run(300), {.out = path("r.h5")}).path, copy = path("copy.h5");
    std::filesystem::copy_file(file, copy);
    EXPECT_TRUE(read_analyses(file).empty());
    save_analysis(file, {"conventions", "{\"a\": 1}\n"});
    save_analysis(file, {"sensitivity", "{}\n"});
    save_analysis(file, {"conventions", "{\"a\": 2}\n"});
    const std::vector<Analysis> all = read_analyses(file);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].name, "conventions");
    EXPECT_EQ(all[0].document, "{\"a\": 2}\n");
    EXPECT_EQ(all[1].name, "sensitivity");
    expect_same_data(file, copy);
    EXPECT_EQ(read_result(file).summary.mean, read_result(copy).summary.mean);
    EXPECT_FALSE(repeat(read_result(file), file, {}).departure);
    const std::string sweep = carry_out(small_sweep_of(1), {.out = path("s.h5")}).path;
    save_analysis(sweep, {"discover", "{}"});
    EXPECT_EQ(read_analyses(sweep)[0].name, "discover");
    EXPECT_EQ(stored_kind(sweep), Stored::sweep);
    EXPECT_THROW(save_analysis(path("nothing.h5"), {"a", "b"}), std::runtime_error);
}

} // namespace
} // namespace entente
