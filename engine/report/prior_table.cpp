#include "prior_table.hpp"
#include "../analysis/two_groups.hpp"
#include "../core/quarter.hpp"
#include "../model/kernel.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {

/// "alignment +5.2", if the interval leaves out 0. Seven shares are asked at once, so that each interval is widened to one of 1 - .05 / 7 (Bonferroni): where nothing moves,
/// a share is named in at most one table of twenty.
static void add_if_moved(std::vector<std::string>& moved, std::string_view name, const Effect& e)
{
    const double wider = beyond_chance(0.05, 7) / z95;
    const double middle = (e.low + e.high) / 2, half = wider * (e.high - e.low) / 2;
    if (std::abs(middle) > half) moved.push_back(fmt::format("{} {:+.1f}", words_of(name), 100 * e.mean));
}

std::string prior_table(const PriorEffects& effects, int quarter, const Looks& looks)
{
    const auto date = static_cast<std::size_t>(std::ranges::find(effects.dates, quarter) - effects.dates.begin());
    if (date == effects.dates.size() || effects.pairs == 0) return "";
    std::string out = wrapped(fmt::format("What calibration changed: % of {} futures in {}, paired by their chance", with_commas(effects.pairs), quarter_name(quarter)), looks.width);
    out += fmt::format("{:<16}{:>10}{:>8}  difference, {} half its 95 % interval\n", "", "posterior", "priors", plus_minus(looks.signs));
    std::vector<std::string> moved;
    for (const int c : class_order) {
        const PriorEffect& e = effects.classes[date][static_cast<std::size_t>(c)];
        out += fmt::format("  {:<14}{:>10}{:>8}  {}\n", class_names[c], share_text(e.posterior.share), share_text(e.priors.share), effect_text(e.difference, 100, 1, looks.signs));
        add_if_moved(moved, class_names[c], e.difference);
    }
    for (const int o : {1, 2}) add_if_moved(moved, orientation_names[o], effects.orientations[date][static_cast<std::size_t>(o)].difference); // the third is what they leave
    return out + wrapped(moved.empty() ? "Calibration moves no share beyond chance." : fmt::format("Beyond chance it moves {} points.", fmt::join(moved, ", ")), looks.width);
}

} // namespace entente::report
