#include "values.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {

/// As StoredOutcome::read(); infinite where a run of an interrupted sweep is not finished.
static std::vector<double> read_values(const StoredOutcome& stored, const std::string& path, bool complete, std::uint32_t first, std::uint32_t replicates)
{
    std::vector<double> values = stored.read(first, replicates);
    if (complete) return values;
    const std::vector<std::int16_t> failed = read_failures(path, first, replicates).quarter;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (fate_of(failed[i]) == Fate::not_made) values[i] = std::numeric_limits<double>::infinity();
    return values;
}

std::size_t policy_number(const SweepHead& head, const std::string& name, refusal::NoSuchPolicy::For what_for)
{
    const auto at = std::ranges::find(head.policies, name);
    if (at == head.policies.end()) throw Refused(refusal::NoSuchPolicy{name, head.policies, what_for});
    return static_cast<std::size_t>(at - head.policies.begin());
}

SweepValues values_in(const std::string& path, const SweepHead& head, std::size_t outcome)
{
    const auto stored = std::make_shared<const StoredOutcome>(path, outcome);
    const std::size_t points = head.points;
    const std::uint32_t replicates = head.replicates;
    const bool complete = head.complete;
    return {head.policies.size(), points,
            [=](const auto& take) { some_at_a_time(replicates, points, [&](std::uint32_t first, std::uint32_t n) { take(read_values(*stored, path, complete, first, n)); }); }};
}

SweepValues values_in(const OutcomeAt& a, const OutcomeAt& b, std::uint32_t replicates, std::size_t points)
{
    const auto in_a = std::make_shared<const StoredOutcome>(a.path, a.outcome), in_b = std::make_shared<const StoredOutcome>(b.path, b.outcome);
    return {2, points, [=](const auto& take) {
                some_at_a_time(replicates, points, [&](std::uint32_t first, std::uint32_t n) {
                    const std::size_t rows = n * points;
                    const std::vector<double> of_a = read_values(*in_a, a.path, a.complete, first, n), of_b = read_values(*in_b, b.path, b.complete, first, n);
                    std::vector<double> both(&of_a[a.policy * rows], &of_a[a.policy * rows] + rows);
                    both.insert(both.end(), &of_b[b.policy * rows], &of_b[b.policy * rows] + rows);
                    take(both);
                });
            }};
}

SweepValues values_in(const Plan& plan, const Parts& parts, std::size_t outcome, std::vector<std::size_t> policies, std::uint32_t replicates)
{
    const std::size_t n = policies.size();
    return {n, plan.points, [&plan, &parts, outcome, policies = std::move(policies), replicates](const auto& take) {
                some_at_a_time(replicates, plan.points, [&](std::uint32_t first, std::uint32_t count) {
                    const std::uint64_t begin = std::uint64_t{first} * plan.points, rows = std::uint64_t{count} * plan.points;
                    std::vector<double> values(policies.size() * rows, std::numeric_limits<double>::infinity());
                    for (std::size_t k = 0; k < policies.size(); ++k)
                        for (std::uint64_t block = begin / block_runs; block * block_runs < begin + rows; ++block) {
                            const std::uint64_t number = block * plan.policies.size() + policies[k];
                            if (!parts.has(number)) continue;
                            const Piece piece = piece_of(plan, number);
                            const std::vector<double> all = parts.read_outcomes(number);
                            if (all.size() / piece.runs <= outcome) throw DamagedFile(fmt::format("{}: piece {}: is damaged: it lacks an outcome", parts.folder(), number));
                            for (std::uint32_t run = 0; run < piece.runs; ++run)
                                if (const std::uint64_t row = piece.first + run; row >= begin && row < begin + rows)
                                    values[k * rows + row - begin] = all[outcome * piece.runs + run];
                        }
                    take(values);
                });
            }};
}

std::vector<Interval> quantiles(const std::function<std::vector<double>(Range replicates, Range points)>& read, double level, std::size_t replicates, std::size_t points)
{
    constexpr std::size_t kept = 65536, at_once = 8192; // values in memory; replicates of one reading
    const auto rows = [&](Range some, auto use) {
        for (std::size_t from = 0; from < replicates; from += at_once) use(read({from, std::min(at_once, replicates - from)}, some));
    };
    const std::size_t together = std::clamp<std::size_t>(kept / replicates, 1, points);
    std::vector<Interval> all;
    for (std::size_t first = 0; first < points; first += together) {
        std::vector<std::vector<double>> values(std::min(together, points - first));
        if (replicates <= kept)
            rows({first, values.size()}, [&](const std::vector<double>& some) {
                for (std::size_t i = 0; i < some.size(); ++i) values[i % values.size()].push_back(some[i]);
            });
        for (const std::vector<double>& column : values) {
            const std::size_t point = first + static_cast<std::size_t>(&column - values.data());
            const Numbers again = [&](const auto& take) { rows({point, 1}, take); };
            const Interval x = interval({Statistic::Kind::quantile, level}, replicates <= kept ? in_memory(column) : again);
            all.push_back(x.used > 0 ? x : Running().interval());
        }
    }
    return all;
}

} // namespace entente
