#include "emulator.hpp"
#include "matrices.hpp"
#include <cmath>

namespace entente {

namespace {

Eigen::Index index_of(std::size_t n) { return static_cast<Eigen::Index>(n); }
std::vector<double> values_of(const Rows& rows) { return {rows.data(), rows.data() + rows.size()}; }

} // namespace

void write_inputs(std::span<const Parameter> parameters, std::span<const double> deviates, std::span<double> to)
{
    for (std::size_t j = 0; j < parameters.size(); ++j) {
        const Distribution& prior = parameters[j].prior;
        const bool cut = prior.cut != Cut::none;
        if (prior.shape == Shape::table || (prior.shape == Shape::normal && cut)) to[j] = (value_at(prior, deviates[j]) - prior.a) / (prior.shape == Shape::normal ? prior.b : 1);
        else if (!cut && (prior.shape == Shape::normal || prior.shape == Shape::log_normal)) to[j] = deviates[j];
        else to[j] = std::sqrt(12.0) * (normal_below(deviates[j]) - 0.5);
    }
}

void add(EmulatorSums& sums, std::span<const double> inputs, const RunMoments& moments)
{
    const Eigen::Index d = index_of(inputs.size()), k = index_of(moments.mean.size());
    if (sums.inputs.empty()) {
        sums.inputs.assign(static_cast<std::size_t>((d + 1) * (d + 1)), 0), sums.both.assign(static_cast<std::size_t>((d + 1) * k), 0);
        sums.outputs.assign(static_cast<std::size_t>(k * k), 0), sums.within = sums.outputs;
    }
    Vector x(d + 1);
    x << 1, Eigen::Map<const Vector>(inputs.data(), d);
    const Eigen::Map<const Vector> y(moments.mean.data(), k);
    sums.points += 1;
    Eigen::Map<Rows>(sums.inputs.data(), d + 1, d + 1) += x * x.transpose();
    Eigen::Map<Rows>(sums.both.data(), d + 1, k) += x * y.transpose();
    Eigen::Map<Rows>(sums.outputs.data(), k, k) += y * y.transpose();
    Eigen::Map<Rows>(sums.within.data(), k, k) += Eigen::Map<const Rows>(moments.covariance.data(), k, k);
}

void add(EmulatorSums& sums, const EmulatorSums& others)
{
    if (others.inputs.empty()) return;
    if (sums.inputs.empty()) {
        sums = others;
        return;
    }
    sums.points += others.points;
    for (const auto part : {&EmulatorSums::inputs, &EmulatorSums::both, &EmulatorSums::outputs, &EmulatorSums::within})
        for (std::size_t i = 0; i < (sums.*part).size(); ++i) (sums.*part)[i] += (others.*part)[i];
}

void fade(EmulatorSums& sums, double by)
{
    sums.points *= by;
    for (std::vector<double>* all : {&sums.inputs, &sums.both, &sums.outputs, &sums.within})
        for (double& x : *all) x *= by;
}

Emulator emulator_of(const EmulatorSums& sums)
{
    const auto columns = static_cast<Eigen::Index>(std::lround(std::sqrt(static_cast<double>(sums.inputs.size())))), d = columns - 1;
    if (columns == 0 || sums.points < 3.0 * static_cast<double>(columns)) return {};
    const Eigen::Index k = index_of(sums.both.size()) / columns;
    const Eigen::Map<const Rows> inputs(sums.inputs.data(), columns, columns), both(sums.both.data(), columns, k), outputs(sums.outputs.data(), k, k), within(sums.within.data(), k, k);
    const Matrix steady = inputs + 1e-9 * inputs.trace() * Matrix::Identity(columns, columns);
    const Matrix line = steady.ldlt().solve(both); // [1 and inputs][summary]
    Matrix spread = (outputs - line.transpose() * both - both.transpose() * line + line.transpose() * inputs * line) / (sums.points - static_cast<double>(columns)) + within / sums.points;
    spread += 1e-9 * spread.trace() / static_cast<double>(k) * Matrix::Identity(k, k); // summaries that do not vary, or go together
    const Eigen::LLT<Matrix> root(spread);
    if (!spread.allFinite() || root.info() != Eigen::Success) return {};
    const Rows precision = root.solve(Matrix::Identity(k, k)), slopes = line.bottomRows(d).transpose(), curvature = slopes.transpose() * precision * slopes;
    const Rows intercept = line.row(0), widths = (curvature + Rows::Identity(d, d)).llt().solve(Rows::Identity(d, d)); // the prior's precision is 1
    return {.intercept = values_of(intercept), .slopes = values_of(slopes), .precision = values_of(precision), .curvature = values_of(curvature), .widths = values_of(widths)};
}

Guess::Guess(const Emulator& emulator, std::span<const double> observed) : emulator_(emulator)
{
    const Eigen::Index k = index_of(observed.size()), d = index_of(emulator.slopes.size()) / k;
    const Vector lacks = Eigen::Map<const Vector>(observed.data(), k) - Eigen::Map<const Vector>(emulator.intercept.data(), k);
    const Vector weighed = Eigen::Map<const Rows>(emulator.precision.data(), k, k) * lacks, linear = -2 * Eigen::Map<const Rows>(emulator.slopes.data(), k, d).transpose() * weighed;
    const Vector highest = -Eigen::Map<const Rows>(emulator.widths.data(), d, d) * linear / 2;
    constant_ = -highest.dot(Eigen::Map<const Rows>(emulator.curvature.data(), d, d) * highest + linear);
    linear_.assign(linear.data(), linear.data() + d);
}

double Guess::operator()(std::span<const double> inputs) const
{
    const std::size_t d = linear_.size();
    double square = constant_;
    for (std::size_t i = 0; i < d; ++i) {
        double slope = linear_[i];
        for (std::size_t j = 0; j < d; ++j) slope += emulator_.curvature[i * d + j] * inputs[j];
        square += slope * inputs[i];
    }
    const double tail = 2 * static_cast<double>(d) + 10; // beyond nearly all of a normal posterior
    return square <= tail ? -square / 2 : -tail / 2 * (1 + std::log(square / tail));
}

} // namespace entente
