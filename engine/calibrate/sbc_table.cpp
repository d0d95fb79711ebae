#include "sbc_table.hpp"
#include "../core/csv.hpp"
#include "../core/number.hpp"
#include "../core/text.hpp"
#include "../core/interval.hpp"
#include <boost/math/distributions/students_t.hpp>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <numeric>
#include <span>
#include <stdexcept>

namespace entente {

namespace {

constexpr std::uint32_t most_worlds = 1'000'000, most_draws = 1'000'000;
constexpr std::size_t head_columns = 4, most_names = 10'000;

std::uint32_t whole_number(const std::string& text, std::uint32_t most, std::size_t line, const std::string& column)
{
    const auto number = number_in<std::uint32_t>(text);
    if (!number || *number > most)
        throw std::runtime_error(fmt::format("line {}: {}: a whole number from 0 to {}, got '{}'", line, printable_name(column), most, printable_name(text)));
    return *number;
}

/// Probability that more than `k` of `n` independent events of this probability occur.
double above(std::uint32_t k, std::uint32_t n, double probability)
{
    double term = std::pow(1 - probability, n), below = 0;
    for (std::uint32_t i = 0; i <= k; ++i) below += term, term *= probability * (n - i) / ((i + 1) * (1 - probability));
    return 1 - below;
}

/// `share`: [world], of names whose interval of this level holds.
PooledCoverage pooled_coverage(double nominal, std::span<const double> share)
{
    const double n = static_cast<double>(share.size()), mean = std::accumulate(share.begin(), share.end(), 0.0) / n;
    double squares = 0;
    for (const double x : share) squares += (x - mean) * (x - mean);
    const double error = std::sqrt(squares / (n - 1) / n), alpha = 0.01 / static_cast<double>(std::size(coverage_levels));
    const double reach = quantile(complement(boost::math::students_t_distribution<double>(n - 1), alpha / 2));
    return {nominal, mean, error, std::abs(mean - nominal) > reach * error};
}

} // namespace

std::string to_csv(const SbcTable& table)
{
    std::string text = fmt::format("calibration,identity,draws,world,{}\n", fmt::join(table.names, ","));
    for (const SbcWorld& w : table.worlds) {
        text += fmt::format("{},{},{},{}", csv_cell(table.calibration), table.identity, table.draws, w.world);
        for (std::size_t i = 0; i < table.names.size(); ++i) text += w.ranks.empty() ? std::string(",") : fmt::format(",{}", w.ranks[i]);
        text += "\n";
    }
    return text;
}

SbcTable sbc_table_of(std::string_view csv)
{
    const Table rows = parse_csv(csv);
    const std::vector<std::string> head = {"calibration", "identity", "draws", "world"};
    if (rows.header.size() < head_columns + 2 || rows.header.size() > most_names || !std::equal(head.begin(), head.end(), rows.header.begin()) || rows.header.back() != joint_name)
        throw std::runtime_error(fmt::format("line 1: columns calibration, identity, draws, world, names and at last {}", joint_name));
    if (rows.rows.empty()) throw std::runtime_error("no world");
    if (rows.rows.size() > most_worlds) throw std::runtime_error(fmt::format("more than {} worlds", most_worlds));
    SbcTable table{.calibration = rows.rows[0][0],
                   .identity = rows.rows[0][1],
                   .draws = whole_number(rows.rows[0][2], most_draws, 2, "draws"),
                   .names = {rows.header.begin() + head_columns, rows.header.end()},
                   .worlds = {}};
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        const std::vector<std::string>& row = rows.rows[i];
        if (row[0] != table.calibration || row[1] != table.identity || row[2] != rows.rows[0][2])
            throw std::runtime_error(fmt::format("line {}: of another calibration than line 2", i + 2));
        SbcWorld world{.world = whole_number(row[3], most_worlds, i + 2, "world"), .ranks = {}};
        if (world.world != i) throw std::runtime_error(fmt::format("line {}: world {}, got {}", i + 2, i, world.world));
        const bool failed = std::all_of(row.begin() + head_columns, row.end(), [](const std::string& cell) { return cell.empty(); });
        for (std::size_t c = head_columns; c < row.size() && !failed; ++c) world.ranks.push_back(whole_number(row[c], table.draws, i + 2, rows.header[c]));
        table.worlds.push_back(std::move(world));
    }
    return table;
}

SbcSummary summary_of(const SbcTable& table)
{
    SbcSummary s;
    for (const SbcWorld& w : table.worlds) ++(w.ranks.empty() ? s.failed : s.worlds);
    if (s.worlds < 20) throw std::runtime_error(fmt::format("20 worlds or more are needed to say something, and {} are whole", s.worlds));
    if ((table.draws + 1) % sbc_bins != 0) throw std::runtime_error(fmt::format("draws + 1 is to be a multiple of {}, got {} draws", sbc_bins, table.draws));
    const EcdfBand band = ecdf_band(s.worlds, sbc_bins);
    std::vector<std::vector<double>> held(std::size(coverage_levels), std::vector<double>(s.worlds)); // [level][world]: share of names
    for (std::size_t name = 0; name < table.names.size(); ++name) {
        std::vector<std::uint32_t> ranks;
        std::vector<double> positions;
        for (const SbcWorld& w : table.worlds) {
            if (w.ranks.empty()) continue;
            ranks.push_back(w.ranks[name]);
            positions.push_back(position_of(w.ranks[name], table.draws, tie_breaker(0, w.world, static_cast<std::uint32_t>(name)).position));
        }
        SbcRow row{.name = table.names[name], .histogram = rank_histogram(ranks, table.draws, sbc_bins), .points_outside = 0, .coverage = coverage_table(positions)};
        row.points_outside = points_outside(band, row.histogram.counts);
        s.outside += row.points_outside > 0 ? 1 : 0;
        for (std::size_t level = 0; level < held.size(); ++level)
            for (std::size_t w = 0; w < positions.size(); ++w) held[level][w] += is_inside(positions[w], coverage_levels[level]) ? 1 / static_cast<double>(table.names.size()) : 0;
        s.rows.push_back(std::move(row));
    }
    const auto rows = static_cast<std::uint32_t>(s.rows.size());
    for (std::size_t level = 0; level < held.size(); ++level) s.pooled.push_back(pooled_coverage(coverage_levels[level], held[level]));
    while (above(s.by_chance, rows, 1 - band.coverage) >= 0.01) ++s.by_chance;
    s.calibrated = s.outside <= s.by_chance && std::ranges::none_of(s.pooled, &PooledCoverage::off);
    return s;
}

} // namespace entente
