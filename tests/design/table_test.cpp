#include "samples.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

const std::vector<Factor> factors = mixed_factors(); // share 0..2, pull, hazard 0..1, firms 3..6, exit 2025Q1..2025Q2, reading king|pawn|rook

std::string faults(std::string_view text)
{
    try {
        read_table(text, "t.csv", factors);
        return "";
    } catch (const ScenarioErrors& e) {
        return e.text;
    }
}

TEST(Table, ReadsItsColumnsInAnyOrder)
{
    const TableDesign table = read_table("\xEF\xBB\xBFreading, pull ,exit,share,firms,hazard,note,point,base,moved\r\n"
                                         "pawn,-1.5,2025Q2,0.1,3,0.25,\"first, of two\",7,x,y\r\n"
                                         "\r\n"
                                         "\"king\",2e3,2025,2,6.0,1,\"a \"\"quote\"\"\",8,,",
                                         "t.csv", factors);
    const Design& design = table.design;
    ASSERT_EQ(design.points, 2u);
    EXPECT_EQ(row(design, 0), (std::vector<double>{0.1f, -1.5, 0.25, 3, 45, 1})); // in the factors' order; what is drawn elsewhere has single precision here too
    EXPECT_EQ(row(design, 1), (std::vector<double>{2, 2000, 1, 6, 44, 0}));
    EXPECT_EQ(design.base, (std::vector<std::int32_t>{2, 4})); // lines
    EXPECT_EQ(design.moved, (std::vector<std::int32_t>{-1, -1}));
    EXPECT_EQ(design.u.size(), 12u);
    for (const double u : design.u) EXPECT_TRUE(std::isnan(u));
    ASSERT_EQ(table.notes.size(), 1u);
    EXPECT_EQ(ScenarioErrors(table.notes).text, "t.csv:1:40: the column 'note' names no factor and is ignored");
}

TEST(Table, GivesBackWhatADesignWrote)
{
    std::vector<Factor> odd = factors;
    odd.push_back(choice_factor("a, \"b\"", {"x\",y", "\"z\""}));
    odd.push_back(uniform_factor("narrow", 0.1234567890123, 0.1234567890124)); // less than single precision tells apart
    for (const DesignKind* kind : {&designs::sobol, &designs::one_at_a_time, &designs::morris}) {
        const Design design = make_design(odd, {.kind = kind, .points = 50, .levels = 4, .table = {}, .origin = {}});
        const TableDesign again = read_table(design_csv(design, odd), "t.csv", odd);
        EXPECT_EQ(again.design.value, design.value);
        EXPECT_TRUE(again.notes.empty());
    }
}

TEST(Table, IsWrittenToTheBit)
{
    const std::vector<Factor> one = {listed_factor("listed", {0.1}, 0.1, 0.1), uniform_factor("drawn", 0.1, 0.2)};
    const Design design = make_design(one, {.kind = &designs::one_at_a_time, .levels = 2, .table = {}, .origin = {}});
    const std::string csv = design_csv(design, one);
    EXPECT_NE(csv.find("\n2,0.1,0.10000000149011612,0,1\n"), std::string::npos) << csv; // the number that runs have, which is 0.1 in single precision
}

TEST(Table, IsWrittenWithItsTraces)
{
    const std::vector<Factor> two = {uniform_factor("share", 0, 2), date_factor("exit", 44, 45)};
    const Design design = make_design(two, {.kind = &designs::one_at_a_time, .levels = 3, .table = {}, .origin = {}});
    EXPECT_EQ(design_csv(design, two), "point,share,exit,base,moved\n0,1,2025Q2,0,-1\n1,0,2025Q2,0,0\n2,1,2025Q2,0,0\n3,2,2025Q2,0,0\n4,1,2025Q1,0,1\n5,1,2025Q2,0,1\n");
}

