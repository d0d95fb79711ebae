#include "cases.hpp"
#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <stdexcept>

namespace entente {

CaseCount tally_of(const Cases& cases)
{
    CaseCount t{.rows = cases.rows()};
    for (std::size_t r = 0; r < cases.rows(); ++r) t.hits += cases.hits[r], t.runs += cases.runs[r];
    return t;
}

CaseCount tally_of(const Cases& cases, std::span<const std::uint32_t> rows)
{
    CaseCount t{.rows = rows.size()};
    for (const std::uint32_t r : rows) t.hits += cases.hits[r], t.runs += cases.runs[r];
    return t;
}

Box whole_box(const Cases& cases)
{
    Box box;
    for (const InputColumn& c : cases.columns) {
        Limits l;
        if (c.kind == Factor::Kind::choice) {
            l.inside.assign(c.choices.size(), false);
            for (const double x : c.value) l.inside[static_cast<std::size_t>(x)] = true;
        } else if (!c.value.empty()) {
            const auto [least, most] = std::ranges::minmax(c.value);
            l.low = least, l.high = most;
        }
        box.push_back(std::move(l));
    }
    return box;
}

bool is_inside(const Cases& cases, const Box& box, std::size_t row)
{
    for (std::size_t c = 0; c < box.size(); ++c) {
        const double x = cases.columns[c].value[row];
        if (box[c].inside.empty() ? !(x >= box[c].low && x <= box[c].high) : !box[c].inside[static_cast<std::size_t>(x)]) return false;
    }
    return true;
}

std::vector<std::uint32_t> rows_in(const Cases& cases, const Box& box, std::span<const std::uint32_t> rows)
{
    std::vector<std::uint32_t> in(rows.begin(), rows.end());
    for (std::size_t c = 0; c < box.size(); ++c) { // column by column: they lie one after the other in memory
        const Limits& l = box[c];
        const std::vector<double>& x = cases.columns[c].value;
        if (l.inside.empty()) std::erase_if(in, [&](std::uint32_t r) { return !(x[r] >= l.low && x[r] <= l.high); });
        else std::erase_if(in, [&](std::uint32_t r) { return !l.inside[static_cast<std::size_t>(x[r])]; });
    }
    return in;
}

std::vector<std::uint32_t> all_rows(const Cases& cases)
{
    std::vector<std::uint32_t> rows(cases.rows());
    std::iota(rows.begin(), rows.end(), 0u);
    return rows;
}

std::vector<std::uint32_t> groups_alike(const std::vector<InputColumn>& columns, std::span<const std::size_t> in)
{
    std::map<std::vector<double>, std::uint32_t> number;
    std::vector<std::uint32_t> group;
    for (std::size_t r = 0; !columns.empty() && r < columns[0].value.size(); ++r) {
        std::vector<double> values;
        for (const std::size_t c : in) values.push_back(columns[c].value[r]);
        group.push_back(number.emplace(std::move(values), static_cast<std::uint32_t>(number.size())).first->second);
    }
    return group;
}

CasesMade cases_of(const std::vector<InputColumn>& columns, std::span<const double> hit)
{
    const std::size_t rows = columns.empty() ? 0 : columns[0].value.size();
    if (rows == 0 || hit.size() % rows != 0) throw std::invalid_argument(fmt::format("cases: {} outcomes of {} rows", hit.size(), rows));
    CasesMade made;
    for (std::size_t r = 0; r < rows; ++r) {
        double hits = 0;
        std::uint32_t runs = 0;
        for (std::size_t i = r; i < hit.size(); i += rows) {
            if (std::isnan(hit[i])) {
                ++made.runs_left_out;
                continue;
            }
            if (!(hit[i] >= 0 && hit[i] <= 1)) throw std::invalid_argument(fmt::format("cases: an outcome of {} in row {}: 0 to 1, or NaN", hit[i], r));
            hits += hit[i], ++runs;
        }
        if (runs == 0) continue;
        made.row.push_back(static_cast<std::uint32_t>(r));
        made.cases.hits.push_back(hits), made.cases.runs.push_back(runs);
    }
    for (const InputColumn& c : columns) {
        if (c.value.size() != rows) throw std::invalid_argument(fmt::format("cases: {} values of {}, {} rows", c.value.size(), c.name, rows));
        InputColumn kept{.name = c.name, .kind = c.kind, .choices = c.choices, .value = {}, .sets = c.sets};
        for (const std::uint32_t r : made.row) kept.value.push_back(c.value[r]);
        made.cases.columns.push_back(std::move(kept));
    }
    return made;
}

std::vector<std::size_t> constant_columns(const Cases& cases)
{
    std::vector<std::size_t> constant;
    for (std::size_t c = 0; c < cases.columns.size(); ++c) {
        const std::vector<double>& x = cases.columns[c].value;
        if (std::ranges::all_of(x, [&](double v) { return v == x[0]; })) constant.push_back(c);
    }
    return constant;
}

void throw_if_unsound(const Cases& cases)
{
    const auto fail = [](const std::string& what) { throw std::invalid_argument("cases: " + what); };
    if (cases.rows() == 0) fail("no rows");
    if (cases.runs.size() != cases.rows()) fail(fmt::format("runs of {} rows, hits of {}", cases.runs.size(), cases.rows()));
    for (std::size_t r = 0; r < cases.rows(); ++r)
        if (cases.runs[r] == 0 || !(cases.hits[r] >= 0 && cases.hits[r] <= cases.runs[r])) fail(fmt::format("{} hits of {} runs in row {}", cases.hits[r], cases.runs[r], r));
    if (!cases.group.empty() && (cases.group.size() != cases.rows() || std::ranges::any_of(cases.group, [&](std::uint32_t g) { return g >= cases.rows(); })))
        fail("groups: a number below that of rows for each row");
    for (const InputColumn& c : cases.columns) {
        if (c.value.size() != cases.rows()) fail(fmt::format("{} values of {}, {} rows", c.value.size(), c.name, cases.rows()));
        for (std::size_t r = 0; r < c.value.size(); ++r) {
            const double x = c.value[r];
            if (!std::isfinite(x)) fail(fmt::format("{} is {} in row {}", c.name, x, r));
            if (c.kind == Factor::Kind::number) continue;
            const bool fits = x == std::floor(x) && (c.kind != Factor::Kind::choice || (x >= 0 && x < static_cast<double>(c.choices.size())));
            if (!fits) fail(fmt::format("{} is {} in row {}, {}", c.name, x, r, c.kind == Factor::Kind::choice ? "which is no choice" : "a whole number was expected"));
        }
    }
}

double design_effect(const Cases& cases, std::span<const std::uint32_t> rows)
{
    const CaseCount all = tally_of(cases, rows);
    const double p = all.density(), binomial = p * (1 - p) * all.runs;
    const auto is_one_run = [&](std::uint32_t r) { return cases.runs[r] == 1 && (cases.hits[r] == 0 || cases.hits[r] == 1); };
    if (!(binomial > 0) || (cases.group.empty() && std::ranges::all_of(rows, is_one_run))) return 1;
    const auto excess = [&](std::uint32_t r) { return cases.hits[r] - p * cases.runs[r]; };
    double squares = 0;
    if (cases.group.empty()) {
        for (const std::uint32_t r : rows) squares += excess(r) * excess(r);
    } else {
        std::vector<double> of_group(cases.rows());
        for (const std::uint32_t r : rows) of_group[cases.group[r]] += excess(r);
        for (const double x : of_group) squares += x * x;
    }
    return std::max(1.0, squares / binomial);
}

double chance_of_as_many(double hits, double runs, double density)
{
    if (hits <= 0) return 1;
    if (density <= 0) return 0;
    if (density >= 1) return 1;
    return hits >= runs ? std::pow(density, runs) : boost::math::ibeta(hits, runs - hits + 1, density);
}

} // namespace entente
