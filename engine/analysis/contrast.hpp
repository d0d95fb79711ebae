// What is seen where an event came beside what it does: the difference of seeing splits into a cause, that of making it come, and a selection, that runs in which it comes by itself are others (Pearl 2009, chapter 1;
// the back door that is left open here is the whole model).
#pragma once
#include "two_groups.hpp"

namespace entente {

/// One number per run, in the three groups. All are of the runs that are whole in both arms.
struct Contrast {
    double as_is = 0, forced = 0, seen = 0; ///< means; NaN of seen without runs in which it is seen
    Interval cause;                         ///< forced - as_is: paired, Student's t
    Interval selection;                     ///< seen - forced
    Interval seeing;                        ///< seen - as_is: cause + selection, to the last digit but for rounding
    std::uint64_t runs = 0, seen_runs = 0;
};
/// `as_is[run]`, `forced[run]`: NaN of runs that failed, which leave both out. `seen[run]`: the event is seen in the run as it is. The seen are some of the runs, so that errors of selection and seeing come from the
/// runs' own parts of the difference (linearised; Cochran 1977, chapter 6); those of shares, where all or none of the seen count, are no narrower than two groups' without a common run: see share_difference().
/// Throws std::invalid_argument if lengths differ.
Contrast contrast(std::span<const double> as_is, std::span<const double> forced, std::span<const std::uint8_t> seen, bool share);

} // namespace entente
