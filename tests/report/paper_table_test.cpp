// A table is written three ways, and what strangers wrote stays text in each.
#include "analysis/base_rates.hpp"
#include "core/csv.hpp"
#include "core/quarter.hpp"
#include "core/text.hpp"
#include "made_answer.hpp"
#include "report/paper/references.hpp"
#include "report/paper/tables.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente::report {
namespace {

const std::string hostile = "50% & $x_1$ \\input{/etc/passwd} <script>";

PaperTable small()
{
    return {.name = "small",
            .title = hostile,
            .note = "n = 3",
            .columns = {{"Group", "", {"group"}, Align::text}, {"Name", "", {"name"}, Align::text}, {"Share", "%", {"share", "low", "high"}}, {"", "", {"hidden"}, Align::none}},
            .rows = {{{words_cell("one"), words_cell("[x] * y"), {"-25.0 ± 2.7", {-0.25, 0.1 + 0.2, std::nan("")}}, exact_cell(7)}},
                     {{words_cell("one"), words_cell("=cmd()|'/c calc'!A0"), {"77.1–79.7", {1.0, 2.0, 3.0}}, exact_cell(8)}},
                     {{words_cell("two"), words_cell("rare"), {"0", {0.0, 0.0, 0.0}}, exact_cell(9)}, PaperRow::For::programs}},
            .groups = PaperTable::Groups::by_first};
}

TEST(PaperTable, ALatexTextHoldsNoCommandOfAStranger)
{
    EXPECT_EQ(latex_text(hostile), "50\\% \\& \\$x\\_\\allowbreak{}1\\$ \\textbackslash{}input\\{/etc/passwd\\} \\textless{}script\\textgreater{}");
    EXPECT_EQ(latex_text("^^5cinput~#1"), "\\textasciicircum{}\\textasciicircum{}5cinput\\textasciitilde{}\\#1");
    EXPECT_EQ(latex_text("a--b 'x'' [y]*"), "a-{}-b 'x'{}' {[}y{]}{*}");
    EXPECT_EQ(latex_text("Müller ≥ 5 – 中 \x1b[31m\n%"), "Müller $\\ge$ 5 -- [U+4E2D]\\allowbreak{} \\textbackslash{}u001b{[}31m\\textbackslash{}u000a\\%");
    EXPECT_EQ(latex_text("\xff"), "\\textbackslash{}xff");
}

TEST(PaperTable, IsWrittenForLatex)
{
    const std::string latex = latex_of(small());
    EXPECT_EQ(latex.find("\\input{"), std::string::npos);
    EXPECT_NE(latex.find("\\caption{50\\% \\& "), std::string::npos);
    EXPECT_NE(latex.find("\\label{tab:small}"), std::string::npos);
    EXPECT_NE(latex.find("\\toprule\nName & Share (\\%) \\\\\n\\midrule\n"), std::string::npos) << latex;
    EXPECT_NE(latex.find("{[}x{]} {*} y & $-$25.0 $\\pm$ 2.7 \\\\\n=cmd()\\textbar{}'/c calc'!A0 & 77.1--79.7 \\\\\n"), std::string::npos) << latex;
    EXPECT_NE(latex.find("\\itshape one"), std::string::npos);
    EXPECT_EQ(latex.find("rare"), std::string::npos) << "that is for programs";
    EXPECT_EQ(latex.find("\\itshape two"), std::string::npos) << "nobody stands under it";
    PaperTable comment = small();
    comment.title = "a\n\\input{/etc/passwd}";
    EXPECT_EQ(latex_of(comment).find("\n\\input"), std::string::npos) << "nor does a line end end a comment";
}

TEST(PaperTable, IsWrittenForPrograms)
{
    EXPECT_EQ(csv_of(small()), "group,name,share,low,high,hidden\none,[x] * y,-0.25,0.30000000000000004,,7\none,'=cmd()|'/c calc'!A0,1,2,3,8\ntwo,rare,0,0,0,9\n");
    PaperTable t = small();
    for (const char* const formula : {"+1", "-1", "@x", "\t=1", "a,\"b\""}) t.rows.push_back({{words_cell(formula), words_cell(""), {"", {0.0, 0.0, 0.0}}, exact_cell(0)}});
    const std::string csv = csv_of(t);
    for (const char* const row : {"\n'+1,,0", "\n'-1,,0", "\n'@x,,0", "\n\\u0009=1,,0", "\n\"a,\"\"b\"\"\",,0"}) EXPECT_NE(csv.find(row), std::string::npos) << row << "\n" << csv;
}

TEST(PaperTable, IsWrittenAsMarkdown)
{
    EXPECT_EQ(markdown_of(small()), "**50% &amp; \\$x\\_1\\$ \\\\input{/etc/passwd} &lt;script&gt;**\n\n| Group | Name | Share (%) |\n|---|---|---:|\n"
                                    "| one | \\[x\\] \\* y | -25.0 ± 2.7 |\n|  | =cmd()\\|'/c calc'\\!A0 | 77.1–79.7 |\n\nn = 3\n");
}

TEST(PaperTable, ALongOneGoesOverPages)
{
    PaperTable t = small();
    while (t.rows.size() < 60) t.rows.push_back(t.rows[0]);
    const std::string latex = latex_of(t);
    EXPECT_NE(latex.find("\\begin{longtable}"), std::string::npos);
    EXPECT_NE(latex.find("\\endhead"), std::string::npos);
}

TEST(PaperTable, ClassesAreThoseOfTheAnswer)
{
    const PaperTable t = table_of_classes(made_answer(), {.scenario = "Made by hand", .version = "1.2.3", .seed = 7, .runs = 997});
    const Table csv = parse_csv(csv_of(t));
    EXPECT_EQ(csv.header, (std::vector<std::string>{"class", "share_2030Q1", "low_2030Q1", "high_2030Q1", "share_2045Q1", "low_2045Q1", "high_2045Q1"}));
    EXPECT_EQ(csv.rows[1], (std::vector<std::string>{"alignment", "0.75", "0.7224", "0.776", "0", "0", "0.0025"})) << "the second from alliance";
    EXPECT_EQ(t.rows[1].cells[1].shown, "75.0 ± 2.7") << "half of .776 - .7224 is 2.68, rounded up";
    EXPECT_NE(t.note.find("n = 997 futures, seed 7, entente 1.2.3. 3 runs failed"), std::string::npos) << t.note;
}

TEST(PaperTable, UncertaintyAndDriversAreThoseOfTheAnswer)
{
    Answer a = made_answer();
    a.readings = made_readings(a), a.drivers = made_effects();
    a.uncertainty = all_uncertainty(a.classes, a.orientations, {a.events[0].seen, a.events[1].seen, a.events[2].seen}, nullptr);
    const PaperTable u = table_of_uncertainty(a, {});
    EXPECT_EQ(u.rows[0].cells[3].shown, "30–100") << "readings from .305 to 1";
    EXPECT_EQ(u.rows[0].cells[5].shown, "–") << "no reading tells parameters from structures";
    const Table drivers = parse_csv(csv_of(table_of_drivers(*a.drivers, {})));
    EXPECT_EQ(drivers.rows[0][drivers.column("index")], "0.01");
    EXPECT_EQ(drivers.rows[1][drivers.column("index")], "0.02") << "one more from dial to dial";
    EXPECT_EQ(drivers.rows[1][drivers.column("dial")], "1");
}

TEST(PaperTable, ParametersAreTheModels)
{
    Scenario s = parse_scenario("title = \"t\"\nassumes = \"a\"\n[parameters]\nkappa = 0.4\n", "t.toml");
    const Table csv = parse_csv(csv_of(table_of_parameters(s, {})));
    EXPECT_EQ(csv.rows.size(), describe().parameters.size());
    for (const auto& row : csv.rows) {
        if (row[csv.column("parameter")] != "kappa") continue;
        EXPECT_EQ(row[csv.column("distribution")], "0.4");
        EXPECT_EQ(row[csv.column("drawn")], "0");
        EXPECT_EQ(row[csv.column("claims")].substr(0, 1), "C");
    }
    EXPECT_NE(csv_of(table_of_structures(s, {})).find("limits,1,C66"), std::string::npos) << "the claims of an alternative stand beside it";
}

TEST(PaperTable, RatesThatAreKeptStandBesideTheWorlds)
{
    const std::string& id = base_rates()[0].id;
    const std::string kept = "{\"rates\": [{\"id\": \"" + id + "\", \"model\": {\"estimate\": 0.031, \"low\": 0.02, \"high\": null}}]}";
    const Table with = parse_csv(csv_of(table_of_base_rates(kept, {})));
    EXPECT_EQ(with.rows[0][with.column("model")], "0.031");
    EXPECT_EQ(with.rows[0][with.column("model_high")], "");
    for (const char* const none : {"", "[", "{}", "{\"rates\": 1}", "{\"rates\": [{\"id\": 1}]}"})
        EXPECT_EQ(csv_of(table_of_base_rates(none, {})), csv_of(table_of_base_rates("", {}))) << none;
}

TEST(PaperTable, DifferencesAreOfAThatIsNamedFirst)
{
    const PairedDifference none{.pairs = 400}, five{.pairs = 400, .mean_a = 0.2, .mean_b = 0.25, .difference = 0.05, .standard_error = 0.01};
    const int last = *parse_quarter("2045Q1");
    const RunComparison runs{.a = {},
                             .b = {},
                             .shifts = {{"share_alliance at 2045Q1", five}, {"share_alliance at 2030Q1", five}, {"succession by 2045Q1", none}},
                             .class_shares = std::vector(static_cast<std::size_t>(last + 1) * outcome_classes, five),
                             .expected = {}};
    const PaperTable t = table_of_differences(runs, "a.h5", "b.h5", {.scenario = "s", .version = "1", .seed = 7, .runs = 400});
    EXPECT_TRUE(t.note.starts_with("A: a.h5, B: b.h5; 400 pairs of futures on the same random numbers, paired run by run;")) << t.note;
    EXPECT_NE(t.note.find("sees, are in the CSV alone. n = 400 futures, seed 7"), std::string::npos) << t.note;
    EXPECT_EQ(t.rows[0].cells[3].shown, "+5.0 (3.0–7.0)") << "1.966 standard errors, of 399 degrees of freedom";
    EXPECT_EQ(t.rows[0].who, PaperRow::For::all);
    EXPECT_EQ(t.rows[1].who, PaperRow::For::programs) << "another date";
    EXPECT_EQ(t.rows[2].who, PaperRow::For::programs) << "nobody sees it";

    SweepPairs sweeps{
        .a = "a.h5", .b = "b.h5", .in_a = {}, .in_b = {}, .policies = {{"rest", 0, 0}, {"offer", 1, 1}}, .outcomes = {{"share_alliance at 2045Q1", 0, 0}, {"mean trust at 2045Q1", 1, 1}}, .left_out = {}};
    const SweepComparison found{.shifts = {{"", none}, {"", five}, {"", five}, {"", none}}, .class_shares = {}};
    const Table csv = parse_csv(csv_of(table_of_differences(sweeps, found, {})));
    ASSERT_EQ(csv.rows.size(), 4u);
    EXPECT_EQ(csv.rows[1][csv.column("policy")], "offer");
    EXPECT_EQ(csv.rows[1][csv.column("difference")], "0.05");
    EXPECT_EQ(csv.rows[2][csv.column("quantity")], "mean trust at 2045Q1");
    EXPECT_EQ(csv.rows[2][csv.column("policy")], "rest");
    EXPECT_EQ(csv.rows[2][csv.column("b")], "0.25") << "no share, and so not in %";
}

TEST(References, AreWhatTheTextCites)
{
    EXPECT_EQ(cited_in("a \\cite{jansen1999} b \\cite{brown2001,jansen1999}."), (std::vector<std::string>{"jansen1999", "brown2001"}));
    const std::string bib = references_bib({"entente", "kaplan1958"}, "9.8.7");
    EXPECT_NE(bib.find("note = {Version 9.8.7}"), std::string::npos);
    EXPECT_NE(bib.find("@article{kaplan1958,"), std::string::npos);
    EXPECT_THROW(references_bib({"nobody"}, ""), std::out_of_range);
    const std::string citation = read_file(SOURCE_DIR "/CITATION.cff");
    EXPECT_NE(citation.find("name: \"The entente developers\""), std::string::npos) << "as the entry has them";
    EXPECT_NE(citation.find("date-released: 2026-"), std::string::npos);
    EXPECT_NE(citation.find("license: MIT"), std::string::npos);
}

} // namespace
} // namespace entente::report
