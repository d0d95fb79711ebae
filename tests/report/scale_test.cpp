// What handing out and a schedule come to, in words: made by hand.
#include "report/lines.hpp"
#include "report/scale.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

HandingOut handed_out()
{
    HandingOut h{.machine = "a machine", .ranks = 2, .runs_a_piece = 256, .piece_s = 0.075, .swept_bytes = 80'000, .piece_bytes = 363'000, .state_bytes = 29.1e6};
    h.rates = {{.kind = HandingOut::Kind::run, .pieces = 64, .bytes = 52.3e6, .answers_per_s = 20, .cpu_us = 40'000}};
    h.costs = {{.kind = HandingOut::Kind::run, .answer_us = 30'000, .piece_us = 150, .busy_threads = 500}};
    return h;
}

TEST(HandingOutText, SaysWhatRankZeroTakes)
{
    const std::string text = text_of(handed_out());
    EXPECT_EQ(line_of(text, "A piece"), "A piece: 256 runs, 75.0 ms to make. Of a sweep it is 80.0 kB, of a run 363.0 kB;");
    EXPECT_EQ(line_of(text, "  a run's, with summaries   "), "  a run's, with summaries        64    52.3 MB         20     50000.0    40000.0");
    EXPECT_NE(text.find("30000.0        150.00               500 threads\n"), std::string::npos) << text;
    const auto json = json_of(handed_out());
    EXPECT_EQ(json["rates"][0]["answers"], "run");
    EXPECT_EQ(json["costs"][0]["busy_threads"], 500);
    EXPECT_EQ(json["swept_bytes"], 80'000);
}

TEST(ScheduleText, SaysTimesInTheirUnitsAndWhatNeverEnds)
{
    Forecast f{.runs = 1'000'000, .job = {.pieces = 3907, .piece_s = 0.075, .answer_s = 0.03, .result_s = 0.001, .restart_s = 60}, .between_failures_s = 30 * 86400};
    f.rows = {{.workers = 1000,
               .ranks = {.seconds = 150, .paid_core_s = 150'000, .lost_core_s = 1800, .efficiency = 0.5, .rank_0_busy = 0.25, .failures = 2},
               .shards = {.seconds = 7200, .efficiency = 1}},
              {.workers = 10, .ranks = {.seconds = INFINITY, .lost_core_s = INFINITY}, .shards = {.seconds = 12}}};
    const std::string text = text_of(f);
    EXPECT_EQ(line_of(text, "1,000,000 runs"), "1,000,000 runs in 3,907 pieces of 75.0 ms: 0.1 core-hours.");
    EXPECT_EQ(line_of(text, "A worker"), "A worker fails every 30 days on average; 60 s until it is at work again.");
    EXPECT_EQ(line_of(text, "   1,000"), "   1,000   2.5 min    50.0 %     0.50    25 %      2      2.0 h   100.0 %   0.00");
    EXPECT_NE(text.find("never"), std::string::npos);
    const auto json = json_of(f);
    EXPECT_EQ(json["rows"][0]["mpi"]["rank_0_busy"], 0.25);
    EXPECT_TRUE(json["rows"][1]["mpi"]["seconds"].is_null());
    EXPECT_EQ(json["rows"][1]["shards"]["seconds"], 12);
    f.between_failures_s = 0;
    EXPECT_NE(text_of(f).find("No worker fails.\n"), std::string::npos);
}

} // namespace
} // namespace entente::report
