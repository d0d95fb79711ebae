// Reference values of the whole model as text: numbers, so that a difference says what moved. ENTENTE_UPDATE=1 writes them anew; a change
// belongs in the CHANGELOG under "Results change".
#include "analysis/answer.hpp"
#include "core/quarter.hpp"
#include "core/text.hpp"
#include "differences.hpp"
#include "scenarios.hpp"
#include "write_file.hpp"
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

/// A scenario's file; "alternatives": the baseline with every structure away from its default, at its other alternatives in equal parts.
Scenario given_scenario(const std::string& name)
{
    if (name != "alternatives") return scenario(name);
    Scenario s = scenario("baseline");
    for (auto& structure : s.structures) {
        structure.weights.assign(structure.weights.size(), 1.0 / static_cast<double>(structure.weights.size() - 1));
        structure.weights[0] = 0;
    }
    return s;
}

std::string summary_text(const std::string& name)
{
    Scenario given = given_scenario(name);
    given.runs = 1024;
    const Summary s = run_ensemble(given, {});
    std::string text = fmt::format("{}: {} runs, seed {}\n", name, s.runs, given.seed);
    for (const char* date : {"2021Q4", "2024Q4", "2029Q4", "2044Q4", "2049Q4"}) {
        const auto q = static_cast<std::size_t>(*parse_quarter(date));
        if (q >= s.quarters) continue;
        text += fmt::format("\n{}\n", date);
        for (std::size_t v = 0; v < describe().variables.size(); ++v)
            text += fmt::format("{:<36} mean {:.6f} sd {:.6f}\n", describe().variables[v].name, s.mean[v * s.quarters + q], s.sd[v * s.quarters + q]);
        for (std::size_t code = 0; code < 32; ++code)
            if (s.code_count[q * 32 + code] > 0) text += fmt::format("{} and {}: {}\n", class_names[code & 7], orientation_names[code >> 3], s.code_count[q * 32 + code]);
    }
    text += "\nevents\n";
    for (std::size_t e = 0; e < describe().events.size(); ++e) {
        std::uint32_t seen = 0;
        for (std::size_t q = 0; q < s.quarters; ++q) seen += s.event_count[e * s.quarters + q];
        text += fmt::format("{:<36} {}\n", describe().events[e].name, seen);
    }
    return text;
}

class Golden : public testing::TestWithParam<const char*> {};

TEST_P(Golden, IsAsItWas)
{
    const std::string path = fmt::format(SOURCE_DIR "/tests/golden/{}.txt", GetParam()), now = summary_text(GetParam());
    const bool update = std::getenv("ENTENTE_UPDATE") != nullptr;
    const std::vector<std::string> all = differences(update && !std::filesystem::exists(path) ? "" : read_file(path), now);
    if (update) {
        write_file(path, now);
        GTEST_SKIP() << path << ": written, not compared; " << all.size() << " entries differ from what stood there";
    }
    constexpr std::size_t shown = 40;
    for (std::size_t i = 0; i < all.size() && i < shown; ++i) ADD_FAILURE() << all[i];
    EXPECT_EQ(all.size(), 0u) << "entries of " << path;
}
INSTANTIATE_TEST_SUITE_P(Scenarios, Golden, testing::Values("alternatives", "baseline", "core", "history"), [](const auto& test) { return std::string(test.param); });

} // namespace
} // namespace entente
