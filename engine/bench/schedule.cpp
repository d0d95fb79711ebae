#include "schedule.hpp"
#include "../calibrate/uniforms.hpp"
#include "../experiment/ranks/batches.hpp"
#include "../store/parts.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <stdexcept>

namespace entente {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

void throw_if_impossible(const ClusterJob& job)
{
    if (job.pieces == 0 || job.workers == 0 || !(job.piece_s > 0)) throw std::invalid_argument("a schedule needs pieces that take time, and workers");
}

ClusterTime given_up(std::uint32_t failures) { return {.seconds = never, .paid_core_s = never, .lost_core_s = never, .failures = failures}; }

/// What ranks do from one start to the next, until all pieces are there or one of them dies; times since the start.
struct Life {
    std::uint64_t left;                        ///< pieces whose answers rank 0 has not taken
    double end = 0, busy = 0, thrown_away = 0; ///< the last in core-seconds
};
Life live(const ClusterJob& job, std::uint64_t left, double death)
{
    struct Batch {
        double begun, comes; ///< to rank 0
        std::uint64_t pieces;
        bool operator>(const Batch& other) const { return comes > other.comes; }
    };
    std::priority_queue<Batch, std::vector<Batch>, std::greater<>> under_way;
    std::uint64_t unasked = left;
    Pace pace;
    const auto ask = [&](double now) {
        const std::uint64_t n = batch_size(unasked, 1, job.workers, job.workers, pace);
        if (n == 0) return;
        unasked -= n;
        under_way.push({now, now + static_cast<double>(n) * job.piece_s, n});
    };
    for (unsigned w = 0; w < job.workers; ++w) ask(0);
    Life life{left};
    double free = 0; // rank 0
    while (!under_way.empty()) {
        const Batch batch = under_way.top();
        const double takes = job.answer_s + static_cast<double>(batch.pieces) * job.piece_answer_s, taken = std::max(free, batch.comes) + takes;
        if (taken > death) break;
        under_way.pop();
        free = taken, life.busy += takes, life.left -= batch.pieces;
        pace = {.piece_s = job.piece_s, .answer_s = job.answer_s, .piece_bytes = job.piece_bytes};
        ask(taken);
    }
    life.end = life.left == 0 ? free : death;
    for (; !under_way.empty(); under_way.pop()) life.thrown_away += std::min(death, under_way.top().comes) - under_way.top().begun;
    return life;
}

} // namespace

ClusterTime time_of_ranks(const ClusterJob& job, const std::function<double(std::uint32_t)>& life_s)
{
    throw_if_impossible(job);
    const double result_s = static_cast<double>(job.pieces) * job.result_s, all = job.workers;
    ClusterTime time;
    std::uint64_t left = job.pieces;
    double busy = 0, handing_out = 0;
    for (;; ++time.failures) {
        if (time.failures == most_failures) return given_up(time.failures);
        const double death = life_s(time.failures);
        const Life life = left > 0 ? live(job, left, death) : Life{0};
        left = life.left, busy += life.busy, handing_out += life.end, time.lost_core_s += life.thrown_away;
        if (left == 0 && life.end + result_s <= death) {
            time.seconds += life.end + result_s;
            break;
        }
        if (left == 0) time.lost_core_s += (death - life.end) * all;
        time.seconds += death + job.restart_s, time.lost_core_s += job.restart_s * all;
    }
    time.paid_core_s = time.seconds * all;
    time.efficiency = static_cast<double>(job.pieces) * job.piece_s / time.paid_core_s;
    time.rank_0_busy = busy / handing_out;
    return time;
}

ClusterTime time_of_shards(const ClusterJob& job, const std::function<double(unsigned, std::uint32_t)>& life_s)
{
    throw_if_impossible(job);
    const auto tasks = static_cast<unsigned>(std::min<std::uint64_t>(job.workers, job.pieces));
    ClusterTime time;
    for (unsigned task = 0; task < tasks; ++task) {
        const Shard shard = shard_of(job.pieces, task + 1, tasks);
        double seconds = 0;
        auto left = static_cast<double>(shard.end - shard.first);
        for (std::uint32_t start = 0;; ++start, ++time.failures) {
            if (start == most_failures) return given_up(time.failures);
            const double death = life_s(task, start), finished = std::floor(death / job.piece_s);
            if (finished >= left) break;
            left -= finished;
            seconds += death + job.restart_s, time.lost_core_s += death - finished * job.piece_s + job.restart_s;
        }
        seconds += left * job.piece_s;
        time.paid_core_s += seconds, time.seconds = std::max(time.seconds, seconds);
    }
    const double merging = static_cast<double>(job.pieces) * job.result_s;
    time.seconds += merging, time.paid_core_s += merging;
    time.efficiency = static_cast<double>(job.pieces) * job.piece_s / time.paid_core_s;
    return time;
}

Forecast forecast_of(Forecast f)
{
    for (Forecast::Row& row : f.rows) {
        ClusterJob job = f.job;
        job.workers = row.workers;
        row.ranks = time_of_ranks(job, [&](std::uint32_t start) { return life_of(f.seed, f.between_failures_s / row.workers, 0, start); });
        row.shards = time_of_shards(job, [&](unsigned task, std::uint32_t start) { return life_of(f.seed, f.between_failures_s, task + 1, start); });
    }
    return f;
}

double life_of(std::uint64_t seed, double mean_s, std::uint32_t task, std::uint32_t start)
{
    return mean_s > 0 ? -mean_s * std::log(uniforms_at(seed, "failure", task, start)[0]) : never;
}

} // namespace entente
