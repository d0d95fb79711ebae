#include "layout.hpp"
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
* A program that was interrupted leaves a file in which `provenance/complete` is 0. It holds the first unbroken stretch of finished runs; the summary
  covers all finished runs.
* The order of runs and every number in the file are the same whatever the number of threads.

A posterior, which `entente calibrate` writes, is a file of its own (`format` is `{posterior}`, version {posterior_version}), laid out as ArviZ's InferenceData: groups `posterior` and
`prior` with one variable for each parameter, (chain, draw); structures are whole numbers, their answers in the attribute `alternatives`; `posterior_predictive` and
`prior_predictive` with one for each target, (chain, draw, its dates), would-be observations with their errors, rounded to a 32nd of the target's; `observed_data` the same without draws;
`constant_data` the errors (`_sd`) and what the posterior was fitted to (`_fitted`); `sample_stats`. The group `calibration`, below, holds the rest.
)";

static constexpr const char* python_text = R"(
The programs below read two files. Make these first, in the repository's folder:

```sh
./entente run scenarios/baseline.toml
./entente sweep scenarios/sweeps/taiwan_peace.toml
```

## Python

With xarray (Debian: python3-xarray with python3-h5netcdf or python3-netcdf4). The class shares of 2045:

```python
import xarray as xr

file = "results/baseline.h5"
summary = xr.open_dataset(file, group="summary", engine="h5netcdf")
counts = summary["class_count"].sel(quarter=2045.125)
shares = counts / counts.sum("class")
print(shares.to_series())
print(summary["quantile"].sel(variable="alignment_index", level=[0.05, 0.5, 0.95], quarter=2045.125).values)
```

The dates of an event, ready for a Kaplan-Meier curve (time since the free future began; seen or censored), with the other engine:

```python
import numpy as np
import xarray as xr

file = "results/baseline.h5"
runs = xr.open_dataset(file, group="runs", engine="netcdf4")
good = runs.isel(run=np.flatnonzero(runs["failed_quarter"].values < 0))
date = good["event_date"].sel(event="rupture")
seen = np.isfinite(date.values)
time = date.fillna(good["observed_until"]).values - good["observed_from"].values
# lifelines.KaplanMeierFitter().fit(time, seen); by hand:
at_risk, left = len(time), 1.0
for t in np.unique(time[seen]):
    events = np.sum(seen & (time == t))
    left *= 1 - events / np.sum(time >= t)
print(f"{seen.sum()} of {at_risk} runs see a rupture; not seen by the horizon: {left:.3f}")
```

Drawn parameters against the outcome, with h5py alone:

```python
import h5py
import numpy as np

with h5py.File("results/baseline.h5") as file:
    runs = file["runs"]
    quarter = list(runs["quarter_label"].asstr()[:]).index("2045Q1")
    good = runs["failed_quarter"][:] < 0
    aligned = (runs["outcome"][quarter] & 7)[good] >= 3
    for i, name in enumerate(runs["parameter"].asstr()[:]):
        draws = runs["parameter_draw"][i][good]
        varies = draws.std() > 0 and aligned.std() > 0
        print(name, runs["parameter_unit"].asstr()[i], np.corrcoef(draws, aligned)[0, 1] if varies else 0.0)
    print(file["provenance/scenario_resolved"].asstr()[()][:200])
```

A sweep: each policy against the first, paired, and an outcome over the points of the design:

```python
import numpy as np
import xarray as xr

file = "results/taiwan_peace.h5"
value = xr.open_dataset(file, group="outcomes", engine="h5netcdf")["value"].isel(outcome=0)  # policy, replicate, point
difference = (value - value.isel(policy=0)).mean("point")  # equal replicates share their random numbers at all points: they are what repeats
error = difference.std("replicate", ddof=1) / np.sqrt(difference.sizes["replicate"])
for policy in difference["policy"].values:
    print(policy, float(difference.sel(policy=policy).mean()), "+-", float(error.sel(policy=policy)))

points = xr.open_dataset(file, group="design", engine="h5netcdf")["value"].to_pandas()  # one row a point, one column a factor
points["outcome"] = value.isel(policy=0).mean("replicate").to_series()
print(points.describe())
```

A posterior that `entente calibrate` has written, as ArviZ has them: `arviz.from_netcdf(file)` reads it too, for its plots and figures.

```python
import xarray as xr

file = "calibration/baseline_posterior.h5"
posterior = xr.open_dataset(file, group="posterior", engine="h5netcdf")
for name, draws in posterior.data_vars.items():  # chain, draw
    if "alternatives" in draws.attrs:  # a structure: shares of its answers
        answers = draws.attrs["alternatives"].split("|")
        print(name, {answer: float((draws == i).mean()) for i, answer in enumerate(answers)})
    else:
        print(name, draws.attrs["units"], float(draws.mean()), draws.quantile([0.05, 0.95]).values)
```

Weights of the runs by what was observed since, as `entente assimilate results/baseline.h5 --observed FILE.csv --out baseline_weights.h5` writes them. Group `weights`
has `weight` and `log_likelihood` along `run`, which is that of the result, and `effective`, the number of equal runs that they are worth:

