// The table of what is told knows the whole model, and names nothing that is not there.
#include "analysis/happenings.hpp"
#include "core/text.hpp"
#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>

using namespace entente;

namespace {

struct Line {
    std::string name, page, why, question, text;
};
std::vector<Line> lines()
{
    std::vector<Line> all;
    for (const Happening& h : happenings()) all.push_back({h.name, h.page, h.why, h.question, h.what});
    for (const Condition& c : conditions())
        for (const char* text : c.becomes) all.push_back({c.name, c.page, c.why, c.question, text});
    for (const Level& l : levels()) all.push_back({l.variable, l.page, l.why, "", ""});
    return all;
}
bool is_variable(std::string_view name) { return Description::find(describe().variables, name) != Description::npos; }
bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
/// Whether `words` stand in the text, and no letter around them; what ends in "[" may be followed by anything.
bool stands_in(const std::string& text, const std::string& words)
{
    for (std::size_t at = 0; (at = text.find(words, at)) != std::string::npos; ++at)
        if ((at == 0 || !is_letter(text[at - 1])) && (words.back() == '[' || !is_letter(text[at + words.size()]))) return true;
    return false;
}
std::string source(const std::string& page) { return read_file(fmt::format("{}/engine/model/{}.hpp", SOURCE_DIR, page)); }

TEST(Happenings, EveryEventOfTheModelIsToldOrLeftOutForAReason)
{
    std::set<std::string_view> told, excused;
    for (const Happening& h : happenings()) told.insert(h.variable);
    for (const LeftOut& l : left_out()) {
        EXPECT_GT(std::string(l.reason).size(), 20u) << l.event;
        EXPECT_TRUE(excused.insert(l.event).second) << l.event;
    }
    std::size_t events = 0;
    for (const Row& row : describe().variables) {
        if (!row.event) {
            EXPECT_FALSE(excused.contains(row.name)) << row.name << " is no event";
            continue;
        }
        ++events;
        EXPECT_NE(told.contains(row.name), excused.contains(row.name)) << row.name << ": a line or a reason, and not both";
    }
    EXPECT_GT(events, 15u);
    for (const std::string_view name : excused) EXPECT_TRUE(is_variable(name)) << name;
}

/// As a new mechanism's is, before it has a line.
TEST(Happenings, AnEventWithoutALineIsToldInTheWordsOfItsRow)
{
    const Description& d = describe();
    EXPECT_EQ(with_other_events(happenings(), d).size(), happenings().size());
    Description more = d;
    const std::size_t v = Description::find(d.variables, "felt_weakness");
    more.variables[v].event = true;
    const std::vector<Happening> all = with_other_events(happenings(), more);
    ASSERT_EQ(all.size(), happenings().size() + 1);
    const Happening& h = all.back();
    EXPECT_STREQ(h.name, "felt_weakness");
    EXPECT_STREQ(h.variable, "felt_weakness");
    EXPECT_STREQ(h.page, "status");
    EXPECT_EQ(h.who, d.mechanisms[d.mechanism("status")].title);
    EXPECT_EQ(h.what, d.variables[v].meaning);
    EXPECT_EQ(h.kind, Kind::event);
    EXPECT_EQ(h.rank, 3);

    Job job;
    job.points.resize(1), job.replicates.resize(1);
    BlockResult result;
    result.quarters = 3, result.kept = all_variables();
    result.trajectory.resize(tile_runs * 3 * d.variables.size());
    result.trajectory[result.place(1, v, 0)] = 0.5f;
    const Told told{job, result, 0};
    EXPECT_TRUE(h.happens({told, 1}));
    EXPECT_FALSE(h.happens({told, 2}));
}

TEST(Happenings, NamesAreTheModels)
{
    std::set<std::string_view> names;
    for (const Happening& h : happenings()) {
        EXPECT_TRUE(names.insert(h.name).second) << h.name << " stands there twice";
        EXPECT_TRUE(is_variable(h.variable)) << h.name << ": " << h.variable;
        for (const std::string& forced : listed(h.forced)) EXPECT_NE(Description::find(describe().forced, forced), Description::npos) << h.name << ": " << forced;
    }
    for (const Condition& c : conditions()) EXPECT_TRUE(names.insert(c.name).second) << c.name << " stands there twice";
    for (const Level& l : levels()) {
        EXPECT_TRUE(names.insert(l.variable).second) << l.variable << " stands there twice";
        EXPECT_TRUE(is_variable(l.variable)) << l.variable;
        for (const std::string& count : split(l.counts, ',')) EXPECT_TRUE(count.empty() || is_variable(count.substr(count.find('=') + 1))) << l.variable << ": " << count;
    }
    static const std::regex place(R"(\{(\w+)\})");
    for (const Line& line : lines()) {
        EXPECT_NE(describe().mechanism(line.page), Description::npos) << line.name << ": no mechanism " << line.page;
        for (std::sregex_iterator m(line.text.begin(), line.text.end(), place), end; m != end; ++m) EXPECT_TRUE(is_variable(m->str(1))) << line.name << ": " << m->str(1);
    }
}

/// What derived quantities are read for counts as read by outcome; "=NAME": which the page sets first, `next.NAME`, or `next.STEM[` where the variable is one of several.
TEST(Happenings, DriversAreReadByTheirPage)
{
    std::size_t seen = 0;
    for (const Line& line : lines()) {
        const std::string page = source(line.page);
        const auto reads = [](std::string_view name, std::size_t v) { return reads_of_pages()[describe().mechanism(name)].variables[v]; };
        for (const std::string& listed_name : listed(line.why)) {
            const bool set_first = listed_name.starts_with('=');
            const std::string name = listed_name.substr(set_first ? 1 : 0), stem = name.substr(0, name.rfind('_'));
            ASSERT_TRUE(is_variable(name)) << line.name << ": " << name;
            const std::size_t v = Description::find(describe().variables, name);
            const bool used = set_first ? stands_in(page, "next." + name) || stands_in(page, "next." + stem + "[") : reads(line.page, v) || (line.page == "outcome" && reads("derived", v));
            EXPECT_TRUE(used) << line.name << ": " << line.page << ".hpp does not read " << name;
            ++seen;
        }
    }
    EXPECT_GT(seen, 100u);
}

TEST(Happenings, DerivedDriversHaveTheirParts)
{
    const std::string page = source("derived");
    std::set<std::string> drivers;
    for (const Line& line : lines())
        for (const std::string& name : listed(line.why)) drivers.insert(name.substr(name.starts_with('=') ? 1 : 0));
    for (const std::string& name : drivers) {
        const std::size_t v = Description::find(describe().variables, name);
        std::set<std::string> parts, read;
        for (const std::string& part : owned_parts(name)) parts.insert(part);
        for (const std::string& part : parts) EXPECT_LT(Description::find(describe().variables, part), describe().owned) << name << ": " << part;
        if (v < describe().owned) {
            EXPECT_EQ(parts, std::set<std::string>{name});
            continue;
        }
        static const std::regex reads(R"(\bnow\.(\w+))");
        const std::size_t at = page.find(fmt::format("now.{} = ", name)), end = page.find(';', at);
        ASSERT_NE(at, std::string::npos) << name;
        std::string text = page.substr(at + 5 + name.size(), end - at - 5 - name.size());
        if (text.find(" d *") != std::string::npos) text += "now.leader_dominance"; // its short name there
        for (std::sregex_iterator m(text.begin(), text.end(), reads), last; m != last; ++m) {
            const std::string part = m->str(1);
            if (part.starts_with("use_")) continue; // a switch
            if (Description::find(describe().variables, part) < describe().owned) read.insert(part);
            else
                for (const std::string& deeper : owned_parts(part)) read.insert(deeper);
        }
        EXPECT_EQ(parts, read) << name;
    }
}

/// Other runs are held to a world, but not to its agents: odds are asked only of rules that read no private column.
TEST(Happenings, OddsAreAskedOfPagesWithoutAgents)
{
    std::map<std::string, int> alternatives;
    for (const Choice& c : choices()) ++alternatives[c.question];
    for (const auto& [question, n] : alternatives) EXPECT_GE(n, 2) << question;
    std::set<std::string> asked;
    const auto without_agents = [](const std::string& name, const char* page) {
        EXPECT_EQ(describe().mechanisms[describe().mechanism(page)].columns, 0u) << name << ": " << page << " has agents of its own";
    };
    for (const Happening& h : happenings()) {
        if (h.kind == Kind::event || h.kind == Kind::decision) without_agents(h.name, h.page);
        if (*h.question != '\0') asked.insert(h.question);
    }
    for (const Condition& c : conditions())
        if (*c.question != '\0') without_agents(c.name, c.page), asked.insert(c.question);
    for (const std::string& question : asked) EXPECT_TRUE(alternatives.contains(question)) << question;
    EXPECT_EQ(asked.size(), alternatives.size());
}

} // namespace
