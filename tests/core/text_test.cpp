#include "core/text.hpp"
#include "core/temporary_folder.hpp"
#include "write_file.hpp"
#include <gtest/gtest.h>

using namespace entente;

TEST(Text, FindsTheNearestName)
{
    const std::vector<std::string> names = {"trust", "friction", "trade_share_china", "trade_share_west"};
    EXPECT_EQ(nearest("frction", names), "friction");        // one letter missing
    EXPECT_EQ(nearest("truts", names), "trust");             // two of five letters wrong
    EXPECT_EQ(nearest("rnage", {"name", "range"}), "range"); // two swapped
    EXPECT_EQ(nearest("trade_share_chna", names), "trade_share_china");
    EXPECT_EQ(nearest("trust", names), "trust");
}

TEST(Text, FindsNoNameThatIsFar)
{
    EXPECT_EQ(nearest("alignment", {"trust", "friction"}), "");
    EXPECT_EQ(nearest("abcde", {"trust"}), "");
    EXPECT_EQ(nearest("trust", {}), "");
    EXPECT_EQ(nearest(std::string(101, 'a'), {std::string(101, 'a') + "b"}), ""); // no name is that long: not worth the work
}

TEST(Text, PrefersTheFirstOfTwoEquallyNear) { EXPECT_EQ(nearest("c_firn", {"c_firm", "c_fire"}), "c_firm"); }

TEST(Text, AsksWhetherThatWasMeant)
{
    EXPECT_EQ(did_you_mean("frction", {"trust", "friction"}), "; did you mean 'friction'?");
    EXPECT_EQ(did_you_mean("alignment", {"trust", "friction"}), "");
}

TEST(Text, SplitsAtEverySeparator)
{
    EXPECT_EQ(split("a,b,,c", ','), (std::vector<std::string>{"a", "b", "", "c"}));
    EXPECT_EQ(split("", ','), std::vector<std::string>{""});
    EXPECT_EQ(split("a,", ','), (std::vector<std::string>{"a", ""}));
}

TEST(Text, TrimsBlanksAtBothEnds)
{
    EXPECT_EQ(trim(" \t a b \r"), "a b");
    EXPECT_EQ(trim(" \t"), "");
    EXPECT_EQ(trim(""), "");
}

TEST(Text, ReadsAFileAsBytes)
{
    const TemporaryFolder folder;
    const std::string path = write_file(folder / "text", std::string("one\r\n\0two", 9));
    EXPECT_EQ(read_file(path), std::string("one\r\n\0two", 9));
}

TEST(Text, SaysWhichFileItCannotRead)
{
    try {
        read_file("no/such/file");
        FAIL();
    } catch (const std::runtime_error& e) {
        EXPECT_EQ(std::string(e.what()), "no/such/file: cannot be opened: No such file or directory");
    }
}
