// compare: two scenarios run on the same random numbers, or two results of runs or of sweeps, and what is paired in them.
#include "../analysis/estimate.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../store/sweep_file.hpp"
#include "command.hpp"
#include "pairs.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

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

/// Where class shares, [quarter][class], part.
nlohmann::ordered_json parting_json(const std::vector<PairedDifference>& class_shares)
{
    nlohmann::ordered_json out = {{"quarter", nullptr}, {"class", nullptr}, {"difference", nullptr}, {"text", parting_text(class_shares)}};
    if (const auto p = first_parting(class_shares))
        out["quarter"] = quarter_name(p->quarter), out["class"] = class_names[p->class_number], out["difference"] = p->difference.difference;
    return out;
}

void print_head(const char* first_column) { fmt::print("{:<44}{:>10}{:>10}{:>12}{:>10}{:>10}{:>8}{:>8}\n", first_column, "A", "B", "B - A", "s.e.", "unpaired", "ratio", "z"); }

/// "-" where there is no number: a quantile has no difference, a single pair no standard error.
void print_row(const std::string& name, const PairedDifference& d)
{
    const auto number = [](double x) { return std::isnan(x) ? "-" : fmt::format("{:.4f}", x); };
    fmt::print("{:<44}{:>10}{:>10}{:>12}{:>10}{:>10}{:>8}{:>8}\n", name, number(d.mean_a), number(d.mean_b), std::isnan(d.difference) ? "-" : fmt::format("{:+.4f}", d.difference),
               number(d.standard_error), number(d.unpaired_error), d.unpaired_error > 0 ? fmt::format("{:.2f}", d.standard_error / d.unpaired_error) : "-",
               std::isnan(d.z()) ? "-" : fmt::format("{:.1f}", d.z()));
}

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
    if (json) {
        nlohmann::ordered_json out = {{"a", a.name}, {"b", b.name}, {"runs", a.runs}, {"seed", a.seed}, {"differences", nlohmann::ordered_json::array()}};
        for (const auto& [quantity, d] : differences) out["differences"].push_back(json_of(quantity, d));
        out["outcomes_part"] = parting_json(class_shares);
        fmt::print("{}\n", out.dump(2));
        return;
    }
    fmt::print("{} against {}, {} pairs with common random numbers\n\n", b.name, a.name, with_commas(a.runs));
    print_head("quantity");
    for (const auto& [quantity, d] : differences) print_row(quantity, d);
    fmt::print("\ns.e.: standard error of the paired difference; unpaired: that of two independent ensembles; ratio: of the two.\n"
               "Where outcomes part: {}; beyond noise at .001 over all quarters and classes.\n",
               parting_text(class_shares));
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
    StoredResult result = read_result(file);
    if (result.provenance.keep == "none") throw UsageError(fmt::format("entente compare: {}: keeps no single runs to pair; `entente run --keep outcomes` does", file));
    return result;
}

void say_if_other_programs(const Provenance& a, const Provenance& b)
{
    if (a.engine_sources != b.engine_sources || a.precision != b.precision)
        fmt::print(stderr, "The results are by other programs or precisions: `entente diff` says in what they differ.\n");
}

/// Adds the value of every run, NaN if it failed.
void add_values(std::vector<double>& values, const Quantity& quantity, const Histories& h)
{
    BlockResult block;
    block.outcome.assign(h.outcome.begin(), h.outcome.end()), block.first_event.assign(h.first_event.begin(), h.first_event.end());
    for (std::size_t run = 0; run < h.runs; ++run) values.push_back(h.failed_quarter[run] < 0 ? evaluate(quantity, block, run, h.runs) : std::numeric_limits<double>::quiet_NaN());
}

void throw_if_not_kept(const Quantity& q, std::uint32_t quarters)
{
    if (!q.terms.empty())
        throw UsageError(fmt::format("entente compare: --quantity '{}': results of `run` keep classes, orientations and events, not variables; comparing the two scenarios does it", q.text));
    if (q.to >= static_cast<int>(quarters))
        throw UsageError(fmt::format("entente compare: --quantity '{}' asks for {}, but the results end in {}", q.text, quarter_name(q.to), quarter_name(static_cast<int>(quarters) - 1)));
}

