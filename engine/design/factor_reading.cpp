#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../scenario/dials.hpp"
#include "../scenario/layers.hpp"
#include "sweep_reading.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace entente {
namespace {

using Kind = TomlValue::Kind;
constexpr const char* placeholder = "value"; ///< stands in a template for the factor's value
const std::vector<std::string> targets = {"drivers", "parameters", "structures", "levers", "events", "pins"};
const std::vector<std::string> value_kinds = {"range", "levels", "whole", "dates", "distribution"};

/// A template with the value in the places that name it.
TomlValue filled(TomlValue shape, const TomlValue& value)
{
    if (shape.kind == Kind::text && shape.text == placeholder) {
        TomlValue here = value;
        here.line = shape.line, here.column = shape.column;
        return here;
    }
    for (TomlValue& item : shape.items) item = filled(item, value);
    for (TomlEntry& entry : shape.entries) entry.value = filled(entry.value, value);
    return shape;
}
TomlValue number_value(double x)
{
    constexpr double exact = 1e15; // whole numbers that both kinds hold
    const bool whole = std::abs(x) < exact && x == std::trunc(x);
    return whole ? TomlValue{.kind = Kind::whole, .whole = static_cast<std::int64_t>(x), .number = x} : TomlValue{.kind = Kind::number, .number = x};
}
TomlValue text_value(std::string text) { return {.kind = Kind::text, .text = std::move(text)}; }

/// The value as TOML has it: a number, or a text for dates and choices.
TomlValue toml_of(const Factor& factor, double value)
{
    return factor.kind == Factor::Kind::number || factor.kind == Factor::Kind::whole ? number_value(value) : text_value(value_text(factor, value));
}

/// The values between which a factor lies, to try them.
std::vector<double> corners(const Factor& factor)
{
    if (!factor.levels.empty()) return factor.levels;
    std::vector<double> values;
    for (std::size_t i = 0; i < factor.choices.size(); ++i) values.push_back(static_cast<double>(i));
    if (values.empty() && std::isfinite(factor.low) && std::isfinite(factor.high)) values = {factor.low, factor.high};
    return values;
}

/// Where the i-th of a factor's values stands: those that corners() has come in the order of the file.
Origin place_of_value(const GivenValue& factor, std::size_t i)
{
    for (const TomlEntry& e : factor.value->entries)
        if (std::ranges::find(value_kinds, e.key) != value_kinds.end()) {
            const GivenValue values = factor.entry(e, "");
            return i < e.value.items.size() ? values.item(e.value.items[i]).origin() : values.origin();
        }
    return factor.origin();
}

std::optional<std::vector<double>> read_range(const GivenValue& given, bool whole, Problems& problems)
{
    if (std::ranges::any_of(given.value->items, [](const TomlValue& v) { return v.kind == Kind::text && parse_quarter(v.text); })) {
        problems.add(given.origin(), fmt::format("{}: two numbers; quarters are given as `dates`, texts as `levels`", given.name));
        return std::nullopt;
    }
    const auto pair = read_pair(given, problems);
    if (!pair) return std::nullopt;
    const bool sound = std::isfinite((*pair)[0]) && (*pair)[0] < (*pair)[1] && (!whole || ((*pair)[0] == std::floor((*pair)[0]) && (*pair)[1] == std::floor((*pair)[1])));
    if (sound) return std::vector<double>{(*pair)[0], (*pair)[1]};
    problems.add(given.origin(), fmt::format("{}: two {}numbers, the lower first, got {} and {}", given.name, whole ? "whole " : "", (*pair)[0], (*pair)[1]));
    return std::nullopt;
}

void read_levels(Factor& factor, const GivenValue& given, Problems& problems)
{
    if (given.value->kind != Kind::array || given.value->items.empty()) {
        problems.add(given.origin(), fmt::format("{}: an array of values, got {}", given.name, given.value->kind == Kind::array ? "an empty one" : got(*given.value)));
        return;
    }
    const bool texts = given.value->items[0].kind == Kind::text;
    for (const TomlValue& v : given.value->items) {
        if (texts ? v.kind != Kind::text : !v.is_number()) {
            problems.add(given.item(v).origin(), fmt::format("{}: numbers or texts, not both, got {}", given.name, got(v)));
        } else if (texts) {
            if (v.text.empty()) problems.add(given.item(v).origin(), fmt::format("{}: an empty level", given.name));
            if (std::ranges::find(factor.choices, v.text) != factor.choices.end())
                problems.add(given.item(v).origin(), fmt::format("{}: '{}' is there already", given.name, v.text));
            factor.choices.push_back(v.text);
        } else {
            if (std::ranges::find(factor.levels, v.number) != factor.levels.end())
                problems.add(given.item(v).origin(), fmt::format("{}: {} is there already", given.name, v.number));
            factor.levels.push_back(v.number);
        }
    }
    factor.kind = texts ? Factor::Kind::choice : Factor::Kind::number;
    if (!texts) {
        const auto [least, most] = std::ranges::minmax(factor.levels);
        factor.low = least, factor.high = most;
    }
}

/// What the factor's values are; `row` is the parameter that it sets, if it sets one. Reports what is wrong.
void read_values_of(Factor& factor, const GivenValue& given, const Row* row, Problems& problems)
{
    const TomlEntry* const kind = one_of(given, value_kinds, problems);
    if (!kind) return;
    const GivenValue values = given.entry(*kind, factor.name + ": " + kind->key);
    if (kind->key == "levels") return read_levels(factor, values, problems);
    if (kind->key == "range") {
        if (const auto range = read_range(values, false, problems))
            factor.low = (*range)[0], factor.high = (*range)[1], factor.distribution = {.shape = Shape::uniform, .a = factor.low, .b = factor.high};
    } else if (kind->key == "whole") {
        factor.kind = Factor::Kind::whole;
        if (const auto range = read_range(values, true, problems)) factor.low = (*range)[0], factor.high = (*range)[1];
    } else if (kind->key == "dates") {
        factor.kind = Factor::Kind::date;
        if (values.value->kind != Kind::array || values.value->items.size() != 2) {
            problems.add(values.origin(), fmt::format("{}: two quarters, the earlier first, got {}", values.name, got(*values.value)));
            return;
        }
        const auto first = read_quarter(values.item(values.value->items[0]), 0, last_quarter, "", problems),
                   last = read_quarter(values.item(values.value->items[1]), 0, last_quarter, "", problems);
        if (first && last && *first >= *last) problems.add(values.origin(), fmt::format("{}: two quarters, the earlier first", values.name));
        if (first && last) factor.low = *first, factor.high = *last;
    } else {
        const Row anything{.low = -1e300, .high = 1e300};
        factor.low = -std::numeric_limits<double>::infinity(), factor.high = std::numeric_limits<double>::infinity();
        if (const auto d = read_distribution(values, row ? *row : anything, problems)) {
            factor.distribution = *d;
            const bool bounded = d->shape == Shape::uniform || d->shape == Shape::log_uniform;
            if (bounded || d->cut != Cut::none || d->shape == Shape::beta) factor.low = bounded ? d->a : d->low, factor.high = bounded ? d->b : d->high;
        }
    }
}

/// The same; false if anything was wrong, so that what the values do is no question.
bool read_values(Factor& factor, const GivenValue& given, const Row* row, Problems& problems)
{
    const std::size_t before = problems.list.size();
    read_values_of(factor, given, row, problems);
    return problems.list.size() == before;
}

struct Reader {
    std::optional<Span> span;
    Problems& problems;

