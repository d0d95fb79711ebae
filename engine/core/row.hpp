// One row of a mechanism's table: a parameter, a variable, a lever, a structure, a switch or an agent's column with its unit, range and
// meaning. Plain data, the same for every instruction set. A page's structs are written over a type Value: Value = Lanes gives the numbers,
// Value = Row gives the table, so that name, unit and default share one line.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace entente {

enum class Mark : std::uint8_t { calibrated, weak, prior, fixed };             ///< informed by data / weakly / by judgement only / nobody should sweep it
enum class Spread : std::uint8_t { log_normal, normal, limited_normal, none }; ///< of the baseline ensemble; limited: to [.05, .95]

/// A row's name, unit, range and meaning.
struct Row {
    std::string_view name, unit;
    double standard = 0, low = 0, high = 0; ///< default or initial value; range that the scenario reader allows and sweeps use
    std::string_view meaning, source;       ///< source: claim ids, or where the number comes from
    Mark mark = Mark::fixed;
    Spread spread = Spread::none;
    double sd = 0;                 ///< of the spread: of ln(value) for log_normal, of the value otherwise
    bool event = false;            ///< a variable that is 0 unless something happened this quarter
    std::string_view choices = {}; ///< of a structure: "limits|pawn", the first is the default and has code 0
};

/// Whether a variable takes whole numbers alone: a state, a flag or a count.
constexpr bool is_whole(const Row& row) { return row.unit.find("0/1") != std::string_view::npos || row.unit == "count"; }

inline constexpr double ensemble_sd = 0.25; ///< relative spread of a parameter in the baseline ensemble

/// A parameter with a prior: log-normal around its default with sd .25. Range = [low, high].
consteval Row parameter(std::string_view name, std::string_view unit, double standard, double low, double high, Mark mark, std::string_view meaning, std::string_view claims)
{
    return {.name = name, .unit = unit, .standard = standard, .low = low, .high = high, .meaning = meaning, .source = claims, .mark = mark, .spread = Spread::log_normal, .sd = ensemble_sd};
}
/// The same with another spread in the baseline ensemble.
consteval Row parameter(std::string_view name, std::string_view unit, double standard, double low, double high, Mark mark, Spread spread, double sd, std::string_view meaning, std::string_view claims)
{
    return {.name = name, .unit = unit, .standard = standard, .low = low, .high = high, .meaning = meaning, .source = claims, .mark = mark, .spread = spread, .sd = sd};
}
/// A coefficient that a reviewer could dispute but nobody should sweep: the scenario may set it to any finite number.
consteval Row fixed(std::string_view name, std::string_view unit, double value, std::string_view meaning, std::string_view claims = "")
{
    return {.name = name, .unit = unit, .standard = value, .low = -1e6, .high = 1e6, .meaning = meaning, .source = claims};
}
/// A variable with its initial value and range; values outside the range are a fault of the model.
consteval Row variable(std::string_view name, std::string_view unit, double initial, double low, double high, std::string_view meaning, std::string_view source)
{
    return {.name = name, .unit = unit, .standard = initial, .low = low, .high = high, .meaning = meaning, .source = source};
}
/// A variable that is 0 unless something happened in the quarter: 1, or what happened by number ("0/1/2"), or how much of it ("index").
consteval Row event(std::string_view name, std::string_view unit, double low, double high, std::string_view meaning)
{
    return {.name = name, .unit = unit, .low = low, .high = high, .meaning = meaning, .source = "definition", .event = true};
}
/// A page's event that is 0 or 1.
consteval Row event(std::string_view name, std::string_view meaning) { return event(name, "0/1", 0, 1, meaning); }
/// `choices`: names of the alternatives, the default first, parted by |.
consteval Row structure(std::string_view name, std::string_view choices, std::string_view meaning, std::string_view claims)
{
    return {.name = name, .unit = "choice", .meaning = meaning, .source = claims, .choices = choices};
}
/// A lever or another input over time; `standard` is its value while the scenario says nothing.
consteval Row input(std::string_view name, std::string_view unit, double standard, double low, double high, std::string_view meaning, std::string_view claims = "")
{
    return {.name = name, .unit = unit, .standard = standard, .low = low, .high = high, .meaning = meaning, .source = claims};
}
/// A column of an agent population, private to its page.
consteval Row column(std::string_view name, std::string_view unit, std::string_view meaning) { return {.name = name, .unit = unit, .meaning = meaning}; }

/// How many agents there are: the same in every run of an ensemble.
struct Counts {
    std::uint32_t firms = 48, banks = 12, elites = 40;
    friend bool operator==(const Counts&, const Counts&) = default;
};

} // namespace entente
