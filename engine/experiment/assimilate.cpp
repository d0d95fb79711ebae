#include "assimilate.hpp"
#include "../core/interval.hpp"
#include "../analysis/answer.hpp"
#include "../analysis/sample.hpp"
#include "../calibrate/diagnostics.hpp"
#include "../core/quarter.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace entente {
namespace {

/// What is asked of every run, in this order: what stands for the rows, whether each event is seen by the horizon, and each indicator at each report date.
struct Wanted {
    std::vector<Quantity> all;
    std::size_t events, indicators; ///< where they begin
};
Wanted wanted_of(const Observed& observed, const std::vector<int>& dates)
{
    Wanted wanted{quantities_of(observed), 0, 0};
    wanted.events = wanted.all.size();
    for (const Row& event : describe().events) wanted.all.push_back(parse_quantity(fmt::format("{} by {}", event.name, quarter_name(dates.back()))));
    wanted.indicators = wanted.all.size();
    for (const Label& i : indicators)
        for (const int date : dates) wanted.all.push_back(parse_quantity(fmt::format("mean {} at {}", i.variable, quarter_name(date))));
    return wanted;
}

/// Left out: runs that failed, now or, given up, when the result was made.
void leave_out_failed(Sample& sample, const ReplaySource& source)
{
    if (keeps_single_runs(source.provenance))
        for (const std::uint32_t run : source.failed()) sample.failed_quarter[run] = 0;
    for (std::size_t run = 0; run < sample.failed_quarter.size(); ++run)
        if (sample.failed_quarter[run] != no_failure)
            for (std::vector<double>& values : sample.values) values[run] = std::numeric_limits<double>::quiet_NaN();
}

/// Weights belong to the runs of the file, so the runs made again must be those: as far as all files tell, by codes and events at the horizon.
void throw_if_other_runs(const std::string& file, const Summary& stored, const Sample& sample, const Wanted& wanted, int horizon)
{
    const std::size_t runs = sample.failed_quarter.size(), at = static_cast<std::size_t>(horizon);
    std::vector<std::uint32_t> codes(32), events(describe().events.size());
    for (std::size_t run = 0; run < runs; ++run) {
        if (sample.failed_quarter[run] != no_failure) continue;
        ++codes[sample.outcome[at * runs + run] % 32];
        for (std::size_t e = 0; e < events.size(); ++e) events[e] += sample.values[wanted.events + e][run] == 1;
    }
    bool same = std::equal(codes.begin(), codes.end(), &stored.code_count[at * 32]);
    for (std::size_t e = 0; e < events.size(); ++e) {
        const auto first = stored.event_count.begin() + static_cast<std::ptrdiff_t>(e * stored.quarters);
        same = same && std::accumulate(first, first + static_cast<std::ptrdiff_t>(stored.quarters), 0u) == events[e];
    }
    if (!same) throw Refused(refusal::OtherRuns{file});
}

/// Shares of the runs that are not left out, without and with their weights.
class Updating {
public:
    Updating(const Weighing& weighing, const std::vector<std::int16_t>& failed_quarter) : weighing_(weighing)
    {
        for (std::size_t run = 0; run < failed_quarter.size(); ++run)
            if (failed_quarter[run] == no_failure) whole_.push_back(run);
        for (const std::size_t run : whole_) weight_.push_back(weighing.weight[run]);
    }
    /// holds: of run.
    template <class Holds> UpdatedShare share(Holds holds) const
    {
        std::uint32_t count = 0;
        double weighted = 0, squares = 0;
        for (std::size_t i = 0; i < whole_.size(); ++i)
            if (holds(whole_[i])) ++count, weighted += weight_[i];
        weighted = std::min(weighted, 1.0); // but for rounding
        UpdatedShare s{share_of(count, static_cast<std::uint32_t>(whole_.size())), share_of_weighted(weighted, weighing_.effective)};
        s.change = weighted - s.before.share;
        for (std::size_t i = 0; i < whole_.size(); ++i) { // linearised, of a ratio estimate less a mean (Cochran 1977)
            const double in = holds(whole_[i]) ? 1 : 0, d = weight_[i] * (in - weighted) - (in - s.before.share) / static_cast<double>(whole_.size());
            squares += d * d;
        }
        constexpr double few = 5, widths = 2 * z95; // on either side: too few to know their spread from them
        const double rarer = weighing_.effective * std::min(weighted, 1 - weighted);
        s.error = std::max(std::sqrt(squares), rarer < few ? (s.after.high - s.after.low) / widths : 0);
        return s;
    }
    void add(UpdatedIndicator& indicator, const std::vector<double>& values) const
    {
        std::vector<double> of_whole;
        for (const std::size_t run : whole_) of_whole.push_back(values[run]);
        const auto spread = [](Weighted draws) { return OverRuns{weighted_quantile(draws, 0.05), weighted_quantile(draws, 0.5), weighted_quantile(draws, 0.95)}; };
        indicator.before.push_back(spread({of_whole})), indicator.after.push_back(spread({of_whole, weight_}));
    }

private:
    const Weighing& weighing_;
    std::vector<std::size_t> whole_;
    std::vector<double> weight_;
};

void throw_if_too_few(const std::string& file, const Observed& observed, const Weighing& weighing, std::uint32_t runs)
{
    if (weighing.effective >= least_effective) return;
    refusal::TooFewLeft facts{file, weighing.effective, runs, least_effective, {}};
    for (std::size_t row = 0; row < observed.rows.size(); ++row)
        if (const ObservedRow& r = observed.rows[row]; r.used) facts.rows.push_back({r.place.line, fmt::format("{} {}", r.target, r.date), weighing.rows[row].effective});
    throw Refused(std::move(facts));
}

} // namespace

