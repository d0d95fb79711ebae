// What runs draw of a parameter, whether together with others or by itself.
#include "reading.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente {

/// The draws of one parameter in rising order; none if it is not drawn together with others.
static std::vector<double> sorted_draws(const JointSetting& joint, std::size_t parameter)
{
    std::vector<double> all;
    const auto name = static_cast<std::size_t>(std::ranges::find(joint.parameters, parameter) - joint.parameters.begin());
    if (name == joint.parameters.size()) return all;
    for (std::size_t draw = 0; draw < joint.draws.draws(); ++draw) all.push_back(joint.draws.values[draw * joint.parameters.size() + name]);
    std::ranges::sort(all);
    return all;
}

static double at(const std::vector<double>& sorted, double u) { return sorted[std::min(static_cast<std::size_t>(u * static_cast<double>(sorted.size())), sorted.size() - 1)]; }

bool is_drawn(const Scenario& scenario, std::size_t parameter)
{
    return scenario.parameters[parameter].distribution.shape != Shape::value || std::ranges::find(scenario.joint.parameters, parameter) != scenario.joint.parameters.end();
}

double drawn_quantile(const Scenario& scenario, std::size_t parameter, double u)
{
    const std::vector<double> draws = sorted_draws(scenario.joint, parameter);
    return draws.empty() ? quantile(scenario.parameters[parameter].distribution, u) : at(draws, u);
}

std::string drawn_text(const Scenario& scenario, std::size_t parameter)
{
    const std::vector<double> draws = sorted_draws(scenario.joint, parameter);
    if (draws.empty()) return to_text(scenario.parameters[parameter].distribution);
    return fmt::format("posterior({:.4g}, {:.4g} to {:.4g})", at(draws, 0.5), at(draws, 0.05), at(draws, 0.95));
}

void hold_parameter(Scenario& scenario, std::size_t parameter, double value)
{
    scenario.parameters[parameter].distribution = {.shape = Shape::value, .a = value};
    JointSetting& joint = scenario.joint;
    const std::size_t names = joint.parameters.size(), name = static_cast<std::size_t>(std::ranges::find(joint.parameters, parameter) - joint.parameters.begin());
    if (name == names) return;
    std::vector<double> rest;
    for (std::size_t i = 0; i < joint.draws.values.size(); ++i)
        if (i % names != name) rest.push_back(joint.draws.values[i]);
    joint.draws.values = std::move(rest);
    joint.draws.names.erase(joint.draws.names.begin() + static_cast<std::ptrdiff_t>(name));
    joint.parameters.erase(joint.parameters.begin() + static_cast<std::ptrdiff_t>(name));
}

Scenario with_priors(Scenario scenario)
{
    scenario.joint = {};
    return scenario;
}

} // namespace entente
