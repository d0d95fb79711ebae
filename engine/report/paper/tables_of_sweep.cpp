// Tables of a sweep's policies, of two results' differences, and of a posterior.
#include "../../core/quarter.hpp"
#include "../../ensemble/reported.hpp"
#include "../../store/sweep_file.hpp"
#include "../words.hpp"
#include "tables.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

/// A share is shown in %, all else as it is.
double scale_of(const Quantity& q) { return is_share(q) ? 100 : 1; }
int digits_of(const Quantity& q, double x) { return is_share(q) ? 1 : std::abs(x) >= 100 ? 1 : 3; }
PaperCell cell_of(const Interval& x, const Quantity& q) { return interval_cell(x.estimate, x.low, x.high, scale_of(q), digits_of(q, x.estimate)); }
PaperCell with_sign(PaperCell cell)
{
    if (const double* const x = std::get_if<double>(&cell.exact[0]); x && *x > 0) cell.shown.insert(0, "+");
    return cell;
}
PaperCell value_of(double x, const Quantity& q) { return {std::isfinite(x) ? fmt::format("{:.{}f}", scale_of(q) * x, digits_of(q, x)) : "–", {x}}; }
std::string outcome_text(const Quantity& q) { return is_share(q) ? q.text + ", %" : heading_of(q); }

std::vector<PaperColumn> difference_columns()
{
    return {{"A", "", {"a"}}, {"B", "", {"b"}}, {"Difference (95 %)", "", {"difference", "difference_low", "difference_high"}}, {"", "", {"standard_error"}, Align::none}, {"", "", {"pairs"}, Align::none}};
}
std::vector<PaperCell> difference_cells(const PairedDifference& d, const Quantity& q)
{
    return {value_of(d.mean_a, q), value_of(d.mean_b, q), with_sign(cell_of(interval_of(d), q)), exact_cell(d.standard_error), exact_cell(static_cast<double>(d.pairs))};
}

/// "0.31 (0.22–0.40)" of a median and 5 to 95 %, with three digits that count.
PaperCell summary_cell(const DrawSummary& s) { return {fmt::format("{:.3g} ({:.3g} to {:.3g})", s.median, s.low, s.high), {s.median, s.low, s.high}}; }
PaperCell digits_cell(double x, int digits) { return {std::isfinite(x) ? fmt::format("{:.{}g}", x, digits) : "–", {x}}; }

} // namespace

PaperTable table_of_factors(const SweepHead& h, const Origin& o)
{
    PaperTable t{.name = "factors",
                 .title = fmt::format("What was varied: {}", o.scenario),
                 .note = fmt::format("Sets: the section and name in the scenario. {}, {}. {}", counted(h.points, "point", "points"),
                                     counted(h.replicates, "replicate each", "replicates each"), origin_text(o)),
                 .columns = {{"Factor", "", {"factor"}, Align::prose, 0.2},
                             {"Sets", "", {"sets"}, Align::prose, 0.2},
                             {"Meaning", "", {"meaning"}, Align::prose, 0.26},
                             {"Unit", "", {"unit"}, Align::text},
                             {"Values", "", {"values"}, Align::prose, 0.2}},
                 .rows = {}};
    for (const FactorText& f : h.factors) t.rows.push_back({{words_cell(f.name), words_cell(f.sets), words_cell(f.meaning), words_cell(f.unit), words_cell(f.values)}});
    return t;
}

PaperTable table_of_policies(const SweepEstimate& e, const Origin& o)
{
    const std::string against = e.policies[e.against];
    PaperTable t{.name = "policies",
                 .title = fmt::format("Outcomes of each policy, over all points: {}", o.scenario),
                 .note = {},
                 .columns = {{"Outcome", "", {"outcome"}, Align::text},
                             {"Policy", "", {"policy"}, Align::prose, 0.3},
                             {"Estimate (95 %)", "", {"estimate", "low", "high"}},
                             {"Less " + against, "", {"difference", "difference_low", "difference_high"}, e.policies.size() > 1 ? Align::number : Align::none},
                             {"", "", {"replicates"}, Align::none}},
                 .rows = {},
                 .groups = PaperTable::Groups::by_first};
    for (std::size_t k = 0; k < e.outcomes.size(); ++k)
        for (std::size_t p = 0; p < e.policies.size(); ++p) {
            const PolicyEstimate& of = e.estimates[k][p];
            const Quantity& q = e.outcomes[k];
            t.rows.push_back({{{outcome_text(q), {q.text}},
                               words_cell(e.policies[p]),
                               cell_of(of.value, q),
                               p == e.against ? PaperCell{"", {std::nan(""), std::nan(""), std::nan("")}} : with_sign(cell_of(of.difference, q)),
                               exact_cell(static_cast<double>(of.replicates))}});
        }
    t.note = fmt::format(
        "{}, {}: intervals hold the points fixed and come from replicates, which share their random numbers between points and policies; without brackets no interval is known. {}",
        counted(e.points, "point", "points"), counted(e.replicates, "replicate each", "replicates each"), origin_text(o));
    return t;
}

