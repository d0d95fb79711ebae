// Every program in results/README.md runs as it stands on a result.
#include "core/text.hpp"
#include "fenced.hpp"
#include "made_posterior.hpp"
#include "sample.hpp"
#include "shell.hpp"
#include "store/sweep_file.hpp"
#include "store/weights.hpp"
#include "sweeps.hpp"
#include "write_file.hpp"
#include <regex>
#include <sstream>

namespace entente {
namespace {

struct Snippets : testing::Test {
    TemporaryFolder folder;
    void SetUp() override
    {
        sample::write(folder / "a.h5", sample::scenario(300), Keep::agents);
        write_posterior(folder / "p.h5", made::posterior());
        write_weights(folder / "w.h5", {.weight = std::vector(300, 1. / 300), .log_likelihood = std::vector(300, 0.), .effective = 300}); // shares as they are without
        write_file(folder / "s.toml", small_sweep);
        ASSERT_EQ(shell(fmt::format("'{}' sweep '{}' --out '{}'", PROGRAM, folder / "s.toml", folder / "s.h5")).code, 0);
    }

    /// The first outcome's difference between the two policies of the sweep, its first digits.
    /// Whether a program printed how far the second policy lies from the first, in whatever way it writes numbers.
    bool shows_difference(const std::string& printed) const
    {
        const std::vector<double> value = read_outcome(folder / "s.h5", 0);
        double sum = 0;
        for (std::size_t i = 0; i < value.size() / 2; ++i) sum += value[value.size() / 2 + i] - value[i];
        const std::string name = "no deals ";
        const std::size_t at = printed.find(name);
        const double mean = sum / (static_cast<double>(value.size()) / 2);
        return at != std::string::npos && std::abs(std::stod(printed.substr(at + name.size())) - mean) < 1e-5 * std::abs(mean);
    }

    bool is_pdf(const std::string& name) const { return std::filesystem::exists(folder / name) && read_file(folder / name).starts_with("%PDF"); }

