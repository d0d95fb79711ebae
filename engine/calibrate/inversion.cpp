#include "inversion.hpp"
#include "../design/sobol.hpp"
#include "../core/in_blocks.hpp"
#include "kalman.hpp"
#include "moves.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace entente {

namespace {

constexpr double used_up = 1 - 1e-12; ///< sum of step sizes

void check(const Simulator& simulator, std::span<const double> observed, const InversionSettings& s)
{
    if (simulator.parameters.empty() || !simulator.run || observed.empty() || simulator.summaries.size() != observed.size())
        throw std::invalid_argument("a simulator needs parameters, a function, and as many names of summaries as there are observed ones");
    if (!std::all_of(observed.begin(), observed.end(), [](double x) { return std::isfinite(x); })) throw std::invalid_argument("an observed summary is not finite");
    if (s.replicates < 2 || s.members == 1 || s.most_steps == 0) throw std::invalid_argument("settings: two replicates or more, two members or more, a step or more");
}

/// Runs of all members, [member][replicate][summary].
std::optional<std::vector<double>> run_members(const Simulator& simulator, std::size_t k, const InversionSettings& s, const std::vector<double>& deviates, std::uint64_t seed,
                                               const std::atomic<bool>* stop)
{
    constexpr std::size_t batch = 16; // members
    const std::size_t d = simulator.parameters.size(), members = deviates.size() / d;
    std::vector<double> found(members * s.replicates * k);
    const bool whole = in_blocks((members + batch - 1) / batch, s.threads, stop, [&](std::size_t b) {
        const std::size_t first = b * batch, n = std::min(members, first + batch) - first;
        const std::vector<double> values = values_at(simulator.parameters, std::span(deviates).subspan(first * d, n * d));
        std::vector<double> parameters;
        for (std::size_t run = 0; run < n * s.replicates; ++run) {
            const auto from = values.begin() + static_cast<std::ptrdiff_t>(run / s.replicates * d);
            parameters.insert(parameters.end(), from, from + static_cast<std::ptrdiff_t>(d));
        }
        std::vector<std::uint32_t> replicates(n * s.replicates);
        std::iota(replicates.begin(), replicates.end(), static_cast<std::uint32_t>(first * s.replicates));
        simulator.run({seed, replicates, parameters, std::span(found).subspan(first * s.replicates * k, n * s.replicates * k)});
    });
    return whole ? std::optional(std::move(found)) : std::nullopt;
}

/// Members of which no run failed: their means, and the covariance of one run about its member's mean.
struct Outcome {
    std::vector<double> deviates, means, noise;
};
Outcome outcome_of(const std::vector<double>& deviates, const std::vector<double>& found, std::size_t d, std::size_t k, std::size_t replicates)
{
    Outcome o{.deviates = {}, .means = {}, .noise = std::vector<double>(k * k, 0.0)};
    double degrees = 0;
    for (std::size_t m = 0; m < deviates.size() / d; ++m) {
        const auto runs = std::span<const double>(found).subspan(m * replicates * k, replicates * k);
        if (!std::all_of(runs.begin(), runs.end(), [](double x) { return std::isfinite(x); })) continue;
        std::vector<double> mean(k, 0.0);
        for (std::size_t i = 0; i < runs.size(); ++i) mean[i % k] += runs[i] / static_cast<double>(replicates);
        for (std::size_t r = 0; r < replicates; ++r)
            for (std::size_t a = 0; a < k; ++a)
                for (std::size_t b = 0; b < k; ++b) o.noise[a * k + b] += (runs[r * k + a] - mean[a]) * (runs[r * k + b] - mean[b]);
        degrees += static_cast<double>(replicates - 1);
        const auto from = deviates.begin() + static_cast<std::ptrdiff_t>(m * d);
        o.deviates.insert(o.deviates.end(), from, from + static_cast<std::ptrdiff_t>(d)), o.means.insert(o.means.end(), mean.begin(), mean.end());
    }
    for (double& x : o.noise) x /= std::max(1.0, degrees);
    // Summaries that hardly vary, or go together, are not to decide alone.
    const std::size_t whole = o.means.size() / k;
    const auto members = static_cast<double>(whole);
    for (std::size_t a = 0; a < k; ++a) {
        double mean = 0, squares = 0;
        for (std::size_t i = a; i < o.means.size(); i += k) mean += o.means[i] / members;
        for (std::size_t i = a; i < o.means.size(); i += k) squares += (o.means[i] - mean) * (o.means[i] - mean) / members;
        double& own = o.noise[a * k + a];
        own = own + squares > 0 ? own + 1e-6 * (own + squares) : 1;
    }
    return o;
}

} // namespace

