// Outcome codes from stored values, by the model's own rule and under any weights and thresholds.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace entente {

/// The variables that a code is made of, in the order in which outcome_code() takes them; the last is made of the four before it.
inline constexpr std::string_view classified_variables[] = {"military_depth",        "trust",       "political_alignment", "trade_share_china", "trade_share_west",
                                                            "russia_west_hostility", "effort_west", "dependence_index",    "concessions",       "obedience"};
inline constexpr std::size_t classified_count = std::size(classified_variables);
/// The rows of the page `outcome` in the model's list of parameters: weights and thresholds.
struct OutcomeRows {
    std::size_t first, count;
};
OutcomeRows outcome_rows();
/// Class + 8 x orientation of a world with these values, in the order of classified_variables, under these parameters, in the order of outcome_rows(). The alignment index is made of the values.
std::uint8_t outcome_code(std::span<const double, classified_count> values, std::span<const double> parameters);

} // namespace entente
