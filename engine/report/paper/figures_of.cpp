#include "figures_of.hpp"
#include "../../analysis/narrative.hpp"
#include "../figures/figures.hpp"

namespace entente::report {
namespace {

/// Takes a figure, or why there is none.
void add(FiguresFound& to, FigureOrWhy made)
{
    if (Figure* const figure = std::get_if<Figure>(&made)) to.figures.push_back(std::move(*figure));
    else to.omitted.push_back(std::move(std::get<Omitted>(made)));
}

} // namespace

FiguresFound figures_of(const RunFindings& f)
{
    const Origin o = origin_of(f.result);
    FiguresFound found;
    if (f.result.summary.runs == f.result.summary.failed) return found;
    found.figures.push_back(class_shares_figure(f.answer, o));
    for (Figure& fan : indicator_fans(f.result.summary, o)) found.figures.push_back(std::move(fan));
    found.figures.push_back(central_asia_figure(f.result.summary, o));
    if (f.answer.horizon < f.answer.start) return found;
    if (f.survival) add(found, survival_figure(f.survival->times, {}, o));
    add(found, uncertainty_figure(f.answer, o));
    add(found, kinds_figure(f.answer, o));
    add(found, drivers_figure(f.answer, o));
    if (f.sensitivity)
        for (std::size_t k = 0; k < f.sensitivity->found.outcomes.size(); ++k) add(found, sensitivity_figure(*f.sensitivity, k, o));
    if (f.boxes) add(found, boxes_figure(f.boxes->searched, f.boxes->discovery, o));
    if (f.replayed) {
        const Told told{f.replayed->job, f.replayed->result, 0};
        add(found, timeline_figure(told, narrative(told), f.replayed->job.replicates[0], o));
    }
    return found;
}

FiguresFound figures_of(const SweepFindings& f)
{
    const Origin o = origin_of(f.sweep);
    FiguresFound found;
    FigureOrWhy heat = heat_figure(f.sweep, {}, o), points = points_figure(f.sweep, {}, o);
    const bool grid = std::holds_alternative<Figure>(heat);
    if (grid || std::holds_alternative<Omitted>(points)) add(found, std::move(heat));
    if (std::holds_alternative<Figure>(points)) add(found, std::move(points));
    if (f.sensitivity)
        for (std::size_t k = 0; k < f.sensitivity->found.outcomes.size(); ++k) add(found, sensitivity_figure(*f.sensitivity, k, o));
    if (f.boxes) add(found, boxes_figure(f.boxes->searched, f.boxes->discovery, o));
    return found;
}

FiguresFound figures_of(const PosteriorFindings& f)
{
    const Origin o = origin_of(f.posterior);
    FiguresFound found;
    add(found, posterior_figure(f.diagnosis, o));
    for (std::size_t t = 0; t < f.diagnosis.targets.size(); ++t) add(found, predictive_figure(f.diagnosis, t, o));
    return found;
}

FiguresFound figures_of(const RunPairFindings& pair, const Findings& all)
{
    const Origin a = origin_of(all.runs[pair.a].result), b = origin_of(all.runs[pair.b].result);
    FiguresFound found;
    add(found, contrast_figure(pair.comparison, a, b));
    add(found, contrast_course_figure(pair.comparison, a, b));
    return found;
}

} // namespace entente::report
