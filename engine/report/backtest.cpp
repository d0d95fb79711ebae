#include "backtest.hpp"
#include "words.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace entente::report {

namespace {

constexpr const char* short_names[] = {"model", "prior", "drift", "trend", "last"};
std::string coverage_text(const Coverage& c) { return fmt::format("{:.0f}", 100 * c.actual); }
std::uint32_t values_in(const Backtest& b)
{
    std::uint32_t n = 0;
    for (const BacktestTarget& t : b.targets) n += t.years;
    return n;
}

} // namespace

std::string text_of(const Backtest& b)
{
    std::string text = fmt::format("Fitted up to {}, {} predicted after it.\nMean CRPS in units of each target's mean change a year; less is better.\n\n{:<32}{:>6}", b.year,
                                   counted(values_in(b), "value", "values"), "", "years");
    for (const char* name : short_names) text += fmt::format("{:>8}", name);
    text += "\n";
    for (const BacktestTarget& t : b.targets) {
        text += fmt::format("{:<32}{:>6}", t.target, t.years);
        for (std::size_t f = 0; f < forecasts; ++f) text += fmt::format("{:>7.2f}{}", t.crps[f] / t.change, t.crps[f] <= *std::ranges::min_element(t.crps) ? "*" : " ");
        text += "\n";
    }
    text += fmt::format("{:<38}", "all together");
    for (std::size_t f = 0; f < forecasts; ++f) text += fmt::format("{:>7.2f}{}", b.crps[f], b.crps[f] <= *std::ranges::min_element(b.crps) ? "*" : " ");
    text += "\n\n";
    for (std::size_t level = 0; level < std::size(coverage_levels); ++level) {
        text += fmt::format("{:<38}", fmt::format("% inside the {:.0f} % interval", 100 * coverage_levels[level]));
        for (std::size_t f = 0; f < forecasts; ++f) text += fmt::format("{:>7} ", coverage_text(b.coverage[f][level]));
        text += "\n";
    }
    text += "\n";
    text += wrapped("* the best of the row. prior: the model uncalibrated. It is told what history imposes after that year (oil price, dated steps of sanctions and of the war, "
                    "totals of trade, rivalry), "
                    "and its free "
                    "scales were laid with all years; the others know each series' own past alone: random walk with drift, linear trend, last value.",
                    80);
    if (!b.left_out.empty()) text += wrapped(fmt::format("Not scored, for want of four years up to {} in which it changes: {}.", b.year, fmt::join(b.left_out, ", ")), 80);
    return text;
}

std::string markdown_of(const std::vector<Backtest>& backtests)
{
    std::string text = fmt::format("| fitted up to | target | years predicted | {} |\n|---|---|---|---|---|---|---|---|\n", fmt::join(forecast_names, " | "));
    const auto cell = [](double x, bool best) { return best ? fmt::format(" **{:.2f}** |", x) : fmt::format(" {:.2f} |", x); };
    for (const Backtest& b : backtests) {
        for (const BacktestTarget& t : b.targets) {
            text += fmt::format("| {} | `{}` | {} |", b.year, t.target, t.years);
            for (std::size_t f = 0; f < forecasts; ++f) text += cell(t.crps[f] / t.change, t.crps[f] <= *std::ranges::min_element(t.crps));
            text += "\n";
        }
        text += fmt::format("| {} | all together | {} |", b.year, values_in(b));
        for (std::size_t f = 0; f < forecasts; ++f) text += cell(b.crps[f], b.crps[f] <= *std::ranges::min_element(b.crps));
        text += fmt::format("\n| {} | % inside 50, 80, 90, 95 % intervals | {} |", b.year, values_in(b));
        for (std::size_t f = 0; f < forecasts; ++f) {
            std::vector<std::string> shares;
            for (const Coverage& c : b.coverage[f]) shares.push_back(coverage_text(c));
            text += fmt::format(" {} |", fmt::join(shares, ", "));
        }
        text += "\n";
    }
    return text;
}

nlohmann::ordered_json json_of(const Backtest& b)
{
    using Json = nlohmann::ordered_json;
    const auto by_forecast = [](const auto& values) {
        Json all;
        for (std::size_t f = 0; f < forecasts; ++f) all[forecast_names[f]] = values[f];
        return all;
    };
    Json out = {{"fitted_up_to", b.year}, {"crps", by_forecast(b.crps)}, {"coverage", Json::object()}, {"targets", Json::array()}, {"left_out", b.left_out}};
    for (std::size_t f = 0; f < forecasts; ++f)
        for (const Coverage& c : b.coverage[f]) out["coverage"][forecast_names[f]].push_back({{"nominal", c.nominal}, {"actual", c.actual}, {"hits", c.hits}, {"of", c.n}});
    for (const BacktestTarget& t : b.targets) out["targets"].push_back({{"target", t.target}, {"years", t.years}, {"change_a_year", t.change}, {"crps", by_forecast(t.crps)}});
    return out;
}

} // namespace entente::report
