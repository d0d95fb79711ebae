// A sweep over a box.
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../scenario/dials.hpp"
#include "../scenario/toml_text.hpp"
#include "../scenario/within.hpp"
#include "box_files.hpp"
#include "provenance.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

constexpr std::uint32_t points_of_a_box = 256, replicates_of_a_box = 40;

std::string stem_of(const std::string& path) { return std::filesystem::path(path).stem().string(); }

std::string head_of(const BoxWords& words, const std::vector<std::string>& outcomes, const std::string& scenario)
{
    std::vector<std::string> texts;
    for (const std::string& o : outcomes) texts.push_back(toml_text(o));
    return fmt::format("title = {}\nassumes = {}\noutcomes = [{}]\n\n[scenario]\nfile = {}\n", toml_text(words.title), toml_text(words.assumes), fmt::join(texts, ", "), toml_text(scenario));
}

/// What a factor over a parameter of the scenario takes inside the limits. Draws of a posterior may lie outside the range that a sweep allows.
std::string values_between(const Scenario& s, std::size_t parameter, const Limits& limits, const Limits& start)
{
    constexpr double no_end = std::numeric_limits<double>::infinity();
    const Row& row = describe().parameters[parameter];
    if (const std::string by = moved_by(s.dials, "parameters", row.name); !by.empty())
        throw std::invalid_argument(fmt::format("{}: {} moves it, and a sweep sets one of the two", row.name, by));
    const Distribution cut = within(s.parameters[parameter].distribution, limits.low == start.low ? -no_end : limits.low, limits.high == start.high ? no_end : limits.high, row);
    if (std::ranges::find(s.joint.parameters, parameter) == s.joint.parameters.end() && cut.shape != Shape::value) return fmt::format("distribution = {}", toml_of(cut));
    const double low = std::max(limits.low, row.low), high = std::min(limits.high, row.high);
    if (!(low < high))
        throw std::invalid_argument(
            fmt::format("{}: of its range, {} to {}, the box holds nothing or one value: it lies from {:.4g} to {:.4g}", row.name, row.low, row.high, limits.low, limits.high));
    return fmt::format("range = [{}, {}]", number_text(low), number_text(high));
}

/// The factor's values inside the limits.
Factor cut_to(Factor f, const InputColumn& column, const Limits& limits, const Limits& start)
{
    if (limits == start) return f;
    switch (f.kind) {
    case Factor::Kind::number: {
        const double low = limits.low == start.low ? f.low : limits.low, high = limits.high == start.high ? f.high : limits.high;
        if (f.levels.empty()) f.distribution = within(f.distribution, low, high, Row{.low = -1e300, .high = 1e300});
        std::erase_if(f.levels, [&](double x) { return x < limits.low || x > limits.high; });
        f.low = low, f.high = high;
        break;
    }
    case Factor::Kind::whole:
    case Factor::Kind::date: f.low = std::max(f.low, limits.low), f.high = std::min(f.high, limits.high); break;
    case Factor::Kind::choice: {
        f.choices.clear();
        for (std::size_t k = 0; k < limits.inside.size(); ++k)
            if (limits.inside[k]) f.choices.push_back(column.choices[k]);
    }
    }
    return f;
}

/// The tables [[factor]] of a sweep as they stand in its file, with what belongs to them.
std::string factor_tables(const std::string& text, std::size_t expected)
{
    std::string tables;
    std::size_t found = 0;
    bool inside = false;
    for (const std::string& line : split(text, '\n')) {
        const std::string_view bare = trim(line);
        if (bare.starts_with("[[factor]]")) inside = true, ++found;
        else if (bare.starts_with('[') && !bare.starts_with("[factor.") && bare.find(']') != std::string_view::npos && bare.find('=') == std::string_view::npos
                 && bare.find(',') == std::string_view::npos)
            inside = false;
        if (inside) tables += line + "\n";
    }
    if (found != expected)
        throw std::invalid_argument(fmt::format("{} tables [[factor]] stand in the sweep's file and {} were read from it: they cannot be copied", found, expected));
    return tables;
}

} // namespace

std::string scenario_beside(const std::string& path) { return stem_of(path) + "_scenario.toml"; }

BoxSweep sweep_in_box(const ReplaySource& source, const Searched& searched, const Box& box, const Box& start, const std::string& outcome, const BoxWords& words, const std::string& path)
{
    const Description& d = describe();
    const Scenario& s = source.scenario;
    BoxSweep out{.sweep = {}, .scenario = resolved_toml(s), .scenario_name = scenario_beside(path), .points = {}, .points_name = {}};
    out.sweep = head_of(words, {outcome}, out.scenario_name);
    for (std::size_t c = 0; c < box.size(); ++c) {
        if (box[c] == start[c]) continue;
        const InputColumn& column = searched.cases.columns[c];
        std::string values;
        if (column.kind == Factor::Kind::choice) {
            std::vector<std::string> inside;
            for (std::size_t k = 0; k < column.choices.size(); ++k)
                if (box[c].inside[k]) inside.push_back(toml_text(column.choices[k]));
            values = fmt::format("levels = [{}]", fmt::join(inside, ", "));
        } else {
            values = values_between(s, Description::find(d.parameters, column.sets.substr(column.sets.find('.') + 1)), box[c], start[c]);
        }
        out.sweep += fmt::format("\n[[factor]]\nsets = {}\n{}\n", toml_text(column.sets), values);
    }
    out.sweep += fmt::format("\n[design]\nkind = \"sobol\"\npoints = {}\nreplicates = {}\n", points_of_a_box, replicates_of_a_box);
    return out;
}

BoxSweep sweep_in_box(const std::string& file, const StoredSweep& sweep, const Searched& searched, const Box& box, const Box& start, const BoxWords& words, const std::string& path)
{
    const Experiment e = experiment_of(sweep, file);
    const auto policy = static_cast<std::size_t>(std::ranges::find(sweep.head.policies, searched.policy) - sweep.head.policies.begin());
    BoxSweep out{.sweep = {}, .scenario = resolved_toml(e.plan.policies[policy]), .scenario_name = scenario_beside(path), .points = {}, .points_name = stem_of(path) + "_points.csv"};
    std::vector<Factor> factors;
    for (const Factor& f : e.sweep->factors) {
        const auto at = std::ranges::find(searched.cases.columns, f.name, &InputColumn::name);
        const auto c = static_cast<std::size_t>(at - searched.cases.columns.begin());
        factors.push_back(at == searched.cases.columns.end() ? f : cut_to(f, *at, box[c], start[c]));
    }
    DesignChoice design = e.sweep->design;
    if (!design.table.empty() || design.kind == nullptr)
        throw std::invalid_argument("the sweep's points are a table of its own, and no design lays new ones; save the box as a scenario");
    design.seed += 1;
    out.points = design_csv(make_design(factors, design), factors);
    std::vector<std::string> outcomes = sweep.head.outcomes;
    out.sweep = head_of(words, outcomes, out.scenario_name) + "\n" + factor_tables(sweep.head.provenance.sweep_text, factors.size());
    out.sweep += fmt::format("\n[design]\nkind = \"table\"\ntable = {}\nreplicates = {}\n", toml_text(out.points_name), sweep.head.replicates);
    return out;
}

} // namespace entente
