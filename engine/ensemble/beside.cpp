#include "beside.hpp"
#include "../scenario/dials.hpp"
#include "open_questions.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente {

std::uint64_t BesideSizes::runs() const
{
    return std::uint64_t{dial_futures} * dial_arms + std::uint64_t{readings} * futures_of_reading + std::uint64_t{prior_futures} * prior_arms;
}

BesideSizes beside_sizes(const BesideAsked& asked, const Scenario& scenario, std::uint32_t runs)
{
    BesideSizes sizes;
    if (scenario.horizon < scenario.start) return sizes;
    constexpr std::uint32_t enough_dial_futures = 2048, enough_readings = 1000, enough_prior_futures = 10'000, together = 8;
    const bool posterior = !scenario.joint.parameters.empty();
    const std::uint32_t part = runs >= least_runs_beside ? runs / (posterior ? 3 : 2) : 0;
    sizes.dial_futures = asked.dial_futures.value_or(std::min(enough_dial_futures, part / std::uint32_t{dial_arms} / together * together));
    sizes.readings = asked.readings.value_or(std::min(enough_readings, part / futures_of_reading));
    if (posterior) sizes.prior_futures = asked.prior_futures.value_or(std::min(enough_prior_futures, part / std::uint32_t{prior_arms} / together * together));
    return sizes;
}

std::string name_of(const Turned& what) { return what.alone ? fmt::format("{}.{}", drivers[what.driver].name, what.alone->name) : std::string(drivers[what.driver].name); }

BesideSizes Beside::sizes() const
{
    return {.dial_futures = dials ? dials->futures : 0, .readings = readings ? readings->readings : 0, .prior_futures = priors ? priors->futures : 0};
}

