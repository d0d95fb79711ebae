#include "datasets.hpp"
#include "run_columns.hpp"
#include "temporary_file.hpp"
#include "../core/quarter.hpp"
#include "../scenario/dials.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <set>
#include <stdexcept>

namespace entente {

using namespace store;

struct ResultWriter::Inside {
    TemporaryFile temporary; ///< outlives the file in it
    Keep keep;
    Provenance provenance;
    Extents extents{};
    hdf5::File file{};
    Datasets datasets{};                                          ///< of provenance and of what is kept of each run
    std::vector<std::size_t> drawn{}, constant{};                 ///< numbers of parameters
    std::vector<double> constants{};                              ///< their values, known from the first block on
    std::set<std::pair<std::uint32_t, std::uint32_t>> finished{}; ///< first run, end
    Fingerprint bits{};

    const std::string& path() const { return temporary.path(); }
    bool keeps(Keep least) const { return extents.at("run") != 0 && static_cast<int>(keep) >= static_cast<int>(least); }
    void plan(const Scenario& scenario);
    void create(const Scenario& scenario);
    void expect(const FinishedBlock& block, const char* what, std::size_t found, std::size_t wanted) const;
    void check_shapes(const FinishedBlock& block, std::size_t runs) const;
    template <class T> void put_block(const char* name, const T* values, std::uint32_t first, std::size_t runs) const;
    void take_fingerprint(const BlockResult& result);
    void put_constants(const FinishedBlock& block, std::size_t runs);
    void put_single_numbers(const Summary& summary, double duration_s, bool complete);
    void put_summary(const Summary& summary);
    void cut();
};

/// Readers refuse a file with a text that is no UTF-8; a command line or a host name may hold one.
static Provenance readable(Provenance provenance)
{
    for (const ProvenanceText& text : provenance_texts()) provenance.*text.member = utf8(provenance.*text.member);
    return provenance;
}

ResultWriter::ResultWriter(std::string path, const Scenario& scenario, const Provenance& provenance, Keep keep)
    : inside_(new Inside{TemporaryFile(std::move(path)), keep, readable(provenance)})
{
    inside_->plan(scenario);
    inside_->create(scenario);
}

ResultWriter::~ResultWriter() = default;

void ResultWriter::Inside::plan(const Scenario& scenario)
{
    const Description& d = describe();
    if (scenario.parameters.size() != d.parameters.size())
        throw std::runtime_error(fmt::format("{}: cannot write: the scenario has {} parameters, the model {}", path(), scenario.parameters.size(), d.parameters.size()));
    drawn = drawn_parameters(scenario);
    for (std::size_t i = 0; i < d.parameters.size(); ++i)
        if (!is_drawn(scenario, i)) constant.push_back(i);
    const std::vector<std::uint32_t> agents = agents_per_column(scenario.counts);
    extents = {{"quarter", static_cast<std::size_t>(scenario.horizon + 1)},
               {"variable", d.variables.size()},
               {"level", quantile_count},
               {"class", outcome_classes},
               {"orientation", orientations},
               {"code", 32},
               {"event", d.events.size()},
               {"run", provenance.runs},
               {"parameter", drawn.size()},
               {"constant", constant.size()},
               {"structure", d.structures.size()},
               {"report_date", report_dates(scenario.horizon).size()},
               {"reported_variable", reported_variables().size()},
               {"cell", std::accumulate(agents.begin(), agents.end(), std::size_t{0})}};
}

static std::vector<Row> chosen(const std::vector<Row>& rows, const auto& which)
{
    std::vector<Row> some;
    for (const std::size_t i : which) some.push_back(rows[i]);
    return some;
}

void ResultWriter::Inside::create(const Scenario& scenario)
{
    const Description& d = describe();
    file = hdf5::create_file(temporary.name(), path());
    hdf5::set_attribute(file, "format", std::string(result_format));
    create_provenance(file, provenance, extents, datasets);
    for (const GroupText& group : groups()) {
        if (group.format != Format::result || group.least == Keep::none || !keeps(group.least)) continue;
        create_group(file, group.name, extents, datasets);
        put_quarters(datasets, group.name, extents.at("quarter"));
    }
    if (!keeps(Keep::outcomes)) return;
    set_flags(datasets.at("runs/outcome"));
    put_rows(datasets, "runs/event", d.events);
    put_rows(datasets, "runs/parameter", chosen(d.parameters, drawn));
    put_rows(datasets, "runs/constant", chosen(d.parameters, constant));
    put_rows(datasets, "runs/structure", d.structures);
    put_rows(datasets, "runs/reported_variable", chosen(d.variables, reported_variables()));
    put_dates(datasets, "runs/report_date", report_dates(scenario.horizon));
    put_rows(datasets, "trajectories/variable", d.variables);
    put_cells(datasets, agents_per_column(scenario.counts));
    std::vector<std::string> distributions;
    for (const std::size_t i : drawn) {
        const std::string by = moved_by(scenario.dials, "parameters", d.parameters[i].name);
        distributions.push_back(drawn_text(scenario, i) + (by.empty() ? "" : ", moved by " + by));
    }
    put(datasets, "runs/parameter_distribution", distributions);
    put_number(datasets, "runs/observed_from", first_year + scenario.start / 4.0);
    put_number(datasets, "runs/observed_until", first_year + (scenario.horizon + 1) / 4.0);
}

void ResultWriter::Inside::expect(const FinishedBlock& block, const char* what, std::size_t found, std::size_t wanted) const
{
    if (found != wanted) throw std::runtime_error(fmt::format("{}: cannot write the block from run {} on: {} {}, expected {}", path(), block.first_run, found, what, wanted));
}

void ResultWriter::Inside::check_shapes(const FinishedBlock& block, std::size_t runs) const
{
    const std::size_t quarters = extents.at("quarter");
    const BlockResult& r = block.result;
    if (block.first_run + runs > extents.at("run")) expect(block, "runs in all", block.first_run + runs, extents.at("run"));
    if (!keeps(Keep::outcomes)) return;
    expect(block, "outcomes", r.outcome.size(), quarters * runs);
    expect(block, "event quarters", r.first_event.size(), extents.at("event") * runs);
    expect(block, "failed variables", r.failed_variable.size(), runs);
    expect(block, "failed values", r.failed_value.size(), runs);
    expect(block, "parameter values", block.job.parameters.size(), (drawn.size() + constant.size()) * runs);
    expect(block, "structure values", block.job.structures.size(), extents.at("structure") * runs);
    expect(block, "reported values", reported_values(r).size(), extents.at("report_date") * extents.at("reported_variable") * runs);
    if (keeps(Keep::trajectories)) expect(block, "trajectory values", r.trajectory.size(), quarters * extents.at("variable") * ((runs + tile_runs - 1) / tile_runs * tile_runs));
    if (keeps(Keep::agents)) expect(block, "agents' values", r.agents.size(), quarters * extents.at("cell") * runs);
}

/// The last axis is `run`; the values are whole along the others.
template <class T> void ResultWriter::Inside::put_block(const char* name, const T* values, std::uint32_t first, std::size_t runs) const
{
    const auto found = datasets.find(name);
    if (found == datasets.end()) return;
    std::vector<hsize_t> count = hdf5::extent(found->second), start(count.size(), 0);
    start.back() = first, count.back() = runs;
    hdf5::write(found->second, values, {start, count});
}

void ResultWriter::block(const FinishedBlock& block)
{
    Inside& in = *inside_;
    const std::size_t runs = block.result.failed_quarter.size();
    in.check_shapes(block, runs);
    if (runs == 0) return;
    if (in.extents.at("run") != 0)
        each_of_runs(block, in.keep, in.drawn, [&](const std::string& name, const auto& values) { in.put_block(name.c_str(), values.data(), block.first_run, runs); });
    if (in.keeps(Keep::outcomes)) in.put_constants(block, runs);
    if (!block.result.fingerprint.empty()) in.take_fingerprint(block.result);
    in.finished.emplace(block.first_run, block.first_run + static_cast<std::uint32_t>(runs));
}

void ResultWriter::Inside::take_fingerprint(const BlockResult& result)
{
    const auto runs = static_cast<std::ptrdiff_t>(result.failed_quarter.size());
    bits = {{"scenario"},
            result.quarters,
            result.failed_quarter.size(),
            {result.fingerprint.begin(), result.fingerprint.end() - runs},
            {result.fingerprint.end() - runs, result.fingerprint.end()}};
}

/// The values of the first block; the others must be the same.
void ResultWriter::Inside::put_constants(const FinishedBlock& block, std::size_t runs)
{
    const std::vector<double>& all = block.job.parameters;
    if (constants.empty()) {
        for (const std::size_t i : constant) constants.push_back(all[i * runs]);
        put(datasets, "runs/constant_value", std::vector<float>(constants.begin(), constants.end()));
    }
    for (std::size_t k = 0; k < constant.size(); ++k)
        for (std::size_t run = 0; run < runs; ++run)
            if (all[constant[k] * runs + run] != constants[k])
                throw std::runtime_error(fmt::format("{}: cannot write: the scenario gives '{}' one value, but run {} has another", path(), describe().parameters[constant[k]].name,
                                                     block.first_run + run));
}

void ResultWriter::Inside::put_single_numbers(const Summary& summary, double duration_s, bool complete)
{
    provenance.duration_s = duration_s;
    put_provenance_numbers(datasets, provenance, summary, complete);
    put_number(datasets, "summary/counted_runs", summary.runs);
    put_number(datasets, "summary/start", summary.start);
    put_number(datasets, "summary/failed_runs", summary.failed);
    put_number(datasets, "summary/explained_by_parameters", summary.by_parameters);
    put_number(datasets, "summary/explained_by_structures", summary.by_structures);
    put_number(datasets, "summary/alignment_variance", summary.variance);
    put_number(datasets, "summary/explained_quarter", static_cast<std::int16_t>(summary.attribution_quarter));
    put_number(datasets, "summary/explained_runs", summary.attribution_used);
}

void ResultWriter::Inside::put_summary(const Summary& summary)
{
    extents["failure"] = summary.failures.size();
    create_group(file, "summary", extents, datasets);
    const std::size_t quarters = extents.at("quarter");
    if (summary.quarters != quarters || summary.code_count.size() != 32 * quarters)
        throw std::runtime_error(fmt::format("{}: cannot write the summary: it has {} quarters, expected {}", path(), summary.quarters, quarters));
    put_quarters(datasets, "summary", quarters);
    put_rows(datasets, "summary/variable", describe().variables);
    put_rows(datasets, "summary/event", describe().events);
    put(datasets, "summary/level", std::vector<double>(std::begin(quantile_levels), std::end(quantile_levels)));
    put(datasets, "summary/class", std::vector<std::string>(std::begin(class_names), std::end(class_names)));
    put(datasets, "summary/orientation", std::vector<std::string>(std::begin(orientation_names), std::end(orientation_names)));
    std::vector<std::uint8_t> code(32);
    std::iota(code.begin(), code.end(), std::uint8_t{0});
    put(datasets, "summary/code", code);
    put(datasets, "summary/code_count", counts_by(summary, 32, [](std::uint8_t c) { return int{c}; }));
    put(datasets, "summary/class_count", counts_by(summary, outcome_classes, class_of));
    put(datasets, "summary/orientation_count", counts_by(summary, orientations, orientation_of));
    put(datasets, "summary/event_count", summary.event_count);
    put(datasets, "summary/mean", summary.mean);
    put(datasets, "summary/sd", summary.sd);
    put(datasets, "summary/least", summary.least);
    put(datasets, "summary/most", summary.most);
    put(datasets, "summary/quantile", summary.quantile);
    std::vector<std::uint32_t> number(summary.failures.size()), run;
    std::vector<std::int16_t> quarter, variable;
    std::vector<float> value;
    for (const Summary::Failure& failure : summary.failures)
        run.push_back(failure.run), quarter.push_back(failure.quarter), variable.push_back(failure.variable), value.push_back(failure.value);
    std::iota(number.begin(), number.end(), 0u);
    put(datasets, "summary/failure", number);
    put(datasets, "summary/failure_run", run);
    put(datasets, "summary/failure_quarter", quarter);
    put(datasets, "summary/failure_variable", variable);
    put(datasets, "summary/failure_value", value);
}

/// Only the first unbroken stretch of runs stays.
void ResultWriter::Inside::cut()
{
    std::uint32_t end = 0;
    for (const auto& [first, last] : finished)
        if (first <= end) end = std::max(end, last);
    if (end == extents.at("run")) return;
    for (const VariableText& variable : variables()) {
        const auto found = datasets.find(fmt::format("{}/{}", variable.group, variable.name));
        const std::vector<std::string> dimensions = dimensions_of(variable);
        if (found == datasets.end() || dimensions.empty() || dimensions.back() != "run") continue;
        std::vector<hsize_t> shape = hdf5::extent(found->second);
        shape.back() = end;
        hdf5::set_extent(found->second, shape);
    }
    if (end != 0) return;
    datasets.clear();
    for (const char* group : per_run)
        if (hdf5::exists(file, group)) hdf5::remove(file, group);
}

void ResultWriter::stopped(const StopReport& stop) { put_stop(inside_->file, stop, inside_->extents, inside_->datasets); }

void ResultWriter::beside(const Beside& beside) { put_beside(inside_->file, beside, inside_->extents, inside_->datasets); }

std::string ResultWriter::finish(const Summary& summary, double duration_s, bool complete)
{
    Inside& in = *inside_;
    in.put_summary(summary);
    in.put_single_numbers(summary, duration_s, complete);
    put_fingerprint(in.file, in.bits, in.extents, in.datasets);
    in.cut();
    hdf5::flush(in.file);
    in.datasets.clear();
    hdf5::close(in.file);
    in.temporary.take_final_name();
    return in.path();
}

} // namespace entente
