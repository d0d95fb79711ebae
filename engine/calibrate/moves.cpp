#include "moves.hpp"
#include "archive_steps.hpp"
#include "../core/in_blocks.hpp"
#include "smc_abc.hpp"
#include "uniforms.hpp"
#include <algorithm>
#include <cmath>

namespace entente {

namespace {

constexpr std::size_t particles_a_block = 32;

/// 2.38 / sqrt(2 d) is best for a normal posterior; shorter ones serve where tolerance is small beside the posterior, 1 leads from mode to mode.
double factor_of(std::size_t kind, std::size_t parameters)
{
    constexpr double parts[] = {1, 0.5, 0.2, 0.05};
    return kind < 4 ? parts[kind] * 2.38 / std::sqrt(2.0 * static_cast<double>(parameters)) : 1;
}

bool keeps_to(std::span<const Rule> rules, std::span<const double> simulated, std::span<const double> observed)
{
    return std::all_of(rules.rbegin(), rules.rend(), [&](const Rule& rule) { return distance(rule.ruler, simulated, observed) <= rule.tolerance; });
}

/// One block of chains, all of their moves.
class Chain {
public:
    Chain(const Simulator& simulator, std::span<const double> observed, const Moves& moves, std::span<double> deviates, std::span<double> summaries, const std::atomic<bool>* stop)
        : simulator_(simulator), observed_(observed), moves_(moves), deviates_(deviates), summaries_(summaries), stop_(stop), d_(simulator.parameters.size()), k_(observed.size())
    {
    }
    Moved operator()(std::size_t first, std::size_t last)
    {
        Moved moved;
        for (std::uint32_t move = moves_.first; move < moves_.first + moves_.moves; ++move) {
            if (stop_ != nullptr && stop_->load()) break;
            const std::uint64_t seed = mixed(moves_.seed, move);
            particles_.clear(), kinds_.clear(), steps_.clear();
            for (std::size_t i = first; i < last; ++i) propose(static_cast<std::uint32_t>(i), seed, moved);
            simulate(seed, moved);
        }
        return moved;
    }

private:
    void propose(std::uint32_t particle, std::uint64_t seed, Moved& moved)
    {
        const auto u = uniforms_at(seed, "step", particle), v = uniforms_at(seed, "step", particle, 1);
        const std::size_t pool = moves_.pool.size() / d_, a = static_cast<std::size_t>(u[0] * static_cast<double>(pool)),
                          other = static_cast<std::size_t>(u[1] * static_cast<double>(pool - 1)), b = other < a ? other : other + 1;
        std::size_t kind = 0;
        while (kind + 1 < step_kinds && u[2] >= moves_.odds[kind]) ++kind;
        ++moved.tried[kind];
        const double factor = factor_of(kind, d_);
        double before = 0, after = 0;
        std::array<double, 4> noise{};
        const std::size_t at = steps_.size();
        for (std::size_t j = 0; j < d_; ++j) {
            if (j % 4 == 0) noise = uniforms_at(seed, "jitter", particle, static_cast<std::uint32_t>(j / 4));
            const double z = deviates_[particle * d_ + j];
            const double to = z + factor * (moves_.pool[a * d_ + j] - moves_.pool[b * d_ + j] + jitter * (noise[j % 4] - 0.5));
            before += z * z, after += to * to;
            steps_.push_back(to);
        }
        if (after - before > -2 * std::log(v[0])) return steps_.resize(at); // by the prior alone: no run is needed
        particles_.push_back(particle), kinds_.push_back(kind);
    }
    void simulate(std::uint64_t seed, Moved& moved)
    {
        if (particles_.empty()) return;
        values_.resize(steps_.size()), found_.resize(particles_.size() * k_);
        for (std::size_t i = 0; i < steps_.size(); ++i) values_[i] = value_at(simulator_.parameters[i % d_].prior, steps_[i]);
        simulator_.run({mixed(seed, 1), particles_, values_, found_});
        moved.runs += particles_.size();
        for (std::size_t i = 0; i < particles_.size(); ++i) {
            const std::span<const double> found = std::span(found_).subspan(i * k_, k_), step = std::span(steps_).subspan(i * d_, d_);
            if (!std::all_of(found.begin(), found.end(), [](double x) { return std::isfinite(x); })) {
                ++moved.failed;
                continue;
            }
            if (mixed(seed, std::uint64_t{particles_[i]} + 2) % moves_.one_in == 0) {
                moved.seen.deviates.insert(moved.seen.deviates.end(), step.begin(), step.end());
                moved.seen.summaries.insert(moved.seen.summaries.end(), found.begin(), found.end());
            }
            if (!keeps_to(moves_.rules, found, observed_)) continue;
            ++moved.accepted[kinds_[i]];
            std::copy(step.begin(), step.end(), deviates_.begin() + static_cast<std::ptrdiff_t>(particles_[i] * d_));
            std::copy(found.begin(), found.end(), summaries_.begin() + static_cast<std::ptrdiff_t>(particles_[i] * k_));
        }
    }

    const Simulator& simulator_;
    std::span<const double> observed_;
    const Moves& moves_;
    std::span<double> deviates_, summaries_;
    const std::atomic<bool>* stop_;
    std::size_t d_, k_;
    std::vector<std::uint32_t> particles_;
    std::vector<std::size_t> kinds_;
    std::vector<double> steps_, values_, found_;
};

} // namespace

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) // SplitMix64 (Steele, Lea and Flood 2014)
{
    std::uint64_t x = a + 0x9E3779B97F4A7C15u * (b + 1);
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

StepOdds odds_of(const StepCounts& tried, const StepCounts& accepted, std::size_t parameters)
{
    StepOdds worth{};
    double sum = 0;
    for (std::size_t kind = 0; kind < step_kinds; ++kind) {
        const double factor = factor_of(kind, parameters);
        worth[kind] = tried[kind] == 0 ? 0 : factor * factor * static_cast<double>(accepted[kind]) / static_cast<double>(tried[kind]);
        sum += worth[kind];
    }
    double below = 0;
    for (std::size_t kind = 0; kind < step_kinds; ++kind) {
        below += 0.05 + (1 - 0.05 * step_kinds) * (sum > 0 ? worth[kind] / sum : 1.0 / step_kinds);
        worth[kind] = kind + 1 == step_kinds ? 1 : below;
    }
    return worth;
}

Moved move(const Simulator& simulator, std::span<const double> observed, const Moves& moves, std::span<double> deviates, std::span<double> summaries, unsigned threads,
           const std::atomic<bool>* stop)
{
    const std::size_t particles = deviates.size() / simulator.parameters.size(), blocks = (particles + particles_a_block - 1) / particles_a_block;
    std::vector<Moved> parts(blocks);
    Moved all;
    const bool all_done = in_blocks(blocks, threads, stop, [&](std::size_t b) {
        parts[b] = Chain(simulator, observed, moves, deviates, summaries, stop)(b * particles_a_block, std::min(particles, (b + 1) * particles_a_block));
    });
    all.whole = all_done && (stop == nullptr || !stop->load());
    for (const Moved& part : parts) {
        for (std::size_t kind = 0; kind < step_kinds; ++kind) all.tried[kind] += part.tried[kind], all.accepted[kind] += part.accepted[kind];
        all.runs += part.runs, all.failed += part.failed;
        all.seen.deviates.insert(all.seen.deviates.end(), part.seen.deviates.begin(), part.seen.deviates.end());
        all.seen.summaries.insert(all.seen.summaries.end(), part.seen.summaries.begin(), part.seen.summaries.end());
    }
    return all;
}

} // namespace entente
