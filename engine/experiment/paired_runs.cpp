#include "paired_runs.hpp"
#include "../analysis/answer.hpp"
#include "../core/quarter.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

void throw_if_no_pairs(const ComparedRuns& a, const ComparedRuns& b, refusal::NoPairs::Remedy remedy)
{
    const auto said = [](const ComparedRuns& side) { return fmt::format("{} and {}", side.seed, side.runs); };
    if (a.seed != b.seed || a.runs != b.runs) throw Refused(refusal::NoPairs{"seed and number of runs", a.name, said(a), b.name, said(b), remedy});
}

StoredResult readable_runs(const std::string& file)
{
    StoredResult result = read_result(file);
    if (!keeps_single_runs(result.provenance)) throw Refused(refusal::NoSingleRuns{file});
    return result;
}

/// Adds the value of every run, NaN if it failed.
void add_values(std::vector<double>& values, const Quantity& quantity, const Histories& h)
{
    BlockResult block;
    block.outcome.assign(h.outcome.begin(), h.outcome.end()), block.first_event.assign(h.first_event.begin(), h.first_event.end());
    for (std::size_t run = 0; run < h.runs; ++run) values.push_back(h.failed_quarter[run] < 0 ? evaluate(quantity, block, run, h.runs) : std::numeric_limits<double>::quiet_NaN());
}

ComparedRuns side_of(const Scenario& s) { return {s.files.empty() ? s.name : s.files[0], s.seed, s.runs}; }
ComparedRuns side_of(const std::string& path, const StoredResult& r) { return {path, r.provenance.seed, r.summary.runs}; }

} // namespace

void throw_if_no_pairs(const Scenario& a, const Scenario& b) { throw_if_no_pairs(side_of(a), side_of(b), refusal::NoPairs::Remedy::set_both); }

std::vector<Quantity> usual_quantities(int horizon)
{
    std::vector<Quantity> all;
    for (const int date : report_dates(horizon)) {
        for (const int c : class_order) all.push_back(parse_quantity(fmt::format("share_{} at {}", class_names[c], quarter_name(date))));
        for (const int o : orientation_order) all.push_back(parse_quantity(fmt::format("share_{} at {}", orientation_names[o], quarter_name(date))));
        for (const char* v : {"alignment_index", "trade_share_china", "dependence_index", "concessions", "trust", "military_depth", "friction", "tier1_withdrawn", "banks_refusing"})
            all.push_back(parse_quantity(fmt::format("mean {} at {}", v, quarter_name(date))));
    }
    for (const Row& e : describe().events) all.push_back(parse_quantity(fmt::format("{} by {}", e.name, quarter_name(horizon))));
    return all;
}

std::optional<RunComparison> compare_scenarios(const Scenario& a, const Scenario& b, const std::vector<Quantity>& quantities, const EnsembleOptions& options,
                                               const std::function<Listener(const Scenario&)>& listener, const std::atomic<bool>* stop)
{
    throw_if_no_pairs(a, b);
    for (const Quantity& q : quantities)
        if (q.level) throw std::invalid_argument(fmt::format("'{}': a quantile over runs has no difference run by run", q.text));
    RunComparison comparison{.a = side_of(a), .b = side_of(b), .shifts = {}, .class_shares = {}, .expected = {}};
    std::vector<Quantity> all = quantities;
    const std::vector<Quantity> expected = comparable_expectations(a, b);
    all.insert(all.end(), expected.begin(), expected.end());
    std::vector<Sample> samples;
    for (const Scenario* s : {&a, &b}) {
        samples.push_back(sample_with_outcomes(*s, all, options, listener ? listener(*s).progress : nullptr, stop));
        if (stop && *stop) return std::nullopt;
    }
    for (std::size_t q = 0; q < quantities.size(); ++q) comparison.shifts.push_back({quantities[q].text, paired_difference(samples[0].values[q], samples[1].values[q])});
    const auto of_expected = [&](Sample& s) { return std::vector(s.values.begin() + static_cast<std::ptrdiff_t>(quantities.size()), s.values.end()); };
    comparison.expected = expected_of(b, expected, of_expected(samples[0]), of_expected(samples[1]));
    OutcomePairs pairs(samples[0].outcome.size() / a.runs);
    pairs.add({a.runs, samples[0].outcome, {}, samples[0].failed_quarter}, {b.runs, samples[1].outcome, {}, samples[1].failed_quarter});
    comparison.class_shares = pairs.class_shares();
    return comparison;
}

