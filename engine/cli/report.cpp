// report: what results tell as a folder for a paper: figures, tables, the methods, a page.
#include "../report/figures/figure.hpp"
#include "../report/page/page.hpp"
#include "../report/paper/paper.hpp"
#include "../report/words.hpp"
#include "command.hpp"
#include "folder.hpp"
#include "gnuplot.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "terminal.hpp"
#include <algorithm>
#include <fmt/ranges.h>
#include <future>
#include <set>
#include <thread>
#include <unistd.h>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

/// What is being done, on a terminal; wiped away at the end.
class Doing {
public:
    void operator()(const std::string& what, double done) const
    {
        if (shown_) draw(fmt::format("\r\033[K{:3.0f} %  {}", 100 * done, printable_name(what).substr(0, 70)));
    }
    Doing() = default;
    ~Doing()
    {
        if (shown_) draw("\r\033[K");
    }
    Doing(const Doing&) = delete;
    Doing& operator=(const Doing&) = delete;

private:
    bool shown_ = isatty(STDERR_FILENO) == 1;
};

/// Throws UsageError with everything that is wrong with any of the files.
void throw_if_no_results(const std::vector<std::string>& files)
{
    std::vector<std::string> faults;
    std::set<std::filesystem::path> seen;
    for (const std::string& file : files) {
        try {
            const Input input = input_of(file);
            throw_if_for_another_command("report", file);
            if (input == Input::unknown)
                faults.push_back(std::filesystem::exists(file) ? fmt::format("entente report: {}: a result (.h5) is meant, and this is none", file)
                                                               : fmt::format("entente report: {}: there is no such file", file));
            else if (!seen.insert(std::filesystem::weakly_canonical(file)).second) faults.push_back(fmt::format("entente report: {}: stands twice", file));
        } catch (const UsageError& e) {
            faults.emplace_back(e.what());
        }
    }
    if (!faults.empty()) throw UsageError(fmt::format("{}", fmt::join(faults, "\n")));
}

FindingsAsked asked_from(const po::variables_map& given)
{
    FindingsAsked asked;
    asked.options.isa = given["isa"].as<std::string>(), asked.options.threads = threads_from(given);
    asked.resamples = given["resamples"].as<std::uint32_t>();
    if (asked.resamples < 20 || asked.resamples > 100'000) throw UsageError(fmt::format("entente report: --resamples: 20 to 100000, got {}", asked.resamples));
    if (given.count("of") == 0) return asked;
    try {
        asked.of = parse_given(given["of"].as<std::string>());
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("entente report: --of: {}", e.what()));
    }
    return asked;
}

/// Of the first result, so that the same results give the same bytes.
std::string made_at(const Findings& f)
{
    return !f.runs.empty() ? f.runs[0].result.provenance.created_at : !f.sweeps.empty() ? f.sweeps[0].sweep.head.provenance.created_at : f.posteriors[0].posterior.created_at;
}

/// What gnuplot makes of a figure: two widths as PDF, one as SVG.
std::vector<report::PaperFile> drawings_of(const report::PaperFigure& f, const std::string& at)
{
    using report::FigureWidth;
    const std::string svg = script_of(*f.figure, report::Format::svg, FigureWidth::two_columns), narrow = script_of(*f.figure, report::Format::pdf, FigureWidth::one_column);
    return {{f.path + ".svg", svg_with_script(drawn(svg), *f.figure, svg)},
            {f.path + ".pdf", report::pdf_made_at(drawn(script_of(*f.figure, report::Format::pdf, FigureWidth::two_columns)), at)},
            {fmt::format("figures/one_column/{}.gp", f.figure->name), narrow},
            {fmt::format("figures/one_column/{}.pdf", f.figure->name), report::pdf_made_at(drawn(narrow), at)}};
}