int compare_runs(const std::string& a, const std::string& b, const po::variables_map& given)
{
    const StoredResult in_a = readable_runs(a), in_b = readable_runs(b);
    const Side side_a{a, in_a.provenance.seed, in_a.summary.runs}, side_b{b, in_b.provenance.seed, in_b.summary.runs};
    throw_if_no_pairs(side_a, side_b, "");
    say_if_other_programs(in_a.provenance, in_b.provenance);
    const std::uint32_t quarters = std::min(in_a.summary.quarters, in_b.summary.quarters);
    const std::vector<Quantity> asked = given.count("quantity") != 0 ? quantities_from(given["quantity"].as<std::vector<std::string>>()) : std::vector<Quantity>();
    std::vector<PolicyComparison> comparisons;
    for (const Quantity& quantity : asked) throw_if_not_kept(quantity, quarters), comparisons.emplace_back(quantity, 2, side_a.runs, 1);
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

/// What both sweeps have, with its places in them.
struct Common {
    std::string name;
    std::size_t in_a, in_b;
};
/// In the order of the first; what one alone has goes to stderr. Throws UsageError if there is none. `what`: "policy" or "outcome".
std::vector<Common> common(const char* what, const std::vector<std::string>& in_a, const std::vector<std::string>& in_b, const std::string& a, const std::string& b)
{
    std::vector<Common> both;
    for (std::size_t i = 0; i < in_a.size(); ++i)
        if (const auto other = std::ranges::find(in_b, in_a[i]); other != in_b.end()) both.push_back({in_a[i], i, static_cast<std::size_t>(other - in_b.begin())});
    if (both.empty())
        throw UsageError(fmt::format("entente compare: no {} of one name in both, and only those are compared; {} has '{}', {} has '{}'", what, a, fmt::join(in_a, "', '"), b,
                                     fmt::join(in_b, "', '")));
    const auto tell_rest = [&](const std::string& file, const std::vector<std::string>& names) {
        for (const std::string& name : names)
            if (std::ranges::find(both, name, &Common::name) == both.end()) fmt::print(stderr, "Only {} has the {} '{}'.\n", file, what, name);
    };
    tell_rest(a, in_a), tell_rest(b, in_b);
    return both;
}

std::string factor_value(const SweepHead& h, std::size_t factor, double value)
{
    if (h.factor_kinds[factor] == "choice") return split(h.factor_choices[factor], '|').at(static_cast<std::size_t>(std::lround(value)));
    return h.factor_kinds[factor] == "date" ? quarter_name(static_cast<int>(std::lround(value))) : fmt::format("{}", value);
}

std::string factors_text(const SweepHead& h)
{
    std::string text = h.factors.empty() ? "none" : "";
    for (std::size_t f = 0; f < h.factors.size(); ++f)
        text += fmt::format("{}{} ({})", f == 0 ? "" : ", ", h.factors[f], h.factor_choices[f].empty() ? h.factor_kinds[f] : h.factor_choices[f]);
    return text;
}

void throw_if_no_pairs(const SweepHead& in_a, const SweepHead& in_b, const std::string& a, const std::string& b)
{
    const auto same_text = [&](const char* what, const std::string& of_a, const std::string& of_b, const char* remedy) {
        if (of_a != of_b) throw UsageError(fmt::format("entente compare: pairs need the same {}; {} has {}, {} has {}: {}", what, a, of_a, b, of_b, remedy));
    };
    constexpr const char* design = "sweep both with the same [[factor]] and [design] tables";
    same_text("seed", fmt::format("{}", in_a.provenance.seed), fmt::format("{}", in_b.provenance.seed), "`entente sweep --seed` sets it");
    same_text("factors", factors_text(in_a), factors_text(in_b), design);
    same_text("points", fmt::format("{}", in_a.points), fmt::format("{}", in_b.points), design);
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(in_a.values, in_b.values).in1 - in_a.values.begin());
    if (at == in_a.values.size()) return;
    const std::size_t factor = at % in_a.factors.size();
    const auto value = [&](const SweepHead& h) { return fmt::format("{} = {} at point {}", h.factors[factor], factor_value(h, factor, h.values[at]), at / h.factors.size()); };
    same_text("points", value(in_a), value(in_b), design);
}

