#include "synthetic_steps.hpp"
#include "archive_steps.hpp"
#include "moves.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace entente {

namespace {

/// A step that is to be run.
struct Proposal {
    std::size_t chain = 0;
    bool guessed = false;
    std::vector<double> to;
    double worth = 0; ///< of where it leads over where it comes from, by the guess alone: what has been asked for already
};

double log_prior(std::span<const double> deviates)
{
    double sum = 0;
    for (const double z : deviates) sum += z * z;
    return -sum / 2;
}

class Group {
public:
    Group(const Simulator& simulator, const SyntheticSteps& s, std::span<const SyntheticChain> chains) : simulator_(simulator), s_(s)
    {
        done_.chains.assign(chains.begin(), chains.end());
    }
    void step(std::uint64_t number)
    {
        const std::uint64_t seed = mixed(s_.seed, number);
        std::vector<UniformStream> uniforms;
        std::vector<Proposal> proposals;
        for (std::uint32_t c = 0; c < done_.chains.size(); ++c) {
            uniforms.emplace_back(seed, "chain", s_.first_chain + c);
            if (std::optional<Proposal> p = propose(c, uniforms.back())) proposals.push_back(std::move(*p));
        }
        decide(proposals, seed, uniforms);
        for (std::size_t c = 0; c < done_.chains.size(); ++c) settle(done_.chains[c], uniforms[c]);
    }
    SyntheticStepped done() { return std::move(done_); }

private:
    std::vector<double> to_be_met(const SyntheticChain& chain) const { return without_shifts(s_.observed, chain.shifts, s_.deviations); }

    /// By prior and guess, without runs: any number of steps that leave their product as it is, of which the last is where to go (delayed acceptance, Christen and Fox 2005; Liu 2001).
    std::optional<Proposal> propose(std::size_t c, UniformStream& uniforms) const
    {
        const SyntheticChain& chain = done_.chains[c];
        Proposal p{.chain = c, .guessed = uniforms() < s_.guessed && !s_.emulator.intercept.empty(), .to = chain.deviates};
        const std::vector<double> observed = to_be_met(chain);
        const std::optional<Guess> guess = p.guessed ? std::optional<Guess>(std::in_place, s_.emulator, observed) : std::nullopt;
        std::vector<double> inputs(p.to.size());
        const auto worth = [&](std::span<const double> z) {
            if (!guess) return 0.0;
            write_inputs(simulator_.parameters, z, inputs);
            return (*guess)(inputs);
        };
        const double start = worth(p.to);
        double prior = log_prior(p.to), guessed = start;
        bool moved = false;
        for (std::uint32_t i = 0; i < (p.guessed ? s_.guesses : 1); ++i) {
            ArchiveStep next = archive_step(p.to, s_.archive, uniforms);
            const double next_prior = log_prior(next.to), next_guessed = worth(next.to);
            if (!(std::log(uniforms()) < next_prior - prior + next_guessed - guessed + next.log_factor)) continue;
            p.to = std::move(next.to), prior = next_prior, guessed = next_guessed, moved = true;
        }
        p.worth = guessed - start;
        return moved ? std::optional(std::move(p)) : std::nullopt;
    }
    void decide(const std::vector<Proposal>& proposals, std::uint64_t seed, std::vector<UniformStream>& uniforms)
    {
        std::vector<double> points;
        std::vector<std::uint32_t> items;
        for (const Proposal& p : proposals) points.insert(points.end(), p.to.begin(), p.to.end()), items.push_back(s_.first_chain + static_cast<std::uint32_t>(p.chain));
        std::vector<RunMoments> found = moments_at(simulator_, points, items, s_.runs, mixed(seed, 0));
        done_.runs += proposals.size() * s_.runs;
        for (SyntheticChain& chain : done_.chains) ++chain.unmoved;
        for (std::size_t i = 0; i < proposals.size(); ++i) {
            const Proposal& p = proposals[i];
            SyntheticChain& chain = done_.chains[p.chain];
            ++done_.tried[p.guessed];
            if (found[i].runs == 0) {
                ++done_.failed;
                continue;
            }
            std::vector<double> inputs(p.to.size());
            write_inputs(simulator_.parameters, p.to, inputs);
            add(done_.seen, inputs, found[i]);
            const double log_likelihood = log_likelihood_of(found[i], to_be_met(chain), s_.density);
            const bool better = std::isinf(chain.log_likelihood) && std::isfinite(log_likelihood);
            if (!better && !(std::log(uniforms[p.chain]()) < log_likelihood - chain.log_likelihood - p.worth)) continue;
            ++done_.accepted[p.guessed];
            done_.longest_unmoved = std::max(done_.longest_unmoved, chain.unmoved - 1);
            chain.deviates = p.to, chain.moments = std::move(found[i]), chain.log_likelihood = log_likelihood, chain.unmoved = 0;
        }
    }
    void settle(SyntheticChain& chain, UniformStream& uniforms)
    {
        if (!s_.deviations.empty() && chain.moments.runs > 0) {
            chain.shifts = next_shifts(chain.shifts, chain.moments, s_.observed, s_.deviations, s_.density, uniforms);
            chain.log_likelihood = log_likelihood_of(chain.moments, to_be_met(chain), s_.density);
        }
        done_.longest_unmoved = std::max(done_.longest_unmoved, chain.unmoved);
        done_.deviates.insert(done_.deviates.end(), chain.deviates.begin(), chain.deviates.end());
        done_.log_likelihoods.push_back(chain.log_likelihood);
        done_.shifts.insert(done_.shifts.end(), chain.shifts.begin(), chain.shifts.end());
    }

