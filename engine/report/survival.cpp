#include "survival.hpp"
#include "../analysis/answer.hpp"
#include "../core/quarter.hpp"
#include "by_date.hpp"
#include "numbers.hpp"
#include "picture.hpp"
#include "survival_numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

const Row& row_of(std::size_t event) { return describe().events[event]; }

std::string future_text(const SurvivalSide& side)
{
    const EventTimes& t = side.times;
    return fmt::format("{}, {} to {}{}", counted(t.runs(), "future", "futures"), quarter_name(t.start()), quarter_name(t.horizon()),
                       t.failed() == 0 ? "" : fmt::format("; {} failed and {} left out", counted(t.failed(), "run", "runs"), t.failed() == 1 ? "is" : "are"));
}

/// "2027Q4 (27Q3-28Q1)"; of an end that lies beyond the horizon "on".
std::string median_text(const EventSurvival& s)
{
    if (!s.median) return s.low_median ? fmt::format("- ({}-)", quarter_name(*s.low_median).substr(2)) : "-";
    return fmt::format("{} ({}-{})", quarter_name(*s.median), s.low_median ? quarter_name(*s.low_median).substr(2) : "", s.high_median ? quarter_name(*s.high_median).substr(2) : "");
}

std::string years_text(const EventSurvival& s, const Looks& looks) { return fmt::format("{:.2f} {}{:.2f}", s.years, plus_minus(looks.signs), z95 * s.years_error); }

/// "77.4 ±0.6", or with its interval.
std::string seen_text(const EventSurvival& s, int quarter, const Looks& looks)
{
    const std::size_t at = s.step(quarter);
    const double low = 1 - s.band.high[at], high = 1 - s.band.low[at];
    return looks.detail == Detail::all ? fmt::format("{:.1f} ({:.1f}-{:.1f})", 100 * s.seen(quarter), 100 * low, 100 * high)
                                       : fmt::format("{:.1f} {}{:.1f}", 100 * s.seen(quarter), plus_minus(looks.signs), std::ceil(1000 * (high - low) / 2 - 1e-9) / 10);
}

std::vector<int> dates_of(const EventTimes& t)
{
    std::vector<int> dates;
    for (const int date : report_dates(t.horizon()))
        if (date >= t.start()) dates.push_back(date);
    return dates;
}

std::string method_text(CurveBand band)
{
    switch (band) {
    case CurveBand::jeffreys: return "95 % Jeffreys interval";
    case CurveBand::clopper_pearson: return "95 % Clopper-Pearson interval";
    case CurveBand::greenwood: return "95 % interval by Greenwood's standard error";
    case CurveBand::log_log: return "95 % interval by Greenwood's standard error of ln(-ln S)";
    }
    return "";
}

/// The most frequent first; those that more than one in a hundred sees, unless they were chosen or all are asked for.
std::vector<EventSurvival> events_of(const SurvivalSide& side, const SurvivalShown& shown, bool all)
{
    std::vector<EventSurvival> events;
    for (const std::size_t e : shown.events) {
        EventSurvival s = event_survival(side.times, e, shown.band);
        if (shown.chosen || all || s.seen(side.times.horizon()) > 0.01) events.push_back(std::move(s));
    }
    if (!shown.chosen) std::ranges::stable_sort(events, std::greater<>(), [&](const EventSurvival& s) { return s.seen(side.times.horizon()); });
    return events;
}

/// When half have seen each, and how long it takes.
std::vector<std::string> times_columns(const std::vector<EventSurvival>& events, const Looks& looks)
{
    std::size_t median = 7, years = 13;
    for (const EventSurvival& s : events) median = std::max(median, columns(median_text(s))), years = std::max(years, columns(years_text(s, looks)));
    const auto line = [&](const std::string& a, const std::string& b) { return a + std::string(median - columns(a) + 2 + years - columns(b), ' ') + b; };
    std::vector<std::string> all = {line("half by", "years without")};
    for (const EventSurvival& s : events) all.push_back(line(median_text(s), years_text(s, looks)));
    return all;
}

