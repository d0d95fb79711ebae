#include "../core/quarter.hpp"
#include "../ensemble/reported.hpp"
#include "datasets.hpp"
#include "rules.hpp"
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <stdexcept>
#include <sys/stat.h>

namespace entente {

using namespace store;

hdf5::File store::open_any(const std::string& path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) throw std::runtime_error(fmt::format("{}: cannot open: {}", path, std::strerror(errno)));
    if (!S_ISREG(status.st_mode)) throw std::runtime_error(fmt::format("{}: cannot open: it is {}", path, S_ISDIR(status.st_mode) ? "a folder" : "no regular file"));
    return hdf5::open_file(path);
}

/// What a file says that it is; empty of what this program does not know.
static std::string noun_of(std::string_view format)
{
    return format == sweep_format ? "a sweep's result" : format == result_format ? "a run's result" : format == posterior_format ? "a posterior" : "";
}
static const char* found_as(std::string_view format) { return format == posterior_format ? "posterior" : "result"; }

hdf5::File store::open_stored(const std::string& path, const char* format)
{
    hdf5::File file = open_any(path);
    const std::string found = hdf5::text_attribute(file, "format");
    const std::string wanted = noun_of(format), is = noun_of(found);
    if (found != format && !is.empty()) throw std::runtime_error(fmt::format("{}: is {}, not {}", path, is, wanted));
    if (found != format) throw DamagedFile(fmt::format("{}: is no {} of this engine, or is damaged", path, found_as(format)));
    const std::uint32_t version = hdf5::number_attribute(file, "format_version"), read = format == std::string_view(posterior_format) ? posterior_format_version : result_format_version;
    if (version != read) throw std::runtime_error(fmt::format("{}: has version {} of the {} format, this program reads version {}", path, version, found_as(format), read));
    return file;
}

template <class T> static T read_number(const hdf5::File& file, const char* name) { return read<T>(file, name, {}).front(); }
static std::string read_text(const hdf5::File& file, const std::string& name) { return hdf5::read_texts(hdf5::open_dataset(file, name, Type::text), {}).front(); }

void store::require_names(const hdf5::File& file, const char* name, const std::vector<std::string>& wanted)
{
    const hdf5::Dataset dataset = hdf5::open_dataset(file, name, Type::text);
    if (hdf5::extent(dataset) == std::vector<hsize_t>{wanted.size()} && hdf5::read_texts(dataset, {wanted.size()}) == wanted) return;
    throw std::runtime_error(fmt::format("{}: cannot read: the model that wrote it (engine {}) lists other names under '{}' than this program's", file.path,
                                         read_text(file, "provenance/engine_version"), name));
}

static std::size_t quarters_in(const hdf5::File& file, const char* name)
{
    const std::size_t quarters = length_of(file, name, Type::f64);
    if (quarters == 0 || quarters > most_quarters) throw std::runtime_error(fmt::format("{}: cannot read: '{}' has {} quarters", file.path, name, quarters));
    return quarters;
}

Provenance store::read_provenance(const hdf5::File& file)
{
    Provenance p;
    for (const ProvenanceText& text : provenance_texts()) p.*text.member = read_text(file, fmt::format("provenance/{}", text.name));
    p.seed = read_number<std::uint64_t>(file, "provenance/seed");
    p.runs = read_number<std::uint32_t>(file, "provenance/runs");
    p.threads = read_number<std::uint32_t>(file, "provenance/threads");
    p.duration_s = read_number<double>(file, "provenance/duration_s");
    throw_if_damaged(file.path, fault_of(p));
    return p;
}

static void read_summary_failures(const hdf5::File& file, Summary& s)
{
    if (!hdf5::exists(file, "summary/failure")) return;
    const std::size_t failures = length_of(file, "summary/failure", Type::u32);
    const auto run = read<std::uint32_t>(file, "summary/failure_run", {failures});
    const auto quarter = read<std::int16_t>(file, "summary/failure_quarter", {failures}), variable = read<std::int16_t>(file, "summary/failure_variable", {failures});
    const auto value = read<float>(file, "summary/failure_value", {failures});
    for (std::size_t i = 0; i < failures; ++i) s.failures.push_back({run[i], quarter[i], variable[i], value[i]});
}

