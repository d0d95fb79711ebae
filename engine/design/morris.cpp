#include "address.hpp"
#include "kinds.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente {
namespace {

constexpr std::uint32_t candidates = 20;

/// The levels between which a factor steps.
struct Grid {
    std::size_t levels;
    enum class Order : std::uint8_t { ranked, none } order;
};

struct Step {
    std::size_t from, to; ///< levels
};
struct Trajectory {
    std::vector<std::uint32_t> order; ///< factors as they are moved
    std::vector<Step> steps;          ///< of each factor
    std::vector<double> before;       ///< of each factor: share of the rows before its step
};

Step step_on(const Grid& grid, std::uint64_t at)
{
    const std::size_t n = grid.levels, from = further(at, 1) % n;
    if (grid.order == Grid::Order::none) {
        const std::size_t other = further(at, 2) % (n - 1);
        return {from, other < from ? other : other + 1};
    }
    const std::size_t half = n / 2;
    const bool up = from + half < n, down = from >= half;
    return {from, up && !(down && further(at, 2) % 2 == 0) ? from + half : from - half};
}

Trajectory trajectory_at(const std::vector<Grid>& grids, std::uint64_t at)
{
    const std::size_t d = grids.size();
    Trajectory t{.order = shuffled(d, further(at, 1)), .steps = {}, .before = std::vector<double>(d)};
    for (std::size_t k = 0; k < d; ++k) t.steps.push_back(step_on(grids[k], further(further(at, 2), k)));
    for (std::size_t i = 0; i < d; ++i) t.before[t.order[i]] = static_cast<double>(i + 1) / static_cast<double>(d + 1);
    return t;
}

double distance(const Grid& grid, std::size_t a, std::size_t b)
{
    if (grid.order == Grid::Order::none) return a == b ? 0 : 1;
    return static_cast<double>(a > b ? a - b : b - a) / static_cast<double>(grid.levels - 1);
}

/// Mean Manhattan distance of all pairs of rows: in each factor both trajectories stand at two levels only.
double distance(const std::vector<Grid>& grids, const Trajectory& a, const Trajectory& b)
{
    double sum = 0;
    for (std::size_t k = 0; k < grids.size(); ++k) {
        const Step &s = a.steps[k], &t = b.steps[k];
        const double p = a.before[k], q = b.before[k];
        const auto between = [&](std::size_t x, std::size_t y) { return distance(grids[k], x, y); };
        sum += p * (q * between(s.from, t.from) + (1 - q) * between(s.from, t.to)) + (1 - p) * (q * between(s.to, t.from) + (1 - q) * between(s.to, t.to));
    }
    return sum;
}

/// The candidate whose least distance to those before is greatest.
Trajectory next_trajectory(const std::vector<Grid>& grids, const std::vector<Trajectory>& before, std::uint64_t seed)
{
    Trajectory best;
    double farthest = -1;
    for (std::uint32_t number = 0; number < (before.empty() ? 1 : candidates); ++number) {
        Trajectory candidate = trajectory_at(grids, number_at(seed, before.size(), number));
        double least = INFINITY;
        for (std::size_t i = 0; i < before.size() && least > farthest; ++i) least = std::min(least, distance(grids, candidate, before[i]));
        if (least > farthest) farthest = least, best = std::move(candidate);
    }
    return best;
}

double points(std::span<const Factor> factors, const DesignChoice& choice) { return choice.points * (static_cast<double>(factors.size()) + 1); }

std::vector<Problem> faults(std::span<const Factor> factors)
{
    std::vector<Problem> list;
    for (const Factor& f : factors)
        if (level_count(f) == 1) list.push_back({f.origin, fmt::format("morris: {} takes one value only, and cannot step to another", f.name)});
    return list;
}

Design lay(std::span<const Factor> factors, const DesignChoice& choice)
{
    const std::size_t d = factors.size();
    std::vector<std::vector<double>> u;
    std::vector<Grid> grids;
    for (const Factor& f : factors) {
        u.push_back(grid_of(f, choice.levels));
        grids.push_back({u.back().size(), f.kind == Factor::Kind::choice ? Grid::Order::none : Grid::Order::ranked});
    }
    std::vector<Trajectory> trajectories;
    while (trajectories.size() < choice.points) trajectories.push_back(next_trajectory(grids, trajectories, choice.seed));

    Design design = blank_design(d, choice.points * (d + 1));
    for (std::size_t point = 0; point < design.points; ++point) {
        const std::size_t number = point / (d + 1), row = point % (d + 1);
        const Trajectory& t = trajectories[number];
        design.base[point] = static_cast<std::int32_t>(number);
        design.moved[point] = row == 0 ? -1 : static_cast<std::int32_t>(t.order[row - 1]);
        for (std::size_t i = 0; i < d; ++i) {
            const std::size_t k = t.order[i];
            design.u[point * d + k] = u[k][i < row ? t.steps[k].to : t.steps[k].from];
        }
    }
    return design;
}

} // namespace

/// Morris (1991): trajectories that move one factor after the other, in random order, on a grid of p even levels by p/2 of them: that is
/// p / (2 (p - 1)) of the range of a bounded factor and 1/2 in probability of an unbounded one. A discrete factor has its own n levels as a grid
/// and steps by n/2 of them rounded down, up where that is possible, else down (from the middle of an odd number to either side); levels of a
/// choice have no order: it steps to any other. Trajectories are spread out (after Campolongo, Cariboni & Saltelli 2007): each is the one of 20
/// random candidates whose least distance to those before is greatest. Distance is the mean Manhattan distance of all pairs of their points on
/// grids scaled to [0, 1], which takes two levels and a share a factor, where Campolongo's Euclidean one takes every pair of points. The ends of
/// a range are farthest from the rest and are taken a little more often than other levels: 8 % with four levels, 27 % with eight. Candidates are
/// addressed by seed, trajectory and number, so that more trajectories extend the design.
/// base: the trajectory; moved: -1 for its first row, else the factor that differs from the row before.
constinit const DesignKind designs::morris{.name = "morris", .counts = "trajectory", .levels = 4, .even_levels = true, .seed = true, .points = points, .lay = lay, .faults = faults};

} // namespace entente
