#include "box_files.hpp"
#include "../core/text.hpp"
#include "../scenario/dials.hpp"
#include "../scenario/toml_text.hpp"
#include "../scenario/within.hpp"
#include "../store/posterior.hpp"
#include "provenance.hpp"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace entente {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

/// A column's limits; infinite where the box leaves the column as it was.
std::array<double, 2> bounds_of(const Limits& now, const Limits& start) { return {now.low == start.low ? -unbounded : now.low, now.high == start.high ? unbounded : now.high}; }

std::string name_after(const std::string& sets, std::string_view section)
{
    return sets.starts_with(section) && sets.find(',') == std::string::npos ? sets.substr(section.size()) : "";
}

/// Puts the box into a scenario. Says which parameters and structures it changed, by their rows.
struct Changed {
    std::vector<std::size_t> parameters, structures;
    bool posterior = false;
};
Changed put_into(Scenario& s, const Searched& searched, const Box& box, const Box& start)
{
    const Description& d = describe();
    Changed changed;
    std::vector<std::array<double, 2>> joint(s.joint.draws.names.size(), {-unbounded, unbounded});
    for (std::size_t c = 0; c < box.size(); ++c) {
        const InputColumn& column = searched.cases.columns[c];
        if (box[c] == start[c]) continue;
        if (const std::string name = name_after(column.sets, "structures."); !name.empty()) {
            const std::size_t row = Description::find(d.structures, name);
            std::vector<double>& weights = s.structures[row].weights;
            double sum = 0;
            for (std::size_t k = 0; k < weights.size(); ++k) weights[k] = box[c].inside[k] ? weights[k] : 0, sum += weights[k];
            for (double& w : weights) w /= sum;
            changed.structures.push_back(row);
            continue;
        }
        const std::string name = name_after(column.sets, "parameters.");
        const std::size_t row = Description::find(d.parameters, name);
        const std::array<double, 2> bounds = bounds_of(box[c], start[c]);
        for (const double x : {box[c].low, box[c].high})
            if (dialled(s.dials, row, x) != x)
                throw std::invalid_argument(fmt::format("{}: a dial of the scenario moves it, so that a limit of the box is none of its distribution", name));
        if (const auto at = std::ranges::find(s.joint.parameters, row); at != s.joint.parameters.end()) {
            joint[static_cast<std::size_t>(at - s.joint.parameters.begin())] = bounds;
            changed.posterior = true;
            continue;
        }
        s.parameters[row].distribution = within(s.parameters[row].distribution, bounds[0], bounds[1], d.parameters[row]);
        changed.parameters.push_back(row);
    }
    if (changed.posterior) s.joint.draws = within(s.joint.draws, joint);
    if (changed.posterior && s.joint.draws.draws() == 0) throw std::invalid_argument("no draw of the posterior lies inside the box");
    return changed;
}

/// Without what each line says of its origin.
std::string without_remarks(const std::string& text)
{
    std::string bare;
    for (const std::string& line : split(text, '\n'))
        if (!line.starts_with('#')) bare += std::string(trim(line.substr(0, line.find(" # ")))) + "\n";
    return bare;
}

/// The file that the result's scenario was read from, if it still says the same but for its runs and seed.
std::optional<Scenario> still_there(const ReplaySource& source)
{
    const std::string& text = source.provenance.scenario_text;
    constexpr std::string_view mark = "# file: ";
    if (!text.starts_with(mark)) return std::nullopt;
    const std::string file = text.substr(mark.size(), text.find('\n') - mark.size());
    try {
        Scenario there = read_scenario(file, {.joint = joint_draws});
        Scenario same = there;
        same.runs = source.scenario.runs, same.seed = source.scenario.seed;
        same.name = source.scenario.name, same.title = source.scenario.title;
        if (without_remarks(resolved_toml(same)) == without_remarks(resolved_toml(source.scenario))) return there;
    } catch (const std::exception&) { // gone, or no longer a scenario: it is written out whole
    }
    return std::nullopt;
}

std::string from_folder(const std::string& file, const std::string& path)
{
    namespace fs = std::filesystem;
    return fs::absolute(file).lexically_normal().lexically_relative(fs::absolute(path).lexically_normal().parent_path()).string();
}

std::string remark(const BoxWords& words)
{
    std::string text;
    for (const std::string& line : split(words.assumes, '\n')) text += fmt::format("# {}\n", printable_name(line));
    return text;
}

