#include "first_runs.hpp"
#include "../analysis/answer.hpp"
#include "provenance.hpp"
#include <algorithm>

namespace entente {
namespace {

/// Columns of a table [column][run] of which some differ, with those alone, of the runs at `of` that are left.
template <class Value> std::pair<std::vector<std::size_t>, std::vector<Value>> that_differ(const std::vector<Value>& table, std::uint32_t runs, const std::vector<std::uint32_t>& of)
{
    std::pair<std::vector<std::size_t>, std::vector<Value>> out;
    for (std::size_t column = 0; runs > 0 && column < table.size() / runs; ++column) {
        const auto at = [&](std::uint32_t run) { return table[column * runs + run]; };
        if (std::ranges::all_of(of, [&](std::uint32_t run) { return at(run) == at(of[0]); })) continue;
        out.first.push_back(column);
        for (const std::uint32_t run : of) out.second.push_back(at(run));
    }
    return out;
}

std::vector<int> quarters_of(const Summary& summary)
{
    const int horizon = static_cast<int>(summary.quarters) - 1, start = horizon < static_cast<int>(summary.start) ? 0 : static_cast<int>(summary.start); // of a history: its own
    std::vector<int> quarters;
    for (int q = start; q <= horizon; ++q)
        if (q % 4 == 0) quarters.push_back(q);
    for (const int date : report_dates(horizon))
        if (date >= start) quarters.push_back(date);
    std::ranges::sort(quarters);
    quarters.erase(std::unique(quarters.begin(), quarters.end()), quarters.end());
    return quarters;
}

} // namespace

std::optional<FirstRuns> first_runs(const std::string& path, const StoredResult& result, std::size_t bytes)
{
    const Summary& s = result.summary;
    if (!keeps_single_runs(result.provenance) || s.runs == 0) return std::nullopt;
    FirstRuns f{.whole = s.runs - s.failed, .quarters = quarters_of(s), .dates = report_dates(static_cast<int>(s.quarters) - 1)};
    std::vector<std::size_t> among; // the indicators, in what is reported
    for (const Label& indicator : indicators) {
        const std::size_t v = Description::find(describe().variables, indicator.variable);
        const auto at = std::ranges::find(reported_variables(), static_cast<std::uint32_t>(v));
        if (at == reported_variables().end()) continue;
        f.variables.push_back(v);
        among.push_back(static_cast<std::size_t>(at - reported_variables().begin()));
    }
    const auto looked_at = [&](std::uint32_t count) { return std::min(count, s.runs); };
    // What differs is known once they are read: a few first, then as many as there is room for.
    const auto take = [&](std::uint32_t count) {
        const StoredRuns all = read_runs(path, 0, count);
        std::vector<std::uint32_t> whole;
        for (std::uint32_t run = 0; run < all.runs; ++run)
            if (fate_of(all.failed_quarter[run]) == Fate::whole) whole.push_back(run);
        std::tie(f.parameters, f.parameter) = that_differ(all.parameters, all.runs, whole);
        std::tie(f.structures, f.structure) = that_differ(all.structures, all.runs, whole);
        f.code.clear(), f.first_event.clear();
        for (const int q : f.quarters)
            for (const std::uint32_t run : whole) f.code.push_back(all.outcome[static_cast<std::size_t>(q) * all.runs + run]);
        for (std::size_t e = 0; e < describe().events.size(); ++e)
            for (const std::uint32_t run : whole) f.first_event.push_back(all.first_event[e * all.runs + run]);
        f.runs = whole;
    };
    take(looked_at(256));
    const std::size_t each = 4 + f.quarters.size() + 2 * describe().events.size() + 2 * f.parameters.size() + f.structures.size() + 4 * f.dates.size() * f.variables.size();
    const auto count = looked_at(static_cast<std::uint32_t>(std::min<std::size_t>(std::max<std::size_t>(1, bytes / each), s.runs)));
    take(count);
    const std::vector<float> reported = read_reported(path, 0, count);
    for (std::size_t d = 0; d < f.dates.size(); ++d)
        for (const std::size_t v : among)
            for (const std::uint32_t run : f.runs) f.value.push_back(reported[(d * reported_variables().size() + v) * count + run]);
    return f;
}

} // namespace entente