std::string to_text(InversionStopped stopped)
{
    switch (stopped) {
    case InversionStopped::not_yet: return "not finished";
    case InversionStopped::done: return "all of the data is used";
    case InversionStopped::too_far: return "much of the data is still to be used after as many steps as were allowed: what was observed is far from all that the simulator makes";
    case InversionStopped::too_few: return "runs of more than half of the members failed";
    }
    throw std::logic_error("a reason that is not known");
}

InversionState begin_inversion(const Simulator& simulator, std::span<const double> observed, const InversionSettings& s)
{
    check(simulator, observed, s);
    const std::size_t d = simulator.parameters.size();
    InversionState state;
    state.begun = s.members != 0 ? s.members : 10 * d;
    state.deviates = scrambled_sobol(state.begun, d, s.seed);
    for (double& u : state.deviates) u = normal_at(u);
    return state;
}

std::optional<InversionState> next_inversion(const Simulator& simulator, std::span<const double> observed, const InversionSettings& s, const InversionState& before,
                                             const std::atomic<bool>* stop)
{
    check(simulator, observed, s);
    if (before.stopped != InversionStopped::not_yet) throw std::invalid_argument("an inversion that has stopped does not go on");
    const std::size_t d = simulator.parameters.size(), k = observed.size();
    const auto number = static_cast<std::uint32_t>(before.sizes.size());
    const std::optional<std::vector<double>> found = run_members(simulator, k, s, before.deviates, mixed(s.seed, number + 1), stop);
    if (!found) return std::nullopt;
    InversionState state = before;
    state.runs += before.deviates.size() / d * s.replicates;
    Outcome o = outcome_of(before.deviates, *found, d, k, s.replicates);
    const std::size_t members = o.means.size() / k;
    if (members < 2 || 2 * members < state.begun) {
        state.stopped = InversionStopped::too_few;
        return state;
    }
    const double done = std::accumulate(before.sizes.begin(), before.sizes.end(), 0.0);
    const double size = kalman_step_size({o.deviates, o.means, observed, o.noise}, done);
    // A mean of some runs brings a part of the noise along: what is added is the rest.
    for (double& x : o.noise) x *= 1 - size / static_cast<double>(s.replicates);
    state.deviates = kalman_step({o.deviates, o.means, observed, o.noise}, size, kalman_normals(s.seed, number, members, k));
    state.sizes.push_back(size);
    if (done + size >= used_up) state.stopped = InversionStopped::done;
    else if (state.sizes.size() >= s.most_steps) state.stopped = InversionStopped::too_far;
    return state;
}

InversionState inversion(const Simulator& simulator, std::span<const double> observed, const InversionSettings& settings, InversionState from, const InversionListener& listener,
                         const std::atomic<bool>* stop)
{
    if (from.begun == 0) from = begin_inversion(simulator, observed, settings);
    while (from.stopped == InversionStopped::not_yet) {
        std::optional<InversionState> next = next_inversion(simulator, observed, settings, from, stop);
        if (!next) break;
        from = std::move(*next);
        if (listener) listener(from);
    }
    return from;
}

} // namespace entente
