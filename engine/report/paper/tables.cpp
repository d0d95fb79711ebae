#include "tables.hpp"
#include "../../ensemble/reported.hpp"
#include <algorithm>

namespace entente::report {

std::vector<PaperTable> tables_of(const RunFindings& f)
{
    const Origin o = origin_of(f.result);
    std::vector<PaperTable> all;
    const bool free = f.answer.horizon >= f.answer.start && f.result.summary.runs > f.result.summary.failed;
    if (free) all.push_back(table_of_classes(f.answer, o)), all.push_back(table_of_orientations(f.answer, o));
    if (f.survival) all.push_back(table_of_events(f.answer, f.survival->times, o));
    if (free && f.answer.uncertainty) all.push_back(table_of_uncertainty(f.answer, o));
    if (f.answer.drivers) all.push_back(table_of_drivers(*f.answer.drivers, o));
    if (f.sensitivity) all.push_back(table_of_sensitivity(*f.sensitivity, o));
    if (f.boxes) all.push_back(table_of_boxes(*f.boxes, o));
    for (const DatedConventions& c : f.conventions)
        if (c.date == report_quarter(f.answer.horizon)) all.push_back(table_of_conventions(c, o));
    if (f.convergence) all.push_back(table_of_convergence(*f.convergence, o));
    const auto rates = std::ranges::find(f.kept, "rates", &Analysis::name);
    all.push_back(table_of_base_rates(rates == f.kept.end() ? "" : rates->document, o));
    all.push_back(table_of_structures(f.source.scenario, o));
    all.push_back(table_of_parameters(f.source.scenario, o));
    all.push_back(table_of_claims());
    return all;
}

std::vector<PaperTable> tables_of(const SweepFindings& f)
{
    const Origin o = origin_of(f.sweep);
    std::vector<PaperTable> all = {table_of_policies(f.estimate, o)};
    if (f.sensitivity) all.push_back(table_of_sensitivity(*f.sensitivity, o));
    if (f.boxes) all.push_back(table_of_boxes(*f.boxes, o));
    if (!f.sweep.head.factors.empty()) all.push_back(table_of_factors(f.sweep.head, o));
    all.push_back(table_of_structures(f.scenario, o));
    all.push_back(table_of_parameters(f.scenario, o));
    all.push_back(table_of_claims());
    return all;
}

std::vector<PaperTable> tables_of(const PosteriorFindings& f)
{
    const Origin o = origin_of(f.posterior);
    std::vector<PaperTable> all = {table_of_posterior(f.diagnosis, o)};
    if (!f.diagnosis.targets.empty()) all.push_back(table_of_fit(f.diagnosis, o));
    return all;
}

std::vector<std::string> table_names(Stored kind)
{
    if (kind == Stored::run)
        return {"classes",     "orientations", "event_times", "uncertainty", "drivers",    "sensitivity", "boxes",
                "conventions", "convergence",  "base_rates",  "structures",  "parameters", "claims"};
    return kind == Stored::sweep ? std::vector<std::string>{"policies", "indices", "sensitivity", "boxes", "factors", "structures", "parameters", "claims"}
                                 : std::vector<std::string>{"posterior", "fit"};
}

} // namespace entente::report
