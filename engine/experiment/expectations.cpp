#include "expectations.hpp"
#include "../analysis/difference.hpp"
#include "../core/text.hpp"
#include "asked.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <limits>

namespace entente {
namespace {

const Interval nothing{.estimate = std::numeric_limits<double>::quiet_NaN(), .low = -std::numeric_limits<double>::infinity(), .high = std::numeric_limits<double>::infinity()};

bool same_file(const std::string& a, const std::string& b)
{
    std::error_code code;
    return a == b || std::filesystem::equivalent(a, b, code);
}

Statistic statistic_of(const Quantity& q)
{
    if (q.level) return {Statistic::Kind::quantile, *q.level};
    return {is_share(q) ? Statistic::Kind::probability : Statistic::Kind::mean};
}

/// Of a result's text.
Quantity quantity_in(const Expectation& e, const std::string& path)
{
    try {
        return parse_quantity(e.quantity);
    } catch (const std::invalid_argument&) {
        throw DamagedFile(fmt::format("{}: is damaged: it expects '{}', which is no quantity", path, e.quantity));
    }
}

} // namespace

std::vector<Quantity> expected_quantities(const Scenario& s, int start, int horizon)
{
    std::vector<Asked> asked;
    for (const Expectation& e : s.expectations) asked.push_back({e.quantity, e.origin});
    std::vector<Quantity> all = quantities_of(asked, start, horizon);
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Expectation& e = s.expectations[i];
        for (const auto& [bound, at] : {std::pair{e.least, e.at_least}, std::pair{e.most, e.at_most}})
            if (const std::string fault = bound ? fault_of_share(all[i], *bound) : ""; !fault.empty())
                problems.push_back({at, fmt::format("expect: '{}': {}", all[i].text, fault)});
        if (all[i].level && e.of_difference())
            problems.push_back({e.origin, fmt::format("expect: '{}': a quantile over runs has no difference run by run; of itself `least` and `most` can be given", all[i].text)});
    }
    if (!problems.empty()) throw ScenarioErrors(problems);
    return all;
}

std::vector<std::string> scenario_files(const Provenance& provenance)
{
    constexpr std::string_view file_mark = "# file: ";
    std::vector<std::string> files;
    for (const std::string& line : split(provenance.scenario_text, '\n'))
        if (line.starts_with(file_mark)) files.push_back(line.substr(file_mark.size()));
    return files;
}

bool is_against(const std::vector<std::string>& a, const std::vector<std::string>& b) { return b.size() < 2 || (!a.empty() && same_file(a.front(), b.back())); }

Expected expected_of(const StoredResult& result, const std::string& path)
{
    Expected expected;
    if (result.provenance.scenario_resolved.find("[[expect]]") == std::string::npos) return expected;
    const std::vector<std::string> files = scenario_files(result.provenance);
    if (!files.empty()) expected.own = files.front();
    if (files.size() > 1) expected.against = files.back();
    for (const Expectation& e : parse_resolved(result.provenance.scenario_resolved, path).expectations) {
        const Quantity quantity = quantity_in(e, path);
        const bool reached = fault_of_date(quantity, static_cast<int>(result.summary.start), static_cast<int>(result.summary.quarters) - 1).empty();
        const std::optional<Interval> came = e.of_difference() || !reached ? std::nullopt : known(quantity, result.summary);
        expected.all.push_back(came ? judge(e, *came) : Judged{e, nothing});
    }
    return expected;
}

std::vector<Quantity> comparable_expectations(const Scenario& a, const Scenario& b)
{
    const bool against = is_against(a.files, b.files);
    std::vector<Quantity> all = expected_quantities(b), compared;
    for (std::size_t i = 0; i < all.size(); ++i)
        if ((against || !b.expectations[i].of_difference()) && fault_of_date(all[i], std::max(a.start, b.start), std::min(a.horizon, b.horizon)).empty())
            compared.push_back(std::move(all[i]));
    return compared;
}

Expected expected_of(const Scenario& b, const std::vector<Quantity>& quantities, const std::vector<std::vector<double>>& of_a, const std::vector<std::vector<double>>& of_b)
{
    Expected expected{.all = {}, .against = b.files.size() > 1 ? b.files.back() : "", .own = b.files.front()};
    for (const Expectation& e : b.expectations) {
        const auto at = static_cast<std::size_t>(std::ranges::find(quantities, e.quantity, &Quantity::text) - quantities.begin());
        if (at == quantities.size()) expected.all.push_back({e, nothing});
        else if (e.of_difference()) expected.all.push_back(judge(e, interval_of(paired_difference(of_a[at], of_b[at]))));
        else expected.all.push_back(judge(e, interval(statistic_of(quantities[at]), in_memory(of_b[at]))));
    }
    return expected;
}

} // namespace entente
