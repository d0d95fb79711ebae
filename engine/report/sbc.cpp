#include "sbc.hpp"
#include "../core/text.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {

namespace {

/// A bar for each bin, as high as its count beside twice what is expected.
std::string bars(const RankHistogram& histogram, double expected, bool ascii)
{
    constexpr const char* blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    constexpr const char* signs[] = {" ", ".", ":", "-", "=", "+", "*", "#", "@"};
    std::string text;
    for (const std::uint32_t count : histogram.counts) {
        const auto height = static_cast<std::size_t>(std::lround(4 * count / expected));
        text += (ascii ? signs : blocks)[height < std::size(signs) ? height : std::size(signs) - 1];
    }
    return text;
}

} // namespace

std::string text_of(const SbcSummary& s, const SbcTable& table, bool ascii)
{
    std::string text = fmt::format(
        "{}: {} that the prior made, each fitted as the observed one is; {} failed.\nRank of what made a world among {} draws of what was found of it:\n\n",
        printable_name(table.calibration), counted(s.worlds, "world", "worlds"), s.failed, table.draws);
    text += fmt::format("{:<16} {:<12} {:>6}  {:<7}  {}\n", "", "ranks", "p", "band", "% inside the 50, 80, 90, 95 % interval");
    for (const SbcRow& r : s.rows) {
        text += fmt::format("{:<16} {:<12} {:>6.3f}  {:<7}", printable_name(r.name), "[" + bars(r.histogram, static_cast<double>(s.worlds) / sbc_bins, ascii) + "]", r.histogram.p,
                            r.points_outside > 0 ? "outside" : "inside");
        for (const Coverage& c : r.coverage) text += fmt::format("{:>6.0f}", 100 * c.actual);
        text += "\n";
    }
    text += fmt::format("{:<45}", "all");
    std::string errors, off;
    for (const PooledCoverage& c : s.pooled) {
        text += fmt::format("{:>6.1f}", 100 * c.actual), errors += fmt::format("{:>6.1f}", 100 * c.error);
        if (c.off) off += fmt::format("{}{:.0f} %", off.empty() ? "" : ", ", 100 * c.nominal);
    }
    text += fmt::format("\n{:<45}{}\n\n", "  standard error, by worlds", errors);
    text += wrapped(
        fmt::format("{}. {} of {} leave the 95 % band of their distribution function; of a right method more than {} would once in a hundred times. All names together, the "
                    "intervals hold {}. `{}`: "
                    "distance of all parameters together from a point by chance. A method that only repeats the prior passes too: see what was learned with `entente diagnose`.",
                    s.calibrated ? "The method is not found wrong" : "THE METHOD IS WRONG", s.outside, s.rows.size(), s.by_chance,
                    off.empty() ? "as often as they say, as far as so many worlds tell" : "what made a world too often or too seldom at " + off, joint_name),
        80);
    return text;
}

nlohmann::ordered_json json_of(const SbcSummary& s, const SbcTable& table)
{
    using Json = nlohmann::ordered_json;
    const auto coverage = [](const std::vector<Coverage>& all) {
        Json list = Json::array();
        for (const Coverage& c : all) list.push_back({{"nominal", c.nominal}, {"actual", c.actual}, {"low", c.low}, {"high", c.high}});
        return list;
    };
    Json out = {{"calibration", table.calibration}, {"worlds", s.worlds},         {"failed", s.failed},        {"draws", table.draws},  {"outside", s.outside},
                {"by_chance", s.by_chance},         {"calibrated", s.calibrated}, {"coverage", Json::array()}, {"names", Json::array()}};
    for (const PooledCoverage& c : s.pooled) out["coverage"].push_back({{"nominal", c.nominal}, {"actual", c.actual}, {"error", c.error}, {"off", c.off}});
    for (const SbcRow& r : s.rows)
        out["names"].push_back({{"name", r.name}, {"ranks", r.histogram.counts}, {"p", r.histogram.p}, {"points_outside", r.points_outside}, {"coverage", coverage(r.coverage)}});
    return out;
}

} // namespace entente::report
