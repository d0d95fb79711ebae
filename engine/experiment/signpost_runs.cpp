#include "signpost_runs.hpp"
#include "../analysis/sample.hpp"
#include "../core/quarter.hpp"
#include "made_runs.hpp"
#include <cmath>
#include <fmt/format.h>

namespace entente {
namespace {

using Values = std::vector<std::vector<double>>;

/// The outcome, where it is dated: the quarter of an event.
Quantity date_of(const Given& of)
{
    Quantity first = of.quantity;
    first.kind = Quantity::Kind::first;
    return first;
}
bool is_event(const Given& of) { return of.quantity.kind == Quantity::Kind::seen; }

/// `values_of`: of quantities, [quantity][run]; none if it was stopped.
template <class ValuesOf> std::optional<OutcomeSignposts> found(const Given& of, int at, int start, ValuesOf values_of)
{
    if (const std::string fault = fault_of_signposts(of, at, start); !fault.empty()) throw std::invalid_argument(fault);
    OutcomeSignposts all{.of = of, .at = at};
    std::vector<Quantity> asked;
    for (const Observable& o : observables()) all.seen.push_back(&o), asked.push_back(quantity_of(o, at));
    const std::optional<Given> before = outcome_at(of, at);
    asked.push_back(of.quantity), asked.push_back(before ? before->quantity : of.quantity), asked.push_back(is_event(of) ? date_of(of) : of.quantity);
    std::optional<Values> values = values_of(asked);
    if (!values) return std::nullopt;
    std::vector<SeenSign> signs;
    for (std::size_t s = 0; s < all.seen.size(); ++s) signs.push_back({all.seen[s]->name, std::move((*values)[s])});
    const std::vector<double>&outcome = (*values)[signs.size()], &earlier = (*values)[signs.size() + 1], &first = (*values)[signs.size() + 2];
    std::vector<double> comes, quarters;
    std::vector<std::uint8_t> there;
    for (std::size_t run = 0; run < outcome.size(); ++run) {
        comes.push_back(std::isnan(outcome[run]) ? outcome[run] : holds(of, outcome[run]) ? 1 : 0);
        there.push_back(before && holds(*before, earlier[run]) ? 1 : 0);
        quarters.push_back(is_event(of) ? first[run] - at : of.quantity.to - at);
    }
    all.found = signposts(signs, comes, there, quarters);
    return all;
}

} // namespace

std::string fault_of_signposts(const Given& of, int at, int start)
{
    const Quantity& q = of.quantity;
    if (at < start) return fmt::format("{} lies before the free future, which starts in {}", quarter_name(at), quarter_name(start));
    const int begins = q.kind == Quantity::Kind::change ? q.to : q.from;
    if (at >= begins) return fmt::format("{} does not lie before the outcome, '{}'", quarter_name(at), of.text);
    return "";
}

std::optional<Given> outcome_at(const Given& of, int at)
{
    const Quantity& q = of.quantity;
    const bool comes = q.kind == Quantity::Kind::seen || q.kind == Quantity::Kind::share || q.kind == Quantity::Kind::mean;
    const bool absent = q.kind == Quantity::Kind::seen && (of.is == Given::Is::less || of.is == Given::Is::at_most); // that an event does not come is always so at first
    if (!comes || absent || q.from != q.to) return std::nullopt;
    Given before = of;
    before.quantity.from = before.quantity.to = at;
    return before;
}

std::optional<OutcomeSignposts> signposts_of(const Scenario& scenario, const Given& of, int at, const EnsembleOptions& options, const Listener& listener, const std::atomic<bool>* stop)
{
    return found(of, at, scenario.start, [&](const std::vector<Quantity>& asked) -> std::optional<Values> {
        Values values = sample(scenario, asked, options, listener.progress, stop);
        if (stop && *stop) return std::nullopt;
        return values;
    });
}

std::optional<OutcomeSignposts> signposts_of(const std::string& file, const ReplaySource& source, const Given& of, int at, const EnsembleOptions& options, const Listener& listener,
                                             const std::atomic<bool>* stop)
{
    return found(of, at, source.scenario.start, [&](const std::vector<Quantity>& asked) { return values_of(file, source, asked, options, listener, stop); });
}

} // namespace entente
