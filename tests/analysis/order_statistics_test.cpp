// Order statistics of few and of many numbers against sorting them.
#include "analysis/order_statistics.hpp"
#include "analysis/hashed.hpp"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();

/// Hands over 1,000 at a time.
Numbers some_at_a_time(const std::vector<double>& numbers)
{
    return [&numbers](const auto& take) {
        for (std::size_t first = 0; first < numbers.size(); first += 1000) take(std::span(numbers).subspan(first, std::min<std::size_t>(1000, numbers.size() - first)));
    };
}

void expect_as_sorted(const std::vector<double>& numbers)
{
    std::vector<double> sorted;
    std::ranges::copy_if(numbers, std::back_inserter(sorted), [](double x) { return !std::isnan(x); });
    std::ranges::sort(sorted);
    const std::uint64_t n = sorted.size();
    const std::vector<std::uint64_t> ranks = {n / 2, 1, n, n / 2 + 1, n - n / 20, 2};
    const std::vector<double> found = order_statistics(some_at_a_time(numbers), n, ranks);
    for (std::size_t i = 0; i < ranks.size(); ++i) EXPECT_EQ(found[i], sorted[ranks[i] - 1]) << "rank " << ranks[i] << " of " << n;
}

TEST(OrderStatistics, AreThoseOfSortedNumbers)
{
    for (const std::size_t n : {10u, 65'536u, 65'537u, 200'000u}) {
        std::vector<double> bell, close, tied;
        for (std::size_t i = 0; i < n; ++i) {
            bell.push_back(i % 17 == 3 ? nan : hashed_bell(1, i));
            close.push_back(0.5 + 1e-13 * hashed_uniform(2, i));
            tied.push_back(std::floor(5 * hashed_uniform(3, i)) - 2);
        }
        expect_as_sorted(bell), expect_as_sorted(close), expect_as_sorted(tied);
    }
}

TEST(OrderStatistics, KnowAllKindsOfNumbers)
{
    std::vector<double> numbers = {-infinity, infinity, -0.0, 0.0, 5e-324, -5e-324, 1.7e308, -1.7e308};
    for (std::size_t i = 0; i < 70'000; ++i) numbers.push_back(i % 2 == 0 ? std::ldexp(1, static_cast<int>(i % 2000) - 1000) : -std::ldexp(1, static_cast<int>(i % 2000) - 1000));
    expect_as_sorted(numbers);
}

} // namespace
} // namespace entente
