// Signposts in words: which side of which line foretells, and what that is worth.
#include "report/lines.hpp"
#include "report/signposts.hpp"
#include "core/quarter.hpp"
#include <algorithm>
#include <gtest/gtest.h>
#include <string_view>

namespace entente::report {
namespace {

const Observable* named(std::string_view name)
{
    return &*std::ranges::find(observables(), name, [](const Observable& o) { return std::string_view(o.name); });
}
Share share_about(double share, double half) { return {.count = 1, .runs = 500, .share = share, .low = share - half, .high = share + half}; }
JudgedRule judged(double hits, double false_alarms) { return {share_about(hits, 0.05), share_about(false_alarms, 0.02), share_about(0.6, 0.04), share_about(0.1, 0.01), 7}; }

OutcomeSignposts signposts_found()
{
    OutcomeSignposts s{.of = parse_given("rupture by 2040Q1"), .at = *parse_quarter("2030Q1"), .seen = {named("us_sanctions"), named("ouster"), named("leader_age")}};
    s.found = {.found = Signposts::Found::some, .runs = 1101, .failed = 1, .already = 100, .base = {.count = 250, .runs = 1000, .share = 0.25, .low = 0.224, .high = 0.278}, .chosen_on = 500, .judged_on = 500};
    s.found.signs = {{.rule = {0, false, 0.7}, .found_auc = 0.8, .ranked = {{0.8, 0.75, 0.85}}, .stands = true, .judged = judged(0.7, 0.2)},
                     {.rule = {1, true, 0.5}, .found_auc = 0.7, .ranked = {{0.7, 0.65, 0.75}}, .stands = true, .judged = judged(0.5, 0.1)},
                     {.rule = {2, true, 77.25}, .found_auc = 0.6, .ranked = {{0.5, 0.45, 0.55}}, .stands = false, .judged = judged(0.4, 0.4)}};
    s.found.pair = SignPair{.a = {0, false, 0.7}, .b = {1, false, 0.5}, .both = true, .judged = judged(0.75, 0.1), .gain = {0.15, 0.05, 0.25}};
    return s;
}

TEST(SignpostText, SaysWhatToWatch)
{
    const std::string text = on_one_line(text_of(signposts_found(), "s", {}));
    for (const char* const said :
         {"Signposts in 2030Q1 of 'rupture by 2040Q1', in futures of 's' ",
          "It is there in 2030Q1 already in 100 futures, which are left out. 1 future failed and is left out. It comes in 250 of 1,000 others, 25 % ±2.7. ",
          "1. US sanctions on Russia, below .700: it comes in 60 % ±4.0 of such futures and in 10 % ±1.0 of the others. 70 % of the futures in which it comes show this, and 20 % "
          "of those in which "
          "it does not; median lead 7 quarters.",
          "2. the Russian leader was ousted: it comes", "Two together: US sanctions on Russia, below .700 and the Russian leader was ousted: not so: it comes in 60 %",
          "better than the first sign's alone by 0.15 (0.05 to 0.25).", "US sanctions on Russia <.700 .80 (.75-.85) 70 20 60 10 7 ",
          "the Russian leader was ousted yes .70 (.65-.75) 50 10 60 10 7 ", "2 of 3 signs foretell it beyond chance"})
        EXPECT_NE(text.find(said), std::string::npos) << said << "\n" << text;
    EXPECT_EQ(text.find("3. "), std::string::npos) << "the third does not stand";
    EXPECT_EQ(text.find("age of the Russian leader"), std::string::npos);
    EXPECT_NE(on_one_line(text_of(signposts_found(), "s", {.detail = Detail::all})).find("age of the Russian leader - >=77.2 .50 (.45-.55) 40 40"), std::string::npos)
        << "77.25 to one digit, and even";
}

TEST(SignpostText, SaysWhyNothingIsToBeWatched)
{
    OutcomeSignposts s = signposts_found();
    s.found.pair->gain.low = -0.01;
    EXPECT_NE(on_one_line(text_of(s, "s", {})).find("No two signs together foretell it better than the first alone, beyond chance."), std::string::npos);
    using Found = Signposts::Found;
    for (const auto& [found, said] : {std::pair{Found::never, "It never comes, so that nothing foretells it."},
                                      {Found::always, "It always comes, so that nothing is needed to foretell it."},
                                      {Found::too_few, "Too few: 20 futures in which it comes, and as many in which it does not, are needed"},
                                      {Found::none, "No sign foretells it beyond chance (at 0.001 over all 3 signs)"}}) {
        s.found.found = found;
        const std::string text = on_one_line(text_of(s, "s", {}));
        EXPECT_NE(text.find(said), std::string::npos) << text;
        EXPECT_EQ(text.find("What to watch"), std::string::npos) << text;
    }
    s.found.found = Found::never, s.found.base = {};
    EXPECT_NE(on_one_line(text_of(s, "s", {})).find("No future is left in which it could still come."), std::string::npos);
}

} // namespace
} // namespace entente::report
