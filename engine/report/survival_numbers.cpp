#include "survival_numbers.hpp"
#include "../core/quarter.hpp"
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {

using Json = nlohmann::ordered_json;

Hazard EventSurvival::hazard(const EventTimes& times, int from, int to) const
{
    const double edges[] = {static_cast<double>(from - times.start() + 1), static_cast<double>(to - times.start() + 1)};
    Hazard h = hazards(table, edges)[0];
    h.exposure /= 4, h.rate *= 4, h.low *= 4, h.high *= 4;
    return h;
}

EventSurvival event_survival(const EventTimes& times, std::size_t event, CurveBand band)
{
    EventSurvival s{.event = event, .start = times.start(), .table = times.table(event)};
    s.curve = kaplan_meier(s.table);
    s.band = band_of(s.table, s.curve, band);
    const auto quarter = [&](const std::optional<double>& time) { return time ? std::optional(static_cast<int>(std::floor(*time)) - 1 + s.start) : std::nullopt; };
    const MedianTime m = median_time(s.curve, s.band);
    s.median = quarter(m.median), s.low_median = quarter(m.low), s.high_median = quarter(m.high);
    const RestrictedMean mean = restricted_mean(s.table, static_cast<double>(times.steps()));
    s.years = mean.mean / 4, s.years_error = mean.standard_error / 4;
    return s;
}

CompetingSurvival competing_survival(const EventTimes& times, std::size_t group, std::size_t causes, CurveBand band)
{
    CompetingSurvival c{.table = times.first_of(group)};
    c.curves = aalen_johansen(c.table), c.none = kaplan_meier(c.table);
    for (std::size_t cause = 0; cause < causes; ++cause) c.band.push_back(band_of(c.table, c.curves, cause, band));
    return c;
}

EventDifference event_difference(const SurvivalPair& pair, const EventSurvival& a, const EventSurvival& b)
{
    const LifeTable both[] = {a.table, b.table};
    EventDifference d{.test = log_rank(both)};
    if (pair.pairs) {
        d.seen = pair.pairs->seen(a.event), d.years = pair.pairs->restricted_mean(a.event);
        for (double* const quarters : {&d.years.mean_a, &d.years.mean_b, &d.years.difference, &d.years.standard_error, &d.years.unpaired_error}) *quarters /= 4;
        return d;
    }
    const auto apart = [](double of_a, double of_b, double error_a, double error_b) {
        const double error = std::hypot(error_a, error_b);
        return PairedDifference{.pairs = 0, .mean_a = of_a, .mean_b = of_b, .difference = of_b - of_a, .standard_error = error, .unpaired_error = error};
    };
    d.seen = apart(1 - a.curve.share.back(), 1 - b.curve.share.back(), a.curve.standard_error.back(), b.curve.standard_error.back());
    d.years = apart(a.years, b.years, a.years_error, b.years_error);
    return d;
}

namespace {

Json date_or_null(const std::optional<int>& quarter) { return quarter ? Json(quarter_name(*quarter)) : Json(); }

Json json_of(const EventSurvival& s, const EventTimes& times)
{
    Json out = {{"meaning", describe().events[s.event].meaning},
                {"median", {{"quarter", date_or_null(s.median)}, {"low", date_or_null(s.low_median)}, {"high", date_or_null(s.high_median)}}},
                {"restricted_mean", {{"years", s.years}, {"standard_error", s.years_error}, {"low", s.years - z95 * s.years_error}, {"high", s.years + z95 * s.years_error}}}};
    for (std::size_t i = 0; i < s.table.time.size(); ++i)
        out["quarters"][quarter_name(s.start + static_cast<int>(i))] = {{"not_seen", s.curve.share[i]},  {"low", s.band.low[i]},
                                                                        {"high", s.band.high[i]},        {"standard_error", s.curve.standard_error[i]},
                                                                        {"at_risk", s.table.at_risk[i]}, {"events", s.table.all_events(i)}};
    out["hazards"] = Json::array();
    for (int from = s.start - 1; from < times.horizon();) {
        int to = from + 1;
        while (to < times.horizon() && to % 4 != 3) ++to;
        const Hazard h = s.hazard(times, from, to);
        out["hazards"].push_back(
            {{"from", quarter_name(from + 1)}, {"to", quarter_name(to)}, {"events", h.events}, {"years_at_risk", h.exposure}, {"rate", h.rate}, {"low", h.low}, {"high", h.high}});
        from = to;
    }
    return out;
}

Json groups_json(const SurvivalSide& side, const SurvivalShown& shown)
{
    Json all = Json::array();
    if (!side.single_runs) return Json();
    for (std::size_t g = 0; g < shown.groups.size(); ++g) {
        const NamedCompeting& group = shown.groups[g];
        const CompetingSurvival c = competing_survival(side.times, g, group.events.size(), shown.band);
        Json one = {{"name", group.name}, {"question", group.question}, {"in_one_quarter", side.times.ties(g)}};
        for (std::size_t cause = 0; cause < group.events.size(); ++cause) {
            Json& of = one["events"][std::string(describe().events[group.events[cause]].name)];
            of["label"] = group.labels[cause];
            for (std::size_t i = 0; i < c.table.time.size(); ++i)
                of["quarters"][quarter_name(side.times.start() + static_cast<int>(i))] = {
                    {"share", c.curves.share[cause][i]}, {"low", c.band[cause].low[i]}, {"high", c.band[cause].high[i]}, {"standard_error", c.curves.standard_error[cause][i]}};
        }
        all.push_back(std::move(one));
    }
    return all;
}

Json side_json(const SurvivalSide& side, const SurvivalShown& shown)
{
    Json out = {{"file", side.of.name}, {"runs", side.times.runs()}, {"failed", side.times.failed()}};
    for (const std::size_t e : shown.events) out["events"][std::string(describe().events[e].name)] = json_of(event_survival(side.times, e, shown.band), side.times);
    out["competing"] = groups_json(side, shown);
    return out;
}

Json json_of(const PairedDifference& d)
{
    return {{"a", d.mean_a}, {"b", d.mean_b}, {"difference", d.difference}, {"standard_error", d.standard_error}, {"unpaired_standard_error", d.unpaired_error}};
}

Json head_json(const EventTimes& times, CurveBand band)
{
    return {{"start", quarter_name(times.start())}, {"horizon", quarter_name(times.horizon())}, {"band", curve_band_names[static_cast<std::size_t>(band)]}};
}

} // namespace

Json json_of(const SurvivalSide& side, const SurvivalShown& shown)
{
    Json out = head_json(side.times, shown.band);
    out["sides"] = Json::array({side_json(side, shown)});
    return out;
}

Json json_of(const SurvivalPair& pair, const SurvivalShown& shown)
{
    Json out = head_json(pair.a.times, shown.band);
    out["sides"] = Json::array({side_json(pair.a, shown), side_json(pair.b, shown)});
    Json& differences = out["differences"];
    differences["pairs"] = pair.pairs ? Json(pair.pairs->pairs()) : Json();
    for (const std::size_t e : shown.events) {
        const EventDifference d = event_difference(pair, event_survival(pair.a.times, e, shown.band), event_survival(pair.b.times, e, shown.band));
        differences["events"][std::string(describe().events[e].name)] = {
            {"seen", json_of(d.seen)}, {"years_without", json_of(d.years)}, {"log_rank", {{"chi_squared", d.test.statistic}, {"degrees", d.test.degrees}, {"p", d.test.p}}}};
    }
    return out;
}

void write_survival(std::span<const SurvivalSide* const> sides, const SurvivalShown& shown, const TakeText& take)
{
    take("side,curve,of,event,quarter,year,at_risk,events,censored,share,standard_error,low,high\n");
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const EventTimes& times = sides[i]->times;
        const auto rows = [&](const char* curve, const std::string& of, std::size_t event, const LifeTable& table, std::span<const std::uint64_t> events,
                              std::span<const double> share, std::span<const double> error, const Band95& band) {
            std::string text;
            for (std::size_t at = 0; at < table.time.size(); ++at) {
                const int quarter = times.start() + static_cast<int>(at);
                text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\n", i == 0 ? "a" : "b", curve, of, describe().events[event].name, quarter_name(quarter),
                                    decimal_year(quarter), table.at_risk[at], events[at], table.censored[at], share[at], error[at], band.low[at], band.high[at]);
            }
            take(text);
        };
        for (const std::size_t e : shown.events) {
            const EventSurvival s = event_survival(times, e, shown.band);
            rows("survival", "", e, s.table, s.table.events[0], s.curve.share, s.curve.standard_error, s.band);
        }
        if (!sides[i]->single_runs) continue;
        for (std::size_t g = 0; g < shown.groups.size(); ++g) {
            const CompetingSurvival c = competing_survival(times, g, shown.groups[g].events.size(), shown.band);
            for (std::size_t cause = 0; cause < shown.groups[g].events.size(); ++cause)
                rows("incidence", shown.groups[g].name, shown.groups[g].events[cause], c.table, c.table.events[cause], c.curves.share[cause], c.curves.standard_error[cause], c.band[cause]);
        }
    }
}

} // namespace entente::report
