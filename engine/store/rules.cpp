#include "rules.hpp"
#include "../core/text.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace entente::store {
namespace {

constexpr double largest_number = 1e30; ///< of a variable: far outside every range, and its square is a number
constexpr double mean_step = 1e-6;      ///< of a variable's range: means are made of sums of whole numbers
constexpr std::size_t most_failures = 1000;

bool is_code(std::uint8_t code) { return class_of(code) < outcome_classes && orientation_of(code) < orientations; }
bool is_date(int quarter, std::size_t quarters) { return quarter >= -1 && quarter < static_cast<int>(quarters); }
bool is_variable(int variable) { return variable >= -1 && variable < static_cast<int>(describe().variables.size()); }
bool is_failure(int quarter, int variable, std::size_t quarters)
{
    return (quarter == never_made || is_date(quarter, quarters)) && is_variable(variable) && (variable < 0 || fate_of(quarter) == Fate::failed);
}

std::string fault_of_names(const char* what, const std::vector<std::string>& names)
{
    const bool plain = std::ranges::all_of(names, [](const std::string& name) { return name.size() <= longest_name && printable_name(name) == name; });
    return plain ? "" : fmt::format("names of {} are too long, or hold control characters", what);
}

std::uint64_t sum(std::span<const std::uint32_t> counts) { return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}); }

std::string fault_of_counts(const Summary& s)
{
    const std::uint32_t good = s.runs - s.failed;
    for (std::size_t q = 0; q < s.quarters; ++q) {
        const std::span<const std::uint32_t> counts = std::span(s.code_count).subspan(q * 32, 32);
        if (sum(counts) != good) return "the runs by outcome code are not as many as there are";
        for (std::uint8_t code = 0; code < 32; ++code)
            if (counts[code] != 0 && !is_code(code)) return fmt::format("there are runs of outcome code {}, which is none", code);
    }
    for (std::size_t e = 0; e < describe().events.size(); ++e)
        if (sum(std::span(s.event_count).subspan(e * s.quarters, s.quarters)) > good) return fmt::format("more runs see '{}' than there are", describe().events[e].name);
    return "";
}

std::string fault_of(const DialRuns& d, std::size_t quarters)
{
    const auto is_number = [](float x) { return std::abs(x) <= largest_number; };
    if (d.futures > most_runs || d.quarter < 0 || d.quarter >= static_cast<int>(quarters)) return "its drivers are of no run or quarter of it";
    if (!std::ranges::all_of(d.own, [](double dial) { return dial >= 0 && dial <= 1; })) return "a dial of its scenario is not from 0 to 1";
    if (!std::ranges::all_of(d.variable, is_number) || !std::ranges::all_of(d.alignment_index, is_number)) return "a value of its drivers is no number, or far outside every range";
    if (!std::ranges::all_of(d.outcome, is_code)) return "a run of its drivers has an outcome code that is none";
    return "";
}

/// Whether these are some of so many quarters, one after the other.
bool are_dates(const std::vector<int>& dates, std::size_t quarters)
{
    return !dates.empty() && dates.front() >= 0 && dates.back() < static_cast<int>(quarters) && std::ranges::adjacent_find(dates, std::greater_equal()) == dates.end();
}

std::string fault_of(const ReadingRuns& r, std::size_t quarters)
{
    const std::size_t n = r.readings;
    if (n > most_readings) return "it has more readings than there can be";
    if (!are_dates(r.quarters, quarters)) return "the dates of its readings are none of it, or do not rise";
    for (std::size_t s = 0; s < describe().structures.size(); ++s)
        if (const std::ptrdiff_t bars = std::ranges::count(describe().structures[s].choices, '|');
            std::ranges::any_of(std::span(r.structure).subspan(s * n, n), [&](std::uint8_t choice) { return choice > bars; }))
            return fmt::format("a reading answers '{}' with what is no answer", describe().structures[s].name);
    for (std::size_t i = 0; i < n; ++i) {
        if (r.counted[i] > futures_of_reading) return "a reading has more futures than there are";
        for (std::size_t date = 0; date < r.quarters.size(); ++date) {
            std::uint64_t seen = 0;
            for (std::uint8_t code = 0; code < 32; ++code) {
                const std::uint32_t count = r.code_count[(date * 32 + code) * n + i];
                if (count != 0 && !is_code(code)) return fmt::format("a reading has futures of outcome code {}, which is none", code);
                seen += count;
            }
            if (seen != r.counted[i]) return "the futures of a reading by outcome code are not as many as there are";
        }
        for (std::size_t e = 0; e < describe().events.size(); ++e)
            if (r.event_count[e * n + i] > r.counted[i]) return fmt::format("more futures of a reading see '{}' than there are", describe().events[e].name);
    }
    return "";
}

