// Shares and effects as the answer prints them, in %.
#pragma once
#include "../analysis/answer.hpp"
#include "looks.hpp"

namespace entente::report {

/// Half the interval of a share, rounded up: what is not known better than that is never printed as exact.
std::string half_width_text(const Share& share);
/// "78", and "7.8" below ten.
std::string share_text(double share);
/// "78.5 ±0.9", or of `all` "78.5 (77.6-79.3)".
std::string share_text(const Share& share, const Looks& looks);
/// Whether no value that is likely for the share lies within the range. One without width says nothing: between readings nothing was seen but chance.
bool lies_outside(const Share& share, const Band& band);
/// "55-90 " over readings, with a * in the place of the blank if the share lies outside.
std::string band_text(const Band& band, const Share& share);
/// "+0.021 ±0.006", of scale 100 with one digit after the point "+2.1 ±0.6".
std::string effect_text(const Effect& effect, double scale, int digits, Signs signs);
/// ".335", "-.02", "12.5".
std::string short_number(double x, int digits);

} // namespace entente::report
