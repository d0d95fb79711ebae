#include "names.hpp"
#include "../core/text.hpp"
#include "drivers.hpp"
#include "kernel.hpp"
#include <algorithm>
#include <iterator>

namespace entente {

std::vector<std::string> bearers(std::string_view name)
{
    const Description& d = describe();
    std::vector<std::string> all;
    const auto add = [&](const std::vector<Row>& rows, const char* what) {
        if (Description::find(rows, name) != Description::npos) all.emplace_back(what);
    };
    const std::size_t variable = Description::find(d.variables, name);
    if (variable != Description::npos) all.emplace_back(variable < d.owned ? "a variable" : "a derived quantity");
    add(driver_rows(), "a driver");
    add(d.parameters, "a parameter");
    add(d.levers, "a lever");
    add(d.structures, "a structure");
    for (const Row& row : d.structures)
        if (std::ranges::count(split(row.choices, '|'), name) > 0) all.push_back("an alternative of the structure " + std::string(row.name));
    add(d.forced, "a forced event");
    add(d.events, "an event that runs see");
    if (std::ranges::count(class_names, name) > 0) all.emplace_back("a class of outcomes");
    if (std::ranges::count(orientation_names, name) > 0) all.emplace_back("an orientation of Russia");
    add(d.switches, "a switch");
    if (d.mechanism(name) != Description::npos) all.emplace_back("a mechanism");
    return all;
}

} // namespace entente
