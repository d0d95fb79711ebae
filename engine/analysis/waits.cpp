#include "waits.hpp"
#include "../core/quarter.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente {
namespace {

float at_start(const Wait& wait, const Told& told, int quarter) { return told.result.value(static_cast<std::size_t>(quarter) - 1, wait.index, told.run); }
/// At the start of the quarter, as the run found it; both numbers are rounded alike.
bool beyond(const Wait& wait, const Told& told, int quarter)
{
    if (quarter == 0) return false;
    const float x = at_start(wait, told, quarter), line = static_cast<float>(wait.line);
    return wait.above ? x > line : x < line;
}

} // namespace

int came(const Wait& wait, const Told& told)
{
    if (wait.what == Wait::For::event) return told.result.first_event.empty() ? -1 : told.result.first_event[wait.index * told.job.runs() + told.run];
    int q = static_cast<int>(told.job.start);
    while (q < told.quarters() && !beyond(wait, told, q)) ++q;
    return q < told.quarters() ? q - 1 : -1;
}

std::vector<bool> acting(const Wait& wait, const Told& told)
{
    const int since = came(wait, told), begins = since + wait.quarters, first = std::max(static_cast<int>(told.job.start), wait.from);
    std::vector<bool> acts(static_cast<std::size_t>(told.quarters()), false);
    for (int q = first; q < told.quarters() && q <= wait.to; ++q)
        acts[static_cast<std::size_t>(q)] = wait.what == Wait::For::while_beyond ? beyond(wait, told, q) : since >= 0 && q >= begins && (wait.lasts == 0 || q < begins + wait.lasts);
    return acts;
}

Course as_it_was(const Course& course, const Told& told)
{
    Course path{.target = course.target, .index = course.index, .how = course.how, .value = course.value};
    for (const Wait& wait : course.waits) {
        const std::vector<bool> acts = acting(wait, told);
        if (path.how.size() < acts.size()) path.how.resize(acts.size(), Imposition::none), path.value.resize(acts.size(), 0);
        for (std::size_t q = 0; q < acts.size(); ++q)
            if (acts[q]) path.how[q] = Imposition::set, path.value[q] = wait.value;
    }
    return path;
}

std::string reason(const Wait& wait, const Told& told, int quarter)
{
    const std::string side = fmt::format("{} {:.3g}", wait.above ? "above" : "below", wait.line);
    if (wait.what == Wait::For::while_beyond) return fmt::format("while {} ({:.3g}) is {}", describe().variables[wait.index].name, at_start(wait, told, quarter), side);
    const int since = came(wait, told);
    const std::string delay = quarter - since == 1 ? "in the quarter after" : fmt::format("{} quarters after", quarter - since);
    if (wait.what == Wait::For::event) {
        std::string event(describe().events[wait.index].name);
        std::ranges::replace(event, '_', ' ');
        return fmt::format("{} the {} of {}", delay, event, quarter_name(since));
    }
    return fmt::format("{} {} was first {}, in {}", delay, describe().variables[wait.index].name, side, quarter_name(since));
}

} // namespace entente
