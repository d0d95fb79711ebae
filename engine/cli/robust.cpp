// robust: how well a sweep's policies hold across its points.
#include "../analysis/estimate.hpp"
#include "../analysis/robustness.hpp"
#include "../core/number.hpp"
#include "../core/text.hpp"
#include "../report/documents.hpp"
#include "../report/robustness.hpp"
#include "../store/sweep_file.hpp"
#include "command.hpp"
#include "inputs.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace entente::cli {

namespace po = boost::program_options;

static Threshold threshold_of(const std::string& text)
{
    const bool least = text.starts_with("at least "), most = text.starts_with("at most ");
    const auto value = number_in<double>(trim(std::string_view(text).substr(least ? 9 : most ? 8 : 0)));
    if ((!least && !most) || !value) throw UsageError(fmt::format("--satisfied: 'at least X' or 'at most X', got '{}'", text));
    return {*value, least ? Side::at_least : Side::at_most};
}

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
    throw_if_for_another_command("robust", file);
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
    if (const std::string fault = fault_of_share(how.percentile, 0.5); !fault.empty()) throw UsageError(fmt::format("--percentile: {}", fault));
    if (how.resamples < 100 || how.resamples > 1'000'000) throw UsageError(fmt::format("--resamples: a whole number from 100 to 1000000, got {}", how.resamples));
    if (given.count("satisfied") != 0) how.threshold = threshold_of(given["satisfied"].as<std::string>());
    if (const std::string fault = how.threshold ? fault_of_share(quantity, how.threshold->value) : ""; !fault.empty()) throw UsageError(fmt::format("--satisfied: {}", fault));
    if (how.threshold && (how.threshold->side == Side::at_most) != (how.direction == Direction::less_is_better))
        throw UsageError("--satisfied: 'at most' goes with --less, 'at least' without: other measures must know what is better");
    if (!h.complete) talk("{}: an interrupted sweep; what is ranked are the runs finished so far.\n", file);
    if (h.points == 1) talk("{}: one point, so that every measure tells of that one alone.\n", file);
    if (h.replicates == 1) talk("{}: all points share the random numbers of the one replicate; the intervals do not know how far others would change them.\n", file);
    else if (h.replicates < 10) talk("{}: {} replicates, whose random numbers all points share: of so few, resampled intervals are too narrow.\n", file, h.replicates);
    const std::vector<double> values = reading("robust", [&] { return read_outcome(file, static_cast<std::size_t>(at - h.outcomes.begin())); });
    const Robustness r = [&] {
        try {
            return robustness(performance_of(values, h.policies.size(), h.replicates, h.points), how);
        } catch (const std::invalid_argument& e) {
            throw UsageError(fmt::format("--{}", e.what())); // which begins with the option's name
        }
    }();
    if (r.points == 0) throw std::runtime_error(fmt::format("{}: no point has a run that is finished and whole under every policy, so there is nothing to rank", file));
    const report::Ranked ranked{.title = h.provenance.scenario_title, .outcome = outcome, .policies = h.policies, .points = h.points};
    tell("{}", given.count("json") != 0 ? report::printed(report::document("robustness", h.provenance), report::json_of(r, ranked)) : report::text_of(r, ranked));
    return done;
}

} // namespace entente::cli
