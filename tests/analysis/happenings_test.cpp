// What happens in a single quarter, by hand: for each line of the table, two quarters that make it happen and some that nearly do.
#include "made_run.hpp"
#include <set>

namespace entente {
namespace {

/// A variable at the end of the quarter before, and at the end of the quarter.
struct Step {
    const char* variable;
    double was, now;
};
using Steps = std::vector<Step>;
struct Line {
    const char* name;
    std::vector<Steps> happens, does_not;
};

/// An event of one quarter shows in a variable of its own.
Line own(const char* name, const char* variable, double size = 1) { return {name, {{{variable, 0, size}}, {{variable, size, size}}}, {{{variable, size, 0}}, {}}}; }
/// A variable comes to a state from any other.
Line comes(const char* name, const char* variable, const std::vector<double>& from, double to)
{
    Line line{name, {}, {{{variable, to, to}}}};
    for (const double x : from) line.happens.push_back({{variable, x, to}}), line.does_not.push_back({{variable, to, x}});
    return line;
}
Line succession(const char* name, double kind)
{
    Line line{name, {{{"leadership_change", 0, kind}}}, {{{"leadership_change", kind, 0}}}};
    for (const double other : {1, 2, 3, 4})
        if (other != kind) line.does_not.push_back({{"leadership_change", 0, other}});
    return line;
}
Line refused(const char* name, double what)
{
    Line line{name, {{{"request_refused", 0, 1}, {"request_made", what, 0}}}, {{{"request_refused", 0, 0}, {"request_made", what, 0}}, {{"request_refused", 0, 1}, {"request_made", 0, what}}}};
    for (const double other : {1, 2, 3})
        if (other != what) line.does_not.push_back({{"request_refused", 0, 1}, {"request_made", other, 0}});
    return line;
}
/// No longer Russia's after four quarters on end.
Line lost(const char* name, const char* quarters) { return {name, {{{quarters, 3, 4}}}, {{{quarters, 4, 5}}, {{quarters, 2, 3}}, {{quarters, 4, 0}}}}; }
Line back(const char* name, const char* quarters) { return {name, {{{quarters, 4, 0}}, {{quarters, 9, 0}}}, {{{quarters, 3, 0}}, {{quarters, 4, 5}}, {{quarters, 0, 0}}}}; }

std::vector<Line> lines()
{
    const Step ends{"war_state", 2, 1}, reformist{"leadership_change", 2, 0}, victory{"victory_event", 0, 1}, collapse{"military_collapse", 0, 1};
    return {
        {"outbreak", {{{"war_state", 0, 1}}}, {{{"war_state", 2, 1}}, {{"war_state", 0, 2}}, {{"war_state", 1, 1}}}},
        comes("full war", "war_state", {0, 1}, 2),
        {"ceasefire", {{ends}}, {{ends, victory}, {ends, reformist}, {{"war_state", 1, 1}}, {{"war_state", 2, 0}}, {{"war_state", 0, 1}}}},
        {"reformist's ceasefire", {{ends, reformist}}, {{ends}, {ends, reformist, victory}, {reformist}, {reformist, {"war_state", 2, 0}}, {ends, {"leadership_change", 0, 2}}}},
        {"settlement", {{{"war_state", 1, 0}}, {{"war_state", 2, 0}}}, {{{"war_state", 2, 0}, collapse}, {{"war_state", 0, 0}}, {{"war_state", 0, 1}}}},
        own("collapse", "military_collapse"),
        own("victory", "victory_event"),
        own("nuclear signal", "nuclear_event", 0.25),
        own("mutiny", "mutiny", 0.25),
        {"death",
         {{{"leadership_change", 0, 1}}, {{"leadership_change", 0, 4}}},
         {{{"leadership_change", 0, 1}, {"leader_ousted", 0, 1}}, {{"leadership_change", 0, 1}, {"leader_retired", 0, 1}}, {{"leadership_change", 1, 0}}}},
        own("hand-over", "leader_retired"),
        own("ouster", "leader_ousted"),
        {"continuity", {{{"leadership_change", 0, 1}}}, {{{"leadership_change", 0, 1}, {"pro_west_regime", 0, 1}}, {{"leadership_change", 0, 2}}, {}}},
        {"pro-Western continuity", {{{"leadership_change", 0, 1}, {"pro_west_regime", 0, 1}}}, {{{"leadership_change", 0, 1}}, {{"leadership_change", 0, 2}, {"pro_west_regime", 0, 1}}}},
        succession("reformist", 2),
        succession("nationalist", 3),
        succession("fragmentation", 4),
        comes("reunion", "fragmented", {1}, 0),
        {"open support", {{{"overt_support", 0, 1}, {"china_support", 0, 0.76}}}, {{{"overt_support", 0, 1}, {"china_support", 1, 0.75}}, {{"overt_support", 1, 0}, {"china_support", 0, 1}}}},
        own("new Chinese leader", "china_leader_change"),
        {"Taiwan crisis",
         {{{"taiwan_onset", 0, 1}, {"taiwan_state", 0, 1}}},
         {{{"taiwan_onset", 0, 1}, {"taiwan_state", 0, 2}}, {{"taiwan_onset", 0, 0}, {"taiwan_state", 0, 1}}, {{"taiwan_onset", 1, 0}, {"taiwan_state", 1, 1}}}},
        comes("Taiwan war", "taiwan_state", {0, 1}, 2),
        comes("calm strait", "taiwan_state", {1, 2}, 0),
        {"backing", {{{"taiwan_backing", 0, 1}}}, {{{"taiwan_backing", 0, -1}}, {{"taiwan_backing", 1, 0}}}},
        {"no backing", {{{"taiwan_backing", 0, -1}}}, {{{"taiwan_backing", 0, 1}}, {{"taiwan_backing", -1, 0}}}},
        comes("Taiwan's voters, assertive", "taiwan_assertive", {0}, 1),
        comes("Taiwan's voters, status quo", "taiwan_assertive", {1}, 0),
        comes("dealing administration", "us_administration_deal", {0}, 1),
        comes("hawkish administration", "us_administration_deal", {1}, 0),
        comes("detente", "detente_regime", {0}, 1),
        comes("end of detente", "detente_regime", {1}, 0),
        {"offer", {{{"carrot", 0, 0.25}}}, {{{"carrot", 0.125, 0.25}}, {{"carrot", 0, 0}}, {{"carrot", 0.25, 0}}}},
        {"end of offer", {{{"carrot", 0.25, 0}}}, {{{"carrot", 0.25, 0.125}}, {{"carrot", 0, 0}}, {{"carrot", 0, 0.25}}}},
        comes("pipeline", "pipeline_signed", {0}, 1),
        own("demand accepted", "demand_accepted", 0.25),
        own("demand refused", "demand_refused", 0.25),
        own("loan", "loan_granted"),
        {"grant", {{{"request_granted", 0, 1}}}, {{{"request_granted", 0, 1}, {"loan_granted", 0, 1}}, {{"request_granted", 1, 0}}}},
        refused("no arms", 1),
        refused("no loan", 2),
        refused("no pipeline", 3),
        own("incident with the West", "west_incident"),
        own("incident with China", "bilateral_incident", 0.25),
        {"two states", {{{"central_asia_flips", 1, 2}}, {{"central_asia_flips", 0, 3}}}, {{{"central_asia_flips", 2, 2}}, {{"central_asia_flips", 2, 3}}, {{"central_asia_flips", 0, 1}}}},
        lost("Kazakhstan", "flip_quarters_kaz"),
        back("return of Kazakhstan", "flip_quarters_kaz"),
        lost("Kyrgyzstan", "flip_quarters_kgz"),
        back("return of Kyrgyzstan", "flip_quarters_kgz"),
        lost("Tajikistan", "flip_quarters_tjk"),
        back("return of Tajikistan", "flip_quarters_tjk"),
    };
}

/// Whether something is so in the last of three quarters: what is not named stands at 0.
template <class Is> bool in(const Steps& steps, const Is& is)
{
    Made made(3);
    for (const char* variable : {"war_state", "leadership_change", "pro_west_regime", "leader_ousted", "taiwan_state", "carrot", "request_made", "request_granted", "effort_china",
                                 "effort_diversify", "effort_west"})
        made.set(variable, 0, 0);
    for (const Step& s : steps) made.set(s.variable, 0, s.was), made.set(s.variable, 2, s.now);
    for (const auto& [name, value] : {std::pair{"level_low", 0.25}, {"level_middle", 0.75}, {"support_rate", 0.5}, {"flipped_states", 2.0}, {"overt_support_least", 0.75}})
        made.set_parameter(name, value);
    return is(Moment{made.told(), 2});
}

TEST(SingleQuarters, MakeWhatIsSaidOfThem)
{
    std::vector<Line> all = lines();
    ASSERT_LE(all.size(), happenings().size());
    for (std::size_t i = all.size(); i < happenings().size(); ++i) { // events that have no line of their own are told by their variable
        EXPECT_STREQ(happenings()[i].name, happenings()[i].variable);
        all.push_back(own(happenings()[i].name, happenings()[i].variable));
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Happening& h = happenings()[i];
        ASSERT_STREQ(h.name, all[i].name);
        for (std::size_t k = 0; k < all[i].happens.size(); ++k) {
            EXPECT_TRUE(in(all[i].happens[k], h.happens)) << h.name << ", " << k;
            EXPECT_TRUE(std::ranges::any_of(all[i].happens[k], [&](const Step& s) { return std::string_view(s.variable) == h.variable; })) << h.name << " shows in " << h.variable;
        }
        for (std::size_t k = 0; k < all[i].does_not.size(); ++k) EXPECT_FALSE(in(all[i].does_not[k], h.happens)) << h.name << ", not " << k;
    }
}

struct Chosen {
    const char* question;
    Steps steps;
    std::set<std::string_view> what;
};
// Support of 1/2 is drawn halfway to what is chosen: 0, .25, .75 or 1. A little off, it is the nearest.
const std::vector<Chosen> chosen = {
    {"successor", {{"leadership_change", 0, 1}}, {"the candidate"}},
    {"successor", {{"leadership_change", 0, 2}}, {"a reformist"}},
    {"successor", {{"leadership_change", 0, 3}}, {"a nationalist"}},
    {"successor", {{"leadership_change", 0, 4}}, {"fragmentation"}},
    {"successor", {{"leadership_change", 1, 0}}, {}},
    {"support", {{"china_support", 0.5, 0.25}}, {"none"}},
    {"support", {{"china_support", 0.5, 0.375}}, {"a little"}},
    {"support", {{"china_support", 0.5, 0.4}}, {"a little"}},
    {"support", {{"china_support", 0.5, 0.625}}, {"much"}},
    {"support", {{"china_support", 0.5, 0.75}}, {"full"}},
    {"stance", {{"effort_china", 0.25, 0.5}, {"effort_diversify", 0.25, 0.125}, {"effort_west", 0.25, 0.125}}, {"China"}},
    {"stance", {{"effort_china", 0.25, 0.125}, {"effort_diversify", 0.25, 0.5}, {"effort_west", 0.25, 0.125}}, {"others"}},
    {"stance", {{"effort_china", 0.25, 0.125}, {"effort_diversify", 0.25, 0.125}, {"effort_west", 0.25, 0.5}}, {"the West"}},
    {"stance", {{"effort_china", 0.25, 0.125}, {"effort_diversify", 0.25, 0.125}, {"effort_west", 0.25, 0.125}}, {"hold"}},
    {"backing", {{"taiwan_onset", 1, 0}, {"taiwan_backing", 0, 1}}, {"backs"}},
    {"backing", {{"taiwan_onset", 1, 0}, {"taiwan_backing", 0, -1}}, {"refuses"}},
    {"backing", {{"taiwan_onset", 0, 1}, {"taiwan_backing", 0, 0}}, {}},
    {"demand", {{"demand_accepted", 0, 0.25}}, {"gives in"}},
    {"demand", {{"demand_refused", 0, 0.25}}, {"refuses"}},
    {"demand", {{"demand_accepted", 0.25, 0}, {"demand_refused", 0.25, 0}}, {}},
    {"answer", {{"request_granted", 0, 1}}, {"grants"}},
    {"answer", {{"request_refused", 0, 1}}, {"refuses"}},
    {"answer", {{"request_made", 0, 1}}, {}},
};

TEST(Choices, AreToldApart)
{
    for (const Chosen& c : chosen) {
        std::set<std::string_view> found;
        for (const Choice& choice : choices())
            if (std::string_view(choice.question) == c.question && in(c.steps, choice.chosen)) found.insert(choice.what);
        EXPECT_EQ(found, c.what) << c.question << ": " << c.steps[0].variable << " from " << c.steps[0].was << " to " << c.steps[0].now;
    }
    for (const Choice& choice : choices())
        EXPECT_TRUE(std::ranges::any_of(chosen, [&](const Chosen& c) { return std::string_view(c.question) == choice.question && c.what.contains(choice.what); }))
            << choice.question << ": " << choice.what;
}

// Open support that goes on is news once, and again after more than eight quarters; of history a detail, unless it is a turning point.
TEST(SingleQuarters, AreDetailsSoonAfterTheLastOrBeforeTheStart)
{
    Made made(50, 10);
    for (const int q : {9, 12, 20, 29, 49}) made.set("overt_support", q, 1, q), made.set("china_support", q, 1, q), made.set("nuclear_event", q, 0.25, q);
    const auto ranks = [&](const char* name) {
        std::vector<int> all;
        for (const Entry& e : named(made.story(), name)) all.push_back(e.rank);
        return all;
    };
    EXPECT_EQ(ranks("open support"), (std::vector<int>{1, 3, 3, 1, 1})) << "three, eight, nine and twenty quarters later";
    EXPECT_EQ(ranks("nuclear signal"), (std::vector<int>{3, 2, 2, 2, 2}));
    made.job.start = 9;
    EXPECT_EQ(ranks("nuclear signal"), (std::vector<int>{2, 2, 2, 2, 2}));
}

} // namespace
} // namespace entente
