// The kinds of figures that plot draws, each of one kind of file.
#pragma once
#include "../report/figures/figure.hpp"
#include "inputs.hpp"
#include <span>

namespace entente::cli {

/// What plot is asked for.
struct PlotAsked {
    std::string file;
    std::vector<std::string> words; ///< after the kind
    boost::program_options::variables_map given;
};
struct PlotKind {
    const char *name, *usage, *says;
    Input of;
    report::FigureOrWhy (*figure)(const PlotAsked&);
    std::size_t words = 0; ///< at most so many
};
std::span<const PlotKind> plot_kinds();

} // namespace entente::cli