static Summary read_summary(const hdf5::File& file)
{
    require_names(file, "summary/variable", names(describe().variables));
    require_names(file, "summary/event", names(describe().events));
    const std::size_t quarters = quarters_in(file, "summary/quarter"), variables = describe().variables.size();
    Summary s;
    s.quarters = static_cast<std::uint32_t>(quarters);
    s.runs = read_number<std::uint32_t>(file, "summary/counted_runs");
    s.start = read_number<std::uint32_t>(file, "summary/start");
    s.failed = read_number<std::uint32_t>(file, "summary/failed_runs");
    s.by_parameters = read_number<double>(file, "summary/explained_by_parameters");
    s.by_structures = read_number<double>(file, "summary/explained_by_structures");
    s.variance = read_number<double>(file, "summary/alignment_variance");
    s.attribution_quarter = read_number<std::int16_t>(file, "summary/explained_quarter");
    s.attribution_used = read_number<std::uint32_t>(file, "summary/explained_runs");
    const auto by_code = read<std::uint32_t>(file, "summary/code_count", {32, quarters});
    s.code_count.resize(by_code.size());
    for (std::size_t quarter = 0; quarter < quarters; ++quarter)
        for (std::size_t code = 0; code < 32; ++code) s.code_count[quarter * 32 + code] = by_code[code * quarters + quarter];
    for (const auto& [name, counts] : {std::pair{"class", counts_by(s, outcome_classes, class_of)}, std::pair{"orientation", counts_by(s, orientations, orientation_of)}})
        if (const std::string held = fmt::format("summary/{}_count", name); read<std::uint32_t>(file, held.c_str(), {counts.size() / quarters, quarters}) != counts)
            throw DamagedFile(fmt::format("{}: is damaged: '{}' is not what 'summary/code_count' comes to", file.path, held));
    s.event_count = read<std::uint32_t>(file, "summary/event_count", {describe().events.size(), quarters});
    s.mean = read<double>(file, "summary/mean", {variables, quarters});
    s.sd = read<double>(file, "summary/sd", {variables, quarters});
    s.least = read<double>(file, "summary/least", {variables, quarters});
    s.most = read<double>(file, "summary/most", {variables, quarters});
    s.quantile = read<float>(file, "summary/quantile", {quantile_count, variables, quarters});
    read_summary_failures(file, s);
    throw_if_damaged(file.path, fault_of(s));
    return s;
}

StoredResult read_result(const std::string& path)
{
    try_in_a_child(path);
    const hdf5::File file = open_stored(path, result_format);
    const Extents extents = require_layout(file);
    StoredResult result{read_provenance(file), read_summary(file), read_number<std::uint8_t>(file, "provenance/complete") != 0, read_stop(file)};
    result.beside = read_beside(file, extents, result.summary.quarters);
    if (read_text(file, "provenance/checksum") != fingerprint(result.provenance, result.summary, result.complete))
        throw_if_damaged(path, "the checksum of its texts and single numbers is wrong");
    const auto held = extents.find("run");
    // of an interrupted run the first unbroken stretch is kept
    if ((held != extents.end() && (result.complete ? held->second != result.summary.runs : held->second > result.summary.runs)) || result.summary.runs > result.provenance.runs)
        throw_if_damaged(path, "its runs are not as many as its summary says");
    return result;
}

std::vector<std::int16_t> store::quarters_of(const std::vector<float>& years, std::size_t quarters, const hdf5::Dataset& from)
{
    std::vector<std::int16_t> all;
    for (const float year : years) {
        const double quarter = std::isnan(year) ? -1 : std::floor((year - first_year) * 4.0);
        if (!std::isnan(year) && !(quarter >= 0 && quarter < static_cast<double>(quarters) && year == static_cast<float>(decimal_year(static_cast<int>(quarter)))))
            throw_if_damaged(from.path, fmt::format("'{}' has a date that is none", from.name));
        all.push_back(static_cast<std::int16_t>(quarter));
    }
    return all;
}

/// [parameter][run] of the whole model from what was drawn and what was constant.
static std::vector<float> read_parameters(const hdf5::File& file, std::uint32_t first, std::size_t count)
{
    const std::vector<Row>& rows = describe().parameters;
    std::vector<float> all(rows.size() * count);
    std::vector<bool> known(rows.size());
    const auto number = [&](const std::string& name, const char* where) {
        const std::size_t i = Description::find(rows, name);
        if (i != Description::npos && !known[i]) return known[i] = true, i;
        throw std::runtime_error(fmt::format("{}: cannot read: '{}' names '{}', which this program's model does not have there", file.path, where, name));
    };
    const auto names_in = [&](const char* name) {
        if (!hdf5::exists(file, name)) return std::vector<std::string>();
        return hdf5::read_texts(hdf5::open_dataset(file, name, Type::text), {std::min(length_of(file, name, Type::text), rows.size())});
    };
    const std::vector<std::string> drawn = names_in("runs/parameter"), constant = names_in("runs/constant");
    if (!drawn.empty()) {
        const auto draws = hdf5::read<float>(hdf5::open_dataset(file, "runs/parameter_draw", Type::f32), hdf5::Slab{{0, first}, {drawn.size(), count}});
        for (std::size_t k = 0; k < drawn.size(); ++k) std::copy_n(&draws[k * count], count, &all[number(drawn[k], "runs/parameter") * count]);
    }
    if (!constant.empty()) {
        const auto values = read<float>(file, "runs/constant_value", {constant.size()});
        for (std::size_t k = 0; k < constant.size(); ++k) std::fill_n(&all[number(constant[k], "runs/constant") * count], count, values[k]);
    }
    if (drawn.size() + constant.size() != rows.size())
        throw std::runtime_error(fmt::format("{}: cannot read: it has {} parameters, this program's model {}", file.path, drawn.size() + constant.size(), rows.size()));
    return all;
}

