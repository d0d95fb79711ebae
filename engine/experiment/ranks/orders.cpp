#include "orders.hpp"
#include "../../core/packing.hpp"
#include "../../ensemble/accumulator.hpp"
#include "../../scenario/bytes.hpp"
#include "../../store/parts.hpp"
#include "../asked.hpp"
#include "../identity.hpp"
#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace entente {
namespace {

enum class Kind : std::uint8_t { experiment, plan, calibration, ready };

[[noreturn]] void throw_garbled() { throw std::runtime_error("a rank sent what this program does not write"); }

// Each thing in one order, written or read.
template <class Way, class O> void pass_options(Way& way, O& options)
{
    way.text(options.precision), way.text(options.isa), way.number(options.keep), way.number(options.run_limit_s);
}
template <class Way, class M> void pass_measurement(Way& way, M& m)
{
    way.number(m.channel), way.number(m.over), way.number(m.transform), way.number(m.scale);
    for (auto* const text : {&m.target, &m.expression, &m.unit, &m.relative_to}) way.text(*text);
    for (auto* const number : {&m.centre, &m.level, &m.level_sd, &m.slope, &m.slope_sd, &m.error_correlation, &m.model_sd}) way.number(*number);
    way.numbers(m.cuts);
}
template <class Way, class O> void pass_observation(Way& way, O& o)
{
    way.number(o.measurement), way.number(o.from), way.number(o.to), way.number(o.value), way.number(o.sd), way.number(o.fitted), way.text(o.date), way.text(o.quantity.text);
}

void put_scenario(Packing& to, const Scenario& scenario) { to.text(bytes_of(scenario)); }
Scenario take_scenario(Unpacking& from)
{
    std::string_view bytes;
    from.text(bytes);
    auto scenario = scenario_in(bytes);
    if (!from.sound || !scenario) throw_garbled();
    return std::move(*scenario);
}

EnsembleOptions take_options(Unpacking& from, unsigned threads)
{
    EnsembleOptions options;
    pass_options(from, options);
    if (!from.sound) throw_garbled();
    options.threads = threads;
    return options;
}

std::vector<std::uint64_t> numbers_in(std::string_view request)
{
    std::vector<std::uint64_t> numbers;
    Unpacking from(request);
    from.numbers(numbers);
    if (!from.sound) throw_garbled();
    return numbers;
}
/// As made_in() reads it. `made`: number and part of each piece; `state` in parts.
std::string answer_of(std::uint32_t count, std::string_view made, const std::vector<std::string_view>& state, double seconds)
{
    std::uint64_t size = 0;
    for (const std::string_view some : state) size += some.size();
    Packing answer;
    answer.bytes.reserve(made.size() + size + 64); // and what a letter puts behind it: it is long
    answer.number(count), answer.text(made), answer.number(size);
    for (const std::string_view some : state) answer.bytes.append(some);
    answer.number(seconds);
    return std::move(answer.bytes);
}

/// Pieces of a plan, on a rank's threads.
struct Pieces {
    Plan plan;
    EnsembleOptions options;
    std::vector<Quantity> outcomes; ///< none of a bare plan
    Keep keep = Keep::none;
    bool summed = false;

