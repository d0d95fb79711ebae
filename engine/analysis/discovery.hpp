// Which box of a trajectory is worth telling, how sure its limits are, and whether it is more than luck. Pure functions.
#pragma once
#include "../core/interval.hpp"
#include "prim.hpp"
#include <atomic>
#include <functional>

namespace entente {

/// Which box of a trajectory is taken.
struct Wanted {
    enum class By : std::uint8_t {
        knee, ///< the greatest distance of coverage above what as many rows at random would cover: hits among hits less runs among runs, both of those it began with (the weighted relative
        ///< accuracy of Lavrac, Flach and Zupan 1999): where a box has an even density inside and a lower one outside, that is the box
        density,  ///< of those this dense, the one that covers most
        coverage, ///< of those that cover this much, the densest
        step      ///< this one
    } by = By::knee;
    double least = 0;     ///< of density and coverage
    std::size_t step = 0; ///< of step
};
/// The step; of equal ones the first. Nothing if none is dense enough, covers enough, or there is no such step. Step 0 means that no box is better than all rows.
std::optional<std::size_t> chosen_step(const Trajectory& trajectory, const Wanted& wanted);

/// How boxes are looked for, and when a search ends.
struct DiscoveryOptions {
    PrimOptions prim;
    Wanted wanted;
    std::size_t boxes = 3;         ///< at most
    std::uint32_t resamples = 200; ///< 20 at least
    std::uint64_t seed = 1;
    std::size_t many_inputs = 20; ///< with more than so many, a box is looked for only in those that tell something: see discover()
    bool keep_loose = false;      ///< limits that do not stand stay in the box
    double level = 0.05;          ///< above which a box is taken for luck, and a limit's quasi-p for nothing
    std::uint32_t threads = 1;    ///< 0: all cores; the numbers do not depend on it
};

/// One side of a box, and what it is worth.
struct BoxLimit {
    enum class Side : std::uint8_t { lower, upper, choices } side = Side::lower;
    std::size_t column = 0;
    double at = 0;                ///< of lower and upper
    double quasi_p = 1;           ///< chance of as many hits if the density were that of the box without this limit (Bryant and Lempert 2010)
    double returns = 0;           ///< share of resamples whose box has a limit there too
    Interval interval{};          ///< 90 %, of lower and upper: see discover()
    std::vector<double> inside{}; ///< [choice] share of resamples whose box has it
};
/// What a box comes to on rows that it was not found on.
struct HeldOut {
    std::uint32_t halves = 0;                   ///< in which a box was found
    double density = 0, coverage = 0, mass = 0; ///< means over them
    double all_density = 0;                     ///< of all the held-out rows
    double p = 1;                               ///< that the density is no more than that of all: twice the median over halves (Meinshausen, Meier and Buehlmann 2009)
};
/// A box with what its limits and its luck are worth.
struct FoundBox {
    Trajectory path;
    std::size_t step = 0;
    std::vector<std::size_t> columns{}; ///< in which it was looked for, rising; none: all
    Box box;                            ///< that step's, without limits that do not stand
    CaseCount in{};
    double mass = 0, coverage = 0;
    Interval density{};                  ///< 95 %, Jeffreys, of as many runs as the rows are worth
    double rest_density = 0;             ///< of the rows that it was looked for among and that lie outside
    std::vector<BoxLimit> limits, loose; ///< of the box, by rising quasi-p; and those that were taken out of it
    HeldOut held_out;
    bool stands = false; ///< held_out.p is at most the level
};
/// Boxes one after another, and why no other follows.
struct Discovery {
    CaseCount all{};
    std::vector<FoundBox> boxes; ///< the last may be one that does not stand: then no other was looked for
    enum class End : std::uint8_t { enough, never, always, no_better, does_not_stand, not_dense, no_inputs } end = End::enough; ///< why there are no more
    double best_density = 0, best_coverage = 0; ///< if nothing is dense enough or covers enough: the most there is
};

/// Boxes one after another, each among the rows that those before it left.
///
/// Many inputs: in each of them a slice of 5 % may by luck hold no hit, and among a hundred such slices those that mean something do not stand out: the box is then made of luck. With more than `many_inputs`
/// columns one is searched in only if it tells hits from other runs: a two-sample Kolmogorov-Smirnov test of its values with hits against those without (Stephens 1970), of a choice a chi-square test, at
/// `level` divided by the number of columns; sizes are runs / design_effect(). After a box is found, the other columns are tested among its rows, and those that tell something there join, until none does.
/// If no column tells anything all are searched in. Halves of the rows begin anew with all of this.
///
/// Resampling: halves of the rows are drawn without replacement, and in each a box is found and chosen in the same way, with the rows of earlier boxes left out. A half tells as much of a limit's
/// scatter as a bootstrap does (Politis and Romano 1994), without rows that stand twice. Rows are drawn, not runs: replicates that share a point stay together, because they tell of one point alone,
/// and the scatter between points is what is not known. Each half peels and pastes another share, between half of what was asked for and one and a half: limits would else fall on one grid of
/// slices in all halves, and none would tell how wide a slice is. A limit's interval goes from the 5 % to the 95 % point over halves; a half whose box has no such limit counts as one that has it at
/// the column's end. Where the half's box has less than half of its rows in common with the one in question, the half's next box is taken for its limits if that is nearer.
/// A limit stands if it comes back in at least half of the resamples and its quasi-p is at most `level`; others are taken out of the box, the weakest first, each time with what is
/// left rated again.
///
/// Quasi-p and the interval of the density take the runs of a box for as many as they are worth: runs / design_effect(). With one run a row that is the binomial of the reference.
///
/// The rows that a half leaves out know nothing of its box: how dense they are in it is an honest number, and how likely it is without any box is tested with them, a one-sided binomial against all of
/// them. `hear` is told which share is done.
/// Throws std::invalid_argument if an option is out of its range, or as throw_if_unsound().
std::optional<Discovery> discover(const Cases& cases, const DiscoveryOptions& options = {}, const std::function<void(double)>& hear = {}, const std::atomic<bool>* stop = nullptr);

/// For each column the chance that its values with and without hits differ as they do among these rows, or more, if it has nothing to do with them. 1 where all rows are hits, or none.
std::vector<double> chances_of_telling(const BoxSearch& search, std::span<const std::uint32_t> rows);

/// One limit of a box removed, so that the column ends where the rows do.
Box without(Box box, const BoxLimit& limit, const Box& start);
/// The limits of a box: lower before upper, by column.
std::vector<BoxLimit> limits_of(const Box& box, const Box& start);
/// Chance of as many hits as the box has among rows if its density were that of the box without the limit.
double quasi_p(const Cases& cases, const Box& box, const Box& start, const BoxLimit& limit, std::span<const std::uint32_t> rows);

} // namespace entente
