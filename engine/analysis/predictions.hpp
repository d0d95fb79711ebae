// What the articles predict, each as something that a future meets or does not, and how often it is met under each reading of what they dispute. Bounds are the modeller's: hardly any article names a number.
#pragma once
#include "given.hpp"
#include "share.hpp"
#include <span>
#include <string_view>
#include <vector>

namespace entente {

/// In which futures a prediction is looked at: those of the scenario, or the same with something made to come.
enum class PredictionArm : std::uint8_t {
    own,
    peace,            ///< full war freezes a year after start
    offer,            ///< the same, and from then on the West makes a large offer
    change,           ///< a pro-Western leader follows five years after start
    change_and_offer, ///< both
};
inline constexpr std::string_view arm_meanings[] = {"the scenario's futures", "peace a year after start", "peace a year after start and a large Western offer from then on",
                                                    "a pro-Western leader five years after start", "that peace, that offer and that leader"};
/// One prediction, and how it is counted.
struct Prediction {
    const char* name;
    const char* articles; ///< letters of those who say it: K F A B E
    const char* claims;
    const char* says; ///< in words
    PredictionArm arm;
    const char* counts; ///< a condition on futures; see given.hpp
    const char* among;  ///< another one: only futures that meet it are looked at; "": all
    bool at_least;      ///< it holds from the bound on; or else up to it
    double bound;       ///< share of futures
};
/// All of them.
std::span<const Prediction> predictions();

enum class Standing : std::uint8_t { holds, fails, open, unknown }; ///< open: the interval has the bound within; unknown: no future to look at
/// Whether a share is on the prediction's side of its bound, by its interval.
Standing held(const Prediction& prediction, const Share& share);

/// Answers to the structures' questions, one per run: [structure][run].
using Answers = std::vector<std::vector<std::uint8_t>>;
/// Counted in all runs, and in those with each answer.
struct ByAnswer {
    Share all;
    std::vector<std::vector<Share>> of; ///< [structure][answer]; without runs: nobody answers so
};
/// `counts[run]`: 1, 0, or NaN of runs that are not looked at. `choices[structure]`: how many answers there are. Throws std::invalid_argument if lengths differ.
ByAnswer by_answer(std::span<const double> counts, const Answers& answers, std::span<const std::size_t> choices);

/// The two answers of a structure that part most.
struct Dispute {
    std::size_t structure = 0, low = 0, high = 0; ///< the answers with the smaller and the larger share
    double difference = 0;
};
inline constexpr double alpha_dispute = 0.001;
/// Structures whose answers part beyond chance, at alpha_dispute over all pairs of answers; those that part most first.
std::vector<Dispute> disputes_of(const ByAnswer& shares);

} // namespace entente
