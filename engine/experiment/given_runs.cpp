#include "given_runs.hpp"
#include "../analysis/answer.hpp"
#include "../core/quarter.hpp"
#include "made_runs.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente {
namespace {

/// What is asked of every run besides the conditions, in the order of the answer.
struct AskedOfRuns {
    std::vector<Quantity> all;
    std::vector<std::size_t> parts; ///< where each part begins that is read at once; the last is the end
    void add(const std::string& text) { all.push_back(parse_quantity(text)); }
    void end_part() { parts.push_back(all.size()); }
};
AskedOfRuns asked_of(const Scenario& scenario)
{
    const std::vector<int> dates = report_dates(scenario.horizon);
    AskedOfRuns asked;
    asked.end_part();
    for (const int date : dates) {
        for (const auto& name : class_names) asked.add(fmt::format("share_{} at {}", name, quarter_name(date)));
        for (const auto& name : orientation_names) asked.add(fmt::format("share_{} at {}", name, quarter_name(date)));
        for (const Label& i : indicators) asked.add(fmt::format("mean {} at {}", i.variable, quarter_name(date)));
        asked.end_part();
    }
    if (scenario.horizon < scenario.start) return asked; // history alone, which counts no events
    for (const Row& event : describe().events) {
        asked.add(fmt::format("{} by {}", event.name, quarter_name(dates.back())));
        asked.add(fmt::format("first {} by {}", event.name, quarter_name(dates.back())));
    }
    asked.end_part();
    return asked;
}

/// By which half have seen it, of those that `counts`.
template <class Counts> std::optional<int> half_by(const std::vector<double>& seen, const std::vector<double>& first, int horizon, Counts counts)
{
    std::vector<std::uint32_t> by_quarter(static_cast<std::size_t>(horizon) + 1);
    std::uint32_t runs = 0;
    for (std::size_t run = 0; run < seen.size(); ++run) {
        if (!counts(run)) continue;
        ++runs;
        if (seen[run] == 1) ++by_quarter[static_cast<std::size_t>(first[run])];
    }
    return median_quarter(by_quarter.data(), static_cast<std::uint32_t>(by_quarter.size()), runs);
}

using Values = std::vector<std::vector<double>>;

void add_date(GivenAnswer& a, const Values& values, const Meeting& m)
{
    auto value = values.begin();
    for (auto* shares : {&a.classes, &a.orientations}) {
        shares->emplace_back();
        const std::size_t kinds = shares == &a.classes ? std::size(class_names) : std::size(orientation_names);
        for (std::size_t k = 0; k < kinds; ++k) shares->back().push_back(given_share(*value++, m));
    }
    for (GivenIndicator& i : a.indicators) i.at.push_back(given_spread(*value++, m.meets));
}
void add_events(GivenAnswer& a, const Values& values, const Meeting& m)
{
    for (std::size_t e = 0; e < describe().events.size(); ++e) {
        const std::vector<double>&seen = values[2 * e], &first = values[2 * e + 1];
        GivenEvent event{std::string(describe().events[e].name), std::string(describe().events[e].meaning), given_share(seen, m), {}, {}};
        event.median = half_by(seen, first, a.horizon, [&](std::size_t run) { return m.meets[run] != 0; });
        event.median_all = half_by(seen, first, a.horizon, [&](std::size_t run) { return m.whole[run] != 0; });
        a.events.push_back(std::move(event));
    }
}

std::vector<Quantity> quantities_of(const std::vector<Given>& conditions)
{
    std::vector<Quantity> all;
    for (const Given& c : conditions) all.push_back(c.quantity);
    return all;
}

} // namespace

std::optional<Meeting> meeting_in(const std::string& file, const ReplaySource& source, const std::vector<Given>& conditions, const EnsembleOptions& options,
                                  const Listener& listener, const std::atomic<bool>* stop)
{
    const auto values = values_of(file, source, quantities_of(conditions), options, listener, stop);
    if (!values) return std::nullopt;
    return meeting(conditions, *values);
}

std::optional<GivenAnswer> given_answer(const std::string& file, const ReplaySource& source, const std::vector<Given>& conditions, const EnsembleOptions& options,
                                        const Listener& listener, const std::atomic<bool>* stop)
{
    GivenAnswer a{.start = source.scenario.start, .horizon = source.scenario.horizon, .dates = report_dates(source.scenario.horizon)};
    for (const Label& i : indicators) a.indicators.push_back({i.variable, i.label, {}});
    AskedOfRuns asked = asked_of(source.scenario);
    const bool kept = are_kept(source, asked.all); // else all of it and the conditions come of one simulation
    if (!kept) {
        for (const Given& c : conditions) asked.all.push_back(c.quantity);
        asked.parts = {0, asked.all.size()};
    }
    std::optional<Values> all;
    if (!kept) {
        all = values_of(file, source, asked.all, options, listener, stop);
        if (!all) return std::nullopt;
    }
    const auto of_conditions = [&] { return Values(all->end() - static_cast<std::ptrdiff_t>(conditions.size()), all->end()); };
    const auto m = kept ? meeting_in(file, source, conditions, options, listener, stop) : std::optional(meeting(conditions, of_conditions()));
    if (!m) return std::nullopt;
    for (std::size_t c = 0; c < conditions.size(); ++c) a.conditions.push_back({conditions[c].text, m->each[c]});
    a.met = m->all, a.failed = source.scenario.runs - m->all.runs;
    if (a.met.count == 0) return a;
    const std::vector<std::size_t> parts = asked_of(source.scenario).parts;
    for (std::size_t p = 0; p + 1 < parts.size(); ++p) {
        const auto first = static_cast<std::ptrdiff_t>(parts[p]), last = static_cast<std::ptrdiff_t>(parts[p + 1]);
        const auto values = kept ? values_of(file, source, {asked.all.begin() + first, asked.all.begin() + last}, options) : std::optional(Values(all->begin() + first, all->begin() + last));
        if (p < a.dates.size()) add_date(a, *values, *m);
        else add_events(a, *values, *m);
    }
    return a;
}

} // namespace entente
