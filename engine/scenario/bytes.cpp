#include "bytes.hpp"
#include "../core/packing.hpp"

namespace entente {
namespace {

constexpr std::uint32_t kind = 0x656e7401; ///< of these bytes, in this order

/// Each thing in one order, written or read.
template <class Way, class D> void pass(Way& way, D& d) requires std::is_same_v<std::remove_const_t<D>, Distribution>
{
    way.number(d.shape), way.number(d.a), way.number(d.b), way.number(d.cut), way.number(d.low), way.number(d.high);
    way.numbers(d.values), way.numbers(d.weights);
}
template <class Way, class C> void pass(Way& way, C& c) requires std::is_same_v<std::remove_const_t<C>, Course>
{
    way.number(c.target);
    auto index = static_cast<std::uint32_t>(c.index);
    way.number(index);
    if constexpr (!std::is_const_v<C>) c.index = index;
    way.numbers(c.how), way.numbers(c.value);
    way.list(c.waits, [&way](auto& w) {
        auto of = static_cast<std::uint32_t>(w.index);
        way.number(w.what), way.number(of), way.number(w.above), way.number(w.line), way.number(w.quarters), way.number(w.lasts), way.number(w.from), way.number(w.to), way.number(w.value);
        if constexpr (!std::is_const_v<C>) w.index = of;
    });
}
template <class Way, class S> void pass(Way& way, S& s) requires std::is_same_v<std::remove_const_t<S>, Scenario>
{
    way.number(s.seed), way.number(s.runs), way.number(s.start), way.number(s.horizon), way.number(s.counts.firms), way.number(s.counts.banks), way.number(s.counts.elites);
    for (auto& dial : s.dials) way.number(dial);
    way.list(s.parameters, [&way](auto& p) { pass(way, p.distribution); });
    way.list(s.structures, [&way](auto& x) { way.numbers(x.weights); });
    way.list(s.courses, [&way](auto& c) { pass(way, c.course); });
    way.numbers(s.muted_mechanisms), way.numbers(s.muted_switches);
}

} // namespace

std::string bytes_of(const Scenario& scenario)
{
    Packing out;
    out.number(kind);
    pass(out, scenario);
    out.numbers(std::vector<std::uint32_t>(scenario.joint.parameters.begin(), scenario.joint.parameters.end()));
    out.numbers(std::vector<float>(scenario.joint.draws.values.begin(), scenario.joint.draws.values.end())); // all of single precision
    return std::move(out.bytes);
}

std::optional<Scenario> scenario_in(std::string_view bytes)
{
    Unpacking in(bytes);
    Scenario s;
    std::uint32_t of_kind = 0;
    in.number(of_kind);
    in.sound = in.sound && of_kind == kind;
    pass(in, s);
    std::vector<std::uint32_t> drawn_together;
    in.numbers(drawn_together);
    std::vector<float> values;
    in.numbers(values);
    if (!in.sound || !in.is_empty()) return std::nullopt;
    s.joint.parameters.assign(drawn_together.begin(), drawn_together.end());
    s.joint.draws.values.assign(values.begin(), values.end());
    s.joint.draws.names.assign(drawn_together.size(), "");
    const Description& d = describe();
    return s.parameters.size() == d.parameters.size() && s.structures.size() == d.structures.size() ? std::optional(std::move(s)) : std::nullopt;
}

} // namespace entente
