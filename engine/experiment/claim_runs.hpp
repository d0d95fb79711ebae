// The articles' predictions, and class shares, under each reading of what they dispute.
#pragma once
#include "../analysis/predictions.hpp"
#include "carry_out.hpp"

namespace entente {

struct JudgedPrediction {
    const Prediction* prediction = nullptr;
    std::string counts, among; ///< as they were looked at
    ByAnswer shares{};         ///< empty if `out_of_reach`
    bool out_of_reach = false; ///< its dates are not the scenario's
};
/// Shares of classes and orientations where a structure has an answer.
struct AnswerShares {
    std::uint32_t runs = 0;                      ///< futures that it rests on
    std::vector<Interval> classes, orientations; ///< empty: nobody answers so
};
/// What each reading makes of each prediction.
struct Claims {
    std::uint32_t futures = 0, failed = 0;         ///< of each arm; of all arms together, left out
    int at = 0;                                    ///< quarter of the class shares
    std::vector<std::size_t> open;                 ///< structures that are drawn, with equal weights
    std::vector<std::vector<AnswerShares>> shares; ///< [structure][answer]
    std::vector<JudgedPrediction> predictions;
};
inline constexpr std::uint32_t least_claim_futures = 200, most_claim_futures = 1'000'000;

/// The scenario's futures with the answers to all questions that it leaves open drawn with equal weights, as readings are, as they are and under each arm, on common random numbers. Each future is a reading of its own, so
/// that shares are of independent draws; readings that a result keeps are fewer, and of single dates, classes and events. Nothing if it was stopped. Throws std::invalid_argument of history alone.
std::optional<Claims> judge_claims(Scenario scenario, std::uint32_t futures, const EnsembleOptions& options, const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
