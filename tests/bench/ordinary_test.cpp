// What the benchmark compares with must do the same work: the firms and banks of the model, in a world that stands still.
#include "bench/ordinary.hpp"
#include "model/world.hpp"
#include <cmath>
#include <fmt/format.h>

namespace entente {
namespace {

/// Means and standard errors over runs of the pages themselves.
struct Mean {
    double sum = 0, squares = 0, n = 0;
    void add(double x) { sum += x, squares += x * x, ++n; }
    double mean() const { return sum / n; }
    double error() const { return std::sqrt((squares / n - mean() * mean()) / (n - 1)); }
};
struct Means {
    Mean supply, acceptance, designated;
};
Means of_the_pages(std::uint32_t runs, std::uint32_t quarters, double aversion)
{
    const Surroundings s;
    Means means;
    for (std::uint32_t run = 0; run < runs; ++run) {
        Hand h;
        h.replicate = run;
        h.now.sanctions_in_force = s.sanctions_in_force, h.now.secondary_enforcement = s.secondary_enforcement, h.now.china_western_exposure = s.china_western_exposure;
        h.now.insulated_rails = s.insulated_rails, h.now.yuan_settlement = s.yuan_settlement, h.now.china_support = s.china_support, h.now.designation_rate = s.designation_rate;
        h.now.use_tier2_refill = 0;
        h.p.c_firm = h.p.c_firm * aversion;
        h.begin<ChineseFirms>();
        h.begin<ChineseBanks>();
        for (std::uint32_t q = 0; q < quarters; ++q) {
            h.now.quarter = static_cast<int>(q);
            const auto banks = h.step<ChineseBanks>(false);
            const auto firms = h.step<ChineseFirms>(false);
            static_cast<ChineseBanks::Shared<Lanes>&>(h.now) = banks;
            static_cast<ChineseFirms::Shared<Lanes>&>(h.now) = firms;
        }
        means.supply.add(value(h.now.supply_willingness)), means.acceptance.add(value(h.now.bank_acceptance)), means.designated.add(value(h.now.designated_share));
    }
    return means;
}
/// The largest of the three |z|. The ordinary runs are as many, so that their error is the pages'.
double largest_z(double aversion)
{
    const std::uint32_t runs = 600, quarters = 40;
    const OrdinaryResult ordinary = run_ordinary(runs, quarters, {});
    const Means pages = of_the_pages(runs, quarters, aversion);
    const auto z = [](double x, const Mean& m) { return std::abs(x - m.mean()) / (m.error() * std::sqrt(2.0)); };
    const double largest = std::max({z(ordinary.supply_willingness, pages.supply), z(ordinary.bank_acceptance, pages.acceptance), z(ordinary.designated_share, pages.designated)});
    fmt::print("largest |z| {:.2f} of 3, n {}, alpha 1e-6\n", largest, runs);
    return largest;
}

TEST(Ordinary, DoesTheWorkOfFirmsAndBanks) { EXPECT_LT(largest_z(1), 5.1); } // 3 comparisons, alpha 1e-6
TEST(Ordinary, AnotherAversionIsSeen) { EXPECT_GT(largest_z(1.2), 5.1); }

} // namespace
} // namespace entente
