#include "numbers.hpp"
#include <cmath>
#include <fmt/format.h>

namespace entente::report {

std::string half_width_text(const Share& s) { return fmt::format("{:.1f}", std::ceil(1000 * (s.high - s.low) / 2 - 1e-9) / 10); }

std::string share_text(double share) { return fmt::format("{:.{}f}", 100 * share, 100 * share < 9.95 ? 1 : 0); }

std::string share_text(const Share& s, const Looks& looks)
{
    return looks.detail == Detail::all ? fmt::format("{:.1f} ({:.1f}-{:.1f})", 100 * s.share, 100 * s.low, 100 * s.high)
                                       : fmt::format("{:.1f} {}{}", 100 * s.share, plus_minus(looks.signs), half_width_text(s));
}

bool lies_outside(const Share& s, const Band& band) { return band.low < band.high && (s.high < band.low || s.low > band.high); }

std::string band_text(const Band& band, const Share& s) { return fmt::format("{}-{}{}", share_text(band.low), share_text(band.high), lies_outside(s, band) ? '*' : ' '); }

std::string effect_text(const Effect& e, double scale, int digits, Signs signs)
{
    return fmt::format("{:+.{}f} {}{:.{}f}", scale * e.mean, digits, plus_minus(signs), scale * (e.high - e.low) / 2, digits);
}

std::string short_number(double x, int digits)
{
    std::string text = fmt::format("{:.{}f}", x, digits);
    if (const std::size_t zero = text.find("0."); zero == 0 || (zero == 1 && text[0] == '-')) text.erase(zero, 1);
    return text;
}

} // namespace entente::report