/// Two sweeps, as far as they are pairs.
struct SweepPairs {
    std::string a, b;
    std::vector<Common> policies, outcomes;
    std::uint64_t seed;
    std::uint32_t replicates, quarters; ///< quarters: 0 if a file keeps no single runs
    std::size_t points;
    std::vector<Shift> differences{};                          ///< [outcome][policy]
    std::uint64_t left_out = 0;                                ///< pairs of which a run failed or is not made
    std::vector<std::vector<PairedDifference>> class_shares{}; ///< [policy][quarter x class]; empty if no file keeps single runs
};

void compare_outcomes(SweepPairs& s)
{
    const auto some = static_cast<std::uint32_t>(std::max<std::size_t>(1, rows_at_once / s.points));
    for (const Common& outcome : s.outcomes) {
        std::vector<PolicyComparison> comparisons(s.policies.size(), PolicyComparison(parse_quantity(outcome.name), 2, s.replicates, s.points));
        s.left_out = 0; // the same for every outcome
        for (std::uint32_t first = 0; first < s.replicates; first += std::min(some, s.replicates - first)) {
            const std::uint32_t n = std::min(some, s.replicates - first);
            const std::vector<double> of_a = read_outcome(s.a, outcome.in_a, first, n), of_b = read_outcome(s.b, outcome.in_b, first, n);
            const std::size_t rows = n * s.points;
            for (std::size_t k = 0; k < s.policies.size(); ++k) {
                std::vector<double> both(&of_a[s.policies[k].in_a * rows], &of_a[s.policies[k].in_a * rows] + rows);
                both.insert(both.end(), &of_b[s.policies[k].in_b * rows], &of_b[s.policies[k].in_b * rows] + rows);
                comparisons[k].add(both);
                for (std::size_t row = 0; row < rows; ++row) s.left_out += std::isnan(both[row]) || std::isnan(both[rows + row]) ? 1 : 0;
            }
        }
        for (const PolicyComparison& c : comparisons) s.differences.push_back({outcome.name, c.difference(1)});
    }
}

void compare_class_shares(SweepPairs& s)
{
    const std::uint64_t rows = std::uint64_t{s.replicates} * s.points, unit = s.replicates > 1 ? s.points : 1, some = std::max<std::uint64_t>(1, rows_at_once / unit) * unit;
    for (const Common& policy : s.policies) {
        ReplicatePairs pairs(s.quarters, s.replicates, s.points);
        for (std::uint64_t first = 0; first < rows; first += some) {
            const auto n = static_cast<std::uint32_t>(std::min(some, rows - first));
            const StoredRuns of_a = read_histories(s.a, policy.in_a, first, n), of_b = read_histories(s.b, policy.in_b, first, n);
            pairs.add(histories_of(of_a), histories_of(of_b));
        }
        s.class_shares.push_back(pairs.class_shares());
    }
}

nlohmann::ordered_json to_json(const SweepPairs& s)
{
    using Json = nlohmann::ordered_json;
    Json out = {{"a", s.a}, {"b", s.b}, {"replicates", s.replicates}, {"points", s.points}, {"left_out", s.left_out}, {"seed", s.seed}};
    out["differences"] = Json::array(), out["outcomes_part"] = Json::array();
    for (std::size_t i = 0; i < s.differences.size(); ++i) {
        out["differences"].push_back(json_of(s.differences[i].quantity, s.differences[i].difference));
        out["differences"].back()["policy"] = s.policies[i % s.policies.size()].name;
    }
    for (std::size_t k = 0; k < s.class_shares.size(); ++k) {
        out["outcomes_part"].push_back(parting_json(s.class_shares[k]));
        out["outcomes_part"].back()["policy"] = s.policies[k].name;
    }
    return out;
}