/// Two tables side by side, the second from this column on.
std::string beside(const std::string& left, const std::vector<std::string>& right, std::size_t column)
{
    std::string out;
    std::size_t line = 0;
    for (std::size_t at = 0, end = 0; at < left.size(); at = end + 1, ++line) {
        end = left.find('\n', at);
        std::string text = left.substr(at, end - at);
        if (line < right.size()) text += std::string(column - std::min(column, columns(text)), ' ') + right[line];
        out += text + "\n";
    }
    return out;
}

std::string overview(const SurvivalSide& side, const SurvivalShown& shown, const Looks& looks)
{
    const bool all = looks.detail == Detail::all;
    const std::vector<EventSurvival> events = events_of(side, shown, all);
    const std::vector<std::string> times = times_columns(events, looks);
    std::vector<Line> lines;
    std::string names;
    for (const EventSurvival& s : events) {
        lines.push_back({std::string(row_of(s.event).name), {}, ""});
        names += lines.back().label + "\n";
        for (const int date : dates_of(side.times)) lines.back().cells.push_back(seen_text(s, date, looks));
    }
    Looks left = looks;
    if (!all) left.width -= std::min(looks.width - 40, columns(times[0]) + 3);
    std::string out = by_date("% that have seen it", lines, dates_of(side.times), report_quarter(side.times.horizon()), "", left).text;
    if (all) {
        out += "\n" + beside("\n" + names, times, 22);
    } else {
        std::size_t width = 0;
        for (std::size_t at = 0, end = 0; at < out.size(); at = end + 1) end = out.find('\n', at), width = std::max(width, columns(std::string_view(out).substr(at, end - at)));
        out = beside(out, times, width + 3);
    }
    std::string note = fmt::format(
        "{}: {}. Half by: the quarter by which half have seen it (Kaplan-Meier), in brackets its 95 % interval; an end that is missing lies beyond {}. Years without: on "
        "average until it, or until the end, of {:g}; {} is 1.96 standard errors.",
        all ? "In brackets" : plus_minus(looks.signs) + std::string(" is half the interval"), method_text(shown.band), quarter_name(side.times.horizon()), side.times.steps() / 4.0,
        plus_minus(looks.signs));
    if (!shown.chosen && events.size() < shown.events.size())
        note += fmt::format(" {} that at most one in a hundred sees: --all.", counted(shown.events.size() - events.size(), "event", "events"));
    return out + wrapped(note, looks.width);
}

std::string competing(const SurvivalSide& side, const SurvivalShown& shown, const Looks& looks)
{
    if (shown.groups.empty()) return "";
    if (!side.single_runs) return wrapped("Which event comes first is not known: the result keeps no single runs (`entente run --keep outcomes` does).", looks.width);
    std::vector<Line> lines;
    std::string ties;
    const std::vector<int> dates = dates_of(side.times);
    for (std::size_t g = 0; g < shown.groups.size(); ++g) {
        const NamedCompeting& group = shown.groups[g];
        const CompetingSurvival c = competing_survival(side.times, g, group.events.size(), shown.band);
        lines.push_back({group.question, {}, ""});
        for (std::size_t cause = 0; cause < group.events.size(); ++cause) {
            lines.push_back({"  " + group.labels[cause], {}, ""});
            for (const int date : dates) {
                const auto at = static_cast<std::size_t>(date - side.times.start());
                const double low = c.band[cause].low[at], high = c.band[cause].high[at], share = c.curves.share[cause][at];
                lines.back().cells.push_back(looks.detail == Detail::all
                                                 ? fmt::format("{:.1f} ({:.1f}-{:.1f})", 100 * share, 100 * low, 100 * high)
                                                 : fmt::format("{:.1f} {}{:.1f}", 100 * share, plus_minus(looks.signs), std::ceil(1000 * (high - low) / 2 - 1e-9) / 10));
            }
        }
        lines.push_back({"  none yet", {}, ""});
        for (const int date : dates)
            lines.back().cells.push_back(fmt::format("{:.1f}{}", 100 * c.none.at(static_cast<double>(date - side.times.start() + 1)), looks.detail == Detail::all ? "" : "     "));
        if (side.times.ties(g) > 0)
            ties += fmt::format(" {}: {} in one quarter, counted as {}.", group.question, counted(side.times.ties(g), "future sees two", "futures see two"), group.labels[0]);
    }
    const ByDate table = by_date("% that see it first", lines, dates, report_quarter(side.times.horizon()), "", looks);
    return table.text + wrapped(fmt::format("Cumulative incidence (Aalen-Johansen), {}.{}", method_text(shown.band), ties), looks.width);
}

