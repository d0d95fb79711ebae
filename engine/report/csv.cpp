#include "csv.hpp"
#include "../analysis/answer.hpp"
#include "../analysis/quantity.hpp"
#include "../core/csv.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../experiment/factors.hpp"
#include "../experiment/pairs.hpp"
#include "../experiment/values.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

/// A name that stands in the file: in quotes where it needs them, without control characters, and such that no spreadsheet takes it for a formula.
std::string name_cell(const std::string& from_file)
{
    std::string name = printable_name(from_file);
    if (!name.empty() && std::string_view("=+-@").find(name[0]) != std::string_view::npos) name.insert(name.begin(), '\'');
    return csv_cell(name);
}

/// With all digits; empty where there is none.
std::string number_cell(double x) { return std::isfinite(x) ? fmt::format("{}", x) : ""; }
std::string number_cell(float x) { return std::isfinite(x) ? fmt::format("{}", x) : ""; }

std::string date_cells(int quarter) { return fmt::format("{},{}", quarter_name(quarter), decimal_year(quarter)); }

/// Empty of a code that means nothing.
std::string_view class_cell(std::uint8_t code) { return class_of(code) < outcome_classes ? class_names[class_of(code)] : ""; }
std::string_view orientation_cell(std::uint8_t code) { return orientation_of(code) < orientations ? orientation_names[orientation_of(code)] : ""; }

/// Names of factors as columns, each with a comma after it; one that is a column already is told apart.
std::string factor_columns(const std::vector<Factor>& factors)
{
    std::string columns;
    for (const Factor& f : factors) {
        const bool taken = std::ranges::any_of(std::array{"policy", "replicate", "point", "outcome", "unit", "value", "estimate", "low", "high", "failed"},
                                               [&](const char* column) { return f.name == column; });
        columns += name_cell((taken ? "factor_" : "") + f.name) + ",";
    }
    return columns;
}

/// A number as it is; a date or a choice as a scenario has it.
std::string value_cell(const Factor& factor, double value)
{
    const bool number = factor.kind == Factor::Kind::number || factor.kind == Factor::Kind::whole;
    return number ? value_text(factor, value) : name_cell(value_text(factor, value));
}

/// [point]: a value for each factor, each with a comma after it.
std::vector<std::string> factor_cells(const SweepHead& h, const std::vector<Factor>& factors)
{
    std::vector<std::string> all(h.points);
    for (std::size_t i = 0; i < h.values.size(); ++i) all[i / factors.size()] += value_cell(factors[i % factors.size()], h.values[i]) + ",";
    return all;
}

/// Of each run that did not fail, some at a time; returns how many did.
std::uint64_t each_run(const StoredResult& result, const std::string& path, const std::function<void(const StoredRuns&, std::uint32_t first, std::uint32_t run)>& use,
                       const std::function<void()>& some_done)
{
    std::uint64_t failed = 0;
    for (std::uint32_t first = 0; first < result.summary.runs; first += rows_at_once) {
        const StoredRuns runs = read_runs(path, first, std::min(rows_at_once, result.summary.runs - first));
        for (std::uint32_t run = 0; run < runs.runs; ++run)
            if (fate_of(runs.failed_quarter[run]) == Fate::whole) use(runs, first, run);
            else ++failed;
        some_done();
    }
    return failed;
}

} // namespace

std::uint64_t write_outcomes(const StoredResult& result, const std::string& path, const TakeText& take)
{
    std::string text = "run,quarter,year,class,orientation\n";
    std::vector<std::string> dates;
    for (std::uint32_t q = 0; q < result.summary.quarters; ++q) dates.push_back(date_cells(static_cast<int>(q)));
    return each_run(
        result, path,
        [&](const StoredRuns& runs, std::uint32_t first, std::uint32_t run) {
            for (std::size_t q = 0; q < std::min(dates.size(), runs.outcome.size() / runs.runs); ++q) {
                const std::uint8_t code = runs.outcome[q * runs.runs + run];
                text += fmt::format("{},{},{},{}\n", first + run, dates[q], class_cell(code), orientation_cell(code));
            }
            if (text.size() > 1 << 20) take(text), text.clear();
        },
        [&] { take(text), text.clear(); });
}

std::uint64_t write_events(const StoredResult& result, const std::string& path, const TakeText& take)
{
    std::string text = "run,event,seen,quarter,year\n";
    const std::vector<Row>& events = describe().events;
    return each_run(
        result, path,
        [&](const StoredRuns& runs, std::uint32_t first, std::uint32_t run) {
            for (std::size_t e = 0; e < events.size(); ++e) {
                const int quarter = runs.first_event[e * runs.runs + run];
                text += fmt::format("{},{},{},{}\n", first + run, events[e].name, quarter >= 0 ? 1 : 0, quarter >= 0 ? date_cells(quarter) : ",");
            }
        },
        [&] { take(text), text.clear(); });
}

