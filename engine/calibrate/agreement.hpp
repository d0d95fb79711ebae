// Two posteriors of the same assumptions side by side, as of two methods: where both agree, either can be believed more. And what a robust one says of targets that cannot be met. Pure functions.
#pragma once
#include "../store/posterior.hpp"
#include "shifts.hpp"
#include <string>
#include <vector>

namespace entente {

struct AgreementRow {
    std::string name;
    double mean_a = 0, mean_b = 0, sd_a = 0, sd_b = 0;
    double apart = 0, apart_error = 0; ///< difference of the means in standard deviations (of both, root mean square; where both are 0, of the prior), and its Monte Carlo error
};
/// Two posteriors compared.
struct Agreement {
    std::vector<AgreementRow> parameters; ///< that both have, in the order of the first
    std::vector<std::string> only_a, only_b;
    double largest = 0; ///< |apart|, of all
    double middle = 0;  ///< its median
};
/// Structures count as parameters, by the number of the answer. Throws std::invalid_argument if they share nothing.
Agreement agreement_of(const Posterior& a, const Posterior& b);
/// Of each target; none unless the posterior is of robust synthetic likelihood.
std::vector<TargetShift> shifts_of(const Posterior& posterior);

} // namespace entente
