// Firms and banks as a good C++ programmer would write them first, to say what the lanes are worth: one object an agent, a virtual step,
// std::mt19937_64, std::exp, and a world of plain doubles. The equations are those of chinese_firms.hpp and chinese_banks.hpp.
#pragma once
#include "../core/row.hpp"
#include <cstdint>

namespace entente {

/// What firms and banks read of the world; it stands still. The defaults are those of late 2024.
struct Surroundings {
    double sanctions_in_force = 0.75, secondary_enforcement = 0.45, china_western_exposure = 0.9, insulated_rails = 0.1, yuan_settlement = 0.35, china_support = 0.6, designation_rate = 0.06;
};
/// Means over runs in the last quarter.
struct OrdinaryResult {
    double supply_willingness = 0, bank_acceptance = 0, designated_share = 0;
};
/// So many runs of so many quarters, one after another, with the model's default parameters. Gaussian noise, no refill of the first tier's gap.
OrdinaryResult run_ordinary(std::uint32_t runs, std::uint32_t quarters, const Counts& counts, const Surroundings& surroundings = {});

} // namespace entente
