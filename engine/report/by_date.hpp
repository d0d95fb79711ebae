// A table with a column for each report date, as many as there is room for.
#pragma once
#include "looks.hpp"
#include <string>
#include <vector>

namespace entente::report {

struct Line {
    std::string label;
    std::vector<std::string> cells; ///< [date]; none: a heading
    std::string after;              ///< behind the last date, where there is room
};
/// Rows that get as many dates as there is room for.
struct ByDate {
    std::string text;
    std::vector<int> left_out; ///< dates that there is no room for
};
/// The dates that fit, those first that matter more: `foremost`, the last, the first, then as they come. Of `all` every date, below each other if need be. `under`: what each cell's
/// column is called besides its date, may be empty.
ByDate by_date(const std::string& heading, const std::vector<Line>& lines, const std::vector<int>& dates, int foremost, const std::string& under, const Looks& looks);

} // namespace entente::report
