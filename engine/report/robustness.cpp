#include "robustness.hpp"
#include "../core/text.hpp"
#include <nlohmann/json.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace entente::report {

std::string text_of(const Robustness& r, const Ranked& ranked)
{
    const std::vector<std::string>& policies = ranked.policies;
    std::string text = fmt::format("{}: {}\n{} of {} points used, {} left out because some policy has no finished run there; {} resamples\n", printable_name(ranked.title),
                                   ranked.outcome, r.points, ranked.points, r.left_out, r.resamples);
    if (r.measures.empty()) return text;
    const auto cell = [](const Measure& m, std::size_t k) { return fmt::format("{:.4g} ({:.4g} to {:.4g})", m.value[k] + 0.0, m.low[k] + 0.0, m.high[k] + 0.0); }; // no -0
    std::size_t width = 0;
    for (std::size_t k = 0; k < policies.size(); ++k) {
        width = std::max(width, policies[k].size());
        for (const Measure& m : r.measures) width = std::max(width, cell(m, k).size());
    }
    text += fmt::format("\n{:<24}", "");
    for (const std::string& name : policies) text += fmt::format("  {:>{}}  rank", name, width);
    text += policies.size() > 1 ? "  swap with the next\n" : "\n";
    for (const Measure& m : r.measures) {
        text += fmt::format("{:<24}", m.name);
        for (std::size_t k = 0; k < policies.size(); ++k) text += fmt::format("  {:>{}}  {:>4}", cell(m, k), width, m.rank[k]);
        std::vector<std::size_t> order(policies.size());
        for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
        std::ranges::stable_sort(order, {}, [&](std::size_t k) { return m.rank[k]; });
        std::string chances;
        for (std::size_t k = 0; k + 1 < order.size(); ++k) chances += fmt::format("{}{:.2f}", k == 0 ? "  " : ", ", m.swap[order[k]][order[k + 1]]);
        text += chances + "\n";
    }
    text += "\n";
    for (const Measure& m : r.measures) text += fmt::format("{:<24}{} ({} is better)\n", m.name, m.meaning, m.direction == Direction::more_is_better ? "more" : "less");
    text += "\nIn brackets: 95 % bootstrap interval over points and replicates, moved by what luck adds to a measure (`bias` in --json): where replicates are few, the\n"
            "value can lie outside. Swap with the next: by rank, the chance that the two policies change places. The first policy is the one that others are\n"
            "held against.\n";
    return text;
}

nlohmann::ordered_json json_of(const Robustness& r, const Ranked& ranked)
{
    nlohmann::ordered_json out = {{"outcome", ranked.outcome}, {"policies", ranked.policies}, {"points", r.points},
                                  {"left_out", r.left_out},    {"resamples", r.resamples},    {"measures", nlohmann::ordered_json::array()}};
    for (const Measure& m : r.measures)
        out["measures"].push_back({{"name", m.name},
                                   {"meaning", m.meaning},
                                   {"better", m.direction == Direction::more_is_better ? "more" : "less"},
                                   {"value", m.value},
                                   {"low", m.low},
                                   {"high", m.high},
                                   {"bias", m.bias},
                                   {"rank", m.rank},
                                   {"swap", m.swap}});
    return out;
}

} // namespace entente::report
