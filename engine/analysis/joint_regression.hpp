// How much of an outcome several inputs explain together, from runs as they are: a regression on their values and squares, choices by their alternatives.
#pragma once
#include "columns.hpp"
#include "index.hpp"
#include <memory>

namespace entente {

/// Sums of products of all inputs' terms, from which the regression on any group of them follows.
class JointTerms {
public:
    enum class Squares : std::uint8_t { where_rows_suffice, none }; ///< they suffice from 40 rows an input on
    /// All of equally many rows. Throws std::invalid_argument if a value is no number.
    explicit JointTerms(const std::vector<InputColumn>& inputs, Squares squares = Squares::where_rows_suffice);
    ~JointTerms();
    JointTerms(JointTerms&&) noexcept;
    JointTerms& operator=(JointTerms&&) noexcept;
    /// Whether there are 3 rows a term and 20 more, without which nothing is told.
    bool has_enough_rows() const;
    bool has_squares() const;
    /// For each group of inputs: adjusted share of the outcome's variance that they explain together (Wherry 1931), with the large-sample interval of a squared multiple correlation (Olkin & Finn 1995)
    /// and what chance alone gives so many terms. No number if the outcome is always the same, or with too few rows. Throws std::invalid_argument if shapes do not agree.
    /// p: by the F test of their terms. `design_effect`: see slices.hpp; so many times more than of independent rows chance is taken to explain.
    std::vector<Index> explained(std::span<const double> outcome, const std::vector<std::vector<std::size_t>>& groups, double design_effect = 1) const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace entente
