// Seven problems of inference whose posteriors are known or can be computed (Lueckmann, Boelts, Greenberg, Goncalves and Macke 2021), as simulators, and exact draws of the posterior
// where there are any.
#pragma once
#include "calibrate/simulator.hpp"
#include "calibrate/uniforms.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace entente::problems {

using Values = std::vector<double>;

inline Distribution uniform(double low, double high) { return {.shape = Shape::uniform, .a = low, .b = high, .values = {}, .weights = {}}; }
inline Distribution normal(double mean, double sd) { return {.shape = Shape::normal, .a = mean, .b = sd, .values = {}, .weights = {}}; }
inline Distribution log_normal(double median, double sd) { return {.shape = Shape::log_normal, .a = median, .b = sd, .values = {}, .weights = {}}; }

/// Random numbers of one run or draw, in fours.
struct Source {
    std::uint64_t seed;
    std::uint32_t replicate;
    std::array<double, 4> uniforms(std::uint32_t index = 0) const { return uniforms_at(seed, "uniform", replicate, index); }
    std::array<double, 4> normals(std::uint32_t index = 0) const { return normals_at(seed, "normal", replicate, index); }
};

/// of(parameters, source, summaries) is one run.
template <class Run> Simulator simulator(std::vector<Parameter> parameters, std::size_t summaries, Run of)
{
    Simulator s{.parameters = std::move(parameters), .summaries = {}, .run = {}};
    for (std::size_t i = 0; i < summaries; ++i) s.summaries.push_back("x" + std::to_string(i + 1));
    s.run = [of, d = s.parameters.size(), summaries](const Batch& runs) {
        for (std::size_t i = 0; i < runs.size(); ++i)
            of(runs.parameters.subspan(i * d, d), Source{runs.seed, runs.replicates[i]}, runs.summaries.subspan(i * summaries, summaries));
    };
    return s;
}
inline std::vector<Parameter> several(std::size_t n, const Distribution& prior)
{
    std::vector<Parameter> all;
    for (std::size_t i = 0; i < n; ++i) all.push_back({"t" + std::to_string(i + 1), prior});
    return all;
}
/// A point of the crescent of the two moons, from which the parameters move it away.
inline std::array<double, 2> crescent(const Source& source)
{
    const double a = (source.uniforms()[0] - 0.5) * std::numbers::pi, r = 0.1 + 0.01 * source.normals()[0];
    return {r * std::cos(a) + 0.25, r * std::sin(a)};
}

inline Simulator two_moons()
{
    return simulator(several(2, uniform(-1, 1)), 2, [](std::span<const double> t, const Source& source, std::span<double> x) {
        const auto p = crescent(source);
        x[0] = p[0] - std::abs(t[0] + t[1]) / std::numbers::sqrt2, x[1] = p[1] + (t[1] - t[0]) / std::numbers::sqrt2;
    });
}
/// x = t + noise in each coordinate, variance .1.
inline Simulator gaussian(const Distribution& prior, std::size_t d)
{
    return simulator(several(d, prior), d, [](std::span<const double> t, const Source& source, std::span<double> x) {
        for (std::size_t j = 0; j < t.size(); j += 4) {
            const auto z = source.normals(static_cast<std::uint32_t>(j / 4));
            for (std::size_t i = j; i < std::min(t.size(), j + 4); ++i) x[i] = t[i] + std::sqrt(0.1) * z[i - j];
        }
    });
}
inline Simulator gaussian_linear(std::size_t d = 10) { return gaussian(normal(0, std::sqrt(0.1)), d); }
inline Simulator gaussian_linear_uniform(std::size_t d = 10) { return gaussian(uniform(-1, 1), d); }
inline Simulator gaussian_mixture()
{
    return simulator(several(2, uniform(-10, 10)), 2, [](std::span<const double> t, const Source& source, std::span<double> x) {
        const auto z = source.normals();
        const double sd = source.uniforms()[0] < 0.5 ? 1 : 0.1;
        x[0] = t[0] + sd * z[0], x[1] = t[1] + sd * z[1];
    });
}
inline Simulator slcp()
{
    return simulator(several(5, uniform(-3, 3)), 8, [](std::span<const double> t, const Source& source, std::span<double> x) {
        const double s1 = t[2] * t[2], s2 = t[3] * t[3], first = std::sqrt(s1 * s1 + 1e-6), both = std::tanh(t[4]) * s1 * s2 / first,
                     second = std::sqrt(std::max(0.0, s2 * s2 + 1e-6 - both * both));
        for (std::uint32_t i = 0; i < 2; ++i) {
            const auto z = source.normals(i);
            x[4 * i] = t[0] + first * z[0], x[4 * i + 1] = t[1] + both * z[0] + second * z[1];
            x[4 * i + 2] = t[0] + first * z[2], x[4 * i + 3] = t[1] + both * z[2] + second * z[3];
        }
    });
}