std::string fault_of(const PriorRuns& p, std::size_t quarters)
{
    if (p.futures > most_runs) return "it has more pairs with priors than there can be";
    if (!are_dates(p.quarters, quarters)) return "the dates of its pairs with priors are none of it, or do not rise";
    if (!std::ranges::all_of(p.outcome, is_code)) return "a run of its pairs with priors has an outcome code that is none";
    return "";
}

} // namespace

void throw_if_damaged(const std::string& path, const std::string& fault)
{
    if (!fault.empty()) throw DamagedFile(fmt::format("{}: is damaged: {}", path, fault));
}

bool is_far(double number) { return std::abs(number) > largest_number; }

std::string fault_of(const Provenance& p)
{
    if (p.precision != "double" && p.precision != "single") return "its precision is neither double nor single";
    if (std::ranges::find(keep_names, p.keep) == std::end(keep_names)) return "what it keeps is neither none, outcomes, trajectories nor agents";
    for (const std::string Provenance::*text : {&Provenance::engine_version, &Provenance::engine_commit, &Provenance::engine_sources, &Provenance::compiler, &Provenance::flags,
                                                &Provenance::libraries, &Provenance::isa, &Provenance::host, &Provenance::created_at})
        if (printable_name(p.*text) != p.*text) return "what it says of the program holds control characters";
    return "";
}

std::string fault_of(const Summary& s)
{
    const std::size_t values = describe().variables.size() * s.quarters;
    if (s.quarters == 0 || s.quarters > most_quarters || s.start > most_quarters) return "its dates are none";
    if (s.code_count.size() != std::size_t{32} * s.quarters || s.event_count.size() != describe().events.size() * s.quarters) return "its counts have another shape";
    for (const std::vector<double>* v : {&s.mean, &s.sd, &s.least, &s.most})
        if (v->size() != values) return "its summaries have another shape";
    if (s.quantile.size() != quantile_count * values) return "its quantiles have another shape";
    if (s.runs > most_runs) return "it has more runs than there can be";
    if (s.failed > s.runs) return "more runs failed than there are";
    if (std::string fault = fault_of_counts(s); !fault.empty()) return fault;
    const auto is_number = [](double x) { return std::abs(x) <= largest_number; };
    if (s.failed < s.runs)
        for (const std::vector<double>* v : {&s.mean, &s.sd, &s.least, &s.most})
            if (!std::ranges::all_of(*v, is_number)) return "a summary is no number, or far outside every range";
    if (s.failed < s.runs)
        for (std::size_t i = 0; i < values; ++i)
            if (const double slack = mean_step * (describe().variables[i / s.quarters].high - describe().variables[i / s.quarters].low);
                s.sd[i] < 0 || s.mean[i] < s.least[i] - slack || s.mean[i] > s.most[i] + slack)
                return "a mean lies outside what it is the mean of, or a deviation is below 0";
    if (s.failed < s.runs && !std::ranges::all_of(s.quantile, is_number)) return "a quantile is no number, or far outside every range";
    if (s.failures.size() != std::min<std::size_t>(s.failed, most_failures)) return "the failures are not as many as there are";
    for (const Summary::Failure& f : s.failures)
        if (f.quarter < 0 || !is_failure(f.quarter, f.variable, s.quarters)) return "a failure has no such quarter or variable";
    if (s.attribution_quarter < 0 || s.attribution_quarter >= static_cast<std::int32_t>(s.quarters) || s.attribution_used > s.runs)
        return "what explains its spread is of no quarter or run of it";
    return "";
}

