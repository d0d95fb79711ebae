#include "datasets.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace entente::store {

using hdf5::Dataset;

static std::string full_name(const VariableText& variable) { return fmt::format("{}/{}", variable.group, variable.name); }

/// The labels of a variable's dimensions, for readers that follow CF's attribute `coordinates`.
static std::string labels_of(const VariableText& variable, const Datasets& made)
{
    std::string labels;
    if (is_coordinate(variable) || is_label(variable)) return labels;
    const std::vector<std::string> dimensions = dimensions_of(variable);
    for (const VariableText& other : variables()) {
        const bool belongs = std::string_view(other.group) == variable.group && is_label(other) && std::ranges::find(dimensions, other.dimensions) != dimensions.end();
        if (belongs && made.contains(full_name(other))) labels += (labels.empty() ? "" : " ") + std::string(other.name);
    }
    return labels;
}

void create_group(const hdf5::File& file, const std::string& group, const Extents& extents, Datasets& made)
{
    hdf5::make_group(file, group);
    for (const VariableText& variable : variables()) {
        if (group != variable.group) continue;
        const std::vector<std::string> dimensions = dimensions_of(variable);
        if (std::ranges::any_of(dimensions, [&](const std::string& d) { return extents.at(d) == 0; })) continue;
        std::vector<std::size_t> shape;
        for (const std::string& dimension : dimensions) shape.push_back(extents.at(dimension));
        const std::string name = full_name(variable);
        const Dataset& dataset = made[name] = hdf5::make_dataset(file, name, variable.type, shape, chunk_shape(variable, extents));
        hdf5::set_attribute(dataset, "units", units_attribute(variable));
        hdf5::set_attribute(dataset, "long_name", long_name(variable));
        if (const std::string labels = labels_of(variable, made); !labels.empty()) hdf5::set_attribute(dataset, "coordinates", labels);
        if (is_coordinate(variable)) hdf5::make_scale(dataset, variable.name);
        for (unsigned axis = 0; axis < dimensions.size(); ++axis) hdf5::attach_scale(dataset, made.at(fmt::format("{}/{}", group, dimensions[axis])), axis, dimensions[axis]);
    }
}

static std::vector<std::string> texts(const std::vector<Row>& rows, std::string_view Row::*member)
{
    std::vector<std::string> all;
    for (const Row& row : rows) all.push_back(utf8(row.*member));
    return all;
}

static std::vector<double> numbers(const std::vector<Row>& rows, double Row::*member)
{
    std::vector<double> all;
    for (const Row& row : rows) all.push_back(row.*member);
    return all;
}

std::vector<std::string> names(const std::vector<Row>& rows) { return texts(rows, &Row::name); }

void put_dates(const Datasets& made, const std::string& dimension, const std::vector<int>& quarters)
{
    std::vector<double> years;
    std::vector<std::string> labels;
    for (const int quarter : quarters) years.push_back(decimal_year(quarter)), labels.push_back(quarter_name(quarter));
    put(made, dimension, years);
    put(made, dimension + "_label", labels);
}
void put_quarters(const Datasets& made, const std::string& group, std::size_t quarters)
{
    std::vector<int> all(quarters);
    std::iota(all.begin(), all.end(), 0);
    put_dates(made, group + "/quarter", all);
}

void put_rows(const Datasets& made, const std::string& dimension, const std::vector<Row>& rows)
{
    if (!made.contains(dimension)) return;
    put(made, dimension, names(rows));
    put(made, dimension + "_unit", texts(rows, &Row::unit));
    put(made, dimension + "_meaning", texts(rows, &Row::meaning));
    put(made, dimension + "_source", texts(rows, &Row::source));
    put(made, dimension + "_choices", texts(rows, &Row::choices));
    put(made, dimension + "_default", numbers(rows, &Row::standard));
    put(made, dimension + "_low", numbers(rows, &Row::low));
    put(made, dimension + "_high", numbers(rows, &Row::high));
}

