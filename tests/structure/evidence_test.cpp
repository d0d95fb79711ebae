// engine/model/EVIDENCE.md: what it names is there, and its tables are made of the tests, files and stored results that they speak of. ENTENTE_UPDATE=1 writes them anew.
#include "calibrate/diagnosis.hpp"
#include "calibrate/sbc_table.hpp"
#include "claim_rules.hpp"
#include "store/posterior.hpp"
#include "write_file.hpp"
#include <cmath>
#include <cstdlib>
#include <fmt/ranges.h>
#include <functional>
#include <gtest/gtest.h>
#include <regex>
#include <set>

namespace fs = std::filesystem;
using namespace entente;

namespace {

const std::string page_path = SOURCE_DIR "/engine/model/EVIDENCE.md";

/// A cell of a table in Markdown.
std::string cell(std::string text)
{
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
    return text;
}
const std::vector<Claim>& claims()
{
    static const std::vector<Claim> all = claims_of(parse_csv(read_file(SOURCE_DIR "/engine/model/claims.csv")));
    return all;
}

/// Each row of directional.toml: what must hold, and by how much.
std::string statements()
{
    std::string text = "| test | claim | asked by | statement | what it is held to |\n|---|---|---|---|---|\n";
    for (const DirectionalTest& t : directional_tests()) {
        const std::string held = !t.special.empty()   ? "a design of its own in directional_test.cpp"
                                 : t.sign == "report" ? fmt::format("no sign asked; within ±{}", t.within)
                                                      : fmt::format("{} by {} at least, {} pairs", t.sign == "+" ? "up" : "down", t.least, t.runs);
        text += fmt::format("| {} | {} | {} | {} | {} |\n", t.id, t.claim, t.whose, cell(t.text), held);
    }
    for (const PatternTest& p : pattern_tests()) text += fmt::format("| {} | {} | data or article | {} | mean from {} to {} |\n", p.id, p.claim, cell(p.text), p.low, p.high);
    return text;
}

std::string coverage()
{
    std::size_t carried = 0, articles = 0, modellers = 0, reports = 0;
    std::vector<std::string> borrowing_only, untested_ones;
    for (const Claim& c : claims()) {
        if (!c.carried()) continue;
        ++carried;
        ++(c.whose == "article" ? articles : modellers);
        if (c.note.starts_with(borrowing)) borrowing_only.push_back(c.id);
        if (c.tests.empty()) untested_ones.push_back(c.id);
    }
    std::size_t tests = 0, of_articles = 0;
    for (const DirectionalTest& t : directional_tests()) ++tests, of_articles += t.whose == "article", reports += t.sign == "report";
    const auto named = [](const std::vector<std::string>& ids) { return ids.empty() ? std::string("none") : fmt::format("{}", fmt::join(ids, ", ")); };
    return fmt::format("- Of {} claims {} are carried, of which {} have no test at all ({}), and {} only another claim's ({}).\n"
                       "- Of {} directional tests {} ask for what an article says, {} for what the design says, and {} of all ask for no sign but for a bound. {} patterns ask for "
                       "ensemble means.\n"
                       "- For {} carried claims an article asks for the answer, for {} only the modeller does.\n",
                       claims().size(), carried, untested_ones.size(), named(untested_ones), borrowing_only.size(), named(borrowing_only), tests, of_articles, tests - of_articles,
                       reports, pattern_tests().size(), articles, modellers);
}

std::string left_out()
{
    std::string text = "| claim | why nothing in the model speaks of it |\n|---|---|\n";
    for (const Claim& c : claims())
        if (!c.carried()) text += fmt::format("| {} | {} |\n", c.id, cell(c.note));
    return text;
}

std::string expectations()
{
    std::string text = "| scenario | up | down | hardly moves |\n|---|---|---|---|\n";
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(SOURCE_DIR "/scenarios"))
        if (entry.path().extension() == ".toml") files.push_back(entry.path().stem());
    std::ranges::sort(files);
    for (const std::string& file : files) {
        std::array<std::vector<std::string>, 3> by_sign;
        for (const Expectation& e : scenario(file).expectations) by_sign[e.sign > 0 ? 0 : e.sign < 0 ? 1 : 2].push_back("`" + e.quantity + "`");
        if (scenario(file).expectations.empty()) continue;
        text += fmt::format("| {} | {} | {} | {} |\n", file, fmt::join(by_sign[0], ", "), fmt::join(by_sign[1], ", "), fmt::join(by_sign[2], ", "));
    }
    return text;
}