    FactorSetting factor(const GivenValue& given) const
    {
        Factor f;
        f.origin = given.origin();
        only_keys(given, {"name", "sets", "range", "levels", "whole", "dates", "distribution", "as"}, problems);
        const std::vector<GivenValue> targets_given = targets_of(given);
        if (const auto name = entry_of(given, "name")) f.name = read_text(*name, problems).value_or("");
        else if (targets_given.size() > 1) {
            problems.add(given.origin(), "factor: `name` is missing: it sets several things");
            return {f, {}, {}};
        } else if (!targets_given.empty()) f.name = targets_given[0].name.substr(targets_given[0].name.find('.') + 1);
        if (f.name.empty() || f.name.find_first_of(",\"\n") != std::string::npos) {
            problems.add(given.origin(), fmt::format("factor: a name without commas and quotation marks, got '{}'", f.name));
            return {f, {}, {}};
        }
        if (!span) {
            read_values(f, given, nullptr, problems);
            return {f, {}, {}};
        }
        if (!given.value->find("sets") && !is_mistyped(given, "sets"))
            problems.add(given.origin(), fmt::format("{}: `sets` is missing: what of the scenario it sets, such as \"levers.western_carrot\"", f.name));
        FactorSetting all{f, {}, {}};
        for (const GivenValue& target : targets_given) {
            const std::size_t dot = target.name.find('.');
            const std::string section = target.name.substr(0, dot), what = dot == std::string::npos ? "" : target.name.substr(dot + 1);
            if (std::ranges::find(targets, section) == targets.end() || what.empty()) {
                const std::string bare = what.empty() ? section : what, known = section_of(bare) == "index" ? "parameters" : section_of(bare);
                problems.add(target.origin(), fmt::format("{}: sets: SECTION.NAME with a section of drivers, parameters, structures, levers, events or pins, got '{}'{}", f.name,
                                                          target.name, known.empty() ? did_you_mean(section, targets) : fmt::format("; did you mean '{}.{}'?", known, bare)));
                continue;
            }
            Factor of_target = f;
            GivenValue named = target;
            named.name = what, named.line = target.value->line, named.column = target.value->column;
            const std::size_t before = problems.list.size();
            all.placements.push_back(placement(of_target, given, named, section));
            all.placements.back().sets = target.name;
            all.sets.push_back({section, what});
            if (problems.list.size() == before && all.placements.size() > 1 && values_text(of_target) != values_text(all.factor))
                problems.add(target.origin(), fmt::format("{}: sets: the same values for all, got {} for {} and {} for {}", f.name, values_text(all.factor), all.placements[0].sets,
                                                          values_text(of_target), target.name));
            else all.factor = std::move(of_target);
        }
        return all;
    }

private:
    /// What `sets` names, each under its own name.
    std::vector<GivenValue> targets_of(const GivenValue& given) const
    {
        const auto sets = entry_of(given, "sets");
        std::vector<GivenValue> list;
        if (!sets) return list;
        if (sets->value->kind != Kind::array) list.push_back(*sets);
        for (const TomlValue& item : sets->value->items) list.push_back(sets->item(item));
        if (list.empty()) problems.add(sets->origin(), "factor: sets: at least one thing of the scenario, got an empty array");
        std::vector<GivenValue> known;
        for (GivenValue& target : list) {
            const auto text = read_text(target, problems);
            if (!text) continue;
            target.name = *text;
            if (std::ranges::find(known, *text, &GivenValue::name) == known.end()) known.push_back(target);
            else problems.add(target.origin(), fmt::format("factor: sets: '{}' is there already", *text));
        }
        return known;
    }

