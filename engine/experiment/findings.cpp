#include "findings.hpp"
#include "../core/quarter.hpp"
#include "../ensemble/reported.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace entente {
namespace {

/// Something is lacking that a command can mend.
struct Mendable : std::invalid_argument {
    Lacking::Remedy remedy;
    Mendable(const std::string& why, Lacking::Remedy by) : std::invalid_argument(why), remedy(by) {}
};

/// Where the work stands, and what it lacks.
struct Work {
    const FindingsAsked& asked;
    const std::function<void(const std::string&, double)>& hear;
    const std::atomic<bool>* stop;
    std::size_t done = 0, all = 0;
    std::vector<Lacking> lacking{};

    bool stopped() const { return stop && *stop; }
    /// One piece of the work; what is wrong with what is asked for makes it lacking.
    template <class Do> void piece(const std::string& file, FindingsPart which, Do carry_out)
    {
        if (stopped() || (asked.only && !asked.only->contains(which))) return;
        const char* const what = findings_part_names[static_cast<std::size_t>(which)];
        if (hear) hear(fmt::format("{}: {}", file, what), static_cast<double>(done) / static_cast<double>(all));
        ++done;
        try {
            carry_out();
        } catch (const Mendable& e) {
            lacking.push_back({file, what, e.what(), e.remedy});
        } catch (const Refused& e) {
            lacking.push_back({file, what, e.what(), Lacking::Remedy::none, e.why});
        } catch (const std::invalid_argument& e) {
            lacking.push_back({file, what, e.what()});
        }
    }
};
constexpr std::size_t pieces_of_run = 6, pieces_of_sweep = 3;

std::vector<Competing> usual_groups()
{
    std::vector<Competing> groups;
    for (const CompetingRow& row : competing_rows) groups.push_back({Description::find(describe().events, row.events[0]), Description::find(describe().events, row.events[1])});
    return groups;
}

/// Class numbers at the report quarter by falling share.
std::vector<int> by_share(const Answer& a)
{
    const auto at = static_cast<std::size_t>(std::ranges::find(a.dates, report_quarter(a.horizon)) - a.dates.begin());
    std::vector<int> order(class_order, class_order + outcome_classes);
    std::ranges::stable_sort(order, std::greater(), [&](int c) { return a.classes[at][static_cast<std::size_t>(c)].share; });
    return order;
}

std::optional<Boxes> boxes_of(Searched searched, const Work& work)
{
    if (searched.cases.columns.empty()) throw Mendable("nothing that is drawn or set differs between its rows, so that there is nothing to look in", Lacking::Remedy::draw);
    if (searched.cases.rows() < least_rows)
        throw std::invalid_argument(fmt::format("{} rows have an outcome, and {} are the least in which a box can be looked for", searched.cases.rows(), least_rows));
    DiscoveryOptions options;
    options.resamples = std::max(20u, work.asked.resamples);
    options.threads = work.asked.options.threads;
    std::optional<Discovery> discovery = discover(searched.cases, options, {}, work.stop);
    if (!discovery) return std::nullopt;
    return Boxes{std::move(searched), options, std::move(*discovery)};
}

/// The first run that is in this class at the report quarter, as the file has it.
std::optional<std::uint32_t> first_run_in(const std::string& file, const Summary& summary, int class_number)
{
    const auto quarter = static_cast<std::size_t>(report_quarter(static_cast<int>(summary.quarters) - 1));
    for (std::uint32_t first = 0; first < summary.runs; first += rows_at_once) {
        const StoredRuns runs = read_runs(file, first, std::min(rows_at_once, summary.runs - first));
        for (std::uint32_t r = 0; r < runs.runs; ++r)
            if (runs.failed_quarter[r] == no_failure && class_of(runs.outcome[quarter * runs.runs + r]) == class_number) return first + r;
    }
    return std::nullopt;
}

std::unique_ptr<ReplayedRun> replayed(const RunFindings& found, const Work& work)
{
    const std::optional<std::uint32_t> run = first_run_in(found.file, found.result.summary, by_share(found.answer)[0]);
    if (!run) return nullptr;
    EnsembleOptions options = work.asked.options;
    options.precision = found.result.provenance.precision;
    options.keep = Keep::agents;
    auto again = replay_run(found.source, *run, choose_kernel(options.precision, options.isa), options, found.file);
    if (again->departure) throw std::invalid_argument("a run simulated again is not the one in the file, which another engine wrote");
    return again;
}

RunFindings run_findings(const std::string& file, Work& work)
{
    RunFindings found{.file = file, .result = read_result(file), .answer = {}, .source = replay_source(file), .kept = read_analyses(file)};
    const StoredResult& r = found.result;
    found.answer = answer(r.summary, r.provenance.scenario_name, r.provenance.scenario_title, r.complete ? r.summary.runs : r.provenance.runs, r.beside);
    const auto without = [&](const char* why) {
        work.lacking.push_back({file, "survival, sensitivity, boxes, conventions, convergence", why}), work.done += pieces_of_run;
        return std::move(found);
    };
    if (r.summary.runs == r.summary.failed) return without("every run failed");
    if (found.answer.horizon < found.answer.start) return without("it ends before the free future begins");
    work.piece(file, FindingsPart::survival, [&] { found.survival = survival_in(file, r, usual_groups()); });
    if (!keeps_single_runs(r.provenance)) {
        work.lacking.push_back({file, "sensitivity, boxes, conventions, convergence", "it keeps no single runs", Lacking::Remedy::keep_outcomes});
        work.done += pieces_of_run - 1;
        return found;
    }
    work.piece(file, FindingsPart::sensitivity, [&] {
        if (drawn_columns(file, found.source).empty())
            throw Mendable("no parameter is drawn and no structure mixed, so that futures differ by chance alone", Lacking::Remedy::draw);
        const SensitivityRequest request{.asked = {.resampling = {std::max(100u, work.asked.resamples), 1, work.asked.options.threads}}};
        found.sensitivity = sensitivity_of_run(file, found.source, {}, {}, request, work.asked.options, {}, work.stop);
    });
    work.piece(file, FindingsPart::boxes, [&] {
        const Given of = work.asked.of ? *work.asked.of : parse_given(headline_outcome(found.answer));
        if (const std::string fault = fault_of_date(of.quantity, found.answer.start, found.answer.horizon); !fault.empty()) throw std::invalid_argument(fault);
        if (!are_kept(found.source, {of.quantity})) throw Mendable(fmt::format("it does not keep '{}'", of.quantity.text), Lacking::Remedy::discover);
        if (auto searched = searched_run(file, found.source, of, work.asked.options, {}, work.stop)) found.boxes = boxes_of(std::move(*searched), work);
    });
    work.piece(file, FindingsPart::conventions, [&] { found.conventions = conventions_in(file, found.source, report_dates(found.answer.horizon), work.asked.conventions); });
    work.piece(file, FindingsPart::convergence, [&] { found.convergence = convergence_in(file, r, found.source, 0.005); });
    work.piece(file, FindingsPart::story, [&] { found.replayed = replayed(found, work); });
    return found;
}

SweepFindings sweep_findings(const std::string& file, Work& work)
{
    SweepFindings found{.file = file, .sweep = read_sweep_result(file), .scenario = {}, .estimate = {}, .kept = read_analyses(file)};
    found.scenario = parse_resolved(policies_in(found.sweep.head.provenance.scenario_resolved).at(0), file);
    found.estimate = estimate_of(found.sweep, file);
    const SweepHead& head = found.sweep.head;
    work.piece(file, FindingsPart::sensitivity, [&] {
        if (head.factors.empty()) throw std::invalid_argument("it has policies and no factors");
        const SensitivityRequest request{.asked = {.resampling = {std::max(100u, work.asked.resamples), 1, work.asked.options.threads}}};
        found.sensitivity = sensitivity_of_sweep(file, found.sweep, {}, 0, request);
    });
    work.piece(file, FindingsPart::boxes, [&] {
        const auto share = std::ranges::find_if(head.outcomes, [](const std::string& text) { return is_share(parse_quantity(text)); });
        if (share == head.outcomes.end()) throw Mendable("none of its outcomes is a share", Lacking::Remedy::discover);
        found.boxes = boxes_of(searched_sweep(file, found.sweep, parse_given(*share), {}), work);
    });
    work.piece(file, FindingsPart::convergence, [&] { found.convergence = convergence_in(file, found.sweep, 0.005); });
    return found;
}

/// Each after the first against the first.
void pair_up(Findings& found, Work& work)
{
    for (std::size_t b = 1; b < found.runs.size(); ++b)
        work.piece(found.runs[b].file, FindingsPart::differences, [&] {
            const std::string &file_a = found.runs[0].file, &file_b = found.runs[b].file;
            RunPairFindings pair{.a = 0, .b = b, .comparison = compare_results(pair_results(file_a, file_b), {}), .survival = {}};
            if (found.runs[0].survival && found.runs[b].survival) pair.survival = survival_in(file_a, found.runs[0].result, file_b, found.runs[b].result, usual_groups());
            found.run_pairs.push_back(std::move(pair));
        });
    for (std::size_t b = 1; b < found.sweeps.size(); ++b)
        work.piece(found.sweeps[b].file, FindingsPart::differences, [&] {
            SweepPairs pairs = pair_sweeps(found.sweeps[0].file, found.sweeps[b].file);
            SweepComparison comparison = compare_sweeps(pairs);
            found.sweep_pairs.push_back({0, b, std::move(pairs), std::move(comparison)});
        });
}

} // namespace