    const Simulator& simulator_;
    const SyntheticSteps& s_;
    SyntheticStepped done_;
};

} // namespace

std::vector<RunMoments> moments_at(const Simulator& simulator, std::span<const double> deviates, std::span<const std::uint32_t> items, std::size_t runs, std::uint64_t seed)
{
    const std::size_t d = simulator.parameters.size(), k = simulator.summaries.size(), points = items.size();
    if (points == 0) return {};
    const std::vector<double> values = values_at(simulator.parameters, deviates);
    std::vector<double> parameters, summaries(points * runs * k);
    std::vector<std::uint32_t> replicates;
    for (std::size_t p = 0; p < points; ++p)
        for (std::size_t r = 0; r < runs; ++r) {
            replicates.push_back(static_cast<std::uint32_t>(items[p] * runs + r));
            parameters.insert(parameters.end(), values.begin() + static_cast<std::ptrdiff_t>(p * d), values.begin() + static_cast<std::ptrdiff_t>((p + 1) * d));
        }
    simulator.run({seed, replicates, parameters, summaries});
    std::vector<RunMoments> all;
    for (std::size_t p = 0; p < points; ++p) {
        const std::span<const double> found = std::span(summaries).subspan(p * runs * k, runs * k);
        all.push_back(std::all_of(found.begin(), found.end(), [](double x) { return std::isfinite(x); }) ? moments_of(found, k) : RunMoments{});
    }
    return all;
}

double log_likelihood_of(const RunMoments& moments, std::span<const double> observed, NormalDensity density)
{
    if (moments.runs == 0) return -std::numeric_limits<double>::infinity();
    return synthetic_log_likelihood(moments, squared_distance(moments, observed), density);
}

SyntheticStepped step(const Simulator& simulator, const SyntheticSteps& steps, std::span<const SyntheticChain> chains, const std::atomic<bool>* stop)
{
    Group group(simulator, steps, chains);
    for (std::uint64_t i = steps.first; i < steps.first + steps.steps && (stop == nullptr || !stop->load()); ++i) group.step(i);
    return group.done();
}

} // namespace entente
