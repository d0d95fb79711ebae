// Comma-separated values, and where each of them stands.
#include "core/csv.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

/// Each cell as LINE:COLUMN=TEXT, rows on lines of their own.
std::string told(std::string_view text)
{
    std::string all;
    for (const CsvRow& row : csv_of(text).rows) {
        for (const CsvCell& cell : row) all += fmt::format("{}:{}={};", cell.line, cell.column, cell.text);
        all += "\n";
    }
    return all;
}
std::string fault(std::string_view text)
{
    try {
        parse_csv(text);
    } catch (const std::runtime_error& e) {
        return e.what();
    }
    return "";
}

TEST(Csv, KnowsWhereEachCellStands)
{
    EXPECT_EQ(told("a,b\n1,22,3\n"), "1:1=a;1:3=b;\n2:1=1;2:3=22;2:6=3;\n");
    EXPECT_EQ(told("\xEF\xBB\xBF"
                   "a, b \r\n\r\n \t\n,x"),
              "1:1=a;1:3=b;\n4:1=;4:2=x;\n")
        << "a byte order mark, blanks and blank lines";
    EXPECT_EQ(told("\"a,\"\"b\"\"\nc\",d\ne"), "1:1=a,\"b\"\nc;2:4=d;\n3:1=e;\n") << "a quoted cell of two lines";
    EXPECT_EQ(told("") + told("\n \n\"\"\n"), "");
}

TEST(Csv, KnowsWhereAQuoteIsLeftOpen)
{
    EXPECT_FALSE(csv_of("a,\"b\"\n").open_quote);
    const Csv csv = csv_of("a,b\n1,x\"y\nz,2");
    ASSERT_TRUE(csv.open_quote);
    EXPECT_EQ(csv.open_quote->line, 2u);
    EXPECT_EQ(csv.open_quote->column, 4u);
    ASSERT_EQ(csv.rows.size(), 2u);
    EXPECT_EQ(csv.rows[1][1].text, "xy\nz,2");
}

TEST(Csv, IsATableOfRowsAsLongAsTheHeader)
{
    const Table table = parse_csv("name,value\nkappa,0.3\n\n\"a,b\",\n");
    EXPECT_EQ(table.header, (std::vector<std::string>{"name", "value"}));
    EXPECT_EQ(table.rows, (std::vector<std::vector<std::string>>{{"kappa", "0.3"}, {"a,b", ""}}));
    EXPECT_EQ(table.column("value"), 1u);
    EXPECT_THROW(table.column("size"), std::runtime_error);
    EXPECT_EQ(fault("a,b\n\n1,2,3\n"), "line 3: 3 fields, the header has 2");
    EXPECT_EQ(fault("a,b\n1\n"), "line 2: 1 fields, the header has 2");
    EXPECT_EQ(fault("a,b\n1,\"2\n"), "line 2: a quote is not closed");
}

TEST(Csv, QuotesACellThatNeedsIt)
{
    EXPECT_EQ(csv_cell("plain text"), "plain text");
    for (const std::string text : {"a,b", "say \"no\"", "two\nlines", "\"", "x\ry"}) {
        const Csv again = csv_of(csv_cell(text) + ",1\n");
        ASSERT_EQ(again.rows.size(), 1u) << text;
        EXPECT_EQ(again.rows[0][0].text, text);
    }
}

} // namespace
} // namespace entente
