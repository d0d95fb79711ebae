#include "allotment.hpp"
#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace entente::report {

static constexpr std::uint64_t minute = 60, early_s = 60, start_s = 10;
static constexpr std::uint64_t over(std::uint64_t a, std::uint64_t b) { return a / b + (a % b != 0 ? 1 : 0); }

std::uint64_t stop_before_s(std::uint64_t limit_s, double piece_s)
{
    return std::clamp<std::uint64_t>(limit_s / 20, 30, 120) + static_cast<std::uint64_t>(std::ceil(std::min(2 * piece_s, 1e9)));
}

std::uint64_t usable_s(std::uint64_t limit_s, double piece_s)
{
    const std::uint64_t lost = stop_before_s(limit_s, piece_s) + early_s + start_s;
    return limit_s > lost ? limit_s - lost : 0;
}

/// The least whole minutes of which so much is left.
static std::uint64_t limit_for(std::uint64_t usable, double piece_s)
{
    std::uint64_t limit = std::max(least_limit_s, over(usable + stop_before_s(0, piece_s) + early_s + start_s, minute) * minute);
    while (usable_s(limit, piece_s) < usable) limit += minute;
    return limit;
}

Allotment allotment_of(const ClusterAsked& c, const WorkAsked& w)
{
    if (c.nodes == 0 || c.cores == 0 || c.goes == 0 || w.runs_a_piece == 0 || !(w.runs_per_s_core > 0) || c.limit_s < least_limit_s)
        throw std::invalid_argument("allotment: nothing can be done with no nodes, cores, goes or rate, or in less than the least limit");
    const double piece_s = w.piece_s();
    const auto of_go = static_cast<std::uint64_t>(static_cast<double>(usable_s(c.limit_s, piece_s)) / piece_s), most_of_core = of_go * c.goes; // pieces one after the other
    Allotment a{.most_runs = most_of_core * c.cores * c.nodes * w.runs_a_piece, .tasks = c.nodes};
    if (!w.runs) return a;
    a.tasks = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(w.pieces, 1, c.nodes));
    const std::uint64_t of_core = over(over(w.pieces, a.tasks), c.cores);
    a.seconds = static_cast<std::uint64_t>(std::ceil(std::min(static_cast<double>(of_core) * piece_s, 1e15)));
    a.core_hours = static_cast<double>(*w.runs) / w.runs_per_s_core / 3600;
    a.fits = of_core <= most_of_core;
    if (most_of_core > 0) a.nodes = over(w.pieces, most_of_core * c.cores);
    a.limit_s = limit_for(static_cast<std::uint64_t>(std::ceil(std::min(static_cast<double>(over(of_core, c.goes)) * piece_s, 1e15))), piece_s);
    if (of_go > 0) a.goes = over(of_core, of_go);
    return a;
}

std::uint64_t memory_mb(double taken_mb, std::uint32_t threads, std::uint32_t cores)
{
    constexpr double of_a_thread_mb = 32; // a run of every variable: 29.5, by 2 to 16 threads
    constexpr std::uint64_t step = 256, least = 1024;
    const double all = 1.5 * (taken_mb + of_a_thread_mb * (cores > threads ? cores - threads : 0));
    return std::max(least, over(static_cast<std::uint64_t>(std::ceil(all)), step) * step);
}

double merge_s(std::uint64_t runs, std::uint64_t runs_beside, double runs_per_s_core, std::uint32_t cores)
{
    constexpr double to_read_s = 4e-5; // a run's outcomes: half of it on a disk of its own
    return static_cast<double>(runs_beside) / (runs_per_s_core * cores) + static_cast<double>(runs) * to_read_s;
}

std::uint64_t merge_limit_s(double seconds) { return over(static_cast<std::uint64_t>(600 + 2 * seconds), minute) * minute; }

} // namespace entente::report
