// Which figures a result has.
#pragma once
#include "../../experiment/findings.hpp"
#include "../figures/figure.hpp"

namespace entente::report {

struct FiguresFound {
    std::vector<Figure> figures;
    std::vector<Omitted> omitted;
};
/// Of a run.
FiguresFound figures_of(const RunFindings& found);
/// Of a sweep.
FiguresFound figures_of(const SweepFindings& found);
/// Of a posterior.
FiguresFound figures_of(const PosteriorFindings& found);
/// Of two runs.
FiguresFound figures_of(const RunPairFindings& pair, const Findings& all);

} // namespace entente::report
