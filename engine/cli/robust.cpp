// robust: how well a sweep's policies hold across its points.
#include "../analysis/estimate.hpp"
#include "../analysis/robustness.hpp"
#include "../core/text.hpp"
#include "experiment.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

/// [policy][point][replicate] from [policy][replicate][point].
Performance performance_of(const std::vector<double>& values, std::size_t policies, std::size_t replicates, std::size_t points)
{
    Performance p{policies, points, replicates, std::vector<double>(values.size())};
    for (std::size_t k = 0; k < policies; ++k)
        for (std::size_t r = 0; r < replicates; ++r)
            for (std::size_t i = 0; i < points; ++i) p.value[(k * points + i) * replicates + r] = values[(k * replicates + r) * points + i];
    return p;
}

Threshold threshold_of(const std::string& text)
{
    const bool least = text.starts_with("at least "), most = text.starts_with("at most ");
    const std::string number = text.substr(least ? 9 : most ? 8 : 0);
    char* end = nullptr;
    const double value = std::strtod(number.c_str(), &end);
    if ((!least && !most) || number.empty() || *end != '\0') throw UsageError(fmt::format("--satisfied: 'at least X' or 'at most X', got '{}'", text));
    return {value, least ? Side::at_least : Side::at_most};
}

void print_table(const Robustness& r, const std::vector<std::string>& policies)
{
    const auto cell = [](const Measure& m, std::size_t k) { return fmt::format("{:.4g} ({:.4g} to {:.4g})", m.value[k], m.low[k], m.high[k]); };
    std::size_t width = 0;
    for (std::size_t k = 0; k < policies.size(); ++k) {
        width = std::max(width, policies[k].size());
        for (const Measure& m : r.measures) width = std::max(width, cell(m, k).size());
    }
    fmt::print("\n{:<24}", "");
    for (const std::string& name : policies) fmt::print("  {:>{}}  rank", name, width);
    fmt::print("{}\n", policies.size() > 1 ? "  swap with the next" : "");
    for (const Measure& m : r.measures) {
        fmt::print("{:<24}", m.name);
        for (std::size_t k = 0; k < policies.size(); ++k) fmt::print("  {:>{}}  {:>4}", cell(m, k), width, m.rank[k]);
        std::vector<std::size_t> order(policies.size());
        for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
        std::ranges::stable_sort(order, {}, [&](std::size_t k) { return m.rank[k]; });
        std::string chances;
        for (std::size_t k = 0; k + 1 < order.size(); ++k) chances += fmt::format("{}{:.2f}", k == 0 ? "  " : ", ", m.swap[order[k]][order[k + 1]]);
        fmt::print("{}\n", chances);
    }
    fmt::print("\n");
    for (const Measure& m : r.measures) fmt::print("{:<24}{} ({} is better)\n", m.name, m.meaning, m.direction == Direction::more_is_better ? "more" : "less");
    fmt::print("\nIn brackets: 95 % bootstrap interval over points and replicates, moved by what luck adds to a measure (`bias` in --json): where replicates are few, the\n"
               "value can lie outside. Swap with the next: by rank, the chance that the two policies change places. The first policy is the one that others are\n"
               "held against.\n");
}

nlohmann::ordered_json json_of(const Robustness& r, const std::vector<std::string>& policies, const std::string& outcome)
{
    nlohmann::ordered_json out = {{"outcome", outcome},     {"policies", policies},     {"points", r.points},
                                  {"left_out", r.left_out}, {"resamples", r.resamples}, {"measures", nlohmann::ordered_json::array()}};
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

} // namespace

