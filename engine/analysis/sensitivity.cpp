#include "sensitivity.hpp"
#include "../core/in_blocks.hpp"
#include "../core/quarter.hpp"
#include "joint_regression.hpp"
#include "order_statistics.hpp"
#include "quantity.hpp"
#include "rank_index.hpp"
#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <stdexcept>

namespace entente {

std::vector<Index> GivenIndices::strongest() const
{
    std::vector<Index> all = first;
    for (std::size_t k = 0; k < all.size() && k < curve.size(); ++k) {
        const bool sees_more = held_among(all[k], 2 * all.size()).low > held_among(curve[k], 2 * all.size()).high;
        if (curve[k].has_interval() && !sees_more) all[k] = curve[k];
    }
    return all;
}

std::vector<bool> GivenIndices::zero() const
{
    std::vector<bool> all;
    for (std::size_t k = 0; k < first.size(); ++k) {
        const double of_first = chance_of_share(first[k]), of_curve = k < curve.size() ? chance_of_share(curve[k]) : no_number;
        all.push_back(!(std::fmin(of_first, of_curve) * 2 * static_cast<double>(first.size()) <= 0.05));
    }
    return all;
}

std::vector<double> means_over_replicates(std::span<const double> values, std::size_t replicates, std::size_t together)
{
    const std::size_t rows = values.size() / replicates;
    const auto is_whole = [&](std::size_t r, std::size_t first) {
        const double* const of = values.data() + r * rows;
        return std::all_of(of + first, of + std::min(rows, first + together), [](double v) { return std::isfinite(v); });
    };
    std::vector<double> luck(replicates); // of each replicate, over rows that are whole in all of them: how far it lies from their mean
    std::size_t seen = 0;
    for (std::size_t first = 0; first < rows; first += together) {
        bool whole = true;
        for (std::size_t r = 0; r < replicates; ++r) whole = whole && is_whole(r, first);
        if (!whole) continue;
        for (std::size_t i = first; i < std::min(rows, first + together); ++i, ++seen)
            for (std::size_t r = 0; r < replicates; ++r) luck[r] += values[r * rows + i];
    }
    for (double& of : luck) of /= static_cast<double>(std::max<std::size_t>(1, seen));
    const double middle = std::accumulate(luck.begin(), luck.end(), 0.0) / static_cast<double>(replicates);
    std::vector<double> mean(rows, no_number);
    for (std::size_t first = 0; first < rows; first += together) {
        const std::size_t last = std::min(rows, first + together);
        std::vector<double> sum(last - first);
        std::size_t used = 0;
        for (std::size_t r = 0; r < replicates; ++r) used += is_whole(r, first) ? 1 : 0;
        for (std::size_t r = 0; r < replicates; ++r)
            for (std::size_t i = first; is_whole(r, first) && i < last; ++i) sum[i - first] += values[r * rows + i] - (used < replicates ? luck[r] - middle : 0);
        for (std::size_t i = first; used > 0 && i < last; ++i) mean[i] = sum[i - first] / static_cast<double>(used);
    }
    return mean;
}

std::vector<OutcomeSeries> series_in(const std::vector<std::string>& outcomes)
{
    std::vector<OutcomeSeries> all;
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
        const std::string& text = outcomes[o];
        const std::size_t at = text.rfind(" at ") != std::string::npos ? text.rfind(" at ") : text.rfind(" by ");
        if (at == std::string::npos) continue;
        const std::optional<int> quarter = parse_quarter(text.size() == at + 8 ? text.substr(at + 4) + "Q1" : text.substr(at + 4));
        if (!quarter) continue;
        const std::string name = text.substr(0, at);
        auto known = std::ranges::find(all, name, &OutcomeSeries::name);
        if (known == all.end()) known = all.insert(all.end(), {name, {}, {}});
        if (std::ranges::find(known->quarters, *quarter) != known->quarters.end()) continue;
        const auto place = std::ranges::lower_bound(known->quarters, *quarter) - known->quarters.begin();
        known->quarters.insert(known->quarters.begin() + place, *quarter), known->outcomes.insert(known->outcomes.begin() + place, o);
    }
    std::erase_if(all, [](const OutcomeSeries& s) { return s.outcomes.size() < 2; });
    return all;
}

