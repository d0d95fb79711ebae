#include "comparison.hpp"
#include "../core/quarter.hpp"
#include "expectations.hpp"
#include "words.hpp"
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {

using Json = nlohmann::ordered_json;

static Json json_of(const Shift& shift)
{
    const PairedDifference& d = shift.difference;
    const bool same = d.is_always_the_same();
    return {{"quantity", shift.quantity},
            {"a", d.mean_a},
            {"b", d.mean_b},
            {"difference", d.difference},
            {"standard_error", same ? Json() : Json(d.standard_error)},
            {"unpaired_standard_error", d.unpaired_error},
            {"z", same ? Json() : Json(d.z())},
            {"pairs", d.pairs}};
}

/// Where class shares, [quarter][class], part.
static Json parting_json(const std::vector<PairedDifference>& class_shares)
{
    Json out = {{"quarter", nullptr}, {"class", nullptr}, {"difference", nullptr}, {"text", parting_text(class_shares)}};
    if (const auto p = first_parting(class_shares))
        out["quarter"] = quarter_name(p->quarter), out["class"] = class_names[p->class_number], out["difference"] = p->difference.difference;
    return out;
}

static std::string head(const char* first_column)
{
    return fmt::format("{:<44}{:>10}{:>10}{:>12}{:>10}{:>10}{:>8}{:>8}\n", first_column, "A", "B", "B - A", "s.e.", "unpaired", "ratio", "z");
}

/// Which side is which; `pairs` says how many there are, and of what.
static std::string sides(const std::string& a, const std::string& b, const std::string& pairs)
{
    return fmt::format("A      {}\nB      {}\nB - A  paired on common random numbers: {}\n\n", a, b, pairs);
}

static std::string row(const std::string& name, const PairedDifference& d)
{
    const auto number = [](double x) { return std::isnan(x) ? "-" : fmt::format("{:.4f}", x); };
    const std::string known = d.is_always_the_same() ? fmt::format("  {}", always_the_same)
                                                     : fmt::format("{:>10}{:>10}{:>8}{:>8}", number(d.standard_error), number(d.unpaired_error),
                                                                   d.unpaired_error > 0 ? fmt::format("{:.2f}", d.standard_error / d.unpaired_error) : "-",
                                                                   std::isnan(d.z()) ? "-" : fmt::format("{:.1f}", d.z()));
    return fmt::format("{:<44}{:>10}{:>10}{:>12}{}\n", name, number(d.mean_a), number(d.mean_b), std::isnan(d.difference) ? "-" : fmt::format("{:+.4f}", d.difference), known);
}

std::string text_of(const RunComparison& c)
{
    const std::uint64_t used = c.used(), runs = c.a.runs;
    std::string out = sides(c.a.name, c.b.name, fmt::format("{}{} pairs of runs", with_commas(used), used < runs ? " of " + with_commas(runs) : ""));
    out += head("quantity");
    for (const auto& [quantity, d] : c.shifts) out += row(heading_of(parse_quantity(quantity)), d);
    if (used < runs) out += fmt::format("\nPairs left out because a run failed: {}.\n", with_commas(runs - used));
    return out
           + fmt::format("\ns.e.: standard error of the paired difference; unpaired: that of two independent ensembles; ratio: of the two.\n"
                         "z: B - A over s.e., Student's t of as many degrees of freedom as pairs less one.\n"
                         "Where outcomes part: {}; beyond noise at .001 over all quarters and classes.\n{}{}",
                         parting_text(c.class_shares), c.expected.all.empty() ? "" : "\n", text_of(c.expected, table_width));
}

Json json_of(const RunComparison& c)
{
    Json out = {{"a", c.a.name}, {"b", c.b.name}, {"runs", c.a.runs}, {"left_out", c.a.runs - c.used()}, {"seed", c.a.seed}, {"differences", Json::array()}};
    for (const Shift& shift : c.shifts) out["differences"].push_back(json_of(shift));
    out["outcomes_part"] = parting_json(c.class_shares);
    if (!c.expected.all.empty()) out["expectations"] = json_of(c.expected);
    return out;
}

std::string text_of(const SweepPairs& s, const SweepComparison& c)
{
    const std::uint64_t used = c.shifts[0].difference.pairs;
    const std::uint32_t replicates = s.replicates();
    const std::size_t points = s.in_a.points, policies = s.policies.size();
    const std::string whole = c.left_out > 0 ? fmt::format(" of {}", with_commas(replicates)) : "";
    std::string out = sides(s.a, s.b, fmt::format("{}{} {} at {}", with_commas(used), whole, replicates == 1 ? "replicate" : "replicates", counted(points, "point", "points")));
    out += head("over all points");
    for (std::size_t i = 0; i < c.shifts.size(); ++i) {
        if (i % policies == 0) out += heading_of(parse_quantity(c.shifts[i].quantity)) + "\n";
        out += row("  " + s.policies[i % policies].name, c.shifts[i].difference);
    }
    out += fmt::format(
        "\ns.e.: standard error of the paired difference, by its spread between replicates{};\nunpaired: that of two independent sweeps; ratio: of the two. z: B - A over "
        "s.e., Student's t\nof as many degrees of freedom as replicates less one.\n",
        replicates == 1 ? ", of which there is one"
        : points > 1    ? ", since points share their random numbers"
                        : "");
    if (c.left_out > 0)
        out += fmt::format("Pairs left out because a run failed or is not made: {}; what is printed rests on {} replicates.\n", with_commas(c.left_out), with_commas(used));
    out += c.class_shares.empty() ? "\nWhere outcomes part is not known: a file keeps no single runs (--keep outcomes).\n"
                                  : "\nWhere outcomes part, beyond the noise between replicates at .001 over all quarters and classes:\n";
    for (std::size_t k = 0; k < c.class_shares.size(); ++k) out += fmt::format("  {:<42}{}\n", s.policies[k].name, parting_text(c.class_shares[k]));
    return out;
}

Json json_of(const SweepPairs& s, const SweepComparison& c)
{
    Json out = {{"a", s.a},
                {"b", s.b},
                {"replicates", s.replicates()},
                {"points", s.in_a.points},
                {"left_out", c.left_out},
                {"seed", s.in_a.provenance.seed},
                {"differences", Json::array()},
                {"outcomes_part", Json::array()}};
    for (std::size_t i = 0; i < c.shifts.size(); ++i) {
        out["differences"].push_back(json_of(c.shifts[i]));
        out["differences"].back()["policy"] = s.policies[i % s.policies.size()].name;
    }
    for (std::size_t k = 0; k < c.class_shares.size(); ++k) {
        out["outcomes_part"].push_back(parting_json(c.class_shares[k]));
        out["outcomes_part"].back()["policy"] = s.policies[k].name;
    }
    return out;
}

} // namespace entente::report
