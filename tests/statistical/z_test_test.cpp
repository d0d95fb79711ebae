#include "statistical/z_test.hpp"

using namespace entente;

TEST(ZTest, KnowsTheNormalTable)
{
    EXPECT_NEAR(critical_z(0.05), 1.959964, 1e-6);
    EXPECT_NEAR(critical_z(0.01), 2.575829, 1e-6);
    EXPECT_NEAR(critical_z(1e-6), 4.891638, 1e-6);
}

TEST(ZTest, EstimatesTheMeanAndItsError)
{
    const Estimate e = estimate({1, 2, 3, 4}, 7); // variance 5/3
    EXPECT_EQ(e.mean, 2.5);
    EXPECT_DOUBLE_EQ(e.standard_error, std::sqrt(5.0 / 12));
    EXPECT_EQ(e.n, 4u);
    EXPECT_EQ(e.seed, 7u);
    EXPECT_DOUBLE_EQ(share_estimate(30, 100, 0.2, 1).standard_error, 0.04);
}

TEST(ZTest, TellsFarFromNear)
{
    const Estimate e{.mean = 1.5, .standard_error = 0.1, .n = 100, .seed = 1};
    EXPECT_Z_WITHIN(e, 1.02, 1e-6);  // z 4.8
    EXPECT_Z_OUTSIDE(e, 1.01, 1e-6); // z 4.9
}

TEST(ZTest, AcceptsAnExactNumberWithoutSpread)
{
    EXPECT_Z_WITHIN((Estimate{.mean = 1, .standard_error = 0, .n = 4, .seed = 1}), 1, 1e-6);
    EXPECT_Z_OUTSIDE((Estimate{.mean = 1, .standard_error = 0, .n = 4, .seed = 1}), 1.0001, 1e-6);
}