namespace {

/// Inputs that differ, and groups of them.
struct Used {
    std::vector<InputColumn> inputs;
    std::vector<std::size_t> number; ///< [input of the rows]: place among those used; npos: constant
    std::vector<InputGroup> groups;
};
constexpr std::size_t npos = static_cast<std::size_t>(-1);

Used used_of(const SensitivityRows& rows, Sensitivity& s)
{
    Used used;
    for (const InputColumn& input : rows.inputs) {
        if (input.value.size() != s.rows) throw std::invalid_argument(fmt::format("{}: {} values in {} rows", input.name, input.value.size(), s.rows));
        const bool differs = std::ranges::any_of(input.value, [&](double v) { return v != input.value[0]; });
        used.number.push_back(differs ? used.inputs.size() : npos);
        if (differs) used.inputs.push_back(input);
        else s.constant.push_back(input.name);
    }
    if (used.inputs.empty()) throw std::invalid_argument("no input differs between rows, so that none can explain anything");
    for (const InputGroup& group : rows.groups) {
        InputGroup of{group.name, {}};
        for (const std::size_t input : group.inputs)
            if (used.number.at(input) != npos) of.inputs.push_back(used.number[input]);
        used.groups.push_back(std::move(of));
    }
    return used;
}

/// What of the inputs does not hang on the outcome: once for all of them. Only of rows without failures; others are cut to size.
struct Prepared {
    std::vector<InputColumn> inputs;
    std::vector<OrderedInput> in_order, for_first;
    std::vector<Slices> slices, finer; ///< of PAWN, of delta
    std::optional<JointTerms> terms{};
};
Prepared prepared(const Used& used, const std::vector<std::size_t>& rows, bool is_net, const SensitivityAsked& asked, const std::set<GivenMethod>& methods)
{
    Prepared p;
    for (const InputColumn& input : used.inputs) {
        InputColumn cut = input;
        cut.value.clear();
        for (const std::size_t row : rows) cut.value.push_back(input.value[row]);
        p.inputs.push_back(std::move(cut));
    }
    p.in_order.resize(p.inputs.size()), p.for_first.resize(p.inputs.size()), p.slices.resize(p.inputs.size()), p.finer.resize(p.inputs.size());
    in_blocks(p.inputs.size(), asked.resampling.threads, nullptr, [&](std::size_t k) {
        p.in_order[k] = ordered(p.inputs[k], asked.resampling.seed + k);
        p.for_first[k] = is_net ? in_slices(p.in_order[k]) : p.in_order[k];
        if (methods.contains(GivenMethod::pawn)) p.slices[k] = sliced(p.in_order[k], asked.slices);
        if (methods.contains(GivenMethod::delta)) p.finer[k] = sliced(p.in_order[k], delta_slices(rows.size()));
    });
    p.terms.emplace(p.inputs);
    return p;
}

/// Sizes to one part in four, by which inputs share their dummies.
std::vector<std::uint32_t> about(std::vector<std::uint32_t> sizes)
{
    for (std::uint32_t& size : sizes) {
        const int low = std::max(0, static_cast<int>(std::bit_width(size)) - 3);
        size = size >> low << low;
    }
    return sizes;
}

/// A dummy's level for each input: the same for inputs whose slices have about the same sizes, by the one whose smallest is the smallest, which is the most erratic.
template <class Level> std::vector<double> noise_of(const std::vector<Slices>& slices, const std::vector<OrderedInput>& inputs, Level level)
{
    std::map<std::pair<std::size_t, std::vector<std::uint32_t>>, std::vector<std::size_t>> same;
    for (std::size_t k = 0; k < slices.size(); ++k) same[{inputs[k].has_few ? inputs[k].levels : 0, about(slices[k].sizes)}].push_back(k);
    std::vector<double> noise(slices.size());
    for (const auto& [key, members] : same) {
        const std::size_t most = *std::ranges::min_element(members, {}, [&](std::size_t k) { return std::ranges::min(slices[k].sizes); });
        const double of = level(slices[most], inputs[most]);
        for (const std::size_t k : members) noise[k] = of;
    }
    return noise;
}

double mean_of(const std::vector<double>& y) { return std::accumulate(y.begin(), y.end(), 0.0) / static_cast<double>(y.size()); }

GivenIndices given_indices(const Prepared& p, const std::vector<InputGroup>& groups, const std::vector<double>& y, bool is_share, const SensitivityAsked& asked,
                           const std::set<GivenMethod>& methods)
{
    GivenIndices g{.first = {}, .pawn = {}, .delta = {}, .regional = {}, .split = {}, .together = {}, .groups = {}};
    const std::size_t inputs = p.inputs.size();
    const unsigned threads = asked.resampling.threads;
    const std::span<const std::vector<double>> one(&y, 1);
    if (methods.contains(GivenMethod::first_order)) {
        g.first.resize(inputs);
        in_blocks(inputs, threads, nullptr, [&](std::size_t k) { g.first[k] = first_order(p.for_first[k], one); });
        std::vector<std::vector<std::size_t>> sets(1, std::vector<std::size_t>(inputs));
        std::iota(sets[0].begin(), sets[0].end(), std::size_t{0});
        for (std::size_t k = 0; k < inputs; ++k) sets.push_back({k});
        for (const InputGroup& group : groups) sets.push_back(group.inputs);
        double effect = 1;
        for (const OrderedInput& input : p.in_order) effect = std::max(effect, design_effect(input, y));
        const std::vector<Index> explained = p.terms->explained(y, sets, effect);
        const auto after = explained.begin() + 1 + static_cast<std::ptrdiff_t>(inputs);
        g.together = explained[0], g.squares = p.terms->has_squares();
        g.curve.assign(explained.begin() + 1, after), g.groups.assign(after, explained.end());
    }
    if (methods.contains(GivenMethod::pawn)) {
        const OrderedOutcome outcome = ordered(y);
        const std::vector<double> noise = noise_of(p.slices, p.in_order,
                                                   [&](const Slices& s, const OrderedInput& input) { return pawn_noise(s, input, outcome, asked.resampling.seed, inputs, threads); });
        g.pawn.resize(inputs);
        in_blocks(inputs, threads, nullptr, [&](std::size_t k) { g.pawn[k] = pawn(p.slices[k], outcome), g.pawn[k].noise = noise[k]; });
    }
    if (methods.contains(GivenMethod::delta)) {
        const DeltaOutcome outcome = for_delta(y);
        const Bootstrap how{std::min<std::uint32_t>(asked.resampling.resamples, 100), asked.resampling.seed, 1};
        const std::vector<double> noise = noise_of(p.finer, p.in_order,
                                                   [&](const Slices& s, const OrderedInput& input) { return delta_noise(s, input, outcome, asked.resampling.seed, inputs, threads); });
        g.delta.resize(inputs);
        in_blocks(inputs, threads, nullptr, [&](std::size_t k) { g.delta[k] = borgonovo_delta(p.finer[k], outcome, how), g.delta[k].noise = noise[k]; });
    }
    if (methods.contains(GivenMethod::regional)) {
        std::vector<std::uint8_t> holds;
        if (!is_share) {
            std::vector<double> sorted = y;
            g.split = interpolated_quantile(sorted, 0.5);
            if (std::ranges::none_of(y, [&](double v) { return v > *g.split; })) g.split = mean_of(y); // half or more have the greatest value
        }
        for (const double v : y) holds.push_back(v > g.split.value_or(0.5) ? 1 : 0);
        g.regional.resize(inputs);
        in_blocks(inputs, threads, nullptr, [&](std::size_t k) { g.regional[k] = regional_sensitivity(p.in_order[k], holds); });
    }
    return g;
}

std::vector<std::size_t> whole_rows(const std::vector<double>& value)
{
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < value.size(); ++row)
        if (std::isfinite(value[row])) rows.push_back(row);
    return rows;
}

