#include "time_limit.hpp"
#include "../../core/number.hpp"
#include "../../core/text.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace entente::report {

static constexpr std::uint64_t minute = 60, hour = 60 * minute, day = 24 * hour;

std::optional<std::uint64_t> slurm_seconds(std::string_view text)
{
    const std::size_t dash = text.find('-');
    const bool days = dash != std::string_view::npos;
    std::vector<std::uint64_t> numbers;
    if (days) numbers.push_back(number_in<std::uint32_t>(text.substr(0, dash)).value_or(UINT32_MAX));
    for (const std::string& part : split(days ? text.substr(dash + 1) : text, ':')) numbers.push_back(number_in<std::uint32_t>(part).value_or(UINT32_MAX));
    if (numbers.size() > (days ? 4 : 3) || std::ranges::find(numbers, UINT32_MAX) != numbers.end()) return std::nullopt;
    // without days the first of one or two numbers is minutes, of three hours; with days the second is hours
    std::uint64_t unit = days ? day : numbers.size() == 3 ? hour : minute, seconds = 0;
    for (const std::uint64_t number : numbers) seconds += number * unit, unit = unit == day ? hour : unit / 60;
    return seconds <= most_slurm_days * day ? std::optional(seconds) : std::nullopt;
}

std::string slurm_time(std::uint64_t seconds)
{
    const std::string clock = fmt::format("{:02}:{:02}:{:02}", seconds % day / hour, seconds % hour / minute, seconds % minute);
    return seconds < day ? clock : fmt::format("{}-{}", seconds / day, clock);
}

} // namespace entente::report
