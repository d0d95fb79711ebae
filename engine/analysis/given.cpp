#include "given.hpp"
#include "../core/number.hpp"
#include "../core/text.hpp"
#include "../model/kernel.hpp"
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

[[noreturn]] void refuse(const std::string& text, const std::string& what) { throw std::invalid_argument(fmt::format("condition: {}\n  {}", what, text)); }

/// What a run's value can be, by the ranges of what it is made of.
struct Reach {
    double low = 0, high = 1;
};
Reach reach_of(const Quantity& q)
{
    Reach reach{0, 1};
    if (q.kind == Quantity::Kind::first) reach = {0, static_cast<double>(q.to)};
    if (!q.terms.empty()) {
        reach = {0, 0};
        for (const Quantity::Term& term : q.terms) {
            const Row& row = describe().variables[term.variable];
            const bool bounded = row.low < row.high;
            const double low = bounded ? row.low : -std::numeric_limits<double>::infinity(), high = bounded ? row.high : std::numeric_limits<double>::infinity();
            reach.low += term.factor * (term.factor < 0 ? high : low), reach.high += term.factor * (term.factor < 0 ? low : high);
        }
    }
    if (q.kind == Quantity::Kind::change) reach = {reach.low - reach.high, reach.high - reach.low};
    return reach;
}

/// Why all runs, or none, would be on one side; empty if the bound parts them.
std::string fault_of_bound(const Given& g)
{
    const auto [low, high] = reach_of(g.quantity);
    const bool below = g.is == Given::Is::less || g.is == Given::Is::at_most; // runs below the bound are meant
    const bool with_bound = g.is == Given::Is::at_most || g.is == Given::Is::more;
    const bool some_below = with_bound ? low <= g.bound : low < g.bound, some_above = with_bound ? high > g.bound : high >= g.bound;
    if (some_below && some_above) return "";
    const std::string percent = is_part(g.quantity) && g.bound > 1 && g.bound <= 100 ? fmt::format("; {:.6g} is {:g} %", g.bound / 100, g.bound) : "";
    return fmt::format("values lie from {:g} to {:g}, so that {:g} leaves {} runs{}", low, high, g.bound, (below ? some_below : some_above) ? "all" : "no", percent);
}

struct Sign {
    const char* text;
    Given::Is is;
};
constexpr Sign signs[] = {{"<=", Given::Is::at_most}, {">=", Given::Is::at_least}, {"<", Given::Is::less}, {">", Given::Is::more}}; // the longer ones first

} // namespace

Given parse_given(const std::string& text)
{
    Given given;
    given.text = std::string(trim(text));
    const std::size_t at = given.text.find_first_of("<>=");
    const std::string left(trim(given.text.substr(0, at)));
    const bool refused = left.starts_with("not ");
    try {
        given.quantity = parse_quantity(refused ? left.substr(4) : left);
    } catch (const std::invalid_argument& e) {
        throw std::invalid_argument(fmt::format("condition: {}", std::string_view(e.what()).starts_with("quantity: ") ? std::string_view(e.what()).substr(10) : e.what()));
    }
    const Quantity& q = given.quantity;
    if (q.level) refuse(given.text, "a quantile is over runs, and no run has one; ask for the run's own value, 'mean ...'");
    if (at == std::string::npos) {
        if (!is_share(q)) refuse(given.text, fmt::format("'{}' is a number, and needs '<', '<=', '>' or '>=' and a bound", left));
        given.is = refused ? Given::Is::less : Given::Is::at_least;
        return given;
    }
    if (refused) refuse(given.text, "'not' stands before an event or a class alone; of a bound turn the sign");
    const std::string rest = given.text.substr(at);
    const Sign* sign = nullptr;
    for (const Sign& s : signs)
        if (sign == nullptr && rest.starts_with(s.text)) sign = &s;
    if (sign == nullptr) refuse(given.text, "'<', '<=', '>' or '>=' expected, got '='");
    given.is = sign->is;
    const std::string bound(trim(rest.substr(std::string_view(sign->text).size())));
    const auto number = number_in<double>(bound);
    if (!number) refuse(given.text, fmt::format("a finite number after '{}' expected, got {}", sign->text, bound.empty() ? "nothing more" : "'" + bound + "'"));
    given.bound = *number;
    if (const std::string fault = fault_of_bound(given); !fault.empty()) refuse(given.text, fault);
    return given;
}

bool holds(const Given& given, double value)
{
    switch (given.is) {
    case Given::Is::less: return value < given.bound;
    case Given::Is::at_most: return value <= given.bound;
    case Given::Is::more: return value > given.bound;
    case Given::Is::at_least: return value >= given.bound;
    }
    return false;
}

} // namespace entente
