// A benchmark made by hand.
#include "report/benchmark.hpp"
#include "report/documents.hpp"
#include "report/lines.hpp"
#include <gtest/gtest.h>

namespace entente::report {
namespace {

Benchmark by_hand()
{
    Benchmark b{.machine = "a machine", .agents = 100, .quarters = 144, .runs = 2048};
    b.calls = {.draws = 10, .exps = 20, .logs = 30, .normals = 40};
    b.kernels = {{.precision = "double", .isa = "scalar", .width = 1, .futures_per_s = 1000, .ns_per_agent_step = 69.4444, .to_floor = 2.5, .to_one_lane = 1},
                 {.precision = "single", .isa = "v3", .width = 16, .futures_per_s = 9876.4, .ns_per_agent_step = 7.03, .to_floor = 3.125, .to_one_lane = 9.8764}};
    b.jobs = {{.precision = "double", .threads = 1, .futures_per_s = 900, .to_one_thread = 1}, {.precision = "double", .threads = 2, .futures_per_s = 1710, .to_one_thread = 1.9}};
    b.parts = {{"chinese_firms", 0.4}, {"too little to tell", 0.0004}};
    b.summaries_add = 0.111, b.file_adds = -0.02, b.random_share = 0.333, b.ordinary_ns = 60, b.lanes_ns = 8, b.overhead_us = 1.234, b.one_future_s = 0.0156;
    return b;
}

TEST(BenchmarkText, PrintsSharesInPercentAndTimesInTheirUnits)
{
    const std::string text = text_of(by_hand());
    EXPECT_TRUE(text.starts_with("\na machine\n2,048 futures of 144 quarters with 100 agents each, parameters drawn; the best of several measurements in turn\n\n")) << text;
    EXPECT_EQ(line_of(text, "  double, scalar"), "  double, scalar (1 lane)                 1000           69.44      2.50        1.00");
    EXPECT_EQ(line_of(text, "  single, v3"), "  single, v3 (16 lanes)                   9876            7.03      3.12        9.88");
    EXPECT_EQ(line_of(text, "  floor"), "  floor: 10 draws, 20 exponentials, 30 logarithms, 40 normals a future and quarter, nothing else");
    EXPECT_EQ(line_of(text, "  double, 1 thread"), "  double, 1 thread                         900                      1.00");
    EXPECT_EQ(line_of(text, "  double, 2"), "  double, 2 threads                       1710                      1.90");
    EXPECT_EQ(line_of(text, "  a future more"), "  a future more, over the model alone: parameters and summaries +11.1 %, the file -2.0 %; the first, process included: 16 ms");
    EXPECT_EQ(line_of(text, "  a sweep's run"), "  a sweep's run besides its model: 1.23 us");
    EXPECT_EQ(line_of(text, "  chinese_firms"), "  chinese_firms                           40.0");
    EXPECT_EQ(text.find("too little to tell"), std::string::npos) << "less than a twentieth of a percent";
    EXPECT_EQ(line_of(text, "Firms and banks"), "Firms and banks, one object an agent, std::mt19937_64 and std::exp: 60.0 ns/agent-step; here 8.00: 7.5 times as fast");
}

TEST(BenchmarkJson, LeavesNothingOut)
{
    const nlohmann::ordered_json json = json_of(by_hand());
    EXPECT_EQ(json["runs"], 2048);
    EXPECT_EQ(json["floor"], nlohmann::ordered_json({{"draws", 10}, {"exps", 20}, {"logs", 30}, {"normals", 40}}));
    EXPECT_EQ(json["model_alone"][1]["futures_per_s"], 9876.4);
    EXPECT_EQ(json["model_alone"][1]["lanes"], 16);
    EXPECT_EQ(json["whole_job"][1]["to_one_thread"], 1.9);
    EXPECT_EQ(json["parts"].size(), 2u);
    EXPECT_EQ(json["summaries_add"], 0.111);
    EXPECT_EQ(json["one_future_s"], 0.0156);
    EXPECT_EQ(json["firms_and_banks"]["ordinary_ns_per_agent_step"], 60);
}

} // namespace
} // namespace entente::report
