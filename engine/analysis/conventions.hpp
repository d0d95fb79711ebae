// How far shares of classes and orientations hang on conventions: the weights of the alignment index and the thresholds between classes, which no article gives. The classes of stored runs are
// read off again under others; nothing is simulated. Pure functions.
#pragma once
#include "driver_effects.hpp"
#include "readings.hpp"
#include <string>
#include <vector>

namespace entente {

/// Weights and thresholds that differ from a scenario's own.
struct Convention {
    std::string text; ///< "alignment_least +.03"
    /// What a row of the page `outcome` is changed by.
    struct Change {
        std::size_t row; ///< among the rows of the page `outcome`
        double by;       ///< added to a threshold; a weight is multiplied by 1 + by
        bool weight;
    };
    std::vector<Change> changes;
};
inline constexpr double threshold_step = 0.03, weight_step = 0.2;
/// Each threshold between 0 and 1 moved down and up by threshold_step, all those of the alignment index together, and each weight by weight_step; weights are then divided by their sum, so that the index stays
/// between 0 and 1.
std::vector<Convention> single_conventions();
/// All of them at once: each threshold moved by what is uniform within threshold_step, and each weight within weight_step. The same for a seed on every machine.
std::vector<Convention> joint_conventions(std::size_t count, std::uint64_t seed);

/// Runs at one date: what codes are made of, and each run's own weights and thresholds.
struct ClassifiedRuns {
    std::size_t runs = 0;
    std::vector<double> values;       ///< [run][classified variable]; of runs that failed NaN
    std::vector<double> parameters;   ///< [run][row of the page `outcome`]
    std::vector<std::uint8_t> stored; ///< [run]: the code that the run itself had
};
/// Codes of runs under a convention; 255 of a run that failed.
std::vector<std::uint8_t> codes_under(const ClassifiedRuns& runs, const Convention& convention);

/// Something that can be said of the classes at a date, and whether it stands under a convention.
struct ConventionStatement {
    std::string text;
    bool own = false;        ///< under the scenario's own weights and thresholds
    std::size_t singly = 0;  ///< under so many of the single conventions
    std::size_t jointly = 0; ///< under so many of the joint ones
};
/// A convention with what it changes.
struct ConventionRow {
    Convention convention;
    std::vector<Effect> classes, orientations; ///< [class], [orientation]: its share less the scenario's own, of the same runs
};
/// What the conventions come to at one date.
struct Conventions {
    std::size_t runs = 0, failed = 0;
    std::size_t other = 0; ///< runs whose code, read off their stored values under their own convention, is not the one that they had: values are rounded to single precision
    std::vector<double> classes, orientations;        ///< [class], [orientation]: shares under the scenario's own
    std::vector<ConventionRow> single;                ///< of single_conventions()
    std::size_t joint = 0;                            ///< number of joint conventions
    std::vector<Band> class_range, orientation_range; ///< [class], [orientation]: over those, from 5 to 95 %
    std::vector<ConventionStatement> statements;
};
/// Throws std::invalid_argument if every run failed.
Conventions conventions_of(const ClassifiedRuns& runs, std::size_t joint, std::uint64_t seed);

} // namespace entente
