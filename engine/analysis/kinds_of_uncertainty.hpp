// What a share of futures is uncertain by, kind by kind: the number of futures, parameters that are not known, structures that are disputed. The last two are told apart by an analysis of variance
// over the readings, without what chance adds within each. Pure functions.
#pragma once
#include "../ensemble/beside.hpp"
#include "share.hpp"
#include <optional>
#include <span>
#include <vector>

namespace entente {

/// A part of a variance, estimated without bias, so that it may be below 0; its standard error is a jackknife's over readings (Efron and Stein 1981).
struct VariancePart {
    double variance = 0, standard_error = 0;
    double sd() const;                ///< 0 if the variance is below
    double low() const, high() const; ///< 95 % interval of the standard deviation: roots of variance +- 1.96 standard errors
    bool operator==(const VariancePart&) const = default;
};
/// How the share differs between readings.
struct ReadingSpread {
    VariancePart structures; ///< what the alternatives explain, each adding its own whatever the others are
    VariancePart parameters; ///< the rest: what drawn parameters do, and what structures do only together
    double chance = 0;       ///< variance of a reading's share by its few futures, taken out of both
    std::uint32_t readings = 0;
    bool operator==(const ReadingSpread&) const = default;
};
/// Of seen[i] of counted[i] futures of reading i. Least squares on indicators of the alternatives, `structure`: [structure][reading]. With TSS and RSS of n readings and a rank of p (with the mean),
/// s2 = RSS / (n - p) is the variance within a structure, chance included: structures = (TSS - RSS) / (n - 1) - (p - 1) / (n - 1) s2 and parameters = s2 - chance, so that both are what all readings
/// spread by without chance (method of moments; Searle, Casella and McCulloch 1992, 5.3); chance is the mean of share (1 - share) / (futures - 1). Nothing if there are fewer than three readings for
/// each alternative that is told apart, or than 30.
std::optional<ReadingSpread> spread_of_readings(std::span<const std::uint8_t> structure, std::span<const std::uint32_t> seen, std::span<const std::uint32_t> counted);

/// How many there are, and how many it takes to tell parameters and structures apart; 0: none were made.
struct ReadingsAtHand {
    std::size_t there = 0, needed = 0;
};
/// As spread_of_readings() counts them.
ReadingsAtHand readings_at_hand(const ReadingRuns& runs);

/// Of one share.
struct KindsOfUncertainty {
    double monte_carlo = 0; ///< standard deviation by the number of futures: of the Beta distribution of its Jeffreys interval
    std::optional<ReadingSpread> spread;
};
/// Of the Beta distribution of the share's Jeffreys interval.
double monte_carlo_error(const Share& share);

/// Of every share of an answer.
struct AllUncertainty {
    std::vector<std::vector<KindsOfUncertainty>> classes, orientations; ///< [date][number]
    std::vector<KindsOfUncertainty> events;
    ReadingsAtHand at_hand;
};
/// `readings`: of the same dates; null: none were made.
AllUncertainty all_uncertainty(const std::vector<std::vector<Share>>& classes, const std::vector<std::vector<Share>>& orientations, const std::vector<Share>& events, const ReadingRuns* readings);

/// Of the variance of a share between single futures, share (1 - share), what straight lines in the drawn parameters explain: at least so much do parameters that were drawn move the chance itself.
/// Standard deviations, of each outcome: the adjusted R2 of its linear regression times that variance, 0 if it is below. `inputs`: [input][run], those that stand still are left out; `outcomes`:
/// [outcome][run], zeros and ones. Nothing if there are fewer than three runs for each input and 20 more.
std::optional<std::vector<double>> straight_line_spread(const std::vector<std::vector<double>>& inputs, const std::vector<std::vector<double>>& outcomes);

} // namespace entente
