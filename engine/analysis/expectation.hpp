// What a scenario expects ([[expect]]), held to what came.
#pragma once
#include "quantity.hpp"
#include "precision.hpp"

namespace entente {

enum class Held : std::uint8_t {
    held,          ///< the whole 95 % interval of what came is as expected
    not_held,      ///< none of it is
    undecided,     ///< some of it: within the noise of so few runs
    reported,      ///< neither a sign nor bounds were given
    not_evaluated, ///< it takes another scenario, or every run
};
inline constexpr const char* held_names[] = {"held", "not held", "undecided", "reported", "not evaluated"};

/// An expectation, and whether it holds.
struct Judged {
    Expectation expected;
    Interval came; ///< of the quantity, or of its paired difference; NaN if it is not evaluated
    Held held = Held::not_evaluated;
};
/// `came`: of the difference where the expectation is of one, else of the quantity.
Judged judge(const Expectation& expected, const Interval& came);

/// A quantity with its 95 % interval as far as a summary knows it: a share or event exactly as share_of() has it, a mean at one date by Student's t. What adds up
/// several quarters or variables has an interval that is too wide rather than too narrow, since its spread is at most the sum of theirs. Nothing for a quantile,
/// which takes every run.
std::optional<Interval> known(const Quantity& quantity, const Summary& summary);

} // namespace entente
