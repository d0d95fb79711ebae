// Ensembles of numbers whose mean, share or quantile is known, stopped by precision 10,000 times over: how often the 95 % interval holds the truth, and
// whether it is as narrow as was wanted. The half-widths are near those at which stopping without corrections does most harm.
#define ENTENTE_KERNEL test_precision
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 2
#include "analysis/precision.hpp"
#include "core/draws.hpp"
#include "statistical/z_test.hpp"

namespace entente {
namespace {

constexpr std::uint64_t seed = 20310415;
constexpr std::uint32_t ensembles = 10'000;
constexpr double alpha = 1e-6;
using Kind = Statistic::Kind;

struct Toy {
    const char* name;
    Statistic statistic;
    double truth, half_width;
    Lanes (*value)(const Four&); ///< of a run, from its four uniforms
};
const Toy symmetric{"mean of normal values", {Kind::mean}, 0, 0.0741, [](const Four& u) { return normal(u.a); }};
const Toy exponential{"mean of exponential values", {Kind::mean}, 1, 0.104, [](const Four& u) { return -log(u.a); }};
const Toy skewed{"mean of log-normal values", {Kind::mean}, std::exp(0.5), 0.199, [](const Four& u) { return exp(normal(u.a)); }};
const Toy paired{"mean of paired differences, correlation of logarithms 0.8", {Kind::mean}, std::exp(0.5) * (std::exp(0.2) - 1), 0.16, [](const Four& u) {
                     const Lanes a = normal(u.a), b = a * 0.8 + normal(u.b) * 0.6 + 0.2;
                     return exp(b) - exp(a);
                 }};
const Toy even{"probability 0.5", {Kind::probability}, 0.5, 0.037, [](const Four& u) { return when(u.a < 0.5); }};
const Toy tenth{"probability 0.1", {Kind::probability}, 0.1, 0.0207, [](const Four& u) { return when(u.a < 0.1); }};
const Toy rare{"probability 0.02", {Kind::probability}, 0.02, 0.00962, [](const Four& u) { return when(u.a < 0.02); }};
const Toy median{"median of log-normal values", {Kind::quantile, 0.5}, 1, 0.1, [](const Four& u) { return exp(normal(u.a)); }};
const Toy upper{"90 % quantile of log-normal values", {Kind::quantile, 0.9}, std::exp(1.2815515655), 0.40, [](const Four& u) { return exp(normal(u.a)); }};

/// The next values of an ensemble, up to `runs`, an even number: every second is of a lane.
void grow(std::vector<double>& values, const Toy& toy, std::uint32_t ensemble, std::uint64_t runs)
{
    const std::uint32_t lanes[width] = {2 * ensemble, 2 * ensemble + 1};
    const Draws draws(seed, lanes, 0, hash_of(toy.name));
    while (values.size() < runs) {
        const Lanes value = toy.value(draws(static_cast<std::uint32_t>(values.size())));
        values.push_back(value[0]), values.push_back(value[1]);
    }
}

struct Ensemble {
    std::vector<std::vector<double>> values; ///< [1][run]
    Interval interval;
    bool enough;
};
Ensemble stopped_by_rule(const Toy& toy, std::uint32_t ensemble)
{
    const StoppingRule rule{.wanted = {{toy.statistic, toy.half_width}}, .least = 256, .most = 20'000};
    Ensemble e{.values = {{}}};
    while (true) {
        grow(e.values[0], toy, ensemble, next_check(rule, e.values[0].size()));
        const Verdict v = check(rule, std::vector{in_memory(e.values[0])});
        e.interval = v.intervals[0], e.enough = v.enough;
        if (v.enough || v.at_most) return e;
    }
}
/// The rule as it would be without its corrections.
Ensemble stopped_when_narrow(const Toy& toy, std::uint32_t ensemble)
{
    Ensemble e{.values = {{}}, .enough = true};
    do {
        grow(e.values[0], toy, ensemble, next_check({}, e.values[0].size()));
        e.interval = interval(toy.statistic, in_memory(e.values[0]));
    } while (e.interval.half_width() > toy.half_width);
    return e;
}

bool holds(const Interval& i, double truth) { return i.low <= truth && truth <= i.high; }

/// Whether `count` of the ensembles can be where the true share is `least` to `most`.
testing::AssertionResult share_within(const char* what, std::uint32_t count, double least, double most)
{
    const auto error = [](double share) { return critical_z(alpha) * std::sqrt(share * (1 - share) / ensembles); };
    const double share = double(count) / ensembles, low = least - error(least), high = most + error(most);
    const std::string text = fmt::format("{}: {:.4f}, allowed {:.4f} to {:.4f} ({} to {}, alpha = {:g}, n = {}, seed = {})", what, share, low, high, least, most, alpha, ensembles, seed);
    fmt::print("    {}\n", text);
    return (low <= share && share <= high ? testing::AssertionSuccess() : testing::AssertionFailure()) << text;
}
testing::AssertionResult covers_95(const char* what, std::uint32_t count) { return share_within(what, count, 0.94, 0.96); }

void expect_held(const Toy& toy)
{
    std::uint32_t covered = 0, covered_by_90 = 0, covered_by_99 = 0, enough = 0, narrow = 0, narrower = 0;
    for (std::uint32_t n = 0; n < ensembles; ++n) {
        const Ensemble e = stopped_by_rule(toy, n);
        covered += holds(e.interval, toy.truth);
        covered_by_90 += holds(interval(toy.statistic, in_memory(e.values[0]), 0.90, Runs::stopped), toy.truth);
        covered_by_99 += holds(interval(toy.statistic, in_memory(e.values[0]), 0.99, Runs::stopped), toy.truth);
        enough += e.enough;
        narrow += e.enough && e.interval.half_width() <= toy.half_width;
        narrower += e.enough && e.interval.half_width() <= 0.9 * toy.half_width;
    }
    EXPECT_TRUE(covers_95(toy.name, covered));
    EXPECT_FALSE(covers_95("twin, 90 % intervals", covered_by_90));
    EXPECT_FALSE(covers_95("twin, 99 % intervals", covered_by_99));
    EXPECT_EQ(enough, ensembles); // all stopped before the most, so shares of these are shares of those
    EXPECT_TRUE(share_within("as narrow as promised", narrow, 0.99, 1));
    EXPECT_FALSE(share_within("twin, a tenth narrower than promised", narrower, 0.99, 1));
}

TEST(Precision, HoldsForANormalMean) { expect_held(symmetric); }
TEST(Precision, HoldsForAnExponentialMean) { expect_held(exponential); }
TEST(Precision, HoldsForASkewedMean) { expect_held(skewed); }
TEST(Precision, HoldsForAPairedDifference) { expect_held(paired); }
TEST(Precision, HoldsForAnEvenProbability) { expect_held(even); }
TEST(Precision, HoldsForAProbabilityOfATenth) { expect_held(tenth); }
TEST(Precision, HoldsForARareEvent) { expect_held(rare); }
TEST(Precision, HoldsForAMedian) { expect_held(median); }
TEST(Precision, HoldsForAnUpperQuantile) { expect_held(upper); }

TEST(Precision, WouldNotHoldWithoutTheCorrections)
{
    for (const Toy& toy : {skewed, rare}) {
        std::uint32_t covered = 0;
        for (std::uint32_t n = 0; n < ensembles; ++n) covered += holds(stopped_when_narrow(toy, n).interval, toy.truth);
        EXPECT_FALSE(covers_95(toy.name, covered));
    }
}

TEST(Precision, HoldsForEachOfSeveral)
{
    const Statistic above_5{Kind::probability};
    const StoppingRule rule{.wanted = {{skewed.statistic, 0.199}, {upper.statistic, 0.5}, {above_5, 0.02}}, .least = 256, .most = 20'000};
    const double truth[] = {skewed.truth, upper.truth, std::erfc(std::log(5.0) / std::sqrt(2.0)) / 2};
    std::uint32_t covered[3] = {}, enough = 0;
    for (std::uint32_t n = 0; n < ensembles; ++n) {
        std::vector<std::vector<double>> values(3);
        Verdict v;
        while (!v.enough && !v.at_most) {
            grow(values[0], skewed, n, next_check(rule, values[0].size()));
            values[1] = values[0];
            for (std::size_t run = values[2].size(); run < values[0].size(); ++run) values[2].push_back(values[0][run] > 5 ? 1 : 0);
            v = check(rule, std::vector{in_memory(values[0]), in_memory(values[1]), in_memory(values[2])});
        }
        enough += v.enough;
        for (std::size_t w = 0; w < 3; ++w) covered[w] += holds(v.intervals[w], truth[w]);
    }
    EXPECT_EQ(enough, ensembles);
    EXPECT_TRUE(covers_95("mean, of three", covered[0]));
    EXPECT_TRUE(covers_95("90 % quantile, of three", covered[1]));
    EXPECT_TRUE(covers_95("probability, of three", covered[2]));
}

} // namespace
} // namespace entente
