#include "pick.hpp"
#include "../core/number.hpp"
#include "../core/text.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {

Pick parse_pick(const std::string& text)
{
    const std::size_t of = text.find(" of ");
    const std::string_view head = trim(std::string_view(text).substr(0, of));
    if (of == std::string::npos) throw std::invalid_argument(fmt::format("'median of QUANTITY' or 'P% of QUANTITY' expected, got '{}'", text));
    double percent = 50;
    if (head != "median") {
        const auto number = number_in<double>(trim(head.substr(0, head.find('%'))));
        if (!head.ends_with('%') || !number || *number < 0 || *number > 100)
            throw std::invalid_argument(fmt::format("'median' or a percentage from 0% to 100% expected before 'of', got '{}'", head));
        percent = *number;
    }
    return {percent / 100, parse_quantity(std::string(trim(std::string_view(text).substr(of + 4))))};
}

Picked nearest_run(const std::vector<double>& values, double level)
{
    std::vector<double> sorted;
    std::copy_if(values.begin(), values.end(), std::back_inserter(sorted), [](double x) { return !std::isnan(x); });
    if (sorted.empty()) throw std::invalid_argument("no run has a value to pick by");
    std::sort(sorted.begin(), sorted.end());
    const double place = level * static_cast<double>(sorted.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(place), sorted.size() - 1), above = std::min(below + 1, sorted.size() - 1);
    Picked picked{.run = 0, .value = 0, .quantile = sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below])};
    double least = -1;
    for (std::size_t run = 0; run < values.size(); ++run) {
        const double distance = std::abs(values[run] - picked.quantile);
        if (std::isnan(values[run]) || (least >= 0 && distance >= least)) continue;
        least = distance, picked.run = run, picked.value = values[run];
    }
    return picked;
}

} // namespace entente