    /// " for levers.x", where a factor sets several things.
    static std::string of_several(const GivenValue& given, const GivenValue& named)
    {
        const TomlEntry* const sets = given.value->find("sets");
        return sets && sets->value.items.size() > 1 ? " for " + named.name : "";
    }

    Placement placement(Factor& f, const GivenValue& given, const GivenValue& named, const std::string& section) const
    {
        const Description& d = describe();
        if (section == "parameters" || section == "drivers") {
            const bool dial = section == "drivers";
            const std::vector<Row>& rows = dial ? driver_rows() : d.parameters;
            const std::size_t i = row_of(named, rows, dial ? "driver" : "parameter", problems);
            if (i == Description::npos) return {};
            const Row& row = rows[i];
            if (const auto shape = entry_of(given, "as"))
                problems.add(shape->key(), fmt::format("{}: as: of levers, events and pins; a {} has the value itself", f.name, dial ? "dial" : "parameter"));
            if (dial && moves_levers(i)) can_act(named, *span, problems);
            if (!read_values(f, given, &row, problems)) return {};
            const std::vector<double> values = corners(f);
            for (std::size_t k = 0; k < values.size(); ++k)
                if (const double x = values[k]; f.kind == Factor::Kind::choice || f.kind == Factor::Kind::date || !(x >= row.low && x <= row.high)) {
                    problems.add(place_of_value(given, k), fmt::format("{}: numbers from {} to {}{}, got {}", f.name, row.low, row.high, of_several(given, named), value_text(f, x)));
                    break;
                }
            return {.kind = dial ? Placement::Kind::dial : Placement::Kind::parameter, .index = i};
        }
        if (section == "structures") return structure(f, given, named);
        const Target target = section == "levers" ? Target::lever : section == "events" ? Target::forced : Target::variable;
        const std::vector<Row>& rows = section == "levers" ? d.levers : section == "events" ? d.forced : d.variables;
        const std::size_t i = row_of(named, rows, section == "levers" ? "lever" : section == "events" ? "event" : "variable", problems);
        if (i == Description::npos) return {};
        if (section == "pins" && i >= d.owned) {
            problems.add(named.origin(), fmt::format("{}: follows from other variables and cannot be pinned", named.name));
            return {};
        }
        if (!read_values(f, given, nullptr, problems)) return {};
        const auto shape = entry_of(given, "as");
        if (!shape && section == "pins") {
            problems.add(given.origin(), fmt::format("{}: `as` is missing: how the value is imposed, such as {{ set = \"value\", from = \"2026Q1\" }}", f.name));
            return {};
        }
        const auto read = section == "levers" ? read_lever : section == "events" ? read_event : read_pin;
        const TomlValue form = shape ? *shape->value : text_value(placeholder);
        const Factor factor = f;
        const Span within = *span;
        const std::string file = given.file;
        const auto impose = [=](double value, Problems& found) {
            if (factor.kind == Factor::Kind::choice && value_text(factor, value) == "never") return Course{.target = target, .index = i, .how = {}, .value = {}};
            const TomlValue whole = filled(form, toml_of(factor, value));
            return read({&whole, file, factor.name, whole.line, whole.column}, i, within, found);
        };
        const std::vector<double> values = corners(f);
        for (std::size_t k = 0; k < values.size(); ++k) {
            Problems found;
            impose(values[k], found);
            for (const Problem& problem : found.list)
                problems.add(shape ? shape->origin() : place_of_value(given, k), fmt::format("at {}: {}{}", value_text(f, values[k]), problem.message, of_several(given, named)));
            if (!found.list.empty()) break;
        }
        return {.kind = Placement::Kind::course, .index = i, .course = [impose](double value) {
                    Problems none;
                    return impose(value, none);
                }};
    }

