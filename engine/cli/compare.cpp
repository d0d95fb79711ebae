// compare: two scenarios run on the same random numbers, or two results of runs or of sweeps, and what is paired in them.
#include "../analysis/answer.hpp"
#include "../analysis/estimate.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../store/sweep_file.hpp"
#include "compare.hpp"
#include "experiment.hpp"
#include "pairs.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;

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

nlohmann::ordered_json parting_json(const std::vector<PairedDifference>& class_shares)
{
    nlohmann::ordered_json out = {{"quarter", nullptr}, {"class", nullptr}, {"difference", nullptr}, {"text", parting_text(class_shares)}};
    if (const auto p = first_parting(class_shares))
        out["quarter"] = quarter_name(p->quarter), out["class"] = class_names[p->class_number], out["difference"] = p->difference.difference;
    return out;
}

void print_head(const char* first_column) { fmt::print("{:<44}{:>10}{:>10}{:>12}{:>10}{:>10}{:>8}{:>8}\n", first_column, "A", "B", "B - A", "s.e.", "unpaired", "ratio", "z"); }

void print_row(const std::string& name, const PairedDifference& d)
{
    const auto number = [](double x) { return std::isnan(x) ? "-" : fmt::format("{:.4f}", x); };
    fmt::print("{:<44}{:>10}{:>10}{:>12}{:>10}{:>10}{:>8}{:>8}\n", name, number(d.mean_a), number(d.mean_b), std::isnan(d.difference) ? "-" : fmt::format("{:+.4f}", d.difference),
               number(d.standard_error), number(d.unpaired_error), d.unpaired_error > 0 ? fmt::format("{:.2f}", d.standard_error / d.unpaired_error) : "-",
               std::isnan(d.z()) ? "-" : fmt::format("{:.1f}", d.z()));
}

void say_if_other_programs(const Provenance& a, const Provenance& b)
{
    if (a.engine_sources != b.engine_sources || a.precision != b.precision)
        fmt::print(stderr, "The results are by other programs or precisions: `entente diff` says in what they differ.\n");
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
    const std::vector<PairedDifference> class_shares = pairs.class_shares();
    const std::size_t used = class_shares[0].pairs; // of the others a run failed
    if (json) {
        nlohmann::ordered_json out = {
            {"a", a.name}, {"b", b.name}, {"runs", a.runs}, {"left_out", a.runs - used}, {"seed", a.seed}, {"differences", nlohmann::ordered_json::array()}};
        for (const auto& [quantity, d] : differences) out["differences"].push_back(json_of(quantity, d));
        out["outcomes_part"] = parting_json(class_shares);
        fmt::print("{}\n", out.dump(2));
        return;
    }
    fmt::print("{} against {}, {}{} pairs with common random numbers\n\n", b.name, a.name, with_commas(used), used < a.runs ? " of " + with_commas(a.runs) : "");
    print_head("quantity");
    for (const auto& [quantity, d] : differences) print_row(heading_of(parse_quantity(quantity)), d);
    if (used < a.runs) fmt::print("\nPairs left out because a run failed: {}.\n", with_commas(a.runs - used));
    fmt::print("\ns.e.: standard error of the paired difference; unpaired: that of two independent ensembles; ratio: of the two.\n"
               "z: B - A over s.e., Student's t of as many degrees of freedom as pairs less one.\n"
               "Where outcomes part: {}; beyond noise at .001 over all quarters and classes.\n",
               parting_text(class_shares));
}

std::vector<Quantity> usual_quantities(int horizon)
{
    std::vector<Quantity> all;
    for (const int date : report_dates(horizon)) {
        for (const auto c : class_names) all.push_back(parse_quantity(fmt::format("share_{} at {}", c, quarter_name(date))));
        for (const auto o : orientation_names) all.push_back(parse_quantity(fmt::format("share_{} at {}", o, quarter_name(date))));
        for (const char* v : {"alignment_index", "trade_share_china", "dependence_index", "concessions", "trust", "military_depth", "friction", "tier1_withdrawn", "banks_refusing"})
            all.push_back(parse_quantity(fmt::format("mean {} at {}", v, quarter_name(date))));
    }
    for (const Row& e : describe().events) all.push_back(parse_quantity(fmt::format("{} by {}", e.name, quarter_name(horizon))));
    return all;
}

/// Throws UsageError with everything that is wrong with any of them.
std::vector<Quantity> quantities_from(const std::vector<std::string>& texts, int start, int horizon)
{
    std::vector<Quantity> all;
    std::vector<std::string> faults;
    for (const std::string& text : texts) {
        try {
            all.push_back(parse_quantity(text));
            if (all.back().level)
                faults.push_back(fmt::format("entente compare: --quantity '{}': a quantile over runs has no difference run by run; compare takes means, shares and events", text));
            else if (const std::string fault = fault_of_date(all.back(), start, horizon); !fault.empty()) faults.push_back("entente compare: --quantity: " + fault);
        } catch (const std::invalid_argument& e) {
            faults.push_back(fmt::format("entente compare: --quantity: {}", e.what()));
        }
    }
    if (!faults.empty()) throw UsageError(fmt::format("{}", fmt::join(faults, "\n")));
    return all;
}

