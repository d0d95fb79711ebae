// Synthetic worlds: a run of an ensemble is the truth, it is observed with errors, and the others are weighed by that. Intervals of the weighed runs then hold the rest of
// its path as often as they say. Twins: weights that take errors for a third of what they are, and intervals half as wide.
#include "analysis/sample.hpp"
#include "calibrate/assimilation.hpp"
#include "calibrate/diagnostics.hpp"
#include "calibrate/seen.hpp"
#include "scenarios.hpp"
#include "statistical/z_test.hpp"
#include <random>

namespace entente {
namespace {

constexpr double alpha = 1e-6;
constexpr std::uint64_t seed = 11;
constexpr std::uint32_t runs = 2000;
constexpr std::size_t worlds = 160;

const char* const later[] = {"mean trade_share_china at 2027Q4", "mean trade_share_china at 2030Q4", "mean trust at 2027Q1", "mean trust at 2028Q4", "mean russia_west_hostility at 2027Q4"};

Observed seen()
{
    std::string rows = "joint_exercises,2026,5,exercises a year,.5,,,,fit,s,,\n";
    for (const char* year : {"2025", "2026"})
        rows += fmt::format(
            "china_share_of_russian_trade,{0},.3,share,.03,,,,fit,s,,\nun_distance_russia_usa,{0},3,ideal point units,.15,,,,fit,s,,\ntrust,{0},.5,index,.12,,,,fit,s,,\n", year);
    return read_seen(rows + "succession,2026,0,0/1,,,,.1,fit,s,,\n", 67);
}

/// [row or later quantity][run]
const std::vector<std::vector<double>>& ensemble()
{
    static const std::vector<std::vector<double>> all = [] {
        Scenario s = scenario("baseline", "horizon = \"2030Q4\"\nagents = { firms = 8, banks = 4, elites = 8 }\n");
        s.runs = runs, s.seed = seed;
        const Observed o = seen();
        std::vector<Quantity> asked = quantities_of(o);
        const std::size_t of_rows = asked.size();
        for (const char* text : later) asked.push_back(parse_quantity(text));
        const std::vector<std::vector<double>> values = sample(s, asked, {});
        std::vector<std::vector<double>> table(o.rows.size(), std::vector<double>(runs));
        for (std::size_t run = 0; run < runs; ++run) {
            std::vector<double> one;
            for (std::size_t q = 0; q < of_rows; ++q) one.push_back(values[q][run]);
            const std::vector<double> x = modelled(o, one);
            for (std::size_t row = 0; row < x.size(); ++row) table[row][run] = x[row];
        }
        table.insert(table.end(), values.begin() + static_cast<std::ptrdiff_t>(of_rows), values.end());
        return table;
    }();
    return all;
}

/// What is observed of a run, with errors, put into the rows: of classes any value that lies in the class.
void observe(Observed& o, std::size_t run, std::mt19937_64& generator)
{
    std::normal_distribution<double> normal;
    std::vector<double> x(o.targets.observations.size());
    for (std::size_t row = 0; row < o.rows.size(); ++row)
        if (o.rows[row].observation) x[*o.rows[row].observation] = ensemble()[row][run];
    const Observer observer(o.targets);
    std::vector<double> normals(observer.normals()), y(x.size());
    std::ranges::generate(normals, [&] { return normal(generator); });
    observer(x, normals, y);
    constexpr double in_class[] = {2, 4, 6, 8};
    for (std::size_t row = 0; row < o.rows.size(); ++row) {
        ObservedRow& r = o.rows[row];
        if (!r.observation) {
            const bool wrong = std::uniform_real_distribution<double>()(generator) < r.wrong;
            r.value = wrong ? 1 - ensemble()[row][run] : ensemble()[row][run];
            continue;
        }
        Observation& observation = o.targets.observations[*r.observation];
        const bool ordinal = o.targets.measurements[observation.measurement].scale == Measurement::Scale::ordinal;
        r.value = observation.value = ordinal ? in_class[static_cast<std::size_t>(y[*r.observation])] : y[*r.observation];
    }
}

struct Coverage {
    std::vector<double> held, held_by_half; ///< [world]: of the later quantities, the share within the 80 % interval, and within its inner half
    std::size_t too_few = 0;
    double narrower = 0; ///< mean width beside that of runs that are not weighed
};
/// errors: what those that are believed are of those that there are. least: runs that are to be left.
Coverage coverage(double errors, double least)
{
    std::mt19937_64 generator(seed);
    Coverage all;
    const std::size_t rows = seen().rows.size();
    for (std::size_t world = 0; world < worlds; ++world) {
        Observed o = seen();
        observe(o, world, generator);
        for (Observation& observation : o.targets.observations) observation.sd *= errors;
        for (Measurement& m : o.targets.measurements) m.model_sd *= errors, m.level_sd *= errors, m.slope_sd *= errors;
        std::vector<std::vector<double>> x(ensemble().begin(), ensemble().begin() + static_cast<std::ptrdiff_t>(rows));
        x[0][world] = std::numeric_limits<double>::quiet_NaN(); // the truth is not among those that are weighed
        const Weighing w = weigh(o, x);
        if (w.effective < least) {
            ++all.too_few;
            continue;
        }
        double held = 0, half = 0;
        for (std::size_t q = 0; q < std::size(later); ++q) {
            const std::vector<double>& values = ensemble()[rows + q];
            const double truth = values[world], low = weighted_quantile({values, w.weight}, .1), high = weighted_quantile({values, w.weight}, .9);
            held += truth >= low && truth <= high;
            half += std::abs(truth - (low + high) / 2) <= (high - low) / 4;
            all.narrower += (high - low) / (weighted_quantile({values}, .9) - weighted_quantile({values}, .1)) / (std::size(later) * worlds);
        }
        all.held.push_back(held / std::size(later)), all.held_by_half.push_back(half / std::size(later));
    }
    return all;
}

TEST(Assimilation, IntervalsOfSyntheticWorldsHoldTheRestOfTheirPaths)
{
    const Coverage right = coverage(1, least_effective);
    EXPECT_GT(right.held.size(), worlds * 4 / 5) << "of few worlds too few runs are left";
    EXPECT_LT(right.narrower, .9) << "something was learned";
    EXPECT_Z_WITHIN(estimate(right.held, seed), .8, alpha);
    EXPECT_Z_OUTSIDE(estimate(right.held_by_half, seed), .8, alpha);
    EXPECT_Z_OUTSIDE(estimate(coverage(1. / 3, 5).held, seed), .8, alpha);
}

} // namespace
} // namespace entente
