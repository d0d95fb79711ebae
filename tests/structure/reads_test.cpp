// The tables of readers and the pages' text say the same: each name of the world and each parameter that a page uses is one that it was seen to read.
#include "core/text.hpp"
#include "model/kernel.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>

namespace fs = std::filesystem;
using namespace entente;

namespace {

using Names = std::set<std::string>;

/// The model's headers without comments, by name.
const std::map<std::string, std::string>& pages()
{
    static const std::map<std::string, std::string> all = [] {
        std::map<std::string, std::string> texts;
        for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "engine/model"))
            if (entry.path().extension() == ".hpp") texts[entry.path().stem().string()] = std::regex_replace(read_file(entry.path().string()), std::regex("//[^\n]*"), "");
        return texts;
    }();
    return all;
}

/// "Shared trust" -> the rows of `Value trust = variable("trust", ...)`; an array has several.
const std::map<std::string, std::vector<std::string>>& members()
{
    static const std::map<std::string, std::vector<std::string>> all = [] {
        static const std::regex member(R"re(struct (\w+) \{|Value (\w+)(\[\w+\])? = \{?\w+\(\s*"(\w+)")re"), row(R"re(\w+\("(\w+)",)re");
        std::map<std::string, std::vector<std::string>> rows;
        for (const auto& [page, text] : pages()) {
            std::string table;
            for (std::sregex_iterator m(text.begin(), text.end(), member), end; m != end; ++m) {
                if ((*m)[1].matched) {
                    table = m->str(1);
                    continue;
                }
                std::vector<std::string>& names = rows[table + " " + m->str(2)];
                const auto from = text.begin() + m->position();
                if (!(*m)[3].matched) names = {m->str(4)};
                else
                    for (std::sregex_iterator r(from, text.begin() + static_cast<std::ptrdiff_t>(text.find("};", static_cast<std::size_t>(m->position()))), row); r != end; ++r)
                        names.push_back(r->str(1));
            }
        }
        return rows;
    }();
    return all;
}

const std::vector<std::string> tables_of_the_world = {"Shared", "Quantities", "Levers", "Forced", "Structures", "Switches"};
/// The rows that a member stands for, each after its table's name; none if it is no row.
Names rows_of(const std::string& member, const std::vector<std::string>& tables)
{
    Names names;
    for (const std::string& table : tables)
        if (const auto at = members().find(table + " " + member); at != members().end())
            for (const std::string& row : at->second) names.insert((table == "Quantities" ? "Shared" : table) + " " + row);
    return names;
}

/// Whether what stands there is carried out under a condition: after `if (...)`, or in its block.
bool conditional(const std::string& text, std::size_t at)
{
    const auto statement_before = [&](std::size_t end) {
        const std::size_t begin = text.find_last_of(";{}", end - 1) + 1;
        return text.substr(begin, end - begin);
    };
    std::size_t block = at;
    for (int depth = 1; depth > 0 && block > 0;) depth += text[--block] == '}' ? 1 : text[block] == '{' ? -1 : 0;
    return statement_before(at).find("if (") != std::string::npos || statement_before(block).find("if (") != std::string::npos;
}
/// Of its own state: what `next.` is used for before the page has set it.
bool reads_own(const std::string& text, const std::string& member)
{
    const std::regex name(R"(\bnext\.)" + member + R"(\b(\[\w+\])?(\s*=[^=])?)");
    for (std::sregex_iterator m(text.begin(), text.end(), name), end; m != end; ++m) {
        if (!(*m)[2].matched) return true;
        const std::string rest = m->suffix(), statement = rest.substr(0, rest.find(';'));
        if (std::regex_search(statement, name)) return true;
        if (!conditional(text, static_cast<std::size_t>(m->position()))) return false;
    }
    return false;
}

/// What the text of a page uses. Of an array's rows it may be some.
std::set<Names> used(const std::string& page, const std::string& text)
{
    const std::regex of_the_world(fmt::format(R"(\b({})\.(\w+)(\s*=[^=])?)", page == "outcome" ? "world|before|after" : "now"));
    static const std::regex own(R"(\bnext\.(\w+))"), parameter(R"(\bp\.(\w+))");
    std::set<Names> members_used;
    for (std::sregex_iterator m(text.begin(), text.end(), of_the_world), end; m != end; ++m)
        if (!(*m)[3].matched) members_used.insert(rows_of(m->str(2), tables_of_the_world));
    for (std::sregex_iterator m(text.begin(), text.end(), own), end; m != end; ++m)
        if (reads_own(text, m->str(1))) members_used.insert(rows_of(m->str(1), {"Shared"}));
    for (std::sregex_iterator m(text.begin(), text.end(), parameter), end; m != end; ++m) members_used.insert(rows_of(m->str(1), {"Parameters"}));
    members_used.erase(Names{});
    return members_used;
}

