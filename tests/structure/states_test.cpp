// States have names (engine/model/states.hpp), and pages use them: no bare 2 is compared with a state or becomes one.
#include "model/kernel.hpp"
#include "pages.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace entente;

namespace {

struct State {
    std::string space, name;
    int number;
};
/// By the variables that hold them: `/// war_state` above `namespace war { inline constexpr double settled = 0, frozen = 1, full = 2; }`.
std::map<std::string, std::vector<State>> states()
{
    static const std::regex entry(R"(/// ([^\n]*)\nnamespace (\w+) \{ inline constexpr double ([^;]*);)"), value(R"((\w+) = (-?[0-9]+))"), variable("\\w+");
    const std::string text = model_file("states.hpp");
    std::map<std::string, std::vector<State>> all;
    for (std::sregex_iterator e(text.begin(), text.end(), entry), end; e != end; ++e) {
        const std::string holders = (*e)[1], values = (*e)[3];
        if (holders.starts_with("of an outcome code")) continue;
        for (std::sregex_iterator v(holders.begin(), holders.end(), variable); v != end; ++v)
            for (std::sregex_iterator n(values.begin(), values.end(), value); n != end; ++n) all[v->str()].push_back({(*e)[2], (*n)[1], std::stoi((*n)[2])});
    }
    return all;
}

std::string alternatives()
{
    std::string names = "tie";
    for (const auto& [variable, values] : states()) names += "|" + variable;
    return "(" + names + ")";
}
/// Where code compares a state with a bare number, or makes one a state: in the statement that sets the variable, or one that sets what goes into it.
std::vector<std::string> bare_states(const std::string& code)
{
    static const std::regex compared("\\b" + alternatives() + " (==|!=|<=|>=|<|>) -?[0-9][^;]*"), set("\\b" + alternatives() + " = ([^=;][^;]*)"), word("\\b[a-z_]+\\b"),
        bare(R"((^|[(,?:]) ?-?[0-9]+ ?($|[),:]))"), declared(R"(^\s*(?:const )?(?:Lanes )?(\w+) = ([\s\S]*)$)");
    std::vector<std::string> found;
    std::set<std::string> feeding;
    for (std::sregex_iterator m(code.begin(), code.end(), compared), end; m != end; ++m) found.push_back(m->str());
    for (std::sregex_iterator m(code.begin(), code.end(), set), end; m != end; ++m) {
        const std::string value = (*m)[2];
        if (std::regex_search(value, bare)) found.push_back(m->str());
        for (std::sregex_iterator w(value.begin(), value.end(), word); w != end; ++w) feeding.insert(w->str());
    }
    for (const std::string& statement : split(code, ';')) {
        std::smatch m;
        if (!std::regex_match(statement, m, declared) || !feeding.contains(m[1])) continue;
        const std::string value = m[2];
        if (std::regex_search(value, bare)) found.push_back(statement);
    }
    return found;
}

TEST(States, AreCalledByTheirNames)
{
    for (const std::string& file : model_headers()) {
        if (file == "states.hpp") continue;
        for (const std::string& place : bare_states(computing(model_file(file)))) ADD_FAILURE() << "engine/model/" << file << ": a bare number for a state: " << place;
    }
}

TEST(States, ABareNumberIsFound)
{
    for (const std::string code : {"const Mask full = now.war_state == 2;", "x = when(now.taiwan_state > 0);", "note(first.regime_change, after.leadership_change > 1);",
                                   "next.war_state = select(won, 1, war::full);", "next.leadership_change = 0;", "next.taiwan_assertive = now.quarter < now.start ? Lanes(1) : when(won);",
                                   "Lanes state = select(settled, 0, war::full); next.war_state = select(won, war::frozen, state);", "note_run(first.rupture, in_rupture, tie == 0);"})
        EXPECT_FALSE(bare_states(code).empty()) << code;
    for (const std::string code : {"const Mask full = now.war_state == war::full;", "next.war_state = select(won, war::frozen, state);",
                                   "const Lanes ukraine = select(now.war_state == war::full, 1, select(now.war_state == war::frozen, p.joint_frozen_war, p.joint_peace));"})
        EXPECT_TRUE(bare_states(code).empty()) << code;
}

TEST(States, AreThoseOfTheTables)
{
    const Description& d = describe();
    const auto named = states();
    for (const Row& r : d.variables) EXPECT_TRUE(r.unit != "0/1/2" || named.contains(std::string(r.name))) << r.name << " has states without names";
    for (const auto& [variable, values] : named) {
        const bool lever = Description::find(d.levers, variable) != Description::npos;
        const std::vector<Row>& table = lever ? d.levers : d.variables;
        const std::size_t at = Description::find(table, variable);
        ASSERT_NE(at, Description::npos) << "states.hpp: " << variable << " is no variable or lever";
        const Row& row = table[at];
        for (const State& s : values) {
            EXPECT_TRUE(lever || s.name == "unset" || (row.low <= s.number && s.number <= row.high)) << variable << ": " << s.space << "::" << s.name;
            if (row.unit != "0/1/2" && (variable != "leadership_change" || s.number == 0)) continue;
            EXPECT_NE(row.meaning.find(fmt::format("{} {}", s.number, s.name)), std::string_view::npos)
                << variable << " says \"" << row.meaning << "\", states.hpp " << s.name << " = " << s.number;
        }
    }
}

} // namespace