void put_cells(const Datasets& made, const std::vector<std::uint32_t>& agents)
{
    std::vector<Row> rows;
    std::vector<std::uint32_t> number;
    for (std::size_t column = 0; column < agents.size(); ++column)
        for (std::uint32_t agent = 0; agent < agents[column]; ++agent) rows.push_back(describe().columns.at(column)), number.push_back(agent);
    std::vector<std::uint32_t> cell(rows.size());
    std::iota(cell.begin(), cell.end(), 0u);
    put(made, "agents/cell", cell);
    put(made, "agents/cell_column", names(rows));
    put(made, "agents/cell_unit", texts(rows, &Row::unit));
    put(made, "agents/cell_meaning", texts(rows, &Row::meaning));
    put(made, "agents/cell_agent", number);
}

void put_fingerprint(const hdf5::File& file, const Fingerprint& fingerprint, Extents& extents, Datasets& made)
{
    if (fingerprint.by_run.empty()) return;
    extents["policy"] = fingerprint.policies.size(), extents["first_run"] = fingerprint.runs;
    create_group(file, "fingerprint", extents, made);
    put_quarters(made, "fingerprint", fingerprint.quarters);
    std::vector<std::uint32_t> number(fingerprint.runs);
    std::iota(number.begin(), number.end(), 0u);
    put(made, "fingerprint/variable", names(describe().variables));
    put(made, "fingerprint/policy", fingerprint.policies);
    put(made, "fingerprint/first_run", number);
    put(made, "fingerprint/by_variable", fingerprint.by_variable);
    put(made, "fingerprint/by_run", fingerprint.by_run);
}

void create_provenance(const hdf5::File& file, const Provenance& provenance, const Extents& extents, Datasets& made)
{
    hdf5::set_attribute(file, "format_version", result_format_version);
    hdf5::set_attribute(file, "title", utf8((provenance.scenario_title.empty() ? provenance.scenario_name : provenance.scenario_title).substr(0, 1000)));
    create_group(file, "provenance", extents, made);
    hdf5::set_attribute(made.at("provenance/complete"), "dtype", std::string("bool"));
    for (const ProvenanceText& text : provenance_texts()) put(made, fmt::format("provenance/{}", text.name), std::vector{provenance.*text.member});
}

void put_provenance_numbers(const Datasets& made, const Provenance& p, const Summary& summary, bool complete)
{
    put_number(made, "provenance/seed", p.seed);
    put_number(made, "provenance/runs", p.runs);
    put_number(made, "provenance/threads", static_cast<std::uint32_t>(p.threads));
    put_number(made, "provenance/duration_s", p.duration_s);
    put_number(made, "provenance/complete", static_cast<std::uint8_t>(complete));
    put(made, "provenance/checksum", std::vector{fingerprint(p, summary, complete)});
}

std::vector<std::uint32_t> counts_by(const Summary& summary, int kinds, int (*of)(std::uint8_t code))
{
    std::vector<std::uint32_t> counts(static_cast<std::size_t>(kinds) * summary.quarters);
    for (std::size_t quarter = 0; quarter < summary.quarters; ++quarter)
        for (std::uint8_t code = 0; code < 32; ++code)
            if (of(code) < kinds) counts[static_cast<std::size_t>(of(code)) * summary.quarters + quarter] += summary.code_count[quarter * 32 + code];
    return counts;
}

void set_flags(const Dataset& outcome)
{
    std::vector<std::uint8_t> masks, values;
    std::string meanings;
    for (std::size_t i = 0; i < outcome_classes; ++i) masks.push_back(7), values.push_back(static_cast<std::uint8_t>(i)), meanings += std::string(class_names[i]) + " ";
    for (std::size_t i = 0; i < orientations; ++i) masks.push_back(24), values.push_back(static_cast<std::uint8_t>(8 * i)), meanings += std::string(orientation_names[i]) + " ";
    meanings.pop_back();
    hdf5::set_attribute(outcome, "flag_masks", masks);
    hdf5::set_attribute(outcome, "flag_values", values);
    hdf5::set_attribute(outcome, "flag_meanings", meanings);
}

std::string utf8(std::string_view bytes)
{
    if (std::ranges::all_of(bytes, [](char c) { return static_cast<signed char>(c) > 0; })) return std::string(bytes); // nearly every text is ASCII
    std::string text;
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t length = bytes[i] == '\0' ? 0 : utf8_length(bytes.substr(i));
        if (length > 0) text += bytes.substr(i, length);
        else text += '?';
        i += std::max<std::size_t>(length, 1);
    }
    return text;
}

} // namespace entente::store