std::string fault_of(const SweepHead& h, const SweepEstimates& e)
{
    if (h.policies.empty() || h.outcomes.empty() || h.points == 0 || h.replicates == 0) return "it has no policy, outcome, point or replicate";
    const std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    if (h.points > most / h.replicates || h.points * h.replicates > most / h.policies.size()) return "it has more runs than there can be";
    if (h.quarters > most_quarters) return "its dates are none";
    std::vector<std::string> factors;
    for (const FactorText& factor : h.factors) factors.push_back(factor.name);
    for (const auto& [what, names] : {std::pair{"policies", &h.policies}, std::pair{"outcomes", &h.outcomes}, std::pair{"factors", &std::as_const(factors)}})
        if (std::string fault = fault_of_names(what, *names); !fault.empty()) return fault;
    if (std::ranges::any_of(h.values, is_far)) return "a factor's value is far outside every range";
    for (std::size_t i = 0; i < e.estimate.size(); ++i) {
        if (is_far(e.estimate[i])) return "an estimate is far outside every range";
        if (!std::isnan(e.estimate[i]) && !(e.low[i] <= e.estimate[i] && e.estimate[i] <= e.high[i])) return "an estimate lies outside its interval";
        if ((std::isfinite(e.low[i]) && is_far(e.low[i])) || (std::isfinite(e.high[i]) && is_far(e.high[i]))) return "an interval is far outside every range";
    }
    if (std::ranges::any_of(e.failed, [&](std::uint32_t failed) { return failed > h.replicates; })) return "more runs failed than there are";
    return "";
}

std::string fault_of(const StoredFailures& f, std::size_t quarters)
{
    for (std::size_t i = 0; i < f.quarter.size(); ++i)
        if (!is_failure(f.quarter[i], f.variable[i], quarters)) return "a failure has no such quarter or variable";
    return "";
}

std::string fault_of(const StoredRuns& r, std::size_t quarters)
{
    if (r.failed_quarter.size() != r.runs || r.outcome.size() != quarters * r.runs || r.first_event.size() != describe().events.size() * r.runs)
        return "its runs have another shape";
    for (const std::int16_t quarter : r.failed_quarter)
        if (!is_failure(quarter, -1, quarters)) return "a failure has no such quarter";
    for (std::size_t i = 0; i < r.outcome.size(); ++i)
        if (!is_code(r.outcome[i]) && fate_of(r.failed_quarter[i % r.runs]) != Fate::not_made) return fmt::format("a run has outcome code {}, which is none", r.outcome[i]);
    if (!std::ranges::all_of(r.first_event, [&](int quarter) { return is_date(quarter, quarters); })) return "an event has no such date";
    return "";
}

std::string fault_of(const BlockResult& b, std::size_t quarters, std::size_t runs)
{
    if (b.quarters != quarters || b.failed_variable.size() != runs || b.failed_value.size() != runs) return "its runs have another shape";
    if (std::string fault = fault_of(
            StoredRuns{.outcome = b.outcome, .first_event = b.first_event, .parameters = {}, .runs = static_cast<std::uint32_t>(runs), .failed_quarter = b.failed_quarter}, quarters);
        !fault.empty())
        return fault;
    if (std::ranges::find(b.failed_quarter, never_made) != b.failed_quarter.end()) return "a run of it was not made";
    return fault_of(StoredFailures{b.failed_quarter, b.failed_variable, {}}, quarters);
}

std::string fault_of(const StopReport& stop)
{
    if (stop.replicates > stop.most || stop.least > stop.most) return "more runs were added until it was known than were allowed";
    for (const Known& known : stop.known) {
        const Interval& x = known.interval;
        if (!(known.half_width > 0 && known.half_width <= largest_number)) return "the half-width that was asked for is none";
        if (!(known.least >= 0 && known.least < 1e18)) return "the runs that an interval takes at least are no number of runs";
        if (stop.enough && !(x.half_width() <= known.half_width * (1 + 1e-9))) return "it says that an interval is narrow enough, and it is not";
        if (x.used > stop.replicates) return "an interval rests on more runs than there are";
        if (!(x.low <= x.estimate && x.estimate <= x.high) && x.used > 1) return "an estimate lies outside its interval";
        for (const std::string* text : {&known.outcome, &known.policy, &known.baseline})
            if (text->size() > longest_name || printable_name(*text) != *text) return "what was to be known is too long, or holds control characters";
    }
    return "";
}

std::string fault_of(const Beside& beside, std::size_t quarters)
{
    std::string fault = beside.dials ? fault_of(*beside.dials, quarters) : "";
    if (fault.empty() && beside.readings) fault = fault_of(*beside.readings, quarters);
    return fault.empty() && beside.priors ? fault_of(*beside.priors, quarters) : fault;
}

std::string fault_of(const Fingerprint& f)
{
    if (f.quarters > most_quarters || f.runs > block_runs) return "its fingerprint is of other runs than there can be";
    return "";
}

} // namespace entente::store
