// A sweep's factors as a result keeps them.
#pragma once
#include "../store/sweep_file.hpp"

namespace entente {

/// Writes names, kinds and choices into the head of a result.
void put_factors(const std::vector<Factor>& factors, SweepHead& head);
/// What a head says of its factors: enough for value_text(), not to draw values again.
std::vector<Factor> factors_of(const SweepHead& head);

} // namespace entente
