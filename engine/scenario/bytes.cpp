#include "bytes.hpp"
#include <cstring>
#include <type_traits>

namespace entente {
namespace {

/// Numbers and lists of them, one after the other.
class Out {
public:
    template <class T> void number(T x)
    {
        static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
        bytes.append(reinterpret_cast<const char*>(&x), sizeof x);
    }
    template <class List, class Each> void list(const List& all, Each each)
    {
        number(static_cast<std::uint32_t>(all.size()));
        for (const auto& one : all) each(one);
    }
    template <class T> void numbers(const std::vector<T>& all)
    {
        list(all, [this](const T& x) { number(x); });
    }
    std::string bytes;
};

class In {
public:
    explicit In(std::string_view bytes) : rest_(bytes) {}
    template <class T> void number(T& x)
    {
        if constexpr (std::is_same_v<T, bool>) {
            std::uint8_t byte = 0;
            number(byte);
            x = byte != 0;
        } else {
            sound = sound && rest_.size() >= sizeof x;
            if (!sound) return;
            std::memcpy(&x, rest_.data(), sizeof x);
            rest_.remove_prefix(sizeof x);
        }
    }
    /// Every item takes a byte at least.
    template <class List, class Each> void list(List& all, Each each)
    {
        std::uint32_t n = 0;
        number(n);
        sound = sound && n <= rest_.size();
        all = {};
        for (std::uint32_t i = 0; sound && i < n; ++i) {
            typename List::value_type one{};
            each(one);
            all.push_back(std::move(one));
        }
    }
    template <class T> void numbers(std::vector<T>& all)
    {
        list(all, [this](T& x) { number(x); });
    }
    bool sound = true;
    bool is_empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

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
    Out out;
    out.number(kind);
    pass(out, scenario);
    std::vector<std::uint32_t> drawn_together(scenario.joint.parameters.begin(), scenario.joint.parameters.end());
    out.numbers(drawn_together);
    out.list(scenario.joint.draws.values, [&out](double x) { out.number(static_cast<float>(x)); }); // all of single precision
    return std::move(out.bytes);
}

std::optional<Scenario> scenario_in(std::string_view bytes)
{
    In in(bytes);
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
