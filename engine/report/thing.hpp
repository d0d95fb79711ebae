// All of one thing of the model: a parameter, variable, lever, event, structure, switch, mechanism, class or claim.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace entente::report {

/// Everything that bears this name, or that the answer calls so ("dependence of Russia on China"), with all that is known of it: an array, empty if there is
/// nothing. A structure and a mechanism may share a name, and an alternative is told with its structure.
nlohmann::ordered_json json_of_thing(const std::string& name);
/// The same for people; "" if there is nothing.
std::string text_of_thing(const std::string& name);
/// Of what bears the name only the things of one kind, such as "driver".
std::string text_of_thing(const std::string& name, std::string_view kind);
/// The four drivers, each with what its dial moves.
std::string text_of_drivers();
/// All names and labels under which something is found.
std::vector<std::string> names_of_things();

} // namespace entente::report