std::vector<double> taken(const std::vector<double>& value, const std::vector<std::size_t>& rows)
{
    std::vector<double> some;
    for (const std::size_t row : rows) some.push_back(value[row]);
    return some;
}

/// Rows that are held against each other.
std::size_t rows_together(const SensitivityRows& rows)
{
    const std::size_t d = rows.inputs.size();
    return rows.layout == SensitivityRows::Layout::saltelli ? (rows.second_order ? 2 * d + 2 : d + 2) : rows.layout == SensitivityRows::Layout::morris ? d + 1 : 1;
}

/// Values of independent points alone: of a Saltelli design those of A and B.
std::vector<double> of_independent_points(const SensitivityRows& rows, const std::vector<double>& value)
{
    if (rows.layout != SensitivityRows::Layout::saltelli) return value;
    std::vector<double> some;
    const std::size_t width = rows_together(rows);
    for (std::size_t i = 0; i < value.size(); ++i)
        if (i % width == 0 || i % width == width - 1) some.push_back(value[i]);
    return some;
}

struct Work {
    const SensitivityRows& rows;
    const SensitivityAsked& asked;
    const Used& used;
    std::set<GivenMethod> methods;
    std::map<std::vector<std::size_t>, Prepared> prepared{}; ///< by rows that are whole
    const Prepared& of(const std::vector<std::size_t>& whole)
    {
        const auto known = prepared.find(whole);
        return known != prepared.end()
                   ? known->second
                   : prepared.emplace(whole, entente::prepared(used, whole, rows.is_net || rows.layout == SensitivityRows::Layout::saltelli, asked, methods)).first->second;
    }
};

