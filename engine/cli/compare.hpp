// What comparing runs and comparing sweeps share: how differences are told.
#pragma once
#include "../analysis/difference.hpp"
#include "command.hpp"

namespace entente::cli {

nlohmann::ordered_json json_of(const std::string& quantity, const PairedDifference& difference);
/// Where class shares, [quarter][class], part.
nlohmann::ordered_json parting_json(const std::vector<PairedDifference>& class_shares);
/// The head and a row of the table; "-" where there is no number: a quantile has no difference, a single pair no standard error.
void print_head(const char* first_column);
void print_row(const std::string& name, const PairedDifference& difference);
void say_if_other_programs(const Provenance& a, const Provenance& b);

int compare_sweeps(const std::string& a, const std::string& b, const boost::program_options::variables_map& given);

} // namespace entente::cli
