// The draws of a posterior: from the file that `[parameters] from` names, or from the text of a scenario that was resolved.
#include "../core/number.hpp"
#include "../core/text.hpp"
#include "layers.hpp"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <utility>

namespace entente {
namespace {

/// What is wrong with the size of a table of draws, or "".
std::string fault_of_size(const JointDraws& found)
{
    const std::size_t names = found.names.size(), draws = found.draws();
    if (draws == 0 || draws * names != found.values.size()) return "holds no draws of parameters";
    if (draws > most_joint_draws) return fmt::format("up to {} draws, got {}; every other one, or fewer, says the same", most_joint_draws, draws);
    if (names * draws > most_joint_values) return fmt::format("up to {} values, got {} draws of {} parameters; fewer draws say the same", most_joint_values, draws, names);
    return "";
}

/// Between what a parameter may lie: its row's range, and what its prior gives, whose tails are longer.
std::pair<double, double> possible(const Row& row)
{
    constexpr double once = 1e-9; // in so many draws
    const Distribution prior = at_rest(row, true);
    return {std::min(row.low, quantile(prior, once)), std::max(row.high, quantile(prior, 1 - once))};
}

/// What is wrong with a column of it, or "".
std::string fault_of_column(const JointDraws& found, std::size_t column)
{
    const Description& d = describe();
    const std::string& name = found.names[column];
    const std::size_t p = Description::find(d.parameters, name), names = found.names.size();
    if (p == Description::npos) return fmt::format("unknown parameter '{}'{}", printable_name(name).substr(0, longest_name), hint(name, names_of(d.parameters)));
    if (in_index(d, p)) return fmt::format("{}: a weight or threshold of the outcome, which is not drawn", name);
    if (std::ranges::count(found.names, name) > 1) return fmt::format("{}: is there twice", name);
    const auto [low, high] = possible(d.parameters[p]);
    for (std::size_t draw = 0; draw < found.draws(); ++draw) { // drawn values are of single precision, and so are the bounds that they are held to
        const double x = found.values[draw * names + column];
        if (!(static_cast<float>(x) >= static_cast<float>(low) && static_cast<float>(x) <= static_cast<float>(high)))
            return fmt::format("{}: a number from {} to {}, got {} in draw {}", name, low, high, x, draw + 1);
    }
    return "";
}

/// Takes some columns, in the order of the model's parameters.
void take(JointSetting& to, const JointDraws& found, std::vector<std::size_t> columns)
{
    const auto row = [&](std::size_t column) { return Description::find(describe().parameters, found.names[column]); };
    std::ranges::sort(columns, {}, row);
    for (const std::size_t column : columns) to.draws.names.push_back(found.names[column]), to.parameters.push_back(row(column));
    for (std::size_t draw = 0; draw < found.draws(); ++draw)
        for (const std::size_t column : columns) to.draws.values.push_back(static_cast<float>(found.values[draw * found.names.size() + column]));
}

/// From the file that is named; nothing, and a problem, if there is none or it holds no draws.
std::optional<JointDraws> draws_of_file(const GivenValue& from, const JointReader& reader, JointSetting& to, Problems& problems)
{
    const auto name = read_text(from, problems);
    if (!name) return std::nullopt;
    to.file = (std::filesystem::path(from.file).parent_path() / *name).lexically_normal().string();
    const auto fault = [&](std::string what) {
        if (what.starts_with(to.file + ": ")) what.erase(0, to.file.size() + 2);
        problems.add(from.origin(), fmt::format("from: {}: {}", to.file, what));
        return std::nullopt;
    };
    if (!reader) return fault("who reads this scenario opens no files of draws");
    std::error_code ignored;
    if (!std::filesystem::exists(to.file, ignored)) return fault("there is no such file");
    try {
        return reader(to.file);
    } catch (const std::runtime_error& e) {
        return fault(e.what());
    }
}

/// From texts of numbers, one for each parameter.
std::optional<JointDraws> draws_of_text(const Section& section, Problems& problems)
{
    std::vector<std::vector<double>> columns;
    JointDraws found;
    bool sound = true;
    for (const auto& entry : section) {
        const std::string& name = entry.first;
        const GivenValue& given = entry.second;
        const auto fault = [&](const std::string& what) { problems.add(given.origin(), fmt::format("posterior: {}: {}", name, what)), sound = false; };
        found.names.push_back(name), columns.emplace_back();
        if (given.value->kind != TomlValue::Kind::text) {
            fault(fmt::format("a text of numbers with blanks between, one for each draw, got {}", got(*given.value)));
            continue;
        }
        for (const std::string& word : split(given.value->text, ' ')) {
            const auto x = number_in<float>(word);
            if (!x) {
                fault(fmt::format("numbers with a blank between, got '{}' as the draw {}", printable_name(word).substr(0, 60), columns.back().size() + 1));
                break;
            }
            columns.back().push_back(*x);
        }
        if (columns.back().size() != columns.front().size() && sound)
            fault(fmt::format("as many draws as {} has, {}, got {}", found.names[0], columns[0].size(), columns.back().size()));
    }
    if (!sound) return std::nullopt;
    for (std::size_t draw = 0; draw < columns[0].size(); ++draw)
        for (const std::vector<double>& column : columns) found.values.push_back(column[draw]);
    return found;
}

} // namespace

void set_joint(Scenario& s, Merged& all, const Overlay& overlay, Problems& problems)
{
    const Section &inside = all.sections["posterior"], &parameters = all.sections["parameters"];
    const auto from = parameters.find("from"), draw = std::as_const(all.top).find("draw");
    const bool named = from != parameters.end(), asked = draw != all.top.end() && draw->second.value->text == "posterior";
    if (named && !inside.empty())
        problems.add(from->second.key(), fmt::format("from: draws stand under [posterior] already, see {}; one of the two", place_text(inside.begin()->second.key())));
    if (!named && inside.empty() && asked && !overlay.parameters_default)
        problems.add(draw->second.origin(), "draw: \"posterior\" needs one: [parameters] from = \"FILE.h5\", what `entente calibrate` wrote");
    if (named == !inside.empty() || overlay.parameters_default || (draw != all.top.end() && !asked)) return;
    JointSetting joint;
    joint.origin = named ? from->second.origin() : inside.begin()->second.key();
    const auto found = named ? draws_of_file(from->second, overlay.joint, joint, problems) : draws_of_text(inside, problems);
    if (!found) return;
    const std::string called = named ? fmt::format("from: {}", joint.file) : "posterior";
    if (const std::string fault = fault_of_size(*found); !fault.empty()) return problems.add(joint.origin, fmt::format("{}: {}", called, fault));
    std::vector<std::size_t> wanted;
    bool sound = true;
    for (std::size_t column = 0; column < found->names.size(); ++column) {
        const std::string fault = fault_of_column(*found, column);
        if (!fault.empty()) problems.add(named ? joint.origin : inside.at(found->names[column]).origin(), fmt::format("{}: {}", called, fault)), sound = false;
        const auto own = parameters.find(found->names[column]); // a resolved text says of the same parameters what they would be drawn from by themselves
        if (own == parameters.end() || (!named && own->second.file == joint.origin.file)) wanted.push_back(column);
        else joint.set_aside.push_back(found->names[column]);
    }
    if (!sound) return;
    take(joint, *found, std::move(wanted));
    s.joint = std::move(joint);
    s.origins.try_emplace("draw", s.joint.origin);
}

} // namespace entente
