#include "answer.hpp"
#include "../core/quarter.hpp"
#include "survival.hpp"
#include <algorithm>
#include <cctype>

namespace entente {

std::optional<int> median_quarter(const std::uint32_t* count_by_quarter, std::uint32_t quarters, std::uint32_t runs)
{
    if (runs == 0) return std::nullopt;
    const LifeTable table = life_table({std::vector<std::uint64_t>(count_by_quarter, count_by_quarter + quarters)}, runs);
    const std::optional<double> steps = time_at(table.time, kaplan_meier(table).share);
    return steps ? std::optional(static_cast<int>(*steps) - 1) : std::nullopt; // step 1 is quarter 0
}

std::string name_of_label(std::string_view text)
{
    const auto plain = [](std::string_view label) {
        std::string name(label);
        for (char& c : name) c = c == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return name;
    };
    const auto at = std::ranges::find_if(indicators, [&](const Label& i) { return plain(i.label) == plain(text); });
    return at == std::end(indicators) ? plain(text) : at->variable;
}

Answer answer(const Summary& summary, const std::string& scenario, const std::string& title, std::uint32_t asked, const Beside& beside)
{
    Answer a{.scenario = scenario,
             .title = title,
             .runs = summary.runs,
             .asked = asked,
             .failed = summary.failed,
             .start = static_cast<int>(summary.start),
             .horizon = static_cast<int>(summary.quarters) - 1,
             .by_parameters = summary.by_parameters,
             .by_structures = summary.by_structures,
             .attribution_used = summary.attribution_used,
             .attribution_quarter = summary.attribution_quarter};
    const Description& d = describe();
    const std::uint32_t good = summary.runs - summary.failed;
    const auto counts_at = [&](int quarter, std::uint32_t kinds, int (*kind_of)(std::uint8_t)) {
        std::vector<std::uint32_t> counts(kinds);
        for (std::uint32_t code = 0; code < 32; ++code)
            if (const std::uint32_t n = summary.code_count[static_cast<std::size_t>(quarter) * 32 + code]; n > 0)
                counts[static_cast<std::size_t>(kind_of(static_cast<std::uint8_t>(code)))] += n;
        return counts;
    };
    a.dates = report_dates(a.horizon);
    for (const int quarter : a.dates) {
        a.classes.emplace_back();
        for (const std::uint32_t n : counts_at(quarter, outcome_classes, class_of)) a.classes.back().push_back(share_of(n, good));
        a.orientations.emplace_back();
        for (const std::uint32_t n : counts_at(quarter, orientations, orientation_of)) a.orientations.back().push_back(share_of(n, good));
    }
    for (int q = 0; q <= a.horizon; ++q) {
        a.course.emplace_back();
        for (const std::uint32_t n : counts_at(q, outcome_classes, class_of)) a.course.back().push_back(good == 0 ? 0 : static_cast<double>(n) / good);
    }
    for (std::size_t e = 0; e < d.events.size(); ++e) {
        const std::uint32_t* const by_quarter = &summary.event_count[e * summary.quarters];
        std::uint32_t seen = 0;
        for (std::uint32_t q = 0; q < summary.quarters; ++q) seen += by_quarter[q];
        a.events.push_back({std::string(d.events[e].name), std::string(d.events[e].meaning), share_of(seen, good), median_quarter(by_quarter, summary.quarters, good)});
    }
    const std::size_t variables = d.variables.size();
    const auto quantile_at = [&](double level, std::size_t variable, int quarter) {
        const auto l = static_cast<std::size_t>(std::find(std::begin(quantile_levels), std::end(quantile_levels), level) - std::begin(quantile_levels));
        return static_cast<double>(summary.quantile[(l * variables + variable) * summary.quarters + static_cast<std::size_t>(quarter)]);
    };
    for (const auto& [name, label] : indicators) {
        const std::size_t v = Description::find(d.variables, name);
        IndicatorAnswer i{name, label, {}, {}, {}, {}};
        for (const int quarter : a.dates) {
            i.median.push_back(quantile_at(0.50, v, quarter));
            i.low.push_back(quantile_at(0.05, v, quarter));
            i.high.push_back(quantile_at(0.95, v, quarter));
        }
        for (int q = 0; q <= a.horizon; ++q) i.course.push_back(quantile_at(0.50, v, q));
        a.indicators.push_back(std::move(i));
    }
    if (beside.dials) a.drivers = driver_effects(*beside.dials);
    const bool has_readings = beside.readings && beside.readings->quarters == a.dates; // else they are another program's
    std::vector<Share> seen;
    for (const EventAnswer& e : a.events) seen.push_back(e.seen);
    a.uncertainty = all_uncertainty(a.classes, a.orientations, seen, has_readings ? &*beside.readings : nullptr);
    if (has_readings) {
        const auto date = static_cast<std::size_t>(std::ranges::find(a.dates, report_quarter(a.horizon)) - a.dates.begin());
        const auto shares = [](const std::vector<Share>& all) {
            std::vector<double> some;
            for (const Share& share : all) some.push_back(share.share);
            return some;
        };
        a.readings = readings_of(*beside.readings, date, shares(a.classes[date]), shares(a.orientations[date]));
    }
    if (beside.priors) a.priors = prior_effects(*beside.priors);
    return a;
}

} // namespace entente
