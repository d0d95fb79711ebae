// What a sweep varies, and what a value of it does to a scenario.
#pragma once
#include "../scenario/scenario.hpp"
#include <functional>
#include <optional>

namespace entente {

/// One thing that a sweep varies. A value of it is a double: the number itself, a quarter (0 is 2014Q1), or the number of a choice.
struct Factor {
    enum class Kind : std::uint8_t { number, whole, date, choice };
    std::string name;
    Kind kind = Kind::number;
    Distribution distribution;        ///< of a number without levels
    std::vector<double> levels;       ///< of a number, if the file lists them; rising or as listed
    double low = 0, high = 0;         ///< of a whole number or date: inclusive; of a number: least and greatest value it takes (may be infinite)
    std::vector<std::string> choices; ///< of a choice: texts
    Origin origin;
    std::optional<double> own{}; ///< where the scenario stands by itself, if that is one of the values
};
/// Number of values that it takes; 0 if they are a continuum.
std::size_t level_count(const Factor& factor);
/// The value at probability u in [0, 1]: of a continuum the quantile (0 and 1 only where the distribution is bounded), else the level in whose share u falls.
double value_at(const Factor& factor, double u);
/// Whether it has a least and a greatest value, so that value_at knows what u = 0 and u = 1 mean. Only bells that are not cut have none.
bool is_bounded(const Factor& factor);
/// The probability in the middle of the share of level 0 ... level_count - 1: there value_at gives that level.
double level_middle(const Factor& factor, std::size_t level);
/// The value as a scenario or table has it: "0.4", "2031Q1", "pawn". A drawn number is the shortest text of the same single-precision number, a
/// listed one of the same double-precision number.
std::string value_text(const Factor& factor, double value);
/// The values that it takes: "uniform(0, 1)", "0, 0.5, 1", "2026Q1 to 2036Q4", "limits, pawn".
std::string values_text(const Factor& factor);

/// What a factor's value does to one thing of a scenario.
struct Placement {
    enum class Kind : std::uint8_t { nothing, parameter, structure, course, dial };
    Kind kind = Kind::nothing;
    std::string sets = {};                     ///< what that is, "levers.western_carrot"; empty without a scenario
    std::size_t index = 0;                     ///< of a parameter or structure in the description, of a driver among the drivers
    std::vector<float> codes = {};             ///< of a structure: which alternative each choice is
    std::function<Course(double)> course = {}; ///< of a lever, event or pin: what the value imposes
};

/// A factor's value does all of these at once; none without a scenario.
using Placements = std::vector<Placement>;
/// "levers.sanctions_push, levers.enforcement_push".
std::string sets_text(const Placements& placements);

/// Where the scenario stands by itself, if that is the same for all that the factor sets: a parameter (a drawn one: its median), a structure (a mixture: its likeliest alternative), the course of a lever, event
/// or pin (a number: the level in the first quarter in which the factor acts), a dial. Nothing if that is none of the factor's values.
std::optional<double> own_value(const Factor& factor, const Placements& placements, const Scenario& scenario);

} // namespace entente