std::string whole_text(Scenario s, const BoxWords& words)
{
    s.title = words.title, s.assumes = words.assumes, s.expectations.clear();
    return remark(words) + resolved_toml(s);
}

} // namespace

std::string scenario_in_box(const ReplaySource& source, const Searched& searched, const Box& box, const Box& start, const BoxWords& words, const std::string& path)
{
    Scenario s = source.scenario;
    const Changed changed = put_into(s, searched, box, start);
    const std::optional<Scenario> base = changed.posterior ? std::nullopt : still_there(source);
    if (!base) return whole_text(std::move(s), words);
    const Description& d = describe();
    std::string text = fmt::format("{}extends = {}\ntitle = {}\nassumes = {}\n", remark(words), toml_text(from_folder(base->files[0], path)), toml_text(words.title),
                                   toml_text(words.assumes));
    if (base->runs != s.runs) text += fmt::format("runs = {}\n", s.runs);
    if (base->seed != s.seed) text += fmt::format("seed = {}\n", s.seed);
    if (!changed.parameters.empty()) text += "\n[parameters]\n";
    for (const std::size_t p : changed.parameters) text += fmt::format("{} = {}\n", d.parameters[p].name, toml_of(s.parameters[p].distribution));
    if (!changed.structures.empty()) text += "\n[structures]\n";
    for (const std::size_t i : changed.structures) text += fmt::format("{} = {}\n", d.structures[i].name, toml_of_mixture(s.structures[i].weights, i));
    return text;
}

std::string scenario_in_box(const std::string& file, const StoredSweep& sweep, const Searched& searched, const Box& box, const Box& start, const BoxWords& words)
{
    const Experiment e = experiment_of(sweep, file);
    const auto policy = static_cast<std::size_t>(std::ranges::find(sweep.head.policies, searched.policy) - sweep.head.policies.begin());
    Scenario s = e.plan.policies[policy];
    const Description& d = describe();
    for (std::size_t f = 0; f < sweep.head.factors.size(); ++f) {
        const Factor& factor = e.sweep->factors[f];
        const std::string &sets = sweep.head.factors[f].sets, parameter = name_after(sets, "parameters."), structure = name_after(sets, "structures.");
        if (parameter.empty() && structure.empty())
            throw std::invalid_argument(fmt::format("the factor '{}' sets {}, of which a scenario holds one course and no distribution; a sweep over the box has it", factor.name, sets));
        if (!structure.empty()) {
            const std::size_t row = Description::find(d.structures, structure);
            for (const Placement& p : e.plan.placements[f]) {
                std::vector<double>& weights = s.structures[row].weights;
                std::ranges::fill(weights, 0);
                for (const float code : p.codes) weights[static_cast<std::size_t>(code)] = 1.0 / static_cast<double>(p.codes.size());
            }
            continue;
        }
        Distribution values = factor.distribution; // of a number without levels
        std::vector<double> levels = factor.levels;
        for (double x = factor.low; factor.kind == Factor::Kind::whole && x <= factor.high; ++x) levels.push_back(x);
        if (!levels.empty()) values = {.shape = Shape::table, .values = levels, .weights = std::vector<double>(levels.size(), 1.0 / static_cast<double>(levels.size()))};
        const std::size_t row = Description::find(d.parameters, parameter);
        hold_parameter(s, row, 0); // a factor's values stand above the draws of a posterior
        s.parameters[row].distribution = values;
    }
    // The choices of a factor need not be those of its structure, in this order.
    Box by_structure = box, by_structure_start = start;
    Searched named{.cases = {.columns = searched.cases.columns, .hits = {}, .runs = {}}};
    for (std::size_t c = 0; c < box.size(); ++c) {
        const std::string structure = name_after(searched.cases.columns[c].sets, "structures.");
        if (structure.empty()) continue;
        const std::vector<std::string> all = split(std::string(d.structures[Description::find(d.structures, structure)].choices), '|');
        for (auto* sides : {&by_structure, &by_structure_start}) {
            std::vector<bool> inside(all.size());
            for (std::size_t k = 0; k < (*sides)[c].inside.size(); ++k)
                if ((*sides)[c].inside[k]) inside[static_cast<std::size_t>(std::ranges::find(all, searched.cases.columns[c].choices[k]) - all.begin())] = true;
            (*sides)[c].inside = inside;
        }
    }
    put_into(s, named, by_structure, by_structure_start);
    s.seed = sweep.head.provenance.seed;
    return whole_text(std::move(s), words);
}

} // namespace entente
