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

std::vector<double> would_be_observed(const Targets& targets, std::span<const double> x, const std::function<double()>& normal)
{
    struct Series {
        double level, slope, error;
    };
    std::vector<Series> series;
    for (const Measurement& m : targets.measurements) {
        const double level = m.level + m.level_sd * normal(), slope = m.slope + m.slope_sd * normal();
        series.push_back({level, slope, normal()});
    }
    std::vector<double> all;
    for (std::size_t i = 0; i < targets.observations.size(); ++i) {
        const Observation& o = targets.observations[i];
        const Measurement& m = targets.measurements[o.measurement];
        const Series& s = series[o.measurement];
        const double own = normal(), left_out = normal(), value = expected(m, x[i], s.level, s.slope) + m.model_sd * left_out;
        const double error = transformed_sd(m, o) * (std::sqrt(m.error_correlation) * s.error + std::sqrt(1 - m.error_correlation) * own);
        all.push_back(m.scale == Measurement::Scale::ordinal ? static_cast<double>(class_of(m, value)) : value + error);
    }
    return all;
}

} // namespace entente
