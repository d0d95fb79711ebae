#include "sample.hpp"
#include "../core/quarter.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>
#include <unistd.h>

namespace entente {

/// Before it is taken: what a run's number of futures needs is not there just because a file says so.
static void throw_if_too_much(std::size_t runs, std::size_t bytes)
{
    const auto memory = static_cast<std::size_t>(::sysconf(_SC_PHYS_PAGES)) * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    if (bytes > memory / 2)
        throw std::invalid_argument(fmt::format("{} runs need {:.1f} GB at once, more than half of this machine's memory", runs, static_cast<double>(bytes) / 1e9));
}

Sample sample_with_outcomes(Scenario scenario, const std::vector<Quantity>& quantities, const EnsembleOptions& options, const std::function<void(Progress)>& progress,
                            const std::atomic<bool>* stop)
{
    int horizon = 0;
    for (const Quantity& q : quantities) horizon = std::max(horizon, q.to);
    if (horizon > scenario.horizon)
        throw std::invalid_argument(fmt::format("a quantity asks for {}, but the scenario ends in {}", quarter_name(horizon), quarter_name(scenario.horizon)));
    scenario.horizon = horizon;
    const std::size_t runs = scenario.runs, quarters = static_cast<std::size_t>(horizon) + 1;
    throw_if_too_much(runs, runs * (quantities.size() * sizeof(double) + quarters + sizeof(std::int16_t)));
    Sample all{std::vector(quantities.size(), std::vector<double>(runs, std::numeric_limits<double>::quiet_NaN())), std::vector<std::uint8_t>(quarters * runs),
               std::vector<std::int16_t>(runs, no_failure)};
    Plan plan = plan_of(scenario);
    plan.kept = variables_of(quantities);
    count_pieces(
        plan, all_pieces(plan), options,
        [&](unsigned, const FinishedPiece& finished) {
            const auto& [policy, first, n] = finished.piece;
            for (std::uint32_t r = 0; r < n; ++r)
                if (finished.result.failed_quarter[r] < 0)
                    for (std::size_t q = 0; q < quantities.size(); ++q) all.values[q][first + r] = evaluate(quantities[q], finished.result, r, n);
            for (std::size_t q = 0; q < quarters; ++q) std::copy_n(&finished.result.outcome[q * n], n, &all.outcome[q * runs + first]);
            std::ranges::copy(finished.result.failed_quarter, &all.failed_quarter[first]);
        },
        [&](const FinishedPiece&, std::uint64_t done) {
            if (progress) progress({done, scenario.runs});
        },
        stop);
    return all;
}

std::vector<std::vector<double>> sample(Scenario scenario, const std::vector<Quantity>& quantities, const EnsembleOptions& options, const std::function<void(Progress)>& progress,
                                        const std::atomic<bool>* stop)
{
    return sample_with_outcomes(std::move(scenario), quantities, options, progress, stop).values;
}

double PairedDifference::z() const { return difference == 0 ? 0 : difference / standard_error; }

PairedDifference paired_difference(const std::vector<double>& a, const std::vector<double>& b)
{
    PairedDifference d;
    double squares = 0, squares_a = 0, squares_b = 0;
    const auto both = [&](std::size_t i) { return !std::isnan(a[i]) && !std::isnan(b[i]); };
    for (std::size_t i = 0; i < a.size(); ++i)
        if (both(i)) ++d.pairs, d.mean_a += a[i], d.mean_b += b[i], d.difference += b[i] - a[i];
    const double n = static_cast<double>(d.pairs);
    d.mean_a /= n, d.mean_b /= n, d.difference /= n;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (both(i)) {
            squares += (b[i] - a[i] - d.difference) * (b[i] - a[i] - d.difference);
            squares_a += (a[i] - d.mean_a) * (a[i] - d.mean_a);
            squares_b += (b[i] - d.mean_b) * (b[i] - d.mean_b);
        }
    d.standard_error = std::sqrt(squares / (n - 1) / n);
    d.unpaired_error = std::sqrt((squares_a + squares_b) / (n - 1) / n);
    return d;
}

} // namespace entente