void write_shares(const StoredResult& result, const TakeText& take)
{
    const Summary& s = result.summary;
    std::string text = "quarter,year,of,name,count,runs,share,low,high\n";
    const auto add = [&](std::uint32_t q, const char* of, std::string_view name, std::uint32_t count) {
        const Share share = share_of(count, s.runs - s.failed);
        text += fmt::format("{},{},{},{},{},{},{},{}\n", date_cells(static_cast<int>(q)), of, name, count, share.runs, share.share, share.low, share.high);
    };
    for (std::uint32_t q = 0; q < s.quarters; ++q) {
        std::vector<std::uint32_t> classes(8), turns(4);
        for (std::uint8_t code = 0; code < 32; ++code) {
            const std::uint32_t n = s.code_count[std::size_t{q} * 32 + code];
            classes[static_cast<std::size_t>(class_of(code))] += n, turns[static_cast<std::size_t>(orientation_of(code))] += n;
        }
        for (std::size_t c = 0; c < outcome_classes; ++c) add(q, "class", class_names[c], classes[c]);
        for (std::size_t o = 0; o < orientations; ++o) add(q, "orientation", orientation_names[o], turns[o]);
    }
    take(text);
}

void write_summary(const StoredResult& result, const TakeText& take)
{
    const Summary& s = result.summary;
    std::string text = "variable,unit,quarter,year,runs,mean,sd,least,most";
    for (const double level : quantile_levels) text += fmt::format(",p{:g}", 100 * level);
    text += "\n";
    const std::vector<Row>& variables = describe().variables;
    for (std::size_t v = 0; v < variables.size(); ++v) {
        for (std::size_t q = 0; q < s.quarters; ++q) {
            const std::size_t at = v * s.quarters + q;
            text += fmt::format("{},{},{},{}", variables[v].name, name_cell(std::string(variables[v].unit)), date_cells(static_cast<int>(q)), s.runs - s.failed);
            for (const std::vector<double>* const column : {&s.mean, &s.sd, &s.least, &s.most}) text += "," + number_cell((*column)[at]);
            for (std::size_t l = 0; l < quantile_count; ++l) text += "," + number_cell(s.quantile[l * variables.size() * s.quarters + at]);
            text += "\n";
        }
        take(text), text.clear();
    }
}

std::uint64_t write_outcomes(const StoredSweep& sweep, const std::string& path, const TakeText& take)
{
    const SweepHead& h = sweep.head;
    const std::vector<Factor> factors = factors_of(h);
    const std::vector<std::string> at_point = factor_cells(h, factors);
    std::string text = fmt::format("policy,replicate,point,{}outcome,unit,value\n", factor_columns(factors));
    std::uint64_t left_out = 0;
    for (std::size_t o = 0; o < h.outcomes.size(); ++o) {
        const std::string outcome = fmt::format("{},{}", name_cell(h.outcomes[o]), name_cell(unit_of(parse_quantity(h.outcomes[o]))));
        std::size_t replicate = 0;
        values_in(path, h, o).numbers([&](std::span<const double> some) {
            const std::size_t rows = some.size() / h.policies.size();
            for (std::size_t i = 0; i < some.size(); ++i) {
                if (!std::isfinite(some[i])) {
                    left_out += o == 0 ? 1 : 0;
                    continue;
                }
                const std::size_t point = i % h.points;
                text += fmt::format("{},{},{},{}{},{}\n", name_cell(h.policies[i / rows]), replicate + i % rows / h.points, point, at_point[point], outcome, some[i]);
            }
            replicate += rows / h.points;
            take(text), text.clear();
        });
    }
    return left_out;
}

void write_points(const StoredSweep& sweep, const TakeText& take)
{
    const SweepHead& h = sweep.head;
    const std::vector<Factor> factors = factors_of(h);
    const std::vector<std::string> at_point = factor_cells(h, factors);
    take(fmt::format("policy,point,{}outcome,unit,estimate,low,high,failed\n", factor_columns(factors)));
    for (std::size_t o = 0; o < h.outcomes.size(); ++o) {
        const std::string outcome = fmt::format("{},{}", name_cell(h.outcomes[o]), name_cell(unit_of(parse_quantity(h.outcomes[o]))));
        for (std::size_t k = 0; k < h.policies.size(); ++k) {
            std::string text;
            for (std::size_t p = 0; p < h.points; ++p) {
                const std::size_t at = (o * h.policies.size() + k) * h.points + p;
                text += fmt::format("{},{},{}{},{},{},{},{}\n", name_cell(h.policies[k]), p, at_point[p], outcome, number_cell(sweep.estimates.estimate[at]),
                                    number_cell(sweep.estimates.low[at]), number_cell(sweep.estimates.high[at]), sweep.estimates.failed[k * h.points + p]);
            }
            take(text);
        }
    }
}

} // namespace entente::report
