#include "sweep.hpp"
#include "../core/text.hpp"
#include "words.hpp"
#include "work.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include "../experiment/factors.hpp"

namespace entente::report {

using Json = nlohmann::ordered_json;
static constexpr std::size_t points_shown = 40; ///< more are in the file

namespace {

std::string number(double x)
{
    if (std::isnan(x)) return "-";
    if (x != 0 && std::abs(x) < 0.00005) return fmt::format("{:.1e}", x);
    return fmt::format("{:.{}f}", x, std::abs(x) >= 100 ? 1 : std::abs(x) >= 10 ? 2 : 4);
}
/// In words where an end is not known: a mean has both or none.
std::string interval_text(const Interval& x, const Quantity& quantity, std::uint64_t replicates)
{
    const double width = x.high - x.low, estimate = std::isfinite(width) && std::abs(x.estimate) < 1e-12 * width ? 0 : x.estimate; // rounding may leave a trace of nothing
    const std::string at = number(estimate);
    if (std::isinf(x.low) && std::isinf(x.high)) return fmt::format("{} ({})", at, quantity.level ? "too few runs" : replicates > 1 ? always_the_same : "no interval");
    if (std::isinf(x.low)) return fmt::format("{} (up to {})", at, number(x.high));
    if (std::isinf(x.high)) return fmt::format("{} ({} or more)", at, number(x.low));
    return fmt::format("{} ({} to {})", at, number(x.low), number(x.high));
}

Json json_of(const Interval& x)
{
    const auto finite = [](double v) { return std::isfinite(v) ? Json(v) : Json(); };
    return {{"estimate", finite(x.estimate)}, {"low", finite(x.low)}, {"high", finite(x.high)}, {"used", x.used}};
}

/// What the intervals hang on, and what would narrow them.
std::string sources_of_error(const SweepEstimate& v, std::uint64_t replicates)
{
    if (replicates == 0) return "No replicate is finished, so there is no interval.\n";
    if (replicates == 1)
        return fmt::format("One replicate{}: how far others would change the numbers\nis not known, so there is no interval; `replicates` under [design] asks for more.\n",
                           v.points > 1 ? ", whose random numbers all points share" : "");
    std::string text = fmt::format("{} replicates set the intervals; {} would halve them.", with_commas(replicates), with_commas(4 * replicates));
    double least = 1, most = 0;
    for (const auto& of_outcome : v.estimates)
        for (const PolicyEstimate& p : of_outcome)
            if (!std::isnan(p.shared_luck)) least = std::min(least, p.shared_luck), most = std::max(most, p.shared_luck);
    if (least <= most)
        text += fmt::format(" Of the variance behind them {}{:.0f} % is luck that all points share, which more\npoints do not lessen; they lessen the rest.",
                            std::round(100 * least) < std::round(100 * most) ? fmt::format("{:.0f} to ", 100 * least) : "", 100 * most);
    return text + (v.points > 1 ? " Intervals hold the points fixed: Monte Carlo error alone.\n" : " Monte Carlo error alone.\n");
}

std::string table(const SweepEstimate& v)
{
    std::string out;
    const auto say = [&]<class... Facts>(fmt::format_string<Facts...> words, Facts&&... facts) { out += fmt::format(words, std::forward<Facts>(facts)...); };
    say("{}\n{}, {}, {}: {} of {} runs finished, {} failed\n", printable_name(v.title), counted(v.policies.size(), "policy", "policies"), counted(v.points, "point", "points"),
        counted(v.replicates, "replicate", "replicates"), with_commas(v.finished), with_commas(v.asked), v.failed);
    std::size_t width = 8;
    for (const std::string& name : v.policies) width = std::max(width, name.size());
    const bool differences = v.policies.size() > 1;
    say("\n{:<{}}  {:>26}{}\n", "over all points", width + 2, "95 % interval", differences ? fmt::format("  {:>28}  {:>6}", "difference, paired", "ratio") : "");
    for (std::size_t o = 0; o < v.outcomes.size(); ++o) {
        say("{}\n", heading_of(v.outcomes[o]));
        for (std::size_t k = 0; k < v.policies.size(); ++k) {
            const PolicyEstimate& p = v.estimates[o][k];
            const std::string ratio = !(p.error_ratio > 0) ? "" : fmt::format("  {:>6.2f}", p.error_ratio);
            say("  {:<{}}  {:>26}{}\n", v.policies[k], width, interval_text(p.value, v.outcomes[o], p.replicates),
                k == v.against || std::isnan(p.difference.estimate) ? "" : fmt::format("  {:>28}{}", interval_text(p.difference, v.outcomes[o], p.replicates), ratio));
        }
    }
    const std::uint64_t used = v.estimates[0][0].replicates;
    if (used < v.replicates)
        say("\nOver all points: {} of {} replicates. Those that are not finished at all points are left out, and so is what failed under any policy.\n", with_commas(used),
            with_commas(v.replicates));
    say("\n{}", sources_of_error(v, used));
    if (differences)
        say("Differences: to '{}', paired by replicate and point. Ratio: standard error of that difference over that of two independent sweeps.\n", v.policies[v.against]);
    return out;
}

Json json_of(const SweepEstimate& v)
{
    Json out = {{"title", v.title},   {"policies", v.policies},     {"against", v.policies.size() > 1 ? Json(v.policies[v.against]) : Json()},
                {"points", v.points}, {"replicates", v.replicates}, {"finished", v.finished},
                {"asked", v.asked},   {"failed", v.failed},         {"outcomes", Json::array()}};
    for (std::size_t o = 0; o < v.outcomes.size(); ++o) {
        Json one = {{"outcome", v.outcomes[o].text}, {"unit", unit_of(v.outcomes[o])}, {"policies", Json::array()}};
        for (std::size_t k = 0; k < v.policies.size(); ++k) {
            const PolicyEstimate& p = v.estimates[o][k];
            one["policies"].push_back({{"policy", v.policies[k]}, {"value", json_of(p.value)}, {"replicates", p.replicates}});
            if (k != v.against) one["policies"].back()["difference"] = json_of(p.difference);
            if (p.error_ratio > 0) one["policies"].back()["standard_error_ratio"] = p.error_ratio;
            if (!std::isnan(p.shared_luck)) one["policies"].back()["variance_shared_by_points"] = p.shared_luck;
        }
        out["outcomes"].push_back(one);
    }
    return out;
}

/// Each point with its factors, what a policy comes to there, and how far that is from the first point.
std::string points_text(const SweepEstimate& v, const StoredSweep& s, const std::vector<Factor>& factors)
{
    const std::size_t points = s.head.points, policies = v.policies.size();
    if (points < 2) return "";
    if (points > points_shown) return fmt::format("\n{} points: `--csv points` prints them, the groups `design` and `estimates` of the file hold them.\n", with_commas(points));
    const auto value = [&](std::size_t point, std::size_t f) { return value_text(factors[f], s.head.values[point * factors.size() + f]); };
    std::string names;
    std::vector<std::size_t> widths;
    for (std::size_t f = 0; f < factors.size(); ++f) {
        std::size_t w = factors[f].name.size();
        for (std::size_t p = 0; p < points; ++p) w = std::max(w, value(p, f).size());
        widths.push_back(w), names += fmt::format("  {:>{}}", factors[f].name, w);
    }
    std::string text;
    for (std::size_t o = 0; o < v.outcomes.size(); ++o)
        for (std::size_t k = 0; k < policies; ++k) {
            const bool difference = !v.outcomes[o].level;
            text += fmt::format("\n{}{}\n{}  {:>26}{}\n", heading_of(v.outcomes[o]), policies > 1 ? ", " + v.policies[k] : "", names, "95 % interval",
                                difference ? fmt::format("  {:>28}", "less the first point, paired") : "");
            for (std::size_t p = 0; p < points; ++p) {
                for (std::size_t f = 0; f < factors.size(); ++f) text += fmt::format("  {:>{}}", value(p, f), widths[f]);
                const std::size_t at = (o * policies + k) * points + p;
                text += fmt::format("  {:>26}", interval_text({s.estimates.estimate[at], s.estimates.low[at], s.estimates.high[at], 0, 0}, v.outcomes[o], s.head.replicates));
                const Interval& less = v.point_differences[o][k * points + p];
                if (difference && p > 0) text += fmt::format("  {:>28}", interval_text(less, v.outcomes[o], less.used));
                text += "\n";
            }
        }
    return text;
}

/// The same for programs: the factors' values, and what every outcome comes to under every policy, in the order of the points.
void add_points(Json& out, const SweepEstimate& v, const StoredSweep& s, const std::vector<Factor>& factors)
{
    const SweepHead& h = s.head;
    const std::size_t policies = h.policies.size();
    out["factors"] = Json::array();
    for (std::size_t f = 0; f < factors.size(); ++f) {
        Json values = Json::array();
        for (std::size_t p = 0; p < h.points; ++p) {
            const double x = h.values[p * factors.size() + f];
            const bool number = factors[f].kind == Factor::Kind::number || factors[f].kind == Factor::Kind::whole;
            values.push_back(number ? Json(x) : Json(value_text(factors[f], x)));
        }
        out["factors"].push_back({{"factor", factors[f].name}, {"values", values}});
    }
    for (std::size_t o = 0; o < h.outcomes.size(); ++o)
        for (std::size_t k = 0; k < policies; ++k) {
            Json at_points = Json::array();
            for (std::size_t p = 0; p < h.points; ++p) {
                const std::size_t at = (o * policies + k) * h.points + p;
                at_points.push_back(json_of({s.estimates.estimate[at], s.estimates.low[at], s.estimates.high[at], 0, 0}));
                at_points.back().erase("used");
                if (!v.outcomes[o].level && p > 0) at_points.back()["less_first_point"] = json_of(v.point_differences[o][k * h.points + p]);
            }
            out["outcomes"][o]["policies"][k]["at_points"] = at_points;
        }
}

/// Why runs failed, and where between the factors.
std::string failures_text(const std::vector<Factor>& factors, const SweepFailures& failures)
{
    if (failures.causes.empty()) return "";
    std::map<std::string, std::uint64_t> causes;
    for (const auto& [cause, n] : failures.causes) causes[cause_text(cause.variable, cause.number ? 0 : std::nanf(""))] += n;
    std::string text = "\nfailed runs, left out above\n";
    for (const auto& [cause, n] : causes) text += fmt::format("  {} runs: {}\n", with_commas(n), cause);
    TreeTable table = failures.by_point;
    for (const Factor& f : factors) table.factors.push_back({f.name, f.kind == Factor::Kind::choice ? TreeFactor::Kind::classes : TreeFactor::Kind::ordered, f.choices});
    if (!factors.empty())
        for (const TreeLeaf& leaf : classification_tree(table))
            text += fmt::format("  where {}: {} of {} ({:.1f} to {:.1f} %)\n", leaf.text, with_commas(leaf.share.count), with_commas(leaf.share.runs), 100 * leaf.share.low,
                                100 * leaf.share.high);
    return text;
}

} // namespace

std::string text_of(const SweepEstimate& v, const StoredSweep& s, const std::string& path)
{
    const std::vector<Factor> factors = factors_of(s.head);
    return fmt::format("{}{}{}{}\n{}\n", table(v), points_text(v, s, factors), failures_text(factors, v.failures), s.stop ? "\n" + text_of(*s.stop, table_width) : "", path);
}

Json json_of(const SweepEstimate& v, const StoredSweep& s, const std::string& path)
{
    Json out = json_of(v);
    add_points(out, v, s, factors_of(s.head));
    if (s.stop) out["stopped_by_precision"] = json_of(*s.stop);
    out["file"] = path;
    return out;
}

std::string text_of(const SweepEstimate& v, const std::string& folder, const std::string& way_on)
{
    return fmt::format("{}\n{}: what is finished so far; {}\n", table(v), folder, way_on);
}

Json json_of(const SweepEstimate& v, const std::string& folder)
{
    Json out = json_of(v);
    out["folder"] = folder;
    return out;
}

} // namespace entente::report
