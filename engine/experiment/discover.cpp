#include "discover.hpp"
#include "../core/number.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "values.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace entente {
namespace {

/// Takes the rows with their outcome, [replicate][row], and leaves out inputs that do not differ.
void take(Searched& s, std::vector<InputColumn> inputs, const std::vector<double>& hit)
{
    CasesMade made = cases_of(inputs, hit);
    s.runs_left_out = made.runs_left_out;
    s.rows_left_out = inputs[0].value.size() - made.cases.rows();
    s.cases = std::move(made.cases);
    if (s.cases.rows() == 0) return;
    const std::vector<std::size_t> constant = constant_columns(s.cases);
    std::vector<InputColumn> differing;
    for (std::size_t c = 0; c < s.cases.columns.size(); ++c)
        if (std::ranges::binary_search(constant, c)) s.constant.push_back(s.cases.columns[c].name);
        else differing.push_back(std::move(s.cases.columns[c]));
    s.cases.columns = std::move(differing);
}

/// 1 where the condition holds, 0 where not, NaN where the run failed.
std::vector<double> hits_of(std::vector<double> value, const auto& holds_of)
{
    for (double& x : value)
        if (!std::isnan(x)) x = holds_of(x) ? 1 : 0;
    return value;
}

} // namespace

std::optional<Searched> searched_run(const std::string& file, const ReplaySource& source, const Given& given, const EnsembleOptions& options, const Listener& listener,
                                     const std::atomic<bool>* stop)
{
    std::vector<InputColumn> inputs = drawn_columns(file, source);
    Searched s{.cases = {}, .from = Searched::From::run, .file = file, .title = source.scenario.title, .of = given.text, .policy = {}};
    if (inputs.empty()) return s;
    const auto values = values_of(file, source, {given.quantity}, options, listener, stop);
    if (!values) return std::nullopt;
    take(s, std::move(inputs), hits_of(values->at(0), [&](double x) { return holds(given, x); }));
    std::vector<std::size_t> together; // columns that the draws of a posterior give
    for (std::size_t c = 0; c < s.cases.columns.size(); ++c)
        if (std::ranges::any_of(source.scenario.joint.parameters, [&](std::size_t p) { return describe().parameters[p].name == s.cases.columns[c].name; })) together.push_back(c);
    if (together.empty()) return s;
    s.cases.group = groups_alike(s.cases.columns, together);
    s.draws = std::set(s.cases.group.begin(), s.cases.group.end()).size();
    return s;
}

Searched searched_sweep(const std::string& file, const StoredSweep& sweep, const Given& given, const std::optional<std::string>& policy)
{
    const SweepHead& h = sweep.head;
    const auto at = std::ranges::find(h.outcomes, given.quantity.text);
    if (at == h.outcomes.end())
        throw std::invalid_argument(
            fmt::format("the sweep has no outcome '{}'; it has '{}'{}", given.quantity.text, fmt::join(h.outcomes, "', '"), did_you_mean(given.quantity.text, h.outcomes)));
    const std::size_t number = policy ? policy_number(h, *policy, refusal::NoSuchPolicy::For::replay) : 0;
    SweptPoints points = swept_points(file, sweep, static_cast<std::size_t>(at - h.outcomes.begin()), number);
    Searched s{.cases = {}, .from = Searched::From::sweep, .file = file, .title = h.provenance.scenario_title, .of = given.text, .policy = h.policies[number], .replicates = points.replicates};
    if (points.inputs.empty()) return s;
    take(s, std::move(points.inputs), hits_of(std::move(points.value), [&](double x) { return holds(given, x); }));
    return s;
}

Searched searched_tables(const std::string& inputs, const std::string& output, const std::optional<std::string>& of, std::vector<Problem>& notes)
{
    OutsideRuns runs = outside_runs(read_file(inputs), inputs, read_file(output), output);
    notes = std::move(runs.notes);
    Searched s{.cases = {}, .from = Searched::From::tables, .file = inputs, .title = inputs, .of = runs.outcome, .policy = {}};
    std::vector<double> value = std::move(runs.value);
    if (of) {
        const std::string text(trim(*of));
        Given side; // its quantity is the column
        const std::size_t signs = text.starts_with("<=") || text.starts_with(">=") ? 2 : text.starts_with("<") || text.starts_with(">") ? 1 : 0;
        const auto bound = number_in<double>(trim(std::string_view(text).substr(signs)));
        if (signs == 0 || !bound || !std::isfinite(*bound)) throw std::invalid_argument(fmt::format("of a table '< X', '<= X', '> X' or '>= X' of its outcome, got '{}'", *of));
        side.is = text[0] == '<' ? (signs == 2 ? Given::Is::at_most : Given::Is::less) : signs == 2 ? Given::Is::at_least : Given::Is::more;
        side.bound = *bound;
        s.of = fmt::format("{} {}", runs.outcome, text);
        value = hits_of(std::move(value), [&](double x) { return holds(side, x); });
    }
    const auto whole = [](double x) { return std::isnan(x) || x == 0 || x == 1; };
    const auto share = [](double x) { return std::isnan(x) || (x >= 0 && x <= 1); };
    s.shares = !std::ranges::all_of(value, whole);
    if (!std::ranges::all_of(value, share))
        throw std::invalid_argument(fmt::format("{}: {} is neither 0 and 1 nor a share between them: '> X' or '< X' says what is looked for", output, runs.outcome));
    if (runs.inputs.empty()) return s;
    take(s, std::move(runs.inputs), value);
    std::vector<std::size_t> all(s.cases.columns.size());
    for (std::size_t c = 0; c < all.size(); ++c) all[c] = c;
    std::vector<std::uint32_t> group = groups_alike(s.cases.columns, all);
    const std::size_t points = std::set(group.begin(), group.end()).size();
    if (points < s.cases.rows()) s.cases.group = std::move(group), s.draws = points;
    return s;
}

TreeTable tree_table(const Cases& cases)
{
    TreeTable table{.factors = {}, .value = {}, .hits = {}, .runs = cases.runs};
    for (const double hits : cases.hits) {
        if (hits != std::floor(hits)) throw std::invalid_argument("classification tree: hits are whole numbers");
        table.hits.push_back(static_cast<std::uint32_t>(hits));
    }
    for (const InputColumn& c : cases.columns) {
        TreeFactor factor{c.name, c.kind == Factor::Kind::choice ? TreeFactor::Kind::classes : TreeFactor::Kind::ordered, c.choices};
        for (int quarter = 0; c.kind == Factor::Kind::date && quarter <= std::ranges::max(c.value); ++quarter) factor.names.push_back(quarter_name(quarter));
        table.factors.push_back(std::move(factor));
    }
    for (std::size_t r = 0; r < cases.rows(); ++r)
        for (const InputColumn& c : cases.columns) table.value.push_back(c.value[r]);
    return table;
}

} // namespace entente
