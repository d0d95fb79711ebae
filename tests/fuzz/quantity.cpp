#include "analysis/given.hpp"
#include "analysis/pick.hpp"
#include "analysis/quantity.hpp"
#include "experiment/asked.hpp"
#include "targets.hpp"
#include <cmath>
#include <stdexcept>

// What is asked of a run, by itself, with a half-width, with a bound, and as the choice of a run.
void entente::fuzz::quantity(std::string_view bytes)
{
    const std::string text(bytes);
    try {
        const Quantity read = parse_quantity(text);
        require(read.from <= read.to && read.from >= 0, "a window is in order");
        for (const Quantity::Term& term : read.terms) require(std::isfinite(term.factor), "a factor is a number");
        static_cast<void>(fault_of_date(read, 44, 143));
        static_cast<void>(heading_of(read));
    } catch (const std::invalid_argument&) {
    }
    try {
        const Given given = parse_given(text);
        require(std::isfinite(given.bound) && !holds(given, NAN), "a bound is a number, and a run that failed meets none");
    } catch (const std::invalid_argument&) {
    }
    try {
        if (const auto stop = precision_in(text)) require(std::isfinite(stop->half_width) && stop->half_width > 0, "a half-width is above 0");
    } catch (const std::invalid_argument&) {
    }
    try {
        const double level = parse_pick(text).level;
        require(level >= 0 && level <= 1, "a level is a share");
    } catch (const std::invalid_argument&) {
    }
}
