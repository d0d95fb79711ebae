// engine/model/claims.csv: every claim of the articles is somewhere, or is left out and says why; what it names exists; and its tests are its own. Each rule is
// tried on tables that break it.
#include "claim_ids.hpp"
#include "claim_rules.hpp"
#include <gtest/gtest.h>
#include <set>

namespace fs = std::filesystem;
using namespace entente;

namespace {

constexpr std::size_t claim_count = 161;

const std::vector<Claim>& claims()
{
    static const std::vector<Claim> all = claims_of(parse_csv(read_file(SOURCE_DIR "/engine/model/claims.csv")));
    return all;
}
const Tests& tests()
{
    static const Tests all = [] {
        Tests found;
        for (const DirectionalTest& t : directional_tests()) EXPECT_TRUE(found.try_emplace(t.id, t.claim, t.whose).second) << "directional.toml: " << t.id << " stands there twice";
        for (const PatternTest& t : pattern_tests()) EXPECT_TRUE(found.try_emplace(t.id, t.claim, "pattern").second) << "directional.toml: " << t.id << " stands there twice";
        return found;
    }();
    return all;
}
std::string text_of(const Faults& faults) { return fmt::format("{}", fmt::join(faults, "\n")); }

TEST(Claims, EachHasOneRowInOrder) { EXPECT_EQ(text_of(out_of_order(claims(), claim_count)), ""); }
TEST(Claims, AreCarriedOrLeftOutForAReasonAndWhatTheyNameExists) { EXPECT_EQ(text_of(misplaced(claims())), ""); }
TEST(Claims, HaveATestOfTheirOwnOrSayWhyNot) { EXPECT_EQ(text_of(untested_or_borrowed(claims(), tests())), ""); }
TEST(Claims, BothTablesAgreeOnTestsAndOnWhoseTheyAre) { EXPECT_EQ(text_of(at_odds(claims(), tests())), ""); }

/// Tables that break no rule, for a fault to be planted.
struct Tables {
    std::vector<Claim> claims = {{"C01", "mechanism", "article", "", {"mechanism:trust", "structure:dep=pawn"}, {"T01", "T02"}},
                                 {"C02", "left_out", "article", "no such variable", {}, {}},
                                 {"C03", "parameter", "article", std::string(untested) + "it has no scale", {"parameter:k_up"}, {}},
                                 {"C04", "target", "article", std::string(borrowing) + "it is the same question", {"variable:trust"}, {"T01"}},
                                 {"C05", "target", "modeller", "", {"history:mutiny", "scenario:pawn.toml"}, {"T03"}},
                                 {"C06", "scenario", "article", "", {"lever:western_carrot", "event:death", "switch:dosing"}, {"P01"}}};
    Tests tests = {{"T01", {"C01", "article"}}, {"T02", {"C01", "modeller"}}, {"T03", {"C05", "modeller"}}, {"T04", {"", "modeller"}}, {"P01", {"C06", "pattern"}}};

