// The model's own tables: for people as Markdown, for programs as lists of objects with the same keys.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace entente::report {

/// The names of the model's tables: "mechanisms", "parameters", "variables" and so on.
std::vector<std::string> model_tables();
/// One of the model's tables, without a heading; or all, each under its name, if `name` is empty. Ranges and defaults are in the unit of their row.
/// Throws std::out_of_range if there is no such table.
std::string text_of_model(const std::string& name = "");
/// An object that holds the same tables by their names.
nlohmann::ordered_json json_of_model(const std::string& name = "");

/// The tables of the drivers and of what their dials move.
nlohmann::ordered_json json_of_drivers();

/// How every claim of the articles is accounted for.
std::string text_of_claims();
nlohmann::ordered_json json_of_claims();

} // namespace entente::report
