// The groups of a posterior's file: /calibration from the table of the layout, the others with a variable for each parameter and target, as ArviZ wants them.
#include "datasets.hpp"
#include "posterior_rules.hpp"
#include "temporary_file.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <numeric>
#include <stdexcept>

namespace entente {

using namespace store;

namespace {

/// A group of ArviZ's, as it comes to be.
class Group {
public:
    Group(const hdf5::File& file, std::string name, const Posterior& p) : file_(file), name_(std::move(name))
    {
        hdf5::make_group(file_, name_);
        hdf5::set_group_attribute(file_, name_, "created_at", p.created_at);
        hdf5::set_group_attribute(file_, name_, "inference_library", "entente");
        hdf5::set_group_attribute(file_, name_, "inference_library_version", p.engine_version);
    }
    /// A dimension, with the labels of its places.
    template <class T> void dimension(const std::string& name, const std::vector<T>& labels, const std::string& meaning)
    {
        length_[name] = labels.size();
        const hdf5::Dataset& made = create(name, hdf5::type_of<T>, {name}, hdf5::Storage::plain, "1", meaning);
        hdf5::make_scale(made, name), hdf5::attach_scale(made, made, 0, name);
        hdf5::write(made, labels);
    }
    void chains_and_draws(const DrawTable& table)
    {
        const auto numbers = [](std::size_t n) {
            std::vector<std::uint32_t> all(n);
            std::iota(all.begin(), all.end(), 0u);
            return all;
        };
        dimension("chain", numbers(table.chains), "number of the chain");
        dimension("draw", numbers(table.draws), "number of the draw in its chain");
    }
    template <class T>
    const hdf5::Dataset& variable(const std::string& name, const std::vector<T>& values, const std::vector<std::string>& dimensions, const std::string& units, const std::string& meaning)
    {
        const auto storage = dimensions.size() > 1 ? hdf5::Storage::packed : hdf5::Storage::plain;
        const hdf5::Dataset& made = create(name, hdf5::type_of<T>, dimensions, storage, units, meaning);
        for (unsigned axis = 0; axis < dimensions.size(); ++axis) hdf5::attach_scale(made, made_.at(dimensions[axis]), axis, dimensions[axis]);
        hdf5::write(made, values);
        return made;
    }

private:
    const hdf5::Dataset& create(const std::string& name, Type type, const std::vector<std::string>& dimensions, hdf5::Storage storage, const std::string& units, const std::string& meaning)
    {
        std::vector<std::size_t> shape, chunk;
        for (const std::string& dimension : dimensions) shape.push_back(length_.at(dimension));
        chunk = shape;
        std::size_t room = hdf5::packed_chunk / type_size(type);
        if (storage == hdf5::Storage::packed) // the last dimension is whole first
            for (std::size_t i = shape.size(); i-- > 0;) chunk[i] = std::clamp<std::size_t>(room, 1, shape[i]), room /= chunk[i];
        const hdf5::Dataset& made = made_[name] = hdf5::make_dataset(file_, name_ + "/" + name, type, shape, chunk, storage);
        hdf5::set_attribute(made, "units", utf8(units.empty() ? "1" : units));
        hdf5::set_attribute(made, "long_name", utf8(meaning.empty() ? name : meaning));
        return made;
    }
    const hdf5::File& file_;
    std::string name_;
    Extents length_;
    Datasets made_;
};

void put_parameters(const hdf5::File& file, const char* name, const DrawTable& table, const Posterior& p)
{
    Group group(file, name, p);
    group.chains_and_draws(table);
    for (std::size_t i = 0; i < p.parameters.size(); ++i) {
        const CalibratedParameter& c = p.parameters[i];
        const std::vector<double> draws = table.of(i);
        const std::vector<std::string> dimensions = {"chain", "draw"};
        const hdf5::Dataset& made = c.alternatives.empty() ? group.variable(c.name, std::vector<float>(draws.begin(), draws.end()), dimensions, c.unit, c.meaning)
                                                           : group.variable(c.name, std::vector<std::uint8_t>(draws.begin(), draws.end()), dimensions, c.unit, c.meaning);
        hdf5::set_attribute(made, "prior", utf8(c.prior));
        if (!c.alternatives.empty()) hdf5::set_attribute(made, "alternatives", utf8(fmt::format("{}", fmt::join(c.alternatives, "|"))));
    }
}

std::string units_of(const CalibratedTarget& t) { return t.transform.empty() || t.transform == "identity" ? t.unit : fmt::format("{}({})", t.transform, t.unit); }

void put_dates(Group& group, const Series& series, const Posterior& p)
{
    std::vector<std::string> dates;
    for (const std::size_t i : series.observations) dates.push_back(utf8(p.targets[i].date));
    group.dimension(series.target + "_date", dates, "when it was observed");
}

void put_predictive(const hdf5::File& file, const char* name, const DrawTable& table, const Posterior& p)
{
    if (table.values.empty()) return;
    Group group(file, name, p);
    group.chains_and_draws(table);
    for (const Series& s : series_of(p.targets)) {
        put_dates(group, s, p);
        std::vector<float> values;
        for (std::size_t draw = 0; draw < table.chains * table.draws; ++draw)
            for (const std::size_t i : s.observations) values.push_back(static_cast<float>(table.values[draw * table.names.size() + i]));
        group.variable(s.target, values, {"chain", "draw", s.target + "_date"}, units_of(p.targets[s.observations[0]]), "what would be observed, its error and the model's among it");
    }
}

void put_observed(const hdf5::File& file, const Posterior& p)
{
    if (p.targets.empty()) return;
    Group observed(file, "observed_data", p), constant(file, "constant_data", p);
    for (const Series& s : series_of(p.targets)) {
        put_dates(observed, s, p), put_dates(constant, s, p);
        std::vector<double> value, sd;
        std::vector<std::uint8_t> fitted;
        for (const std::size_t i : s.observations) value.push_back(p.targets[i].value), sd.push_back(p.targets[i].sd), fitted.push_back(p.targets[i].fitted);
        const std::string units = units_of(p.targets[s.observations[0]]), date = s.target + "_date";
        observed.variable(s.target, value, {date}, units, "what was observed");
        constant.variable(s.target + "_sd", sd, {date}, units, "standard deviation of the observation's error");
        hdf5::set_attribute(constant.variable(s.target + "_fitted", fitted, {date}, "1", "1: the posterior was fitted to it; 0: it is only predicted"), "dtype", std::string("bool"));
    }
}

void put_statistics(const hdf5::File& file, const Posterior& p)
{
    if (p.sample_stats.values.empty()) return;
    Group group(file, "sample_stats", p);
    group.chains_and_draws(p.sample_stats);
    for (std::size_t i = 0; i < p.sample_stats.names.size(); ++i) {
        const std::string& name = p.sample_stats.names[i];
        group.variable(name, p.sample_stats.of(i), {"chain", "draw"}, "1", "of the sampler, for each draw");
    }
}

void put_steps(const Posterior& p, const Datasets& made)
{
    std::vector<std::uint32_t> number, chain;
    std::vector<std::uint64_t> runs;
    std::vector<double> tolerance, acceptance, unique, moved;
    for (std::size_t c = 0; c < p.steps.size(); ++c)
        for (const SamplerStep& s : p.steps[c]) {
            number.push_back(static_cast<std::uint32_t>(number.size())), chain.push_back(static_cast<std::uint32_t>(c)), runs.push_back(s.runs);
            tolerance.push_back(s.tolerance), acceptance.push_back(s.acceptance), unique.push_back(s.unique), moved.push_back(s.moved);
        }
    put(made, "calibration/step", number), put(made, "calibration/of_chain", chain), put(made, "calibration/step_runs", runs);
    put(made, "calibration/tolerance", tolerance), put(made, "calibration/acceptance", acceptance), put(made, "calibration/unique", unique), put(made, "calibration/moved", moved);
}

void put_calibration(const hdf5::File& file, const Posterior& p)
{
    std::size_t steps = 0;
    for (const auto& chain : p.steps) steps += chain.size();
    Datasets made;
    create_group(file, "calibration", {{"parameter", p.parameters.size()}, {"observation", p.targets.size()}, {"statistic", p.sample_stats.names.size()}, {"step", steps}}, made);
    for (const PosteriorText& text : posterior_texts) put(made, text.name, std::vector{p.*text.member});
    put(made, "calibration/checksum", std::vector{checksum_of(p)});
    put_number(made, "calibration/seed", p.seed), put_number(made, "calibration/runs", p.runs);
    const auto texts = [&](const char* name, const auto& rows, auto of) {
        std::vector<std::string> all;
        for (const auto& row : rows) all.push_back(of(row));
        put(made, name, all);
    };
    for (const ParameterText& text : parameter_texts) texts(text.name, p.parameters, [&](const CalibratedParameter& c) { return c.*text.member; });
    texts("calibration/parameter_alternatives", p.parameters, [](const CalibratedParameter& c) { return fmt::format("{}", fmt::join(c.alternatives, "|")); });
    for (const TargetText& text : target_texts) texts(text.name, p.targets, [&](const CalibratedTarget& t) { return t.*text.member; });
    std::vector<std::uint32_t> number(p.targets.size());
    std::iota(number.begin(), number.end(), 0u);
    put(made, "calibration/observation", number);
    put(made, "calibration/statistic", p.sample_stats.names);
    put_steps(p, made);
}

/// Readers refuse a file with a text that is no UTF-8.
Posterior readable(Posterior p)
{
    for (const PosteriorText& text : posterior_texts) p.*text.member = utf8(p.*text.member);
    return p;
}

} // namespace

void write_posterior(const std::string& path, const Posterior& given)
{
    const Posterior p = readable(rounded(given));
    if (const std::string fault = fault_of(p); !fault.empty()) throw std::runtime_error(fmt::format("{}: cannot write the posterior: {}", path, fault));
    TemporaryFile temporary(path);
    hdf5::File file = hdf5::create_file(temporary.name(), path, hdf5::Size::small);
    hdf5::set_attribute(file, "format", std::string(posterior_format));
    hdf5::set_attribute(file, "format_version", posterior_format_version);
    hdf5::set_attribute(file, "title", p.title.empty() ? p.name : p.title);
    put_parameters(file, "posterior", p.posterior, p), put_parameters(file, "prior", p.prior, p);
    put_predictive(file, "posterior_predictive", p.posterior_predictive, p), put_predictive(file, "prior_predictive", p.prior_predictive, p);
    put_observed(file, p), put_statistics(file, p), put_calibration(file, p);
    hdf5::flush(file), hdf5::close(file);
    temporary.take_final_name();
}

} // namespace entente
