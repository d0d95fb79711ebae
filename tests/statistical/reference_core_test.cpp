// The core model against the reference: three runs of an independent implementation. A right program fails the whole test with probability
// 1e-4 at most.
#include "statistical/reference.hpp"

using namespace entente;

namespace {

constexpr double alpha = 1e-4;

TEST(ReferenceCore, IsReproduced)
{
    constexpr std::uint32_t runs = 4000;
    std::vector<Comparison> all;
    for (const auto& [run, file] : {std::pair{"default", "core"}, {"alternatives", "core_alternatives"}, {"levers", "core_levers"}}) {
        const std::vector<Reference> references = read_references(run);
        ASSERT_GT(references.size(), 100u) << run;
        for (const Reference& r : references) ASSERT_TRUE(!r.sd || variable(r.variable) != Description::npos) << r.variable;
        for (Comparison& c : compare(scenario(file), runs, references)) all.push_back({fmt::format("{:12} {}", run, c.what), c.ours, c.theirs, c.z});
    }
    EXPECT_EQ(count_beyond("three runs of the core", all, alpha, runs), 0u);
}

// The twins: one parameter wrong by a tenth, one reading changed, one term that is not in the core.
TEST(ReferenceCore, TellsAWrongModel)
{
    constexpr std::uint32_t runs = 4000;
    const std::vector<Reference> references = read_references("default");
    for (const char* wrong : {"parameters.k_dn = 0.0836", "structures.window = \"patient\"", "parameters.friction_base = 0.09"})
        EXPECT_GT(count_beyond(wrong, compare(scenario("core", wrong), runs, references), alpha, runs), 0u) << wrong;
    Scenario addition = scenario("core");
    addition.muted_switches[Description::find(describe().switches, "dosing")] = false;
    EXPECT_GT(count_beyond("dosing on", compare(addition, runs, references), alpha, runs), 0u);
}

// The formulas by hand: 4,000 runs on both sides.
TEST(ReferenceCore, ComparesShares)
{
    const Comparison c = compare_share("", 0.12, 4000, 0.10, 4000, 0.0005); // p = .11: error sqrt(.11 .89 / 2000)
    EXPECT_NEAR(c.z, 0.0195 / std::sqrt(0.11 * 0.89 / 2000), 1e-12);
    EXPECT_EQ(compare_share("", 0.0004, 4000, 0, 4000, 0.0005).z, 0);
    EXPECT_EQ(z_beyond(0.5, 0.6, 0.001, 0), std::numeric_limits<double>::infinity());
}

} // namespace
