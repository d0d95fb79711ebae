// When runs first see each event, counted some runs at a time, so that memory does not grow with them: what survival.hpp works on. Times are in quarters: an event in the first quarter of the free
// future comes at 1, and who has not seen it by the horizon is censored there. A run that failed is left out and counted.
#pragma once
#include "difference.hpp"
#include "survival.hpp"

namespace entente {

/// Events of which the first is looked for: numbers in the description, all different. Two in one quarter count as the one that stands first.
using Competing = std::vector<std::size_t>;

/// Counts of first events by quarter, of any number of runs.
class EventTimes {
public:
    /// The free future: from `start` to `horizon`, quarters. Throws std::invalid_argument if there is none, or a number is no event's.
    EventTimes(int start, int horizon, std::vector<Competing> groups = {});
    /// Some runs. An event before the start counts as one in its first quarter, one after the horizon as not seen. Throws std::invalid_argument if there are not as many dates as runs.
    void add(const Histories& runs);
    int start() const { return start_; }
    int horizon() const { return horizon_; }
    std::size_t steps() const { return static_cast<std::size_t>(horizon_ - start_) + 1; }
    std::uint64_t runs() const { return runs_; }     ///< that did not fail
    std::uint64_t failed() const { return failed_; } ///< that did
    /// Of one event, its number in the description.
    LifeTable table(std::size_t event) const;
    LifeTable first_of(std::size_t group) const; ///< causes in the group's order
    /// Runs of a group that see two of its events in the quarter of the first.
    std::uint64_t ties(std::size_t group) const { return ties_[group]; }

private:
    friend EventTimes event_times(const Summary& summary, int horizon);
    int start_, horizon_;
    std::vector<Competing> groups_;
    std::uint64_t runs_ = 0, failed_ = 0;
    std::vector<std::vector<std::uint64_t>> seen_;               ///< [event][step]
    std::vector<std::vector<std::vector<std::uint64_t>>> first_; ///< [group][cause][step]
    std::vector<std::uint64_t> ties_;                            ///< [group]
};
/// Of a result that keeps no single runs; up to `horizon`, at most the summary's. Competing events are not in it.
EventTimes event_times(const Summary& summary, int horizon);

/// The same runs under two scenarios: differences of restricted means, run by run.
class EventPairs {
public:
    /// From `start` to `horizon`, quarters.
    EventPairs(int start, int horizon);
    /// The same runs of both; those that are not whole in either are left out. Throws std::invalid_argument if there are not as many.
    void add(const Histories& a, const Histories& b);
    std::uint64_t pairs() const { return pairs_; }
    /// b - a, in quarters without the event from start to horizon; as paired_restricted_means().
    PairedDifference restricted_mean(std::size_t event) const;
    /// Of the shares that see it by the horizon.
    PairedDifference seen(std::size_t event) const;

private:
    /// Exact: quarters are whole numbers.
    struct Sums {
        std::int64_t a = 0, b = 0, squares_a = 0, squares_b = 0, squares = 0;
        std::uint64_t both = 0, only_a = 0, only_b = 0;
    };
    int start_, horizon_;
    std::uint64_t pairs_ = 0;
    std::vector<Sums> sums_; ///< [event]
};

/// What competes, in words.
struct CompetingRow {
    const char *name, *question;
    std::array<std::string_view, 2> events, labels;
};
inline constexpr CompetingRow competing_rows[] = {
    {"russian_exit", "How the first Russian leader goes", {"ouster", "succession"}, {"ousted", "in another way"}},
    {"war_end", "What ends full war in Ukraine first", {"military_collapse", "ceasefire"}, {"the Russian army collapses", "a ceasefire, without that"}},
    {"orientation", "Where Russia is bound first, four quarters running", {"western_turn", "vassalage"}, {"western turn", "vassal of China"}},
    {"tie", "Which end of the tie is reached first, four quarters running", {"alliance", "rupture"}, {"alliance", "rupture"}},
};

} // namespace entente
