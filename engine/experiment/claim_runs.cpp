#include "claim_runs.hpp"
#include "../analysis/answer.hpp"
#include "../analysis/two_groups.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../ensemble/open_questions.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr int quarters_to_peace = 4, quarters_to_change = 20; ///< from start; as in carrot_after_peace.toml and internal_change.toml
constexpr double large_offer = 0.8;

void force(Scenario& s, const char* event, int quarter)
{
    if (quarter > s.horizon) return;
    Course course{.target = Target::forced, .index = Description::find(describe().forced, event), .how = {}, .value = {}};
    impose(course, quarter, Imposition::set, 1);
    s.courses.push_back({std::move(course), {}});
}
void offer(Scenario& s, int from)
{
    Course course{.target = Target::lever, .index = Description::find(describe().levers, "western_carrot"), .how = {}, .value = {}};
    for (int quarter = from; quarter <= s.horizon; ++quarter) impose(course, quarter, Imposition::set, large_offer);
    if (!is_idle(course)) s.courses.push_back({std::move(course), {}});
}
Scenario in_arm(Scenario s, PredictionArm arm)
{
    using Arm = PredictionArm;
    if (arm == Arm::peace || arm == Arm::offer || arm == Arm::change_and_offer) force(s, "peace", s.start + quarters_to_peace);
    if (arm == Arm::offer || arm == Arm::change_and_offer) offer(s, s.start + quarters_to_peace);
    if (arm == Arm::change || arm == Arm::change_and_offer) force(s, "reform", s.start + quarters_to_change);
    return s;
}

/// What is asked of an arm's runs.
struct AskedOfArm {
    std::vector<std::size_t> prediction; ///< those in reach
    std::vector<Given> counts;
    std::vector<std::optional<Given>> among;
};
bool in_reach(const Given& g, const Scenario& s) { return fault_of_date(g.quantity, s.start, s.horizon).empty(); }

struct ArmRuns {
    std::vector<std::vector<double>> counts; ///< [prediction asked][run]
    Answers answers;
    std::vector<std::uint8_t> code; ///< [run] at a quarter
    std::vector<std::uint8_t> whole;
};
std::optional<ArmRuns> run_arm(const Scenario& scenario, const AskedOfArm& asked, int at, const EnsembleOptions& options, const std::function<void(std::uint64_t)>& progress,
                               const std::atomic<bool>* stop)
{
    const std::size_t runs = scenario.runs, structures = describe().structures.size();
    ArmRuns arm{std::vector(asked.counts.size(), std::vector(runs, none)), Answers(structures, std::vector<std::uint8_t>(runs)), std::vector<std::uint8_t>(runs),
                std::vector<std::uint8_t>(runs)};
    Plan plan = make_plan({scenario}, {}, {}, scenario.runs);
    std::vector<Quantity> quantities;
    for (const Given& g : asked.counts) quantities.push_back(g.quantity);
    for (const auto& g : asked.among)
        if (g) quantities.push_back(g->quantity);
    plan.kept = variables_of(quantities);
    const std::vector<std::uint64_t> pieces = all_pieces(plan);
    const std::uint64_t done = count_pieces(
        plan, pieces, options,
        [&](unsigned, const FinishedPiece& finished) {
            const auto& [policy, first, n] = finished.piece;
            const BlockResult& r = finished.result;
            for (std::uint32_t run = 0; run < n; ++run) {
                for (std::size_t s = 0; s < structures; ++s) arm.answers[s][first + run] = static_cast<std::uint8_t>(finished.job.structures[s * n + run]);
                if (r.failed_quarter[run] >= 0) continue;
                arm.whole[first + run] = 1;
                arm.code[first + run] = r.outcome[static_cast<std::size_t>(at) * n + run];
                const auto meets = [&, runs = n](const Given& g) { return holds(g, evaluate(g.quantity, r, run, runs)); };
                for (std::size_t p = 0; p < asked.counts.size(); ++p)
                    if (!asked.among[p] || meets(*asked.among[p])) arm.counts[p][first + run] = meets(asked.counts[p]) ? 1 : 0;
            }
        },
        [&](const FinishedPiece&, std::uint64_t finished) { progress(finished); }, stop);
    return done == runs_in(plan, pieces) ? std::optional(std::move(arm)) : std::nullopt;
}