/// What a page was seen to read, by name.
Names seen(const Reads& reads)
{
    const Description& d = describe();
    Names names;
    const auto add = [&](const char* table, const std::vector<bool>& read, const std::vector<Row>& rows) {
        EXPECT_EQ(read.size(), rows.size()) << table;
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (read[i]) names.insert(fmt::format("{} {}", table, rows[i].name));
    };
    add("Shared", reads.variables, d.variables), add("Parameters", reads.parameters, d.parameters), add("Levers", reads.levers, d.levers);
    add("Forced", reads.forced, d.forced), add("Structures", reads.structures, d.structures), add("Switches", reads.switches, d.switches);
    return names;
}

/// "text only: ..." and "seen only: ..." for each name that one knows and the other does not.
Names mismatches(const std::string& page, const std::string& text, const Reads& reads)
{
    const Names noted = seen(reads);
    Names all, in_text;
    for (const Names& rows : used(page, text)) {
        in_text.insert(rows.begin(), rows.end());
        if (std::none_of(rows.begin(), rows.end(), [&](const std::string& row) { return noted.contains(row); })) all.insert("text only: " + *rows.begin());
    }
    for (const std::string& name : noted)
        if (!in_text.contains(name)) all.insert("seen only: " + name);
    return all;
}

TEST(Reads, AreThoseOfThePagesText)
{
    const Description& d = describe();
    ASSERT_EQ(reads_of_pages().size(), d.mechanisms.size());
    std::size_t names = 0;
    for (std::size_t m = 0; m < d.mechanisms.size(); ++m) {
        const std::string page(d.mechanisms[m].name);
        for (const std::string& mismatch : mismatches(page, pages().at(page), reads_of_pages()[m])) ADD_FAILURE() << page << ".hpp: " << mismatch;
        names += seen(reads_of_pages()[m]).size();
    }
    EXPECT_GT(names, 1000u);
}

TEST(Reads, AMismatchIsSeen)
{
    const Description& d = describe();
    const std::size_t m = d.mechanism("friction");
    const std::string text = pages().at("friction");
    const Reads& reads = reads_of_pages()[m];
    const auto planted = [&](const std::string& line) { return mismatches("friction", text + line, reads); };
    EXPECT_EQ(planted("x = now.mutiny;"), Names{"text only: Shared mutiny"});
    EXPECT_EQ(planted("x = now.central_asia_security[i];"), Names{"text only: Shared central_asia_security_kaz"});
    EXPECT_EQ(planted("x = now.force_peace * now.use_dosing;"), (Names{"text only: Forced peace", "text only: Switches dosing"}));
    EXPECT_EQ(planted("x = p.kappa;"), Names{"text only: Parameters kappa"});
    EXPECT_EQ(planted("next.trust += 1;"), Names{"text only: Shared trust"});
    EXPECT_EQ(planted("next.trust = next.trust + 1;"), Names{"text only: Shared trust"});
    EXPECT_EQ(planted("if (sure) { next.trust = 1; } x = next.trust;"), Names{"text only: Shared trust"});
    EXPECT_EQ(planted("next.trust = 1; next.trust += next.trust;"), Names{});
    Reads more = reads, fewer = reads;
    more.variables[Description::find(d.variables, "mutiny")] = true;
    EXPECT_EQ(mismatches("friction", text, more), Names{"seen only: Shared mutiny"});
    fewer.variables[Description::find(d.variables, "arctic_contest")] = false;
    EXPECT_EQ(mismatches("friction", text, fewer), Names{"text only: Shared arctic_contest"});
}

/// What nobody reads can be set, and changes nothing.
TEST(Reads, WhatAScenarioCanSetIsRead)
{
    const Description& d = describe();
    const auto all_read = [&](const char* table, std::vector<bool> Reads::*read, const std::vector<Row>& rows) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            bool somebody = false;
            for (const Reads& reads : reads_of_pages()) somebody = somebody || (reads.*read)[i];
            EXPECT_TRUE(somebody) << table << ": nobody reads " << rows[i].name;
        }
    };
    all_read("parameters", &Reads::parameters, d.parameters), all_read("levers", &Reads::levers, d.levers), all_read("forced", &Reads::forced, d.forced);
    all_read("structures", &Reads::structures, d.structures), all_read("switches", &Reads::switches, d.switches);
}

} // namespace