/// The curve, and a row for each date.
std::string detail(const SurvivalSide& side, const EventSurvival& s, const SurvivalShown& shown, const Looks& looks)
{
    const EventTimes& t = side.times;
    std::vector<double> course;
    for (int q = t.start(); q <= t.horizon(); ++q) course.push_back(1 - s.seen(q));
    std::string out = wrapped(fmt::format("{}: {}; share of futures that have not seen it", row_of(s.event).name, row_of(s.event).meaning), looks.width);
    out += curve_picture(course, t.start(), 8, looks) + "\n";
    std::vector<int> dates = dates_of(t);
    if (looks.detail == Detail::all) {
        dates.clear();
        for (int q = t.start(); q < t.horizon(); ++q)
            if (q % 4 == 3) dates.push_back(q);
        dates.push_back(t.horizon());
    }
    out += fmt::format("{:<12}{:>22}{:>12}{:>30}\n", "by the end of", "not seen, %", "at risk", "a year from the row above, %");
    int before = t.start() - 1;
    for (const int date : dates) {
        const std::size_t at = s.step(date);
        const Hazard h = s.hazard(t, before, date);
        out += fmt::format("{:<12}{:>23}{:>12}{:>30}\n", quarter_name(date), fmt::format("{:.1f} ({:.1f}-{:.1f})", 100 * (1 - s.seen(date)), 100 * s.band.low[at], 100 * s.band.high[at]),
                           with_commas(s.table.at_risk[at] - s.table.all_events(at)),
                           std::isnan(h.rate) ? "-" : fmt::format("{:.2f} ({:.2f}-{:.2f})", 100 * h.rate, 100 * h.low, 100 * h.high));
        before = date;
    }
    out += wrapped(fmt::format("{}; {} years without it on average, of {:g}. Not seen: {}. A year: events over years at risk, an event at the end of its quarter; exact "
                               "Poisson interval (Garwood).",
                               s.median ? "Half have seen it by " + median_text(s) : std::string("Fewer than half see it"), years_text(s, looks), t.steps() / 4.0, method_text(shown.band)),
                   looks.width);
    return out;
}

} // namespace

std::string text_of(const SurvivalSide& side, const SurvivalShown& shown, const Looks& looks)
{
    std::string out = wrapped(fmt::format("{}: {}", side.of.name, future_text(side)), looks.width) + "\n" + overview(side, shown, looks);
    if (const std::string text = competing(side, shown, looks); !text.empty()) out += "\n" + text;
    if (shown.chosen || looks.detail == Detail::all)
        for (const EventSurvival& s : events_of(side, shown, true)) out += "\n" + detail(side, s, shown, looks);
    return out;
}