int compare_scenarios(const std::string& file_a, const std::string& file_b, const po::variables_map& given)
{
    const Overlay overlay = overlay_from(given);
    const Scenario a = read_scenario(file_a, overlay), b = read_scenario(file_b, overlay);
    const Side side_a{a.name, a.seed, a.runs}, side_b{b.name, b.seed, b.runs};
    throw_if_no_pairs(side_a, side_b, " (--seed and --runs set both)");
    const std::vector<Quantity> quantities = given.count("quantity") != 0
                                                 ? quantities_from(given["quantity"].as<std::vector<std::string>>(), std::max(a.start, b.start), std::min(a.horizon, b.horizon))
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
    StoredResult result = read_result(file);
    if (result.provenance.keep == "none") throw UsageError(fmt::format("entente compare: {}: keeps no single runs to pair; `entente run --keep outcomes` does", file));
    return result;
}

/// Adds the value of every run, NaN if it failed.
void add_values(std::vector<double>& values, const Quantity& quantity, const Histories& h)
{
    BlockResult block;
    block.outcome.assign(h.outcome.begin(), h.outcome.end()), block.first_event.assign(h.first_event.begin(), h.first_event.end());
    for (std::size_t run = 0; run < h.runs; ++run) values.push_back(h.failed_quarter[run] < 0 ? evaluate(quantity, block, run, h.runs) : std::numeric_limits<double>::quiet_NaN());
}

void throw_if_not_kept(const Quantity& q)
{
    if (!q.terms.empty())
        throw UsageError(fmt::format("entente compare: --quantity '{}': results of `run` keep classes, orientations and events, not variables; comparing the two scenarios does it", q.text));
}

int compare_runs(const std::string& a, const std::string& b, const po::variables_map& given)
{
    const StoredResult in_a = readable_runs(a), in_b = readable_runs(b);
    const Side side_a{a, in_a.provenance.seed, in_a.summary.runs}, side_b{b, in_b.provenance.seed, in_b.summary.runs};
    throw_if_no_pairs(side_a, side_b, "");
    say_if_other_programs(in_a.provenance, in_b.provenance);
    const std::uint32_t quarters = std::min(in_a.summary.quarters, in_b.summary.quarters);
    const std::vector<Quantity> asked = given.count("quantity") != 0 ? quantities_from(given["quantity"].as<std::vector<std::string>>(),
                                                                                       static_cast<int>(std::max(in_a.summary.start, in_b.summary.start)), static_cast<int>(quarters) - 1)
                                                                     : std::vector<Quantity>();
    std::vector<PolicyComparison> comparisons;
    for (const Quantity& quantity : asked) throw_if_not_kept(quantity), comparisons.emplace_back(quantity, 2, 1);
    OutcomePairs pairs(quarters);
    each_block(a, b, side_a.runs, [&](std::uint32_t, const Histories& of_a, const Histories& of_b) {
        pairs.add(of_a, of_b);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            std::vector<double> both;
            add_values(both, asked[i], of_a), add_values(both, asked[i], of_b);
            comparisons[i].add(both);
        }
    });
    std::vector<Shift> differences;
    for (std::size_t i = 0; i < asked.size(); ++i) differences.push_back({asked[i].text, comparisons[i].difference(1)});
    if (asked.empty()) differences = shifts(pairs, report_dates(static_cast<int>(quarters) - 1));
    tell(side_a, side_b, differences, pairs, given.count("json") != 0);
    return done;
}

int compare_results(const std::string& a, const std::string& b, const po::variables_map& given)
{
    for (const auto& [name, value] : given)
        if (name != "json" && name != "quantity" && name != "A" && name != "B" && !value.defaulted())
            throw UsageError(fmt::format("entente compare: --{} is for scenarios, which are run; the runs of a result are made", name));
    const Stored kind = stored_kind(a), other = stored_kind(b);
    if (kind != other && kind != Stored::neither && other != Stored::neither)
        throw UsageError(fmt::format("entente compare: two results of runs or two of sweeps; {} is of a run, {} of a sweep", kind == Stored::run ? a : b, kind == Stored::run ? b : a));
    return kind == Stored::sweep ? compare_sweeps(a, b, given) : compare_runs(a, b, given); // the latter says what is no result
}

} // namespace

int compare_command(const std::vector<std::string>& arguments)
{
    po::options_description of_scenarios("For scenarios alone, since the runs of a result are made");
    of_scenarios.add(overlay_options()).add(ensemble_options(false));
    po::options_description options("Paired differences of two scenarios, which are run, or of two results (.h5) of `run` or of `sweep`, which are read.\n\nOptions");
    options.add_options()("quantity", po::value<std::vector<std::string>>(),
                          "compare this alone; may be given several times. Scenarios: 'mean trust at 2045Q1'; results of `run`: shares and events, such as "
                          "'share_vassal at 2045Q1'; of `sweep`: an outcome of both")("json", "as JSON");
    options.add(of_scenarios);
    const auto given = parse("compare", arguments, options, {"A", "B"});
    const auto a = given["A"].as<std::string>(), b = given["B"].as<std::string>();
    if (a.ends_with(".h5") != b.ends_with(".h5"))
        throw UsageError(fmt::format("entente compare: {} and {}: two scenarios or two results, not one of each; `entente run` makes a result of a scenario", a, b));
    return a.ends_with(".h5") ? reading("compare", [&] { return compare_results(a, b, given); }) : compare_scenarios(a, b, given);
}

} // namespace entente::cli
