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
    EXPECT_EQ(nearest("putin", {"mutiny"}), ""); // two letters wrong, the first among them
    EXPECT_EQ(nearest("trust", {}), "");
    EXPECT_EQ(nearest(std::string(101, 'a'), {std::string(101, 'a') + "b"}), ""); // no name is that long: not worth the work
}

TEST(Text, PrefersTheFirstOfTwoEquallyNear) { EXPECT_EQ(nearest("c_firn", {"c_firm", "c_fire"}), "c_firm"); }

TEST(Text, AsksWhetherThatWasMeant)
{
    EXPECT_EQ(did_you_mean("frction", {"trust", "friction"}), "; did you mean 'friction'?");
    EXPECT_EQ(did_you_mean("alignment", {"trust", "friction"}), "");
}

TEST(Text, KnowsANameByItsWords)
{
    const std::vector<std::string> levers = {"western_carrot", "enforcement_push", "sanctions_push", "central_asia_push"};
    EXPECT_EQ(did_you_mean("western", levers), "; did you mean 'western_carrot'?");
    EXPECT_EQ(did_you_mean("Sanctions", levers), "; did you mean 'sanctions_push'?");
    EXPECT_EQ(did_you_mean("western_sanctions", levers), "; did you mean 'western_carrot' or 'sanctions_push'?") << "a word of each";
    EXPECT_EQ(did_you_mean("share_western", {"share_rupture", "share_western_turn"}), "; did you mean 'share_western_turn'?") << "not what is near by letters";
    EXPECT_EQ(did_you_mean("push", std::vector<std::string>(levers.begin() + 1, levers.end())), "; did you mean 'enforcement_push' or 'sanctions_push' or 'central_asia_push'?");
    std::vector<std::string> many;
    for (int i = 0; i < 9; ++i) many.push_back(fmt::format("push_{}00", i));
    EXPECT_EQ(did_you_mean("one_push", many), "") << "of too many none";
    EXPECT_EQ(with_all_words("trust", {"trust_noise", "noise_of_trust", "trusting"}), (std::vector<std::string>{"trust_noise", "noise_of_trust"}));
    EXPECT_TRUE(with_all_words("of", {"out_of"}).empty()) << "hardly a word";
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

TEST(Text, IsMadePrintable)
{
    EXPECT_EQ(printable("Пример 例 \xf0\x9f\x98\x80\nsecond line"), "Пример 例 \xf0\x9f\x98\x80\nsecond line");
    EXPECT_EQ(printable("\x1b[31m\t\r\x7f"), "\\u001b[31m\\u0009\\u000d\\u007f");
    EXPECT_EQ(printable("a\u009b\u202e\u2066\u2028\u200fz"), "a\\u009b\\u202e\\u2066\\u2028\\u200fz");
    EXPECT_EQ(printable("a\u200b\u200d\u2060\ufeffz"), "a\\u200b\\u200d\\u2060\\ufeffz") << "no width";
    EXPECT_EQ(printable("\xff\xc3(\xed\xa0\x80"), "\\xff\\xc3(\\xed\\xa0\\x80") << "no UTF-8";
    EXPECT_EQ(printable(std::string("a\0b", 3)), "a\\u0000b");
    EXPECT_EQ(printable_name("two\nlines"), "two\\u000alines");
}
