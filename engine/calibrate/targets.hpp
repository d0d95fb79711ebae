// What calibration holds the model to: observations of the world with their errors, and for each kind of them the measurement equation that says what of the model
// stands for it. Two tables: calibration/targets.csv and calibration/measurement.csv; their columns are explained in calibration/README.md. Pure functions.
#pragma once
#include "../analysis/quantity.hpp"
#include "sheet.hpp"
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace entente {

inline constexpr const char* transform_names[] = {"identity", "log", "logit"};

/// What of the model stands for a target.
struct Measurement {
    enum class Channel : std::uint8_t { economic, diplomatic, military } channel = Channel::economic;
    enum class Over : std::uint8_t { mean, end } over = Over::mean; ///< of an observation's quarters: their mean, or the last one
    enum class Transform : std::uint8_t { identity, log, logit } transform = Transform::identity;
    enum class Scale : std::uint8_t { direct, free, ordinal } scale = Scale::direct; ///< direct: the model has the value in the same unit
    std::string target, expression, unit;
    std::string relative_to;                                             ///< a window: values are ratios to the model's value there; empty: they are not
    double centre = 0, level = 0, level_sd = 0, slope = 1, slope_sd = 0; ///< of a free or ordinal scale
    std::vector<double> cuts;                                            ///< of an ordinal scale: between its classes, rising
    double error_correlation = 0;                                        ///< of the errors of any two observations: a definition that is wrong is wrong at every date
    double model_sd = 0;                                                 ///< what the model leaves out, on the transformed scale
    std::vector<std::size_t> identifies;                                 ///< parameters that it informs
    std::string conflict;                                                ///< what it is known not to meet, or why it is not fitted
};

/// A value of the world.
struct Observation {
    std::size_t measurement = 0;
    int from = 0, to = 0; ///< quarters, inclusive
    double value = 0, sd = 0;
    bool fitted = true; ///< or else only shown beside the model
    std::string date, source, licence, note;
    Origin origin{}; ///< of its value
    Quantity quantity{};
    std::optional<Quantity> base{}; ///< its value divides the quantity's
};

/// Both tables, read.
struct Targets {
    std::vector<Measurement> measurements;
    std::vector<Observation> observations;
};

/// Dates must lie in the quarters from `first` to `last`. Throws ScenarioErrors with all that is wrong in both files.
Targets read_targets(const CsvFile& measurement, const CsvFile& observations, int first, int last);

/// What a run must keep for them.
std::vector<Quantity> quantities_of(const Targets& targets);
/// The model's value in a run, in the unit of its expression, or the ratio of two.
double modelled(const Observation& observation, const BlockResult& block, std::size_t run, std::size_t runs);
/// A value on the scale on which its error is normal.
double transformed(const Measurement& measurement, double value);
/// The observation's error there.
double transformed_sd(const Measurement& measurement, const Observation& observation);
/// Of the errors of two observations, by number, with what the model leaves out of each.
double covariance(const Targets& targets, std::size_t i, std::size_t j);
/// Where the transformed observation is expected, or the latent value of an ordinal one, if the model's value is `x` and the scale's level and slope are these.
double expected(const Measurement& measurement, double x, double level, double slope);
/// At the scale's own level and slope.
inline double expected(const Measurement& measurement, double x) { return expected(measurement, x, measurement.level, measurement.slope); }
/// Between which latent values the class of an ordinal observation lies.
struct Bounds {
    double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
};
/// Unbounded on the side of the first and the last class.
Bounds latent_bounds(const Measurement& measurement, double value);

/// Observations on the scale of their errors: transformed, or the number of their class.
std::vector<double> observed(const Targets& targets);
/// What would be observed, drawn run by run.
class Observer {
public:
    /// Copies what it needs of the targets.
    explicit Observer(const Targets& targets);
    /// Standard normal deviates that a run takes: three for each measurement (level, slope, what is common to a series), then one for each observation.
    std::size_t normals() const { return 3 * measurements_.size() + errors_.size(); }
    /// `x`: the model's values, one for each observation; `to` as observed() has them.
    void operator()(std::span<const double> x, std::span<const double> normals, std::span<double> to) const;

private:
    struct Errors {
        std::size_t measurement;
        double common, own; ///< standard deviations; the own one with what the model leaves out
    };
    std::vector<Measurement> measurements_;
    std::vector<Errors> errors_;
};

} // namespace entente
