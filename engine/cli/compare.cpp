// compare: two scenarios run on the same random numbers, or two results of such runs, and what is paired in them.
#include "../core/quarter.hpp"
#include "../store/sweep_file.hpp"
#include "pairs.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

Histories histories_of(const StoredRuns& runs) { return {runs.runs, runs.outcome, runs.first_event, runs.failed_quarter}; }

void each_block(const std::string& a, const std::string& b, std::uint32_t runs, const std::function<void(std::uint32_t first, const Histories&, const Histories&)>& use)
{
    constexpr std::uint32_t at_once = 8192;
    for (std::uint32_t first = 0; first < runs; first += std::min(at_once, runs - first)) {
        const StoredRuns in_a = read_runs(a, first, std::min(at_once, runs - first)), in_b = read_runs(b, first, std::min(at_once, runs - first));
        use(first, histories_of(in_a), histories_of(in_b));
    }
}

nlohmann::ordered_json json_of(const std::string& quantity, const PairedDifference& d)
{
    return {{"quantity", quantity},
            {"a", d.mean_a},
            {"b", d.mean_b},
            {"difference", d.difference},
            {"standard_error", d.standard_error},
            {"unpaired_standard_error", d.unpaired_error},
            {"z", d.z()},
            {"pairs", d.pairs}};
}

nlohmann::ordered_json json_of(const std::optional<Parting>& parting, std::size_t quarters)
{
    nlohmann::ordered_json out = {{"quarter", nullptr}, {"class", nullptr}, {"difference", nullptr}, {"text", parting_text(parting, quarters)}};
    if (parting) out["quarter"] = quarter_name(parting->quarter), out["class"] = class_names[parting->class_number], out["difference"] = parting->difference.difference;
    return out;
}

