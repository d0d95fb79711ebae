// Weights of a result's runs, as a file of their own beside the result, which stays as it is. h5py, xarray and R read it.
#pragma once
#include <string>
#include <vector>

namespace entente {

struct RunWeights {
    std::vector<double> weight;         ///< [run], of sum 1
    std::vector<double> log_likelihood; ///< [run]; NaN of a run that is left out
    double effective = 0;               ///< number of equal runs that they are worth
    std::string result, scenario_resolved;
    std::string observed, measurement; ///< both tables, verbatim
};
/// The whole file or nothing: written beside it and renamed. Throws std::runtime_error if the machine fails.
void write_weights(const std::string& path, const RunWeights& weights);

} // namespace entente
