// A paper's files, from what results tell: figures, tables, the methods with what they cite, and a skeleton that includes them all.
#pragma once
#include "../../experiment/findings.hpp"
#include "../figures/figure.hpp"
#include "table.hpp"

namespace entente::report {

/// What one result gives, or two together.
struct PaperPart {
    std::string prefix;  ///< of its files' names; "" if there is no other
    std::string heading; ///< its title
    std::vector<Figure> figures;
    std::vector<PaperTable> tables;
};
/// What a paper's folder is made of.
struct Paper {
    std::vector<PaperPart> parts;
    std::vector<Omitted> omitted; ///< what results lack
};
/// Names of files are told apart by those of the results.
Paper paper_of(const Findings& findings);

/// A file below that folder.
struct PaperFile {
    std::string path, text; ///< "tables/classes.tex"
};
/// A figure under the name of its files, "figures/classes" without an ending.
struct PaperFigure {
    std::string path;
    const Figure* figure;
};
/// In the order of the parts.
std::vector<PaperFigure> figures_in(const Paper& paper);
/// All but what gnuplot draws and the page: figures/NAME.csv and .gp, tables/NAME.tex and .csv, methods.tex, references.bib, paper.tex.
std::vector<PaperFile> files_of(const Paper& paper, const Findings& findings);
/// A PDF that says it was made then ("2026-11-30T12:27:00Z") and not now, so that the same numbers give the same bytes.
std::string pdf_made_at(std::string pdf, const std::string& time);
/// In words, with what to run.
std::string text_of(const Lacking& lacking);

} // namespace entente::report