std::vector<float> read_reported(const std::string& path, std::uint32_t first, std::uint32_t count)
{
    const hdf5::File file = open_stored(path, result_format);
    if (!hdf5::exists(file, "runs/reported")) throw std::runtime_error(fmt::format("{}: keeps no single runs", path));
    std::vector<std::string> variables, dates;
    for (const std::uint32_t v : reported_variables()) variables.emplace_back(describe().variables[v].name);
    for (const int date : report_dates(static_cast<int>(quarters_in(file, "runs/quarter")) - 1)) dates.push_back(quarter_name(date));
    require_names(file, "runs/reported_variable", variables);
    require_names(file, "runs/report_date_label", dates);
    const std::size_t held = length_of(file, "runs/run", Type::u32), runs = std::min<std::size_t>(count, held - std::min<std::size_t>(first, held));
    if (runs == 0) return {};
    const hdf5::Dataset dataset = hdf5::open_dataset(file, "runs/reported", Type::f32);
    hdf5::require_shape(dataset, {dates.size(), variables.size(), held});
    auto values = hdf5::read<float>(dataset, hdf5::Slab{{0, 0, first}, {dates.size(), variables.size(), runs}});
    const auto failed = hdf5::read<std::int16_t>(hdf5::open_dataset(file, "runs/failed_quarter", Type::i16), hdf5::Slab{{first}, {runs}});
    for (std::size_t i = 0; i < values.size(); ++i)
        if (fate_of(failed[i % runs]) != Fate::whole) values[i] = std::numeric_limits<float>::quiet_NaN();
        else if (std::isnan(values[i]) || is_far(values[i])) throw_if_damaged(path, fmt::format("'{}' has a value that is no number, or far outside every range", dataset.name));
    return values;
}

StoredRuns read_runs(const std::string& path, std::uint32_t first, std::uint32_t count)
{
    const hdf5::File file = open_stored(path, result_format);
    if (!hdf5::exists(file, "runs/outcome")) throw std::runtime_error(fmt::format("{}: keeps no single runs", path));
    require_names(file, "runs/event", names(describe().events));
    const std::size_t quarters = quarters_in(file, "runs/quarter"), held = length_of(file, "runs/run", Type::u32);
    const hdf5::Dataset outcome = hdf5::open_dataset(file, "runs/outcome", Type::u8), date = hdf5::open_dataset(file, "runs/event_date", Type::f32);
    hdf5::require_shape(outcome, {quarters, held});
    hdf5::require_shape(date, {describe().events.size(), held});
    StoredRuns runs;
    runs.runs = static_cast<std::uint32_t>(std::min<std::size_t>(count, held - std::min<std::size_t>(first, held)));
    if (runs.runs == 0) return runs;
    runs.outcome = hdf5::read<std::uint8_t>(outcome, hdf5::Slab{{0, first}, {quarters, runs.runs}});
    runs.first_event = quarters_of(hdf5::read<float>(date, hdf5::Slab{{0, first}, {describe().events.size(), runs.runs}}), quarters, date);
    runs.parameters = read_parameters(file, first, runs.runs);
    runs.failed_quarter = hdf5::read<std::int16_t>(hdf5::open_dataset(file, "runs/failed_quarter", Type::i16), hdf5::Slab{{first}, {runs.runs}});
    throw_if_damaged(path, fault_of(runs, quarters));
    require_names(file, "runs/structure", names(describe().structures));
    runs.structures = hdf5::read<std::uint8_t>(hdf5::open_dataset(file, "runs/structure_choice", Type::u8), hdf5::Slab{{0, first}, {describe().structures.size(), runs.runs}});
    for (std::size_t i = 0; i < runs.structures.size(); ++i)
        if (const Row& row = describe().structures[i / runs.runs]; runs.structures[i] > std::ranges::count(row.choices, '|'))
            throw_if_damaged(path, fmt::format("a run answers '{}' with what is no answer", row.name));
    return runs;
}

} // namespace entente