/// One step of the classical method of Runge and Kutta.
template <class Rate> std::array<double, 2> step(std::array<double, 2> y, double h, Rate rate)
{
    const auto at = [&](const std::array<double, 2>& k, double by) { return std::array{y[0] + by * k[0], y[1] + by * k[1]}; };
    const auto a = rate(y), b = rate(at(a, h / 2)), c = rate(at(b, h / 2)), d = rate(at(c, h));
    return {y[0] + h / 6 * (a[0] + 2 * b[0] + 2 * c[0] + d[0]), y[1] + h / 6 * (a[1] + 2 * b[1] + 2 * c[1] + d[1])};
}
/// By inversion, from the probability of none on.
inline double binomial(int n, double p, double u)
{
    if (!(p > 0)) return 0;
    if (p > 0.5) return p < 1 ? n - binomial(n, 1 - p, u) : n;
    double mass = std::pow(1 - p, n), below = mass;
    int k = 0;
    for (; k < n && u > below; ++k) mass *= (n - k) * p / ((k + 1) * (1 - p)), below += mass;
    return k;
}
/// An epidemic; what is seen is how many of a thousand are infected, every 17 days.
inline Simulator sir()
{
    return simulator({{"beta", log_normal(0.4, 0.5)}, {"gamma", log_normal(0.125, 0.2)}}, 10, [](std::span<const double> t, const Source& source, std::span<double> x) {
        std::array<double, 2> state{1 - 1e-6, 1e-6}; // shares: susceptible, infected
        for (std::uint32_t i = 0; i < 10; ++i) {
            x[i] = binomial(1000, state[1], source.uniforms(i / 4)[i % 4]);
            for (int s = 0; s < 34; ++s) state = step(state, 0.5, [&](const auto& y) { return std::array{-t[0] * y[0] * y[1], t[0] * y[0] * y[1] - t[1] * y[1]}; });
        }
    });
}
/// Prey and predators; the summaries are logarithms of what is observed.
inline Simulator lotka_volterra()
{
    const Distribution fast = log_normal(std::exp(-0.125), 0.5), slow = log_normal(std::exp(-3), 0.5);
    return simulator({{"alpha", fast}, {"beta", slow}, {"gamma", fast}, {"delta", slow}}, 20, [](std::span<const double> t, const Source& source, std::span<double> x) {
        std::array<double, 2> state{30, 1};
        for (std::uint32_t i = 0; i < 10; ++i) {
            const auto z = source.normals(i);
            x[i] = std::log(state[0]) + 0.1 * z[0], x[10 + i] = std::log(state[1]) + 0.1 * z[1];
            for (int s = 0; s < 42; ++s) state = step(state, 0.05, [&](const auto& y) { return std::array{t[0] * y[0] - t[1] * y[0] * y[1], t[3] * y[0] * y[1] - t[2] * y[1]}; });
        }
    });
}

/// Exact draws, [draw][parameter]: noise mirrored about the observed, what leaves the prior's range drawn again.
template <class Draw> Values exact(std::size_t draws, double range, std::uint64_t seed, Draw of)
{
    Values all;
    std::size_t found = 0;
    for (std::uint32_t i = 0; found < draws; ++i) {
        const std::array<double, 2> t = of(Source{seed, i});
        if (std::abs(t[0]) > range || std::abs(t[1]) > range || std::isnan(t[0])) continue;
        all.insert(all.end(), t.begin(), t.end()), ++found;
    }
    return all;
}
inline Values two_moons_exact(std::span<const double> x, std::size_t draws, std::uint64_t seed)
{
    return exact(draws, 1, seed, [&](const Source& source) {
        const auto p = crescent(source);
        const double sum = (p[0] - x[0]) * (source.uniforms()[1] < 0.5 ? 1 : -1), apart = x[1] - p[1];
        return p[0] < x[0] ? std::array<double, 2>{NAN, NAN} : std::array<double, 2>{(sum - apart) / std::numbers::sqrt2, (sum + apart) / std::numbers::sqrt2};
    });
}
inline Values gaussian_mixture_exact(std::span<const double> x, std::size_t draws, std::uint64_t seed)
{
    return exact(draws, 10, seed, [&](const Source& source) {
        const auto z = source.normals();
        const double sd = source.uniforms()[0] < 0.5 ? 1 : 0.1;
        return std::array{x[0] + sd * z[0], x[1] + sd * z[1]};
    });
}

} // namespace entente::problems