std::string calibration()
{
    const Diagnosis d = diagnose(read_posterior(SOURCE_DIR "/calibration/baseline_posterior.h5"));
    std::vector<std::string> learned, not_learned, readings;
    double rhat = 0, bulk = 1e9, tail = 1e9;
    for (const ParameterDiagnosis& p : d.parameters) {
        (p.learned.learned ? learned : not_learned).push_back("`" + p.parameter.name + "`");
        rhat = std::max(rhat, p.trust.rhat), bulk = std::min(bulk, p.trust.ess_bulk), tail = std::min(tail, p.trust.ess_tail);
    }
    for (const StructureDiagnosis& s : d.structures)
        if (s.learned.learned) readings.push_back("`" + s.structure.name + "`");
    std::vector<std::string> missed;
    for (const TargetDiagnosis& t : d.targets)
        if (!t.met) missed.push_back("`" + t.target + "`");
    const SbcSummary sbc = summary_of(sbc_table_of(read_file(SOURCE_DIR "/calibration/baseline_sbc.csv")));
    std::string held;
    for (const PooledCoverage& c : sbc.pooled)
        held += fmt::format("{}{:.0f} %: {:.1f} % (standard error {:.1f})", held.empty() ? "" : "; ", 100 * c.nominal, 100 * c.actual, 100 * c.error);
    const auto named = [](const std::vector<std::string>& names) { return names.empty() ? std::string("none") : fmt::format("{}", fmt::join(names, ", ")); };
    std::string text = "| statement | number | by |\n|---|---|---|\n";
    const auto row = [&](const std::string& statement, const std::string& number, const std::string& by) { text += fmt::format("| {} | {} | `{}` |\n", statement, number, by); };
    const std::string diagnosed = "./entente diagnose calibration/baseline_posterior.h5", tried = "./entente sbc calibration/baseline_sbc.csv";
    row("Chains agree: largest R-hat of a parameter, held to 1.01", fmt::format("{:.3f}", rhat), diagnosed);
    row("Draws are many enough: least effective number, bulk and tail, held to 400", fmt::format("{:.0f}, {:.0f}", bulk, tail), diagnosed);
    row("Parameters that the data inform", fmt::format("{} of {}: {}", learned.size(), d.parameters.size(), named(learned)), diagnosed);
    row("Parameters that leave calibration as they went in", fmt::format("{}: {}", not_learned.size(), named(not_learned)), diagnosed);
    row("Readings that the data lean on beyond error", fmt::format("{} of {}: {}", readings.size(), d.structures.size(), named(readings)), diagnosed);
    row("Fitted targets that the model cannot make", fmt::format("{} of {}: {}", missed.size(), d.targets.size(), named(missed)), diagnosed);
    if (d.fitted) row("All fitted observations together: predictive p; near 1, errors are set wide", fmt::format("{:.2f}", d.fitted->p), diagnosed);
    row("Worlds made by the prior and fitted: names whose ranks leave their band, and how many may by chance",
        fmt::format("{} of {} in {} worlds, {} may", sbc.outside, sbc.rows.size(), sbc.worlds, sbc.by_chance), tried);
    row("How often intervals of these worlds hold what made them", held, tried);
    return text;
}

double number_in(std::string text)
{
    std::erase(text, '*');
    return std::stod(text);
}
/// What README.md's table of `entente backtest` comes to, counted.
std::string validation()
{
    const std::string readme = read_file(SOURCE_DIR "/README.md"), mark = "<!-- backtest -->\n";
    const std::size_t begin = readme.find(mark) + mark.size();
    std::string text = "| fitted up to | series | years predicted | the model beats all three simple forecasts in | the uncalibrated model is as good or better in | mean CRPS: "
                       "model, uncalibrated, best simple one | values inside the model's 50, 80, 90, 95 % intervals |\n|---|---|---|---|---|---|---|\n";
    struct Count {
        int series = 0, best = 0, uncalibrated = 0;
        std::string years, scores;
    };
    std::map<std::string, Count> all;
    for (const std::string& line : split(readme.substr(begin, readme.find("<!-- end -->", begin) - begin), '\n')) {
        std::vector<std::string> cells = split(line, '|');
        if (cells.size() < 9) continue;
        for (std::string& c : cells) c = trim(c);
        Count& count = all[cells[1]];
        if (cells[2].starts_with("%")) {
            text += fmt::format("| {} | {} | {} | {} | {} | {} | {} % |\n", cells[1], count.series, count.years, count.best, count.uncalibrated, count.scores, cells[4]);
        } else if (cells[2] == "all together" || cells[2].starts_with("`")) {
            const double model = number_in(cells[4]), uncalibrated = number_in(cells[5]), simple = std::min({number_in(cells[6]), number_in(cells[7]), number_in(cells[8])});
            if (cells[2] == "all together") count.years = cells[3], count.scores = fmt::format("{:.2f}, {:.2f}, {:.2f}", model, uncalibrated, simple);
            else ++count.series, count.best += model < simple, count.uncalibrated += uncalibrated <= model;
        }
    }
    return text;
}

