#include "paper.hpp"
#include "../../experiment/provenance.hpp"
#include "../refusals.hpp"
#include "../words.hpp"
#include "figures_of.hpp"
#include "methods.hpp"
#include "references.hpp"
#include "tables.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr std::size_t floats_at_once = 4; ///< LaTeX holds few that it has found no place for

/// "results/B 1.h5" as "b_1", and another if that is taken.
std::string prefix_of(const std::string& file, const std::vector<PaperPart>& before)
{
    std::string stem;
    for (const char c : std::filesystem::path(file).stem().string()) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'), capital = c >= 'A' && c <= 'Z';
        stem += plain ? c : capital ? static_cast<char>(c - 'A' + 'a') : '_';
    }
    stem = stem.substr(0, 60);
    std::string prefix = stem + "_";
    for (int n = 2; std::ranges::find(before, prefix, &PaperPart::prefix) != before.end(); ++n) prefix = fmt::format("{}_{}_", stem, n);
    return prefix;
}

/// What the two of a pair are called: by their titles, or by their files if those are the same.
std::string called(const RunFindings& one, const RunFindings& other)
{
    const std::string &a = title_of(one.result.provenance), &b = title_of(other.result.provenance);
    return a == b ? std::filesystem::path(one.file).filename().string() : a;
}

std::string float_of(const PaperFigure& f)
{
    return fmt::format("\\begin{{figure}}[htbp]\n\\centering\n\\IfFileExists{{{0}.pdf}}{{\\includegraphics[width=\\linewidth]{{{0}.pdf}}}}{{\\fbox{{\\texttt{{gnuplot {1}.gp > "
                       "{1}.pdf}} draws it}}}}\n"
                       "\\caption{{{2}. {3}}}\\label{{fig:{4}}}\n\\end{{figure}}\n",
                       f.path, latex_text(f.path), latex_text(f.figure->title), latex_text(f.figure->caption), f.path.substr(f.path.find('/') + 1));
}

/// The skeleton. Everything a stranger wrote is behind latex_text().
std::string skeleton(const Paper& paper, bool cites)
{
    std::string out = "% pdflatex paper; bibtex paper; pdflatex paper; pdflatex paper\n"
                      "\\documentclass[11pt]{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\n"
                      "\\usepackage[a4paper,margin=2.2cm]{geometry}\n\\usepackage{graphicx,booktabs,array,longtable}\n\\setlength{\\emergencystretch}{3em}\n";
    std::string heading;
    for (const PaperPart& part : paper.parts) heading += (heading.empty() ? "" : "; ") + latex_text(part.heading);
    out += fmt::format("\\title{{{}}}\n\\author{{}}\n\\begin{{document}}\n\\maketitle\n\n\\section{{Methods}}\n\\input{{methods}}\n", heading);
    std::size_t floats = 0;
    const auto placed = [&] {
        if (++floats % floats_at_once == 0) out += "\\clearpage\n";
    };
    for (const PaperPart& part : paper.parts) {
        out += fmt::format("\n\\section{{{}}}\n", latex_text(part.heading));
        for (const Figure& f : part.figures) out += float_of({fmt::format("figures/{}{}", part.prefix, f.name), &f}), placed();
        for (const PaperTable& t : part.tables) out += fmt::format("\\input{{tables/{}{}}}\n", part.prefix, t.name), placed();
        out += "\\clearpage\n";
    }
    return out + (cites ? "\n\\bibliographystyle{plain}\n\\bibliography{references}\n" : "\n") + "\\end{document}\n";
}

} // namespace

