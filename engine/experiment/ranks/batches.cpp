#include "batches.hpp"
#include <algorithm>

namespace entente {

std::uint64_t batch_size(std::uint64_t left, unsigned threads, unsigned threads_of_all, unsigned ranks, const Pace& pace)
{
    constexpr double least_s = 1, most_s = 60, busy = 0.5, wanted = 100, worth = 10;
    constexpr std::uint64_t most_bytes = std::uint64_t{1} << 28;
    const auto pieces_in = [&](double seconds) { return pace.piece_s > 0 ? seconds / pace.piece_s * threads : 0.0; };
    const double share = static_cast<double>(left) * threads / threads_of_all / 2;
    const double by_time = pieces_in(std::clamp(std::max(wanted, ranks / busy) * pace.answer_s, least_s, most_s)), by_worth = pieces_in(worth * pace.answer_s);
    double pieces = std::max({std::min(by_time, share), by_worth, 1.0 * threads});
    if (pace.piece_bytes > 0) pieces = std::clamp(static_cast<double>(most_bytes) / static_cast<double>(pace.piece_bytes), 1.0, pieces);
    return std::min(left, static_cast<std::uint64_t>(pieces));
}

} // namespace entente
