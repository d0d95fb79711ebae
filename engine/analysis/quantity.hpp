// What a user asks of a run, as one number per run: "mean trust at 2045Q1", "share_vassal at 2045Q1", "rupture by 2045Q1".
//
//   mean EXPR at DATE | mean EXPR from DATE to DATE | change EXPR from DATE to DATE       EXPR: variables, with factors: supply_tier1 - 0.5 * supply_tier2
//   share_CLASS at DATE | share_CLASS from DATE to DATE                                   1 if the run is in that class or orientation, or its share of quarters
//   change share_CLASS from DATE to DATE                                                  1 if it is in it at the second date alone, -1 at the first alone, else 0
//   EVENT by DATE                                                                         1 if the run has seen the event by then
//   first EVENT by DATE                                                                   its quarter since 2014Q1, or DATE's if not seen by then
//   median EXPR at DATE | 90% of EXPR at DATE (or from DATE to DATE)                      the run's mean; over runs not the mean is asked for but this quantile
//
// A DATE is a quarter, 2045Q1; a year stands for its first quarter.
#pragma once
#include "../ensemble/ensemble.hpp"
#include <optional>
#include <string>
#include <vector>

namespace entente {

struct Quantity {
    enum class Kind : std::uint8_t { mean, change, share, seen, first } kind = Kind::mean;
    /// A variable times a factor.
    struct Term {
        double factor;
        std::size_t variable;
    };
    std::vector<Term> terms; ///< empty: of a class or orientation
    int code = 0;            ///< that class, or 8 + the orientation
    std::size_t event = 0;
    int from = 0, to = 0;          ///< quarters, inclusive
    std::optional<double> level{}; ///< of the quantile over runs that is asked for; none: their mean
    std::string text;
};
/// Throws std::invalid_argument that quotes the text with a caret under the place.
Quantity parse_quantity(const std::string& text);
/// Whether a run's value lies between 0 and 1.
bool is_part(const Quantity& quantity);
/// Whether a run's value is 0 or 1, so that the mean over runs is a share.
bool is_share(const Quantity& quantity);
/// What is wrong with a number that such values are held to, or are to be known to: shares are no percentages. Empty if nothing is.
std::string fault_of_share(const Quantity& quantity, double share);
/// What is wrong with a share as a bound, in words; "" if nothing is. `least`: the least that is allowed.
std::string fault_of_share(double share, double least = 0);
/// What its numbers are counted in; empty if that is no more than a share or an index, or if its variables have different units.
std::string unit_of(const Quantity& quantity);
/// A run's number in words: "trust of both: mean from 2030Q1 to 2034Q4".
std::string meaning_of(const Quantity& quantity);
/// Its text and unit, for a heading: "first rupture by 2045Q1 (quarters since 2014Q1)".
std::string heading_of(const Quantity& quantity);
/// What is wrong with a date that is asked for, of a scenario with this start and horizon; empty if nothing is.
std::string fault_of_date(const Quantity& quantity, int start, int horizon);
/// The variables that these need kept, rising.
std::vector<std::uint32_t> variables_of(const std::vector<Quantity>& quantities);
/// Of run `run` among the `runs` of a block that kept what the quantity needs.
double evaluate(const Quantity& quantity, const BlockResult& block, std::size_t run, std::size_t runs);

} // namespace entente
