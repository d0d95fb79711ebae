// The bootstrap over rows (Efron 1979) of whatever is made of sums over rows: a resample is how often each row is drawn, and its sums are those numbers times the rows.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

struct Bootstrap {
    std::uint32_t resamples = 1000;
    std::uint64_t seed = 1;
    unsigned threads = 0; ///< 0: all cores. The numbers do not depend on it
};
/// How often each of so many rows is drawn in a resample, as many draws as rows: the same for the same seed, whatever else is resampled.
std::vector<std::uint16_t> draws_of(std::size_t rows, std::uint64_t seed, std::uint32_t resample);

/// Sums over rows in each resample: [resample][feature]. `features`: [row][feature]. Of each sum the order of summation is fixed.
std::vector<double> resampled_sums(std::span<const double> features, std::size_t rows, const Bootstrap& how);
/// The sums over rows themselves.
std::vector<double> sums_over_rows(std::span<const double> features, std::size_t rows);

} // namespace entente
