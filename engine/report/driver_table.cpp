#include "driver_table.hpp"
#include "../core/quarter.hpp"
#include "../model/kernel.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <functional>

namespace entente::report {
namespace {

/// A column: its name, and its text for a dial at one end.
struct Column {
    std::string name;
    std::function<std::string(const DialEffect&)> text;
};

/// Classes that any dial moves, the most first.
std::vector<std::size_t> most_moved(const DriverEffects& effects)
{
    std::array<double, outcome_classes> moved{};
    for (const DriverEffect& d : effects.drivers)
        for (const DialEffect* const dial : {&d.low, &d.high})
            for (std::size_t c = 0; c < moved.size(); ++c) moved[c] = std::max(moved[c], std::abs(dial->classes[c].mean));
    std::vector<std::size_t> all;
    for (const int c : class_order) all.push_back(static_cast<std::size_t>(c));
    std::ranges::stable_sort(all, std::greater<>(), [&](std::size_t c) { return moved[c]; });
    return all;
}

std::size_t width_of(const Column& column, const DriverEffects& effects)
{
    std::size_t width = columns(column.name);
    for (const DriverEffect& d : effects.drivers) width = std::max({width, columns(column.text(d.low)), columns(column.text(d.high))});
    return width + 1;
}

Column of_class(std::size_t c, Signs signs)
{
    return {std::string(class_names[c]), [=](const DialEffect& e) { return effect_text(e.classes[c], 100, 1, signs); }};
}

Column of_orientation(int orientation, Signs signs)
{
    return {words_of(orientation_names[orientation]), [=](const DialEffect& e) { return effect_text(e.orientations[static_cast<std::size_t>(orientation)], 100, 1, signs); }};
}

/// What stands in the table: the index, then as many classes as fit, from alliance to rupture, then the two orientations.
std::vector<Column> columns_of(const DriverEffects& effects, std::size_t room, Signs signs)
{
    const Column itself{"itself", [](const DialEffect& e) { return fmt::format("{:.3g}", e.variable); }};
    const Column index{"index", [=](const DialEffect& e) { return effect_text(e.alignment_index, 1, 3, signs); }};
    const std::vector<Column> last = {of_orientation(1, signs), of_orientation(2, signs)};
    std::vector<Column> all = {itself, index};
    std::size_t used = 0;
    for (const Column& column : {itself, index, last[0], last[1]}) used += width_of(column, effects);
    std::vector<std::size_t> shown;
    for (const std::size_t c : most_moved(effects)) {
        used += width_of(of_class(c, signs), effects);
        if (!shown.empty() && used > room) break;
        shown.push_back(c);
    }
    for (const int c : class_order)
        if (std::ranges::count(shown, static_cast<std::size_t>(c)) > 0) all.push_back(of_class(static_cast<std::size_t>(c), signs));
    all.insert(all.end(), last.begin(), last.end());
    return all;
}

} // namespace

std::string driver_table(const DriverEffects& effects, const Looks& looks)
{
    constexpr std::size_t label = 5; // " high"
    const std::vector<Column> shown = columns_of(effects, looks.width - label, looks.signs);
    std::string out = wrapped(fmt::format("The four drivers, each turned alone to its low end (0) and its high end (1): what changes in {}, against the same {} futures as they "
                                          "are. {} is half the 95 % interval; itself: the variable that shows the driver, on average until then; index: the alignment "
                                          "index, 0 to 1; the rest: points of a share.",
                                          quarter_name(effects.quarter), with_commas(effects.futures), plus_minus(looks.signs)),
                              looks.width);
    const auto line = [&](const std::string& name, const std::function<std::string(const Column&)>& cell) {
        out += fmt::format("{:<{}}", name, label);
        for (const Column& column : shown) out += fmt::format("{:>{}}", cell(column), width_of(column, effects));
        out += "\n";
    };
    line("", [](const Column& column) { return column.name; });
    for (const DriverEffect& d : effects.drivers) {
        if (d.alone) out += wrapped(fmt::format("of it {} alone: {}", d.name.substr(d.name.find('.') + 1), d.label), looks.width);
        else out += fmt::format("drivers.{} = {:.3g}: {}, {:.3g} as it is\n", d.name, d.dial, d.label, d.level);
        line(" low", [&](const Column& column) { return column.text(d.low); });
        line(" high", [&](const Column& column) { return column.text(d.high); });
    }
    return out;
}

} // namespace entente::report
