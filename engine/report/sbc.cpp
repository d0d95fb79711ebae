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

bool is_calibrated(const SbcSummary& summary) { return summary.outside <= summary.by_chance; }

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
    for (const Coverage& c : s.overall) text += fmt::format("{:>6.0f}", 100 * c.actual);
    text += "\n\n";
    text += wrapped(fmt::format("{} of {} leave the 95 % band of their distribution function; of a right method more than {} would once in a hundred times: {}. `{}`: distance of "
                                "all parameters together "
                                "from a point by chance. A method that only repeats the prior passes too: see what was learned with `entente diagnose`.",
                                s.outside, s.rows.size(), s.by_chance, is_calibrated(s) ? "the method is not found wrong" : "THE METHOD IS WRONG", joint_name),
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
    Json out = {{"calibration", table.calibration},
                {"worlds", s.worlds},
                {"failed", s.failed},
                {"draws", table.draws},
                {"outside", s.outside},
                {"by_chance", s.by_chance},
                {"calibrated", is_calibrated(s)},
                {"coverage", coverage(s.overall)},
                {"names", Json::array()}};
    for (const SbcRow& r : s.rows)
        out["names"].push_back({{"name", r.name}, {"ranks", r.histogram.counts}, {"p", r.histogram.p}, {"points_outside", r.points_outside}, {"coverage", coverage(r.coverage)}});
    return out;
}

} // namespace entente::report
