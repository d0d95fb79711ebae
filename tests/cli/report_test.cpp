// Results become a folder for a paper, which LaTeX sets.
#include "core/csv.hpp"
#include "program.hpp"
#include "shell.hpp"
#include "store/made_posterior.hpp"
#include "write_file.hpp"
#include <filesystem>
#include <fstream>
#include <map>

namespace entente {
namespace {

namespace fs = std::filesystem;

constexpr const char* hostile = "50% & $x_1$ \\\\input{/etc/passwd} <script>alert(1)</script>";

struct Report : ProgramTest {
    void make(const std::string& name, int runs, const std::string& more = "", const std::string& arguments = "") const
    {
        write_file(path(name + ".toml"),
                   fmt::format("title = \"{}\"\nassumes = \"{}\"\nhorizon = \"2028Q4\"\nruns = {}\nagents = {{ firms = 8, banks = 4, elites = 8 }}\n{}", hostile, hostile, runs, more));
        const Ran made = run(fmt::format("run {0}.toml --out {0}.h5 {1}", name, arguments));
        ASSERT_EQ(made.code, 0) << made.err;
    }
    /// Without gnuplot, which takes most of the time.
    Ran run_without_gnuplot(const std::string& arguments) const
    {
        fs::create_directory(path("empty"));
        const int status = std::system(fmt::format("cd '{}' && PATH=empty '{}' {} 2>err >out </dev/null", folder_.path.string(), PROGRAM, arguments).c_str());
        return {WEXITSTATUS(status), read_file(path("out")), read_file(path("err"))};
    }
    std::map<std::string, std::string> files_in(const std::string& folder) const
    {
        std::map<std::string, std::string> all;
        for (const fs::directory_entry& e : fs::recursive_directory_iterator(path(folder)))
            if (e.is_regular_file()) all[fs::relative(e.path(), path(folder)).string()] = read_file(e.path().string());
        return all;
    }
};

TEST_F(Report, SaysTheResultsNumbersAndHoldsNoStrangersCommand)
{
    make("a", 60);
    const Ran made = run_without_gnuplot("report a.h5 --out R --resamples 20");
    EXPECT_EQ(made.code, 1) << made.err;
    EXPECT_EQ(made.out, "R\n");
    EXPECT_NE(made.err.find("gnuplot draws figures and is not installed: sudo apt-get install gnuplot-nox\n"), std::string::npos) << made.err;
    EXPECT_EQ(made.err.find("gnuplot", made.err.find("gnuplot-nox") + 11), std::string::npos) << "once: " << made.err;
    const auto files = files_in("R");
    for (const char* const name : {"tables/classes.tex", "tables/parameters.csv", "figures/class_shares.csv", "figures/class_shares.gp", "methods.tex", "references.bib", "paper.tex", "index.html"})
        EXPECT_TRUE(files.contains(name)) << name;
    for (const auto& [name, text] : files) {
        if (name.ends_with(".tex") || name.ends_with(".bib")) { EXPECT_EQ(text.find("\\input{/"), std::string::npos) << name; }
        EXPECT_EQ(text.find("<script>alert") == std::string::npos || !name.ends_with(".html"), true) << name;
    }
    const Table classes = parse_csv(files.at("tables/classes.csv")), shares = parse_csv(run("show a.h5 --csv shares").out);
    std::size_t compared = 0;
    for (const auto& row : shares.rows)
        for (const auto& by_class : classes.rows)
            if (row[shares.column("of")] == "class" && row[shares.column("name")] == by_class[0] && row[shares.column("quarter")] == "2028Q4") {
                for (const auto& [a, b] : {std::pair{"share", "share_2028Q4"}, std::pair{"low", "low_2028Q4"}, std::pair{"high", "high_2028Q4"}})
                    EXPECT_EQ(row[shares.column(a)], by_class[classes.column(b)]) << by_class[0];
                ++compared;
            }
    EXPECT_EQ(compared, 5u);
    EXPECT_NE(shell(fmt::format("tr '\\n' ' ' < '{}'", path("R/methods.tex"))).output.find("in 60 futures, with seed 1"), std::string::npos) << files.at("methods.tex");
    EXPECT_EQ(run("show a.h5 --latex classes").out, files.at("tables/classes.tex"));
    EXPECT_EQ(run("show a.h5 --csv classes").out, files.at("tables/classes.csv"));
    EXPECT_EQ(run("show a.h5 --markdown classes").out.substr(0, 12), "**Share of f");
    const Ran unknown = run("show a.h5 --latex clases");
    EXPECT_EQ(unknown.code, 2);
    EXPECT_NE(unknown.err.find("did you mean 'classes'?"), std::string::npos) << unknown.err;
}

TEST_F(Report, ReplacesNothingUnaskedAndSaysTheSameTwice)
{
    make("a", 40);
    ASSERT_EQ(run_without_gnuplot("report a.h5 --out R --resamples 20").code, 1);
    const auto first = files_in("R");
    write_file(path("R/own.tex"), "mine");
    write_file(path("R/methods.tex"), "changed");
    const Ran kept = run("report a.h5 --out R --resamples 20");
    EXPECT_EQ(kept.code, 2);
    EXPECT_EQ(kept.err, "--out: R: is there already; --force replaces files of the same names in it\n");
    EXPECT_EQ(read_file(path("R/methods.tex")), "changed");
    EXPECT_EQ(run_without_gnuplot("report a.h5 --out R/ --force --resamples 20").code, 1);
    auto again = files_in("R");
    EXPECT_EQ(again["own.tex"], "mine") << "what it does not write stays";
    again.erase("own.tex");
    EXPECT_EQ(again, first) << "the same bytes";
    fs::remove(path("R/paper.tex"));
    fs::create_directory(path("R/paper.tex"));
    EXPECT_EQ(run_without_gnuplot("report a.h5 --out R --force --resamples 20").code, 2) << "a folder is in a file's place";
    for (const fs::directory_entry& e : fs::directory_iterator(folder_.path)) EXPECT_EQ(e.path().string().find(".writing"), std::string::npos) << e.path();
    write_file(path("file"), "");
    EXPECT_EQ(run("report a.h5 --out file --force").code, 2);
    EXPECT_EQ(run("report a.h5").err, "entente report: --out is missing: the folder that is to be made\n");
    const Ran wrong = run("report a.h5 nothing.h5 a.toml a.h5 --out S");
    EXPECT_EQ(wrong.code, 2);
    EXPECT_EQ(std::count(wrong.err.begin(), wrong.err.end(), '\n'), 3) << "every mistake at once: " << wrong.err;
    EXPECT_FALSE(fs::exists(path("S")));
}

TEST_F(Report, SaysOfEachResultWhatHoldsOfIt)
{
    make("a", 45);
    make("b", 40, "mute = [\"elites\"]\n[levers]\nwestern_carrot = 0.5\n[index]\nalignment_least = 0.55\n");
    const Ran made = run_without_gnuplot("report a.h5 b.h5 --out R --resamples 20 --of 'rupture by 2025Q2'");
    EXPECT_NE(made.err.find("b.h5: differences: pairs need the same"), std::string::npos) << made.err;
    const std::string methods = shell(fmt::format("tr '\\n' ' ' < '{}'", path("R/methods.tex"))).output;
    for (const char* const said : {"else alignment from 0.6 on", "else alignment from 0.55 on", "Left out of it: elites.", "It sets, beside parameters: \\texttt{levers.western\\_\\allowbreak{}carrot = 0.5}.",
                                   "Boxes of inputs in which rupture by 2025Q2 is frequent were looked for by PRIM \\cite{friedman1999}, and none was found."})
        EXPECT_NE(methods.find(said), std::string::npos) << said << "\n" << methods;
    EXPECT_EQ(methods.find("Kaplan"), methods.rfind("Kaplan")) << "once";
    fs::create_symlink("nothing", path("S"));
    EXPECT_EQ(run("report a.h5 --out S").err, "--out: S: is a link to what is not there\n");
}

TEST_F(Report, SaysWhatAResultLacksAndWhatToRun)
{
    make("k", 40, "", "--keep none");
    const Ran made = run_without_gnuplot("report k.h5 --out R");
    EXPECT_NE(made.err.find("k.h5: sensitivity, boxes, conventions, convergence: it keeps no single runs; `entente run SCENARIO --keep outcomes` makes a result that does\n"), std::string::npos)
        << made.err;
    EXPECT_TRUE(fs::exists(path("R/tables/classes.tex")));
    EXPECT_FALSE(fs::exists(path("R/tables/boxes.tex")));
    const Ran one = run("show k.h5 --latex boxes");
    EXPECT_EQ(one.code, 2);
    EXPECT_NE(one.err.find("it keeps no single runs; `entente run"), std::string::npos) << one.err;
}

/// A figure and a table of each kind.
TEST_F(Report, IsSetByLatex)
{
    for (const char* const look : {"command -v gnuplot", "command -v pdflatex", "kpsewhich booktabs.sty"})
        if (shell(look).code != 0)
            GTEST_SKIP() << "SKIPPED LOUDLY: no paper was set, because `" << look << "` finds nothing on this machine (apt-get install gnuplot-nox texlive-latex-recommended)";
    make("a", 2000, "", "--readings 60");
    make("b", 2000, "[levers]\nwestern_carrot = 0.5\n");
    const auto sweep = [&](const std::string& name, const std::string& design) {
        write_file(
            path(name + ".toml"),
            fmt::format(
                "title = \"{}\"\nassumes = \"nothing\"\noutcomes = [\"share_alignment at 2027\"]\n[scenario]\nfile = \"a.toml\"\n[[factor]]\nname = \"=offer_1 & co\"\nsets = "
                "\"levers.western_carrot\"\n{}",
                hostile, design));
        const Ran made = run(fmt::format("sweep {0}.toml --out {0}.h5", name));
        ASSERT_EQ(made.code, 0) << made.err;
    };
    sweep("grid", "levels = [0, 1]\n[[factor]]\nsets = \"parameters.kappa\"\nlevels = [0.2, 0.4]\n[design]\nkind = \"factorial\"\nreplicates = 20\n");
    sweep("salt", "range = [0, 1]\n[[factor]]\nsets = \"parameters.kappa\"\nrange = [0.2, 0.4]\n[design]\nkind = \"saltelli\"\npoints = 16\nreplicates = 2\n");
    write_posterior(path("p.h5"), rounded(made::posterior()));
    const Ran made = run("report a.h5 b.h5 grid.h5 salt.h5 p.h5 --out R --resamples 20");
    EXPECT_EQ(made.code, 0) << made.err;
    const Ran set = [&] {
        const auto [code, output] = shell(
            fmt::format("cd '{}' && pdflatex -interaction=nonstopmode -halt-on-error paper && bibtex paper && pdflatex -interaction=nonstopmode -halt-on-error paper", path("R")));
        return Ran{code, output, ""};
    }();
    EXPECT_EQ(set.code, 0) << set.out.substr(set.out.size() > 2000 ? set.out.size() - 2000 : 0);
    EXPECT_EQ(set.out.find("root:"), std::string::npos) << "nothing was read";
    EXPECT_TRUE(fs::exists(path("R/paper.pdf")));
    const auto files = files_in("R");
    for (const char* const name : {"a_class_shares", "a_fan_trust", "a_central_asia", "a_share_uncertainty", "a_uncertainty_kinds", "a_drivers", "a_timeline",
                                   "differences_b_contrast", "differences_b_contrast_over_time", "grid_heat", "p_posterior"})
        for (const char* const ending : {".pdf", ".svg", ".csv", ".gp"}) EXPECT_TRUE(files.contains(fmt::format("figures/{}{}", name, ending))) << name << ending;
    for (const char* const name : {"a_classes", "a_orientations", "a_event_times", "a_uncertainty", "a_drivers", "a_sensitivity", "a_boxes", "a_conventions", "a_convergence", "a_base_rates",
                                   "a_structures", "a_parameters", "a_claims", "differences_b_differences", "grid_policies", "salt_indices", "salt_factors", "p_posterior", "p_fit"})
        for (const char* const ending : {".tex", ".csv"}) EXPECT_TRUE(files.contains(fmt::format("tables/{}{}", name, ending))) << name << ending;
    EXPECT_NE(files.at("tables/salt_factors.csv").find("'=offer_1 & co"), std::string::npos);
    for (const auto& [name, text] : files) EXPECT_TRUE(!name.ends_with(".pdf") || text.starts_with("%PDF-")) << name;
}

} // namespace
} // namespace entente
