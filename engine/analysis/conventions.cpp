#include "conventions.hpp"
#include "../design/address.hpp"
#include "../model/classify.hpp"
#include "order_statistics.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <numeric>
#include <stdexcept>

namespace entente {
namespace {

constexpr std::uint8_t no_code = 255;

const Row& row_of(std::size_t row) { return describe().parameters[outcome_rows().first + row]; }
bool is_weight(std::size_t row) { return row_of(row).name.starts_with("weight_"); }
/// A number between 0 and 1 that parts classes or orientations: not a count, not what only events ask for, not the form of the index.
bool is_threshold(std::size_t row)
{
    const std::string_view name = row_of(row).name;
    return !is_weight(row) && name != "collapse_settles" && name != "running_quarters" && name != "overt_support_least" && name != "flipped_states" && name != "economic_half";
}
/// Of the alignment index itself.
bool is_of_index(std::size_t row)
{
    const std::string_view name = row_of(row).name;
    return name == "alliance_index" || name == "alignment_least" || name == "transactional_least" || name == "rupture_index";
}

std::vector<std::size_t> weight_rows()
{
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < outcome_rows().count; ++row)
        if (is_weight(row)) rows.push_back(row);
    return rows;
}

/// A run's own parameters under a convention; `weights`: weight_rows().
void adopt(const Convention& convention, std::span<const std::size_t> weights, std::span<double> parameters)
{
    const auto sum = [&] {
        double all = 0;
        for (const std::size_t row : weights) all += parameters[row];
        return all;
    };
    const double before = sum();
    bool weighed = false;
    for (const Convention::Change& c : convention.changes) {
        if (c.weight) parameters[c.row] *= 1 + c.by, weighed = true;
        else parameters[c.row] += c.by;
    }
    if (!weighed) return;
    const double by = before / sum();
    for (const std::size_t row : weights) parameters[row] *= by;
}

using Counts32 = std::array<std::uint32_t, 32>;
Counts32 counts_of(const std::vector<std::uint8_t>& codes)
{
    Counts32 counts{};
    for (const std::uint8_t code : codes)
        if (code != no_code) ++counts[code];
    return counts;
}
std::vector<double> shares_by(const Counts32& counts, int kinds, int (*of)(std::uint8_t))
{
    const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
    std::vector<double> shares(static_cast<std::size_t>(kinds));
    for (std::uint8_t code = 0; code < 32; ++code)
        if (of(code) < kinds) shares[static_cast<std::size_t>(of(code))] += counts[code] / all;
    return shares;
}

/// The same runs under two conventions.
Effect effect_on(const std::vector<std::uint8_t>& before, const std::vector<std::uint8_t>& after, int (*of)(std::uint8_t), int wanted)
{
    PairedShare share;
    for (std::size_t run = 0; run < before.size(); ++run)
        if (before[run] != no_code) share.add(of(before[run]) == wanted, of(after[run]) == wanted);
    return share.effect();
}

/// Shares of classes and orientations, and a sentence that they bear out or not.
struct Saying {
    std::string text;
    std::function<bool(const std::vector<double>& classes, const std::vector<double>& orientations)> holds;
};
std::vector<Saying> sayings_of(const std::vector<double>& classes, const std::vector<double>& own_orientations)
{
    std::vector<Saying> all;
    const auto best = static_cast<std::size_t>(std::ranges::max_element(classes) - classes.begin());
    all.push_back({fmt::format("{} is the likeliest class", class_names[best]),
                   [best](const auto& c, const auto&) { return static_cast<std::size_t>(std::ranges::max_element(c) - c.begin()) == best; }});
    const auto rare_ones = [&](const std::vector<double>& own, const std::string_view* names, bool of_classes) {
        for (std::size_t k = 0; k < own.size(); ++k)
            if (own[k] < rare)
                all.push_back({fmt::format("{} is below {:.0f} %", names[k], 100 * still_rare),
                               [k, of_classes](const auto& c, const auto& o) { return (of_classes ? c : o)[k] < still_rare; }});
    };
    rare_ones(classes, class_names, true);
    rare_ones(own_orientations, orientation_names, false);
    const auto aligned = [](const std::vector<double>& c) { return c[3] + c[4]; };
    const auto apart = [](const std::vector<double>& c) { return c[0] + c[1]; };
    const bool more = aligned(classes) >= apart(classes);
    all.push_back({more ? "alignment and alliance together are likelier than estrangement and rupture" : "estrangement and rupture together are likelier than alignment and alliance",
                   [=](const auto& c, const auto&) { return (aligned(c) >= apart(c)) == more; }});
    const bool vassals = own_orientations[1] >= own_orientations[2];
    all.push_back(
        {vassals ? "a vassal is likelier than a western turn" : "a western turn is likelier than a vassal", [=](const auto&, const auto& o) { return (o[1] >= o[2]) == vassals; }});
    return all;
}

} // namespace

