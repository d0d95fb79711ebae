// Runs of one scenario in which some variables take the course that they take in the same run of another: what passes through a mechanism is what is gone while it does not answer (the indirect
// effect of Robins & Greenland 1992 and Pearl 2001, for whole courses).
#pragma once
#include "../analysis/quantity.hpp"

namespace entente {

/// Variables of all of these mechanisms, by number in the description's list.
std::vector<std::size_t> variables_of_mechanisms(std::span<const std::string_view> names);

/// Two scenarios with the same seed and number of runs, held to the horizon that the quantities need.
class HeldMechanisms {
public:
    /// Throws std::invalid_argument if a quantity is beyond a horizon.
    HeldMechanisms(const Scenario& a, const Scenario& b, std::vector<Quantity> quantities, const EnsembleOptions& options);
    /// B - A in runs first ... first + runs - 1, [held][quantity][run], for each list of variables that B takes from A; NaN: one of the runs failed. What B takes is rounded to single precision.
    /// May be called by several threads at once.
    std::vector<std::vector<std::vector<double>>> differences(std::uint64_t first, std::uint32_t runs, const std::vector<std::vector<std::size_t>>& held) const;

private:
    std::vector<Quantity> quantities_;
    EnsembleOptions options_;
    Kernel kernel_;
    Plan a_, b_;
};

} // namespace entente
