#include "../core/text.hpp"
#include "datasets.hpp"
#include "posterior_rules.hpp"
#include "rules.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {

using namespace store;

namespace {

std::string text_in(const hdf5::File& file, const char* name) { return hdf5::read_texts(hdf5::open_dataset(file, name, Type::text), {}).front(); }

/// Along a dimension that the file may lack.
std::size_t length_in(const hdf5::File& file, const char* name, Type type) { return hdf5::exists(file, name) ? length_of(file, name, type) : 0; }
std::vector<std::string> texts_in(const hdf5::File& file, const char* name, std::size_t count)
{
    return count == 0 ? std::vector<std::string>() : hdf5::read_texts(hdf5::open_dataset(file, name, Type::text), {count});
}

void read_names(const hdf5::File& file, Posterior& p)
{
    p.parameters.resize(length_in(file, "calibration/parameter", Type::text)), p.targets.resize(length_in(file, "calibration/observation", Type::u32));
    for (const ParameterText& text : parameter_texts) {
        const std::vector<std::string> all = texts_in(file, text.name, p.parameters.size());
        for (std::size_t i = 0; i < all.size(); ++i) p.parameters[i].*text.member = all[i];
    }
    const std::vector<std::string> alternatives = texts_in(file, "calibration/parameter_alternatives", p.parameters.size());
    for (std::size_t i = 0; i < alternatives.size(); ++i)
        if (!alternatives[i].empty()) p.parameters[i].alternatives = split(alternatives[i], '|');
    for (const TargetText& text : target_texts) {
        const std::vector<std::string> all = texts_in(file, text.name, p.targets.size());
        for (std::size_t i = 0; i < all.size(); ++i) p.targets[i].*text.member = all[i];
    }
    p.sample_stats.names = texts_in(file, "calibration/statistic", length_in(file, "calibration/statistic", Type::text));
    throw_if_damaged(file.path, fault_of_names(p));
}

/// A group's chains and draws, of which there are none if it is not there; of so many names not too many.
DrawTable table_in(const hdf5::File& file, const std::string& group, std::vector<std::string> names)
{
    DrawTable t;
    if (!hdf5::exists(file, group)) return t;
    t.chains = length_of(file, (group + "/chain").c_str(), Type::u32), t.draws = length_of(file, (group + "/draw").c_str(), Type::u32);
    t.names = std::move(names);
    if (t.chains == 0 || t.draws == 0 || too_many(t.chains, t.draws, t.names.size()))
        throw_if_damaged(file.path, fmt::format("'{}' has no draws, or more than there can be", group));
    t.values.resize(t.chains * t.draws * t.names.size());
    return t;
}

template <class T> std::vector<T> packed(const hdf5::File& file, const std::string& name, const std::vector<hsize_t>& shape)
{
    return hdf5::read<T>(hdf5::open_dataset(file, name, hdf5::type_of<T>, hdf5::Storage::packed), shape);
}

template <class T> void put_column(const std::vector<T>& column, std::size_t name, DrawTable& table)
{
    for (std::size_t draw = 0; draw < column.size(); ++draw) table.values[draw * table.names.size() + name] = column[draw];
}

DrawTable read_parameters(const hdf5::File& file, const std::string& group, const Posterior& p)
{
    DrawTable t = table_in(file, group, parameter_names(p.parameters));
    for (std::size_t i = 0; i < t.names.size(); ++i) {
        const std::string name = group + "/" + t.names[i];
        if (p.parameters[i].alternatives.empty()) put_column(packed<float>(file, name, {t.chains, t.draws}), i, t);
        else put_column(packed<std::uint8_t>(file, name, {t.chains, t.draws}), i, t);
    }
    return t;
}

DrawTable read_predictive(const hdf5::File& file, const std::string& group, const Posterior& p)
{
    DrawTable t = table_in(file, group, observation_names(p.targets));
    if (t.names.empty()) return t;
    for (const Series& s : series_of(p.targets)) {
        const std::size_t dates = s.observations.size();
        const auto values = packed<float>(file, group + "/" + s.target, {t.chains, t.draws, dates});
        for (std::size_t draw = 0; draw < t.chains * t.draws; ++draw)
            for (std::size_t d = 0; d < dates; ++d) t.values[draw * t.names.size() + s.observations[d]] = values[draw * dates + d];
    }
    return t;
}

void read_observed(const hdf5::File& file, Posterior& p)
{
    for (const Series& s : series_of(p.targets)) {
        const std::string observed = "observed_data/" + s.target, constant = "constant_data/" + s.target;
        const std::vector<hsize_t> shape = {s.observations.size()};
        const auto value = read<double>(file, observed.c_str(), shape), sd = read<double>(file, (constant + "_sd").c_str(), shape);
        const auto fitted = read<std::uint8_t>(file, (constant + "_fitted").c_str(), shape);
        for (std::size_t d = 0; d < s.observations.size(); ++d) {
            CalibratedTarget& t = p.targets[s.observations[d]];
            t.value = value[d], t.sd = sd[d], t.fitted = fitted[d] != 0;
        }
    }
}

void read_steps(const hdf5::File& file, Posterior& p)
{
    const std::size_t steps = length_in(file, "calibration/step", Type::u32);
    if (steps == 0) return;
    const auto chain = read<std::uint32_t>(file, "calibration/of_chain", {steps});
    const auto runs = read<std::uint64_t>(file, "calibration/step_runs", {steps});
    const auto numbers = [&](const char* name) { return read<double>(file, name, {steps}); };
    const auto tolerance = numbers("calibration/tolerance"), acceptance = numbers("calibration/acceptance"), unique = numbers("calibration/unique"), moved = numbers("calibration/moved");
    for (std::size_t i = 0; i < steps; ++i) {
        if (chain[i] > p.steps.size() || chain[i] + std::size_t{1} < p.steps.size()) throw_if_damaged(file.path, "its steps are not in the order of its chains");
        if (chain[i] == p.steps.size()) p.steps.emplace_back();
        p.steps.back().push_back({tolerance[i], acceptance[i], unique[i], moved[i], runs[i]});
    }
}

Posterior read_all(const std::string& path)
{
    const hdf5::File file = open_stored(path, posterior_format);
    require_layout(file);
    Posterior p;
    for (const PosteriorText& text : posterior_texts) p.*text.member = text_in(file, text.name);
    p.seed = read<std::uint64_t>(file, "calibration/seed", {}).front(), p.runs = read<std::uint64_t>(file, "calibration/runs", {}).front();
    read_names(file, p);
    p.posterior = read_parameters(file, "posterior", p), p.prior = read_parameters(file, "prior", p);
    p.posterior_predictive = read_predictive(file, "posterior_predictive", p), p.prior_predictive = read_predictive(file, "prior_predictive", p);
    read_observed(file, p);
    if (DrawTable t = table_in(file, "sample_stats", p.sample_stats.names); !t.names.empty()) {
        for (std::size_t i = 0; i < t.names.size(); ++i) put_column(packed<double>(file, "sample_stats/" + t.names[i], {t.chains, t.draws}), i, t);
        p.sample_stats = std::move(t);
    }
    read_steps(file, p);
    throw_if_damaged(path, fault_of(p));
    if (text_in(file, "calibration/checksum") != checksum_of(p)) throw_if_damaged(path, "the checksum of what it holds is wrong");
    return p;
}

} // namespace

Posterior read_posterior(const std::string& path)
{
    try_in_a_child(path, [](const std::string& tried) { static_cast<void>(read_all(tried)); });
    return read_all(path);
}

bool is_posterior(const std::string& path)
{
    try_in_a_child(path);
    return hdf5::text_attribute(open_any(path), "format") == posterior_format;
}

JointDraws joint_draws(const std::string& path)
{
    const Posterior p = read_posterior(path);
    JointDraws joint;
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < p.parameters.size(); ++i)
        if (p.parameters[i].alternatives.empty()) columns.push_back(i), joint.names.push_back(p.parameters[i].name);
    if (columns.empty()) throw std::runtime_error(fmt::format("{}: it has no parameters, only structures", path));
    for (std::size_t draw = 0; draw < p.posterior.chains * p.posterior.draws; ++draw)
        for (const std::size_t i : columns) joint.values.push_back(p.posterior.values[draw * p.posterior.names.size() + i]);
    return joint;
}

} // namespace entente
