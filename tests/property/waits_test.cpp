// What waits for something in its run acts in no run in which that does not come, and in the others from the quarter on that a date would have named.
#include "property/jobs.hpp"
#include <set>

using namespace entente;

namespace {

std::size_t event(std::string_view name) { return Description::find(describe().events, name); }
BlockResult result_of(const Block& b, const char* precision = "double") { return choose_kernel(precision).run(b.job); }
std::string difference_of(const std::string& one, const std::string& other, std::uint32_t runs = 32)
{
    const Block a = block(scenario("baseline", one), runs, 143), b = block(scenario("baseline", other), runs, 143);
    return difference(a.job, result_of(a), result_of(b));
}

// The war ends by force in 2026Q1 in every run, and before in none, so that the quarter is known.
const std::string peace = "[pins]\nwar_state = { set = 2, from = \"2025Q1\", to = \"2025Q4\" }\n[events]\npeace = \"2026Q1\"\n";

TEST(Waits, AfterAForcedEventAreAStepFromThatQuarterOn)
{
    const std::string after = peace + "[levers]\nwestern_carrot = { value = 0.8, after = \"ceasefire\", quarters = 2 }";
    EXPECT_EQ(difference_of(after, peace + "[levers]\nwestern_carrot = { step = 0.8, from = \"2026Q3\" }"), "");
    for (const char* other : {"2026Q2", "2026Q4"})
        EXPECT_NE(difference_of(after, peace + fmt::format("[levers]\nwestern_carrot = {{ step = 0.8, from = \"{}\" }}", other)), "") << other;
}

TEST(Waits, TheQuarterAfterIsTheFirstToKnow)
{
    EXPECT_EQ(difference_of(peace + "[levers]\nsanctions_push = { value = -0.3, after = \"ceasefire\", lasts = 4 }",
                            peace + "[levers]\nsanctions_push = { pulse = -0.3, from = \"2026Q2\", to = \"2027Q1\" }"),
              "");
}

TEST(Waits, ForAnEventThatNeverComesAreNothing)
{
    const std::string never = "[index]\nrunning_quarters = 200\n", lever = "[levers]\nwestern_carrot = ";
    EXPECT_EQ(difference_of(never, never + lever + "{ value = 1, after = \"alliance\" }"), "");
    EXPECT_NE(difference_of(never, never + lever + "{ value = 1, after = \"succession\" }"), "") << "the succession comes in some run";
}

// In each run as if that run's own quarter stood in the file.
TEST(Waits, EachRunHasItsOwnQuarter)
{
    const auto expect_own_quarter = [](const std::string& waiting, const auto& dated, int delay) {
        const Block waits = block(scenario("baseline", waiting), scaled(48), 120);
        const BlockResult result = result_of(waits);
        std::set<int> quarters;
        std::size_t never = 0;
        for (std::uint32_t r = 0; r < waits.job.runs(); ++r) {
            const int came = OneRun{waits.job, result, r}.first_event(event("succession"));
            const bool acts = came >= 0 && came + delay < 120;
            const Block alone = block(scenario("baseline", came >= 0 ? dated(quarter_name(came + delay)) : ""), 1, 120, r);
            EXPECT_EQ(difference(OneRun{waits.job, result, r}, OneRun{alone.job, result_of(alone), 0}), "") << r;
            if (acts) quarters.insert(came);
            else ++never;
        }
        EXPECT_GT(quarters.size(), 4u);
        EXPECT_GT(never, 0u);
    };
    expect_own_quarter(
        "[levers]\nsanctions_push = { value = -0.4, after = \"succession\", quarters = 3 }",
        [](const std::string& date) { return fmt::format("[levers]\nsanctions_push = {{ step = -0.4, from = \"{}\" }}", date); }, 3);
    expect_own_quarter(
        "[events]\nrelapse = { after = \"succession\" }\ntaiwan = { after = \"succession\", quarters = 5 }",
        [](const std::string& date) {
            const int quarter = parse_quarter(date).value();
            return fmt::format("[events]\nrelapse = \"{}\"\ntaiwan = \"{}\"", quarter_name(quarter - 4), date);
        },
        5);
}

// `while` follows the variable that the quarter before left; `once` stays.
TEST(Waits, FollowAVariableThatIsPinned)
{
    const std::string pin =
        "[pins]\ntrust = [{ set = 0.95, from = \"2026Q1\", to = \"2026Q4\" }, { set = 0.2, from = \"2027Q1\", to = \"2028Q4\" }, { set = 0.7, from = \"2029Q1\" }]\n[levers]\n";
    const std::string below = "trust\", below = 0.5, from = \"2026Q2\" }";
    EXPECT_EQ(difference_of(pin + "sanctions_push = { value = -0.3, while = \"" + below, pin + "sanctions_push = { pulse = -0.3, from = \"2027Q2\", to = \"2029Q1\" }"), "");
    EXPECT_NE(difference_of(pin + "sanctions_push = { value = -0.3, while = \"" + below, pin + "sanctions_push = { pulse = -0.3, from = \"2027Q1\", to = \"2028Q4\" }"), "");
    const std::string above = "sanctions_push = { value = -0.3, once = \"trust\", above = 0.9, quarters = 2, from = \"2026Q2\" }";
    EXPECT_EQ(difference_of(pin + above, pin + "sanctions_push = { step = -0.3, from = \"2026Q3\" }"), "");
}

TEST(Waits, ADeathOfTheFirstLeaderSparesWhoeverHasFollowed)
{
    const std::string first = "[events]\ndeath = { at = \"2030Q1\", of = \"first\" }", whoever = "[events]\ndeath = \"2030Q1\"";
    const Block of_first = block(scenario("baseline", first), scaled(128), 100), of_any = block(scenario("baseline", whoever), scaled(128), 100),
                none = block(scenario("baseline"), scaled(128), 100);
    const BlockResult a = result_of(of_first), b = result_of(of_any), c = result_of(none);
    std::size_t spared = 0, dead = 0, changed = 0;
    for (std::size_t r = 0; r < none.job.runs(); ++r) {
        const OneRun run{of_first.job, a, r};
        const bool gone = c.value(63, variable("successions"), r) > 0;
        EXPECT_EQ(difference(run, gone ? OneRun{none.job, c, r} : OneRun{of_any.job, b, r}), "") << r;
        changed += gone && !difference(run, OneRun{of_any.job, b, r}).empty();
        (gone ? spared : dead) += 1;
    }
    EXPECT_EQ(changed, spared);
    EXPECT_GT(spared, none.job.runs() / 16);
    EXPECT_GT(dead, none.job.runs() / 16);
}

// One block with runs of different points, whatever the kernel's width, the precision and the order of the mechanisms.
TEST(Waits, GiveTheSameBitsInAnyCompany)
{
    const std::vector<std::string> overlays = {
        "", "[levers]\nwestern_carrot = { value = 0.8, after = \"succession\", quarters = 2 }\n", "[levers]\nwestern_carrot = [{ step = 0.1, from = \"2026Q1\" }, { value = 0.8, once = \"sanctions_total\", below = 0.5, lasts = 12 }, { value = 1, after = \"ceasefire\" }]\n",
        "[levers]\nsanctions_push = { value = 0.2, while = \"dual_use_flow\", above = 0.5 }\n[events]\npeace = { after = \"succession\" }\n"};
    std::vector<Block> alone;
    for (const std::string& overlay : overlays) alone.push_back(block(scenario("baseline", overlay), 8, 120));
    Block woven = block(scenario("baseline"), 32, 120);
    for (std::size_t r = 0; r < 32; ++r) {
        woven.job.points[r] = alone[r % 4].point.get(), woven.job.replicates[r] = static_cast<std::uint32_t>(r / 4);
        for (std::size_t p = 0; p < describe().parameters.size(); ++p) woven.job.parameters[p * 32 + r] = alone[0].job.parameters[p * 8 + r / 4];
        for (std::size_t s = 0; s < describe().structures.size(); ++s) woven.job.structures[s * 32 + r] = alone[0].job.structures[s * 8 + r / 4];
    }
    Job reordered = woven.job;
    for (std::size_t m = describe().mechanisms.size(); m-- > 0;) reordered.order.push_back(static_cast<std::uint32_t>(m));
    for (const char* precision : {"double", "single"})
        for (const Kernel& kernel : kernels(precision)) {
            const BlockResult together = kernel.run(woven.job);
            EXPECT_EQ(difference(woven.job, together, kernel.run(reordered)), "") << kernel.isa;
            for (std::size_t b = 0; b < alone.size(); ++b) {
                const BlockResult apart = choose_kernel(precision).run(alone[b].job);
                for (std::size_t i = 0; i < 8; ++i)
                    EXPECT_EQ(difference(OneRun{alone[b].job, apart, i}, OneRun{woven.job, together, i * 4 + b}), "") << kernel.isa << precision << b << " " << i;
            }
        }
}

} // namespace
