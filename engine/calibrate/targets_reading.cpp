// Both tables, cell by cell: what is wrong is said of its cell, all of it at once.
#include "../core/number.hpp"
#include "../core/quarter.hpp"
#include "target_rows.hpp"
#include <algorithm>
#include <array>
#include <stdexcept>

namespace entente {
namespace {

/// "2022": its quarters; "2022Q3"; "2014Q1..2023Q2": both and all between.
std::optional<Window> window_of(const std::string& text)
{
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos) {
        const auto quarter = parse_quarter(text);
        return quarter ? std::optional(Window{*quarter, *quarter + (text.size() == 4 ? 3 : 0)}) : std::nullopt;
    }
    const auto from = window_of(text.substr(0, dots)), to = window_of(text.substr(dots + 2));
    return from && to && from->from <= to->to ? std::optional(Window{from->from, to->to}) : std::nullopt;
}

Quantity quantity_over(const Measurement& m, Window window)
{
    if (m.over == Measurement::Over::end) window.from = window.to;
    return parse_quantity(window.from == window.to ? fmt::format("mean {} at {}", m.expression, quarter_name(window.to))
                                                   : fmt::format("mean {} from {} to {}", m.expression, quarter_name(window.from), quarter_name(window.to)));
}

std::string model_unit(const Measurement& m)
{
    const Quantity q = quantity_over(m, {0, 0});
    return q.terms.empty() ? "share" : std::string(describe().variables[q.terms[0].variable].unit);
}

void read_scale(const CsvSheet& sheet, std::size_t row, Measurement& m)
{
    constexpr std::array columns{"centre", "level", "level_sd", "slope", "slope_sd"};
    const std::array into{&m.centre, &m.level, &m.level_sd, &m.slope, &m.slope_sd};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (m.scale != Measurement::Scale::direct)
            *into[i] = sheet.number(row, columns[i], std::string_view(columns[i]).ends_with("sd") ? 0 : -std::numeric_limits<double>::infinity()).value_or(0);
        else if (!sheet.text(row, columns[i]).empty()) sheet.fault(row, columns[i], "nothing where scale is direct");
    }
    if (m.scale != Measurement::Scale::ordinal) {
        if (!sheet.text(row, "cuts").empty()) sheet.fault(row, "cuts", "nothing where scale is not ordinal");
        return;
    }
    if (m.transform != Measurement::Transform::identity) sheet.fault(row, "transform", "identity where scale is ordinal");
    for (const std::string& word : split(sheet.text(row, "cuts"), ' ')) {
        const auto cut = number_in<double>(word);
        if (!cut || (!m.cuts.empty() && *cut <= m.cuts.back())) return sheet.fault(row, "cuts", "rising numbers");
        m.cuts.push_back(*cut);
    }
}

void read_expression(const CsvSheet& sheet, std::size_t row, Measurement& m)
{
    m.expression = sheet.text(row, "expression");
    try {
        const std::string unit = model_unit(m); // what is no expression has none
        if (m.scale == Measurement::Scale::direct && m.relative_to.empty() && unit != m.unit)
            sheet.fault(row, "unit", fmt::format("{} as the model has it, or scale = free", unit));
    } catch (const std::invalid_argument& e) { // a heading, then the text and a caret
        const std::string message = e.what(), head = "quantity: ";
        sheet.fault(sheet.cell(row, "expression"), "expression: " + message.substr(head.size(), message.find('\n') - head.size()));
    }
}

void read_identified(const CsvSheet& sheet, std::size_t row, Measurement& m)
{
    const std::string& text = sheet.text(row, "identifies");
    if (text.empty()) return;
    for (const std::string& word : split(text, ' ')) {
        const std::size_t p = Description::find(describe().parameters, word);
        if (p != Description::npos) {
            m.identifies.push_back(p);
            continue;
        }
        Names names;
        for (const Row& r : describe().parameters) names.emplace_back(r.name);
        sheet.fault(sheet.cell(row, "identifies"), fmt::format("identifies: parameters, got {}{}", quoted(word), did_you_mean(word, names)));
    }
}

