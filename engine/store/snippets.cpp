// How to read a result file in Python and R: the programs that results/README.md shows, and tests run.
#include "snippets.hpp"

namespace entente {

static constexpr const char* python_text = R"PAGE(
The programs below read two files; [RECIPES.md](RECIPES.md) feeds SALib, the EMA workbench, PRIM and Snakemake. Make these first, in the repository's folder:

```sh
./entente run scenarios/baseline.toml
./entente sweep scenarios/sweeps/taiwan_peace.toml
```

## Python

With xarray, pandas and matplotlib (Debian: python3-xarray with python3-h5netcdf or python3-netcdf4, python3-matplotlib; python3-jinja2 for the table). The outcome chart, a fan
chart and a table for LaTeX (`\usepackage{booktabs}`), five lines each:

```python
import matplotlib.pyplot as plt
import xarray as xr

summary = xr.open_dataset("results/baseline.h5", group="summary", engine="h5netcdf").sel(quarter=slice(2025, None))
counts = summary["class_count"].to_pandas().T  # one row a quarter, one column a class
shares = 100 * counts.div(counts.sum(axis=1), axis=0)

axes = shares.plot.area(lw=0, color=["#a63a00", "#f0a550", "#e6e6e1", "#5b9bd0", "#0b3c6f"])
handles, labels = axes.get_legend_handles_labels()
axes.legend(handles[::-1], labels[::-1], loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
axes.set(xlim=(shares.index[0], shares.index[-1]), ylim=(0, 100), xlabel="", ylabel="% of futures")
axes.figure.savefig("outcomes.pdf", bbox_inches="tight")

fan = summary["quantile"].sel(variable="alignment_index").to_pandas()  # one row a level, one column a quarter
axes = fan.loc[0.5].plot(color="#0b3c6f", xlabel="", ylabel="alignment index", ax=plt.figure().gca())
for low, high in [(0.05, 0.95), (0.25, 0.75)]:
    axes.fill_between(fan.columns, fan.loc[low], fan.loc[high], color="#5b9bd0", alpha=0.4, lw=0)
axes.figure.savefig("fan.pdf", bbox_inches="tight")

table = shares.loc[[2030.125, 2045.125, 2049.875]].T  # the middle of a quarter
table.columns = summary["quarter_label"].sel(quarter=table.columns).values
table = table.iloc[::-1].rename_axis(index=None, columns=r"\% of futures in")
print(table.style.format(precision=1).to_latex(hrules=True, column_format="lrrr"))
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
)PAGE";

static constexpr const char* r_text = R"PAGE(
## R

With ncdf4 (Debian: r-cran-ncdf4). The same three first. **R shows dimensions in reverse order**: what is (quarter, run) below is `[run, quarter]` in R.

```r
library(ncdf4)
nc <- nc_open("results/baseline.h5")
quarter <- ncvar_get(nc, "summary/quarter")
free <- quarter >= 2025
class <- ncvar_get(nc, "summary/class")
counts <- ncvar_get(nc, "summary/class_count")                  # [quarter, class]
shares <- 100 * counts / rowSums(counts)

pdf("figures.pdf", 7, 4)                                        # two pages
par(mar = c(3, 4, 1, 8))
barplot(t(shares[free, ]), names.arg = floor(quarter[free]), col = c("#a63a00", "#f0a550", "#e6e6e1", "#5b9bd0", "#0b3c6f"),
        border = NA, space = 0, ylab = "% of futures", legend.text = class, args.legend = list(x = "right", inset = -0.3, bty = "n", border = NA))

fan <- ncvar_get(nc, "summary/quantile")[free, ncvar_get(nc, "summary/variable") == "alignment_index", ]  # [quarter, level]
colnames(fan) <- ncvar_get(nc, "summary/level")
plot(quarter[free], fan[, "0.5"], type = "l", ylim = range(fan[, c("0.05", "0.95")]), xlab = "", ylab = "alignment index", col = "#0b3c6f", lwd = 2)
for (band in list(c("0.05", "0.95"), c("0.25", "0.75")))
  polygon(c(quarter[free], rev(quarter[free])), c(fan[, band[1]], rev(fan[, band[2]])), border = NA, col = "#5b9bd066")
invisible(dev.off())

at <- match(c(2030.125, 2045.125, 2049.875), quarter)           # the middle of a quarter
cells <- apply(shares[at, ], 2, function(share) paste(sprintf("%.1f", share), collapse = " & "))
rows <- paste(c("\\% of futures in", rev(class)), "&", c(paste(ncvar_get(nc, "summary/quarter_label")[at], collapse = " & "), rev(cells)), "\\\\")
cat("\\begin{tabular}{lrrr}", "\\toprule", rows[1], "\\midrule", rows[-1], "\\bottomrule", "\\end{tabular}", sep = "\n")
nc_close(nc)
```

When events come, and what goes with the outcome of 2045:

```r
library(ncdf4)
nc <- nc_open("results/baseline.h5")
at <- which(ncvar_get(nc, "summary/quarter") == 2045.125)
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
)PAGE";

std::string snippets() { return std::string(python_text) + r_text; }

} // namespace entente
