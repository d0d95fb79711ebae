// How much of the spread of futures comes from what is not known about the parameters, how much from mixed structures; the rest is chance within
// a future and what a straight line does not see.
#pragma once
#include "../ensemble/ensemble.hpp"

namespace entente {

/// Collects the first `attribution_runs` runs: the alignment index at one quarter, drawn parameters and structures. Feed it every finished block with
/// the alignment index of its runs.
class AttributionSample {
public:
    /// `quarter`: whose alignment index is explained.
    AttributionSample(const Scenario& scenario, int quarter);
    /// `alignment`: [run] of the block.
    void add(const FinishedBlock& block, std::span<const double> alignment);
    /// Fills the summary's attribution: adjusted R2 of a linear regression on the drawn parameters, and what mixed structures add to it. Shares
    /// are rounded to six digits, so that no compiler's order of summation shows.
    void attribute(Summary& summary) const;

private:
    int quarter_;
    std::vector<std::size_t> parameters_; ///< those that are drawn
    struct Alternative {
        std::size_t structure, choice;
    };
    std::vector<Alternative> alternatives_; ///< of mixed structures, without the first of each
    std::vector<std::vector<float>> rows_;  ///< [run]: outcome, parameters, indicators; empty: not seen or failed
};

} // namespace entente
