#include "headline.hpp"
#include "../core/quarter.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente::report {

/// "In every reading: a; b. Not in every one: c (97 of 120)."
static std::string statements_text(const Readings& r)
{
    std::string always, sometimes;
    for (const Statement& s : r.statements) {
        if (s.holds == r.readings) always += (always.empty() ? "" : "; ") + s.text;
        else sometimes += fmt::format("{}{} ({} of {})", sometimes.empty() ? "" : "; ", s.text, s.holds, r.readings);
    }
    return (always.empty() ? "" : fmt::format(" In every reading: {}.", always)) + (sometimes.empty() ? "" : fmt::format(" Not in every reading: {}.", sometimes));
}

std::string headline(const Answer& a, Signs signs)
{
    const auto date = static_cast<std::size_t>(std::ranges::find(a.dates, report_quarter(a.horizon)) - a.dates.begin());
    const std::vector<Share>& shares = a.classes[date];
    const auto best = static_cast<std::size_t>(std::ranges::max_element(shares, {}, &Share::count) - shares.begin());
    const Share& s = shares[best];
    std::string text = fmt::format("Most likely in {}: {}, in {:.1f} {} {} % of {} futures ({} from their number alone).", quarter_name(a.dates[date]), class_names[best],
                                   100 * s.share, plus_minus(signs), half_width_text(s), with_commas(s.runs), plus_minus(signs));
    if (a.readings) {
        const Band& band = a.readings->classes[date][best];
        text += fmt::format(" Over {} of what is disputed or not known, its share runs from {} to {} %.{}", counted(a.readings->readings, "reading", "readings"),
                            share_text(band.low), share_text(band.high), statements_text(*a.readings));
    }
    if (a.attribution_used == 0) return text + " What makes futures differ is not shared out: parameters and structures are fixed, or the runs too few.";
    return text
           + fmt::format(" Of the variance of the alignment index between futures in {}, parameters that are not known explain {:.0f} % at least and disputed structures {:.0f} %; "
                         "the rest is "
                         "chance within a future, or what no straight line fits.",
                         quarter_name(a.attribution_quarter), 100 * a.by_parameters, 100 * a.by_structures);
}

} // namespace entente::report