ResultPair pair_results(const std::string& a, const std::string& b)
{
    ResultPair pair{a, b, readable_runs(a), readable_runs(b)};
    throw_if_no_pairs(side_of(a, pair.in_a), side_of(b, pair.in_b), refusal::NoPairs::Remedy::none);
    return pair;
}

struct ExpectedDifference {
    std::size_t number; ///< of the expectation
    Quantity quantity;
    PolicyComparison runs;
};
/// Differences that B expects of single runs against A; one of a variable, or beyond what both reach, is not evaluated.
static std::vector<ExpectedDifference> expected_differences(const ResultPair& pair, const Expected& expected)
{
    std::vector<ExpectedDifference> all;
    if (!is_against(scenario_files(pair.in_a.provenance), scenario_files(pair.in_b.provenance))) return all;
    for (std::size_t i = 0; i < expected.all.size(); ++i) {
        if (!expected.all[i].expected.of_difference()) continue;
        const Quantity quantity = parse_quantity(expected.all[i].expected.quantity);
        const bool reached = fault_of_date(quantity, static_cast<int>(pair.start()), static_cast<int>(pair.quarters()) - 1).empty();
        if (reached && quantity.terms.empty() && !quantity.level) all.push_back({i, quantity, PolicyComparison(quantity, 2, 1)});
    }
    return all;
}

RunComparison compare_results(const ResultPair& pair, const std::vector<Quantity>& asked)
{
    std::vector<PolicyComparison> comparisons;
    for (const Quantity& quantity : asked) {
        if (!quantity.terms.empty()) throw Refused(refusal::NotKept{quantity.text});
        comparisons.emplace_back(quantity, 2, 1);
    }
    Expected expected = expected_of(pair.in_b, pair.b);
    std::vector<ExpectedDifference> differences = expected_differences(pair, expected);
    OutcomePairs pairs(pair.quarters());
    each_block(pair.a, pair.b, pair.in_a.summary.runs, [&](std::uint32_t, const Histories& of_a, const Histories& of_b) {
        pairs.add(of_a, of_b);
        const auto add = [&](PolicyComparison& comparison, const Quantity& quantity) {
            std::vector<double> both;
            add_values(both, quantity, of_a), add_values(both, quantity, of_b);
            comparison.add(both);
        };
        for (std::size_t i = 0; i < asked.size(); ++i) add(comparisons[i], asked[i]);
        for (ExpectedDifference& d : differences) add(d.runs, d.quantity);
    });
    for (const ExpectedDifference& d : differences) expected.all[d.number] = judge(expected.all[d.number].expected, interval_of(d.runs.difference(1)));
    RunComparison comparison{.a = side_of(pair.a, pair.in_a), .b = side_of(pair.b, pair.in_b), .shifts = {}, .class_shares = pairs.class_shares(), .expected = std::move(expected)};
    for (std::size_t i = 0; i < asked.size(); ++i) comparison.shifts.push_back({asked[i].text, comparisons[i].difference(1)});
    if (asked.empty()) comparison.shifts = shifts(pairs, report_dates(static_cast<int>(pair.quarters()) - 1));
    return comparison;
}

bool are_of_one_program(const Provenance& a, const Provenance& b) { return a.engine_sources == b.engine_sources && a.precision == b.precision; }

} // namespace entente
