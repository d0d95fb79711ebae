// The table of what was observed, cell by cell, and one to start from.
#include "../core/number.hpp"
#include "../core/quarter.hpp"
#include "observed.hpp"
#include "target_rows.hpp"
#include <algorithm>

namespace entente {
namespace {

const Names columns = {"target", "date", "value", "unit", "sd", "low", "high", "wrong", "use", "source", "licence", "note"};
constexpr const char* happened_unit = "0/1";

/// A row without anything that was observed: as the template has it.
bool is_blank(const CsvSheet& sheet, std::size_t row)
{
    return std::ranges::all_of(Names{"date", "value", "sd", "low", "high", "wrong", "source", "licence"},
                               [&](const std::string& column) { return sheet.text(row, column.c_str()).empty(); });
}

/// A series' quarters in a row, with a value or without one.
struct Stretch {
    std::size_t row;
    Window window;
};

class Reader {
public:
    Reader(const CsvSheet& sheet, std::vector<Measurement> measurements, int start, int horizon, const std::string& path)
        : sheet_(sheet), start_(start), horizon_(horizon), path_(path), observed_{{std::move(measurements), {}}, {}, {}}
    {
        for (std::size_t row = 0; row < sheet_.rows(); ++row)
            if (!is_blank(sheet_, row)) read(row);
        for (const auto& [measurement, stretches] : series_) hold_together(stretches);
        for (const auto& [event, rows] : reports_) hold_to_each_other(rows);
    }
    Observed observed() && { return std::move(observed_); }

private:
    void read(std::size_t row)
    {
        const auto use = sheet_.choice<std::size_t>(row, "use", {"fit", "check"});
        const auto window = read_window(sheet_, row, "date", start_, horizon_, fmt::format("; the result is free from {} on and ends in {}", quarter_name(start_), quarter_name(horizon_)));
        const std::string& target = sheet_.text(row, "target");
        const std::size_t event = Description::find(describe().events, target);
        const bool gap = sheet_.text(row, "value").empty() && event == Description::npos;
        if (!gap) sheet_.some_text(row, "source");
        const CsvCell& first = sheet_.cell(row, "target");
        ObservedRow r{.place = {path_, first.line, first.column}, .target = target, .date = sheet_.text(row, "date"), .unit = sheet_.text(row, "unit"), .used = use == 0};
        r.to = window ? window->to : 0;
        if (event != Description::npos) return read_event(row, window, std::move(r));
        const auto measurement = measured(row);
        if (!measurement) return;
        if (window) series_[*measurement].push_back({row, *window});
        if (!sheet_.text(row, "wrong").empty()) sheet_.fault(row, "wrong", "nothing but of an event");
        if (gap) return without_value(row);
        const Measurement& m = observed_.targets.measurements[*measurement];
        Observation o{.measurement = *measurement, .fitted = use == 0};
        if (window) o.from = window->from, o.to = window->to;
        read_figure(sheet_, row, m, o);
        if (use == 0 && m.conflict.starts_with("not fitted")) note(row, fmt::format("{} weighs, though calibration does not: {}", target, m.conflict));
        r.value = o.value, r.observation = observed_.targets.observations.size();
        observed_.targets.observations.push_back(std::move(o));
        observed_.rows.push_back(std::move(r));
    }

    void read_event(std::size_t row, const std::optional<Window>& window, ObservedRow r)
    {
        if (r.unit != happened_unit) sheet_.fault(row, "unit", fmt::format("{} of an event", happened_unit));
        for (const char* column : {"sd", "low", "high"})
            if (!sheet_.text(row, column).empty()) sheet_.fault(row, column, "nothing of an event, whose error is wrong");
        const auto value = number_in<double>(sheet_.text(row, "value"));
        if (!value || (*value != 0 && *value != 1)) sheet_.fault(row, "value", "1 for an event that had happened by the end of the date, 0 for one that had not");
        const auto wrong = number_in<double>(sheet_.text(row, "wrong"));
        if (!wrong || !(*wrong >= 0 && *wrong < 0.5)) sheet_.fault(row, "wrong", "the probability that the report is wrong, from 0 to below .5");
        if (!window || !value || !wrong) return;
        r.value = *value, r.wrong = *wrong;
        r.event = parse_quantity(fmt::format("{} by {}", r.target, quarter_name(r.to)));
        reports_[r.event.event].push_back({row, {*value == 1 ? 1 : 0, r.to}});
        observed_.rows.push_back(std::move(r));
    }

