#include "sweep.hpp"
#include "words.hpp"
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
    if (std::isinf(x)) return x < 0 ? "-inf" : "inf";
    if (x != 0 && std::abs(x) < 0.00005) return fmt::format("{:.1e}", x);
    return fmt::format("{:.{}f}", x, std::abs(x) >= 100 ? 1 : std::abs(x) >= 10 ? 2 : 4);
}
std::string interval_text(const Interval& x, const Quantity& quantity, std::uint64_t replicates)
{
    const double width = x.high - x.low, estimate = std::isfinite(width) && std::abs(x.estimate) < 1e-12 * width ? 0 : x.estimate; // rounding may leave a trace of nothing
    const bool equal = !quantity.level && replicates > 1 && std::isinf(x.low) && std::isinf(x.high);                               // of a mean nothing else leaves both ends open
    return equal ? fmt::format("{} (always the same)", number(x.estimate)) : fmt::format("{} ({} to {})", number(estimate), number(x.low), number(x.high));
}

Json json_of(const Interval& x)
{
    const auto finite = [](double v) { return std::isfinite(v) ? Json(v) : Json(); };
    return {{"estimate", finite(x.estimate)}, {"low", finite(x.low)}, {"high", finite(x.high)}, {"used", x.used}};
}

std::string table(const SweepEstimate& v)
{
    std::string out;
    const auto say = [&]<class... Facts>(fmt::format_string<Facts...> words, Facts&&... facts) { out += fmt::format(words, std::forward<Facts>(facts)...); };
    say("{}\n{} {}, {} {}, {} {}: {} of {} runs finished, {} failed\n", v.title, v.policies.size(), v.policies.size() == 1 ? "policy" : "policies", with_commas(v.points),
        v.points == 1 ? "point" : "points", with_commas(v.replicates), v.replicates == 1 ? "replicate" : "replicates", with_commas(v.finished), with_commas(v.asked), v.failed);
    std::size_t width = 8;
    for (const std::string& name : v.policies) width = std::max(width, name.size());
    const bool differences = v.policies.size() > 1;
    say("\n{:<{}}  {:>30}{}\n", "over all points", width + 2, "95 % interval", differences ? fmt::format("  {:>32}  {:>10}", "difference to the first, paired", "s.e. ratio") : "");
    for (std::size_t o = 0; o < v.outcomes.size(); ++o) {
        say("{}\n", heading_of(v.outcomes[o]));
        for (std::size_t k = 0; k < v.policies.size(); ++k) {
            const PolicyEstimate& p = v.estimates[o][k];
            const std::string ratio = std::isnan(p.error_ratio) ? "" : fmt::format("{:.2f}", p.error_ratio);
            say("  {:<{}}  {:>30}{}\n", v.policies[k], width, interval_text(p.value, v.outcomes[o], p.replicates),
                k == 0 || !differences || std::isnan(p.difference.estimate) ? "" : fmt::format("  {:>32}  {:>10}", interval_text(p.difference, v.outcomes[o], p.replicates), ratio));
        }
    }
    const std::uint64_t used = v.estimates[0][0].replicates;
    if (used < v.replicates)
        say("\nOver all points: {} of {} replicates. Those that are not finished at all points are left out, and so is what failed under any policy.\n", with_commas(used),
            with_commas(v.replicates));
    if (v.replicates == 1 && v.points > 1) say("\nAll points share the random numbers of the one replicate: how far others would change the numbers is not known.\n");
    say("\nIntervals hold the points fixed: Monte Carlo error alone.{}\n", differences ? " s.e. ratio: standard error of the paired difference over that of two independent sweeps." : "");
    return out;
}

Json json_of(const SweepEstimate& v)
{
    Json out = {{"title", v.title},       {"policies", v.policies}, {"points", v.points}, {"replicates", v.replicates},
                {"finished", v.finished}, {"asked", v.asked},       {"failed", v.failed}, {"outcomes", Json::array()}};
    for (std::size_t o = 0; o < v.outcomes.size(); ++o) {
        Json one = {{"outcome", v.outcomes[o].text}, {"unit", unit_of(v.outcomes[o])}, {"policies", Json::array()}};
        for (std::size_t k = 0; k < v.policies.size(); ++k) {
            const PolicyEstimate& p = v.estimates[o][k];
            one["policies"].push_back({{"policy", v.policies[k]}, {"value", json_of(p.value)}, {"replicates", p.replicates}});
            if (k > 0) one["policies"].back()["difference"] = json_of(p.difference);
            if (!std::isnan(p.error_ratio)) one["policies"].back()["standard_error_ratio"] = p.error_ratio;
        }
        out["outcomes"].push_back(one);
    }
    return out;
}

/// Each point with its factors and what every policy comes to there.
std::string points_text(const StoredSweep& s, const std::vector<Factor>& factors, const std::vector<Quantity>& quantities)
{
    const SweepHead& h = s.head;
    if (h.points < 2) return "";
    if (h.points > points_shown) return fmt::format("\n{} points: see the groups `design` and `estimates` of the file.\n", with_commas(h.points));
    std::string text;
    for (std::size_t o = 0; o < h.outcomes.size(); ++o) {
        text += fmt::format("\n{}\n", heading_of(quantities[o]));
        std::vector<std::size_t> widths;
        for (const FactorText& factor : h.factors) {
            std::size_t w = factor.name.size();
            for (std::size_t p = 0; p < h.points; ++p) w = std::max(w, value_text(factors[widths.size()], h.values[p * h.factors.size() + widths.size()]).size());
            widths.push_back(w), text += fmt::format("  {:>{}}", factor.name, w);
        }
        for (const std::string& policy : h.policies) text += fmt::format("  {:>28}", policy.size() > 28 ? policy.substr(0, 28) : policy);
        for (std::size_t p = 0; p < h.points; ++p) {
            text += "\n";
            for (std::size_t f = 0; f < h.factors.size(); ++f) text += fmt::format("  {:>{}}", value_text(factors[f], h.values[p * h.factors.size() + f]), widths[f]);
            for (std::size_t k = 0; k < h.policies.size(); ++k) {
                const std::size_t at = (o * h.policies.size() + k) * h.points + p;
                text += fmt::format("  {:>28}", interval_text({s.estimates.estimate[at], s.estimates.low[at], s.estimates.high[at], 0, 0}, quantities[o], h.replicates));
            }
        }
        text += "\n";
    }
    return text;
}

/// The same for programs: the factors' values, and what every outcome comes to under every policy, in the order of the points.
void add_points(Json& out, const StoredSweep& s, const std::vector<Factor>& factors)
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
    FailureTable table = failures.by_point;
    for (const Factor& f : factors) table.factors.push_back({f.name, f.kind == Factor::Kind::choice ? TreeFactor::Kind::classes : TreeFactor::Kind::ordered, f.choices});
    if (!factors.empty())
        for (const FailureLeaf& leaf : failure_tree(table))
            text += fmt::format("  where {}: {} of {} ({:.1f} to {:.1f} %)\n", leaf.text, with_commas(leaf.share.count), with_commas(leaf.share.runs), 100 * leaf.share.low,
                                100 * leaf.share.high);
    return text;
}

} // namespace

std::string text_of(const SweepEstimate& v, const StoredSweep& s, const std::string& path)
{
    const std::vector<Factor> factors = factors_of(s.head);
    return fmt::format("{}{}{}\n{}\n", table(v), points_text(s, factors, v.outcomes), failures_text(factors, v.failures), path);
}

Json json_of(const SweepEstimate& v, const StoredSweep& s, const std::string& path)
{
    Json out = json_of(v);
    add_points(out, s, factors_of(s.head));
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
