// A result's runs as its conventions classify them, and as others would.
#pragma once
#include "../analysis/conventions.hpp"
#include "again.hpp"

namespace entente {

struct DatedConventions {
    int date = 0; ///< quarter
    Conventions conventions;
};
/// At these of its report dates, of a plain result that keeps single runs. `joint`: of the conventions that move all at once, under the scenario's seed. Throws Refused if it keeps none, and
/// std::invalid_argument if every run failed.
std::vector<DatedConventions> conventions_in(const std::string& file, const ReplaySource& source, const std::vector<int>& dates, std::size_t joint);

} // namespace entente
