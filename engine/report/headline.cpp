#include "headline.hpp"
#include "../core/quarter.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente::report {

/// "In all 156: a. In nearly all: b (155 of 156). Not in all: c (97 of 156)."
static std::string statements_text(const Readings& r)
{
    constexpr double nearly = 0.95;
    std::string always, mostly, sometimes;
    for (const Statement& s : r.statements) {
        const bool all = s.holds == r.readings;
        std::string& to = all ? always : s.holds >= nearly * r.readings ? mostly : sometimes;
        to += (to.empty() ? "" : "; ") + words_of(s.text) + (all ? "" : fmt::format(" ({} of {})", s.holds, r.readings));
    }
    std::string text;
    if (!always.empty()) text += fmt::format(" In all {}: {}.", with_commas(r.readings), always);
    if (!mostly.empty()) text += fmt::format(" In nearly all: {}.", mostly);
    if (!sometimes.empty()) text += fmt::format(" Not in all: {}.", sometimes);
    return text;
}

std::vector<std::string> headline(const Answer& a, Signs signs)
{
    const auto date = static_cast<std::size_t>(std::ranges::find(a.dates, report_quarter(a.horizon)) - a.dates.begin());
    const std::vector<Share>& shares = a.classes[date];
    const auto best = static_cast<std::size_t>(std::ranges::max_element(shares, {}, &Share::count) - shares.begin());
    const Share& s = shares[best];
    std::vector<std::string> all = {fmt::format("Most likely in {}: {}, in {:.1f} {} {} % of {} futures ({} from their number alone).", quarter_name(a.dates[date]),
                                                class_names[best], 100 * s.share, plus_minus(signs), half_width_text(s), with_commas(s.runs), plus_minus(signs))};
    if (a.readings && date < a.readings->classes.size()) {
        const Band& band = a.readings->classes[date][best];
        all.push_back(fmt::format("Over {} of what is disputed or not known, its share lies between {} and {} % in nine of ten.{}",
                                  counted(a.readings->readings, "reading", "readings"), share_text(band.low), share_text(band.high), statements_text(*a.readings)));
    }
    all.push_back(
        a.attribution_used == 0
            ? "What makes futures differ is not shared out: parameters and structures are fixed, or the runs too few."
            : fmt::format("Of the variance of the alignment index between futures in {}, parameters that are not known explain {:.0f} % at least and disputed structures, as "
                          "far as this scenario mixes them, {:.0f} %; the rest is chance within a future, or what no straight line fits.",
                          quarter_name(a.attribution_quarter), 100 * a.by_parameters, 100 * a.by_structures));
    return all;
}

} // namespace entente::report
