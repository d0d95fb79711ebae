// Who has what part in a difference: Shapley values over players that are in or out (Shapley 1953, A value for n-person games), from values of coalitions that are paired run by run.
#pragma once
#include "../core/interval.hpp"
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

/// Bit i: player i is in.
using Coalition = std::uint64_t;
inline constexpr std::size_t most_exact_players = 12;   ///< 12!, by which shares are weighed, times a run's value stays a whole number that a double holds
inline constexpr std::size_t most_sampled_players = 63; ///< bits of a coalition
inline constexpr std::size_t most_players_in_pairs = 6; ///< up to so many, what two do together is told too
/// Everyone is in.
constexpr Coalition everybody(std::size_t players) { return (Coalition{1} << players) - 1; }

/// What a player has part in.
struct PlayerPart {
    Interval share; ///< Shapley value: what the player adds, averaged over all orders in which players come in
    Interval alone; ///< what it adds to nobody
    Interval last;  ///< what it adds to all others
};
/// What two players do together.
struct PairPart {
    std::size_t first = 0, second = 0;
    Interval together; ///< Shapley interaction index (Grabisch & Roubens 1999, eq. 4): what two add together beyond what each adds by itself, averaged over what else is in
};
/// Means over runs, 95 % intervals by Student's t over what repeats: runs, or blocks of runs with orders of their own.
struct ShapleyParts {
    double without = 0, with = 0;    ///< mean value of nobody and of everybody
    Interval difference;             ///< of the two, paired
    std::vector<PlayerPart> players; ///< whose shares add up to the difference
    std::vector<PairPart> pairs;     ///< none beyond most_players_in_pairs, and none of sampled orders
    std::uint64_t runs = 0;          ///< in all of this; the others failed in some coalition
    std::uint64_t orders = 0;        ///< in which players came in; 0: all
};

/// Of few players, from all coalitions. A run's shares are kept as whole multiples of 1/n!, so that those of 0s and 1s add up to the difference exactly.
class ExactShapley {
public:
    /// Throws std::invalid_argument beyond most_exact_players, or with none.
    ExactShapley(std::size_t players, std::size_t runs);
    /// What each run came to with these players in; NaN: it failed. Coalitions come in the order of their numbers, from 0 to everybody(players), so that the same bits come of any
    /// number of threads. Throws std::invalid_argument if they do not, or if there are not as many values as runs.
    void add(Coalition coalition, std::span<const double> values);
    /// Throws std::logic_error before all coalitions are added.
    ShapleyParts parts() const;

private:
    std::size_t players_, runs_;
    Coalition next_ = 0;
    std::vector<std::vector<double>> share_, alone_, last_, together_; ///< [player or pair][run]; share_ and together_ weighed
    std::vector<double> without_, with_;
};

/// An order in which players come in, and its reverse.
std::vector<std::vector<std::uint32_t>> orders_of_block(std::size_t players, std::size_t orders, std::uint64_t seed, std::uint64_t block);
/// The coalitions that players pass who come in so, with nobody, everybody, each alone and all but each: rising.
std::vector<Coalition> coalitions_of(std::span<const std::vector<std::uint32_t>> orders, std::size_t players);

/// Of many players, from orders drawn at random (Castro, Gómez & Tejada 2009), each followed by its reverse (Mitchell, Cooper, Frank & Holmes 2022, section 4.2). Each block of runs has orders of its
/// own, so that the spread between blocks knows of chance in runs and in orders; the interval is that of a mean over clusters.
class SampledShapley {
public:
    /// Throws std::invalid_argument beyond most_sampled_players, or with none.
    explicit SampledShapley(std::size_t players);
    /// Values of a block's runs, [coalition][run], for coalitions_of() its orders; NaN: the run failed. Throws std::invalid_argument if shapes do not agree.
    void add(std::span<const std::vector<std::uint32_t>> orders, std::span<const std::vector<double>> values);
    ShapleyParts parts() const;

private:
    struct Cluster {
        double sum = 0;
        std::uint64_t runs = 0;
    };
    static Interval over_clusters(const std::vector<Cluster>& clusters);
    std::size_t players_;
    std::uint64_t orders_ = 0;
    std::vector<std::vector<Cluster>> share_, alone_, last_; ///< [player][block]
    std::vector<Cluster> without_, with_, difference_;       ///< [block]
};

} // namespace entente
