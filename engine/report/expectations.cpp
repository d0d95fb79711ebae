#include "expectations.hpp"
#include "words.hpp"
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

std::string asked_text(const Expectation& e)
{
    if (e.of_difference()) return e.sign > 0 ? "difference +" : e.sign < 0 ? "difference -" : "difference";
    if (e.least && e.most) return fmt::format("{} to {}", *e.least, *e.most);
    return e.least ? fmt::format("at least {}", *e.least) : fmt::format("at most {}", *e.most);
}

std::string came_text(const Judged& j)
{
    if (std::isnan(j.came.estimate)) return "";
    const std::string estimate = j.expected.of_difference() ? fmt::format("{:+.4f}", j.came.estimate) : fmt::format("{:.4f}", j.came.estimate);
    if (!std::isfinite(j.came.low) || !std::isfinite(j.came.high)) return estimate + " (no interval)";
    return j.expected.of_difference() ? fmt::format("{} ({:+.4f} to {:+.4f})", estimate, j.came.low, j.came.high)
                                      : fmt::format("{} ({:.4f} to {:.4f})", estimate, j.came.low, j.came.high);
}

const char* name_of(Held held) { return held_names[static_cast<std::size_t>(held)]; }

std::string command_of(const Expected& e) { return fmt::format("entente compare {} {}", e.against.empty() ? "OTHER.toml" : e.against, e.own.empty() ? "FILE.toml" : e.own); }

} // namespace

std::string text_of(const Expected& expected, std::size_t width)
{
    if (expected.all.empty()) return "";
    std::string out = "Expected by the scenario, and what came (95 % interval)\n";
    bool undecided = false, left = false;
    for (const Judged& j : expected.all) {
        const std::string came = came_text(j);
        out += wrapped(fmt::format("  {:<14}{}, {}{}{}", name_of(j.held), j.expected.quantity, asked_text(j.expected), came.empty() ? "" : ": ", came), width, 18);
        undecided = undecided || j.held == Held::undecided, left = left || j.held == Held::not_evaluated;
    }
    if (undecided) out += wrapped("Undecided: within the noise of so many runs; more runs may tell.", width);
    if (left)
        out += wrapped(fmt::format("Not evaluated is what takes another scenario's runs, every single run or a later horizon: {} does so but for the last.", command_of(expected)), width);
    return out + "\n";
}

nlohmann::ordered_json json_of(const Expected& expected)
{
    using Json = nlohmann::ordered_json;
    const auto number = [](double x) { return std::isfinite(x) ? Json(x) : Json(); };
    const auto bound = [](const std::optional<double>& x) { return x ? Json(*x) : Json(); };
    Json all = Json::array();
    for (const Judged& j : expected.all) {
        Json one = {{"quantity", j.expected.quantity}, {"of", j.expected.of_difference() ? "difference" : "value"}};
        if (j.expected.of_difference()) one["sign"] = j.expected.sign > 0 ? "+" : j.expected.sign < 0 ? "-" : "report";
        else one["least"] = bound(j.expected.least), one["most"] = bound(j.expected.most);
        one["came"] = number(j.came.estimate), one["low"] = number(j.came.low), one["high"] = number(j.came.high);
        one["verdict"] = name_of(j.held);
        if (j.held == Held::not_evaluated) one["evaluated_by"] = command_of(expected);
        all.push_back(std::move(one));
    }
    return all;
}

} // namespace entente::report
