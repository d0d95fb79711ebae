#include "histogram.hpp"
#include <cmath>

namespace entente {

std::vector<float> histogram_quantiles(std::span<const double> levels, std::span<const std::uint32_t> histogram, double n, const Row& row, float least, float most)
{
    const double width = (row.high - row.low) / static_cast<double>(histogram.size());
    std::vector<float> values(levels.size(), most);
    if (least == most) return values;
    double below = 0;
    std::size_t level = 0;
    for (std::size_t b = 0; b < histogram.size() && level < levels.size(); ++b) {
        if (histogram[b] == 0) continue;
        const double at = static_cast<double>(b), from = std::max<double>(row.low + at * width, least), to = std::min<double>(row.low + (at + 1) * width, most);
        for (; level < levels.size() && below + histogram[b] >= levels[level] * n; ++level) {
            const double inside = is_whole(row) && width < 1 ? row.low + (at + 0.5) * width : from + (to - from) * (levels[level] * n - below) / histogram[b];
            values[level] = static_cast<float>(std::clamp<double>(is_whole(row) ? std::round(inside) : inside, least, most));
        }
        below += histogram[b];
    }
    return values;
}

} // namespace entente