enum class Drawn : std::uint8_t { all, some, interrupted };
/// As many at a time as there are threads. A figure that gnuplot does not draw is told of and left out.
Drawn draw_figures(FolderToBe& folder, const report::Paper& paper, const std::string& at, std::uint32_t threads)
{
    const Doing doing;
    const std::vector<report::PaperFigure> figures = report::figures_in(paper);
    std::vector<std::string> faults;
    const std::size_t at_once = threads > 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
    for (std::size_t first = 0; first < figures.size(); first += at_once) {
        if (interruption()) return Drawn::interrupted;
        doing("drawing " + figures[first].path, static_cast<double>(first) / static_cast<double>(figures.size()));
        std::vector<std::future<std::vector<report::PaperFile>>> some;
        for (std::size_t f = first; f < std::min(figures.size(), first + at_once); ++f) some.push_back(std::async(std::launch::async, drawings_of, figures[f], at));
        std::optional<std::string> missing;
        for (std::size_t f = 0; f < some.size(); ++f) {
            try {
                for (const report::PaperFile& file : some[f].get()) folder.write(file.path, file.text);
            } catch (const GnuplotFault& e) {
                faults.push_back(fmt::format("{}: {}", figures[first + f].path, e.what()));
            } catch (const NoGnuplot& e) {
                missing = e.what();
            }
        }
        if (missing) faults.push_back(*missing);
        if (missing) break;
    }
    for (const std::string& fault : faults) talk("{}\n", fault);
    return faults.empty() ? Drawn::all : Drawn::some;
}

} // namespace

int report_command(const std::vector<std::string>& arguments)
{
    po::options_description options(
        "What results tell, as a folder for a paper. RESULTS: of `run`, `sweep` or `calibrate`, one or several; results of runs that share seed and number of runs are also "
        "compared, "
        "each with the first. Nothing is simulated but one run, for its story.\n\nDIR holds figures/ (PDF, SVG, and the .csv and .gp that made them; "
        "figures/one_column/ the same for one column), tables/ (.tex for LaTeX's booktabs, and .csv), methods.tex and references.bib, paper.tex, which includes them all, and "
        "index.html, a page to explore. What a result lacks is left out, and a line says what to run. Without gnuplot there are no figures, all else is made, and the exit code "
        "is 1.\n\nOptions");
    options.add_options()("out,o", po::value<std::string>(), "the folder")("force", "replace files of the same names in a folder that is there; all else in it stays")(
        "of", po::value<std::string>(), "of runs: what boxes are looked for, as for `discover`; the class that comes second in 2045Q1 if not given")(
        "resamples", po::value<std::uint32_t>()->default_value(200), "of intervals of sensitivity and of boxes; fewer are quicker and rougher")(
        "isa", po::value<std::string>()->default_value(""), isa_meaning)("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning);
    const po::variables_map given = parse("report", arguments, options, {"RESULTS..."});
    const auto files = given["RESULTS..."].as<std::vector<std::string>>();
    if (given.count("out") == 0) throw UsageError("entente report: --out is missing: the folder that is to be made");
    const auto out = given["out"].as<std::string>();
    throw_if_folder_is_kept_from("--out", out, given.count("force") != 0);
    throw_if_no_results(files);
    const FindingsAsked asked = asked_from(given);
    end_at_interruption();
    std::optional<Findings> findings;
    std::vector<std::optional<FirstRuns>> held;
    reading("report", [&] {
        const Doing doing;
        findings = findings_in(files, asked, std::cref(doing));
        for (const RunFindings& run : findings->runs) held.push_back(first_runs(run.file, run.result, report::page_run_bytes / findings->runs.size()));
    });
    watch_for_interruption();
    const report::Paper paper = report::paper_of(*findings);
    for (const auto& [name, why] : paper.omitted) talk("{}: {}\n", name, why);
    FolderToBe folder(out);
    std::vector<std::string> headings;
    std::size_t tables = 0;
    for (const report::PaperPart& part : paper.parts) headings.push_back(part.heading), tables += part.tables.size();
    for (const report::PaperFile& file : report::files_of(paper, *findings)) folder.write(file.path, file.text);
    folder.write("index.html", report::page_of(*findings, held, fmt::format("{}", fmt::join(headings, "; "))));
    const Drawn figures = draw_figures(folder, paper, made_at(*findings), asked.options.threads);
    if (figures == Drawn::interrupted) return ended_early();
    folder.take_its_place();
    tell("{}\n", out);
    talk("{}{}. index.html opens in a browser; paper.tex is set with pdflatex.\n",
         figures == Drawn::all ? report::counted(report::figures_in(paper).size(), "figure, ", "figures, ") : "", report::counted(tables, "table", "tables"));
    return figures == Drawn::all ? done : failed;
}

} // namespace entente::cli
