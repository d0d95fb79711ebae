#include "work.hpp"
#include "../core/quarter.hpp"
#include "words.hpp"
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

struct InWords {
    std::string operator()(const note::DamagedPart& n) const { return fmt::format("{}: is damaged; what was lost is simulated again.", n.path); }
    std::string operator()(const note::NothingToGoOnWith& n) const { return fmt::format("{}: nothing to go on with; all runs are simulated.", n.folder); }
    std::string operator()(const note::GoesOnWith& n) const { return fmt::format("{}: goes on with {} finished runs of {}.", n.folder, with_commas(n.runs), with_commas(n.all)); }
    std::string operator()(const note::AlreadyThere& n) const { return fmt::format("{} holds this very result; nothing to simulate.", n.path); }
};

} // namespace

std::string text_of(const Note& note) { return std::visit(InWords(), note); }

std::string text_of(const Departure& d)
{
    const auto code = [](double x) { return static_cast<int>(x); };
    switch (d.in) {
    case Departure::In::length: return fmt::format("the file holds {} of the {} runs from {} on", d.stored, d.again, d.run);
    case Departure::In::parameter:
        return fmt::format("run {}, parameter {}: {} in the file, {} now", d.run, describe().parameters[d.number].name, static_cast<float>(d.stored), static_cast<float>(d.again));
    case Departure::In::outcome: return fmt::format("run {}, {}: outcome code {} in the file, {} now", d.run, quarter_name(d.quarter), code(d.stored), code(d.again));
    case Departure::In::event: return fmt::format("run {}: date of {}", d.run, describe().events[d.number].name);
    case Departure::In::runs: return fmt::format("run {}: {}", d.run, d.what);
    case Departure::In::data: return d.what;
    case Departure::In::summaries: break;
    }
    return "summaries";
}

std::string text_of(const SweepDeparture& d)
{
    using In = SweepDeparture::In;
    const std::string point = fmt::format("policy {}, point {}", d.policy, d.point), run = fmt::format("{}, replicate {}", point, d.replicate);
    const auto sides = [&](const std::string& stored, const std::string& again) { return fmt::format("{} in the file, {} now", stored, again); };
    const auto failure = [](double quarter) { return quarter < 0 ? std::string("whole") : "failed in " + quarter_name(static_cast<int>(quarter)); };
    const auto date = [](double quarter) { return quarter < 0 ? std::string("never") : quarter_name(static_cast<int>(quarter)); };
    const auto number = [](double x) { return fmt::format("{}", x); };
    switch (d.in) {
    case In::outcome: return fmt::format("{}, {}: {}", run, d.what, sides(number(d.stored), number(d.again)));
    case In::failure: return fmt::format("{}: {}", run, sides(failure(d.stored), failure(d.again)));
    case In::code: return fmt::format("{}, {}: outcome code {}", run, quarter_name(d.quarter), sides(number(d.stored), number(d.again)));
    case In::event: return fmt::format("{}, date of {}: {}", run, d.what, sides(date(d.stored), date(d.again)));
    case In::fingerprint: return fmt::format("policy {}: the fingerprint of its first runs", d.policy);
    case In::failed_count: return fmt::format("{}: number of failed runs {}", point, sides(number(d.stored), number(d.again)));
    case In::estimate: return fmt::format("{}, estimate of {}: {}", point, d.what, sides(number(d.stored), number(d.again)));
    }
    return "";
}

std::string text_of(const StopReport& r, std::size_t width)
{
    std::string text = fmt::format("{}: {} {} of at most {}\n", r.enough ? "Stopped by precision" : "Ended at the most, NOT as precise as asked for", with_commas(r.replicates),
                                   r.sweep ? "replicates" : "runs", with_commas(r.most));
    for (const Known& k : r.known) {
        const Interval& x = k.interval;
        const bool few = static_cast<double>(x.used) < k.least;
        const std::string whose = r.sweep ? fmt::format(", {}{}", k.policy, k.baseline.empty() ? "" : " less " + k.baseline) : "";
        const std::string how_well = x.half_width() == 0              ? fmt::format("({})", always_the_same)
                                     : !std::isfinite(x.half_width()) ? "(too few runs)"
                                                                      : fmt::format("({:.4g} to {:.4g}), +- {:.2g}", x.low, x.high, x.half_width());
        text += wrapped(fmt::format("  {}{}{}: {:.4g} {}, {} {:.2g}{}", k.outcome, r.points ? ", mean over points" : "", whose, x.estimate, how_well,
                                    x.half_width() <= k.half_width ? "within" : "NOT within", k.half_width,
                                    few ? fmt::format(", and it takes {} at least to rely on that", with_commas(static_cast<std::uint64_t>(std::ceil(k.least)))) : ""),
                        width, 4);
    }
    return text + "  95 % intervals, widened for having stopped by them.\n";
}

nlohmann::ordered_json json_of(const StopReport& r)
{
    using Json = nlohmann::ordered_json;
    const auto finite = [](double x) { return std::isfinite(x) ? Json(x) : Json(); };
    Json known = Json::array();
    for (const Known& k : r.known) {
        known.push_back({{"outcome", k.outcome}});
        if (r.sweep) known.back()["policy"] = k.policy;
        if (!k.baseline.empty()) known.back()["less"] = k.baseline;
        known.back().update(
            {{"half_width_asked", k.half_width}, {"estimate", finite(k.interval.estimate)}, {"low", finite(k.interval.low)}, {"high", finite(k.interval.high)}, {"used", k.interval.used}, {"needed", k.least}});
    }
    return {{"enough", r.enough}, {r.sweep ? "replicates" : "runs", r.replicates},        {"least", r.least},
            {"most", r.most},     {"interval", "95 %, widened for having stopped by it"}, {"known", known}};
}

std::string text_of(const PickedRun& p)
{
    const std::string which = p.pick.level == 0.5 ? "median" : fmt::format("{:g} % quantile", 100 * p.pick.level);
    return fmt::format("nearest to the {} of '{}' over {} runs{}: {:.4g}, this run has {:.4g}", which, p.pick.quantity.text, with_commas(p.whole),
                       p.whole < p.all ? fmt::format(" (of {}, the others failed or were not made)", with_commas(p.all)) : "", p.found.quantile, p.found.value);
}

std::string way_on(const Shard& shard, bool finished) { return finished && shard.of > 1 ? "entente merge puts shards together" : "the command that made it goes on with --resume"; }

std::string text_of(const Summary::Failure& failure)
{
    return fmt::format("run {}, {}, {}{}", failure.run, quarter_name(failure.quarter), cause_text(failure.variable, failure.value),
                       failure.variable < 0        ? fmt::format(" ({:.3g} s)", failure.value)
                       : std::isnan(failure.value) ? ""
                                                   : fmt::format(" ({})", failure.value));
}

} // namespace entente::report
