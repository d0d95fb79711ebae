#include "reading.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente {
namespace {

const std::vector<std::string> shapes = {"uniform", "log_uniform", "normal", "log_normal", "beta", "table"};

bool same(const Distribution& x, const Distribution& y) { return x.shape == y.shape && x.a == y.a && x.b == y.b && x.cut == y.cut && x.low == y.low && x.high == y.high; }

/// What is wrong with a distribution for a parameter of this range, or "".
std::string fault(const Distribution& d, const Row& row, const std::string& kind)
{
    const auto outside = [&row](double x) { return x < row.low || x > row.high; };
    const auto range = [&row](double x) { return fmt::format("values from {} to {}, got {}", row.low, row.high, x); };
    switch (d.shape) {
    case Shape::value: break;
    case Shape::uniform:
    case Shape::log_uniform:
        if (!(d.a < d.b)) return fmt::format("{}: the lower bound first, got [{}, {}]", kind, d.a, d.b);
        if (d.shape == Shape::log_uniform && d.a <= 0) return fmt::format("log_uniform: bounds above 0, got {}", d.a);
        if (outside(d.a)) return range(d.a);
        if (outside(d.b)) return range(d.b);
        break;
    case Shape::normal:
    case Shape::log_normal:
        if (!(d.b > 0)) return fmt::format("{}: a standard deviation above 0, got {}", kind, d.b);
        if (d.shape == Shape::log_normal && d.a <= 0) return fmt::format("log_normal: a median above 0, got {}", d.a);
        if (outside(d.a)) return range(d.a);
        if (d.cut == Cut::none || same(d, default_distribution(row))) break;
        if (!(d.low < d.high)) return fmt::format("bounds with the lower one first, got [{}, {}]", d.low, d.high);
        if (outside(d.low)) return range(d.low);
        if (outside(d.high)) return range(d.high);
        if (d.cut == Cut::truncate) { // far in the tails the inverse is worth nothing
            const double low = d.shape == Shape::normal ? (d.low - d.a) / d.b : d.low <= 0 ? -INFINITY : std::log(d.low / d.a) / d.b;
            const double high = d.shape == Shape::normal ? (d.high - d.a) / d.b : d.high <= 0 ? -INFINITY : std::log(d.high / d.a) / d.b;
            if (low > 4.5 || high < -4.5 || high - low < 1e-6) return "truncated: bounds that leave something of the distribution";
        }
        break;
    case Shape::beta:
        if (!(d.a > 0 && d.b > 0 && d.a <= 1e4 && d.b <= 1e4)) return fmt::format("beta: two shapes above 0 and up to 10000, got [{}, {}]", d.a, d.b);
        if (!(d.low < d.high)) return fmt::format("on: the lower bound first, got [{}, {}]", d.low, d.high);
        if (outside(d.low) || outside(d.high))
            return fmt::format("{}; `on = [{}, {}]` says between which values it lies", range(outside(d.low) ? d.low : d.high), row.low, row.high);
        break;
    case Shape::table: break;
    }
    return "";
}

std::optional<Distribution> read_table(const GivenValue& given, const TomlEntry& table, const Row& row, Problems& problems)
{
    Distribution d{.shape = Shape::table};
    if (table.value.kind != TomlValue::Kind::array || table.value.items.empty()) {
        problems.add({given.file, table.value.line, table.value.column}, fmt::format("{}: table: an array of values, got {}", given.name, got(table.value)));
        return std::nullopt;
    }
    bool sound = true;
    for (const TomlValue& item : table.value.items) {
        const auto x = read_number(given.item(item), row.low, row.high, problems);
        sound = sound && x;
        d.values.push_back(x.value_or(0));
    }
    const TomlEntry* weights = given.value->find("weights");
    if (!weights) {
        d.weights.assign(d.values.size(), 1.0 / static_cast<double>(d.values.size()));
        return sound ? std::optional(d) : std::nullopt;
    }
    const GivenValue w = given.entry(*weights, given.name + ": weights");
    if (weights->value.kind != TomlValue::Kind::array || weights->value.items.size() != d.values.size()) {
        problems.add(w.origin(), fmt::format("{}: an array of {} numbers, one per value, got {}", w.name, d.values.size(), got(weights->value)));
        return std::nullopt;
    }
    double sum = 0;
    for (const TomlValue& item : weights->value.items) {
        const auto x = read_number(w.item(item), 0, 1, problems);
        sound = sound && x;
        sum += x.value_or(0);
        d.weights.push_back(x.value_or(0));
    }
    if (sound && std::abs(sum - 1) > 1e-9) problems.add(w.origin(), fmt::format("{}: numbers that sum to 1, got a sum of {}", w.name, sum)), sound = false;
    return sound ? std::optional(d) : std::nullopt;
}

} // namespace

