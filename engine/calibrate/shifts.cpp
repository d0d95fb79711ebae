#include "shifts.hpp"
#include "diagnostics.hpp"
#include <cmath>
#include <fmt/format.h>

namespace entente {

namespace {

constexpr double width = 1; ///< of a slice's first interval
constexpr int most_widths = 20;

/// A number by its log density: a level below the density is drawn, then a number above the level.
template <class LogDensity> double slice(double from, const LogDensity& log_density, UniformStream& uniforms)
{
    const double level = log_density(from) + std::log(uniforms());
    double low = from - width * uniforms(), high = low + width;
    int left = static_cast<int>(uniforms.below(most_widths)), right = most_widths - 1 - left;
    while (left-- > 0 && log_density(low) > level) low -= width;
    while (right-- > 0 && log_density(high) > level) high += width;
    for (;;) {
        const double to = low + uniforms() * (high - low);
        if (log_density(to) >= level || high - low < 1e-12) return high - low < 1e-12 ? from : to;
        (to < from ? low : high) = to;
    }
}

} // namespace

std::vector<double> without_shifts(std::span<const double> observed, std::span<const double> shifts, std::span<const double> deviations)
{
    std::vector<double> rest(observed.begin(), observed.end());
    for (std::size_t k = 0; k < shifts.size(); ++k) rest[k] -= shifts[k] * deviations[k];
    return rest;
}

std::vector<double> next_shifts(std::vector<double> shifts, const RunMoments& moments, std::span<const double> observed, std::span<const double> deviations, NormalDensity density,
                                UniformStream& uniforms)
{
    const std::size_t n = shifts.size();
    if (moments.precision.empty()) return shifts;
    std::vector<double> lacks = without_shifts(observed, shifts, deviations), weighed(n, 0.0);
    double square = 0;
    for (std::size_t k = 0; k < n; ++k) lacks[k] -= moments.mean[k];
    for (std::size_t k = 0; k < n; ++k) {
        for (std::size_t l = 0; l < n; ++l) weighed[k] += moments.precision[k * n + l] * lacks[l];
        square += weighed[k] * lacks[k];
    }
    for (std::size_t k = 0; k < n; ++k) {
        const double before = shifts[k], steepness = moments.precision[k * n + k];
        const auto square_at = [&](double shift) {
            const double by = (before - shift) * deviations[k];
            return std::max(0.0, square + by * (2 * weighed[k] + by * steepness));
        };
        shifts[k] = slice(
            before, [&](double shift) { return log_likelihood_part(moments, square_at(shift), density) - std::abs(shift) / shift_scale; }, uniforms);
        const double by = (before - shifts[k]) * deviations[k];
        square = square_at(shifts[k]);
        for (std::size_t l = 0; l < n; ++l) weighed[l] += moments.precision[l * n + k] * by;
    }
    return shifts;
}

std::vector<TargetShift> shifts_of(std::span<const double> draws, std::span<const std::string> summaries)
{
    std::vector<TargetShift> all;
    std::vector<double> one(draws.size() / summaries.size());
    for (std::size_t k = 0; k < summaries.size(); ++k) {
        for (std::size_t i = 0; i < one.size(); ++i) one[i] = draws[i * summaries.size() + k];
        TargetShift s{.summary = summaries[k],
                      .median = weighted_quantile({one}, 0.5),
                      .low = weighted_quantile({one}, 0.005),
                      .high = weighted_quantile({one}, 0.995),
                      .prior_high = -shift_scale * std::log(0.01)};
        s.unmet = s.low * s.high > 0 && std::abs(s.median) > 1;
        all.push_back(std::move(s));
    }
    return all;
}

std::string to_text(std::span<const TargetShift> shifts)
{
    std::string text;
    for (const TargetShift& s : shifts)
        if (s.unmet)
            text += fmt::format("{}: observed {:.1f} standard deviations {} what the model gives where the other targets are met (99 % between {:.1f} and {:.1f})\n", s.summary,
                                std::abs(s.median), s.median > 0 ? "above" : "below", s.low, s.high);
    return text;
}

} // namespace entente
