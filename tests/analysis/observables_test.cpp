// What can be seen: every row names something of the model, and what is said to be measured is.
#include "analysis/observables.hpp"
#include "core/text.hpp"
#include <gtest/gtest.h>
#include <set>

namespace entente {
namespace {

TEST(Observables, NameVariablesAndEvents)
{
    std::set<std::string> names;
    bool events = false;
    for (const Observable& o : observables()) {
        EXPECT_TRUE(names.insert(o.name).second) << o.name;
        EXPECT_NE(Description::find(o.event ? describe().events : describe().variables, o.name), Description::npos) << o.name;
        EXPECT_FALSE(events && !o.event) << o.name << ": variables come first";
        events = o.event;
    }
    for (const char* judged : {"trust", "friction", "concessions", "grievance", "rupture", "alliance"})
        EXPECT_FALSE(names.contains(judged)) << judged << " is a matter of judgement or a class";
}

TEST(Observables, AreMeasuredAsTheTableHasIt)
{
    const std::string table = read_file(SOURCE_DIR "/calibration/measurement.csv");
    std::size_t measured = 0;
    for (const Observable& o : observables()) {
        const std::string seen = o.seen_in, by = "measured by ";
        if (!seen.starts_with(by)) continue;
        ++measured;
        const std::size_t at = table.find("\n" + seen.substr(by.size()) + ",");
        ASSERT_NE(at, std::string::npos) << seen;
        EXPECT_NE(table.substr(at + 1, table.find('\n', at + 1) - at).find(o.name), std::string::npos) << o.name;
    }
    EXPECT_GT(measured, 5u);
}

TEST(Observables, AreQuantitiesAtADate)
{
    EXPECT_EQ(quantity_of({"trade_share_china", "", "", false}, 56).text, "mean trade_share_china at 2028Q1");
    EXPECT_EQ(quantity_of({"ceasefire", "", "", true}, 56).text, "ceasefire by 2028Q1");
}

} // namespace
} // namespace entente
