// The classes over time as a picture of signs: it needs no colour, and none but ASCII if there is nothing else.
#pragma once
#include "../model/kernel.hpp"
#include "looks.hpp"
#include <string>
#include <vector>

namespace entente::report {

/// The sign that stands for a class, the fuller the closer the tie; in the picture, and beside its name.
const char* sign_of(int outcome_class, Signs signs);

/// Shares stacked from rupture at the bottom to alliance at the top, each sign 5 % high. `course`: [quarter][class], shares of futures; the picture begins with quarter
/// `first` and ends with the course. A column is one quarter, or the first of as many as it takes to fit the width.
std::string picture(const std::vector<std::vector<double>>& course, int first, const Looks& looks);

/// A share over time as columns of up to `height` signs; a column is a quarter, or the first of as many as it takes to fit. `course`: [quarter], the first is quarter `first`.
std::string curve_picture(const std::vector<double>& course, int first, int height, const Looks& looks);

/// Gives each class its colour, on a text that shows them by their signs in UTF-8. Blue is close and orange apart, which all eyes tell from each other.
std::string painted(const std::string& text);

} // namespace entente::report
