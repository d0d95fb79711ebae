// A sweep's factors as a result keeps them.
#pragma once
#include "../store/sweep_file.hpp"

namespace entente {

/// One for each factor, with what the model says of what it sets.
std::vector<FactorText> factor_texts(const std::vector<Factor>& factors, const std::vector<Placements>& placements);
/// What a head says of its factors: enough for value_text(), not to draw values again. Throws std::runtime_error if it says what cannot be.
std::vector<Factor> factors_of(const SweepHead& head);

} // namespace entente