    /// By the measurement table, or as it stands a variable of the model.
    std::optional<std::size_t> measured(std::size_t row)
    {
        std::vector<Measurement>& all = observed_.targets.measurements;
        const std::string& target = sheet_.text(row, "target");
        if (const auto found = std::ranges::find(all, target, &Measurement::target); found != all.end()) return static_cast<std::size_t>(found - all.begin());
        const std::vector<Row>& variables = describe().variables;
        if (const std::size_t v = Description::find(variables, target); v != Description::npos) {
            Measurement m;
            m.target = m.expression = target, m.unit = variables[v].unit;
            all.push_back(m);
            return all.size() - 1;
        }
        Names names;
        for (const Measurement& m : all) names.push_back(m.target);
        for (const auto* rows : {&describe().events, &variables})
            for (const Row& r : *rows) names.emplace_back(r.name);
        sheet_.fault(row, "target", "a target of the measurement table, an event or a variable of the model", did_you_mean(target, names));
        return std::nullopt;
    }

    void without_value(std::size_t row)
    {
        for (const char* column : {"sd", "low", "high"})
            if (!sheet_.text(row, column).empty()) return sheet_.fault(row, "value", "a number where there is an error");
        note(row, fmt::format("{} is not observed in {}", sheet_.text(row, "target"), sheet_.text(row, "date")));
    }

    /// No quarter counts twice, and none between two is passed over in silence: what is missing may be what did not suit.
    void hold_together(std::vector<Stretch> series)
    {
        std::ranges::sort(series, {}, [](const Stretch& s) { return std::pair(s.window.from, s.row); });
        for (std::size_t i = 1; i < series.size(); ++i) {
            const Stretch &before = series[i - 1], &s = series[i];
            if (s.window.from <= before.window.to) {
                sheet_.fault(s.row, "date", fmt::format("quarters that {} does not hold already", sheet_.place(before.row)));
            } else if (s.window.from > before.window.to + 1) {
                const std::string first = quarter_name(before.window.to + 1), last = quarter_name(s.window.from - 1);
                sheet_.fault(s.row, "date", fmt::format("what follows on {}", sheet_.place(before.row)),
                             fmt::format(": a gap, {}; a row of that date without a value says that it was not observed", first == last ? first : fmt::format("{}..{}", first, last)));
            }
        }
    }

    /// What had happened by a date has happened by a later one.
    void hold_to_each_other(const std::vector<Stretch>& reports)
    {
        for (const Stretch& a : reports)
            for (const Stretch& b : reports) {
                const bool later = a.row < b.row;
                if (later && a.window.to == b.window.to)
                    sheet_.fault(b.row, "date", fmt::format("one report of {} by a date, and {} is of this one", sheet_.text(b.row, "target"), sheet_.place(a.row)));
                else if (a.window.from == 1 && b.window.from == 0 && a.window.to < b.window.to)
                    sheet_.fault(b.row, "value", fmt::format("1, as it has happened at {}", sheet_.place(a.row)));
            }
    }

    void note(std::size_t row, std::string message)
    {
        observed_.notes.push_back({{path_, sheet_.cell(row, "target").line, sheet_.cell(row, "target").column}, std::move(message)});
    }

    const CsvSheet& sheet_;
    int start_, horizon_;
    std::string path_;
    Observed observed_;
    std::map<std::size_t, std::vector<Stretch>> series_;  ///< by measurement
    std::map<std::size_t, std::vector<Stretch>> reports_; ///< by event; window: whether it had happened, and by when
};

} // namespace

Observed read_observed(const CsvFile& measurement, const CsvFile& file, int start, int horizon)
{
    Problems problems;
    std::vector<Measurement> measurements = read_measurements(measurement, 0, last_horizon, problems);
    const CsvSheet sheet(file, columns, problems);
    Observed observed = Reader(sheet, std::move(measurements), start, horizon, file.path).observed();
    if (problems.list.empty() && std::ranges::none_of(observed.rows, &ObservedRow::used)) problems.add({file.path, 1, 1}, "rows with a value to weigh by (use = fit), got none");
    if (!problems.list.empty()) throw ScenarioErrors(std::move(problems.list));
    find_quantities(observed.targets);
    std::ranges::stable_sort(observed.rows, {}, &ObservedRow::to);
    for (const ObservedRow& r : observed.rows)
        if (r.observation && observed.targets.observations[*r.observation].base && observed.targets.observations[*r.observation].base->to > horizon)
            problems.add(r.place, fmt::format("a run up to what {} is relative to, got one to {}", r.target, quarter_name(horizon)));
    if (!problems.list.empty()) throw ScenarioErrors(std::move(problems.list));
    return observed;
}

std::string new_observed()
{
    Problems none;
    std::string text;
    for (const std::string& column : columns) text += (text.empty() ? "" : ",") + column;
    text += "\n";
    for (const Measurement& m : read_measurements({measurement_csv(), "measurement.csv"}, 0, last_horizon, none))
        text += fmt::format("{},,,{},,,,,{},,,{}\n", m.target, csv_cell(m.unit), m.conflict.starts_with("not fitted") ? "check" : "fit", csv_cell("in the model: " + m.expression));
    for (const Row& event : describe().events) text += fmt::format("{},,,{},,,,,fit,,,{}\n", event.name, happened_unit, csv_cell(std::string(event.meaning)));
    return text;
}

} // namespace entente
