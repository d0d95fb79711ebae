#include "answer.hpp"
#include "../core/quarter.hpp"
#include <nlohmann/json.hpp>
#include "words.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente::report {

/// Eight heights for the course of a median, one sign per two years.
static std::string chart(const std::vector<double>& course)
{
    static constexpr const char* heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const auto [low, high] = std::minmax_element(course.begin(), course.end());
    const double span = *high - *low;
    std::string drawn;
    for (std::size_t q = 0; q < course.size(); q += 8) {
        const auto height = span > 0 ? static_cast<std::size_t>((course[q] - *low) / span * 7.999) : 0;
        drawn += heights[height];
    }
    return drawn;
}

static std::string percent(const Share& s) { return fmt::format("{:5.1f} ({:4.1f}-{:5.1f})", 100 * s.share, 100 * s.low, 100 * s.high); }

std::string text_of(const Answer& a, Charts charts)
{
    std::string out = "\n" + wrapped(a.sentence, 110) + "\n";
    if (a.runs < a.asked) out += fmt::format("INTERRUPTED: {} of {} futures were simulated.\n\n", with_commas(a.runs), with_commas(a.asked));
    const auto header = [&](const std::string& what, std::size_t width) {
        out += fmt::format("{:<34}", what);
        for (const int date : a.dates) out += fmt::format("{:>{}}", quarter_name(date), width);
        out += "\n";
    };
    header("Share of futures, %", 19);
    for (const int c : class_order) {
        out += fmt::format("  {:<32}", class_names[c]);
        for (const auto& shares : a.classes) out += fmt::format("{:>19}", percent(shares[static_cast<std::size_t>(c)]));
        out += "\n";
    }
    out += "Russia's orientation\n";
    for (const int o : orientation_order) {
        out += fmt::format("  {:<32}", orientation_names[o]);
        for (const auto& shares : a.orientations) out += fmt::format("{:>19}", percent(shares[static_cast<std::size_t>(o)]));
        out += "\n";
    }
    out += "In brackets: 95 % Jeffreys interval, Monte Carlo error alone.\n\n";
    if (a.horizon >= a.start) {
        out += fmt::format("{:<70}{:>19}  {}\n", fmt::format("Events, {} to {}", quarter_name(a.start), quarter_name(a.horizon)), "% of futures", "median date (Kaplan-Meier)");
        for (const EventAnswer& e : a.events) {
            out += fmt::format("  {:<20}{:<48}{:>19}  {}\n", e.name, e.meaning.substr(0, 47), percent(e.seen),
                               e.median ? quarter_name(*e.median) : fmt::format("after {}", quarter_name(a.horizon)));
        }
        out += "\n";
    }
    header("Indicators, median (5-95 %)", 19);
    out.back() = ' ', out += " name\n";
    for (const IndicatorAnswer& i : a.indicators) {
        out += fmt::format("  {:<32}", i.label);
        for (std::size_t d = 0; d < a.dates.size(); ++d) out += fmt::format("{:>19}", fmt::format("{:.3f} ({:.2f}-{:.2f})", i.median[d], i.low[d], i.high[d]));
        out += charts == Charts::drawn ? fmt::format("  {:<24}  {}\n", i.name, chart(i.course)) : fmt::format("  {}\n", i.name);
    }
    if (charts == Charts::drawn) out += fmt::format("Charts: median from 2014 to {}, each on its own scale.\n", 2014 + a.horizon / 4);
    out += "As quantities: share_CLASS at DATE, EVENT by DATE, mean NAME at DATE; entente describe NAME tells all of one.\n";
    if (a.failed > 0) out += fmt::format("{} failed and {} left out.\n", a.failed == 1 ? "1 run" : with_commas(a.failed) + " runs", a.failed == 1 ? "is" : "are");
    return out + "\n";
}

static nlohmann::ordered_json json_of(const Share& s) { return {{"share", s.share}, {"low", s.low}, {"high", s.high}, {"count", s.count}}; }

nlohmann::ordered_json json_of(const Answer& a)
{
    nlohmann::ordered_json out = {{"scenario", a.scenario},
                                  {"title", a.title},
                                  {"sentence", a.sentence},
                                  {"runs", a.runs},
                                  {"failed", a.failed},
                                  {"asked", a.asked},
                                  {"complete", a.runs == a.asked},
                                  {"start", quarter_name(a.start)},
                                  {"horizon", quarter_name(a.horizon)},
                                  {"interval", "95 % Jeffreys, Monte Carlo error alone"}};
    for (std::size_t d = 0; d < a.dates.size(); ++d) {
        nlohmann::ordered_json at;
        for (const int c : class_order) at["classes"][std::string(class_names[c])] = json_of(a.classes[d][static_cast<std::size_t>(c)]);
        for (const int o : orientation_order) at["orientations"][std::string(orientation_names[o])] = json_of(a.orientations[d][static_cast<std::size_t>(o)]);
        for (const IndicatorAnswer& i : a.indicators) at["indicators"][i.name] = {{"median", i.median[d]}, {"p5", i.low[d]}, {"p95", i.high[d]}};
        out["dates"][quarter_name(a.dates[d])] = at;
    }
    for (const EventAnswer& e : a.events) {
        nlohmann::ordered_json event = json_of(e.seen);
        event["meaning"] = e.meaning;
        event["median"] = e.median ? nlohmann::ordered_json(quarter_name(*e.median)) : nlohmann::ordered_json(nullptr);
        out["events"][e.name] = event;
    }
    out["spread"] = {{"of", "alignment_index"},         {"at", quarter_name(a.attribution_quarter)},
                     {"runs_used", a.attribution_used}, {"parameters", a.by_parameters},
                     {"structures", a.by_structures},   {"method", "adjusted R2 of a linear regression: at least"}};
    return out;
}

} // namespace entente::report