Measurement read_measurement(const CsvSheet& sheet, std::size_t row, int first, int last)
{
    Measurement m;
    m.target = sheet.text(row, "target");
    sheet.some_text(row, "target");
    m.channel = sheet.choice<Measurement::Channel>(row, "channel", {"economic", "diplomatic", "military"});
    m.over = sheet.choice<Measurement::Over>(row, "over", {"mean", "end"});
    m.transform = sheet.choice<Measurement::Transform>(row, "transform", {std::begin(transform_names), std::end(transform_names)});
    m.scale = sheet.choice<Measurement::Scale>(row, "scale", {"direct", "free", "ordinal"});
    m.unit = sheet.text(row, "unit");
    sheet.some_text(row, "unit");
    m.relative_to = sheet.text(row, "relative_to");
    if (!m.relative_to.empty()) read_window(sheet, row, "relative_to", first, last);
    read_expression(sheet, row, m);
    read_scale(sheet, row, m);
    m.error_correlation = sheet.number(row, "error_correlation", 0).value_or(0);
    if (m.error_correlation > 1) sheet.fault(row, "error_correlation", "a number from 0 to 1");
    m.model_sd = sheet.number(row, "model_sd", 0).value_or(0);
    read_identified(sheet, row, m);
    m.conflict = sheet.text(row, "conflict");
    return m;
}

/// Nothing if a value may be such.
std::string fault_of(const Measurement& m, double value)
{
    if (std::string fault = fault_of_share(value); m.unit == "share" && !fault.empty()) return fault;
    if (m.transform == Measurement::Transform::log && value <= 0) return fmt::format("a number above 0, got {}", value);
    if (m.transform == Measurement::Transform::logit && (value <= 0 || value >= 1)) return fmt::format("a number between 0 and 1, got {}", value);
    return "";
}

/// Standard deviation: given, or from an interval that holds nine tenths of a normal distribution.
double read_error(const CsvSheet& sheet, std::size_t row, const Measurement& m, double value)
{
    constexpr double widths = 2 * 1.6448536269514722;
    const bool has_sd = !sheet.text(row, "sd").empty(), has_interval = !sheet.text(row, "low").empty() || !sheet.text(row, "high").empty();
    if (has_sd == has_interval) {
        sheet.fault(sheet.cell(row, "sd"), fmt::format("sd: an error, as sd or as low and high, got {}", has_sd ? "both" : "none"));
        return 1;
    }
    if (has_sd) {
        const double sd = sheet.number(row, "sd").value_or(1);
        if (sd <= 0) sheet.fault(row, "sd", "a number above 0");
        return sd;
    }
    const auto low = sheet.number(row, "low"), high = sheet.number(row, "high");
    if (!low || !high) return 1;
    if (*low > value) sheet.fault(row, "low", fmt::format("a number of at most the value, {}", value));
    if (*high < value) sheet.fault(row, "high", fmt::format("a number of at least the value, {}", value));
    if (*low >= *high) sheet.fault(row, "high", fmt::format("a number above low, {}", *low));
    if (const std::string fault = fault_of(m, *low); !fault.empty()) sheet.fault(sheet.cell(row, "low"), "low: " + fault);
    return (*high - *low) / widths;
}

void read_observation(const CsvSheet& sheet, std::size_t row, Window window, Targets& into)
{
    Names names;
    for (const Measurement& m : into.measurements) names.push_back(m.target);
    const auto found = std::ranges::find(names, sheet.text(row, "target"));
    Observation o{.from = window.from, .to = window.to};
    o.fitted = sheet.choice<std::size_t>(row, "use", {"fit", "check"}) == 0;
    for (const char* column : {"source", "licence", "note"}) sheet.some_text(row, column);
    if (found == names.end()) {
        static_cast<void>(sheet.number(row, "value"));
        return sheet.fault(row, "target", "a target of the measurement table", did_you_mean(sheet.text(row, "target"), names));
    }
    o.measurement = static_cast<std::size_t>(found - names.begin());
    read_figure(sheet, row, into.measurements[o.measurement], o);
    into.observations.push_back(std::move(o));
}