    Faults faults() const
    {
        Faults all;
        for (const Faults& some : {out_of_order(claims, 6), misplaced(claims), untested_or_borrowed(claims, tests), at_odds(claims, tests)})
            all.insert(all.end(), some.begin(), some.end());
        return all;
    }
};

TEST(ClaimRules, FindWhatIsPlanted)
{
    EXPECT_EQ(text_of(Tables{}.faults()), "");
    const auto expect_found = [](const auto& plant, const std::string& fault) {
        Tables t;
        plant(t);
        EXPECT_EQ(text_of(t.faults()), fault);
    };
    expect_found([](Tables& t) { t.claims.push_back({"C07", "left_out", "article", "why", {}, {}}); }, "row 7: C07, expected no more rows");
    expect_found([](Tables& t) { std::swap(t.claims[1].id, t.claims[2].id); }, "row 2: C03, expected C02\nrow 3: C02, expected C03");
    expect_found(
        [](Tables& t) {
            t.claims.erase(t.claims.begin() + 3, t.claims.begin() + 4), t.claims.push_back({"C04", "left_out", "article", "why", {}, {}});
        },
        "row 4: C05, expected C04\nrow 5: C06, expected C05\nrow 6: C04, expected C06");
    for (const char* word : {"mechanism:trst", "trust", "lever:trust", "structure:dep", "structure:dep=prawn", "structure:dap=pawn", "scenario:", "scenario:prawn.toml",
                             "history:trust", "event:dosing", ""})
        expect_found([=](Tables& t) { t.claims[0].where.emplace_back(word); }, fmt::format("C01: {} does not exist", word));
    expect_found([](Tables& t) { t.claims[0].where.clear(); }, "C01 is nowhere");
    expect_found([](Tables& t) { t.claims[1].note = ""; }, "C02 is left out without a reason");
    expect_found([](Tables& t) { t.claims[0].tests.emplace_back("T05"); }, "C01: no test T05 in directional.toml");
    expect_found([](Tables& t) { t.claims[1].tests.emplace_back("T01"); }, "C02 is left out, and has a test");
    expect_found([](Tables& t) { t.claims[2].note = "because there is no test"; }, "C03 has no test, and its note does not begin 'no test, because '");
    expect_found([](Tables& t) { t.claims[3].note = "it has no test of its own, because"; }, "C04 only borrows tests, and its note does not begin 'no test of its own, because '");
    expect_found([](Tables& t) { t.claims[3].note = std::string(untested) + "it borrows"; },
                 "C04 only borrows tests, and its note does not begin 'no test of its own, because '\nC04 has a test, and says that it has none");
    expect_found([](Tables& t) { t.claims[0].note = std::string(untested) + "it is plain"; }, "C01 has a test, and says that it has none");
    expect_found([](Tables& t) { t.claims[0].note = std::string(borrowing) + "it is plain"; }, "C01 has a test, and says that it has none");
    expect_found(
        [](Tables& t) {
            t.tests["T02"].claim = "";
            t.claims[0].tests = {"T02"};
            t.tests["T01"] = {"", "modeller"};
            t.claims[3].tests = {"P01"};
        },
        "C01 only borrows tests, and its note does not begin 'no test of its own, because '\nC01: whose = article, its tests say otherwise");
    expect_found([](Tables& t) { t.claims[0].tests.pop_back(); }, "T02 tests C01, and claims.csv names it there 0 times");
    expect_found([](Tables& t) { t.claims[0].tests.emplace_back("T02"); }, "T02 tests C01, and claims.csv names it there 2 times");
    expect_found([](Tables& t) { t.tests["T04"].whose = "nobody"; }, "T04: whose = \"nobody\"");
    expect_found([](Tables& t) { t.tests["T04"].whose = "article"; }, "T04 is an article's, but of no claim");
    expect_found([](Tables& t) { t.tests["T04"].claim = "C99"; }, "T04: claims.csv has no C99");
    expect_found([](Tables& t) { t.tests["T03"].whose = "article"; }, "T03 is an article's, C05 the modeller's\nC05: whose = modeller, its tests say otherwise");
    expect_found([](Tables& t) { t.claims[4].whose = "article"; }, "C05: whose = article, its tests say otherwise");
    expect_found([](Tables& t) { t.claims[2].whose = "nobody"; }, "C03: whose = \"nobody\"");
}

/// Files that may name claims, additions and tests, without a release's history.
std::vector<fs::path> texts()
{
    const fs::path root = SOURCE_DIR;
    std::vector<fs::path> all = {root / "README.md", root / "results/README.md", root / "results/RECIPES.md", root / "calibration/README.md", root / "calibration/patterns.csv"};
    for (const char* folder : {"engine", "scenarios", "tests/directional"})
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
            static const std::set<std::string> kinds = {".hpp", ".cpp", ".md", ".csv", ".toml"};
            if (kinds.contains(entry.path().extension().string())) all.push_back(entry.path());
        }
    return all;
}

TEST(Claims, EveryIdThatIsNamedExists)
{
    const std::string model = read_file(SOURCE_DIR "/engine/model/ODD.md");
    const std::set<std::string> additions = ids_in(model.substr(model.find("\n# 4 "), model.find("\n# 5 ") - model.find("\n# 4 ")), "N");
    std::map<std::string, std::size_t> seen;
    for (const fs::path& path : texts()) {
        const std::string text = read_file(path.string());
        for (const char* kind : {"C", "N", "T", "D", "P"})
            for (const std::string& id : ids_in(text, kind)) {
                if (id == "T1") continue; // LaTeX's encoding of fonts
                const bool exists = *kind == 'C' ? claim_of(claims(), id) != nullptr : *kind == 'N' ? additions.contains(id) : tests().contains(id);
                EXPECT_TRUE(exists) << path.lexically_relative(SOURCE_DIR) << ": " << id << " does not exist";
                ++seen[kind];
            }
    }
    EXPECT_GT(seen["C"], 500u);
    EXPECT_GT(seen["N"], 50u);
    EXPECT_GT(seen["T"], 80u);
}

TEST(Claims, AnIdThatDoesNotExistIsFound)
{
    EXPECT_EQ(ids_in("C27-C29, C7 and C162; AC05, C2x, N_3", "C"), (std::set<std::string>{"C27", "C28", "C29", "C7", "C162"}));
    EXPECT_EQ(claim_of(claims(), "C7"), nullptr) << "ids have two digits";
    EXPECT_EQ(claim_of(claims(), "C162"), nullptr);
    EXPECT_EQ(claim_of(claims(), "C00"), nullptr);
    EXPECT_NE(claim_of(claims(), "C161"), nullptr);
}

} // namespace