std::vector<std::vector<std::size_t>> sets_of(const std::vector<InputGroup>& groups)
{
    std::vector<std::vector<std::size_t>> sets;
    for (const InputGroup& group : groups) sets.push_back(group.inputs);
    return sets;
}

OutcomeIndices indices_of(Work& work, const SensitivityRows::Outcome& outcome, const std::vector<double>& value)
{
    using Layout = SensitivityRows::Layout;
    const SensitivityRows& rows = work.rows;
    const std::vector<std::size_t> whole = whole_rows(value);
    OutcomeIndices o{.outcome = outcome.text, .rows = whole.size(), .failed = value.size() - whole.size()};
    if (static_cast<double>(o.failed) > most_failed * static_cast<double>(value.size())) {
        o.fault = fmt::format("{} of {} rows failed, more than 5 %: what is left may be another population", o.failed, value.size());
        return o;
    }
    if (o.rows < 20) {
        o.fault = fmt::format("{} rows, fewer than 20", o.rows);
        return o;
    }
    const std::vector<double> y = taken(value, whole);
    for (const double v : y) o.mean += v / static_cast<double>(y.size());
    for (const double v : y) o.variance += (v - o.mean) * (v - o.mean) / static_cast<double>(y.size() - 1);
    o.is_always_the_same = std::ranges::all_of(y, [&](double v) { return v == y[0]; });
    if (o.is_always_the_same) return o.variance = 0, o;
    const auto holds = static_cast<std::size_t>(std::ranges::count_if(y, [](double v) { return v > 0; }));
    if (outcome.is_share && rows.replicates == 1 && std::min(holds, y.size() - holds) < least_of_share) {
        o.fault = fmt::format("it holds in {} of {} rows; an index needs {} on either side", holds, y.size(), least_of_share);
        return o;
    }
    if (!outcome.in_series_alone) o.seed = seed_share(of_independent_points(rows, outcome.value), rows.replicates);
    try {
        if (rows.layout == Layout::saltelli) o.sobol = sobol_indices({rows.inputs.size(), rows.second_order, {value}}, work.asked.resampling, sets_of(rows.groups));
        if (rows.layout == Layout::morris) {
            MorrisRuns runs{.factors = rows.inputs.size(), .u = rows.u, .moved = rows.moved, .without_order = {}, .value = value};
            for (const InputColumn& input : rows.inputs) runs.without_order.push_back(input.kind == Factor::Kind::choice);
            o.morris = morris_effects(runs, work.asked.resampling);
        }
    } catch (const std::invalid_argument& e) {
        o.fault = e.what();
        return o;
    }
    const std::set<GivenMethod> methods = outcome.in_series_alone ? std::set{GivenMethod::first_order} : work.methods;
    if (!work.methods.empty()) o.given = given_indices(work.of(whole), work.used.groups, y, outcome.is_share && rows.replicates == 1, work.asked, methods);
    return o;
}

