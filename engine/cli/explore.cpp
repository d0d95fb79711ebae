// explore: scenarios into a page that simulates them itself, by the model as a WebAssembly module; or the fingerprint by which such a page's futures are known.
#include "../ensemble/explored.hpp"
#include "../report/page/explore_page.hpp"
#include "../report/words.hpp"
#include "../version.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "shipped.hpp"
#include <filesystem>
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

/// More would be too slow in a page and too large in memory.
static constexpr std::uint32_t most_explored = 100'000;

/// Where the build puts the module, or else where a package does.
static std::string module_path()
{
    std::error_code unknown; // where there is no /proc
    return shipped((std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path() / "wasm" / "entente.wasm").string(), "wasm/entente.wasm");
}

/// The module's bytes. Throws if it is missing, or of another version than this program.
static std::string module_in(const std::string& path)
{
    constexpr const char* how =
        "./entente explore, in the sources, builds it where it can be built; by hand: cmake --preset wasm && ninja -C build/wasm; --module FILE names another place";
    if (!std::filesystem::exists(path)) throw std::runtime_error(fmt::format("{}: the model as a WebAssembly module is not there; {}", path, how));
    std::string bytes = read_file(path);
    if (!bytes.starts_with(std::string_view("\0asm", 4))) throw UsageError(fmt::format("--module: {}: is no WebAssembly module", path));
    if (bytes.find(build().sources) == std::string::npos) throw std::runtime_error(fmt::format("{}: was built from other sources than this program; {}", path, how));
    return bytes;
}

static std::vector<Scenario> scenarios_from(const po::variables_map& given)
{
    std::vector<Scenario> all;
    for (const std::string& file : given["FILE..."].as<std::vector<std::string>>()) {
        throw_if_for_another_command("explore", file);
        if (is_sweep(file)) throw UsageError(fmt::format("entente explore: {}: a scenario, got a sweep", file));
        all.push_back(read_scenario(file, overlay_from(given)));
        if (all.back().start > all.back().horizon) throw UsageError(fmt::format("entente explore: {}: ends before futures begin, so there is nothing to explore", file));
    }
    return all;
}

static void print_fingerprints(const std::vector<Scenario>& scenarios, const po::variables_map& given)
{
    const Kernel kernel = choose_kernel("single", given["isa"].as<std::string>());
    for (const Scenario& scenario : scenarios) {
        if (scenario.runs > most_explored) throw UsageError(fmt::format("entente explore: {}: at most {} futures, got {}", scenario.name, most_explored, scenario.runs));
        const Explored found = explored(scenario, kernel, {});
        tell("{}: {} of seed {} in single precision: fingerprint {:016x}\n", scenario.files[0], report::counted(scenario.runs, "future", "futures"), scenario.seed, found.fingerprint);
    }
}

int explore_command(const std::vector<std::string>& arguments)
{
    po::options_description options(
        "FILE...: scenarios. Makes a page of one file, for any browser and without a network: it holds the model itself. Its reader turns the four dials, the Western offer and "
        "the "
        "readings on which the articles disagree; each move simulates 1,000 futures anew. The page shows their fingerprint and the text of the settings, so that this program "
        "can make the same futures, bit for bit.\n\nOptions");
    options.add_options()("out,o", po::value<std::string>(), "the page, FILE.html")("force", "replace another page there")(
        "fingerprint", "simulate the scenarios here in single precision, and print the fingerprint that a page shows of the same futures")(
        "isa", po::value<std::string>()->default_value(""), "with --fingerprint: instruction set; it does not change it")(
        "module", po::value<std::string>(), "the model as a WebAssembly module; that of the build or of the package if not given");
    options.add(overlay_options());
    const po::variables_map given = parse("explore", arguments, options, {"FILE..."});
    if (given.count("fingerprint") + given.count("out") != 1) throw UsageError("entente explore: --out PAGE.html or --fingerprint: one of them");
    if (given.count("fingerprint") != 0) {
        print_fingerprints(scenarios_from(given), given);
        return done;
    }
    const auto out = given["out"].as<std::string>();
    if (!out.ends_with(".html") && !out.ends_with(".htm")) throw UsageError(fmt::format("entente explore: --out: a name that ends with .html, got '{}'", out));
    throw_if_text_is_kept_from("--out", out, given.count("force") != 0);
    const std::vector<Scenario> scenarios = scenarios_from(given);
    const std::string page = report::explore_page(scenarios, module_in(given.count("module") != 0 ? given["module"].as<std::string>() : module_path()));
    write_file(out, page);
    tell("{}\n", out);
    return done;
}

} // namespace entente::cli