    std::string operator()(std::string_view request, const std::atomic<bool>& stop) const
    {
        const auto begin = std::chrono::steady_clock::now();
        const std::vector<std::uint64_t> numbers = numbers_in(request);
        const std::uint64_t all = piece_count(plan);
        if (!std::ranges::all_of(numbers, [&](std::uint64_t number) { return number < all; })) throw_garbled();
        std::optional<Accumulator> accumulator;
        if (summed) accumulator.emplace(choose_kernel(options.precision, options.isa), plan.policies[0]);
        std::mutex one_at_a_time;
        Packing made;
        std::uint32_t count = 0;
        run_pieces(
            plan, numbers, options,
            [&](unsigned, const FinishedPiece& finished) {
                const std::string part = part_of(finished, outcomes_of(outcomes, finished), keep);
                if (accumulator) accumulator->add(finished.result, static_cast<std::uint32_t>(finished.piece.first), finished.piece.runs);
                const std::scoped_lock lock(one_at_a_time);
                made.number(finished.number), made.text(part), ++count;
            },
            &stop);
        std::string head;
        const std::vector<std::string_view> state = accumulator ? accumulator->state(head) : std::vector<std::string_view>();
        return answer_of(count, made.bytes, state, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
};

Pieces experiment_pieces(Unpacking& from, unsigned threads)
{
    EnsembleOptions options = take_options(from, threads);
    Identity about;
    from.list(about, [&](auto& text) { from.text(text.first), from.text(text.second); });
    if (!from.sound) throw_garbled();
    Experiment e = experiment_told(about, "an order");
    return {.plan = std::move(e.plan), .options = std::move(options), .outcomes = std::move(e.outcomes), .keep = e.options.keep, .summed = !e.sweep};
}

Pieces plan_pieces(Unpacking& from, unsigned threads)
{
    EnsembleOptions options = take_options(from, threads);
    std::uint32_t policies = 0, replicates = 0, together = 1;
    from.number(policies), from.number(replicates), from.number(together);
    std::vector<std::uint32_t> kept;
    from.numbers(kept);
    std::vector<Scenario> scenarios;
    for (std::uint32_t k = 0; from.sound && k < policies; ++k) scenarios.push_back(take_scenario(from));
    if (!from.sound) throw_garbled();
    Plan plan = make_plan(std::move(scenarios), {}, {}, replicates);
    plan.together = together, plan.kept = std::move(kept);
    const Keep keep = plan.kept.empty() ? Keep::none : Keep::trajectories;
    return {.plan = std::move(plan), .options = std::move(options), .outcomes = {}, .keep = keep};
}

/// Runs of a calibration's scenario, a batch on one thread.
Answering runs_of_calibration(Unpacking& from)
{
    const EnsembleOptions options = take_options(from, 1);
    Calibration c;
    c.scenario = take_scenario(from);
    from.numbers(c.parameters), from.numbers(c.structures);
    from.list(c.targets.measurements, [&](Measurement& m) { pass_measurement(from, m); });
    from.list(c.targets.observations, [&](Observation& o) {
        pass_observation(from, o);
        std::string base;
        from.text(base);
        if (!from.sound) return;
        o.quantity = parse_quantity(o.quantity.text);
        if (!base.empty()) o.base = parse_quantity(base);
    });
    if (!from.sound) throw_garbled();
    return [simulator = model_simulator(c, Which::all, options)](std::string_view request) {
        std::uint64_t seed = 0;
        std::vector<std::uint32_t> replicates;
        std::vector<double> parameters;
        Unpacking asked(request);
        asked.number(seed), asked.numbers(replicates), asked.numbers(parameters);
        if (!asked.sound || parameters.size() != replicates.size() * simulator.parameters.size()) throw_garbled();
        std::vector<double> summaries(replicates.size() * simulator.summaries.size());
        simulator.run({seed, replicates, parameters, summaries});
        Packing answer;
        answer.numbers(summaries);
        return std::move(answer.bytes);
    };
}

Answering ready_pieces(Unpacking& from)
{
    std::string part, state;
    from.text(part), from.text(state);
    if (!from.sound) throw_garbled();
    return [part = std::move(part), state = std::move(state)](std::string_view request) {
        const std::vector<std::uint64_t> numbers = numbers_in(request);
        Packing made;
        for (const std::uint64_t number : numbers) made.number(number), made.text(part);
        return answer_of(static_cast<std::uint32_t>(numbers.size()), made.bytes, {state}, 0);
    };
}

} // namespace

std::string order_of(const Experiment& e)
{
    Packing order;
    order.number(Kind::experiment);
    pass_options(order, e.options);
    order.list(about_of(e), [&](const auto& text) { order.text(text.first), order.text(text.second); });
    return std::move(order.bytes);
}

std::string order_of(const Plan& plan, const EnsembleOptions& options)
{
    if (!plan.placements.empty()) throw std::invalid_argument("a plan with factors is ordered as an experiment");
    Packing order;
    order.number(Kind::plan);
    pass_options(order, options);
    order.number(static_cast<std::uint32_t>(plan.policies.size())), order.number(plan.replicates), order.number(plan.together);
    order.numbers(plan.kept);
    for (const Scenario& policy : plan.policies) put_scenario(order, policy);
    return std::move(order.bytes);
}

std::string order_of(const Calibration& c, Which which, const EnsembleOptions& options)
{
    Packing order;
    order.number(Kind::calibration);
    pass_options(order, options);
    put_scenario(order, c.scenario);
    order.numbers(c.parameters), order.numbers(c.structures);
    const Targets targets = targets_of(c, which);
    order.list(targets.measurements, [&](const Measurement& m) { pass_measurement(order, m); });
    order.list(targets.observations, [&](const Observation& o) { pass_observation(order, o), order.text(o.base ? o.base->text : ""); });
    return std::move(order.bytes);
}

std::string order_of_ready(std::string_view part, std::string_view state)
{
    Packing order;
    order.number(Kind::ready), order.text(part), order.text(state);
    return std::move(order.bytes);
}

std::string pieces_request(std::span<const std::uint64_t> pieces)
{
    Packing request;
    request.numbers(std::vector<std::uint64_t>(pieces.begin(), pieces.end()));
    return std::move(request.bytes);
}

MadePieces made_in(std::string_view answer)
{
    MadePieces made;
    std::uint32_t count = 0;
    std::string_view pieces;
    Unpacking from(answer);
    from.number(count), from.text(pieces), from.text(made.state), from.number(made.seconds);
    Unpacking each(pieces);
    for (std::uint32_t i = 0; from.sound && each.sound && i < count; ++i) {
        auto& [number, part] = made.pieces.emplace_back();
        each.number(number), each.text(part);
    }
    if (!from.sound || !each.sound) throw_garbled();
    return made;
}

std::string runs_request(const Batch& runs)
{
    Packing request;
    request.number(runs.seed);
    request.numbers(std::vector<std::uint32_t>(runs.replicates.begin(), runs.replicates.end()));
    request.numbers(std::vector<double>(runs.parameters.begin(), runs.parameters.end()));
    return std::move(request.bytes);
}

void take_runs(std::string_view answer, const Batch& runs)
{
    std::vector<double> summaries;
    Unpacking from(answer);
    from.numbers(summaries);
    if (!from.sound || summaries.size() != runs.summaries.size()) throw_garbled();
    std::ranges::copy(summaries, runs.summaries.begin());
}

Answering answering(std::string_view order, unsigned threads, const std::atomic<bool>& stop)
{
    Kind kind{};
    Unpacking from(order);
    from.number(kind);
    if (kind == Kind::calibration) return runs_of_calibration(from);
    if (kind == Kind::ready) return ready_pieces(from);
    if (kind != Kind::experiment && kind != Kind::plan) throw_garbled();
    const auto pieces = std::make_shared<const Pieces>(kind == Kind::plan ? plan_pieces(from, threads) : experiment_pieces(from, threads));
    return [pieces, &stop](std::string_view request) { return (*pieces)(request, stop); };
}

} // namespace entente
