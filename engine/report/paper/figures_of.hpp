// Which figures a result has.
#pragma once
#include "../../experiment/findings.hpp"
#include "../figures/figure.hpp"

namespace entente::report {

struct FiguresFound {
    std::vector<Figure> figures;
    std::vector<Omitted> omitted;
};
FiguresFound figures_of(const RunFindings& found);
FiguresFound figures_of(const SweepFindings& found);
FiguresFound figures_of(const PosteriorFindings& found);
FiguresFound figures_of(const RunPairFindings& pair, const Findings& all);

} // namespace entente::report
