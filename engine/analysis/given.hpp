// A condition on futures: an event seen by a date, a class at a date, or any quantity on one side of a number.
//
//   EVENT by DATE | share_CLASS at DATE          holds in runs where its value is 1
//   not EVENT by DATE | not share_CLASS at DATE  holds in the others
//   QUANTITY < NUMBER   (also <=, >, >=)         any quantity of quantity.hpp but a quantile over runs
#pragma once
#include "quantity.hpp"

namespace entente {

struct Given {
    enum class Is : std::uint8_t { less, at_most, more, at_least };
    Quantity quantity;
    Is is = Is::at_least;
    double bound = 1;
    std::string text; ///< as it was asked
};
/// Throws std::invalid_argument that quotes the text: what quantity.hpp throws, a quantile, a share of several quarters or any other number without a bound, a bound that is no finite number, or one
/// that a share or a variable's range leaves no run on one side of.
Given parse_given(const std::string& text);
/// Of a run's value; false of a run that failed (NaN).
bool holds(const Given& given, double value);

} // namespace entente