std::vector<Convention> single_conventions()
{
    std::vector<Convention> all;
    const std::size_t rows = outcome_rows().count;
    const std::string step_text = fmt::format("{:g}", threshold_step).substr(1); // ".03"
    for (const double sign : {-1.0, 1.0}) {
        Convention together{fmt::format("index lines, all {}{}", sign < 0 ? "-" : "+", step_text), {}};
        for (std::size_t row = 0; row < rows; ++row)
            if (is_of_index(row)) together.changes.push_back({row, sign * threshold_step, false});
        all.push_back(std::move(together));
    }
    for (std::size_t row = 0; row < rows; ++row)
        for (const double sign : {-1.0, 1.0}) {
            const char* const way = sign < 0 ? "-" : "+";
            if (is_weight(row)) all.push_back({fmt::format("{} {}{:.0f} %", row_of(row).name, way, 100 * weight_step), {{row, sign * weight_step, true}}});
            else if (is_threshold(row)) all.push_back({fmt::format("{} {}{}", row_of(row).name, way, step_text), {{row, sign * threshold_step, false}}});
        }
    return all;
}

std::vector<Convention> joint_conventions(std::size_t count, std::uint64_t seed)
{
    std::vector<Convention> all(count);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t row = 0; row < outcome_rows().count; ++row) {
            const double within = 2 * static_cast<double>(number_at(seed, i, row) >> 11) * 0x1p-53 - 1; // in [-1, 1)
            if (is_weight(row)) all[i].changes.push_back({row, within * weight_step, true});
            else if (is_threshold(row)) all[i].changes.push_back({row, within * threshold_step, false});
        }
    return all;
}

std::vector<std::uint8_t> codes_under(const ClassifiedRuns& runs, const Convention& convention)
{
    const std::size_t rows = outcome_rows().count;
    std::vector<std::uint8_t> codes(runs.runs, no_code);
    const std::vector<std::size_t> weights = weight_rows();
    std::vector<double> parameters(rows);
    for (std::size_t run = 0; run < runs.runs; ++run) {
        const std::span<const double, classified_count> values(&runs.values[run * classified_count], classified_count);
        if (std::ranges::any_of(values, [](double x) { return std::isnan(x); })) continue;
        std::copy_n(&runs.parameters[run * rows], rows, parameters.begin());
        adopt(convention, weights, parameters);
        codes[run] = outcome_code(values, parameters);
    }
    return codes;
}

Conventions conventions_of(const ClassifiedRuns& runs, std::size_t joint, std::uint64_t seed)
{
    const std::vector<std::uint8_t> own = codes_under(runs, {});
    Conventions all{.runs = runs.runs, .joint = joint};
    for (std::size_t run = 0; run < runs.runs; ++run) {
        all.failed += own[run] == no_code;
        all.other += own[run] != no_code && own[run] != runs.stored[run];
    }
    if (all.failed == runs.runs) throw std::invalid_argument("every run failed: there are no classes to be read off");
    const Counts32 own_counts = counts_of(own);
    all.classes = shares_by(own_counts, outcome_classes, class_of), all.orientations = shares_by(own_counts, orientations, orientation_of);
    const std::vector<Saying> sayings = sayings_of(all.classes, all.orientations);
    for (const Saying& saying : sayings) all.statements.push_back({saying.text, saying.holds(all.classes, all.orientations)});
    for (Convention& convention : single_conventions()) {
        const std::vector<std::uint8_t> codes = codes_under(runs, convention);
        const Counts32 counts = counts_of(codes);
        const std::vector<double> classes = shares_by(counts, outcome_classes, class_of), orientated = shares_by(counts, orientations, orientation_of);
        for (std::size_t s = 0; s < sayings.size(); ++s) all.statements[s].singly += sayings[s].holds(classes, orientated);
        ConventionRow row{std::move(convention), {}, {}};
        for (int c = 0; c < outcome_classes; ++c) row.classes.push_back(effect_on(own, codes, class_of, c));
        for (int o = 0; o < orientations; ++o) row.orientations.push_back(effect_on(own, codes, orientation_of, o));
        all.single.push_back(std::move(row));
    }
    std::vector<std::vector<double>> of_classes(outcome_classes), of_orientations(orientations);
    for (const Convention& convention : joint_conventions(joint, seed)) {
        const Counts32 counts = counts_of(codes_under(runs, convention));
        const std::vector<double> classes = shares_by(counts, outcome_classes, class_of), orientated = shares_by(counts, orientations, orientation_of);
        for (std::size_t s = 0; s < sayings.size(); ++s) all.statements[s].jointly += sayings[s].holds(classes, orientated);
        for (std::size_t c = 0; c < classes.size(); ++c) of_classes[c].push_back(classes[c]);
        for (std::size_t o = 0; o < orientated.size(); ++o) of_orientations[o].push_back(orientated[o]);
    }
    const auto range = [&](std::vector<double>& shares, double share) {
        return shares.empty() ? Band{share, share} : Band{interpolated_quantile(shares, 0.05), interpolated_quantile(shares, 0.95)};
    };
    for (std::size_t c = 0; c < of_classes.size(); ++c) all.class_range.push_back(range(of_classes[c], all.classes[c]));
    for (std::size_t o = 0; o < of_orientations.size(); ++o) all.orientation_range.push_back(range(of_orientations[o], all.orientations[o]));
    return all;
}

} // namespace entente
