#include "change.hpp"
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {

static double scale_of(const Quantity& q) { return is_part(q) && q.terms.empty() ? 100 : 1; }
static int digits_of(const Quantity& q) { return scale_of(q) == 100 ? 1 : 3; }

std::string change_text(double change, const Quantity& q)
{
    const std::string text = fmt::format("{:+.{}f}", scale_of(q) * change, digits_of(q));
    return text.find_first_of("123456789") == std::string::npos ? "0" : text; // no -0.0
}

std::string change_text(const Interval& change, const Quantity& q, const Looks& looks)
{
    std::string text = change_text(change.estimate, q);
    if (!std::isfinite(change.low) || !std::isfinite(change.high)) return text;
    const double unit = std::pow(10, digits_of(q));
    return fmt::format("{} {}{:.{}f}", text, plus_minus(looks.signs), std::ceil(unit * scale_of(q) * change.half_width() - 1e-9) / unit + 0.0, digits_of(q));
}

std::string level_text(double level, const Quantity& q) { return fmt::format("{:.{}f}{}", scale_of(q) * level, digits_of(q), scale_of(q) == 100 ? " %" : ""); }

bool is_beyond_chance(const Interval& change) { return std::isfinite(change.low) && std::isfinite(change.high) && (change.low > 0 || change.high < 0); }

nlohmann::ordered_json json_of(const Interval& change)
{
    using Json = nlohmann::ordered_json;
    const auto end = [](double x) { return std::isfinite(x) ? Json(x) : Json(); };
    return {{"estimate", change.estimate}, {"low", end(change.low)}, {"high", end(change.high)}};
}

} // namespace entente::report
