// Values of an independent implementation of the core model (4,000 replicates, printed with three digits) beside ours.
//
//   mean   z = (|ours - theirs| - half a digit)+ / sqrt(sd^2 (1/n + 1/4000))
//   sd     z = (|ours - theirs| - half a digit)+ / (sd sqrt((kurtosis - 1) / 4 (1/n + 1/4000)))          sd and kurtosis: of our runs
//   share  z = (|ours - theirs| - half a digit)+ / sqrt(p (1 - p) (1/n + 1/4000))                         p: of both together
#pragma once
#include "core/csv.hpp"
#include "core/text.hpp"
#include "property/jobs.hpp"
#include "statistical/z_test.hpp"
#include <cmath>
#include <optional>

namespace entente {

inline constexpr double reference_runs = 4000, half_a_digit = 0.0005 + 1e-6; ///< 1e-6: our own means are counted in steps of that size

/// One line of the table: a variable, share_CLASS, share_ORIENTATION (no sd) or ever_EVENT (no sd) at a date.
struct Reference {
    std::string variable;
    int quarter = 0;
    double mean = 0;
    std::optional<double> sd;
};
inline std::vector<Reference> read_references(const std::string& run)
{
    const Table table = parse_csv(read_file(SOURCE_DIR "/tests/statistical/reference_core.csv"));
    std::vector<Reference> list;
    for (const std::vector<std::string>& row : table.rows)
        if (row[table.column("run")] == run) {
            const std::string& sd = row[table.column("sd")];
            list.push_back({row[table.column("variable")], parse_quarter(row[table.column("date")]).value(), std::stod(row[table.column("mean")]),
                            sd.empty() ? std::nullopt : std::optional(std::stod(sd))});
        }
    return list;
}

struct Comparison {
    std::string what;
    double ours = 0, theirs = 0, z = 0;
};

/// z of a difference beyond rounding; infinite if there is a difference and nothing that could explain it.
inline double z_beyond(double ours, double theirs, double half, double standard_error)
{
    const double beyond = std::abs(ours - theirs) - half;
    return beyond <= 0 ? 0 : beyond / standard_error;
}
inline Comparison compare_share(const std::string& what, double ours, double n, double theirs, double theirs_n, double half)
{
    const double p = (ours * n + theirs * theirs_n) / (n + theirs_n);
    return {what, ours, theirs, z_beyond(ours, theirs, half, std::sqrt(p * (1 - p) * (1 / n + 1 / theirs_n)))};
}

/// Share of the runs that are in the class or orientation of this name.
inline double share_of_code(const Summary& s, std::string_view name, int quarter)
{
    double count = 0;
    for (int code = 0; code < 32; ++code) {
        const int c = class_of(static_cast<std::uint8_t>(code)), o = orientation_of(static_cast<std::uint8_t>(code));
        if ((c < outcome_classes && name == class_names[c]) || (o < orientations && name == orientation_names[o]))
            count += s.code_count[static_cast<std::size_t>(quarter * 32 + code)];
    }
    return count / (s.runs - s.failed);
}
inline double share_of_event(const Summary& s, std::string_view name, int quarter)
{
    const std::size_t event = Description::find(describe().events, name);
    double count = 0;
    for (int q = 0; q <= quarter; ++q) count += s.event_count.at(event * s.quarters + static_cast<std::size_t>(q));
    return count / (s.runs - s.failed);
}

/// Simulates the scenario and sets it beside the references.
inline std::vector<Comparison> compare(Scenario s, std::uint32_t runs, const std::vector<Reference>& references)
{
    s.runs = runs;
    std::vector<std::vector<double>> values(references.size(), std::vector<double>(runs));
    const auto find = [](const Reference& r) { return Description::find(describe().variables, r.variable); };
    const Summary summary = run_ensemble(s, {}, [&](const FinishedBlock& b) {
        for (std::size_t i = 0; i < references.size(); ++i)
            for (std::size_t r = 0; r < b.job.runs() && references[i].sd; ++r)
                values[i][b.first_run + r] = OneRun{b.job, b.result, r}.value(static_cast<std::size_t>(references[i].quarter), find(references[i]));
    });
    EXPECT_EQ(summary.failed, 0u);
    const double n = runs, both = 1 / n + 1 / reference_runs;
    std::vector<Comparison> list;
    for (std::size_t i = 0; i < references.size(); ++i) {
        const Reference& r = references[i];
        const std::string what = fmt::format("{} {}", r.variable, quarter_name(r.quarter));
        if (r.variable.starts_with("share_") && !r.sd) {
            list.push_back(compare_share(what, share_of_code(summary, r.variable.substr(6), r.quarter), n, r.mean, reference_runs, half_a_digit));
        } else if (r.variable.starts_with("ever_")) {
            list.push_back(compare_share(what, share_of_event(summary, r.variable.substr(5), r.quarter), n, r.mean, reference_runs, half_a_digit));
        } else {
            const std::size_t at = find(r) * summary.quarters + static_cast<std::size_t>(r.quarter);
            const double mean = summary.mean.at(at), sd = summary.sd.at(at);
            double fourth = 0;
            for (const double x : values[i]) fourth += std::pow(x - mean, 4) / n;
            const double kurtosis = sd > 0 ? fourth / std::pow(sd, 4) : 3;
            list.push_back({"mean " + what, mean, r.mean, z_beyond(mean, r.mean, half_a_digit, sd * std::sqrt(both))});
            list.push_back({"sd   " + what, sd, *r.sd, z_beyond(sd, *r.sd, half_a_digit, sd * std::sqrt((kurtosis - 1) / 4 * both))});
        }
    }
    return list;
}

/// How many comparisons are beyond what a right program passes with probability 1 - alpha, over all of them together (Bonferroni). Prints the
/// ten worst.
inline std::size_t count_beyond(const std::string& title, std::vector<Comparison> list, double alpha, std::uint32_t runs)
{
    const double limit = critical_z(alpha / static_cast<double>(list.size()));
    std::sort(list.begin(), list.end(), [](const Comparison& a, const Comparison& b) { return a.z > b.z; });
    const auto beyond = static_cast<std::size_t>(std::count_if(list.begin(), list.end(), [&](const Comparison& c) { return !(c.z < limit); }));
    fmt::print("    {}: {} comparisons, n = {}, seed = 1, alpha = {:g} for all together (z < {:.2f}), {} beyond\n", title, list.size(), runs, alpha, limit, beyond);
    for (std::size_t i = 0; i < std::min<std::size_t>(10, list.size()); ++i)
        fmt::print("    {:44} ours {:8.4f}   reference {:7.3f}   z {:6.2f}\n", list[i].what, list[i].ours, list[i].theirs, list[i].z);
    return beyond;
}

} // namespace entente
