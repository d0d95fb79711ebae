// Every program in results/README.md runs as it stands on a result.
#include "core/text.hpp"
#include "sample.hpp"
#include "shell.hpp"
#include "write_file.hpp"
#include <iostream>

namespace entente {
namespace {

struct Block {
    std::string language, text;
};

std::vector<Block> blocks_of(const std::string& markdown)
{
    std::vector<Block> blocks;
    bool inside = false;
    for (const std::string& line : split(markdown, '\n')) {
        if (line.starts_with("```")) {
            if (!inside) blocks.push_back({line.substr(3), ""});
            inside = !inside;
        } else if (inside) blocks.back().text += line + "\n";
    }
    return blocks;
}

/// Says it where nobody overlooks it, also in a run whose tests all pass.
bool skip_loudly(const std::string& what, const std::string& missing)
{
    std::cerr << "SKIPPED LOUDLY: " << what << " was not run, because this machine lacks " << missing << "\n";
    return true;
}

struct Snippets : testing::Test {
    TemporaryFolder folder;
    void SetUp() override { sample::write(folder / "a.h5", sample::scenario(300), Keep::agents); }

    Ran run(const Block& block, const std::string& interpreter)
    {
        const std::string asked = "results/baseline.h5";
        const std::size_t at = block.text.find(asked);
        EXPECT_NE(at, std::string::npos);
        std::string text = block.text;
        text.replace(at, asked.size(), folder / "a.h5");
        write_file(folder / "snippet", text);
        return shell(interpreter + " '" + (folder / "snippet") + "'");
    }
};

TEST_F(Snippets, Python)
{
    std::size_t found = 0;
    const auto drawn = std::ranges::find_if(describe().parameters, [](const Row& row) { return row.mark != Mark::fixed; });
    for (const Block& block : blocks_of(results_readme())) {
        if (block.language != "python") continue;
        ++found;
        bool skipped = false;
        for (const std::string module : {"xarray", "h5py", "netCDF4", "h5netcdf"}) {
            const std::string wanted = module == "netCDF4" ? "netcdf4" : module;
            if (!skipped && block.text.find(wanted) != std::string::npos && shell("/usr/bin/python3 -c 'import " + module + "'").code != 0)
                skipped = skip_loudly("a Python program of results/README.md", "Python's " + module);
        }
        if (skipped) continue;
        const Ran ran = run(block, "/usr/bin/python3 -W error::FutureWarning");
        EXPECT_EQ(ran.code, 0) << block.text << ran.output;
        const std::pair<std::string, std::string> shown[] = {{"class_count", "transactional    0.2"}, {"event_date", "224 of 299"}, {"parameter_draw", std::string(drawn->name)}};
        for (const auto& [read, printed] : shown) EXPECT_TRUE(block.text.find(read) == std::string::npos || ran.output.find(printed) != std::string::npos) << ran.output;
    }
    EXPECT_EQ(found, 3u);
}

TEST_F(Snippets, R)
{
    std::size_t found = 0;
    for (const Block& block : blocks_of(results_readme())) {
        if (block.language != "r") continue;
        ++found;
        if (shell("Rscript -e 'library(ncdf4)'").code != 0 && skip_loudly("the R program of results/README.md", "Rscript with ncdf4")) continue;
        const Ran ran = run(block, "Rscript");
        EXPECT_EQ(ran.code, 0) << block.text << ran.output;
        EXPECT_NE(ran.output.find("transactional"), std::string::npos) << ran.output;
        EXPECT_NE(ran.output.find("0.2"), std::string::npos) << ran.output;
        EXPECT_EQ(ran.output.find("Warning"), std::string::npos) << ran.output;
    }
    EXPECT_EQ(found, 1u);
}

TEST_F(Snippets, EveryGroupOpensInBothEnginesOfXarray)
{
    if (shell("/usr/bin/python3 -c 'import xarray, h5netcdf, netCDF4'").code != 0) {
        skip_loudly("opening each group with xarray", "Python's xarray, h5netcdf or netCDF4");
        return;
    }
    write_file(folder / "open.py", "import sys, xarray as xr\n"
                                   "for group in ['provenance', 'summary', 'runs', 'trajectories', 'agents']:\n"
                                   "    a, b = (xr.open_dataset(sys.argv[1], group=group, engine=e).load() for e in ['h5netcdf', 'netcdf4'])\n"
                                   "    assert a.identical(b) or a.equals(b), group\n"
                                   "    assert all('long_name' in v.attrs for v in a.variables.values()), group\n"
                                   "runs = xr.open_dataset(sys.argv[1], group='runs', engine='h5netcdf')\n"
                                   "assert runs.outcome.dtype == 'uint8' and runs.failed_quarter.dtype == 'int16' and runs.quarter.dtype == 'float64'\n"
                                   "assert runs.outcome.dims == ('quarter', 'run') and int(runs.outcome.sel(quarter=2045.125, run=7)) == (124 + 7) % 5 + 8\n"
                                   "assert str(runs.quarter_label.sel(quarter=2045.125).values) == '2045Q1'\n");
    const Ran ran = shell("/usr/bin/python3 '" + (folder / "open.py") + "' '" + (folder / "a.h5") + "'");
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