Paper paper_of(const Findings& f)
{
    Paper paper;
    const bool one = f.runs.size() + f.sweeps.size() + f.posteriors.size() == 1;
    const auto add = [&](const std::string& file, std::string heading, FiguresFound figures, std::vector<PaperTable> tables) {
        std::erase_if(tables, [&](const PaperTable& t) { // what no result changes stands once
            return std::ranges::any_of(
                paper.parts, [&](const PaperPart& part) { return std::ranges::any_of(part.tables, [&](const PaperTable& before) { return latex_of(before) == latex_of(t); }); });
        });
        paper.parts.push_back({one ? "" : prefix_of(file, paper.parts), std::move(heading), std::move(figures.figures), std::move(tables)});
        for (Omitted& o : figures.omitted) paper.omitted.push_back({fmt::format("{}: {}", file, o.name), std::move(o.why)});
    };
    for (const RunFindings& run : f.runs) add(run.file, title_of(run.result.provenance), figures_of(run), tables_of(run));
    for (const SweepFindings& sweep : f.sweeps) add(sweep.file, title_of(sweep.sweep.head.provenance), figures_of(sweep), tables_of(sweep));
    for (const PosteriorFindings& posterior : f.posteriors) add(posterior.file, posterior.posterior.title, figures_of(posterior), tables_of(posterior));
    for (const RunPairFindings& pair : f.run_pairs) {
        const std::string a = called(f.runs[pair.a], f.runs[pair.b]), b = called(f.runs[pair.b], f.runs[pair.a]);
        add("differences_" + std::filesystem::path(f.runs[pair.b].file).stem().string(), fmt::format("{}, less {}", b, a), figures_of(pair, f),
            {table_of_differences(pair.comparison, a, b, origin_of(f.runs[pair.a].result))});
    }
    for (const SweepPairFindings& pair : f.sweep_pairs)
        add("differences_" + std::filesystem::path(f.sweeps[pair.b].file).stem().string(), fmt::format("{}, less {}", pair.pairs.b, pair.pairs.a), {},
            {table_of_differences(pair.pairs, pair.comparison, origin_of(f.sweeps[pair.a].sweep))});
    for (PaperPart& part : paper.parts) // labels are told apart as files are
        for (PaperTable& t : part.tables) t.name = part.prefix + t.name;
    for (PaperPart& part : paper.parts)
        for (Figure& figure : part.figures) figure.name = part.prefix + figure.name;
    for (PaperPart& part : paper.parts) part.prefix.clear();
    for (const Lacking& lacking : f.lacking) paper.omitted.push_back({fmt::format("{}: {}", lacking.file, lacking.what), text_of(lacking)});
    return paper;
}

std::vector<PaperFigure> figures_in(const Paper& paper)
{
    std::vector<PaperFigure> all;
    for (const PaperPart& part : paper.parts)
        for (const Figure& figure : part.figures) all.push_back({"figures/" + figure.name, &figure});
    return all;
}

std::vector<PaperFile> files_of(const Paper& paper, const Findings& findings)
{
    std::vector<PaperFile> files;
    for (const PaperFigure& f : figures_in(paper)) {
        files.push_back({f.path + ".csv", f.figure->csv});
        files.push_back({f.path + ".gp", script_of(*f.figure, Format::pdf, FigureWidth::two_columns)});
    }
    for (const PaperPart& part : paper.parts)
        for (const PaperTable& t : part.tables) {
            files.push_back({fmt::format("tables/{}.tex", t.name), latex_of(t)});
            files.push_back({fmt::format("tables/{}.csv", t.name), csv_of(t)});
        }
    const std::string methods = methods_tex(findings);
    const std::vector<std::string> cited = cited_in(methods);
    const std::string version = !findings.runs.empty()     ? findings.runs[0].result.provenance.engine_version
                                : !findings.sweeps.empty() ? findings.sweeps[0].sweep.head.provenance.engine_version
                                                           : findings.posteriors[0].posterior.engine_version;
    files.push_back({"methods.tex", methods});
    files.push_back({"references.bib", references_bib(cited, latex_text(version))});
    files.push_back({"paper.tex", skeleton(paper, !cited.empty())});
    return files;
}

std::string pdf_made_at(std::string pdf, const std::string& time)
{
    static constexpr std::string_view before = "/CreationDate (D:";
    static constexpr std::size_t length = 14;
    std::string digits;
    for (const char c : time)
        if (c >= '0' && c <= '9' && digits.size() < length) digits += c;
    const std::size_t at = pdf.find(before);
    if (at != std::string::npos && digits.size() == length && at + before.size() + length <= pdf.size()) pdf.replace(at + before.size(), length, digits);
    return pdf;
}

std::string text_of(const Lacking& l)
{
    static constexpr std::string_view asked_by = "entente compare: ";
    if (l.refusal) {
        const std::string why = text_of(*l.refusal);
        return why.starts_with(asked_by) ? why.substr(asked_by.size()) : why;
    }
    switch (l.remedy) {
    case Lacking::Remedy::keep_outcomes: return l.why + "; `entente run SCENARIO --keep outcomes` makes a result that does";
    case Lacking::Remedy::draw: return l.why + "; `entente run SCENARIO --parameters priors` draws them";
    case Lacking::Remedy::discover: return fmt::format("{}; `entente discover {} --of QUANTITY` looks for any", l.why, l.file);
    case Lacking::Remedy::none: break;
    }
    return l.why;
}

} // namespace entente::report
