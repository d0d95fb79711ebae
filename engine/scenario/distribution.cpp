// Quantiles, by the arithmetic of the model's own exp, log and normal: no function of the platform's mathematical library takes part.
#define ENTENTE_KERNEL plain_numbers
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 2
#include "../core/draws.hpp"
#include "reading.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdexcept>

namespace entente {
namespace {

constexpr double least = 1e-15; // beyond it the inverse normal has no digits left
double exp_of(double x) { return exp(Lanes(x))[0]; }
double log_of(double x) { return log(Lanes(x))[0]; }

/// u at which an increasing function of (0, 1) reaches `level`.
template <class F> double invert(F increasing, double level)
{
    double low = 0, high = 1;
    for (int step = 0; step < 60; ++step) {
        const double middle = 0.5 * (low + high);
        (increasing(middle) < level ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

double log_gamma(double x) // Lanczos (1964), g = 5, six coefficients as in Press et al. (2007), section 6.1
{
    constexpr double c[] = {76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5};
    double sum = 1.000000000190015, y = x;
    for (const double k : c) sum += k / ++y;
    return (x + 0.5) * log_of(x + 5.5) - (x + 5.5) + log_of(2.5066282746310005 * sum / x);
}

double beta_fraction(double a, double b, double x) // continued fraction of the incomplete beta function, by Lentz's method
{
    const auto away = [](double v) { return v < 1e-300 && v > -1e-300 ? 1e-300 : v; };
    double c = 1, d = 1 / away(1 - (a + b) * x / (a + 1)), h = d;
    for (int m = 1; m <= 1000; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away(1 + even * d), c = away(1 + even / c), h *= d * c;
        d = 1 / away(1 + odd * d), c = away(1 + odd / c);
        const double change = d * c;
        h *= change;
        if (change - 1 < 1e-14 && change - 1 > -1e-14) break;
    }
    return h;
}

double beta_below(double a, double b, double x, double log_scale)
{
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const double front = exp_of(log_scale + a * log_of(x) + b * log_of(1 - x));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

double beta_quantile(double a, double b, double u)
{
    const double log_scale = log_gamma(a + b) - log_gamma(a) - log_gamma(b);
    return invert([&](double x) { return beta_below(a, b, x, log_scale); }, u);
}

/// Of the normal and the log-normal, cut or not.
class Bell {
public:
    explicit Bell(const Distribution& d) : d_(d)
    {
        if (d.cut != Cut::truncate) return;
        const auto at = [this](double p) { return uncut(p)[0]; };
        first_ = invert(at, d.low);
        span_ = invert(at, d.high) - first_;
    }
    Lanes operator()(Lanes u) const { return d_.cut == Cut::none ? uncut(u) : clip(uncut(u * span_ + first_), d_.low, d_.high); }

private:
    Lanes uncut(Lanes p) const
    {
        const Lanes z = d_.b * normal(clip(p, least, 1 - least));
        return d_.shape == Shape::normal ? d_.a + z : d_.a * exp(z);
    }
    const Distribution& d_;
    double first_ = 0, span_ = 1;
};

double exact_quantile(const Distribution& d, double u)
{
    switch (d.shape) {
    case Shape::value: return d.a;
    case Shape::uniform: return d.a + u * (d.b - d.a);
    case Shape::log_uniform: return std::clamp(exp_of(log_of(d.a) + u * (log_of(d.b) - log_of(d.a))), d.a, d.b);
    case Shape::normal:
    case Shape::log_normal: return Bell(d)(u)[0];
    case Shape::beta: return d.low + (d.high - d.low) * beta_quantile(d.a, d.b, u);
    case Shape::table: {
        double sum = 0;
        std::size_t i = 0;
        while (i + 1 < d.values.size() && (sum += d.weights[i]) <= u) ++i;
        return d.values[i];
    }
    }
    throw std::logic_error("a distribution of no known shape");
}

} // namespace

double quantile(const Distribution& d, double u)
{
    const double x = exact_quantile(d, u);
    return d.shape == Shape::value || d.shape == Shape::table ? x : static_cast<float>(x);
}

void quantiles(const Distribution& d, std::span<const double> u, std::span<double> to)
{
    std::size_t i = 0;
    if (d.shape == Shape::normal || d.shape == Shape::log_normal) {
        const Bell bell(d);
        for (; i < u.size(); i += width) {
            Lanes x = 0.5;
            const std::size_t n = std::min<std::size_t>(width, u.size() - i);
            for (std::size_t lane = 0; lane < n; ++lane) x.v[lane] = u[i + lane];
            const Lanes value = bell(x);
            for (std::size_t lane = 0; lane < n; ++lane) to[i + lane] = static_cast<float>(value.v[lane]);
        }
    }
    for (; i < u.size(); ++i) to[i] = quantile(d, u[i]);
}

std::string to_text(const Distribution& d)
{
    const auto pair = [&](std::string_view name) { return fmt::format("{}({}, {})", name, d.a, d.b); };
    const std::string cut = d.cut == Cut::none ? "" : fmt::format(" {} to [{}, {}]", d.cut == Cut::limit ? "limited" : "truncated", d.low, d.high);
    switch (d.shape) {
    case Shape::value: return fmt::format("{}", d.a);
    case Shape::uniform: return pair("uniform");
    case Shape::log_uniform: return pair("log_uniform");
    case Shape::normal: return pair("normal") + cut;
    case Shape::log_normal: return pair("log_normal") + cut;
    case Shape::beta: return fmt::format("{} on [{}, {}]", pair("beta"), d.low, d.high);
    case Shape::table: return fmt::format("table([{}], weights [{}])", fmt::join(d.values, ", "), fmt::join(d.weights, ", "));
    }
    return "";
}

} // namespace entente
