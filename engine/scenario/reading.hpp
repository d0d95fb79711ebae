// From TOML values to numbers, dates, distributions and courses. Every reader checks what it reads and writes what is wrong into Problems; it
// returns nothing if there is nothing to go on with.
#pragma once
#include "toml.hpp"
#include "toml_text.hpp"
#include <fmt/format.h>
#include <array>
#include <map>
#include <optional>

namespace entente {

inline constexpr int last_quarter = 743; ///< 2199Q4, the last that a date can name
/// 2099Q3: a quarter later total_trade_china, which grows at a constant rate, leaves its range and every run of the baseline fails.
inline constexpr int last_horizon = 342;

/// What is wrong with some files, as it is found.
struct Problems {
    static constexpr std::size_t most = 50; ///< so many are told; a text that holds more is of another kind, or hostile
    std::vector<Problem> list;
    /// Throws ScenarioErrors when there are too many.
    void add(Origin where, std::string message)
    {
        if (where.file.starts_with("--") && message.starts_with(where.file.substr(2) + ": ")) message.erase(0, where.file.size()); // an option's name says what it sets
        list.push_back({std::move(where), std::move(message)});
        if (list.size() < most) return;
        list.push_back({{list.back().where.file, 0, 0}, fmt::format("{} problems were found, and the rest is not looked at", most)}); // comes first
        throw ScenarioErrors(std::move(list));
    }
};

/// A value in a file, with the name by which messages call it.
struct GivenValue {
    const TomlValue* value = nullptr;
    std::string file, name;
    std::uint32_t line = 0, column = 0; ///< of its key

    Origin origin() const { return {file, value->line, value->column}; }
    Origin key() const { return {file, line, column}; }
    /// An entry or an item of it; messages call it `called`.
    GivenValue entry(const TomlEntry& e, std::string called) const { return {&e.value, file, std::move(called), e.line, e.column}; }
    /// Of an array.
    GivenValue item(const TomlValue& v) const { return {&v, file, name, v.line, v.column}; }
};
using Section = std::map<std::string, GivenValue>;

std::string place_text(const Origin& where); ///< "file:line:col"
std::string got(const TomlValue& value);     ///< "'abc'", "3", "a table"

/// Nothing, with a problem, of what is no finite number from `low` to `high`.
std::optional<double> read_number(const GivenValue& given, double low, double high, Problems& problems);
/// Nothing, with a problem, of what is no whole number from `low` to `high`.
std::optional<std::int64_t> read_whole(const GivenValue& given, std::int64_t low, std::int64_t high, Problems& problems);
/// Nothing, with a problem, of what is no text.
std::optional<std::string> read_text(const GivenValue& given, Problems& problems);
/// A quarter within [first, last]; `why` says what is wrong with others.
std::optional<int> read_quarter(const GivenValue& given, int first, int last, std::string_view why, Problems& problems);
/// Nothing, with a problem, of what is not two numbers.
std::optional<std::array<double, 2>> read_pair(const GivenValue& given, Problems& problems);
/// Reports the keys of a table that are not among `allowed`; false if there are any.
bool only_keys(const GivenValue& table, const std::vector<std::string>& allowed, Problems& problems);
/// An entry of a table under the name "TABLE: KEY".
std::optional<GivenValue> entry_of(const GivenValue& table, const char* key);
/// The same, or a problem; of a table whose other keys only_keys() reports.
std::optional<GivenValue> required(const GivenValue& table, const char* key, Problems& problems);
/// Whether a key that is missing stands there mistyped: only_keys() has said so, and it need not be said again.
bool is_mistyped(const GivenValue& table, const std::string& missing);
/// The one key among `kinds` that the table has; reports none and several.
const TomlEntry* one_of(const GivenValue& table, const std::vector<std::string>& kinds, Problems& problems);

/// By the row's own spread about its default (ODD.md, 3.5).
Distribution default_distribution(const Row& row);
/// Of a parameter that no file sets: drawn from its spread, or still.
inline Distribution at_rest(const Row& row, bool drawn) { return drawn ? default_distribution(row) : Distribution{.shape = Shape::value, .a = row.standard}; }
/// A number, a range or a named distribution, within the row's range.
std::optional<Distribution> read_distribution(const GivenValue& given, const Row& row, Problems& problems);
/// Names of a structure's answers.
std::vector<std::string> alternatives(const Row& structure);
/// One answer, or weights of several: one per alternative, of sum 1.
std::optional<std::vector<double>> read_mixture(const GivenValue& given, const Row& structure, Problems& problems);

/// Of the free world, quarters.
struct Span {
    int start, horizon;
};
/// The items of an array, or the value itself.
std::vector<GivenValue> items_of(const GivenValue& given);
/// Levers and events act from `start` on: of a run that ends before, none does, which is reported.
bool can_act(const GivenValue& given, Span span, Problems& problems);
/// A constant, a path or levels that wait; `index`: of the lever.
Course read_lever(const GivenValue& given, std::size_t index, Span span, Problems& problems);
/// Dates, sizes and waits; `index`: of the forced event.
Course read_event(const GivenValue& given, std::size_t index, Span span, Problems& problems);
/// Set, hold or add over quarters; `index`: of the variable.
Course read_pin(const GivenValue& given, std::size_t index, Span span, Problems& problems);
/// Whether a table says `after`, `while` or `once`.
bool waits(const GivenValue& given);
/// What it waits for, its value left at 0; `own_keys` are what else may stand there.
std::optional<Wait> read_wait(const GivenValue& given, std::vector<std::string> own_keys, Span span, Problems& problems);
/// As a file says it, without braces and value: "after = \"succession\", quarters = 2".
std::string wait_text(const Wait& wait, int start, int horizon);
/// In words: "from 2 quarters after the first succession on", "while sanctions_total is above 0.6".
std::string wait_words(const Wait& wait, int start, int horizon);
/// Whether an event befalls the first leader alone: in one quarter, and only if nobody has followed.
bool is_of_the_first(const Wait& wait);
/// "0/1" levers, events and variables know no values in between.
bool is_flag(const Row& row);
inline constexpr double mutiny_size = 0.07; ///< of a forced mutiny that names none: the one of June 2023 (C161)
/// Of a forced event that names none.
double default_size(const Row& forced);
/// Value at `quarter` on the straight line from `first` at `from` to `last` at `to`.
double linear(double first, double last, int from, int to, int quarter);

} // namespace entente