TEST(Table, TellsEveryProblemAtOnce)
{
    EXPECT_EQ(faults("share,pull,hazard,firms,exit,reading\n"
                     "2.5,0,0.1,3,2025Q1,king\n"
                     "many,1e60,nan,3.5,2025Q3,kin\n"
                     "1,0,0.1,3,2025Q1\n"
                     "1,,0.1,7,first,bishop\n"
                     "1,0,0.1,3,2025Q1,king,1\n"),
              "t.csv:2:1: share: a number from 0 to 2, got '2.5'\n"
              "t.csv:3:1: share: a number from 0 to 2, got 'many'\n"
              "t.csv:3:6: pull: a finite number, got '1e60'\n"
              "t.csv:3:11: hazard: a number from 0 to 1, got 'nan'\n"
              "t.csv:3:15: firms: a whole number from 3 to 6, got '3.5'\n"
              "t.csv:3:19: exit: a quarter from 2025Q1 to 2025Q2, got '2025Q3'\n"
              "t.csv:3:26: reading: one of king, pawn, rook, got 'kin'; did you mean 'king'?\n"
              "t.csv:4:1: 6 cells as in the header, got 5\n"
              "t.csv:5:3: pull: a finite number, got ''\n"
              "t.csv:5:8: firms: a whole number from 3 to 6, got '7'\n"
              "t.csv:5:10: exit: a quarter such as 2026Q1, got 'first'\n"
              "t.csv:5:16: reading: one of king, pawn, rook, got 'bishop'\n"
              "t.csv:6:1: 6 cells as in the header, got 7");
}

TEST(Table, TellsWhatIsWrongWithItsHeader)
{
    EXPECT_EQ(faults("share,pul,hazard,share,firms,exit,reading\n1,0,0.1,1,9,2025Q1,king\n"), "t.csv:1:1: a column for pull, got none; did you mean 'pul'?\n"
                                                                                              "t.csv:1:18: one column for share, got another at t.csv:1:1\n"
                                                                                              "t.csv:2:11: firms: a whole number from 3 to 6, got '9'");
    EXPECT_EQ(faults("share;pull\n0,1;2\n"), "t.csv:1:1: cells are separated by semicolons; commas are expected");
    EXPECT_EQ(faults("share,pull,hazard,firms,exit,structures.reading\n"), "t.csv:1:1: a column for reading, got 'structures.reading'");
    EXPECT_EQ(faults("share,pull,hazard,firms,exit\n"), "t.csv:1:1: a column for reading, got none");
    EXPECT_EQ(faults("\nshare,pull,hazard,firms,exit,reading\n\n"), "t.csv:2:1: rows below the header, got none");
    EXPECT_EQ(faults(""), "t.csv:1:1: a header and rows, got an empty file");
    EXPECT_EQ(faults("\n \n"), "t.csv:1:1: a header and rows, got an empty file");
    const std::string long_cell(100, 'x');
    EXPECT_EQ(faults("share,pull,hazard,firms,exit,reading\n" + long_cell + ",0,0.1,3,2025Q1,\"king\n"),
              "t.csv:2:1: share: a number from 0 to 2, got a text of 100 bytes\n"
              "t.csv:2:117: a quote that is not closed\n"
              "t.csv:2:117: reading: one of king, pawn, rook, got a text of 5 bytes; did you mean 'king'?");
}

TEST(Table, SaysWhichSideOfARangeIsOpen)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    Factor f = normal_factor("x", 0, 1);
    const auto fault = [&f](double low, double high) {
        f.low = low, f.high = high;
        try {
            read_table("x\n-1\n", "t.csv", std::vector{f});
        } catch (const ScenarioErrors& e) {
            return e.text;
        }
        return std::string();
    };
    EXPECT_EQ(fault(0, infinity), "t.csv:2:1: x: a number of at least 0, got '-1'");
    EXPECT_EQ(fault(-infinity, -2), "t.csv:2:1: x: a number of at most -2, got '-1'");
    EXPECT_EQ(fault(-infinity, infinity), "");
    EXPECT_EQ(fault(-1, -1), "");
}

} // namespace
} // namespace entente
