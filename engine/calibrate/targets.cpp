#include "targets.hpp"
#include <algorithm>
#include <cmath>

namespace entente {

std::vector<Quantity> quantities_of(const Targets& targets)
{
    std::vector<Quantity> all;
    for (const Observation& o : targets.observations) {
        all.push_back(o.quantity);
        if (o.base) all.push_back(*o.base);
    }
    return all;
}

double modelled(const Observation& observation, const BlockResult& block, std::size_t run, std::size_t runs)
{
    const double value = evaluate(observation.quantity, block, run, runs);
    return observation.base ? value / evaluate(*observation.base, block, run, runs) : value;
}

double transformed(const Measurement& measurement, double value)
{
    switch (measurement.transform) {
    case Measurement::Transform::log: return std::log(value);
    case Measurement::Transform::logit: return std::log(value / (1 - value));
    case Measurement::Transform::identity: break;
    }
    return value;
}

/// To first order.
double transformed_sd(const Measurement& measurement, const Observation& observation)
{
    const double v = observation.value;
    switch (measurement.transform) {
    case Measurement::Transform::log: return observation.sd / v;
    case Measurement::Transform::logit: return observation.sd / (v * (1 - v));
    case Measurement::Transform::identity: break;
    }
    return observation.sd;
}

double covariance(const Targets& targets, std::size_t i, std::size_t j)
{
    const Observation &a = targets.observations[i], &b = targets.observations[j];
    if (a.measurement != b.measurement) return 0;
    const Measurement& m = targets.measurements[a.measurement];
    const double errors = transformed_sd(m, a) * transformed_sd(m, b);
    return i == j ? errors + m.model_sd * m.model_sd : m.error_correlation * errors;
}

double expected(const Measurement& measurement, double x, double level, double slope)
{
    return measurement.scale == Measurement::Scale::direct ? transformed(measurement, x) : level + slope * (x - measurement.centre);
}

/// Number of the class in which a value lies.
static std::size_t class_of(const Measurement& measurement, double value)
{
    return static_cast<std::size_t>(std::ranges::upper_bound(measurement.cuts, value) - measurement.cuts.begin());
}

Bounds latent_bounds(const Measurement& measurement, double value)
{
    const std::size_t of = class_of(measurement, value);
    Bounds bounds;
    if (of > 0) bounds.low = measurement.cuts[of - 1];
    if (of < measurement.cuts.size()) bounds.high = measurement.cuts[of];
    return bounds;
}

static double on_error_scale(const Measurement& measurement, double value)
{
    return measurement.scale == Measurement::Scale::ordinal ? static_cast<double>(class_of(measurement, value)) : transformed(measurement, value);
}

std::vector<double> observed(const Targets& targets)
{
    std::vector<double> all;
    for (const Observation& o : targets.observations) all.push_back(on_error_scale(targets.measurements[o.measurement], o.value));
    return all;
}

Observer::Observer(const Targets& targets) : measurements_(targets.measurements)
{
    for (const Observation& o : targets.observations) {
        const Measurement& m = measurements_[o.measurement];
        const double error = m.scale == Measurement::Scale::ordinal ? 0 : transformed_sd(m, o);
        errors_.push_back({o.measurement, error * std::sqrt(m.error_correlation), std::sqrt(error * error * (1 - m.error_correlation) + m.model_sd * m.model_sd)});
    }
}

void Observer::operator()(std::span<const double> x, std::span<const double> normals, std::span<double> to) const
{
    for (std::size_t i = 0; i < errors_.size(); ++i) {
        const auto& [measurement, common, own] = errors_[i];
        const Measurement& m = measurements_[measurement];
        const double* const series = normals.data() + 3 * measurement;
        const double value = expected(m, x[i], m.level + m.level_sd * series[0], m.slope + m.slope_sd * series[1]) + common * series[2] + own * normals[3 * measurements_.size() + i];
        to[i] = m.scale == Measurement::Scale::ordinal ? static_cast<double>(class_of(m, value)) : value;
    }
}

} // namespace entente
