// A screen: every row of the model moved by itself to either end of its range, fixed ones too, on the random numbers of the scenario's own futures.
#pragma once
#include "../analysis/screen_effects.hpp"
#include "carry_out.hpp"
#include <optional>

namespace entente {

/// A row moved to one value.
struct ScreenMove {
    std::string to; ///< as text
    ArmEffect effect;
};
/// A row of the model with what moving it does.
struct ScreenRow {
    std::string name, sets; ///< "zeta", "parameters.zeta"
    Mark mark = Mark::fixed;
    bool is_structure = false;
    std::string own;  ///< where the scenario has it: a number, "drawn from ...", weights
    std::string ends; ///< how far it was moved, and why that far: "range", "20 % up and down", "2 years", "the other answer"
    std::vector<ScreenMove> moves;
    double p = 1;         ///< least of its moves', times their number
    bool is_seen = false; ///< it is taken as an effect
    /// The move that changes the alignment index most.
    const ScreenMove& largest() const;
    bool moves_nothing() const;
};
/// All rows by what they do.
struct Screen {
    std::string title;
    std::uint32_t futures = 0, failed = 0; ///< of the scenario as it is
    int quarter = 0;                       ///< that it looks at
    double alignment_index = 0;            ///< of the scenario as it is
    std::vector<double> classes;           ///< [class]: shares
    std::vector<ScreenRow> rows;           ///< by size of what they do to the index, those that are seen first
    std::vector<std::string> not_moved;    ///< rows at 0 without a range, of which 20 % is nothing
    std::uint64_t runs = 0;
};
inline constexpr double screen_level = 0.05; ///< share of false ones among rows that are seen
/// `futures` of each arm, at most the scenario's runs. Nothing if it was stopped. Throws std::invalid_argument with fewer than 32 futures.
std::optional<Screen> screen(const Scenario& scenario, std::uint32_t futures, const EnsembleOptions& options, const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
