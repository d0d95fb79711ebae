#include "uncertainty_table.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;

std::string part_text(const VariancePart& part, const Looks& looks)
{
    return looks.detail == Detail::all ? fmt::format("{:.1f} ({:.1f}-{:.1f})", 100 * part.sd(), 100 * part.low(), 100 * part.high()) : fmt::format("{:.1f}", 100 * part.sd());
}

Json json_of(const VariancePart& part)
{
    return {{"sd", part.sd()}, {"low", part.low()}, {"high", part.high()}, {"variance", part.variance}, {"variance_error", part.standard_error}};
}

} // namespace

std::string uncertainty_table(const std::vector<UncertainShare>& shares, const std::string& when, const Looks& looks)
{
    const bool lines = std::ranges::any_of(shares, [](const UncertainShare& s) { return s.straight_lines.has_value(); });
    std::size_t label = 0;
    for (const UncertainShare& s : shares) label = std::max(label, columns(s.label));
    const std::string heading = "% of futures " + when;
    label = std::max(label, columns(heading));
    const bool all = looks.detail == Detail::all; // "12.3 (10.1-15.2)", in 80 columns
    const std::size_t share = all ? 7 : 8, futures = all ? 9 : 12, wide = all ? 17 : 12, line = all ? 7 : 10;
    std::string out = fmt::format("{:<{}}{:>{}}{:>{}}{:>{}}{:>{}}{}\n", heading, label, "share", share, "futures", futures, "parameters", wide, "structures", wide,
                                  lines ? fmt::format("{:>{}}", "lines", line) : "");
    for (const UncertainShare& s : shares) {
        const auto part = [&](const VariancePart ReadingSpread::*which) { return s.kinds.spread ? part_text((*s.kinds.spread).*which, looks) : "-"; };
        out += s.label + std::string(label - columns(s.label), ' ')
               + fmt::format("{:>{}}{:>{}}{:>{}}{:>{}}", share_text(s.share), share, fmt::format("{:.2f}", 100 * s.kinds.monte_carlo), futures, part(&ReadingSpread::parameters),
                             wide, part(&ReadingSpread::structures), wide);
        if (lines) out += fmt::format("{:>{}}", s.straight_lines ? fmt::format("{:.1f}", 100 * *s.straight_lines) : "-", line);
        out += "\n";
    }
    return out;
}

std::string uncertainty_note(const std::vector<UncertainShare>& shares, const ReadingsAtHand& readings, const Looks& looks)
{
    std::string note = "Standard deviations in points of a share. Futures: by their number alone, so more of them lessen it; nothing lessens the rest but knowledge.";
    const auto with = std::ranges::find_if(shares, [](const UncertainShare& s) { return s.kinds.spread.has_value(); });
    if (with == shares.end())
        note += readings.there == 0
                    ? " Parameters and structures: not known here, it takes readings beside the run (--readings)."
                    : fmt::format(" Parameters and structures: not known here, there are {} readings and it takes {} (--readings {}).", readings.there, readings.needed, readings.needed);
    else
        note += fmt::format(" Structures: what the alternatives explain of the share's differences between {} readings, each alternative by itself (analysis of variance; all "
                            "alternatives count alike). "
                            "Parameters: the rest, which is what drawn parameters do and what structures do only together. Chance within a reading is taken out of both.{}",
                            with_commas(with->kinds.spread->readings), looks.detail == Detail::all ? " In brackets: 95 % interval, jackknife over readings." : "");
    if (std::ranges::any_of(shares, [](const UncertainShare& s) { return s.straight_lines.has_value(); }))
        note += " Lines: what straight lines in the drawn parameters explain under this scenario's own structures, from single futures; at least so much is by parameters there.";
    return wrapped(note, looks.width);
}

Json json_of(const KindsOfUncertainty& kinds)
{
    Json out = {{"futures", kinds.monte_carlo}, {"parameters", nullptr}, {"structures", nullptr}};
    if (kinds.spread) out["parameters"] = json_of(kinds.spread->parameters), out["structures"] = json_of(kinds.spread->structures);
    return out;
}

} // namespace entente::report
