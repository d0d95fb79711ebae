#include "screen.hpp"
#include "../core/in_blocks.hpp"
#include "../core/text.hpp"
#include "../ensemble/reported.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <mutex>
#include <numeric>
#include <stdexcept>

namespace entente {
namespace {

/// A value of one row of a job, for all of its runs.
struct Arm {
    std::size_t row; ///< of the screen
    std::size_t move;
    bool is_structure;
    std::size_t index; ///< in the description's list
    double value;
};

struct Ends {
    std::vector<double> values;
    std::string why;
};
/// Where a parameter is moved to: the ends of its range; without one a fifth up and down.
Ends ends_of(const Row& row, double own)
{
    constexpr double unbounded = 1e6, part = 0.2, years = 2;
    const auto kept = [&](double v) { return row.unit == "share" || row.unit == "probability" ? std::clamp(v, 0.0, 1.0) : v; };
    if (row.low > -unbounded && row.high < unbounded) return {{row.low, row.high}, "its range"};
    if (row.unit == "0/1") return {{own == 0 ? 1.0 : 0.0}, "the other answer"};
    if (row.unit == "year") return {{own - years, own + years}, "2 years earlier and later"};
    if (own == 0) return {{}, ""};
    if (row.name.ends_with("_keep") && own > 0 && own < 1)
        return {{1 - (1 + part) * (1 - own), 1 - (1 - part) * (1 - own)}, "20 % of what is lost"}; // kept from quarter to quarter: not beyond all
    return {{kept(own - part * std::abs(own)), kept(own + part * std::abs(own))}, "20 % down and up"};
}

std::vector<Arm> arms_of(const Scenario& scenario, Screen& screen)
{
    const Description& d = describe();
    std::vector<Arm> arms;
    const auto add = [&](ScreenRow row, bool is_structure, std::size_t index, const std::vector<double>& values, const std::vector<std::string>& texts) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            arms.push_back({screen.rows.size(), row.moves.size(), is_structure, index, values[i]});
            row.moves.push_back({texts[i], {.alignment_index = {}, .classes = {}}});
        }
        screen.rows.push_back(std::move(row));
    };
    for (std::size_t p = 0; p < d.parameters.size(); ++p) {
        const Row& of = d.parameters[p];
        const bool drawn = is_drawn(scenario, p);
        const double own = drawn_quantile(scenario, p, 0.5);
        Ends ends = ends_of(of, own);
        if (!drawn) std::erase(ends.values, own);
        if (ends.values.empty()) {
            screen.not_moved.emplace_back(of.name);
            continue;
        }
        std::vector<std::string> texts;
        for (double& v : ends.values) v = static_cast<double>(static_cast<float>(v)), texts.push_back(fmt::format("{:.4g}", v));
        add({.name = std::string(of.name),
             .sets = fmt::format("parameters.{}", of.name),
             .mark = of.mark,
             .own = drawn ? fmt::format("{:.4g}, drawn", own) : fmt::format("{:.4g}", own),
             .ends = ends.why,
             .moves = {}},
            false, p, ends.values, texts);
    }
    for (std::size_t s = 0; s < d.structures.size(); ++s) {
        const std::vector<std::string> choices = split(std::string(d.structures[s].choices), '|');
        const std::vector<double>& weights = scenario.structures[s].weights;
        std::vector<double> values;
        std::vector<std::string> texts;
        for (std::size_t c = 0; c < choices.size(); ++c)
            if (weights[c] < 1) values.push_back(static_cast<double>(c)), texts.push_back(choices[c]);
        const auto likeliest = static_cast<std::size_t>(std::ranges::max_element(weights) - weights.begin());
        add({.name = std::string(d.structures[s].name),
             .sets = fmt::format("structures.{}", d.structures[s].name),
             .mark = Mark::prior,
             .is_structure = true,
             .own = weights[likeliest] < 1 ? "mixed" : choices[likeliest],
             .ends = "each answer",
             .moves = {}},
            true, s, values, texts);
    }
    return arms;
}

/// Some futures of the scenario; an arm changes one row of the job.
struct Futures {
    Job job;
    Point point;
};
std::unique_ptr<Futures> futures_of(const Scenario& scenario, std::uint32_t first, std::uint32_t count, const EnsembleOptions& options, std::size_t alignment_index)
{
    std::vector<std::uint32_t> replicates(count);
    std::iota(replicates.begin(), replicates.end(), first);
    auto futures = std::make_unique<Futures>(Futures{job_without_points(scenario, scenario.seed, std::move(replicates), options), scenario.point()});
    futures->job.points.assign(count, &futures->point);
    futures->job.kept = {static_cast<std::uint32_t>(alignment_index)};
    return futures;
}

