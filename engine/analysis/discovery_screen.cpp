// Which inputs a box is looked for in.
#include "discovery_halves.hpp"
#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace entente {
namespace {

/// Kolmogorov's distribution above lambda.
double kolmogorov(double lambda)
{
    if (lambda < 0.2) return 1;
    double sum = 0;
    for (int k = 1; k <= 100; ++k) {
        const double term = std::exp(-2.0 * k * k * lambda * lambda);
        sum += k % 2 == 1 ? term : -term;
        if (term < 1e-16) break;
    }
    return std::clamp(2 * sum, 0.0, 1.0);
}

double chance_of_numbers(const Cases& cases, std::size_t c, const std::vector<std::uint32_t>& order, const std::vector<std::uint8_t>& here, const CaseCount& all, double effect)
{
    const std::vector<double>& x = cases.columns[c].value;
    const double misses = all.runs - all.hits;
    double with = 0, beside = 0, most = 0, last = 0;
    bool begun = false;
    for (const std::uint32_t r : order) {
        if (!here[r]) continue;
        if (begun && x[r] != last) most = std::max(most, std::abs(with / all.hits - beside / misses)); // equal values count as one step
        with += cases.hits[r], beside += cases.runs[r] - cases.hits[r];
        last = x[r], begun = true;
    }
    const double n = std::sqrt(all.hits * misses / all.runs / effect);
    return kolmogorov((n + 0.12 + 0.11 / n) * most);
}

double chance_of_choices(const Cases& cases, std::size_t c, std::span<const std::uint32_t> rows, const CaseCount& all, double effect)
{
    std::vector<CaseCount> of_class(cases.columns[c].choices.size());
    for (const std::uint32_t r : rows) {
        CaseCount& t = of_class[static_cast<std::size_t>(cases.columns[c].value[r])];
        t = t + CaseCount{1, cases.hits[r], static_cast<double>(cases.runs[r])};
    }
    const double p = all.density();
    double squares = 0;
    int classes = 0;
    for (const CaseCount& t : of_class)
        if (t.runs > 0) squares += (t.hits - p * t.runs) * (t.hits - p * t.runs) / (p * (1 - p) * t.runs), ++classes;
    return classes < 2 ? 1 : boost::math::gamma_q((classes - 1) / 2.0, squares / effect / 2);
}

/// The step nearest to a box in coverage and density.
std::size_t nearest_step(const Trajectory& path, const PrimStep& to)
{
    const auto distance = [&](const PrimStep& s) { return std::hypot(s.coverage - to.coverage, s.density - to.density); };
    return static_cast<std::size_t>(std::ranges::min_element(path.steps, {}, distance) - path.steps.begin());
}

} // namespace

std::vector<double> chances_of_telling(const BoxSearch& search, std::span<const std::uint32_t> rows)
{
    const Cases& cases = search.cases();
    std::vector<double> chance(cases.columns.size(), 1);
    const CaseCount all = tally_of(cases, rows);
    if (all.hits <= 0 || all.hits >= all.runs) return chance;
    const double effect = design_effect(cases, rows);
    std::vector<std::uint8_t> here(cases.rows());
    for (const std::uint32_t r : rows) here[r] = 1;
    for (std::size_t c = 0; c < chance.size(); ++c)
        chance[c] = cases.columns[c].kind == Factor::Kind::choice ? chance_of_choices(cases, c, rows, all, effect) : chance_of_numbers(cases, c, search.order(c), here, all, effect);
    return chance;
}

Looked look(const BoxSearch& search, const std::vector<std::uint32_t>& rows, const CaseCount& whole, const PrimOptions& prim, const DiscoveryOptions& options, const PrimStep* like)
{
    const Cases& cases = search.cases();
    const auto found_in = [&](std::vector<std::size_t> columns) {
        PrimOptions how = prim;
        how.columns = columns;
        Looked looked{.path = search.find(rows, whole, how), .step = {}, .columns = std::move(columns)};
        looked.step = options.wanted.by == Wanted::By::step && like ? std::optional(nearest_step(looked.path, *like)) : chosen_step(looked.path, options.wanted);
        return looked;
    };
    if (cases.columns.size() <= options.many_inputs) return found_in({});
    std::vector<std::size_t> telling;
    std::vector<std::uint32_t> among = rows;
    std::optional<Looked> looked;
    while (true) {
        const std::vector<double> chance = chances_of_telling(search, among);
        const std::size_t before = telling.size();
        for (std::size_t c = 0; c < chance.size(); ++c)
            if (chance[c] < options.level / static_cast<double>(chance.size()) && std::ranges::find(telling, c) == telling.end()) telling.push_back(c);
        if (telling.size() == before) break;
        std::ranges::sort(telling);
        looked = found_in(telling);
        if (!looked->step) break;
        among = rows_in(cases, box_at(looked->path, *looked->step), rows);
    }
    return looked ? std::move(*looked) : found_in({});
}

} // namespace entente
