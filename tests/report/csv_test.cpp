// Results as CSV: which rows, which columns, and what is done to names that could do harm.
#include "report/csv.hpp"
#include "analysis/answer.hpp"
#include "core/csv.hpp"
#include "core/quarter.hpp"
#include "experiment/small.hpp"
#include <algorithm>
#include <cmath>

namespace entente {
namespace {

using ResultCsv = ExperimentTest;

template <class Write> Table table_of(Write write)
{
    std::string text;
    write([&](const std::string& some) { text += some; });
    return parse_csv(text);
}
std::string joined(const std::vector<std::string>& cells)
{
    std::string line;
    for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + cell;
    return line;
}

TEST_F(ResultCsv, OfARunHasARowForEachRunAndQuarter)
{
    const Done done = carry_out(small_run(300), {.out = path("r.h5")});
    const StoredRuns runs = read_runs(done.path, 0, 300);
    const Table outcomes = table_of([&](const auto& take) { EXPECT_EQ(report::write_outcomes(*done.run, done.path, take), 0u); });
    EXPECT_EQ(joined(outcomes.header), "run,quarter,year,class,orientation");
    ASSERT_EQ(outcomes.rows.size(), 300u * done.run->summary.quarters);
    for (const std::size_t i : {std::size_t{0}, std::size_t{77}, outcomes.rows.size() - 1}) {
        const std::size_t run = i / done.run->summary.quarters, q = i % done.run->summary.quarters;
        const std::uint8_t code = runs.outcome[q * 300 + run];
        EXPECT_EQ(joined(outcomes.rows[i]), fmt::format("{},{},{},{},{}", run, quarter_name(static_cast<int>(q)), decimal_year(static_cast<int>(q)), class_names[class_of(code)],
                                                        orientation_names[orientation_of(code)]));
    }
    const Table events = table_of([&](const auto& take) { report::write_events(*done.run, done.path, take); });
    ASSERT_EQ(events.rows.size(), 300 * describe().events.size());
    std::size_t seen = 0, dated = 0;
    for (const auto& row : events.rows) seen += row[2] == "1" ? 1 : 0, dated += row[3].empty() ? 0 : 1;
    EXPECT_EQ(seen, static_cast<std::size_t>(std::ranges::count_if(runs.first_event, [](int quarter) { return quarter >= 0; })));
    EXPECT_EQ(seen, dated);
}

TEST_F(ResultCsv, OfARunsSummaryHasItsNumbersToTheLastDigit)
{
    const Done done = carry_out(small_run(300), {.out = path("r.h5")});
    const Summary& s = done.run->summary;
    const Table summary = table_of([&](const auto& take) { report::write_summary(*done.run, take); });
    EXPECT_EQ(joined(summary.header), "variable,unit,quarter,year,runs,mean,sd,least,most,p1,p2.5,p5,p10,p25,p50,p75,p90,p95,p97.5,p99");
    ASSERT_EQ(summary.rows.size(), describe().variables.size() * s.quarters);
    const std::size_t at = Description::find(describe().variables, "trust") * s.quarters + 50;
    EXPECT_EQ(summary.rows[at][0], "trust");
    EXPECT_EQ(summary.rows[at][2], quarter_name(50));
    EXPECT_EQ(std::stod(summary.rows[at][5]), s.mean[at]);
    EXPECT_EQ(std::stof(summary.rows[at][14]), s.quantile[5 * describe().variables.size() * s.quarters + at]);
    const Table shares = table_of([&](const auto& take) { report::write_shares(*done.run, take); });
    ASSERT_EQ(shares.rows.size(), s.quarters * (outcome_classes + orientations));
    double of_classes = 0;
    for (std::size_t c = 0; c < outcome_classes; ++c) of_classes += std::stod(shares.rows[50 * (outcome_classes + orientations) + c][6]);
    EXPECT_NEAR(of_classes, 1, 1e-12);
    EXPECT_EQ(std::stod(shares.rows[0][8]), share_of(static_cast<std::uint32_t>(std::stoul(shares.rows[0][4])), 300).high);
}

TEST_F(ResultCsv, OfASweepHasTheFactorsBesideEachOutcome)
{
    const Done done = carry_out(small_sweep_of(20), {.out = path("s.h5")});
    const StoredSweep& sweep = *done.sweep;
    const Table outcomes = table_of([&](const auto& take) { EXPECT_EQ(report::write_outcomes(sweep, done.path, take), 0u); });
    EXPECT_EQ(joined(outcomes.header), "policy,replicate,point,carrot,dep,death,outcome,unit,value");
    ASSERT_EQ(outcomes.rows.size(), 3u * 2 * 20 * 7);
    const std::vector<double> values = read_outcome(done.path, 1);
    const auto& row = outcomes.rows[280 + 140 + 3 * 7 + 5];
    EXPECT_EQ(row[0] + row[1] + row[2] + row[6], "no deals35succession by 2026Q4");
    EXPECT_EQ(std::stod(row[8]), values[140 + 3 * 7 + 5]);
    EXPECT_EQ(std::stof(row[3]), static_cast<float>(sweep.head.values[5 * 3]));
    EXPECT_TRUE(row[5] == "never" || parse_quarter(row[5])) << row[5];
    const Table points = table_of([&](const auto& take) { report::write_points(sweep, take); });
    ASSERT_EQ(points.rows.size(), 3u * 2 * 7);
    EXPECT_EQ(std::stod(points.rows[7 + 5][points.column("estimate")]), sweep.estimates.estimate[7 + 5]);
}

TEST_F(ResultCsv, NamesAreQuotedAndAreNoFormulas)
{
    std::string text = small_sweep;
    text.replace(text.find("no deals"), 8, "=1+1, \u00e9t\u00e9");
    text.replace(text.find("name = \"carrot\""), 15, "name = \"point\"");
    const Done done = carry_out(sweep_experiment(parse_sweep(text, "s.toml"), {}, 1), {.out = path("s.h5")});
    std::string csv;
    report::write_points(*done.sweep, [&](const std::string& some) { csv += some; });
    EXPECT_TRUE(csv.starts_with("policy,point,factor_point,dep,death,")) << csv;
    EXPECT_NE(csv.find("\n\"'=1+1, \u00e9t\u00e9\",0,"), std::string::npos) << csv;
}

} // namespace
} // namespace entente