std::string text_of(const SurvivalPair& pair, const SurvivalShown& shown, const Looks& looks)
{
    std::string out = wrapped(fmt::format("A  {}: {}", pair.a.of.name, future_text(pair.a)), looks.width, 3)
                      + wrapped(fmt::format("B  {}: {}", pair.b.of.name, future_text(pair.b)), looks.width, 3) + "\n";
    const bool wide = looks.width >= 96;
    const int horizon = pair.a.times.horizon();
    out += fmt::format("{:<19}{:>22} {:>16}{}{:>22}\n", "", "% seen by " + quarter_name(horizon), "years without", wide ? fmt::format("{:>17}", "half by") : "", "log-rank");
    out += fmt::format("{:<19}{:>6}{:>6}{:>11}{:>16}{}{:>12}{:>10}\n", "event", "A", "B", "B - A", "B - A", wide ? fmt::format("{:>9}{:>8}", "A", "B") : "", "chi2", "p");
    std::size_t rare = 0;
    std::vector<std::pair<double, std::string>> rows;
    for (const std::size_t event : shown.events) {
        const EventSurvival a = event_survival(pair.a.times, event, shown.band), b = event_survival(pair.b.times, event, shown.band);
        const double seen = std::max(a.seen(horizon), b.seen(horizon));
        if (!shown.chosen && looks.detail != Detail::all && seen <= 0.01) {
            ++rare;
            continue;
        }
        const EventDifference d = event_difference(pair, a, b);
        const auto with_error = [&](double x, double error, const char* format) {
            return std::isnan(error) ? fmt::format("{:+.1f}", x) : fmt::format(fmt::runtime(format), x, plus_minus(looks.signs), z95 * error);
        };
        const auto half = [](const EventSurvival& s) { return s.median ? quarter_name(*s.median) : "-"; };
        rows.emplace_back(seen, fmt::format("{:<19}{:>6.1f}{:>6.1f}{:>{}}{:>{}}{}{:>12}{:>10}\n", row_of(event).name, 100 * a.seen(horizon), 100 * b.seen(horizon),
                                            d.seen.is_always_the_same() ? "same" : with_error(100 * d.seen.difference, 100 * d.seen.standard_error, "{:+.1f} {}{:.1f}"), 11,
                                            d.years.is_always_the_same() ? "same" : with_error(d.years.difference, d.years.standard_error, "{:+.2f} {}{:.2f}"), 16,
                                            wide ? fmt::format("{:>9}{:>8}", half(a), half(b)) : "", d.test.degrees == 0 ? "-" : fmt::format("{:.1f}", d.test.statistic),
                                            d.test.degrees == 0 ? "-"
                                            : d.test.p < 1e-4   ? "<.0001"
                                                                : fmt::format("{:.4f}", d.test.p).substr(d.test.p < 1 ? 1 : 0)));
    }
    if (!shown.chosen) std::ranges::stable_sort(rows, std::greater<>(), [](const auto& row) { return row.first; });
    for (const auto& row : rows) out += row.second;
    std::string note = fmt::format("B - A: {} {} is 1.96 standard errors. Years without: until the event, or until {}.",
                                   pair.pairs ? fmt::format("future by future, {} pairs on the same random numbers;", with_commas(pair.pairs->pairs()))
                                              : "as of independent runs, since the two are not paired (seeds or numbers of runs differ, or single runs are not kept);",
                                   plus_minus(looks.signs), quarter_name(horizon));
    note += pair.pairs ? " The log-rank test takes A and B to be independent. They share their random numbers, so where futures go alike it says too seldom that they differ; the "
                         "paired difference is the "
                         "sharper one."
                       : " Log-rank: Mantel's test, whether the event comes equally fast.";
    if (rare > 0) note += fmt::format(" {} that at most one in a hundred sees: --all.", counted(rare, "event", "events"));
    out += wrapped(note, looks.width);
    if (shown.groups.empty()) return out;
    for (const auto& [name, side] : {std::pair{"A", &pair.a}, {"B", &pair.b}}) out += fmt::format("\n{}\n", name) + competing(*side, shown, looks);
    return out;
}

} // namespace entente::report
