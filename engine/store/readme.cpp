#include "layout.hpp"
#include "snippets.hpp"
#include <fmt/format.h>

namespace entente {

using namespace store;

static constexpr const char* opening = R"(# What a result file holds, and how to read it

<!-- Written by the program from the table with which it writes result files: change engine/store/layout.cpp or engine/store/readme.cpp, not this file. -->

A result is one HDF5 file that xarray, h5py, netCDF tools, R and the browser open as it is. Each group stands alone and carries its own coordinates;
open the group that you need. Version of the format: {version} (attribute `format_version` of the file; `format` is `{format}`).

* Quarters count from 2014Q1. The coordinate `quarter` is the decimal year at the middle of the quarter: 2045Q1 is 2045.125.
* An outcome is a number: class (0 rupture, 1 estrangement, 2 transactional, 3 alignment, 4 alliance) + 8 x orientation (0 autonomous, 1 vassal, 2 western turn).
  So `outcome & 7` is the class and `outcome >> 3` the orientation; the attributes `flag_masks`, `flag_values`, `flag_meanings` say the same.
* An event that a run does not see by the horizon has the date NaN: it is censored at `observed_until`, it is not missing.
* A run with `failed_quarter` >= 0 met a value that is no number or far outside its range, or took longer than `--run-limit`. Leave it out; the summary does.
* `parameter_distribution` is what each parameter of a run was drawn from; `posterior(...)` with median and 5 to 95 % if runs take it together with others from the draws of a
  calibration, which stand under `[posterior]` at the end of `provenance/scenario_resolved`, a text of numbers for each parameter, one number for each draw.
* `reported` holds the variables that classes are made of, and those that the answer shows, of every run at the end of a few quarters (`report_date`). Classes under other thresholds
  can be read off them (`entente conventions`).
* `analyses` holds what commands found in the file and were asked to keep (`--save`): JSON by name of the command, described in JSON.md. In Python
  `json.loads(h5py.File(file)["analyses/document"][0])`. It is no data: `entente diff` and `entente run FILE.h5` pass over it.
* Parameters that are the same in all runs are not repeated for each: they stand along `constant`.
* A program that was interrupted leaves a file in which `provenance/complete` is 0, if that is a matter of a second or two, else its parts alone. It holds the first unbroken stretch of finished runs; the summary
  covers all finished runs.
* The order of runs and every number in the file are the same whatever the number of threads.

A posterior, which `entente calibrate` writes, is a file of its own (`format` is `{posterior}`, version {posterior_version}), laid out as ArviZ's InferenceData: groups `posterior` and
`prior` with one variable for each parameter, (chain, draw); structures are whole numbers, their answers in the attribute `alternatives`; `posterior_predictive` and
`prior_predictive` with one for each target, (chain, draw, its dates), would-be observations with their errors, rounded to a 32nd of the target's; `observed_data` the same without draws;
`constant_data` the errors (`_sd`) and what the posterior was fitted to (`_fitted`); `sample_stats`. The group `calibration`, below, holds the rest.
)";

static const char* kept_from(Keep least)
{
    switch (least) {
    case Keep::none: return "";
    case Keep::outcomes: return " In the file: `--keep outcomes` and more.";
    case Keep::trajectories: return " In the file: `--keep trajectories` and more.";
    case Keep::agents: return " In the file: `--keep agents`.";
    }
    return "";
}

static std::string cell(std::string text)
{
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
    return text;
}

std::string results_readme()
{
    std::string text = fmt::format(fmt::runtime(opening), fmt::arg("version", result_format_version), fmt::arg("format", result_format), fmt::arg("posterior", posterior_format),
                                   fmt::arg("posterior_version", posterior_format_version));
    text += snippets();
    text += "\n## Groups and variables\n\nDimensions stand slowest first, as Python and C have them. A variable whose dimension is itself is a coordinate. Every variable has "
            "`units` and "
            "`long_name`.\n";
    for (const GroupText& group : groups()) {
        text += fmt::format("\n### /{}\n\n{}{}.{}\n\n| variable | dimensions | type | unit | meaning |\n|---|---|---|---|---|\n", group.name,
                            static_cast<char>(group.meaning[0] - 'a' + 'A'), group.meaning + 1, kept_from(group.least));
        for (const VariableText& variable : variables()) {
            if (std::string_view(variable.group) != group.name) continue;
            std::string dimensions;
            for (const std::string& dimension : dimensions_of(variable)) dimensions += (dimensions.empty() ? "" : ", ") + dimension;
            text += fmt::format("| `{}` | {} | {} | {} | {} |\n", variable.name, dimensions.empty() ? "one value" : dimensions, type_name(variable.type), variable.units,
                                cell(variable.meaning));
        }
    }
    return text;
}

} // namespace entente