void take(const BlockResult& result, std::size_t quarter, std::size_t alignment_index, std::size_t first, ScreenRuns& to)
{
    const std::size_t n = result.failed_quarter.size();
    for (std::size_t run = 0; run < n; ++run) {
        to.alignment_index[first + run] = result.failed_quarter[run] >= 0 ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(result.value(quarter, alignment_index, run));
        to.code[first + run] = result.outcome[quarter * n + run];
    }
}

void judge(Screen& screen)
{
    std::vector<double> p;
    for (ScreenRow& row : screen.rows) {
        double least = 1;
        for (const ScreenMove& move : row.moves) least = std::min(least, move.effect.p);
        row.p = std::min(1.0, least * static_cast<double>(row.moves.size()));
        p.push_back(row.p);
    }
    const std::vector<bool> seen = discoveries(p, screen_level);
    for (std::size_t i = 0; i < seen.size(); ++i) screen.rows[i].is_seen = seen[i];
    std::ranges::stable_sort(screen.rows, [](const ScreenRow& a, const ScreenRow& b) {
        if (a.is_seen != b.is_seen) return a.is_seen;
        return std::abs(a.largest().effect.alignment_index.mean) > std::abs(b.largest().effect.alignment_index.mean);
    });
}

} // namespace

const ScreenMove& ScreenRow::largest() const
{
    return *std::ranges::max_element(moves, {}, [](const ScreenMove& m) { return std::abs(m.effect.alignment_index.mean); });
}
bool ScreenRow::moves_nothing() const
{
    return std::ranges::all_of(moves, [](const ScreenMove& m) { return m.effect.moves_nothing; });
}

std::optional<Screen> screen(const Scenario& given, std::uint32_t futures, const EnsembleOptions& options, const Listener& listener, const std::atomic<bool>* stop)
{
    if (futures < 32) throw std::invalid_argument(fmt::format("32 futures at least, got {}", futures));
    Scenario scenario = given;
    Screen all{.title = scenario.title, .futures = futures, .quarter = report_quarter(scenario.horizon), .classes = std::vector<double>(outcome_classes), .rows = {}, .not_moved = {}};
    scenario.horizon = all.quarter;
    const std::vector<Arm> arms = arms_of(scenario, all);
    all.runs = std::uint64_t{futures} * (arms.size() + 1);
    const Kernel kernel = options.kernel ? *options.kernel : choose_kernel(options.precision, options.isa);
    const std::size_t index = Description::find(describe().variables, "alignment_index"), quarter = static_cast<std::size_t>(all.quarter);
    std::vector<std::unique_ptr<Futures>> blocks;
    for (std::uint32_t first = 0; first < futures; first += block_runs) blocks.push_back(futures_of(scenario, first, std::min(block_runs, futures - first), options, index));
    const auto runs_of = [&](const Arm* arm) {
        ScreenRuns runs{std::vector<double>(futures), std::vector<std::uint8_t>(futures)};
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            const Job& common = blocks[b]->job;
            if (!arm) {
                take(kernel.run(common), quarter, index, b * block_runs, runs);
                continue;
            }
            Job job = common;
            const std::size_t n = job.runs();
            if (arm->is_structure) std::fill_n(job.structures.begin() + static_cast<std::ptrdiff_t>(arm->index * n), n, static_cast<float>(arm->value));
            else std::fill_n(job.parameters.begin() + static_cast<std::ptrdiff_t>(arm->index * n), n, arm->value);
            take(kernel.run(job), quarter, index, b * block_runs, runs);
        }
        return runs;
    };
    const ScreenRuns as_it_is = runs_of(nullptr);
    double whole = 0;
    for (std::size_t i = 0; i < futures; ++i) {
        if (std::isnan(as_it_is.alignment_index[i])) {
            ++all.failed;
            continue;
        }
        whole += 1, all.alignment_index += as_it_is.alignment_index[i], all.classes[static_cast<std::size_t>(class_of(as_it_is.code[i]))] += 1;
    }
    if (whole < 32) throw std::invalid_argument(fmt::format("{} of {} futures failed", all.failed, futures));
    all.alignment_index /= whole;
    for (double& share : all.classes) share /= whole;
    std::mutex one;
    std::uint64_t done = futures;
    const bool whole_screen = in_blocks(arms.size(), options.threads, stop, [&](std::size_t a) {
        const ArmEffect effect = arm_effect(as_it_is, runs_of(&arms[a]));
        const std::scoped_lock lock(one);
        all.rows[arms[a].row].moves[arms[a].move].effect = effect;
        done += futures;
        if (listener.progress) listener.progress({done, all.runs});
    });
    if (!whole_screen) return std::nullopt;
    judge(all);
    return all;
}

} // namespace entente