    Placement structure(Factor& f, const GivenValue& given, const GivenValue& named) const
    {
        const Description& d = describe();
        const std::size_t i = row_of(named, d.structures, "structure", problems);
        if (i == Description::npos) return {};
        const std::vector<std::string> there = alternatives(d.structures[i]);
        f.kind = Factor::Kind::choice;
        if (const auto levels = entry_of(given, "levels")) read_levels(f, *levels, problems);
        else f.choices = there;
        only_keys(given, {"name", "sets", "levels"}, problems);
        Placement p{.kind = Placement::Kind::structure, .index = i};
        for (std::size_t k = 0; k < f.choices.size(); ++k) {
            const std::string& choice = f.choices[k];
            const auto at = std::ranges::find(there, choice);
            if (at == there.end()) problems.add(place_of_value(given, k), fmt::format("{}: {}, got '{}'{}", f.name, d.structures[i].choices, choice, did_you_mean(choice, there)));
            p.codes.push_back(static_cast<float>(at - there.begin()));
        }
        if (f.choices.empty()) problems.add(given.origin(), fmt::format("{}: alternatives among {}", f.name, d.structures[i].choices));
        return p;
    }
};

} // namespace

FactorSetting read_factor(const GivenValue& given, std::optional<Span> span, Problems& problems) { return Reader{span, problems}.factor(given); }

} // namespace entente