/// A name for what must not come twice, and where it came first.
class Once {
public:
    void add(const CsvSheet& sheet, std::size_t row, const std::string& name)
    {
        const auto [at, is_new] = first_.emplace(name, sheet.place(row));
        if (!is_new) sheet.fault(sheet.cell(row, "target"), fmt::format("target: one row of {}, got another at {}", printable_name(name), at->second));
    }

private:
    std::map<std::string, std::string> first_;
};

} // namespace

std::optional<Window> read_window(const CsvSheet& sheet, std::size_t row, const char* column, int first, int last, const std::string& more)
{
    const auto window = window_of(sheet.text(row, column));
    if (!window) sheet.fault(row, column, "a year, a quarter or two of them such as 2022, 2022Q3, 2014Q1..2023Q2");
    else if (window->from < first || window->to > last) sheet.fault(row, column, fmt::format("quarters from {} to {}", quarter_name(first), quarter_name(last)), more);
    else return window;
    return std::nullopt;
}

void read_figure(const CsvSheet& sheet, std::size_t row, const Measurement& m, Observation& o)
{
    o.date = sheet.text(row, "date"), o.source = sheet.text(row, "source"), o.licence = sheet.text(row, "licence"), o.note = sheet.text(row, "note");
    o.origin = sheet.origin(row, "value");
    const auto value = sheet.number(row, "value");
    if (sheet.text(row, "unit") != m.unit) sheet.fault(row, "unit", fmt::format("{} as in the measurement table", m.unit));
    if (!value) return;
    if (const std::string fault = fault_of(m, *value); !fault.empty()) sheet.fault(sheet.cell(row, "value"), "value: " + fault);
    o.value = *value;
    o.sd = read_error(sheet, row, m, *value);
}

std::vector<Measurement> read_measurements(const CsvFile& file, int first, int last, Problems& problems)
{
    const CsvSheet sheet(file,
                         {"target", "channel", "expression", "over", "relative_to", "unit", "transform", "scale", "centre", "level", "level_sd", "slope", "slope_sd", "cuts",
                          "error_correlation", "model_sd", "identifies", "conflict"},
                         problems);
    Once target;
    std::vector<Measurement> all;
    for (std::size_t row = 0; row < sheet.rows(); ++row) {
        target.add(sheet, row, sheet.text(row, "target"));
        all.push_back(read_measurement(sheet, row, first, last));
    }
    if (all.empty()) throw ScenarioErrors(std::move(problems.list)); // there is nothing to read observations by
    return all;
}

void find_quantities(Targets& targets)
{
    for (Observation& o : targets.observations) {
        const Measurement& m = targets.measurements[o.measurement];
        o.quantity = quantity_over(m, {o.from, o.to});
        if (!m.relative_to.empty()) o.base = quantity_over(m, *window_of(m.relative_to));
    }
}

Targets read_targets(const CsvFile& measurement, const CsvFile& observations, int first, int last)
{
    Problems problems;
    Targets targets{read_measurements(measurement, first, last, problems), {}};
    const CsvSheet values(observations, {"target", "date", "value", "unit", "sd", "low", "high", "use", "source", "licence", "note"}, problems);
    Once date;
    for (std::size_t row = 0; row < values.rows(); ++row) {
        const auto window = read_window(values, row, "date", first, last);
        if (window) date.add(values, row, fmt::format("{} from {} to {}", values.text(row, "target"), quarter_name(window->from), quarter_name(window->to)));
        read_observation(values, row, window.value_or(Window{0, 0}), targets);
    }
    if (!problems.list.empty()) throw ScenarioErrors(std::move(problems.list));
    find_quantities(targets);
    return targets;
}

} // namespace entente
