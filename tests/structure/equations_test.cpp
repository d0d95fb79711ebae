// The numbers in ODD.md's equations are those of the tables and of the pages: each fixed row that a page reads stands once in its section, and every
// number that stands there is such a row or a literal of the page. Rows that may be swept stand there by name. 0 and 1 need no row.
#include "model/kernel.hpp"
#include "pages.hpp"
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace entente;

namespace {

using Rows = std::map<std::string, Row>;
const Rows& rows()
{
    static const Rows all = [] {
        Rows found;
        for (const Row& r : describe().parameters) found.emplace(r.name, r);
        return found;
    }();
    return all;
}
const std::string& document()
{
    static const std::string text = model_file("ODD.md");
    return text;
}
const PageText& page_of(const OddSection& section)
{
    const auto at = std::find_if(pages().begin(), pages().end(), [&](const PageText& p) { return p.name == section.page; });
    EXPECT_NE(at, pages().end()) << section.number << " " << section.page;
    return at == pages().end() ? pages().front() : *at;
}
bool trivial(double v) { return v == 0 || v == 1; }

/// Spaces in the place of what matches, so that what is left stays where it was.
std::string blank(std::string text, const std::regex& what)
{
    const std::string given = text;
    for (std::sregex_iterator m(given.begin(), given.end(), what), end; m != end; ++m) std::fill_n(text.begin() + m->position(), m->length(), ' ');
    return text;
}
/// Numbers of the equations: not those of sections, states and years.
std::vector<Number> shown_in(const std::string& text)
{
    static const std::regex names("`[^`]*`"), sections(R"(sections? [0-9]\.[0-9]+(, [0-9]\.[0-9]+)*)"), states(R"(\b[WV]'? (=|<|>|<=|>=) [0-2](, [0-2])*)");
    const std::string equations = blank(blank(blank(text, names), sections), states);
    std::vector<Number> all = numbers(equations);
    std::erase_if(all, [&](const Number& n) { return n.length == 4 && n.value > 1900 && n.value < 2100 && (n.at < 2 || equations.compare(n.at - 2, 2, "- ") != 0); });
    return all;
}
std::set<std::string> named_in(const std::string& text)
{
    static const std::regex name("`(\\w+)`");
    std::set<std::string> all;
    for (std::sregex_iterator m(text.begin(), text.end(), name), end; m != end; ++m) all.insert((*m)[1]);
    return all;
}

/// What is wrong with the numbers of a section.
std::vector<std::string> faults(const OddSection& section, const Rows& table)
{
    struct Count {
        int shown = 0, rows = 0, shown_negative = 0, rows_negative = 0;
    };
    const PageText& page = page_of(section);
    const std::set<std::string> named = named_in(section.text);
    std::vector<std::string> wrong;
    std::map<double, Count> counts;
    for (const Number& n : shown_in(section.text)) {
        ++counts[n.value].shown;
        counts[n.value].shown_negative += n.at > 0 && section.text[n.at - 1] == '-';
    }
    for (const std::string& name : page.reads) {
        const auto row = table.find(name);
        if (row == table.end()) wrong.push_back(fmt::format("{}: {} reads {}, which is no row", section.number, page.file, name));
        else if (row->second.mark != Mark::fixed && !named.contains(name)) wrong.push_back(fmt::format("{}: `{}`, which {} reads, is not named", section.number, name, page.file));
        else if (!named.contains(name)) ++counts[std::abs(row->second.standard)].rows, counts[std::abs(row->second.standard)].rows_negative += row->second.standard < 0;
    }
    for (const double v : page.must_show) counts[v];
    for (const auto& [value, n] : counts) {
        if (trivial(value)) continue;
        const auto literal = page.literals.find(value);
        const int literals = literal == page.literals.end() ? 0 : literal->second, least = n.rows + (page.must_show.contains(value) ? 1 : 0), most = n.rows + literals;
        if (n.shown < least || n.shown > most)
            wrong.push_back(fmt::format("{}: {} stands there {} times; of what {} reads {} fixed rows and {} literals have it", section.number, value, n.shown, page.file, n.rows, literals));
        if (n.shown_negative < n.rows_negative)
            wrong.push_back(fmt::format("{}: {} rows are -{}, and {} stand there with a minus", section.number, n.rows_negative, value, n.shown_negative));
    }
    return wrong;
}

/// A number written with its last digit one up, or a 9 one down.
std::string changed(const std::string& text, const Number& n)
{
    std::string other = text;
    const std::size_t last = other.find_last_of("0123456789", n.at + n.length - 1);
    other[last] = other[last] == '9' ? '8' : static_cast<char>(other[last] + 1);
    return other;
}

TEST(Equations, HaveTheNumbersOfTheTables)
{
    const std::vector<OddSection> sections = sections_of(document());
    EXPECT_EQ(sections.size(), describe().mechanisms.size());
    for (const OddSection& section : sections)
        for (const std::string& fault : faults(section, rows())) ADD_FAILURE() << "ODD.md, " << fault;
}

TEST(Equations, ShowEveryRow)
{
    std::set<std::string> read;
    for (const PageText& page : pages()) read.insert(page.reads.begin(), page.reads.end());
    for (const auto& [name, row] : rows()) EXPECT_TRUE(read.contains(name)) << "no page reads " << name << ", so no section can show it";
}

TEST(Equations, NameWhatTheTablesHold)
{
    const Description& d = describe();
    std::set<std::string> known = {"start", "code"};
    for (const std::vector<Row>* table : {&d.parameters, &d.variables, &d.levers, &d.forced, &d.structures, &d.switches, &d.events})
        for (const Row& r : *table) {
            known.emplace(r.name);
            for (const std::string& choice : split(r.choices, '|')) known.insert(choice);
        }
    for (const OddSection& section : sections_of(document()))
        for (const std::string& name : named_in(section.text)) EXPECT_TRUE(known.contains(name)) << "ODD.md, " << section.number << ": `" << name << "` is in no table";
}

/// A wrong digit goes unseen only where the new number may stand there once more (a literal of the page that its section writes less often than the code
/// does, or 0 or 1) and the old one once less (a literal). Few are such: a page has some five literals, and nearly all stand in its section as often as
/// in its code.
TEST(Equations, AWrongDigitIsFound)
{
    int planted = 0, found = 0;
    for (OddSection section : sections_of(document())) {
        const std::string right = section.text;
        const std::map<double, int>& literals = page_of(section).literals;
        for (const Number& n : shown_in(right)) {
            if (trivial(n.value)) continue;
            section.text = changed(right, n);
            const double wrong = std::stod(section.text.substr(n.at, n.length));
            const bool seen = !faults(section, rows()).empty();
            ++planted, found += seen;
            EXPECT_TRUE(seen || (literals.contains(n.value) && (literals.contains(wrong) || trivial(wrong)))) << section.number << ": " << n.value << " changed to " << wrong;
        }
    }
    fmt::print("{} of {} wrong digits found\n", found, planted);
    EXPECT_GT(planted, 700);
    EXPECT_GE(found, 0.98 * planted);
}

TEST(Equations, AChangedRowIsFound)
{
    int planted = 0;
    for (const OddSection& section : sections_of(document())) {
        const std::set<std::string> named = named_in(section.text);
        for (const std::string& name : page_of(section).reads) {
            const Row& row = rows().at(name);
            if (row.mark != Mark::fixed || named.contains(name)) continue;
            Rows other = rows();
            other.at(name).standard = row.standard * 1.001 + 1e-4;
            EXPECT_FALSE(faults(section, other).empty()) << section.number << ": " << name;
            ++planted;
        }
    }
    EXPECT_GT(planted, 450);
}

TEST(Equations, AMissingMinusIsFound)
{
    int planted = 0;
    for (OddSection section : sections_of(document())) {
        const std::string right = section.text;
        std::set<double> negative;
        for (const std::string& name : page_of(section).reads)
            if (rows().at(name).standard < 0 && !named_in(right).contains(name) && !trivial(-rows().at(name).standard)) negative.insert(-rows().at(name).standard);
        for (const Number& n : shown_in(right)) {
            if (!negative.contains(n.value) || n.at == 0 || right[n.at - 1] != '-') continue;
            section.text = right;
            section.text[n.at - 1] = ' ';
            EXPECT_FALSE(faults(section, rows()).empty()) << section.number << ": -" << n.value;
            ++planted;
        }
    }
    EXPECT_GT(planted, 5);
}

} // namespace
