// Does it matter that there are agents? A scenario with firms, banks and elite each replaced by its mean field, and with all three, against the scenario as it is, on the same random numbers.
#pragma once
#include "../analysis/sample.hpp"
#include "variants.hpp"
#include <optional>

namespace entente {

struct Population {
    std::string_view name;      ///< as [agents] calls it
    std::string_view switch_of; ///< muted: the mean field
    std::string_view mechanism;
    std::string_view single; ///< "single firms"
};
inline constexpr Population populations[] = {{"firms", "single_firms", "chinese_firms", "single firms"},
                                             {"banks", "single_banks", "chinese_banks", "single banks"},
                                             {"elites", "single_elites", "elites", "single members of the elite"}};
/// Each population taken away alone, then all of them.
inline constexpr std::size_t ablations = std::size(populations) + 1;

/// One quantity, with and without agents.
struct Ablated {
    Quantity quantity;
    std::vector<PairedDifference> without; ///< [ablation]: of the mean field (b) against the scenario as it is (a)
};
/// A scenario with agents and without.
struct Ablation {
    std::string scenario, title;
    std::uint32_t futures = 0; ///< of each arm
    Counts counts;
    std::vector<Ablated> quantities;
    /// Of Student's t: an error over all differences together (Bonferroni) of .05.
    bool is_beyond_chance(const PairedDifference& difference) const;
};
/// Classes, orientations and headline variables at the report date, events by the horizon.
std::vector<Quantity> ablation_quantities(int horizon);
/// Nothing if it was stopped. Throws std::invalid_argument if a population has no single agents already, or a quantity is a quantile or beyond the horizon.
std::optional<Ablation> ablate(const Scenario& scenario, const std::vector<Quantity>& quantities, const EnsembleOptions& options, const Listener& listener = {},
                               const std::atomic<bool>* stop = nullptr);

} // namespace entente
