// What each share is uncertain by, kind by kind: the table that the answer and convergence print.
#pragma once
#include "../analysis/kinds_of_uncertainty.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace entente::report {

struct UncertainShare {
    std::string label;
    double share = 0;
    KindsOfUncertainty kinds;
    std::optional<double> straight_lines{};
};
/// Standard deviations in points; of `all` those of readings with their intervals. `when`: "in 2045Q1".
std::string uncertainty_table(const std::vector<UncertainShare>& shares, const std::string& when, const Looks& looks);
/// What the columns are, as a paragraph.
std::string uncertainty_note(const std::vector<UncertainShare>& shares, const ReadingsAtHand& readings, const Looks& looks);
nlohmann::ordered_json json_of(const KindsOfUncertainty& kinds);

} // namespace entente::report
