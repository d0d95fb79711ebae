// The corners of the core model against the reference: shares of classes and orientations in 2045Q1. The reference has 400 replicates and two
// digits. A right program fails the whole test with probability 1e-4 at most.
#include "property/limit_cases.hpp"
#include "statistical/reference.hpp"

using namespace entente;

namespace {

TEST(LimitCases, AreReproduced)
{
    constexpr int date = 124; // 2045Q1
    const Table table = parse_csv(read_file(SOURCE_DIR "/tests/statistical/limit_cases.csv"));
    constexpr std::uint32_t runs = 1000;
    std::vector<Comparison> all;
    for (const LimitCase& c : limit_cases()) {
        const auto row = std::find_if(table.rows.begin(), table.rows.end(), [&](const auto& cells) { return cells[0] == c.name; });
        if (row == table.rows.end()) continue; // no reference
        Scenario s = c.scenario;
        s.runs = runs, s.horizon = date;
        const Summary summary = run_ensemble(s, {});
        for (std::size_t column = 1; column < table.header.size(); ++column)
            if (!(*row)[column].empty())
                all.push_back(compare_share(fmt::format("{} {}", c.name, table.header[column]), share_of_code(summary, table.header[column], date), runs, std::stod((*row)[column]), 400, 0.005));
    }
    EXPECT_EQ(all.size(), 47u);
    EXPECT_EQ(count_beyond("limit cases", all, 1e-4, runs), 0u);
}

} // namespace
