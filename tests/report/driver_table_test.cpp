// What the drivers do, by numbers made by hand.
#include "report/driver_table.hpp"
#include "made_answer.hpp"
#include "report/lines.hpp"
#include "report/numbers.hpp"
#include <gtest/gtest.h>

namespace entente::report {
namespace {

TEST(DriverTable, HasBothEndsOfEachDialWithWhatTheyChange)
{
    const std::vector<std::string> lines = split(driver_table(made_effects(), {}), '\n');
    ASSERT_EQ(lines.size(), 18u);
    EXPECT_EQ(lines[0] + " " + lines[1] + " " + lines[2] + " " + lines[3],
              "The four drivers, each turned alone to its low end (0) and its high end (1): what changes in 2045Q1, against the same "
              "200 futures as they are. ± is half the 95 % interval; itself: the variable that shows the driver, on average until then; "
              "index: the alignment index, 0 to 1; the rest: points of a share.");
    EXPECT_EQ(lines[4], "      itself         index transactional estrangement    vassal western turn");
    EXPECT_EQ(lines[5], "drivers.dependence = 0.5: dependence of Russia on China, 0.512 as it is");
    EXPECT_EQ(lines[6], " low    0.25 +0.010 ±0.005     -1.0 ±0.5    +1.0 ±0.5 +1.0 ±0.5    -1.0 ±0.5");
    EXPECT_EQ(lines[7], " high   0.75 +0.020 ±0.010     -2.0 ±1.0    +2.0 ±1.0 +2.0 ±1.0    -2.0 ±1.0");
    EXPECT_EQ(lines[16], " high   0.75 +0.080 ±0.040     -8.0 ±4.0    +8.0 ±4.0 +8.0 ±4.0    -8.0 ±4.0");
}

TEST(DriverTable, TakesApartADialThatMovesSeveralLevers)
{
    DriverEffects effects = made_effects();
    effects.drivers[1].name = "dependence.reliance_push", effects.drivers[1].label = "what Russia buys", effects.drivers[1].alone = true;
    const std::vector<std::string> lines = split(driver_table(effects, {}), '\n');
    EXPECT_EQ(lines[8], "of it reliance_push alone: what Russia buys");
}

TEST(DriverTable, ShowsTheClassesThatMoveMostAndAllWhereThereIsRoom)
{
    DriverEffects effects = made_effects();
    effects.drivers[2].high.classes[4].mean = -0.5;
    const std::string narrow = driver_table(effects, {}), wide = driver_table(effects, {.width = 140});
    EXPECT_EQ(narrow.find("rupture"), std::string::npos);
    EXPECT_LT(narrow.find("alliance"), narrow.find("transactional")) << "the closest tie first, however much it moves";
    for (const char* name : {" alliance ", " alignment ", " transactional ", " estrangement ", " rupture "}) EXPECT_NE(wide.find(name), std::string::npos) << name;
}

TEST(Numbers, AreRoundedSoThatNothingSeemsExact)
{
    EXPECT_EQ(half_width_text({.share = 0, .low = 0, .high = 0.0002}), "0.1");
    EXPECT_EQ(half_width_text({.share = 0.5, .low = 0.49, .high = 0.51}), "1.0");
    EXPECT_EQ(half_width_text({.share = 0.5, .low = 0.49, .high = 0.5101}), "1.1");
    EXPECT_EQ(share_text(0.0994), "9.9");
    EXPECT_EQ(share_text(0.0996), "10");
    EXPECT_EQ(share_text(1), "100");
    EXPECT_EQ(band_text({.low = 0.1, .high = 0.2}, {.share = 0.21, .low = 0.2, .high = 0.22}), "10-20 ") << "may be within";
    EXPECT_EQ(band_text({.low = 0.1, .high = 0.2}, {.share = 0.21, .low = 0.201, .high = 0.22}), "10-20*");
    EXPECT_EQ(band_text({.low = 0.1, .high = 0.2}, {.share = 0.09, .low = 0.08, .high = 0.099}), "10-20*");
    EXPECT_EQ(band_text({.low = 0.1, .high = 0.1}, {.share = 0.21, .low = 0.201, .high = 0.22}), "10-10 ") << "no spread was seen";
    EXPECT_EQ(effect_text({.mean = -0.0123, .low = -0.02, .high = 0}, 1, 3, Signs::ascii), "-0.012 +-0.010");
}

} // namespace
} // namespace entente::report
