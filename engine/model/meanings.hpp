// What each class of the tie and each orientation of Russia means, in a few words; the thresholds are rows of outcome.hpp.
#pragma once
#include "kernel.hpp"

namespace entente {

inline constexpr std::string_view class_meanings[outcome_classes] = {"they have drawn apart, and trust is gone", "they draw apart in politics, trade, arms and trust",
                                                                     "each takes from the other what pays, and no more",
                                                                     "they lean on each other in politics, trade, arms and trust", "aligned, and their armed forces act together"};
inline constexpr std::string_view orientation_meanings[orientations] = {"neither of the other two", "depends on China, and does what it asks",
                                                                        "more trade with the West than with China, little hostility"};

} // namespace entente
