// How often things happen in the model, beside how often they happened in the world (calibration/base_rates.csv). Pure functions.
#pragma once
#include "../core/interval.hpp"
#include "../ensemble/ensemble.hpp"
#include <optional>
#include <string>
#include <vector>

namespace entente {

/// Of the world.
struct BaseRate {
    std::string id, event, when;           ///< "a ceasefire", "fails within five years"
    bool yearly = false;                   ///< for each year in which it could happen; else of the cases in which it could
    std::optional<double> base, low, high; ///< low, high: the range that sources give, or the exact 95 % interval of a count
    std::string status;                    ///< "computed" from data, "seen" on a public page, "unverified"
    std::string source, note;
};
/// The table that the program carries, in its order.
const std::vector<BaseRate>& base_rates();

/// Of the model: how often it happened, in how many quarters or cases it could have.
struct ModelRate {
    std::uint64_t happened = 0, at_risk = 0;
    Interval rate; ///< a year, or of the cases; NaN if nothing was at risk. 95 % interval
};

/// Counts whole runs from start on. All sums are of whole numbers, so that the order of the runs changes no bit.
class RateCount {
public:
    /// Counts from the scenario's start on.
    explicit RateCount(const Scenario& scenario) : start_(scenario.start) {}
    /// `block` keeps what rate_variables() names.
    void add(const BlockResult& block, std::size_t runs);
    /// In the order of base_rates(); nothing for what the model does not have.
    std::vector<std::optional<ModelRate>> rates() const;

private:
    /// Over runs: of the events n and the quarters or cases at risk e.
    struct Sums {
        std::uint64_t n = 0, e = 0, nn = 0, ne = 0, ee = 0;
    };
    int start_;
    std::uint64_t runs_ = 0;
    std::vector<Sums> sums_ = std::vector<Sums>(base_rates().size());
};

} // namespace entente