int robust_command(const std::vector<std::string>& arguments)
{
    po::options_description options("How well the policies of a sweep hold across its points, all taken as equally possible. Options");
    options.add_options()("of", po::value<std::string>(), "outcome of the sweep; may be left out if it has one")("less", "less is better")(
        "satisfied", po::value<std::string>(), "'at least X' or 'at most X': what is good enough at a point")(
        "percentile", po::value<double>()->default_value(0.9, "0.9"), "share of points that are no worse, .5 to 1")("optimism", po::value<double>()->default_value(0.5),
                                                                                                                    "of Hurwicz: weight of the best point, 0 to 1")(
        "spread-weight", po::value<double>()->default_value(1), "standard deviations charged in mean_less_spread")("resamples", po::value<std::uint32_t>()->default_value(1000),
                                                                                                                   "of the bootstrap")("json", "as JSON on standard output");
    const auto given = parse("robust", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const StoredSweep sweep = reading("robust", [&] {
        if (stored_kind(file) != Stored::sweep) throw UsageError(fmt::format("{}: is no sweep's result", file));
        return read_sweep_result(file);
    });
    const SweepHead& h = sweep.head;
    const std::string outcome = given.count("of") != 0 ? given["of"].as<std::string>() : h.outcomes.size() == 1 ? h.outcomes[0] : "";
    const auto at = std::ranges::find(h.outcomes, outcome);
    if (outcome.empty()) throw UsageError(fmt::format("--of is missing: one of '{}'", fmt::join(h.outcomes, "', '")));
    if (at == h.outcomes.end()) throw UsageError(fmt::format("--of: one of '{}', got '{}'{}", fmt::join(h.outcomes, "', '"), outcome, did_you_mean(outcome, h.outcomes)));
    const Quantity quantity = parse_quantity(outcome);
    if (quantity.level)
        throw UsageError(fmt::format("--of: '{}' is a quantile over runs, and what is ranked at each point is a mean over runs; ask the sweep for a mean or a share", outcome));
    const bool part = is_part(quantity);
    constexpr double unbounded = std::numeric_limits<double>::infinity();
    RobustnessOptions how{.direction = given.count("less") != 0 ? Direction::less_is_better : Direction::more_is_better,
                          .threshold = {},
                          .percentile = given["percentile"].as<double>(),
                          .optimism = given["optimism"].as<double>(),
                          .spread_weight = given["spread-weight"].as<double>(),
                          .resamples = given["resamples"].as<std::uint32_t>(),
                          .least = part ? 0 : -unbounded,
                          .most = part ? 1 : unbounded};
    if (how.resamples < 100 || how.resamples > 1'000'000) throw UsageError(fmt::format("--resamples: a whole number from 100 to 1000000, got {}", how.resamples));
    if (given.count("satisfied") != 0) how.threshold = threshold_of(given["satisfied"].as<std::string>());
    if (how.threshold && (how.threshold->side == Side::at_most) != (how.direction == Direction::less_is_better))
        throw UsageError("--satisfied: 'at most' goes with --less, 'at least' without: other measures must know what is better");
    if (!h.complete) fmt::print(stderr, "{}: an interrupted sweep; what is ranked are the runs finished so far.\n", file);
    if (h.replicates == 1) fmt::print(stderr, "{}: all points share the random numbers of the one replicate; the intervals do not know how far others would change them.\n", file);
    else if (h.replicates < 10)
        fmt::print(stderr, "{}: {} replicates, whose random numbers all points share: of so few, resampled intervals are too narrow.\n", file, h.replicates);
    const std::vector<double> values = reading("robust", [&] { return read_outcome(file, static_cast<std::size_t>(at - h.outcomes.begin())); });
    const Robustness r = [&] {
        try {
            return robustness(performance_of(values, h.policies.size(), h.replicates, h.points), how);
        } catch (const std::invalid_argument& e) {
            throw UsageError(fmt::format("entente robust: {}", e.what()));
        }
    }();
    if (r.points == 0) throw std::runtime_error(fmt::format("{}: no point has a run that is finished and whole under every policy, so there is nothing to rank", file));
    if (given.count("json") != 0) {
        fmt::print("{}\n", json_of(r, h.policies, outcome).dump(2));
        return done;
    }
    fmt::print("{}: {}\n{} of {} points used, {} left out because some policy has no finished run there; {} resamples\n", h.provenance.scenario_title, outcome, r.points, h.points,
               r.left_out, r.resamples);
    if (!r.measures.empty()) print_table(r, h.policies);
    return done;
}

} // namespace entente::cli
