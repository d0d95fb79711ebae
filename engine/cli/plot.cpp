#include "plot.hpp"
#include "gnuplot.hpp"
#include "options.hpp"
#include "terminal.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;
using report::Format, report::FigureWidth;

namespace {

Format format_of(const std::string& out)
{
    for (const auto& [ending, format] : {std::pair{".svg", Format::svg}, std::pair{".pdf", Format::pdf}, std::pair{".png", Format::png}})
        if (out.ends_with(ending)) return format;
    throw UsageError(fmt::format("entente plot: --out: a name that ends with .svg, .pdf or .png, got '{}'", out));
}

/// "the result of a run"
const char* made_by(Input input)
{
    switch (input) {
    case Input::run_result: return "the result of a run, which `entente run` makes";
    case Input::sweep_result: return "the result of a sweep, which `entente sweep` makes";
    case Input::posterior: return "a posterior, which `entente calibrate` makes";
    case Input::calibration: return "a calibration (.toml)";
    default: return "another file";
    }
}

/// The kind that is asked for, or the first that the file has.
const PlotKind& kind_of(const std::string& file, const std::vector<std::string>& words)
{
    const Input input = input_of(file);
    if (words.empty()) {
        const auto at = std::ranges::find(plot_kinds(), input, &PlotKind::of);
        return at == plot_kinds().end() ? plot_kinds().front() : *at; // which says what is wrong with the file
    }
    const auto at = std::ranges::find(plot_kinds(), words[0], &PlotKind::name);
    if (at == plot_kinds().end()) {
        std::vector<std::string> names;
        for (const PlotKind& kind : plot_kinds()) names.emplace_back(kind.name);
        throw UsageError(fmt::format("entente plot: KIND: {}, got '{}'{}", fmt::join(names, ", "), words[0], did_you_mean(words[0], names)));
    }
    const bool of_both = (std::string_view(at->name) == "sensitivity" || std::string_view(at->name) == "boxes") && input == Input::sweep_result;
    if (input != at->of && input != Input::unknown && !of_both) throw UsageError(fmt::format("entente plot: {}: '{}' draws {}", file, at->name, made_by(at->of)));
    if (words.size() > 1 + at->words) throw UsageError(fmt::format("entente plot: {}: too many words, '{}'", at->usage, words[1 + at->words]));
    return *at;
}

std::string help()
{
    std::string text = "RESULT as a figure, drawn by gnuplot: .svg, .pdf or .png. KIND says what is shown:\n";
    for (const PlotKind& kind : plot_kinds()) text += fmt::format("\n  {:<23} {}", kind.usage, kind.says);
    return text + "\n\nWithout KIND: shares of a run, heat of a sweep, posterior of a posterior. The SVG holds its script; --csv prints the numbers.\n\nOptions";
}

} // namespace

int plot_command(const std::vector<std::string>& arguments)
{
    po::options_description options(help());
    options.add_options()("out,o", po::value<std::string>(), "the figure, FILE.svg, FILE.pdf or FILE.png; beside the result, as SVG, if not given")(
        "columns", po::value<std::uint32_t>()->default_value(2), "width: 1 column of a journal's page (8.5 cm), or 2 (17.5 cm)")("force", "replace another file there")(
        "script", "print the script for gnuplot instead, with its data in it")("csv", "print the numbers as CSV instead")(
        "caption", "print a caption instead: n, seed, how intervals were made")("x", po::value<std::string>(), "heat, points: the factor across; the first if not given")(
        "y", po::value<std::string>(), "heat: the factor upwards; the second if not given")(
        "of", po::value<std::string>(), "heat, points, boxes: the outcome; of a sweep the first if not given")("policy", po::value<std::string>(), "of a sweep; the first if not given")(
        "in", po::value<std::string>(), "backtest: the folder of its posteriors; results if not given")("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning);
    const po::variables_map given = parse("plot", arguments, options, {"RESULT", "[KIND...]"});
    const auto file = given["RESULT"].as<std::string>();
    auto words = given.count("KIND...") != 0 ? given["KIND..."].as<std::vector<std::string>>() : std::vector<std::string>();
    throw_if_for_another_command("plot", file);
    const PlotKind& kind = kind_of(file, words);
    const auto columns = given["columns"].as<std::uint32_t>();
    if (columns != 1 && columns != 2) throw UsageError(fmt::format("entente plot: --columns: 1 or 2, got {}", columns));
    const bool printed = given.count("script") + given.count("csv") + given.count("caption") != 0;
    std::string out = given.count("out") != 0 ? given["out"].as<std::string>() : "";
    if (!out.empty()) format_of(out);
    if (!out.empty() && !printed) throw_if_text_is_kept_from("--out", out, given.count("force") != 0);
    watch_for_interruption();
    if (!words.empty()) words.erase(words.begin());
    const report::FigureOrWhy made = reading("plot", [&] { return kind.figure({file, words, given}); });
    if (interruption()) return ended_early();
    if (const auto* const omitted = std::get_if<report::Omitted>(&made)) throw UsageError(fmt::format("entente plot: {}: {}: {}", file, kind.name, omitted->why));
    const report::Figure& figure = std::get<report::Figure>(made);
    if (out.empty()) {
        out = std::filesystem::path(file).replace_extension().string() + (words.empty() && &kind == &plot_kinds().front() ? "" : "_" + figure.name) + ".svg";
        if (!printed) throw_if_text_is_kept_from("--out", out, given.count("force") != 0);
    }
    const Format format = format_of(out);
    const std::string script = report::script_of(figure, format, columns == 1 ? FigureWidth::one_column : FigureWidth::two_columns);
    if (given.count("script") != 0) tell("{}", script);
    else if (given.count("csv") != 0) tell("{}", figure.csv);
    else if (given.count("caption") != 0) tell("{}. {}\n", figure.title, figure.caption);
    if (printed) return done;
    const std::string drawing = drawn(script);
    write_file(out, format == Format::svg ? report::svg_with_script(drawing, figure, script) : drawing);
    tell("{}\n", out);
    return done;
}

} // namespace entente::cli
