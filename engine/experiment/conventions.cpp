#include "conventions.hpp"
#include "../model/classify.hpp"
#include "../ensemble/reported.hpp"
#include "../store/store.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include "values.hpp"
#include <algorithm>

namespace entente {

static ClassifiedRuns runs_at(const std::string& file, const Scenario& s, std::size_t date, int quarter)
{
    const OutcomeRows rows = outcome_rows();
    const std::vector<std::uint32_t>& reported = reported_variables();
    std::vector<std::size_t> place;
    for (const std::string_view name : classified_variables)
        place.push_back(static_cast<std::size_t>(std::ranges::find(reported, static_cast<std::uint32_t>(Description::find(describe().variables, name))) - reported.begin()));
    ClassifiedRuns all{
        .runs = s.runs, .values = std::vector<double>(s.runs * classified_count), .parameters = std::vector<double>(s.runs * rows.count), .stored = std::vector<std::uint8_t>(s.runs)};
    some_at_a_time(s.runs, 1, [&](std::uint32_t first, std::uint32_t n) {
        const StoredRuns runs = read_runs(file, first, n);
        const std::vector<float> values = read_reported(file, first, n);
        for (std::uint32_t i = 0; i < n; ++i) {
            const std::size_t run = first + i;
            for (std::size_t v = 0; v < classified_count; ++v) all.values[run * classified_count + v] = values[(date * reported.size() + place[v]) * n + i];
            for (std::size_t row = 0; row < rows.count; ++row) all.parameters[run * rows.count + row] = runs.parameters[(rows.first + row) * n + i];
            all.stored[run] = runs.outcome[static_cast<std::size_t>(quarter) * n + i];
        }
    });
    // a file has parameters in single precision: one that stands still has the scenario's own number
    for (std::size_t row = 0; row < rows.count; ++row)
        if (!is_drawn(s, rows.first + row)) {
            const double value = drawn_quantile(s, rows.first + row, 0.5);
            for (std::size_t run = 0; run < all.runs; ++run) all.parameters[run * rows.count + row] = value;
        }
    return all;
}

std::vector<DatedConventions> conventions_in(const std::string& file, const ReplaySource& source, const std::vector<int>& dates, std::size_t joint)
{
    if (!keeps_single_runs(source.provenance)) throw Refused(refusal::NoSingleRuns{file});
    const std::vector<int> kept = report_dates(source.scenario.horizon);
    std::vector<DatedConventions> all;
    for (const int date : dates) {
        const auto number = static_cast<std::size_t>(std::ranges::find(kept, date) - kept.begin());
        all.push_back({date, conventions_of(runs_at(file, source.scenario, number, date), joint, source.scenario.seed)});
    }
    return all;
}

} // namespace entente
