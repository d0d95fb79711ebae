// results/RECIPES.md is carried out: its files are written, its commands and programs run. Where a package is not there, which no registry of Debian's has, a stand-in
// takes its place that asks for what the package's documentation asks for.
#include "core/text.hpp"
#include "fenced.hpp"
#include "workplace.hpp"
#include "write_file.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <regex>

namespace entente {
namespace {

struct Recipes : testing::Test {
    Workplace place;
    std::string results;

    static bool has(const std::string& module) { return shell("/usr/bin/python3 -c 'import " + module + "'").code == 0; }

    /// What a program in Python printed, or nothing if it could not be run.
    std::string python(const Fenced& box)
    {
        if (!has("xarray, h5netcdf") && skip_loudly("a recipe in Python", "Python's xarray and h5netcdf")) return "";
        const std::string module = box.text.find("SALib") != std::string::npos ? "SALib" : box.text.find("ema_workbench") != std::string::npos ? "ema_workbench" : "prim";
        const bool itself = has(module) || !skip_loudly(module + " itself, for which a stand-in ran,", "it: pip install " + module);
        const std::string path = itself ? "" : "PYTHONPATH=" SOURCE_DIR "/tests/stand_ins ";
        write_file(place.folder / "recipe", box.text);
        const Ran ran = place.run("PYTHONDONTWRITEBYTECODE=1 " + path + "/usr/bin/python3 -W error::FutureWarning recipe");
        EXPECT_EQ(ran.code, 0) << box.text << ran.output;
        return ran.output;
    }
    std::string r(const Fenced& box)
    {
        if (shell("Rscript -e 'library(ncdf4)'").code != 0 && skip_loudly("a recipe in R", "Rscript with ncdf4")) return "";
        if (shell("Rscript -e 'library(prim)'").code != 0) skip_loudly("R's prim, for which a summary was printed,", "it: install.packages(\"prim\")");
        write_file(place.folder / "recipe", box.text);
        const Ran ran = place.run("Rscript recipe");
        EXPECT_EQ(ran.code, 0) << box.text << ran.output;
        return ran.output;
    }
};

/// The number after a word.
double after(const std::string& text, const std::string& word, std::size_t from)
{
    const std::size_t at = text.find(word, from);
    return at == std::string::npos ? std::nan("") : std::stod(text.substr(at + word.size()));
}

TEST_F(Recipes, RunAsTheyStand)
{
    std::size_t found = 0;
    for (const Fenced& box : boxes_of(read_file(SOURCE_DIR "/results/RECIPES.md"))) {
        ++found;
        if (const auto file = comment(box.before, "file: ")) {
            write_file(place.folder / *file, box.text);
        } else if (box.language == "sh") {
            if (box.text.find("snakemake") != std::string::npos && shell("command -v snakemake && command -v gnuplot").code != 0
                && skip_loudly("the recipe for Snakemake", "snakemake or gnuplot: apt-get install snakemake gnuplot-nox"))
                continue;
            const Ran ran = place.run("set -e\n" + box.text);
            ASSERT_EQ(ran.code, 0) << box.text << ran.output;
        } else if (box.text.find("SALib") != std::string::npos) {
            const std::string printed = python(box);
            if (printed.empty()) continue;
            const nlohmann::json here = nlohmann::json::parse(place.run("./entente sensitivity results/for_salib.h5 --json").output)["outcomes"][0]["inputs"];
            for (const auto& input : here) { // the same estimators of the same rows, by another program: order and names are what it expects
                const std::string name = input["input"];
                const std::size_t at = printed.find(name);
                ASSERT_NE(at, std::string::npos) << printed;
                EXPECT_NEAR(after(printed, "alone ", at), input["first"]["value"].get<double>(), 0.05) << name << "\n" << printed;
                EXPECT_NEAR(after(printed, "in all ", at), input["total"]["value"].get<double>(), 0.05) << name << "\n" << printed;
            }
            EXPECT_EQ(here.size(), 3u);
        } else if (box.language == "python") {
            const std::string printed = python(box);
            for (const std::string name : {"offer", "change"}) EXPECT_TRUE(printed.empty() || printed.find(name) != std::string::npos) << printed;
        } else {
            ASSERT_EQ(box.language, "r");
            const std::string printed = r(box);
            for (const std::string name : {"offer", "change"}) EXPECT_TRUE(printed.empty() || printed.find(name) != std::string::npos) << printed;
        }
    }
    EXPECT_EQ(found, 9u);
    if (!std::filesystem::exists(place.folder / "results/compared.txt")) return;
    const std::string compared = read_file(place.folder / "results/compared.txt");
    for (const std::string name : {"carrot_after_peace", "offer_after_succession", "internal_change"}) {
        EXPECT_NE(compared.find("B      results/" + name + ".h5"), std::string::npos) << compared;
        EXPECT_TRUE(std::filesystem::exists(place.folder / ("results/" + name + ".svg"))) << name;
    }
}

} // namespace
} // namespace entente
