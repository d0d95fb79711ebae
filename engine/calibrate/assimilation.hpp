// The runs of an ensemble weighed by what was observed since: importance weights, in proportion to the likelihood (sequential importance sampling without resampling, Gordon,
// Salmond and Smith 1993). Pure functions.
#pragma once
#include "observed.hpp"

namespace entente {

/// How likely what was observed is in a run. The rows of a target are normal together: their errors with what they have in common, what the model leaves out, and on a free
/// scale its uncertain level and slope. Of an ordinal scale it is the probability of the class, over level and slope. A report of an event is right or wrong by itself.
class Likelihood {
public:
    /// `observed` is to stay as long as this is used.
    explicit Likelihood(const Observed& observed);
    /// Logarithms of densities, [row], each given the rows of its series before it; 0 of a row that is not used. Minus infinity where a run makes it impossible. `modelled`: [row].
    std::vector<double> operator()(std::span<const double> modelled) const;

private:
    struct Series {
        const Measurement* measurement;
        std::vector<std::size_t> rows;           ///< by date
        std::vector<std::vector<double>> errors; ///< [i][j <= i]: their covariance
    };
    void normal(const Series& series, std::span<const double> modelled, std::vector<double>& into) const;
    void ordinal(const Series& series, std::span<const double> modelled, std::vector<double>& into) const;

    const Observed& observed_;
    std::vector<double> value_; ///< [row] on the scale of its error
    std::vector<Series> series_;
};
/// How far a row lies from what would be observed in a run, in standard deviations of its error; of an event 0 or infinite.
double apart(const Observed& observed, const ObservedRow& row, double modelled);

/// Values over runs.
struct OverRuns {
    double low = 0, median = 0, high = 0; ///< 5, 50, 95 %; of an event all three are its share
};
/// What a row did, after those that end before it.
struct RowAccount {
    double effective = 0;   ///< number of runs that is left
    double nearest = 0;     ///< apart(), of the run that is nearest
    OverRuns before, after; ///< in its unit, without its error: over all runs, and as they are weighed in the end
};
/// The weights, and what each observation did to them.
struct Weighing {
    std::vector<double> weight;         ///< [run], of sum 1; 0 of a run that is left out, or if no run is possible
    std::vector<double> log_likelihood; ///< [run]; NaN of a run that is left out
    double effective = 0;               ///< effective_number() of the weights; 0 if no run is possible
    std::vector<RowAccount> rows;       ///< as those observed
};
/// A run counts less than one of others that resemble it where less than this is left.
inline constexpr double least_effective = 100, few_effective = 1000;
/// A row is out of the runs' reach if the nearest is farther: one in 16,000 normal errors is.
inline constexpr double most_apart = 4;
/// `modelled`: [row][run]; a run with a NaN is left out.
Weighing weigh(const Observed& observed, const std::vector<std::vector<double>>& modelled);
/// Throws ScenarioErrors that names every row that is used and out of reach.
void throw_if_out_of_reach(const Observed& observed, const Weighing& weighing);

} // namespace entente
