#define ENTENTE_KERNEL one_number
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 1
#include "../core/draws.hpp"
#include "prior.hpp"
#include <algorithm>
#include <cmath>

namespace entente {

static double exp_of(double x) { return exp(Lanes(x)).v[0]; }
static double log_of(double x) { return log(Lanes(x)).v[0]; }

double normal_below(double deviate)
{
    const double x = std::abs(deviate) * 0.70710678118654752, t = 1 / (1 + 0.5 * x);
    constexpr double c[] = {-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277};
    double sum = 0;
    for (int i = 9; i >= 0; --i) sum = sum * t + c[i];
    const double tail = 0.5 * t * exp_of(sum - x * x);
    return deviate < 0 ? tail : 1 - tail;
}

double normal_at(double probability) { return normal(probability).v[0]; }

double value_at(const Distribution& prior, double deviate)
{
    if (prior.cut == Cut::none) {
        if (prior.shape == Shape::normal) return prior.a + prior.b * deviate;
        if (prior.shape == Shape::log_normal) return prior.a * exp_of(prior.b * deviate);
    }
    const double u = std::clamp(normal_below(deviate), 1e-15, 1 - 1e-15);
    if (prior.shape == Shape::uniform) return prior.a + u * (prior.b - prior.a);
    if (prior.shape == Shape::log_uniform) return std::clamp(prior.a * exp_of(u * log_of(prior.b / prior.a)), prior.a, prior.b);
    return quantile(prior, u);
}

std::vector<double> values_at(std::span<const Parameter> parameters, std::span<const double> deviates)
{
    std::vector<double> values(deviates.size());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = value_at(parameters[i % parameters.size()].prior, deviates[i]);
    return values;
}

} // namespace entente
