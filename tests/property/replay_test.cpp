// A story is the run's, whichever block or lane it is told from; its dates are the model's own; its odds and decisive influences are the model's too.
#include "analysis/explained.hpp"
#include "property/jobs.hpp"
#include <cmath>
#include <map>

using namespace entente;

namespace {

std::vector<Entry> story_of(const Block& b, const BlockResult& result, std::size_t run) { return narrative({b.job, result, run}); }

std::string text_of(const std::vector<Entry>& story)
{
    std::string text;
    for (const Entry& e : story) {
        text += fmt::format("{} {} {}: {}", e.quarter, e.rank, e.who, e.what);
        for (const Influence& d : e.why) text += fmt::format(" {} {} {}", d.variable, d.value, d.change);
        text += "\n";
    }
    return text;
}

TEST(Replay, ARunIsTheSameInAnyBlockAndLane)
{
    const Scenario s = scenario("baseline");
    Block many = block(s, 37, 144, 250);
    many.job.agents = true;
    const BlockResult of_many = choose_kernel("double").run(many.job);
    for (const std::uint32_t run : {0u, 5u, 16u, 31u, 36u}) {
        Block one = block(s, 1, 144, 250 + run);
        one.job.agents = true;
        for (const Kernel& kernel : kernels("double")) {
            const BlockResult alone = kernel.run(one.job);
            EXPECT_EQ(difference({many.job, of_many, run}, {one.job, alone, 0}), "") << "run " << 250 + run << ", " << kernel.isa;
            const std::size_t cells = alone.agents.size();
            ASSERT_EQ(of_many.agents.size(), cells * 37);
            for (std::size_t c = 0; c < cells; ++c)
                ASSERT_EQ(std::bit_cast<std::uint32_t>(alone.agents[c]), std::bit_cast<std::uint32_t>(of_many.agents[c * 37 + run])) << "cell " << c;
            EXPECT_EQ(text_of(story_of(one, alone, 0)), text_of(story_of(many, of_many, run)));
        }
    }
}

/// In which entries each event of the model shows; those of classes are dated by four quarters running instead.
const std::map<std::string_view, std::vector<std::string_view>> shown = {
    {"succession", {"death", "hand-over", "ouster"}},
    {"ouster", {"ouster"}},
    {"regime_change", {"reformist", "nationalist", "fragmentation"}},
    {"pro_west_leader", {"reformist", "pro-Western continuity"}},
    {"fragmentation", {"fragmentation"}},
    {"taiwan_crisis", {"Taiwan crisis", "Taiwan war"}},
    {"taiwan_war", {"Taiwan war"}},
    {"ceasefire", {"ceasefire", "reformist's ceasefire", "victory", "collapse", "settlement"}},
    {"settlement", {"settlement", "collapse"}},
    {"military_collapse", {"collapse"}},
    {"war_relapse", {"full war"}},
    {"overt_support", {"open support"}},
    {"pipeline", {"pipeline"}},
    {"central_asian_flip", {"two states"}},
    {"west_incident", {"incident with the West"}},
    {"mutiny", {"mutiny"}},
    {"nuclear_signal", {"nuclear signal"}},
    {"chinese_succession", {"new Chinese leader"}},
};

TEST(Replay, EveryEventOfTheModelHasItsEntryOnItsDate)
{
    std::map<std::string_view, int> seen;
    for (const char* name : {"baseline", "pro_western_succession", "two_front_war", "military_collapse"}) {
        const Block b = block(scenario(name), 64, 144);
        const BlockResult result = choose_kernel("double").run(b.job);
        const std::size_t runs = b.job.runs();
        for (std::size_t r = 0; r < runs; ++r) {
            const std::vector<Entry> story = story_of(b, result, r);
            EXPECT_TRUE(std::is_sorted(story.begin(), story.end(), [](const Entry& x, const Entry& y) { return x.quarter < y.quarter; }));
            for (std::size_t e = 0; e < describe().events.size(); ++e) {
                const auto entries = shown.find(describe().events[e].name);
                const int date = result.first_event[e * runs + r];
                if (entries == shown.end() || date < 0) continue;
                ++seen[entries->first];
                EXPECT_TRUE(
                    std::any_of(story.begin(), story.end(),
                                [&](const Entry& x) { return x.quarter == date && std::find(entries->second.begin(), entries->second.end(), x.name) != entries->second.end(); }))
                    << name << ", run " << r << ": " << entries->first << " of " << quarter_name(date) << " has no entry";
            }
        }
    }
    for (const Row& event : describe().events)
        EXPECT_TRUE(shown.contains(event.name) || event.name == "rupture" || event.name == "alliance" || event.name == "vassalage" || event.name == "western_turn") << event.name;
    for (const auto& [event, entries] : shown) EXPECT_GT(seen[event], 0) << event << " is not seen in any run: the test says nothing of it";
}

/// One variable set back at the end of the quarter before, and nothing held: whether the entry is then still there.
TEST(Replay, DecisiveDriversAreThoseWithoutWhichItWouldNotHaveHappened)
{
    const Scenario s = scenario("baseline");
    const Kernel kernel = choose_kernel("double");
    int decisive = 0, not_decisive = 0;
    for (std::uint32_t run = 0; run < 6; ++run) {
        const Block b = block(s, 1, 144, run);
        const BlockResult result = kernel.run(b.job);
        const Told told{b.job, result, 0};
        for (const Entry& e : explained(shortened(narrative(told), 60), told, kernel, 0)) {
            const auto row = std::find_if(happenings().begin(), happenings().end(), [&](const Happening& h) { return e.name == h.name; });
            for (const Influence& d : e.why) {
                if (row == happenings().end() || (e.kind != Kind::event && e.kind != Kind::decision) || d.variable >= describe().owned || e.quarter < 5) {
                    EXPECT_TRUE(!d.decisive || d.variable >= describe().owned || e.quarter < 5);
                    continue;
                }
                Point point = *b.point;
                Course back{.target = Target::variable, .index = d.variable, .how = std::vector<Imposition>(144, Imposition::none), .value = std::vector<double>(144)};
                const auto before = static_cast<std::size_t>(e.quarter) - 1;
                back.how[before] = Imposition::set;
                back.value[before] = static_cast<double>(result.value(before - 4, d.variable, 0));
                point.courses.push_back(back);
                Job job = b.job;
                job.points = {&point}, job.quarters = static_cast<std::uint32_t>(e.quarter) + 1;
                const BlockResult other = kernel.run(job);
                EXPECT_EQ(d.decisive, !row->happens({{job, other, 0}, e.quarter}))
                    << "run " << run << ", " << quarter_name(e.quarter) << ", " << e.name << ", " << describe().variables[d.variable].name;
                ++(d.decisive ? decisive : not_decisive);
            }
        }
    }
    EXPECT_GT(decisive, 5);
    EXPECT_GT(not_decisive, 100);
}

TEST(Replay, OddsDoNotDependOnThreads)
{
    const Block b = block(scenario("baseline"), 1, 70, 5);
    const Kernel kernel = choose_kernel("double");
    const BlockResult result = kernel.run(b.job);
    const Told told{b.job, result, 0};
    const auto odds = [&](unsigned threads) {
        std::vector<double> all;
        for (const Entry& e : explained(shortened(narrative(told), 30), told, kernel, 300, threads))
            for (const Odds& o : e.odds) all.push_back(o.chance);
        return all;
    };
    const std::vector<double> one = odds(1);
    EXPECT_GT(one.size(), 10u);
    EXPECT_EQ(odds(3), one);
}

TEST(Replay, OddsOfADecisionSumToOne)
{
    const Block b = block(scenario("baseline"), 1, 144, 5);
    const Kernel kernel = choose_kernel("double");
    const BlockResult result = kernel.run(b.job);
    const Told told{b.job, result, 0};
    std::size_t seen = 0;
    for (const Entry& e : explained(shortened(narrative(told), 60), told, kernel, 300)) {
        if (e.kind == Kind::imposed || e.kind == Kind::threshold || e.kind == Kind::change || e.kind == Kind::summary) {
            EXPECT_TRUE(e.odds.empty()) << e.name;
            continue;
        }
        double sum = 0;
        for (const Odds& o : e.odds) sum += o.chance;
        EXPECT_TRUE(e.odds.size() < 2 || std::abs(sum - 1) < 1e-9) << e.name << ": " << sum;
        seen += e.odds.size();
    }
    EXPECT_GT(seen, 20u);
}

} // namespace