```python
import h5py
import numpy as np

with h5py.File("results/baseline.h5") as result, h5py.File("baseline_weights.h5") as file:
    runs, weight = result["runs"], file["weights/weight"][:]
    outcome = runs["outcome"][list(runs["quarter_label"].asstr()[:]).index("2045Q1")] & 7
    for number, name in enumerate(["rupture", "estrangement", "transactional", "alignment", "alliance"]):
        print(name, weight[outcome == number].sum())
    print("worth", 1 / np.sum(weight**2), "equal runs:", file["weights/effective"][()])
```
)";

static constexpr const char* r_text = R"(
## R

With ncdf4 (Debian: r-cran-ncdf4). **R shows dimensions in reverse order**: what is (quarter, run) below is `[run, quarter]` in R.

```r
library(ncdf4)
nc <- nc_open("results/baseline.h5")
quarter <- ncvar_get(nc, "summary/quarter")
counts <- ncvar_get(nc, "summary/class_count")                  # [quarter, class]
at <- which(quarter == 2045.125)
print(setNames(counts[at, ] / sum(counts[at, ]), ncvar_get(nc, "summary/class")))

date <- ncvar_get(nc, "runs/event_date")                        # [run, event]
good <- ncvar_get(nc, "runs/failed_quarter") < 0
date <- date[good, which(ncvar_get(nc, "runs/event") == "rupture")]
from <- c(ncvar_get(nc, "runs/observed_from"))
until <- c(ncvar_get(nc, "runs/observed_until"))
seen <- !is.na(date)
time <- ifelse(seen, date, until) - from
if (requireNamespace("survival", quietly = TRUE)) {
  print(survival::survfit(survival::Surv(time, seen) ~ 1))
} else print(table(seen))

draws <- ncvar_get(nc, "runs/parameter_draw", collapse_degen = FALSE)  # [run, parameter]
colnames(draws) <- ncvar_get(nc, "runs/parameter")
outcome <- ncvar_get(nc, "runs/outcome")                        # [run, quarter]
aligned <- bitwAnd(outcome[good, at], 7L) >= 3
print(head(sort(suppressWarnings(abs(cor(draws[good, , drop = FALSE], aligned)))[, 1], decreasing = TRUE)))
nc_close(nc)
```

A sweep: each policy against the first, paired.

```r
library(ncdf4)
nc <- nc_open("results/taiwan_peace.h5")
value <- ncvar_get(nc, "outcomes/value", collapse_degen = FALSE)[, , , 1, drop = FALSE]  # [point, replicate, policy, outcome]
policy <- ncvar_get(nc, "outcomes/policy")
for (k in seq_along(policy)) {
  difference <- colMeans(value[, , k, 1] - value[, , 1, 1], na.rm = TRUE)  # by replicate
  cat(policy[k], mean(difference), "+-", sd(difference) / sqrt(length(difference)), "\n")
}
points <- t(ncvar_get(nc, "design/value", collapse_degen = FALSE))  # one row a point, one column a factor
colnames(points) <- ncvar_get(nc, "design/factor")
print(summary(data.frame(points, outcome = rowMeans(value[, , 1, 1], na.rm = TRUE), check.names = FALSE)))
nc_close(nc)
```

A posterior, for the package posterior (Debian: r-cran-posterior), which knows R-hat and effective sizes.

```r
library(ncdf4)
read_posterior <- function(file, group = "posterior") {
  nc <- nc_open(file)
  on.exit(nc_close(nc))
  names <- grep(paste0("^", group, "/"), names(nc$var), value = TRUE)
  draws <- lapply(names, function(name) ncvar_get(nc, name, collapse_degen = FALSE))  # each [draw, chain]
  array(unlist(draws), c(dim(draws[[1]]), length(names)),
        list(NULL, NULL, sub(".*/", "", names)))                  # [draw, chain, variable]
}
draws <- read_posterior("calibration/baseline_posterior.h5")
if (requireNamespace("posterior", quietly = TRUE)) {
  print(suppressWarnings(posterior::summarise_draws(posterior::as_draws_array(draws))))
} else print(t(apply(draws, 3, summary)))                       # a row for each variable
```

Weights of the runs by what was observed since: see the last program in Python.

```r
library(ncdf4)
result <- nc_open("results/baseline.h5")
file <- nc_open("baseline_weights.h5")
weight <- c(ncvar_get(file, "weights/weight"))
at <- which(ncvar_get(result, "summary/quarter") == 2045.125)
outcome <- bitwAnd(ncvar_get(result, "runs/outcome")[, at], 7L)
print(tapply(weight, factor(outcome, 0:4, ncvar_get(result, "summary/class")), sum, default = 0))
cat("worth", 1 / sum(weight^2), "equal runs:", ncvar_get(file, "weights/effective"), "\n")
nc_close(file)
nc_close(result)
```

## A first look

`ncdump -h results/baseline.h5` lists everything; `h5ls -r results/baseline.h5` and `h5dump -d /provenance/scenario_text results/baseline.h5` work too.
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
    text += python_text;
    text += r_text;
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