Distribution default_distribution(const Row& row)
{
    const Spread spread = row.mark == Mark::fixed || !(row.sd > 0) ? Spread::none : row.spread;
    switch (spread) {
    case Spread::log_normal:
        if (row.standard > 0) return {.shape = Shape::log_normal, .a = row.standard, .b = row.sd};
        break;
    case Spread::normal: return {.shape = Shape::normal, .a = row.standard, .b = row.sd};
    case Spread::limited_normal: return {.shape = Shape::normal, .a = row.standard, .b = row.sd, .cut = Cut::limit, .low = 0.05, .high = 0.95};
    case Spread::none: break;
    }
    return {.shape = Shape::value, .a = row.standard};
}

/// What other programs call a normal distribution, or its numbers one by one; false if there are none.
static bool is_normal_elsewhere(const GivenValue& given, Problems& problems)
{
    for (const TomlEntry& e : given.value->entries)
        for (const std::string_view called : {"gaussian", "gauss", "mean", "mu", "sd", "sigma", "std"})
            if (e.key == called) {
                problems.add({given.file, e.line, e.column}, fmt::format("{}: unknown key '{}'; a normal distribution is {{ normal = [MEAN, SD] }}", given.name, e.key));
                return true;
            }
    return false;
}

std::optional<Distribution> read_distribution(const GivenValue& given, const Row& row, Problems& problems)
{
    if (given.value->is_number()) {
        const auto x = read_number(given, row.low, row.high, problems);
        return x ? std::optional(Distribution{.shape = Shape::value, .a = *x}) : std::nullopt;
    }
    if (given.value->kind != TomlValue::Kind::table) {
        problems.add(given.origin(), fmt::format("{0}: a number from {1} to {2} or a table such as {{ uniform = [{1}, {2}] }}, got {3}", given.name, row.low, row.high, got(*given.value)));
        return std::nullopt;
    }
    if (is_normal_elsewhere(given, problems)) return std::nullopt;
    std::vector<std::string> allowed = shapes;
    allowed.insert(allowed.end(), {"limits", "truncated", "on", "weights"});
    const TomlEntry* kind = only_keys(given, allowed, problems) ? one_of(given, shapes, problems) : nullptr;
    if (!kind) return std::nullopt;
    allowed = {kind->key};
    if (kind->key == "normal" || kind->key == "log_normal") allowed.insert(allowed.end(), {"limits", "truncated"});
    if (kind->key == "beta") allowed.push_back("on");
    if (kind->key == "table") allowed.push_back("weights");
    if (!only_keys(given, allowed, problems)) return std::nullopt;
    if (kind->key == "table") return read_table(given, *kind, row, problems);

    Distribution d;
    d.shape = static_cast<Shape>(1 + (std::find(shapes.begin(), shapes.end(), kind->key) - shapes.begin()));
    const GivenValue numbers = given.entry(*kind, fmt::format("{}: {}", given.name, kind->key));
    const auto pair = read_pair(numbers, problems);
    if (pair) d.a = (*pair)[0], d.b = (*pair)[1];
    const TomlEntry* limits = given.value->find("limits");
    const TomlEntry* truncated = given.value->find("truncated");
    if (limits && truncated) {
        problems.add({given.file, truncated->line, truncated->column}, fmt::format("{}: either limits or truncated, got both", given.name));
        return std::nullopt;
    }
    if (const TomlEntry* bounds = limits ? limits : truncated ? truncated : given.value->find("on")) {
        const auto cut = read_pair(given.entry(*bounds, fmt::format("{}: {}", given.name, bounds->key)), problems);
        if (!cut) return std::nullopt;
        d.low = (*cut)[0], d.high = (*cut)[1];
        d.cut = limits ? Cut::limit : truncated ? Cut::truncate : Cut::none;
    }
    if (!pair) return std::nullopt;
    const std::string wrong = fault(d, row, kind->key);
    if (wrong.empty()) return d;
    problems.add(numbers.origin(), fmt::format("{}: {}", given.name, wrong));
    return std::nullopt;
}

} // namespace entente