namespace {

/// One side of a comparison.
struct Side {
    std::string name;
    std::uint64_t seed;
    std::uint32_t runs;
};
void throw_if_no_pairs(const Side& a, const Side& b, const char* remedy)
{
    if (a.seed == b.seed && a.runs == b.runs) return;
    throw UsageError(fmt::format("entente compare: pairs need the same seed and number of runs; {} has {} and {}, {} has {} and {}{}", a.name, a.seed, a.runs, b.name, b.seed, b.runs, remedy));
}

void tell(const Side& a, const Side& b, const std::vector<Shift>& differences, const OutcomePairs& pairs, bool json)
{
    const std::optional<Parting> parting = first_parting(pairs);
    if (json) {
        nlohmann::ordered_json out = {{"a", a.name}, {"b", b.name}, {"runs", a.runs}, {"seed", a.seed}, {"differences", nlohmann::ordered_json::array()}};
        for (const auto& [quantity, d] : differences) out["differences"].push_back(json_of(quantity, d));
        out["outcomes_part"] = json_of(parting, pairs.quarters());
        fmt::print("{}\n", out.dump(2));
        return;
    }
    fmt::print("{} against {}, {} pairs with common random numbers\n\n{:<44}{:>10}{:>10}{:>12}{:>10}{:>10}{:>8}{:>8}\n", b.name, a.name, with_commas(a.runs), "quantity", "A", "B",
               "B - A", "s.e.", "unpaired", "ratio", "z");
    for (const auto& [quantity, d] : differences)
        fmt::print("{:<44}{:>10.4f}{:>10.4f}{:>+12.4f}{:>10.4f}{:>10.4f}{:>8}{:>8.1f}\n", quantity, d.mean_a, d.mean_b, d.difference, d.standard_error, d.unpaired_error,
                   d.unpaired_error > 0 ? fmt::format("{:.2f}", d.standard_error / d.unpaired_error) : "", d.z());
    fmt::print("\ns.e.: standard error of the paired difference; unpaired: that of two independent ensembles; ratio: of the two.\n"
               "Where outcomes part: {}; beyond noise at .001 over all quarters and classes.\n",
               parting_text(parting, pairs.quarters()));
}

std::vector<Quantity> usual_quantities(int horizon)
{
    std::vector<Quantity> all;
    std::vector<int> dates;
    for (const char* date : {"2030Q1", "2035Q1", "2045Q1"})
        if (*parse_quarter(date) < horizon) dates.push_back(*parse_quarter(date));
    dates.push_back(horizon);
    for (const int date : dates) {
        for (const auto c : class_names) all.push_back(parse_quantity(fmt::format("share_{} at {}", c, quarter_name(date))));
        for (const auto o : orientation_names) all.push_back(parse_quantity(fmt::format("share_{} at {}", o, quarter_name(date))));
        for (const char* v : {"alignment_index", "trade_share_china", "dependence_index", "concessions", "trust", "military_depth", "friction", "tier1_withdrawn", "banks_refusing"})
            all.push_back(parse_quantity(fmt::format("mean {} at {}", v, quarter_name(date))));
    }
    for (const Row& e : describe().events) all.push_back(parse_quantity(fmt::format("{} by {}", e.name, quarter_name(horizon))));
    return all;
}

std::vector<Quantity> quantities_from(const std::vector<std::string>& texts)
{
    std::vector<Quantity> all;
    for (const std::string& text : texts) {
        try {
            all.push_back(parse_quantity(text));
        } catch (const std::invalid_argument& e) {
            throw UsageError(e.what());
        }
        if (all.back().level)
            throw UsageError(fmt::format("entente compare: --quantity '{}': a quantile over runs has no difference run by run; compare takes means, shares and events", text));
    }
    return all;
}

int compare_scenarios(const std::string& file_a, const std::string& file_b, const po::variables_map& given)
{
    const Overlay overlay = overlay_from(given);
    const Scenario a = read_scenario(file_a, overlay), b = read_scenario(file_b, overlay);
    const Side side_a{a.name, a.seed, a.runs}, side_b{b.name, b.seed, b.runs};
    throw_if_no_pairs(side_a, side_b, " (--seed and --runs set both)");
    const std::vector<Quantity> quantities = given.count("quantity") != 0 ? quantities_from(given["quantity"].as<std::vector<std::string>>())
                                                                          : usual_quantities(std::min(a.horizon, b.horizon));
    const EnsembleOptions ensemble = ensemble_from(given);
    watch_for_interruption();
    const auto run = [&](const Scenario& s) {
        ProgressLine progress(s.name);
        try {
            return sample_with_outcomes(
                s, quantities, ensemble, [&](Progress p) { progress(p); }, &interruption());
        } catch (const std::invalid_argument& e) {
            throw UsageError(fmt::format("entente compare: {}", e.what()));
        }
    };
    const Sample in_a = run(a);
    if (interruption()) return interrupted_exit;
    const Sample in_b = run(b);
    if (interruption()) return interrupted_exit;
    std::vector<Shift> differences;
    for (std::size_t q = 0; q < quantities.size(); ++q) differences.push_back({quantities[q].text, paired_difference(in_a.values[q], in_b.values[q])});
    OutcomePairs pairs(in_a.outcome.size() / a.runs);
    pairs.add({a.runs, in_a.outcome, {}, in_a.failed_quarter}, {b.runs, in_b.outcome, {}, in_b.failed_quarter});
    tell(side_a, side_b, differences, pairs, given.count("json") != 0);
    return done;
}

StoredResult readable_runs(const std::string& file)
{
    if (stored_kind(file) == Stored::sweep)
        throw UsageError(fmt::format("entente compare: {}: is a sweep's result; `entente show {}` compares its policies, `entente diff` two sweeps", file, file));
    StoredResult result = read_result(file);
    if (result.provenance.keep == "none") throw UsageError(fmt::format("entente compare: {}: keeps no single runs to pair; `entente run --keep outcomes` does", file));
    return result;
}

int compare_results(const std::string& a, const std::string& b, const po::variables_map& given)
{
    for (const auto& [name, value] : given)
        if (name != "json" && name != "A" && name != "B" && !value.defaulted())
            throw UsageError(fmt::format("entente compare: --{} is for scenarios, which are run; the runs of a result are made", name));
    const StoredResult in_a = readable_runs(a), in_b = readable_runs(b);
    const Side side_a{a, in_a.provenance.seed, in_a.summary.runs}, side_b{b, in_b.provenance.seed, in_b.summary.runs};
    throw_if_no_pairs(side_a, side_b, "");
    if (in_a.provenance.engine_sources != in_b.provenance.engine_sources || in_a.provenance.precision != in_b.provenance.precision)
        fmt::print(stderr, "The results are by other programs or precisions: `entente diff` says in what they differ.\n");
    const std::uint32_t quarters = std::min(in_a.summary.quarters, in_b.summary.quarters);
    OutcomePairs pairs(quarters);
    each_block(a, b, side_a.runs, [&](std::uint32_t, const Histories& of_a, const Histories& of_b) { pairs.add(of_a, of_b); });
    tell(side_a, side_b, shifts(pairs, report_dates(static_cast<int>(quarters) - 1)), pairs, given.count("json") != 0);
    return done;
}

} // namespace

int compare_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add(overlay_options()).add(ensemble_options(false));
    options.add_options()("quantity", po::value<std::vector<std::string>>(), "compare this, such as 'mean trust at 2045Q1'; may be given several times")("json", "as JSON");
    const auto given = parse("compare", arguments, options, {"A", "B"});
    const auto a = given["A"].as<std::string>(), b = given["B"].as<std::string>();
    if (a.ends_with(".h5") != b.ends_with(".h5")) throw UsageError("entente compare: two scenarios or two results, not one of each; `entente run` makes a result of a scenario");
    return a.ends_with(".h5") ? compare_results(a, b, given) : compare_scenarios(a, b, given);
}

} // namespace entente::cli