const std::map<std::string, std::function<std::string()>> blocks = {{"coverage", coverage},         {"statements", statements},   {"left_out", left_out},
                                                                    {"expectations", expectations}, {"calibration", calibration}, {"validation", validation}};

TEST(Evidence, TablesAreThoseOfTheirSources)
{
    const std::string mark = "<!-- generated: ", close = " -->\n", end_mark = "<!-- end -->";
    std::string text = read_file(page_path);
    std::set<std::string> seen;
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
        const std::size_t name_at = at + mark.size(), name_end = text.find(close, name_at), begin = name_end + close.size(), end = text.find(end_mark, begin);
        ASSERT_NE(end, std::string::npos) << "a block without an end";
        const std::string name = text.substr(name_at, name_end - name_at);
        ASSERT_TRUE(blocks.contains(name)) << name;
        seen.insert(name);
        const std::string is = text.substr(begin, end - begin), should = blocks.at(name)();
        if (std::getenv("ENTENTE_UPDATE") != nullptr) text.replace(begin, end - begin, should);
        else EXPECT_EQ(is, should) << "block " << name << "; ENTENTE_UPDATE=1 ./entente test -R Evidence writes it anew";
        at = begin;
    }
    EXPECT_EQ(seen.size(), blocks.size());
    if (std::getenv("ENTENTE_UPDATE") != nullptr) write_file(page_path, text);
}

/// "Suite.Name" of every test there is; of those over lanes the suite's name is a macro's.
std::set<std::string> all_tests()
{
    static const std::regex test(R"(\nTEST(?:_F|_P)?\((\w+), (\w+)\))");
    std::set<std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(SOURCE_DIR "/tests")) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        const std::string text = "\n" + read_file(entry.path().string());
        for (std::sregex_iterator m(text.begin(), text.end(), test), end; m != end; ++m) all.insert((*m)[1].str() + "." + (*m)[2].str());
    }
    return all;
}
/// What a page names that is not there: tests as `Suite.Name`, commands as `./entente COMMAND ...`, files as links and in backticks.
std::vector<std::string> missing(const std::string& page)
{
    static const std::regex test(R"(`([A-Z]\w*\.[A-Z]\w*)`)"), command(R"(\./entente (\w+))"), link(R"(\]\(([^)#]+)(#[^)]*)?\))"),
        file(R"(\b((?:tests|calibration|scenarios|engine|results)/[\w/]+\.\w+))");
    const std::set<std::string> tests = all_tests();
    std::vector<std::string> all;
    for (std::sregex_iterator m(page.begin(), page.end(), test), end; m != end; ++m)
        if (!tests.contains((*m)[1])) all.push_back((*m)[1]);
    for (std::sregex_iterator m(page.begin(), page.end(), command), end; m != end; ++m)
        if ((*m)[1] != "test" && !fs::exists(fmt::format(SOURCE_DIR "/engine/cli/{}.cpp", (*m)[1].str()))) all.push_back((*m)[1]);
    for (std::sregex_iterator m(page.begin(), page.end(), link), end; m != end; ++m)
        if (!fs::exists(fs::path(page_path).parent_path() / (*m)[1].str())) all.push_back((*m)[1]);
    for (std::sregex_iterator m(page.begin(), page.end(), file), end; m != end; ++m)
        if (!(*m)[1].str().starts_with("results/") && !fs::exists(fmt::format(SOURCE_DIR "/{}", (*m)[1].str()))) all.push_back((*m)[1]);
    return all;
}

TEST(Evidence, NamesWhatIsThere)
{
    const std::string page = read_file(page_path);
    for (const std::string& name : missing(page)) ADD_FAILURE() << "EVIDENCE.md names what is not there: " << name;
    EXPECT_GT(std::ranges::count(page, '`'), 200);
}

TEST(Evidence, WhatIsNotThereIsFound)
{
    const std::vector<std::string> found = missing(
        "`ReferenceCore.IsReproduced`, `ReferenceCore.IsRefuted`, `./entente run x` and `./entente prove`, [here](ODD.md#top), [there](OTHER.md), calibration/targets.csv, "
        "tests/none.csv, results/made.h5");
    EXPECT_EQ(found, (std::vector<std::string>{"ReferenceCore.IsRefuted", "prove", "OTHER.md", "tests/none.csv"}));
}

} // namespace
