// discover: where, among what is not known, an outcome is frequent.
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../experiment/box_files.hpp"
#include "../experiment/discover.hpp"
#include "../report/discovery.hpp"
#include "../report/documents.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

po::options_description options_of_discover()
{
    po::options_description options("Where do the futures lie in which something happens? FILE: a result of `run`, whose drawn parameters and structures are searched, or of "
                                    "`sweep`, whose factors are. Limits "
                                    "are moved inwards, a few per cent of the futures at a time, from where the outcome is rare (PRIM); what is left is a box, told in a sentence. "
                                    "Or `entente discover --table "
                                    "X.csv --output y.csv`: rows of any simulator.\n\nWhat is looked for");
    options.add_options()("of", po::value<std::string>(), "'rupture by 2045Q1', 'share_vassal at 2045Q1', 'mean trust at 2040Q1 < 0.4'; of a sweep one of its outcomes; of tables '> 0.4', where the outcome is a number")(
        "policy", po::value<std::string>(), "of a sweep; the first if not given")("table", po::value<std::string>(), "CSV of inputs, a row for each run")(
        "output", po::value<std::string>(), "CSV of one outcome, 0 and 1 or a number, a row for each run");
    po::options_description which("Which box");
    which.add_options()("density", po::value<double>(), "the box that covers most of those this dense, 0 to 1")(
        "coverage", po::value<double>(), "the densest box that covers this much, 0 to 1")("box", po::value<std::uint32_t>(), "step of the trajectory, as --all numbers them")(
        "boxes", po::value<std::uint32_t>()->default_value(3), "how many boxes at most, each without the rows of those before")(
        "keep-loose", "limits that do not stand are left in")("every-input", "with more than 20 inputs too, look in every one, and not only in those that tell something");
    po::options_description how("How it is looked for");
    how.add_options()("peel", po::value<double>()->default_value(0.05, "0.05"), "share of a box that is cut off in a step")(
        "paste", po::value<double>()->default_value(0.05, "0.05"),
        "share of what lies outside that is put back in a step")("least-mass", po::value<double>()->default_value(0.05, "0.05"), "share of the rows that a box holds at least")(
        "resamples", po::value<std::uint32_t>()->default_value(200), "halves of the rows, for intervals and tests")("seed", po::value<std::uint64_t>()->default_value(1), "of the resampling")(
        "isa", po::value<std::string>()->default_value(""), isa_meaning)("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning);
    po::options_description out("What is printed and kept");
    out.add_options()("all", "the trajectories too")("json", "as JSON on standard output")("csv", "the trajectories as CSV on standard output")("save", save_meaning)(
        "scenario", po::value<std::string>(), "save a box as a scenario (.toml): what it draws is cut to the box")("sweep", po::value<std::string>(), "save a box as a sweep (.toml) over it")(
        "which", po::value<std::uint32_t>()->default_value(1), "number of the box that is saved")("force", "replace files that are there");
    options.add(which).add(how).add(out);
    return options;
}

double share_in(const po::variables_map& given, const char* name)
{
    const double x = given[name].as<double>();
    if (!(x >= 0 && x <= 1)) throw UsageError(fmt::format("entente discover: --{}: 0 to 1, got {}", name, x));
    return x;
}

DiscoveryOptions how_from(const po::variables_map& given)
{
    DiscoveryOptions how;
    std::vector<std::string> faults;
    for (const auto& [name, to] : {std::pair{"peel", &how.prim.peel}, std::pair{"paste", &how.prim.paste}, std::pair{"least-mass", &how.prim.least_mass}}) {
        *to = given[name].as<double>();
        if (!(*to > 0 && *to < 1)) faults.push_back(fmt::format("entente discover: --{}: above 0 and below 1, got {}", name, *to));
    }
    how.resamples = given["resamples"].as<std::uint32_t>();
    if (how.resamples < 20 || how.resamples > 100'000) faults.push_back(fmt::format("entente discover: --resamples: 20 to 100000, got {}", how.resamples));
    how.boxes = given["boxes"].as<std::uint32_t>();
    if (how.boxes < 1 || how.boxes > 100) faults.push_back(fmt::format("entente discover: --boxes: 1 to 100, got {}", how.boxes));
    if (given.count("density") + given.count("coverage") + given.count("box") > 1) faults.push_back("entente discover: --density, --coverage or --box: one of them");
    if (!faults.empty()) throw UsageError(fmt::format("{}", fmt::join(faults, "\n")));
    how.seed = given["seed"].as<std::uint64_t>(), how.threads = threads_from(given), how.keep_loose = given.count("keep-loose") != 0;
    if (given.count("every-input") != 0) how.many_inputs = std::numeric_limits<std::size_t>::max();
    if (given.count("density") != 0) how.wanted = {.by = Wanted::By::density, .least = share_in(given, "density")};
    if (given.count("coverage") != 0) how.wanted = {.by = Wanted::By::coverage, .least = share_in(given, "coverage")};
    if (given.count("box") != 0) how.wanted = {.by = Wanted::By::step, .step = given["box"].as<std::uint32_t>()}, how.boxes = 1;
    return how;
}

/// Where the rows come from.
struct Source {
    std::optional<Searched> searched;
    std::optional<ReplaySource> run;
    std::optional<StoredSweep> sweep;
    std::string outcome; ///< as a sweep asks for it
};

Source source_of_tables(const po::variables_map& given)
{
    for (const char* name : {"policy", "save", "scenario", "sweep"})
        if (given.count(name) != 0) throw UsageError(fmt::format("entente discover: --{} is for a result, and the tables are of another program", name));
    if (given.count("output") == 0) throw UsageError("entente discover: --output is missing: a CSV with the outcome of each row of --table");
    std::vector<Problem> notes;
    Source source;
    const auto of = given.count("of") != 0 ? std::optional(given["of"].as<std::string>()) : std::nullopt;
    source.searched = reading("discover", [&] {
        try {
            return searched_tables(given["table"].as<std::string>(), given["output"].as<std::string>(), of, notes);
        } catch (const std::invalid_argument& e) {
            throw UsageError(fmt::format("entente discover: --of: {}", printable(e.what())));
        }
    });
    say(notes);
    return source;
}

Source source_of_result(const std::string& file, const po::variables_map& given)
{
    throw_if_for_another_command("discover", file);
    if (given.count("output") != 0) throw UsageError("entente discover: --output goes with --table");
    const Stored kind = reading("discover", [&] { return stored_kind(file); });
    Source source;
    if (kind == Stored::sweep) source.sweep = reading("discover", [&] { return read_sweep_result(file); });
    if (given.count("of") == 0)
        throw UsageError(fmt::format("entente discover: --of is missing: what is looked for, such as {}",
                                     source.sweep ? fmt::format("'{}'", fmt::join(source.sweep->head.outcomes, "', '")) : "'rupture by 2045Q1' or 'mean trust at 2040Q1 < 0.4'"));
    const Given of = [&] {
        try {
            return parse_given(given["of"].as<std::string>());
        } catch (const std::invalid_argument& e) {
            throw UsageError(fmt::format("entente discover: --of: {}", e.what()));
        }
    }();
    source.outcome = of.quantity.text;
    const auto asked = [&](auto search) {
        return reading("discover", [&] {
            try {
                return search();
            } catch (const std::invalid_argument& e) {
                throw UsageError(fmt::format("entente discover: --of: {}", printable(e.what())));
            }
        });
    };
    if (source.sweep) {
        const auto policy = given.count("policy") != 0 ? std::optional(given["policy"].as<std::string>()) : std::nullopt;
        source.searched = asked([&] { return searched_sweep(file, *source.sweep, of, policy); });
        return source;
    }
    if (given.count("policy") != 0) throw UsageError("entente discover: --policy is for the result of a sweep");
    source.run = reading("discover", [&] { return replay_source(file); });
    say_if_another_engine(source.run->provenance);
    const EnsembleOptions ensemble{.isa = given["isa"].as<std::string>(), .threads = threads_from(given)};
    source.searched = asked([&] { return searched_run(file, *source.run, of, ensemble, listener_on(std::make_shared<ProgressLine>(source.run->scenario.name)), &interruption()); });
    return source;
}

/// The scenario beside a sweep that is saved is no other file that is saved, and replaces none. Throws UsageError.
void throw_if_written_twice(const po::variables_map& given)
{
    namespace fs = std::filesystem;
    const fs::path sweep = given["sweep"].as<std::string>(), beside = sweep.parent_path() / scenario_beside(sweep.string());
    throw_if_text_is_kept_from("--sweep", beside.string(), given.count("force") != 0);
    if (given.count("scenario") == 0) return;
    const auto place = [](const fs::path& path) { return fs::absolute(path).lexically_normal(); };
    const auto scenario = given["scenario"].as<std::string>();
    for (const fs::path& other : {sweep, beside})
        if (place(scenario) == place(other)) throw UsageError(fmt::format("entente discover: --scenario: {}: --sweep writes a file of this name; another one", scenario));
}

/// Throws UsageError if there is too little to look in.
void throw_if_too_little(const Searched& s)
{
    if (s.cases.rows() == 0 && s.rows_left_out == 0)
        throw UsageError(fmt::format("entente discover: {}: no input differs between its rows, so that there is nothing to look in", s.file));
    if (s.cases.rows() < least_rows)
        throw UsageError(fmt::format("entente discover: {}: {} rows have an outcome, and {} are the least in which a box can be looked for", s.file, s.cases.rows(), least_rows));
    if (s.cases.columns.empty()) throw UsageError(fmt::format("entente discover: {}: no input differs between its rows, so that there is nothing to look in", s.file));
}

void save_box(const po::variables_map& given, const Source& source, const Discovery& found)
{
    if (given.count("scenario") + given.count("sweep") == 0) return;
    const std::uint32_t which = given["which"].as<std::uint32_t>();
    if (which < 1 || which > found.boxes.size() || found.boxes[which - 1].limits.empty())
        throw std::runtime_error(fmt::format("there is no box {} to save: {}", which,
                                             found.boxes.empty() ? "none was found" : fmt::format("{} were found, and one without limits is none", found.boxes.size())));
    const FoundBox& box = found.boxes[which - 1];
    const Searched& s = *source.searched;
    if (!box.stands) talk("Box {} does not stand: what is saved may be luck.\n", which);
    const BoxWords words{.title = fmt::format("Box {} of '{}' in: {}", which, s.of, s.title),
                         .assumes = fmt::format("a box that `entente discover` found in {}, not an article: {}", s.file, report::sentence_of(s, box))};
    const Box& start = box.path.start;
    const auto written = [&](const std::string& path, const std::string& text) { write_file(path, text), talk("Written: {}\n", path); };
    try {
        if (given.count("scenario") != 0) {
            const auto path = given["scenario"].as<std::string>();
            written(path, source.run ? scenario_in_box(*source.run, s, box.box, start, words, path) : scenario_in_box(s.file, *source.sweep, s, box.box, start, words));
        }
        if (given.count("sweep") != 0) {
            const auto path = given["sweep"].as<std::string>();
            const BoxSweep sweep = source.run ? sweep_in_box(*source.run, s, box.box, start, source.outcome, words, path)
                                              : sweep_in_box(s.file, *source.sweep, s, box.box, start, words, path);
            const std::filesystem::path folder = std::filesystem::path(path).parent_path();
            for (const auto& [name, text] : {std::pair{sweep.scenario_name, sweep.scenario}, std::pair{sweep.points_name, sweep.points}}) {
                if (name.empty()) continue;
                throw_if_text_is_kept_from("--sweep", (folder / name).string(), given.count("force") != 0);
                written((folder / name).string(), text);
            }
            written(path, sweep.sweep);
        }
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("entente discover: the box cannot be saved: {}", e.what()));
    }
}

} // namespace