void print_text(const SweepPairs& s)
{
    const char* const repeats = s.replicates > 1 ? "replicates" : "points";
    fmt::print("{} against {}, pairs with common random numbers: {} {} at {} {}\n\n", s.b, s.a, with_commas(s.replicates), s.replicates == 1 ? "replicate" : "replicates",
               with_commas(s.points), s.points == 1 ? "point" : "points");
    print_head("over all points");
    for (std::size_t i = 0; i < s.differences.size(); ++i) {
        if (i % s.policies.size() == 0) fmt::print("{}\n", s.differences[i].quantity);
        print_row("  " + s.policies[i % s.policies.size()].name, s.differences[i].difference);
    }
    fmt::print("\ns.e.: standard error of the paired difference, by its spread between {}{};\nunpaired: that of two independent sweeps; ratio: of the two.\n", repeats,
               s.replicates == 1 ? ", which other random numbers could exceed"
               : s.points > 1    ? ", since points share their random numbers"
                                 : "");
    if (s.left_out > 0) fmt::print("Pairs left out because a run failed or is not made: {}.\n", with_commas(s.left_out));
    if (s.class_shares.empty()) fmt::print("\nWhere outcomes part is not known: a file keeps no single runs (--keep outcomes).\n");
    else fmt::print("\nWhere outcomes part, beyond the noise between {} at .001 over all quarters and classes:\n", repeats);
    for (std::size_t k = 0; k < s.class_shares.size(); ++k) fmt::print("  {:<42}{}\n", s.policies[k].name, parting_text(s.class_shares[k]));
}

/// Of these outcomes those that are asked for.
std::vector<Common> chosen(const std::vector<Common>& outcomes, const std::vector<std::string>& texts)
{
    std::vector<std::string> names;
    for (const Common& outcome : outcomes) names.push_back(outcome.name);
    std::vector<Common> all;
    for (const std::string& text : texts) {
        const auto at = std::ranges::find(names, text);
        if (at == names.end())
            throw UsageError(fmt::format("entente compare: --quantity: of two sweeps an outcome of both, '{}', got '{}'{}", fmt::join(names, "', '"), text, did_you_mean(text, names)));
        all.push_back(outcomes[static_cast<std::size_t>(at - names.begin())]);
    }
    return all;
}

int compare_sweeps(const std::string& a, const std::string& b, const po::variables_map& given)
{
    const SweepHead in_a = read_sweep_result(a).head, in_b = read_sweep_result(b).head;
    throw_if_no_pairs(in_a, in_b, a, b);
    SweepPairs s{.a = a,
                 .b = b,
                 .policies = common("policy", in_a.policies, in_b.policies, a, b),
                 .outcomes = common("outcome", in_a.outcomes, in_b.outcomes, a, b),
                 .seed = in_a.provenance.seed,
                 .replicates = std::min(in_a.replicates, in_b.replicates),
                 .quarters = std::min(in_a.quarters, in_b.quarters),
                 .points = in_a.points};
    if (given.count("quantity") != 0) s.outcomes = chosen(s.outcomes, given["quantity"].as<std::vector<std::string>>());
    say_if_other_programs(in_a.provenance, in_b.provenance);
    if (in_a.replicates != in_b.replicates)
        fmt::print(stderr, "Replicates: {} in {}, {} in {}; compared are the first {}.\n", in_a.replicates, a, in_b.replicates, b, s.replicates);
    compare_outcomes(s);
    if (s.quarters > 0) compare_class_shares(s);
    if (given.count("json") != 0) fmt::print("{}\n", to_json(s).dump(2));
    else print_text(s);
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
    if (a.ends_with(".h5") != b.ends_with(".h5")) throw UsageError("entente compare: two scenarios or two results, not one of each; `entente run` makes a result of a scenario");
    return a.ends_with(".h5") ? compare_results(a, b, given) : compare_scenarios(a, b, given);
}

} // namespace entente::cli
