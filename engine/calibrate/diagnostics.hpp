// What draws of a posterior are worth beside the prior and the data: how much was learned of a parameter, and whether draws can make what was observed. Draws may
// carry weights. Pure functions.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

/// Draws of one quantity and their weights, not negative and of any sum; no weights: all the same. All functions here throw std::invalid_argument if weights and values
/// are not equally many, no weight is positive, or a number is not finite.
struct Weighted {
    std::span<const double> values;
    std::span<const double> weights = {};
};
/// As many equal draws know as much: 1 / sum of squared weights that sum to 1 (Kish 1965).
double effective_number(std::span<const double> weights);
/// The same by the exponential of their entropy, - sum of w log w: less ruled by the largest.
double perplexity(std::span<const double> weights);
/// Weights as they are, of any sum.
double weighted_mean(Weighted draws);
/// Without bias for independent draws whose weights say nothing of their values: sum of w (x - mean)^2 / (1 - sum of w^2), which is n - 1 for n equal weights. Zero of one draw.
double weighted_variance(Weighted draws);
/// Linear between the middles of the draws' weights (Hyndman and Fan 1996, type 5, for equal weights). Throws std::invalid_argument if level is not in [0, 1].
double weighted_quantile(Weighted draws, double level);

/// What the data said of a parameter: to be taken where its prior is near normal, such as the logarithm of a positive one.
struct Learning {
    double contraction = 0, contraction_error = 0; ///< 1 - posterior variance / prior variance (Betancourt 2018), and its standard error: 0 nothing was learned, 1 all
    double shift = 0, shift_error = 0;             ///< posterior mean less prior mean, in standard deviations of the prior
    bool learned = false;                          ///< either is, by more than two standard errors, beyond what would matter
};
inline constexpr double least_contraction = 0.1, least_shift = 0.2; ///< that matter
/// `effective`: how many independent draws the posterior is worth, such as ess_bulk(); 0: by its weights. Errors are those of moments of independent draws. A prior without
/// spread has NaN and nothing learned.
Learning learning(Weighted posterior, Weighted prior, double effective = 0);

/// What the data said of alternatives, such as the readings of a structure.
struct ShareLearning {
    std::vector<double> posterior; ///< [alternative]: share of the draws' weight
    std::vector<double> error;     ///< [alternative]: Monte Carlo standard error, not 0 where no draw or each has the alternative
    bool learned = false;          ///< one of them moved from its prior by more than two standard errors beyond what would matter
};
inline constexpr double least_share = 0.05; ///< that matters
/// `chosen`: [draw], index of its alternative. `prior`: [alternative], of any sum. `effective` as in learning(). Throws std::invalid_argument of an index that is none.
ShareLearning learning_of_shares(std::span<const std::uint8_t> chosen, std::span<const double> prior, std::span<const double> weights = {}, double effective = 0);

/// Probability that a draw is as far out as the observed, on either side: twice the smaller of the shares of draws below and above, half of those equal to it on each side, and itself
/// counted among the draws; so never 0. From draws of the posterior a posterior predictive p (Gelman, Meng and Stern 1996), from draws of the prior the conflict of prior and data
/// (Box 1980): small means that the model, or the prior, does not make such data.
double predictive_p(Weighted simulated, double observed);

/// All targets at once.
struct JointFit {
    double distance = 0; ///< Mahalanobis: of the observed from the mean of the draws, in standard deviations along their correlations; infinite if off the plane in which all draws lie
    std::size_t directions = 0; ///< in which draws vary
    double p = 1;               ///< share of draws that lie as far from the others, counted as in predictive_p()
};
/// simulated: [draw][target], observed: [target]. A draw's distance is taken from the mean and covariance of the others, as the observed one's is. Throws
/// std::invalid_argument if shapes differ.
JointFit joint_fit(std::span<const double> simulated, std::span<const double> observed, std::span<const double> weights = {});

} // namespace entente
