// plot: a result as a figure, drawn by gnuplot.
#include "../report/plot.hpp"
#include "../report/result.hpp"
#include "command.hpp"
#include "gnuplot.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include <filesystem>
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;
using report::Format;

static Format format_of(const std::string& out)
{
    for (const auto& [ending, format] : {std::pair{".svg", Format::svg}, std::pair{".pdf", Format::pdf}, std::pair{".png", Format::png}})
        if (out.ends_with(ending)) return format;
    throw UsageError(fmt::format("entente plot: --out: a name that ends with .svg, .pdf or .png, got '{}'", out));
}

int plot_command(const std::vector<std::string>& arguments)
{
    po::options_description options("FILE: a result of `run`. Draws the shares of the classes over time, with gnuplot. Options");
    options.add_options()("out,o", po::value<std::string>(), "the figure, FILE.svg, FILE.pdf or FILE.png; beside the result, as SVG, if not given")(
        "force", "replace another file there")("script", "print the script for gnuplot instead, with its data in it");
    const po::variables_map given = parse("plot", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const std::string out = given.count("out") != 0 ? given["out"].as<std::string>() : std::filesystem::path(file).replace_extension(".svg").string();
    const Format format = format_of(out);
    throw_if_for_another_command("plot", file);
    const bool script_alone = given.count("script") != 0;
    if (!script_alone) throw_if_text_is_kept_from("--out", out, given.count("force") != 0);
    const std::string script = reading("plot", [&] {
        const StoredResult result = read_result(file);
        return report::class_shares_script(report::answer_of(result), result.provenance.seed, format);
    });
    if (script_alone) {
        tell("{}", script);
        return done;
    }
    const std::string figure = drawn(script);
    write_file(out, format == Format::svg ? report::svg_with_script(figure, script) : figure);
    tell("{}\n", out);
    return done;
}

} // namespace entente::cli
