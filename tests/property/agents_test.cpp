// The columns of agents, where they are kept, are those that the mechanisms have: what is published of them can be worked out from them.
#include "property/jobs.hpp"
#include <numeric>

using namespace entente;

namespace {

/// Where the cells of a mechanism's column begin among the cells of a quarter, and how many there are.
struct Cells {
    std::size_t first, count;
};
Cells cells_of(std::string_view mechanism, std::string_view column, const Counts& counts)
{
    const Description& d = describe();
    const MechanismText& m = d.mechanisms[d.mechanism(mechanism)];
    const std::vector<std::uint32_t> agents = agents_per_column(counts);
    std::size_t c = m.first_column;
    while (d.columns[c].name != column) ++c;
    return {std::accumulate(agents.begin(), agents.begin() + static_cast<std::ptrdiff_t>(c), std::size_t{0}), agents[c]};
}

TEST(Agents, AreKeptAsTheyAre)
{
    for (const Counts counts : {Counts{}, Counts{.firms = 9, .banks = 6, .elites = 17}}) {
        Scenario s = scenario("baseline");
        s.counts = counts;
        Block b = block(s, 7, 60);
        b.job.agents = true;
        for (const char* precision : {"double", "single"}) {
            const BlockResult result = choose_kernel(precision).run(b.job);
            const std::size_t cells = result.agents.size() / 7 / 60;
            const Cells weight = cells_of("elites", "weight", counts), alarm = cells_of("elites", "alarm", counts);
            EXPECT_EQ(weight.count, counts.elites);
            const auto published = variable("elite_alarm");
            for (std::size_t q = 0; q < 60; ++q)
                for (std::size_t r = 0; r < 7; ++r) {
                    const auto at = [&](const Cells& c, std::size_t i) { return static_cast<double>(result.agents[(q * cells + c.first + i) * 7 + r]); };
                    double all = 0, alarmed = 0;
                    for (std::size_t i = 0; i < weight.count; ++i) all += at(weight, i), alarmed += at(weight, i) * at(alarm, i);
                    ASSERT_NEAR(all, 1, 1e-5) << precision << ", quarter " << q;
                    ASSERT_NEAR(alarmed, (OneRun{b.job, result, r}.value(q, published)), 1e-5) << precision << ", quarter " << q;
                }
        }
    }
}

} // namespace