int discover_command(const std::vector<std::string>& arguments)
{
    const bool tables = std::ranges::any_of(arguments, [](const std::string& a) { return a == "--table" || a.starts_with("--table="); });
    const po::variables_map given = parse("discover", arguments, options_of_discover(), tables ? std::vector<std::string>() : std::vector<std::string>{"FILE"});
    if (given.count("json") + given.count("csv") + given.count("all") > 1) throw UsageError("entente discover: --all, --json or --csv: one of them");
    const DiscoveryOptions how = how_from(given);
    for (const char* name : {"scenario", "sweep"})
        if (given.count(name) != 0) {
            throw_if_text_is_kept_from(fmt::format("--{}", name), given[name].as<std::string>(), given.count("force") != 0);
            if (!given[name].as<std::string>().ends_with(".toml"))
                throw UsageError(fmt::format("entente discover: --{}: a file that ends with .toml, got '{}'", name, given[name].as<std::string>()));
        }
    if (given.count("sweep") != 0) throw_if_written_twice(given);
    watch_for_interruption();
    const Source source = tables ? source_of_tables(given) : source_of_result(given["FILE"].as<std::string>(), given);
    if (!source.searched) return ended_early();
    const Searched& searched = *source.searched;
    throw_if_too_little(searched);
    const auto line = std::make_shared<ProgressLine>("boxes");
    const auto discovery = reading("discover", [&] {
        return discover(
            searched.cases, how, [&](double share) { (*line)({.done = static_cast<std::uint64_t>(share * 1000), .all = 1000}); }, &interruption());
    });
    if (!discovery) return ended_early();
    report::Found found{.searched = searched, .discovery = *discovery, .options = how};
    if (!searched.shares && discovery->end != Discovery::End::never && discovery->end != Discovery::End::always) found.tree = classification_tree(tree_table(searched.cases));
    const report::Document head = source.run     ? report::document("discovery", source.run->provenance)
                                  : source.sweep ? report::document("discovery", source.sweep->head.provenance)
                                                 : report::document("discovery");
    const std::string document = report::printed(head, report::json_of(found));
    keep_if_asked(given, searched.file, "discover", document);
    if (given.count("json") != 0) tell("{}", document);
    else if (given.count("csv") != 0) tell("{}", report::csv_of(found));
    else tell("{}", report::text_of(found, looks_of_output(given.count("all") != 0 ? report::Detail::all : report::Detail::first)));
    save_box(given, source, *discovery);
    return done;
}

} // namespace entente::cli
