// What simulation-based calibration found, world by world, as a table that is kept: where the parameters that made a world lie among what was found of it. Pure functions.
#pragma once
#include "sbc.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace entente {

struct SbcWorld {
    std::uint32_t world = 0;
    std::vector<std::uint32_t> ranks; ///< [name], the last of the joint posterior; none: the method said that it failed
};
/// One row a world.
struct SbcTable {
    std::string calibration; ///< name
    std::string identity;    ///< of what was asked, 16 hexadecimal digits: worlds of another one do not belong to it
    std::uint32_t draws = 99;
    std::vector<std::string> names; ///< parameters and structures, then joint_name
    std::vector<SbcWorld> worlds;   ///< by number, none missing
};
inline constexpr const char* joint_name = "joint"; ///< TARP rank of all parameters together

/// As CSV: calibration, identity, draws, world, then the ranks; empty for a world that failed.
std::string to_csv(const SbcTable& table);
/// Throws std::runtime_error that names the line.
SbcTable sbc_table_of(std::string_view csv);

/// What is said of one name.
struct SbcRow {
    std::string name;
    RankHistogram histogram;
    std::uint32_t points_outside = 0; ///< of the 95 % band
    std::vector<Coverage> coverage;   ///< of central intervals, at coverage_levels
};
/// How often intervals of all names together held what made a world. Names of one world hang together, so worlds are what counts.
struct PooledCoverage {
    double nominal = 0;
    double actual = 0; ///< mean over worlds of the share of names whose interval holds
    double error = 0;  ///< standard error of that mean, by worlds
    bool off = false;  ///< farther from nominal than a right method would come once in a hundred times, four levels being asked at once
};
/// What the worlds say together.
struct SbcSummary {
    std::uint32_t worlds = 0, failed = 0;
    std::vector<SbcRow> rows;
    std::uint32_t outside = 0;          ///< rows that leave their band
    std::uint32_t by_chance = 0;        ///< of a right method, more than so many would with probability below .01, if rows were independent
    std::vector<PooledCoverage> pooled; ///< at coverage_levels
    bool calibrated = false;            ///< no more bands are left than by chance, and no pooled coverage is off
};
inline constexpr std::uint32_t sbc_bins = 10;
/// Throws std::runtime_error if fewer than 20 worlds are whole, or draws + 1 is no multiple of the bins.
SbcSummary summary_of(const SbcTable& table);

} // namespace entente