std::optional<Assimilated> assimilate(const std::string& file, const ReplaySource& source, const Observed& observed, EnsembleOptions options, const Listener& listener,
                                      const std::atomic<bool>* stop)
{
    options.precision = source.provenance.precision;
    const Scenario& scenario = source.scenario;
    Assimilated a{.runs = scenario.runs, .start = scenario.start, .horizon = scenario.horizon, .dates = report_dates(scenario.horizon)};
    const Wanted wanted = wanted_of(observed, a.dates);
    Sample sample = sample_with_outcomes(scenario, wanted.all, options, listener.progress, stop);
    if (stop && *stop) return std::nullopt;
    leave_out_failed(sample, source);
    throw_if_other_runs(file, read_result(file).summary, sample, wanted, a.horizon);
    a.failed = static_cast<std::uint32_t>(std::ranges::count_if(sample.failed_quarter, [](std::int16_t q) { return q != no_failure; }));

    const std::size_t runs = scenario.runs;
    std::vector<std::vector<double>> of_rows(observed.rows.size(), std::vector<double>(runs));
    std::vector<double> one(wanted.events);
    for (std::size_t run = 0; run < runs; ++run) {
        for (std::size_t q = 0; q < one.size(); ++q) one[q] = sample.values[q][run];
        const std::vector<double> of_run = modelled(observed, one);
        for (std::size_t row = 0; row < of_run.size(); ++row) of_rows[row][run] = of_run[row];
    }
    a.weighing = weigh(observed, of_rows);
    throw_if_out_of_reach(observed, a.weighing);
    throw_if_too_few(file, observed, a.weighing, scenario.runs);

    const Updating updating(a.weighing, sample.failed_quarter);
    for (const int date : a.dates) {
        const std::uint8_t* const code = &sample.outcome[static_cast<std::size_t>(date) * runs];
        a.classes.emplace_back(), a.orientations.emplace_back();
        for (int c = 0; c < outcome_classes; ++c) a.classes.back().push_back(updating.share([&](std::size_t run) { return class_of(code[run]) == c; }));
        for (int o = 0; o < orientations; ++o) a.orientations.back().push_back(updating.share([&](std::size_t run) { return orientation_of(code[run]) == o; }));
    }
    for (std::size_t e = 0; e < describe().events.size(); ++e) a.events.push_back(updating.share([&](std::size_t run) { return sample.values[wanted.events + e][run] == 1; }));
    for (std::size_t i = 0; i < std::size(indicators); ++i) {
        a.indicators.push_back({indicators[i].variable, indicators[i].label, {}, {}});
        for (std::size_t d = 0; d < a.dates.size(); ++d) updating.add(a.indicators.back(), sample.values[wanted.indicators + i * a.dates.size() + d]);
    }
    return a;
}

} // namespace entente
