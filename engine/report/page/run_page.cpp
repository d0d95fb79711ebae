#include "../../core/quarter.hpp"
#include "../../core/text.hpp"
#include "../answer.hpp"
#include "../discovery.hpp"
#include "../survival_numbers.hpp"
#include "../../analysis/patterns.hpp"
#include "page.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;

/// Runs by class or orientation and quarter, in the order of tables: [kind][quarter].
template <class Order> Json counts_json(const Summary& s, const Order& order, int (*of)(std::uint8_t), int first)
{
    Json out = Json::array();
    for (const int kind : order) {
        Json course = Json::array();
        for (std::size_t q = static_cast<std::size_t>(first); q < s.quarters; ++q) {
            std::uint32_t count = 0;
            for (std::uint8_t code = 0; code < 32; ++code) count += of(code) == kind ? s.code_count[q * 32 + code] : 0;
            course.push_back(count);
        }
        out.push_back(std::move(course));
    }
    return out;
}

/// The shortest text of a single-precision number, not that of the double-precision number next to it.
Json as_stored(float x) { return std::isfinite(x) ? Json::parse(fmt::format("{}", x)) : Json(); }

/// Decimal year of a datum; none of one that is a ratio of two years.
std::optional<double> year_of(const std::string& date)
{
    const auto quarter = date.find('/') == std::string::npos ? parse_quarter(date) : std::nullopt;
    return quarter ? std::optional(date.size() == 4 ? first_year + *quarter / 4.0 + 0.5 : decimal_year(*quarter)) : std::nullopt;
}

/// 5, 25, 50, 75 and 95 % over futures by quarter, history before them.
Json indicators_json(const Summary& s)
{
    static constexpr std::array shown = {0.05, 0.25, 0.5, 0.75, 0.95};
    const std::vector<Row>& variables = describe().variables;
    const std::vector<Pattern> data = patterns(s);
    Json out = Json::array();
    for (const Label& indicator : indicators) {
        const std::size_t v = Description::find(variables, indicator.variable);
        Json one = {{"name", indicator.variable}, {"label", indicator.label}, {"unit", std::string(variables[v].unit)}, {"quantiles", Json::array()}, {"data", Json::array()}};
        for (std::size_t l = 0; l < quantile_count; ++l) {
            if (std::ranges::find(shown, quantile_levels[l]) == shown.end()) continue;
            Json course = Json::array();
            for (std::size_t q = 0; q < s.quarters; ++q) course.push_back(as_stored(s.quantile[(l * variables.size() + v) * s.quarters + q]));
            one["quantiles"].push_back(std::move(course));
        }
        for (const Pattern& p : data)
            if (const auto year = year_of(p.date); p.variable == indicator.variable && year)
                one["data"].push_back({{"year", *year}, {"date", p.date}, {"value", p.data}, {"series", p.series}});
        out.push_back(std::move(one));
    }
    return out;
}

/// Futures that have seen each event by each quarter of the free future, with a 95 % interval of their share.
Json events_json(const EventTimes& times)
{
    Json out = Json::array();
    for (std::size_t e = 0; e < describe().events.size(); ++e) {
        const EventSurvival s = event_survival(times, e, CurveBand::jeffreys);
        Json one = {{"name", std::string(describe().events[e].name)}, {"meaning", std::string(describe().events[e].meaning)}, {"seen", Json::array()}, {"low", Json::array()}, {"high", Json::array()}};
        std::uint64_t seen = 0;
        for (std::size_t step = 0; step < times.steps(); ++step) {
            seen += s.table.all_events(step);
            one["seen"].push_back(seen);
            one["low"].push_back(to_six_digits(1 - s.band.high[step]));
            one["high"].push_back(to_six_digits(1 - s.band.low[step]));
        }
        const auto quarter = [](const std::optional<int>& q) { return q ? Json(quarter_name(*q)) : Json(); };
        one["median"] = quarter(s.median), one["median_low"] = quarter(s.low_median), one["median_high"] = quarter(s.high_median);
        one["years"] = s.years, one["years_error"] = s.years_error;
        out.push_back(std::move(one));
    }
    return out;
}

