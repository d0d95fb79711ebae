#include "explored.hpp"
#include <limits>

namespace entente {
namespace {

constexpr std::size_t levels = std::size(explored_levels);

/// What was seen of one variable in one quarter.
struct Seen {
    float least = std::numeric_limits<float>::infinity(), most = -std::numeric_limits<float>::infinity();
};

/// FNV-1a, by words.
void add_word(std::uint64_t& hash, std::uint64_t word) { hash = (hash ^ word) * 0x100000001b3; }

std::vector<std::uint32_t> whole_runs(const BlockResult& block)
{
    std::vector<std::uint32_t> good;
    for (std::uint32_t run = 0; run < block.failed_quarter.size(); ++run)
        if (block.failed_quarter[run] < 0) good.push_back(run);
    return good;
}

void count(const BlockResult& block, const std::vector<std::uint32_t>& good, Explored& all)
{
    const std::size_t runs = block.failed_quarter.size();
    for (std::size_t q = 0; q < all.quarters; ++q)
        for (const std::uint32_t run : good) {
            const std::uint8_t code = block.outcome[q * runs + run];
            ++all.class_count[q * outcome_classes + static_cast<std::size_t>(class_of(code))];
            ++all.orientation_count[q * orientations + static_cast<std::size_t>(orientation_of(code))];
        }
    for (std::size_t e = 0; e < all.event_count.size() / all.quarters; ++e)
        for (const std::uint32_t run : good)
            if (const std::int16_t q = block.first_event[e * runs + run]; q >= 0) ++all.event_count[e * all.quarters + static_cast<std::size_t>(q)];
}

} // namespace

Explored explored(const Scenario& scenario, const Kernel& kernel, const std::vector<std::uint32_t>& watched)
{
    const Description& d = describe();
    const std::vector<Row>& rows = d.variables;
    const auto quarters = static_cast<std::uint32_t>(scenario.horizon + 1);
    Explored all{.runs = scenario.runs,
                 .quarters = quarters,
                 .class_count = std::vector<std::uint32_t>(std::size_t{quarters} * outcome_classes),
                 .orientation_count = std::vector<std::uint32_t>(std::size_t{quarters} * orientations),
                 .event_count = std::vector<std::uint32_t>(d.events.size() * quarters),
                 .quantile = std::vector<float>(watched.size() * levels * quarters)};
    const int bits = bin_bits(scenario.runs);
    const std::size_t cells = watched.size() * quarters;
    std::vector<std::uint32_t> histogram(cells << bits);
    std::vector<Seen> seen(cells);
    std::vector<std::uint64_t> by_variable(rows.size() * quarters);
    const Point point = scenario.point();
    BlockResult block;
    float values[block_runs];
    std::int32_t bin[block_runs];
    all.fingerprint = 0xcbf29ce484222325;
    for (std::uint32_t first = 0; first < scenario.runs; first += block_runs) {
        Job job = block_job(scenario, point, first, std::min(block_runs, scenario.runs - first), {});
        job.kept = watched, job.fingerprint = true;
        kernel.run(job, block);
        for (std::size_t i = 0; i < by_variable.size(); ++i) by_variable[i] += block.fingerprint[i];
        for (std::size_t i = by_variable.size(); i < block.fingerprint.size(); ++i) add_word(all.fingerprint, block.fingerprint[i]);
        const std::vector<std::uint32_t> good = whole_runs(block);
        all.failed += static_cast<std::uint32_t>(job.runs() - good.size());
        if (good.empty()) continue;
        count(block, good, all);
        for (std::size_t w = 0; w < watched.size(); ++w)
            for (std::size_t q = 0; q < quarters; ++q) {
                const Row& row = rows[watched[w]];
                for (std::size_t i = 0; i < good.size(); ++i) values[i] = block.trajectory[block.place(q, w, good[i])];
                const double steps_per_unit = (1 << step_bits) / (row.high - row.low);
                const RunSum s = kernel.sum_up(values, tile_runs, good.size(), static_cast<float>(row.low), static_cast<float>(steps_per_unit), step_bits - bits, bin);
                const std::size_t cell = w * quarters + q;
                for (std::size_t i = 0; i < good.size(); ++i) ++histogram[(cell << bits) + static_cast<std::size_t>(bin[i])];
                seen[cell].least = std::min(seen[cell].least, s.least + 0.0f), seen[cell].most = std::max(seen[cell].most, s.most + 0.0f);
            }
    }
    for (const std::uint64_t word : by_variable) add_word(all.fingerprint, word);
    if (all.failed == all.runs) return all;
    for (std::size_t w = 0; w < watched.size(); ++w)
        for (std::size_t q = 0; q < quarters; ++q) {
            const std::size_t cell = w * quarters + q;
            const std::vector<float> values_at = histogram_quantiles(explored_levels, {&histogram[cell << bits], std::size_t{1} << bits}, all.runs - all.failed, rows[watched[w]],
                                                                     seen[cell].least, seen[cell].most);
            for (std::size_t l = 0; l < levels; ++l) all.quantile[(w * levels + l) * quarters + q] = values_at[l];
        }
    return all;
}

} // namespace entente