namespace {

/// What the three ensembles share.
struct Making {
    const EnsembleOptions& options;
    const PieceWorkers& workers;
    const std::function<void(std::uint64_t)>& progress;
    const std::atomic<bool>* stop;
};
/// Runs all of a plan; `take` has it to itself. False if it was stopped.
bool run_all(const Plan& plan, const Making& making, const std::function<void(const FinishedPiece&)>& take)
{
    const std::vector<std::uint64_t> pieces = all_pieces(plan);
    const auto one = [&](const FinishedPiece& finished, std::uint64_t done) {
        take(finished);
        making.progress(done);
    };
    return making.workers(plan, pieces, making.options, one, making.stop) == runs_in(plan, pieces);
}

/// One lever alone is shifted by as much as the dial would shift it.
void turn(Scenario& arm, const Turned& what, double end)
{
    const double own = arm.dials[what.driver];
    if (!what.alone) {
        arm.dials[what.driver] = end;
        return;
    }
    arm.courses.push_back({dial_course(*what.alone, added(*what.alone, end) - added(*what.alone, own), arm.start, arm.horizon), {}});
}

Plan dial_plan(Scenario scenario, const DialRuns& to)
{
    scenario.horizon = to.quarter, scenario.runs = to.futures;
    std::vector<Scenario> arms(dial_arms, scenario);
    for (std::size_t what = 0; what < turned.size(); ++what)
        for (std::size_t end = 0; end < dial_ends; ++end) turn(arms[arm_of(what, end)], turned[what], static_cast<double>(end));
    Plan plan = make_plan(std::move(arms), {}, {}, to.futures);
    std::vector<std::uint32_t>& kept = plan.kept;
    const auto keep = [&](std::string_view name) { kept.push_back(static_cast<std::uint32_t>(Description::find(describe().variables, name))); };
    keep("alignment_index");
    for (const Driver& driver : drivers) keep(driver.variable);
    std::ranges::sort(kept);
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    return plan;
}

bool run_dials(const Scenario& scenario, DialRuns& to, const Making& making)
{
    const std::size_t n = to.futures, all = dial_arms * n, index = Description::find(describe().variables, "alignment_index");
    to.own = scenario.dials;
    to.variable.resize(drivers.size() * all), to.alignment_index.resize(all), to.outcome.resize(all), to.whole.resize(all);
    const auto quarter = static_cast<std::size_t>(to.quarter), start = static_cast<std::size_t>(scenario.start);
    return run_all(dial_plan(scenario, to), making, [&](const FinishedPiece& finished) {
        const auto& [arm, first, runs] = finished.piece;
        const BlockResult& r = finished.result;
        for (std::uint32_t run = 0; run < runs; ++run) {
            const std::size_t at = arm * n + first + run;
            to.whole[at] = r.failed_quarter[run] < 0;
            if (to.whole[at] == 0) continue;
            to.outcome[at] = r.outcome[quarter * runs + run];
            to.alignment_index[at] = r.value(quarter, index, run);
            for (std::size_t driver = 0; driver < drivers.size(); ++driver) {
                const std::size_t variable = Description::find(describe().variables, drivers[driver].variable);
                double sum = 0;
                for (std::size_t q = start; q <= quarter; ++q) sum += r.value(q, variable, run);
                to.variable[driver * all + at] = static_cast<float>(sum / static_cast<double>(quarter - start + 1));
            }
        }
    });
}

bool run_readings(const Scenario& scenario, ReadingRuns& to, const Making& making)
{
    const std::size_t n = to.readings, structures = describe().structures.size(), events = describe().events.size();
    to.structure.resize(structures * n), to.counted.resize(n);
    to.code_count.resize(to.quarters.size() * 32 * n), to.event_count.resize(events * n);
    Plan plan = make_plan({with_open_questions(scenario)}, {}, {}, to.readings * futures_of_reading);
    plan.together = futures_of_reading;
    return run_all(plan, making, [&](const FinishedPiece& finished) {
        const auto& [policy, first, runs] = finished.piece;
        const BlockResult& r = finished.result;
        for (std::uint32_t run = 0; run < runs; ++run) {
            const std::size_t reading = (first + run) / futures_of_reading;
            for (std::size_t s = 0; s < structures; ++s) to.structure[s * n + reading] = static_cast<std::uint8_t>(finished.job.structures[s * runs + run]);
            if (r.failed_quarter[run] >= 0) continue;
            ++to.counted[reading];
            for (std::size_t date = 0; date < to.quarters.size(); ++date)
                ++to.code_count[(date * 32 + r.outcome[static_cast<std::size_t>(to.quarters[date]) * runs + run]) * n + reading];
            for (std::size_t e = 0; e < events; ++e) to.event_count[e * n + reading] += r.first_event[e * runs + run] >= 0;
        }
    });
}

bool run_priors(const Scenario& scenario, PriorRuns& to, const Making& making)
{
    const std::size_t n = to.futures;
    to.outcome.resize(to.quarters.size() * prior_arms * n), to.whole.resize(prior_arms * n);
    return run_all(make_plan({scenario, with_priors(scenario)}, {}, {}, to.futures), making, [&](const FinishedPiece& finished) {
        const auto& [arm, first, runs] = finished.piece;
        const BlockResult& r = finished.result;
        for (std::uint32_t run = 0; run < runs; ++run) {
            to.whole[arm * n + first + run] = r.failed_quarter[run] < 0;
            if (r.failed_quarter[run] >= 0) continue;
            for (std::size_t date = 0; date < to.quarters.size(); ++date)
                to.outcome[(date * prior_arms + arm) * n + first + run] = r.outcome[static_cast<std::size_t>(to.quarters[date]) * runs + run];
        }
    });
}

} // namespace

std::optional<Beside> run_beside(const Scenario& scenario, const BesideSizes& sizes, int quarter, const std::vector<int>& quarters, const EnsembleOptions& options,
                                 const std::function<void(Progress)>& progress, const std::atomic<bool>* stop, const PieceWorkers& workers)
{
    EnsembleOptions lean = options; // no more is kept than what is counted here
    lean.keep = Keep::none;
    Beside beside;
    std::uint64_t before = 0;
    const std::function<void(std::uint64_t)> tell = [&](std::uint64_t done) {
        if (progress) progress({before + done, sizes.runs()});
    };
    const Making making{lean, workers, tell, stop};
    if (sizes.dial_futures > 0) {
        beside.dials = DialRuns{.futures = sizes.dial_futures, .quarter = quarter};
        if (!run_dials(scenario, *beside.dials, making)) return std::nullopt;
        before = std::uint64_t{sizes.dial_futures} * dial_arms;
    }
    if (sizes.readings > 0) {
        beside.readings = ReadingRuns{.readings = sizes.readings, .quarters = quarters};
        if (!run_readings(scenario, *beside.readings, making)) return std::nullopt;
        before += std::uint64_t{sizes.readings} * futures_of_reading;
    }
    if (sizes.prior_futures > 0) {
        beside.priors = PriorRuns{.futures = sizes.prior_futures, .quarters = quarters};
        if (!run_priors(scenario, *beside.priors, making)) return std::nullopt;
    }
    return beside;
}

} // namespace entente