/// Each box as conditions that the page's filter reads, as far as single runs hold what it asks.
Json boxes_json(const Boxes& found)
{
    Json out = Json::array();
    for (const FoundBox& box : found.discovery.boxes) {
        if (!box.stands) continue;
        Json conditions = Json::array();
        for (const BoxLimit& l : box.limits) {
            const InputColumn& column = found.searched.cases.columns[l.column];
            if (l.side != BoxLimit::Side::choices) {
                conditions.push_back(fmt::format("{} {} {}", column.name, l.side == BoxLimit::Side::lower ? ">=" : "<=", static_cast<float>(l.at)));
            } else {
                std::string inside;
                for (std::size_t k = 0; k < column.choices.size(); ++k)
                    if (box.box[l.column].inside[k]) inside += (inside.empty() ? "" : "|") + column.choices[k];
                conditions.push_back(fmt::format("{} = {}", column.name, inside));
            }
        }
        out.push_back({{"of", found.searched.of}, {"sentence", printable(sentence_of(found.searched, box))}, {"conditions", conditions}});
    }
    return out;
}

template <class Value> std::string packed(const std::vector<Value>& values)
{
    return base64_of({reinterpret_cast<const unsigned char*>(values.data()), values.size() * sizeof(Value)});
}

/// Parameters as parts of their range in these runs, of 65,535: a page holds more runs so, and a value is known to so much.
void pack_parameters(const FirstRuns& f, Json& rows, std::vector<std::uint16_t>& parts)
{
    for (std::size_t k = 0; k < f.parameters.size(); ++k) {
        const std::span values = std::span(f.parameter).subspan(k * f.runs.size(), f.runs.size());
        const auto [low, high] = std::ranges::minmax(values);
        rows[k]["low"] = as_stored(low), rows[k]["high"] = as_stored(high);
        for (const float x : values) parts.push_back(static_cast<std::uint16_t>(std::lround(65535 * (double{x} - low) / (double{high} - low))));
    }
}

/// Rows by number, as names with what they mean.
Json rows_json(const std::vector<Row>& rows, const std::vector<std::size_t>& which)
{
    Json out = Json::array();
    for (const std::size_t k : which) out.push_back({{"name", std::string(rows[k].name)}, {"meaning", std::string(rows[k].meaning)}, {"unit", std::string(rows[k].unit)}});
    return out;
}

} // namespace

Json run_page_json(const RunFindings& run)
{
    const Summary& s = run.result.summary;
    const Provenance& p = run.result.provenance;
    const int start = static_cast<int>(s.start), first = s.quarters <= s.start ? 0 : start;
    Json out = {{"file", printable_name(run.file)},
                {"title", printable_name(p.scenario_title.empty() ? p.scenario_name : p.scenario_title)},
                {"answer", json_of(run.answer)},
                {"whole", s.runs - s.failed},
                {"start", start},
                {"first", first},
                {"horizon", static_cast<int>(s.quarters) - 1},
                {"classes", counts_json(s, class_order, class_of, first)},
                {"orientations", counts_json(s, orientation_order, orientation_of, first)},
                {"indicators", indicators_json(s)},
                {"events", run.survival    ? events_json(run.survival->times)
                           : first < start ? Json::array()
                                           : events_json(event_times(s, static_cast<int>(s.quarters) - 1))},
                {"inputs", run.sensitivity ? inputs_page_json(*run.sensitivity) : Json()},
                {"boxes", run.boxes ? boxes_json(*run.boxes) : Json::array()},
                {"provenance", provenance_page_json(p)},
                {"text", printable(p.scenario_text)}};
    return out;
}

Json first_runs_json(const FirstRuns& f)
{
    Json structures = rows_json(describe().structures, f.structures);
    for (std::size_t k = 0; k < f.structures.size(); ++k) structures[k]["choices"] = split(describe().structures[f.structures[k]].choices, '|');
    Json parameters = rows_json(describe().parameters, f.parameters);
    std::vector<std::uint16_t> parts;
    pack_parameters(f, parameters, parts);
    Json quarters = Json::array();
    for (const int q : f.quarters) quarters.push_back(quarter_name(q));
    Json dates = Json::array();
    for (const int q : f.dates) dates.push_back(quarter_name(q));
    return {{"whole", f.whole},         {"count", f.runs.size()},
            {"runs", packed(f.runs)},   {"quarters", quarters},
            {"code", packed(f.code)},   {"first_event", packed(f.first_event)},
            {"parameters", parameters}, {"parameter", packed(parts)},
            {"structures", structures}, {"structure", packed(f.structure)},
            {"dates", dates},           {"variables", rows_json(describe().variables, f.variables)},
            {"value", packed(f.value)}};
}

} // namespace entente::report
