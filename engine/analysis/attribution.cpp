#include "attribution.hpp"
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace entente {

AttributionSample::AttributionSample(const Scenario& scenario, int quarter) : quarter_(quarter), rows_(std::min(scenario.runs, attribution_runs))
{
    for (std::size_t p = 0; p < scenario.parameters.size(); ++p)
        if (is_drawn(scenario, p)) parameters_.push_back(p);
    for (std::size_t s = 0; s < scenario.structures.size(); ++s) {
        bool first = true;
        for (std::size_t c = 0; c < scenario.structures[s].weights.size(); ++c) {
            const double weight = scenario.structures[s].weights[c];
            if (weight <= 0 || weight >= 1) continue;
            if (!first) alternatives_.push_back({s, c});
            first = false;
        }
    }
}

void AttributionSample::add(const FinishedBlock& block, std::span<const double> alignment)
{
    const std::size_t runs = block.job.runs();
    for (std::size_t r = 0; r < runs && block.first_run + r < rows_.size(); ++r) {
        if (block.result.failed_quarter[r] >= 0) continue;
        std::vector<float>& row = rows_[block.first_run + r];
        row.push_back(static_cast<float>(alignment[r]));
        for (const std::size_t p : parameters_) row.push_back(static_cast<float>(block.job.parameters[p * runs + r]));
        for (const Alternative& a : alternatives_) row.push_back(block.job.structures[a.structure * runs + r] == static_cast<float>(a.choice) ? 1.0f : 0.0f);
    }
}

/// Adjusted share of the variance of y that the first `columns` of x explain.
static double adjusted_r2(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, Eigen::Index columns)
{
    if (columns == 0) return 0;
    const auto used = x.leftCols(columns);
    const Eigen::VectorXd fitted = used * (used.transpose() * used).ldlt().solve(used.transpose() * y);
    const double n = static_cast<double>(y.size()), unexplained = (y - fitted).squaredNorm() / y.squaredNorm();
    return std::clamp(1 - unexplained * (n - 1) / (n - 1 - static_cast<double>(columns)), 0.0, 1.0);
}

void AttributionSample::attribute(Summary& summary) const
{
    summary.attribution_quarter = quarter_;
    std::vector<const std::vector<float>*> seen;
    for (const auto& row : rows_)
        if (!row.empty()) seen.push_back(&row);
    const auto n = static_cast<Eigen::Index>(seen.size());
    const auto parameters = static_cast<Eigen::Index>(parameters_.size()), columns = parameters + static_cast<Eigen::Index>(alternatives_.size());
    if (columns == 0 || n < 3 * columns + 100) {
        summary.attribution_used = 0;
        return;
    }
    Eigen::VectorXd y(n);
    Eigen::MatrixXd x(n, columns);
    for (Eigen::Index i = 0; i < n; ++i) {
        const std::vector<float>& row = *seen[static_cast<std::size_t>(i)];
        y(i) = static_cast<double>(row[0]);
        for (Eigen::Index c = 0; c < columns; ++c) x(i, c) = static_cast<double>(row[static_cast<std::size_t>(c) + 1]);
    }
    y.array() -= y.mean();
    for (Eigen::Index c = 0; c < columns; ++c) {
        x.col(c).array() -= x.col(c).mean();
        const double length = x.col(c).norm();
        if (length > 0) x.col(c) /= length;
    }
    const auto rounded = [](double share) { return std::round(share * 1e6) / 1e6; };
    summary.attribution_used = static_cast<std::uint32_t>(n);
    summary.variance = rounded(y.squaredNorm() / static_cast<double>(n - 1));
    if (y.squaredNorm() <= 0) return;
    summary.by_parameters = rounded(adjusted_r2(x, y, parameters));
    summary.by_structures = rounded(std::max(0.0, adjusted_r2(x, y, columns) - adjusted_r2(x, y, parameters)));
}

} // namespace entente
