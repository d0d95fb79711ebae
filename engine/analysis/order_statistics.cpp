#include "order_statistics.hpp"
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>

namespace entente {
namespace {

constexpr std::uint64_t few = 65536;
constexpr unsigned digit_bits = 13, digits = 5; // 65 bits, the first of which is 0
constexpr std::uint64_t digit_values = 1u << digit_bits, sign = std::uint64_t{1} << 63;

/// Whole numbers in the order of the numbers, and back; 0 for both zeros.
std::uint64_t key_of(double x)
{
    const auto bits = std::bit_cast<std::uint64_t>(x + 0.0);
    return (bits & sign) != 0 ? ~bits : bits | sign;
}
double number_of(std::uint64_t key) { return std::bit_cast<double>((key & sign) != 0 ? key & ~sign : ~key); }

std::vector<double> among_few(const Numbers& numbers, std::uint64_t count, std::span<const std::uint64_t> ranks)
{
    std::vector<double> kept;
    kept.reserve(count);
    numbers([&](std::span<const double> some) { std::ranges::copy_if(some, std::back_inserter(kept), [](double x) { return !std::isnan(x); }); });
    std::vector<std::uint64_t> rising(ranks.begin(), ranks.end());
    std::ranges::sort(rising);
    rising.erase(std::unique(rising.begin(), rising.end()), rising.end());
    auto rest = kept.begin(); // nothing before it is above anything from there on
    for (const std::uint64_t rank : rising) {
        const auto place = kept.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
        std::nth_element(rest, place, kept.end());
        rest = place + 1;
    }
    std::vector<double> found;
    for (const std::uint64_t rank : ranks) found.push_back(kept[rank - 1]);
    return found;
}

} // namespace

Numbers in_memory(std::span<const double> numbers)
{
    return [numbers](const auto& take) { take(numbers); };
}

std::vector<double> order_statistics(const Numbers& numbers, std::uint64_t count, std::span<const std::uint64_t> ranks)
{
    if (count <= few) return among_few(numbers, count, ranks);
    struct Wanted {
        std::uint64_t leading = 0, below; ///< the key's digits so far; numbers with the same that are below it
    };
    std::vector<Wanted> wanted;
    for (const std::uint64_t rank : ranks) wanted.push_back({.below = rank - 1});
    for (unsigned digit = digits; digit-- > 0;) {
        const unsigned behind = digit * digit_bits, before = behind + digit_bits;
        const auto leading_of = [before](std::uint64_t key) { return before < 64 ? key >> before : 0; };
        std::map<std::uint64_t, std::vector<std::uint64_t>> counted; // by leading digits: how often each next one follows
        for (const Wanted& w : wanted) counted[w.leading].resize(digit_values);
        numbers([&](std::span<const double> some) {
            for (const double x : some) {
                if (std::isnan(x)) continue;
                const std::uint64_t key = key_of(x);
                if (const auto at = counted.find(leading_of(key)); at != counted.end()) ++at->second[key >> behind & (digit_values - 1)];
            }
        });
        for (Wanted& w : wanted) {
            const std::vector<std::uint64_t>& follow = counted[w.leading];
            std::uint64_t next = 0;
            while (w.below >= follow[next]) w.below -= follow[next++];
            w.leading = w.leading << digit_bits | next;
        }
    }
    std::vector<double> found;
    for (const Wanted& w : wanted) found.push_back(number_of(w.leading));
    return found;
}

double interpolated_quantile(std::vector<double>& values, double level)
{
    const double place = static_cast<double>(values.size() - 1) * level, part = place - std::floor(place);
    const auto lower = values.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(values.begin(), lower, values.end());
    if (part == 0) return *lower;
    const double low = *lower, high = *std::min_element(lower + 1, values.end());
    return high == low ? low : (1 - part) * low + part * high; // of infinite values too
}

double passed_by(std::vector<double> seen, double alpha)
{
    const double n = static_cast<double>(seen.size()), place = std::min(n, std::ceil((n + 1) * (1 - alpha) - 1e-9));
    const auto at = seen.begin() + static_cast<std::ptrdiff_t>(std::max(place, 1.0)) - 1;
    std::ranges::nth_element(seen, at);
    return *at;
}

} // namespace entente