    Ran run(const Fenced& block, const std::string& interpreter)
    {
        std::string text = block.text;
        std::size_t replaced = 0;
        for (const auto& [asked, given] : {std::pair<std::string, std::string>("results/baseline.h5", folder / "a.h5"),
                                           {"results/taiwan_peace.h5", folder / "s.h5"},
                                           {"calibration/baseline_posterior.h5", folder / "p.h5"},
                                           {"baseline_weights.h5", folder / "w.h5"}})
            if (const std::size_t at = text.find(asked); at != std::string::npos) text.replace(at, asked.size(), given), ++replaced;
        EXPECT_EQ(replaced, block.text.find("_weights") == std::string::npos ? 1u : 2u) << block.text;
        write_file(folder / "snippet", text);
        return shell("cd '" + folder.path.string() + "' && MPLBACKEND=Agg " + interpreter + " snippet");
    }
};

TEST_F(Snippets, Python)
{
    std::size_t found = 0;
    const auto drawn = std::ranges::find_if(describe().parameters, [](const Row& row) { return row.mark != Mark::fixed; });
    for (const Fenced& block : boxes_of(results_readme())) {
        if (block.language != "python") continue;
        ++found;
        bool skipped = false;
        for (const std::string module : {"xarray", "h5py", "netCDF4", "h5netcdf", "matplotlib", "jinja2"}) {
            const std::string wanted = module == "netCDF4" ? "netcdf4" : module == "jinja2" ? "to_latex" : module;
            if (!skipped && block.text.find(wanted) != std::string::npos && shell("/usr/bin/python3 -c 'import " + module + "'").code != 0)
                skipped = skip_loudly("a Python program of results/README.md", "Python's " + module);
        }
        if (skipped) continue;
        const Ran ran = run(block, "/usr/bin/python3 -W error::FutureWarning");
        EXPECT_EQ(ran.code, 0) << block.text << ran.output;
        const std::pair<std::string, std::string> shown[] = {
            {"class_count", "transactional & 20."}, {"event_date", "224 of 299"}, {"parameter_draw", std::string(drawn->name)}, {"alternatives", "reading {'first': 0.5"}, {"_weights", "equal runs: 300"}};
        for (const auto& [read, printed] : shown) EXPECT_TRUE(block.text.find(read) == std::string::npos || ran.output.find(printed) != std::string::npos) << ran.output;
        EXPECT_TRUE(block.text.find("savefig") == std::string::npos || (is_pdf("outcomes.pdf") && is_pdf("fan.pdf"))) << ran.output;
        EXPECT_TRUE(block.text.find("\"outcomes\"") == std::string::npos || shows_difference(ran.output)) << ran.output;
    }
    EXPECT_EQ(found, 6u);
}

// What a program reads is made by a line that stands before it.
TEST_F(Snippets, FilesAreMadeFirst)
{
    std::string made;
    std::size_t found = 0;
    for (const Fenced& block : boxes_of(results_readme())) {
        if (block.language == "sh") made += block.text;
        static const std::regex file(R"(results/(\w+)\.h5)");
        for (std::sregex_iterator at(block.text.begin(), block.text.end(), file); at != std::sregex_iterator(); ++at, ++found)
            EXPECT_NE(made.find("/" + (*at)[1].str() + ".toml\n"), std::string::npos) << (*at)[0] << " is not made before\n" << block.text;
    }
    EXPECT_GE(found, 6u);
    std::istringstream lines(made);
    for (std::string line; std::getline(lines, line);) EXPECT_TRUE(std::filesystem::exists(SOURCE_DIR "/" + line.substr(line.rfind(' ') + 1))) << line;
}

TEST_F(Snippets, R)
{
    std::size_t found = 0;
    for (const Fenced& block : boxes_of(results_readme())) {
        if (block.language != "r") continue;
        ++found;
        if (shell("Rscript -e 'library(ncdf4)'").code != 0 && skip_loudly("the R program of results/README.md", "Rscript with ncdf4")) continue;
        const Ran ran = run(block, "Rscript");
        EXPECT_EQ(ran.code, 0) << block.text << ran.output;
        if (block.text.find("read_posterior") != std::string::npos) {
            const bool counts = shell("Rscript -e 'library(posterior)'").code == 0 || !skip_loudly("R's posterior on a posterior", "r-cran-posterior");
            EXPECT_NE(ran.output.find("drift"), std::string::npos) << ran.output;
            EXPECT_EQ(ran.output.find("ess_bulk") != std::string::npos, counts) << ran.output;
            EXPECT_EQ(ran.output.find("Warning"), std::string::npos) << ran.output;
            continue;
        }
        const std::pair<std::string, std::string> shown[] = {{"class_count", "transactional & 20."}, {"event_date", "224"}, {"_weights", "equal runs: 300"}};
        for (const auto& [read, printed] : shown) EXPECT_TRUE(block.text.find(read) == std::string::npos || ran.output.find(printed) != std::string::npos) << ran.output;
        EXPECT_TRUE(block.text.find("outcomes/") == std::string::npos || shows_difference(ran.output)) << ran.output;
        EXPECT_TRUE(block.text.find("pdf(") == std::string::npos || is_pdf("figures.pdf"));
        EXPECT_EQ(ran.output.find("Warning"), std::string::npos) << ran.output;
    }
    EXPECT_EQ(found, 5u);
}

TEST_F(Snippets, EveryGroupOpensInBothEnginesOfXarray)
{
    if (shell("/usr/bin/python3 -c 'import xarray, h5netcdf, netCDF4'").code != 0) {
        skip_loudly("opening each group with xarray", "Python's xarray, h5netcdf or netCDF4");
        return;
    }
    write_file(folder / "open.py",
               "import sys, xarray as xr\n"
               "for group in ['provenance', 'summary', 'runs', 'trajectories', 'agents']:\n"
               "    a, b = (xr.open_dataset(sys.argv[1], group=group, engine=e).load() for e in ['h5netcdf', 'netcdf4'])\n"
               "    assert a.identical(b) or a.equals(b), group\n"
               "    assert all('long_name' in v.attrs for v in a.variables.values()), group\n"
               "for group in ['posterior', 'prior', 'posterior_predictive', 'prior_predictive', 'observed_data', 'constant_data', 'sample_stats', 'calibration']:\n"
               "    a, b = (xr.open_dataset(sys.argv[2], group=group, engine=e).load() for e in ['h5netcdf', 'netcdf4'])\n"
               "    assert a.identical(b) or a.equals(b), group\n"
               "    assert all('long_name' in v.attrs and 'units' in v.attrs for v in a.variables.values()), group\n"
               "    assert group == 'calibration' or a.attrs['inference_library'] == 'entente', group\n"
               "after = xr.open_dataset(sys.argv[2], group='posterior_predictive', engine='netcdf4')\n"
               "assert after.share.dims == ('chain', 'draw', 'share_date') and after.share.shape == (4, 500, 2)\n"
               "runs = xr.open_dataset(sys.argv[1], group='runs', engine='h5netcdf')\n"
               "assert runs.outcome.dtype == 'uint8' and runs.failed_quarter.dtype == 'int16' and runs.quarter.dtype == 'float64'\n"
               "assert runs.outcome.dims == ('quarter', 'run') and int(runs.outcome.sel(quarter=2045.125, run=7)) == (124 + 7) % 5 + 8\n"
               "assert str(runs.quarter_label.sel(quarter=2045.125).values) == '2045Q1'\n");
    const Ran ran = shell("/usr/bin/python3 '" + (folder / "open.py") + "' '" + (folder / "a.h5") + "' '" + (folder / "p.h5") + "'");
    EXPECT_EQ(ran.code, 0) << ran.output;
}

TEST_F(Snippets, Ncdump)
{
    const Ran ran = shell("ncdump -h '" + (folder / "a.h5") + "'");
    if (ran.code == 127) {
        skip_loudly("ncdump -h", "netcdf-bin");
        return;
    }
    EXPECT_EQ(ran.code, 0) << ran.output;
    EXPECT_NE(ran.output.find("ubyte outcome(quarter, run)"), std::string::npos) << ran.output;
    EXPECT_EQ(ran.output.find("_FillValue"), std::string::npos);
}

} // namespace
} // namespace entente