std::vector<std::size_t> choices_of_all()
{
    std::vector<std::size_t> choices;
    for (const Row& structure : describe().structures) choices.push_back(split(structure.choices, '|').size());
    return choices;
}

/// Of runs that are each a draw of its own.
AnswerShares shares_of_runs(const ArmRuns& arm, std::size_t structure, std::size_t answer)
{
    std::vector<std::uint64_t> classes(outcome_classes), ways(orientations);
    AnswerShares all;
    for (std::size_t run = 0; run < arm.code.size(); ++run)
        if (arm.whole[run] != 0 && arm.answers[structure][run] == answer)
            ++all.runs, ++classes[static_cast<std::size_t>(class_of(arm.code[run]))], ++ways[static_cast<std::size_t>(orientation_of(arm.code[run]))];
    if (all.runs == 0) return all;
    for (const std::uint64_t count : classes) all.classes.push_back(jeffreys({count, all.runs}, 0.95));
    for (const std::uint64_t count : ways) all.orientations.push_back(jeffreys({count, all.runs}, 0.95));
    return all;
}

} // namespace

std::optional<Claims> judge_claims(Scenario scenario, std::uint32_t futures, const EnsembleOptions& options, const Listener& listener, const std::atomic<bool>* stop)
{
    if (scenario.horizon < scenario.start) throw std::invalid_argument("history has no free future of which something could be predicted");
    scenario = with_open_questions(std::move(scenario));
    scenario.runs = futures;
    Claims c{.futures = futures, .at = report_quarter(scenario.horizon)};
    for (std::size_t s = 0; s < scenario.structures.size(); ++s)
        if (std::ranges::count_if(scenario.structures[s].weights, [](double w) { return w > 0; }) > 1) c.open.push_back(s);

    const std::vector<std::size_t> choices = choices_of_all();
    AskedOfArm asked[std::size(arm_meanings)];
    for (std::size_t p = 0; p < predictions().size(); ++p) {
        const Prediction& prediction = predictions()[p];
        c.predictions.push_back({&prediction, prediction.counts, prediction.among});
        const Given counts = parse_given(prediction.counts);
        const std::optional<Given> among = *prediction.among ? std::optional(parse_given(prediction.among)) : std::nullopt;
        const int first = counts.quantity.kind == Quantity::Kind::change ? counts.quantity.from : counts.quantity.to;
        c.predictions.back().out_of_reach = !in_reach(counts, scenario) || (among && !in_reach(*among, scenario)) || (prediction.arm != PredictionArm::own && first <= scenario.start);
        if (c.predictions.back().out_of_reach) continue;
        AskedOfArm& of_arm = asked[static_cast<std::size_t>(prediction.arm)];
        of_arm.prediction.push_back(p), of_arm.counts.push_back(counts), of_arm.among.push_back(among);
    }
    const auto is_run = [&](std::size_t arm) { return arm == 0 || !asked[arm].prediction.empty(); };
    std::uint64_t arms = 0, before = 0;
    for (std::size_t arm = 0; arm < std::size(asked); ++arm) arms += is_run(arm) ? 1 : 0;
    for (std::size_t arm = 0; arm < std::size(asked); ++arm) {
        if (!is_run(arm)) continue;
        const auto tell = [&](std::uint64_t done) {
            if (listener.progress) listener.progress({before + done, arms * futures});
        };
        const auto runs = run_arm(in_arm(scenario, static_cast<PredictionArm>(arm)), asked[arm], c.at, options, tell, stop);
        if (!runs) return std::nullopt;
        before += futures;
        c.failed += static_cast<std::uint32_t>(std::ranges::count(runs->whole, 0));
        for (std::size_t p = 0; p < asked[arm].prediction.size(); ++p) c.predictions[asked[arm].prediction[p]].shares = by_answer(runs->counts[p], runs->answers, choices);
        if (arm != 0) continue;
        for (std::size_t s = 0; s < choices.size(); ++s) {
            c.shares.emplace_back();
            for (std::size_t a = 0; a < choices[s]; ++a) c.shares.back().push_back(shares_of_runs(*runs, s, a));
        }
    }
    return c;
}

} // namespace entente
