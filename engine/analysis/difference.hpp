// Where and how far two ensembles of the same runs differ: the first bit, the shift of each outcome, the first quarter in which classes part. Values in, values
// out.
#pragma once
#include "estimate.hpp"
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace entente {

/// What a result says of itself under one heading; the text may be of many lines.
struct Said {
    std::string what, text;
};
/// One thing in which two texts under one heading differ: of a setting its name and what it is set to, of another line the line; "" for the one that lacks it.
struct Disagreement {
    std::string what;
    std::string setting; ///< with its TOML section, "parameters.kappa"; "" of what is no setting
    std::string a, b;
    bool operator==(const Disagreement&) const = default;
};
/// All of them, in the order of `a`, then what `b` alone has. A heading stands once in each, and so does a setting in a text. Of lines that are the same in another
/// order, the first place in which they part.
std::vector<Disagreement> disagreements(const std::vector<Said>& a, const std::vector<Said>& b);

/// Sums and hashes of all bits of an ensemble's first runs.
struct Bits {
    std::size_t policies = 0, quarters = 0, runs = 0;
    std::span<const std::uint64_t> by_variable; ///< [policy][quarter][variable]
    std::span<const std::uint64_t> by_run;      ///< [policy][run]
};
/// Where the bits part first.
struct BitsDifference {
    std::size_t policy = 0;
    std::optional<int> quarter;         ///< the first with other sums; none: only hashes of runs differ
    std::vector<std::size_t> variables; ///< whose sums differ in that quarter
    std::optional<std::size_t> run;     ///< the lowest whose hash differs; none: only sums differ
};
/// Of the policy that differs in the earliest quarter, the first of several. Nothing if all is the same. Throws std::invalid_argument if the two do not have the
/// same shape.
std::optional<BitsDifference> first_difference(const Bits& a, const Bits& b);

/// Some runs of an ensemble.
struct Histories {
    std::size_t runs = 0;
    std::span<const std::uint8_t> outcome;        ///< [quarter][run]: outcome codes
    std::span<const std::int16_t> first_event;    ///< [event][run]: quarter, -1: not seen; may be empty
    std::span<const std::int16_t> failed_quarter; ///< [run]: see fate_of(); empty: all are whole
};
/// Where outcomes part first.
struct HistoryDifference {
    std::size_t run = 0;              ///< the lowest, counted from the first that was given
    int quarter = 0;                  ///< its first with another code, or the earlier date of an event
    std::optional<std::size_t> event; ///< whose dates differ, where all codes agree
};
/// Nothing if codes and dates are the same. Throws std::invalid_argument if there are not as many.
std::optional<HistoryDifference> first_difference(const Histories& a, const Histories& b);

/// Paired differences of shares from counts alone, so that its size does not grow with the number of runs.
class OutcomePairs {
public:
    /// Looks at the first `quarters` quarters. Throws std::invalid_argument of none.
    explicit OutcomePairs(std::size_t quarters);
    /// The same runs of both; those that are not whole in either are left out. Throws std::invalid_argument if there are not as many, or quarters are missing.
    void add(const Histories& a, const Histories& b);
    std::size_t quarters() const { return quarters_; }
    std::uint64_t pairs() const { return pairs_; }
    /// The shares of runs in a class, with an orientation, that have seen an event by the last quarter; as paired_difference() of their zeros and ones.
    PairedDifference in_class(int quarter, int number) const;
    /// As in_class().
    PairedDifference with_orientation(int quarter, int number) const;
    /// By the last quarter.
    PairedDifference seen(std::size_t event) const;
    /// [quarter][class]
    std::vector<PairedDifference> class_shares() const;

private:
    static constexpr std::size_t codes = 32;
    /// Of quarter's pairs of codes, those of which `is` holds.
    template <class Is> PairedDifference share(int quarter, Is is) const;

    std::size_t quarters_;
    std::uint64_t pairs_ = 0;
    std::vector<std::uint64_t> code_;                 ///< [quarter][code in a][code in b]
    std::vector<std::array<std::uint64_t, 4>> event_; ///< [event]: seen in a + 2 x seen in b
};
/// The same of class shares where runs are replicates at points: as PolicyComparison has it, since all points of a replicate share its random numbers.
class ReplicatePairs {
public:
    /// `quarters`: the first that are looked at; `points`: of each replicate.
    ReplicatePairs(std::size_t quarters, std::size_t points);
    /// Some whole replicates of both, run = replicate * points + point. Else as OutcomePairs::add().
    void add(const Histories& a, const Histories& b);
    /// [quarter][class]
    std::vector<PairedDifference> class_shares() const;

private:
    std::vector<PolicyComparison> shares_; ///< [quarter][class], of two
};
/// paired_difference() of zeros and ones, by how many pairs have a one in both, in the first alone and in the second alone.
PairedDifference paired_shares(std::uint64_t pairs, std::uint64_t both, std::uint64_t only_a, std::uint64_t only_b);
/// t_interval() of the pairs' differences.
Interval interval_of(const PairedDifference& difference);

/// One quantity of b less that of a.
struct Shift {
    std::string quantity; ///< as parse_quantity() reads it
    PairedDifference difference;
};
/// Shares of classes and orientations at these quarters, then of events by the last quarter, the names as a quantity has them.
std::vector<Shift> shifts(const OutcomePairs& pairs, std::span<const int> dates);

/// When classes part, and in which class most.
struct Parting {
    int quarter = 0, class_number = 0;
    PairedDifference difference;
};
/// Of class shares, [quarter][class]: the first quarter in which one differs beyond noise, and the class that differs most there. Beyond noise: the sum of the
/// pairs' differences over the root of their squares' sum is above the normal quantile that holds `alpha` over all quarters and classes (Bonferroni). Of
/// single runs that is the sign test on the pairs that part (McNemar 1947); of replicates' means a self-normalised sum, normal in the limit (Giné, Götze and
/// Mason 1997). It cannot exceed the root of the number of pairs that part, so a few are not made too much of. `alpha` in (0, 1).
std::optional<Parting> first_parting(std::span<const PairedDifference> class_shares, double alpha = 0.001);
/// "class shares part in 2031Q2 (alignment -3.1 points)", or that no quarter parts them, or that there are too few pairs for any to do so.
std::string parting_text(std::span<const PairedDifference> class_shares, double alpha = 0.001);

} // namespace entente
