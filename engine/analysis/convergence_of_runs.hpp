// How numbers of an ensemble settle as runs are added, and how many it takes to know them as well as one wants. Of the first runs of one ensemble, each look holding the one before. Pure functions.
#pragma once
#include "difference.hpp"
#include "share.hpp"
#include "survival.hpp"

namespace entente {

/// Numbers of first runs to look at: a sixteenth, an eighth, a quarter, a half and all; none twice, and none below one.
std::vector<std::uint32_t> looks_at(std::uint32_t runs);
/// How often the estimate of all `later` runs lies in the 95 % interval of the first `earlier` of them: more often than in 95 %, since it holds them. The two differ by a normal deviate of variance
/// v (1/earlier - 1/later), v a run's. In the limit of many runs; 1 if they are as many.
double chance_to_hold(double earlier, double later);

/// Fewest runs whose 95 % Jeffreys interval (share.hpp) is no wider to either side than `half_width` on average, if that share of them has it; `share` in [0, 1], `half_width` in (0, .5). It is
/// the interval's own formula inverted, with counts taken as real numbers. Throws std::invalid_argument outside those ranges.
std::uint64_t runs_for_half_width(double share, double half_width);
/// The same for the least favourable share of an interval: the one nearest to 1/2. As many runs are enough unless the truth lies outside.
std::uint64_t runs_for_half_width(const Share& known, double half_width);
/// Fewest runs whose 95 % Jeffreys interval of a share does not hold 1/2; none if it is 1/2.
std::optional<std::uint64_t> runs_to_part_from_half(double share);
/// Fewest runs by which the median's interval is that one time, from a curve that falls: at the time before more than half, and at the median less than half have not seen it. None if there is
/// no median, or the curve is at 1/2 there.
std::optional<std::uint64_t> runs_to_place_median(const Survival& curve);

/// Counts of the first runs at each look, from single runs that come in blocks.
class GrowingCounts {
public:
    /// `dates`: quarters that are looked at; events from `start` to `horizon`, which may be none.
    GrowingCounts(std::uint32_t runs, std::vector<int> dates, int start, int horizon);
    /// Runs from number `first` on. Throws std::invalid_argument if quarters are missing.
    void add(std::uint32_t first, const Histories& runs);
    const std::vector<std::uint32_t>& looks() const { return looks_; }
    std::uint32_t whole(std::size_t look) const; ///< of its runs those that did not fail
    /// [look]
    std::vector<Share> in_class(std::size_t date, int number) const;
    /// As in_class().
    std::vector<Share> with_orientation(std::size_t date, int number) const;
    /// By the horizon; as in_class().
    std::vector<Share> seen(std::size_t event) const;
    LifeTable table(std::size_t event, std::size_t look) const; ///< in quarters from the start, as EventTimes

private:
    std::vector<Share> shares(std::size_t date, int number, int (*of)(std::uint8_t)) const;

    std::vector<int> dates_;
    int start_;
    std::size_t steps_;
    std::vector<std::uint32_t> looks_, whole_;                   ///< [look]; whole_: of the runs that this look adds
    std::vector<std::uint32_t> code_;                            ///< [look][date][32], added by the look
    std::vector<std::vector<std::vector<std::uint64_t>>> event_; ///< [look][event][step], added by the look
};

/// Of all pairs of an earlier and a later look, how often the later estimate lies in the earlier interval, and how often it should. Looks whose interval has no estimate are left out.
struct HeldLooks {
    std::uint32_t pairs = 0, held = 0;
    double expected = 0; ///< sum of chance_to_hold()
};
/// Counts the pairs of one number's looks, `at_looks` by rising number of runs.
void add(HeldLooks& all, std::span<const Share> at_looks);

} // namespace entente
