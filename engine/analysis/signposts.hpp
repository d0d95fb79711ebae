// Signposts: what can be seen at a date that foretells an outcome. Thresholds are found on one half of the runs and judged on the other, so that what chance alone makes fit does not count.
#pragma once
#include "share.hpp"
#include "two_groups.hpp"
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace entente {

/// Something that is seen of every run at the date.
struct SeenSign {
    std::string name;
    std::vector<double> value; ///< [run]
};
/// A value on one side of a line.
struct SignRule {
    std::size_t sign = 0; ///< which of those given
    bool above = true;    ///< from the line on; or else below it
    double line = 0;
    /// Whether a value is on the side that foretells.
    bool says(double value) const { return above ? value >= line : value < line; }
};
/// A rule set against what came, in the runs that judge it.
struct JudgedRule {
    Share hits;                 ///< of the runs in which the outcome comes, those in which the rule says so
    Share false_alarms;         ///< of those in which it does not come
    Share beyond, short_of;     ///< how often the outcome comes where the rule says so, and where it does not
    std::optional<double> lead; ///< median of the quarters from the date to the outcome, over hits; none: no hits
    double youden() const { return hits.share - false_alarms.share; }
};
/// A rule, with what it is worth in the runs that judge it.
struct Signpost {
    SignRule rule;
    double found_auc = 0.5; ///< in the runs that chose, the way that the rule has it: 0.5 or more
    Ranked ranked;          ///< in the runs that judge, the same way
    bool stands = false;    ///< it foretells beyond chance there: alpha_signposts over all signs together
    JudgedRule judged;
};
/// Two signs together.
struct SignPair {
    SignRule a, b;
    bool both = true; ///< or else either
    JudgedRule judged;
    Interval gain; ///< hit rate less false-alarm rate, less the same of the best sign alone
};
inline constexpr double alpha_signposts = 0.001;
inline constexpr std::uint32_t few_outcomes = 20; ///< least runs with the outcome, and without, in each half
inline constexpr std::size_t signs_paired = 8;

/// What can be seen at a date that foretells an outcome.
struct Signposts {
    enum class Found : std::uint8_t { some, none, never, always, too_few } found = Found::none;
    std::uint32_t runs = 0, failed = 0, already = 0; ///< all; not whole; in which the outcome was there at the date. The last two are left out
    Share base;                                      ///< how often the outcome comes in the others
    std::uint32_t chosen_on = 0, judged_on = 0;
    std::vector<std::size_t> constant{}; ///< signs that are the same in all runs, or have no value in some: left out
    std::vector<Signpost> signs{};       ///< the strongest in the runs that chose first
    std::optional<SignPair> pair{};      ///< of the signs that stand, if there are two
};
/// `comes[run]`: 1 or 0, NaN of runs that failed. `there[run]`: whether it was there at the date. `quarters[run]`: from the date to the outcome, where it comes; empty: not known. Of the runs that are left, the first,
/// third and so on choose: for each sign the side by the area under the curve, then the line with the largest hit rate less false-alarm rate (Youden 1950), halfway between two values; for pairs the lines among
/// the tenths of each sign's values. The others judge. Throws std::invalid_argument if lengths differ.
Signposts signposts(std::span<const SeenSign> signs, std::span<const double> comes, std::span<const std::uint8_t> there, std::span<const double> quarters);

} // namespace entente