PaperTable table_of_differences(const RunComparison& c, const std::string& a, const std::string& b, const Origin& o)
{
    PaperTable t{.name = "differences", .title = fmt::format("What changes from {} to {}", a, b), .note = {}, .columns = {{"Share of futures, %", "", {"quantity"}, Align::text}}, .rows = {}};
    for (PaperColumn& column : difference_columns()) t.columns.push_back(std::move(column));
    const std::string others = "are in the CSV alone.";
    for (const Shift& s : c.shifts) {
        const Quantity q = parse_quantity(s.quantity);
        const bool event = q.kind == Quantity::Kind::seen;
        const bool shown = event ? std::max(s.difference.mean_a, s.difference.mean_b) > 0.01 : q.to == report_quarter(static_cast<int>(c.class_shares.size() / outcome_classes) - 1);
        PaperRow row{{words_cell(s.quantity)}, shown ? PaperRow::For::all : PaperRow::For::programs};
        for (PaperCell& cell : difference_cells(s.difference, q)) row.cells.push_back(std::move(cell));
        t.rows.push_back(std::move(row));
    }
    t.note = fmt::format("A: {}, B: {}; {} on the same random numbers, paired run by run; intervals: Student's t of the differences. Other dates, and events that at most one "
                         "future in a hundred sees, {} {}",
                         a, b, counted(c.used(), "pair of futures", "pairs of futures"), others, origin_text(o));
    return t;
}

PaperTable table_of_differences(const SweepPairs& pairs, const SweepComparison& c, const Origin& o)
{
    PaperTable t{.name = "differences",
                 .title = fmt::format("What changes from {} to {}", pairs.a, pairs.b),
                 .note = {},
                 .columns = {{"Outcome", "", {"quantity"}, Align::text}, {"Policy", "", {"policy"}, Align::text}},
                 .rows = {},
                 .groups = PaperTable::Groups::by_first};
    for (PaperColumn& column : difference_columns()) t.columns.push_back(std::move(column));
    for (std::size_t i = 0; i < c.shifts.size(); ++i) {
        const Quantity q = parse_quantity(pairs.outcomes[i / pairs.policies.size()].name);
        PaperRow row{{{outcome_text(q), {q.text}}, words_cell(pairs.policies[i % pairs.policies.size()].name)}};
        for (PaperCell& cell : difference_cells(c.shifts[i].difference, q)) row.cells.push_back(std::move(cell));
        t.rows.push_back(std::move(row));
    }
    t.note = fmt::format("A: {}, B: {}; paired by replicate and point. {}", pairs.a, pairs.b, origin_text(o));
    return t;
}

PaperTable table_of_posterior(const Diagnosis& d, const Origin& o)
{
    PaperTable t{.name = "posterior",
                 .title = fmt::format("What calibration says of each parameter: {}", o.scenario),
                 .note = {},
                 .columns = {{"Parameter", "", {"parameter"}, Align::text},
                             {"Meaning", "", {"meaning"}, Align::prose, 0.22},
                             {"Prior", "", {"prior_median", "prior_p5", "prior_p95"}},
                             {"Posterior", "", {"posterior_median", "posterior_p5", "posterior_p95"}},
                             {"Learned", "%", {"contraction", "contraction_standard_error"}},
                             {"R-hat", "", {"rhat"}},
                             {"ESS", "", {"ess_bulk", "ess_tail"}}},
                 .rows = {}};
    for (const ParameterDiagnosis& p : d.parameters)
        t.rows.push_back({{words_cell(p.parameter.name),
                           words_cell(p.parameter.meaning),
                           summary_cell(p.prior),
                           summary_cell(p.posterior),
                           {std::isfinite(p.learned.contraction) ? fmt::format("{:.0f}{}", 100 * p.learned.contraction + 0.0, p.learned.learned ? "" : "°") : "–",
                            {p.learned.contraction, p.learned.contraction_error}},
                           number_cell(p.trust.rhat, 3),
                           {std::isfinite(p.trust.ess_bulk) ? fmt::format("{:.0f}", p.trust.ess_bulk) : "–", {p.trust.ess_bulk, p.trust.ess_tail}}}});
    t.note = fmt::format("Median and 5 to 95 %. Learned: 1 less posterior over prior variance, of logarithms where the prior is skewed; ° nothing that would matter. R-hat and "
                         "effective sample size (bulk) by ranks "
                         "(Vehtari et al. 2021): {}. {} of {}; seed {}, entente {}.",
                         d.trusted ? "the draws can be trusted as a sample" : "the draws cannot be trusted as a sample", counted(d.chains, "chain", "chains"),
                         counted(d.draws, "draw", "draws"), o.seed, o.version);
    return t;
}

PaperTable table_of_fit(const Diagnosis& d, const Origin& o)
{
    PaperTable t{.name = "fit",
                 .title = fmt::format("What was observed, and what the posterior predicts: {}", o.scenario),
                 .note = fmt::format("On the scale on which the error of an observation is normal. Predicted: median and 5 to 95 % of would-be observations. p: of one as far out "
                                     "as the observed, two-sided; under the "
                                     "prior in brackets. Seed {}, entente {}.",
                                     o.seed, o.version),
                 .columns = {{"Target", "", {"target"}, Align::text},
                             {"Date", "", {"date"}, Align::text},
                             {"Observed", "", {"observed"}},
                             {"s.d.", "", {"sd"}},
                             {"Used", "", {"fitted"}, Align::text},
                             {"Predicted", "", {"predicted_median", "predicted_p5", "predicted_p95"}},
                             {"p", "", {"p", "prior_p"}}},
                 .rows = {},
                 .groups = PaperTable::Groups::by_first};
    for (const TargetDiagnosis& target : d.targets)
        for (const ObservationDiagnosis& of : target.observations)
            t.rows.push_back({{{target.target + (target.met ? "" : " (not met)"), {target.target}},
                               words_cell(of.observed.date),
                               digits_cell(of.observed.value, 3),
                               digits_cell(of.observed.sd, 2),
                               {of.observed.fitted ? "fitted" : "predicted", {of.observed.fitted ? 1.0 : 0.0}},
                               summary_cell(of.predicted),
                               {fmt::format("{:.2g}{}", of.p, of.prior_p ? fmt::format(" ({:.2g})", *of.prior_p) : ""), {of.p, of.prior_p.value_or(std::nan(""))}}}});
    return t;
}

} // namespace entente::report
