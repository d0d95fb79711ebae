// The head of a page is prose: what it is, whose idea, and which section of ODD.md holds its equations. No formula stands there a third time.
#include "claim_ids.hpp"
#include "pages.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace entente;

namespace {

/// Assignments, comparisons and arithmetic between symbols, primes, and numbers with a point.
bool holds_formula(const std::string& line)
{
    static const std::regex section("ODD\\.md, 4\\.[0-9]+"),
        formula(R"( [-+*/:]?= | [+*/^<>|] | [<>]= |[0-9A-Za-z_)\]] - [0-9A-Za-z_(\[]|\w\^|\w[*/]=|[A-Za-z_)]'[ ]?[-+=(]|(^|[^0-9A-Za-z.])[0-9]*\.[0-9])");
    return std::regex_search(std::regex_replace(line, section, ""), formula);
}

TEST(Heads, HoldNoFormulas)
{
    std::size_t lines = 0;
    for (const std::string& file : model_headers())
        for (const std::string& line : split(head_of(model_file(file)), '\n')) {
            EXPECT_FALSE(holds_formula(line)) << "engine/model/" << file << ": its equations belong into ODD.md: " << line;
            ++lines;
        }
    EXPECT_GT(lines, 60u);
}

TEST(Heads, AFormulaIsFound)
{
    for (const std::string line :
         {"//   incident of size V ~ Beta(1, 2) if u < clip(h_inc x/.3)", "//   oil' = .9 oil + .06 N", "// grows with dependence - concessions", "// hazard = base * window",
          "// trend += step", "// x *= 2", "// falls as (1 - tau)", "// share^2", "// at most 0.5 a quarter", "// speed := rate", "// flips if orientation <= bar"})
        EXPECT_TRUE(holds_formula(line)) << line;
    for (const std::string line : {"// The Arctic, and spies. C82, C106-C108. Equations: ODD.md, 4.20.",
                                   "// Taiwan's one decision, an assertive or a status-quo policy: its firms' fear and/or the gas contract of 2022."})
        EXPECT_FALSE(holds_formula(line)) << line;
}

TEST(Heads, NameTheSectionThatHoldsTheirEquations)
{
    static const std::regex named("Equations: ODD\\.md, (4\\.[0-9]+)\\.\n$");
    const std::vector<OddSection> sections = sections_of(model_file("ODD.md"));
    EXPECT_EQ(pages().size(), sections.size());
    for (const PageText& page : pages()) {
        std::smatch m;
        ASSERT_TRUE(std::regex_search(page.head, m, named)) << "engine/model/" << page.file << ": no \"Equations: ODD.md, 4.x.\" at the end of its head";
        const auto at = std::find_if(sections.begin(), sections.end(), [&](const OddSection& s) { return s.number == m[1]; });
        ASSERT_NE(at, sections.end()) << page.file << ": ODD.md has no section " << m[1];
        EXPECT_EQ(at->page, page.name) << page.file << ": section " << m[1] << " is another page's";
    }
}

TEST(Heads, ClaimWhatTheirPagesClaim)
{
    for (const PageText& page : pages())
        EXPECT_EQ(claims_in(page.head), claims_in(page.claims)) << "engine/model/" << page.file << ": its head and its member `claims` name different claims";
}

} // namespace
