// Which inputs drive an outcome: every method that the design of the runs allows, for each outcome, for groups of inputs, and over time.
#pragma once
#include "borgonovo_delta.hpp"
#include "morris_effects.hpp"
#include "pawn.hpp"
#include "regional_sensitivity.hpp"
#include "seed_share.hpp"
#include "sobol_indices.hpp"
#include <optional>
#include <set>

namespace entente {

/// Of given data: what takes runs as they are, whatever made them.
enum class GivenMethod : std::uint8_t { first_order, pawn, regional, delta };
inline constexpr std::size_t least_of_share = 30; ///< runs on either side of a share, below which nothing is told of it
inline constexpr std::string_view given_method_names[] = {"first_order", "pawn", "regional", "delta"};

/// Inputs that are taken together.
struct InputGroup {
    std::string name;
    std::vector<std::size_t> inputs;
};
/// One quantity at several dates.
struct OutcomeSeries {
    std::string name;                  ///< "mean alignment_index"
    std::vector<std::size_t> outcomes; ///< in the order of their dates
    std::vector<int> quarters;
};
/// Runs as rows, and what design they are.
struct SensitivityRows {
    enum class Layout : std::uint8_t { given, saltelli, morris };
    std::vector<InputColumn> inputs; ///< [input].value[row]
    Layout layout = Layout::given;
    bool second_order = false;         ///< of saltelli
    std::vector<double> u{};           ///< of morris: [row][input]
    std::vector<std::int32_t> moved{}; ///< of morris: [row]
    bool is_net = false;               ///< rows of a Sobol' sequence, which are not as if drawn
    std::size_t replicates = 1;        ///< of each row, all rows under the same random numbers
    /// A number for each run.
    struct Outcome {
        std::string text;
        bool is_share = false;        ///< each run's value is 0 or 1
        std::vector<double> value;    ///< [replicate][row]; NaN: the run failed
        bool in_series_alone = false; ///< one of many dates, of which only the first order is wanted
    };
    std::vector<Outcome> outcomes;
    std::vector<OutcomeSeries> series{};
    std::vector<InputGroup> groups{};
};
/// Which methods, and how they resample.
struct SensitivityAsked {
    std::set<GivenMethod> given{}; ///< none: of a design of its own method nothing, else the first three
    std::uint32_t slices = 10;     ///< of PAWN
    Bootstrap resampling{};
};

/// Of runs as they are; lists by input, empty if not asked for.
struct GivenIndices {
    std::vector<Index> first, curve; ///< alone: by ranks or levels; by a parabola or levels, which sees less and is surer of it
    std::vector<Pawn> pawn;
    std::vector<Delta> delta;
    std::vector<Regional> regional;
    std::optional<double> split; ///< regional: of an outcome that is no share, what rows lie above or not: the median, or the mean if no row lies above that
    Index together;              ///< all inputs, by regression
    std::vector<Index> groups;   ///< each group's inputs, by regression
    bool squares = false;        ///< whether the regression has them
    /// What inputs are ordered by: the curve, which is surer, but where ranks surely see more.
    std::vector<Index> strongest() const;
    /// [input]: neither first order nor curve is beyond what chance does among so many inputs: p of either, times twice their number, is above .05 (Bonferroni).
    std::vector<bool> zero() const;
};
/// What all methods say of one outcome.
struct OutcomeIndices {
    std::string outcome;
    std::size_t rows = 0, failed = 0; ///< rows that the numbers rest on; that are left out since runs failed
    double mean = 0, variance = 0;    ///< over rows, of means over replicates
    bool is_always_the_same = false;
    std::string fault{}; ///< why there are no indices
    std::optional<SobolIndices> sobol{};
    std::optional<MorrisEffects> morris{};
    std::optional<GivenIndices> given{};
    SeedShare seed{}; ///< with one replicate no number
};
/// Indices of one quantity over time.
struct SeriesIndices {
    std::string name;
    std::vector<int> quarters;
    std::vector<std::size_t> outcomes; ///< of Sensitivity::outcomes
    std::vector<Index> first, total;   ///< aggregated over the dates, weighted with the variance; total: of a Saltelli design
};
/// What all methods say of all outcomes.
struct Sensitivity {
    std::vector<std::string> constant{}; ///< inputs that never differ, and so are left out
    std::vector<InputColumn> inputs{};   ///< the others, without their values
    std::vector<InputGroup> groups{};    ///< of those
    SensitivityRows::Layout layout = SensitivityRows::Layout::given;
    bool second_order = false, is_net = false;
    std::size_t rows = 0, replicates = 1;
    std::vector<OutcomeIndices> outcomes{};
    std::vector<SeriesIndices> series{};
};
/// Throws std::invalid_argument with what is wrong: no rows or inputs, shapes that do not agree, no input that differs, fewer than 20 rows.
Sensitivity sensitivity_of(const SensitivityRows& rows, const SensitivityAsked& asked);

/// Of values [replicate][row] the means over replicates. Rows that are held against each other share what is used: of `together` rows in a row, a replicate of which one failed is left out for all,
/// and the luck that it shares with other rows' replicates is taken off the rest.
std::vector<double> means_over_replicates(std::span<const double> values, std::size_t replicates, std::size_t together);
/// Quantities that differ in their date alone, of two dates or more.
std::vector<OutcomeSeries> series_in(const std::vector<std::string>& outcomes);

} // namespace entente