std::string headline_outcome(const Answer& a)
{
    return fmt::format("share_{} at {}", class_names[static_cast<std::size_t>(by_share(a)[1])], quarter_name(report_quarter(a.horizon)));
}

std::optional<Findings> findings_in(const std::vector<std::string>& files, const FindingsAsked& asked, const std::function<void(const std::string&, double)>& hear, const std::atomic<bool>* stop)
{
    Work work{asked, hear, stop};
    std::vector<Stored> kinds;
    for (const std::string& file : files) {
        kinds.push_back(stored_kind(file));
        work.all += kinds.back() == Stored::run ? pieces_of_run : kinds.back() == Stored::sweep ? pieces_of_sweep : 1;
    }
    work.all += std::max<std::ptrdiff_t>(1, std::ranges::count(kinds, Stored::run)) + std::max<std::ptrdiff_t>(1, std::ranges::count(kinds, Stored::sweep)) - 2;
    Findings found;
    for (std::size_t f = 0; f < files.size() && !work.stopped(); ++f) {
        const std::string& file = files[f];
        if (kinds[f] == Stored::run) found.runs.push_back(run_findings(file, work));
        else if (kinds[f] == Stored::sweep) found.sweeps.push_back(sweep_findings(file, work));
        else
            work.piece(file, FindingsPart::diagnosis, [&] {
                Posterior posterior = read_posterior(file);
                Diagnosis diagnosis = diagnose(posterior);
                found.posteriors.push_back({file, std::move(posterior), std::move(diagnosis)});
            });
    }
    pair_up(found, work);
    if (work.stopped()) return std::nullopt;
    if (hear) hear("", 1);
    found.lacking = std::move(work.lacking);
    return found;
}

} // namespace entente
