#include "contrast_runs.hpp"
#include "../core/quarter.hpp"
#include "../core/in_blocks.hpp"
#include "../design/address.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <mutex>
#include <numeric>
#include <stdexcept>

namespace entente {
namespace {

struct Makes {
    const char *event, *forced;
};
/// Events that happen or do not, without a size.
constexpr Makes makers[] = {{"taiwan_war", "taiwan_war"},       {"taiwan_crisis", "taiwan"},   {"ceasefire", "peace"},  {"settlement", "settle"},
                            {"military_collapse", "collapse"},  {"pro_west_leader", "reform"}, {"succession", "death"}, {"pipeline", "pipeline"},
                            {"fragmentation", "fragmentation"}, {"war_relapse", "relapse"}};

constexpr std::uint64_t dates_drawn = 0x636F6E7472617374; ///< stream of random numbers

Course course_at(std::size_t forced, int quarter)
{
    Course course{.target = Target::forced, .index = forced, .how = {}, .value = {}};
    impose(course, quarter, Imposition::set, 1);
    return course;
}

/// Values of runs, and a number that tells their outcome codes of all quarters apart.
struct Arm {
    std::vector<std::vector<double>> values;
    std::vector<std::uint64_t> codes;
};
/// Each run at the point that `at` names.
std::optional<Arm> run_arm(const Scenario& scenario, const std::vector<Point>& points, const std::vector<std::uint32_t>& at, const std::vector<Quantity>& quantities,
                           const EnsembleOptions& options, const std::function<void(std::uint64_t)>& progress, const std::atomic<bool>* stop)
{
    const std::uint32_t runs = scenario.runs;
    Arm arm{std::vector(quantities.size(), std::vector<double>(runs, std::numeric_limits<double>::quiet_NaN())), std::vector<std::uint64_t>(runs)};
    const Kernel kernel = options.kernel ? *options.kernel : choose_kernel(options.precision, options.isa);
    const std::vector<std::uint32_t> kept = variables_of(quantities);
    std::mutex one_at_a_time;
    std::uint64_t done = 0;
    const bool whole = in_blocks((runs + block_runs - 1) / block_runs, options.threads, stop, [&](std::size_t block) {
        const auto first = static_cast<std::uint32_t>(block * block_runs), n = std::min(block_runs, runs - first);
        std::vector<std::uint32_t> replicates(n);
        std::iota(replicates.begin(), replicates.end(), first);
        Job job = job_without_points(scenario, scenario.seed, std::move(replicates), options);
        for (std::uint32_t run = 0; run < n; ++run) job.points.push_back(&points[at[first + run]]);
        job.kept = kept;
        const BlockResult r = kernel.run(job);
        for (std::uint32_t run = 0; run < n; ++run) {
            if (r.failed_quarter[run] >= 0) continue;
            for (std::size_t q = 0; q < quantities.size(); ++q) arm.values[q][first + run] = evaluate(quantities[q], r, run, n);
            for (std::size_t q = 0; q < r.quarters; ++q) arm.codes[first + run] = further(arm.codes[first + run], r.outcome[q * n + run]);
        }
        const std::scoped_lock lock(one_at_a_time);
        progress(done += n);
    });
    return whole ? std::optional(std::move(arm)) : std::nullopt;
}

} // namespace

std::optional<Forcible> forcible(std::size_t event)
{
    for (const Makes& made : makers)
        if (describe().events[event].name == made.event) return Forcible{event, Description::find(describe().forced, made.forced)};
    return std::nullopt;
}

std::vector<std::string> forcible_events()
{
    std::vector<std::string> names;
    for (const Makes& made : makers) names.emplace_back(made.event);
    return names;
}

std::string fault_of_forcing(const Given& of)
{
    std::string all;
    for (const std::string& name : forcible_events()) all += (all.empty() ? "" : ", ") + name;
    const bool comes = of.quantity.kind == Quantity::Kind::seen && holds(of, 1) && !holds(of, 0);
    if (!comes)
        return fmt::format("'{}' is not done by an event; an event that can be made to come is meant, 'EVENT by DATE' with {}. A lever, a parameter or a pin is changed in a "
                           "scenario of its own: entente compare A B",
                           of.text, all);
    if (!forcible(of.quantity.event))
        return fmt::format("'{}': nothing in a scenario makes it happen by itself; what can be made to come is {}", describe().events[of.quantity.event].name, all);
    return "";
}

std::optional<EventContrast> contrast_event(Scenario scenario, const Given& of, std::optional<int> at, const std::vector<Quantity>& quantities, const EnsembleOptions& options,
                                            const Listener& listener, const std::atomic<bool>* stop)
{
    if (const std::string fault = fault_of_forcing(of); !fault.empty()) throw std::invalid_argument(fault);
    std::vector<Quantity> all = quantities;
    Quantity first = of.quantity;
    first.kind = Quantity::Kind::first;
    all.push_back(of.quantity), all.push_back(first);
    for (const Quantity& q : all) {
        if (q.level) throw std::invalid_argument(fmt::format("'{}': a quantile over runs has no difference run by run", q.text));
        if (const std::string fault = fault_of_date(q, scenario.start, scenario.horizon); !fault.empty()) throw std::invalid_argument(fault);
    }
    const std::size_t event = of.quantity.event, forced = forcible(event)->forced, asked = quantities.size(), runs = scenario.runs;
    const auto tell = [&](std::uint64_t before) {
        return [&listener, before, runs](std::uint64_t done) {
            if (listener.progress) listener.progress({before + done, 2 * runs});
        };
    };
    scenario.horizon = 0; // as far as is asked
    for (const Quantity& q : all) scenario.horizon = std::max(scenario.horizon, q.to);
    const Point common = scenario.point();
    const auto as_is = run_arm(scenario, {common}, std::vector<std::uint32_t>(runs), all, options, tell(0), stop);
    if (!as_is) return std::nullopt;

    EventContrast c{.of = of, .forced = std::string(describe().forced[forced].name), .runs = scenario.runs};
    std::vector<std::uint8_t> seen(runs);
    std::vector<int> seen_dates;
    for (std::size_t run = 0; run < runs; ++run)
        if (as_is->values[asked][run] == 1) seen[run] = 1, seen_dates.push_back(static_cast<int>(as_is->values[asked + 1][run]));
    c.seen = static_cast<std::uint32_t>(seen_dates.size());
    if (seen_dates.empty() && !at) return c;

    std::map<int, ForcedDate> dates;
    std::vector<int> date_of(runs);
    std::size_t next = 0;
    for (std::size_t run = 0; run < runs; ++run) {
        const std::uint64_t drawn = number_at(scenario.seed, dates_drawn, run);
        date_of[run] = seen[run] != 0 ? seen_dates[next++] : at ? *at : seen_dates[drawn % seen_dates.size()];
        ForcedDate& date = dates[date_of[run]];
        date.quarter = date_of[run];
        ++(seen[run] != 0 ? date.seen : date.forced);
    }
    std::vector<Point> points;
    for (const auto& [quarter, date] : dates) points.push_back({{course_at(forced, quarter)}, &common}), c.dates.push_back(date);
    std::vector<std::uint32_t> point_of;
    for (const int date : date_of) point_of.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(c.dates, date, {}, &ForcedDate::quarter) - c.dates.begin()));
    const auto done = run_arm(scenario, points, point_of, all, options, tell(runs), stop);
    if (!done) return std::nullopt;

    for (std::size_t run = 0; run < runs; ++run) {
        if (std::isnan(as_is->values[asked][run]) || std::isnan(done->values[asked][run])) {
            ++c.failed;
            continue;
        }
        if (seen[run] != 0) c.same += as_is->codes[run] == done->codes[run];
        else ++c.made, c.came += done->values[asked][run] == 1;
    }
    for (std::size_t q = 0; q < asked; ++q) c.rows.push_back({quantities[q], contrast(as_is->values[q], done->values[q], seen, is_share(quantities[q]))});
    return c;
}

} // namespace entente