SeriesIndices series_of(Work& work, const OutcomeSeries& series, const std::vector<std::vector<double>>& values)
{
    SeriesIndices s{.name = series.name, .quarters = series.quarters, .outcomes = series.outcomes, .first = {}, .total = {}};
    const std::size_t rows = values[series.outcomes[0]].size();
    std::vector<std::size_t> whole;
    for (std::size_t row = 0; row < rows; ++row)
        if (std::ranges::all_of(series.outcomes, [&](std::size_t o) { return std::isfinite(values[o][row]); })) whole.push_back(row);
    if (static_cast<double>(rows - whole.size()) > most_failed * static_cast<double>(rows) || whole.size() < 20) return s;
    if (work.rows.layout == SensitivityRows::Layout::saltelli) {
        PickFreeze runs{work.rows.inputs.size(), work.rows.second_order, {}};
        for (const std::size_t o : series.outcomes) runs.outcomes.push_back(values[o]);
        const SobolIndices all = sobol_indices(runs, work.asked.resampling);
        s.first = all.first, s.total = all.total;
        return s;
    }
    if (!work.methods.contains(GivenMethod::first_order)) return s;
    const Prepared& p = work.of(whole);
    std::vector<std::vector<double>> y;
    for (const std::size_t o : series.outcomes) y.push_back(taken(values[o], whole));
    s.first.resize(p.inputs.size());
    in_blocks(p.inputs.size(), work.asked.resampling.threads, nullptr, [&](std::size_t k) { s.first[k] = first_order(p.for_first[k], y); });
    return s;
}

} // namespace

Sensitivity sensitivity_of(const SensitivityRows& rows, const SensitivityAsked& asked)
{
    using Layout = SensitivityRows::Layout;
    if (rows.outcomes.empty() || rows.inputs.empty()) throw std::invalid_argument("no outcomes or no inputs");
    Sensitivity s{.layout = rows.layout,
                  .second_order = rows.second_order,
                  .is_net = rows.is_net || rows.layout == Layout::saltelli,
                  .rows = rows.outcomes[0].value.size() / std::max<std::size_t>(1, rows.replicates),
                  .replicates = rows.replicates};
    for (const auto& outcome : rows.outcomes)
        if (outcome.value.size() != s.rows * rows.replicates) throw std::invalid_argument(fmt::format("{}: {} values in {} rows", outcome.text, outcome.value.size(), s.rows));
    if (s.rows < 20) throw std::invalid_argument(fmt::format("{} rows, fewer than 20: too few for any index", s.rows));
    Used used = used_of(rows, s);
    if (rows.layout != Layout::given) { // whose columns are counted as the design has them
        used.inputs = rows.inputs, used.groups = rows.groups;
        s.constant.clear();
    }
    const std::set<GivenMethod> usual = rows.layout == Layout::given ? std::set{GivenMethod::first_order, GivenMethod::pawn, GivenMethod::regional} : std::set<GivenMethod>{};
    Work work{rows, asked, used, asked.given.empty() ? usual : asked.given};
    std::vector<std::vector<double>> values;
    for (const auto& outcome : rows.outcomes) {
        values.push_back(means_over_replicates(outcome.value, rows.replicates, rows_together(rows)));
        s.outcomes.push_back(indices_of(work, outcome, values.back()));
    }
    for (const OutcomeSeries& series : rows.series) s.series.push_back(series_of(work, series, values));
    s.groups = used.groups, s.inputs = used.inputs;
    for (InputColumn& input : s.inputs) input.value.clear();
    return s;
}

} // namespace entente
