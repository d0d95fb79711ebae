#include "joint_regression.hpp"
#include "../core/interval.hpp"
#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <memory>
#include <stdexcept>

namespace entente {

struct JointTerms::Inside {
    Eigen::MatrixXd terms;                       ///< [row][term], each of mean 0 and length 1
    Eigen::MatrixXd products;                    ///< of terms
    std::vector<std::vector<Eigen::Index>> of{}; ///< [input]: its terms
    bool squares = false;
};

namespace {

/// What a choice or a number is regressed on: columns still to be centred.
std::vector<std::vector<double>> terms_of(const InputColumn& input, bool squares)
{
    if (std::ranges::any_of(input.value, [](double v) { return !std::isfinite(v); })) throw std::invalid_argument(input.name + ": a value that is no number");
    std::vector<double> distinct = input.value;
    std::ranges::sort(distinct);
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.size() < 2) return {};
    std::vector<std::vector<double>> terms;
    if (input.kind == Factor::Kind::choice) {
        for (std::size_t level = 1; level < distinct.size(); ++level) {
            std::vector<double> is;
            for (const double v : input.value) is.push_back(v == distinct[level] ? 1 : 0);
            terms.push_back(std::move(is));
        }
        return terms;
    }
    terms.push_back(input.value);
    if (!squares || distinct.size() < 3) return terms;
    double mean = 0;
    for (const double v : input.value) mean += v / static_cast<double>(input.value.size());
    std::vector<double> square;
    for (const double v : input.value) square.push_back((v - mean) * (v - mean));
    terms.push_back(std::move(square));
    return terms;
}

} // namespace

JointTerms::JointTerms(const std::vector<InputColumn>& inputs, Squares squares) : inside_(std::make_unique<Inside>())
{
    const std::size_t rows = inputs.empty() ? 0 : inputs[0].value.size();
    inside_->squares = squares == Squares::where_rows_suffice && rows >= 40 * inputs.size();
    std::vector<std::vector<double>> all;
    for (const InputColumn& input : inputs) {
        std::vector<Eigen::Index>& own = inside_->of.emplace_back();
        for (std::vector<double>& term : terms_of(input, inside_->squares)) own.push_back(static_cast<Eigen::Index>(all.size())), all.push_back(std::move(term));
    }
    inside_->terms.resize(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(all.size()));
    for (std::size_t t = 0; t < all.size(); ++t) {
        auto column = inside_->terms.col(static_cast<Eigen::Index>(t));
        column = Eigen::Map<const Eigen::VectorXd>(all[t].data(), static_cast<Eigen::Index>(rows));
        column.array() -= column.mean();
        if (const double length = column.norm(); length > 0) column /= length;
    }
    inside_->products = inside_->terms.transpose() * inside_->terms;
}
JointTerms::~JointTerms() = default;
JointTerms::JointTerms(JointTerms&&) noexcept = default;
JointTerms& JointTerms::operator=(JointTerms&&) noexcept = default;

bool JointTerms::has_squares() const { return inside_->squares; }
bool JointTerms::has_enough_rows() const { return inside_->terms.rows() >= 3 * inside_->terms.cols() + 20; }

std::vector<Index> JointTerms::explained(std::span<const double> outcome, const std::vector<std::vector<std::size_t>>& groups, double design_effect) const
{
    const auto rows = inside_->terms.rows();
    if (static_cast<Eigen::Index>(outcome.size()) != rows) throw std::invalid_argument("an outcome of other rows than the inputs'");
    std::vector<Index> all(groups.size());
    if (!has_enough_rows()) return all;
    Eigen::VectorXd y = Eigen::Map<const Eigen::VectorXd>(outcome.data(), rows);
    const double size = y.cwiseAbs().maxCoeff();
    y.array() -= y.mean();
    const double whole = y.squaredNorm(), n = static_cast<double>(rows);
    if (!(whole > 1e-24 * n * size * size)) return all;
    const Eigen::VectorXd shared = inside_->terms.transpose() * y;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        std::vector<Eigen::Index> at;
        for (const std::size_t input : groups[g]) at.insert(at.end(), inside_->of[input].begin(), inside_->of[input].end());
        const double k = std::min(static_cast<double>(at.size()) * design_effect, n / 2);
        if (at.empty()) {
            all[g] = {0, 0, 0};
            continue;
        }
        Eigen::MatrixXd products = inside_->products(at, at);
        products.diagonal().array() += 1e-10; // terms that are others' sums
        const Eigen::VectorXd own = shared(at);
        const double r2 = std::clamp(own.dot(products.ldlt().solve(own)) / whole, 0.0, 1.0), adjusted = 1 - (1 - r2) * (n - 1) / (n - 1 - k);
        const double spread = design_effect * (4 * std::max(adjusted, 0.0) * (1 - r2) * (1 - r2) / n + 2 * k / (n * n));
        const double half = z95 * std::sqrt(spread);
        const double between = static_cast<double>(at.size()), within = n - 1 - between, f = r2 < 1 ? r2 / (1 - r2) * within / between / design_effect : HUGE_VAL;
        all[g] = {adjusted, adjusted - half, std::min(1.0, adjusted + half), std::isfinite(f) ? boost::math::ibeta(within / 2, between / 2, within / (within + between * f)) : 0};
    }
    return all;
}

} // namespace entente
