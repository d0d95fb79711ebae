// The model's tables as plain data, from the pages themselves.
#define ENTENTE_KERNEL tables
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 1
#include "catalogue.hpp"
#include "kernel.hpp"
#include <algorithm>

namespace entente {
namespace {

template <class S> void append(std::vector<Row>& to)
{
    static constexpr S table{};
    if constexpr (!std::is_empty_v<S>) to.insert(to.end(), reinterpret_cast<const Row*>(&table), reinterpret_cast<const Row*>(&table) + sizeof(S) / sizeof(Row));
}
template <class... Pages> void append_pages(Catalogue<Pages...>, Description& d)
{
    const auto add = [&]<class P>(P) {
        MechanismText m{P::name,
                        P::title,
                        P::group,
                        P::claims,
                        P::agents,
                        P::blocks,
                        stream_of(P::name),
                        d.parameters.size(),
                        0,
                        d.variables.size(),
                        0,
                        d.columns.size(),
                        0,
                        P::history_never_muted};
        append<typename P::template Parameters<Row>>(d.parameters);
        append<typename P::template Shared<Row>>(d.variables);
        append<typename P::template Agents<Row>>(d.columns);
        m.parameters = d.parameters.size() - m.first_parameter;
        m.variables = d.variables.size() - m.first_variable;
        m.columns = d.columns.size() - m.first_column;
        d.mechanisms.push_back(m);
    };
    (add(Pages{}), ...);
}
Description build_description()
{
    Description d;
    append_pages(Model{}, d);
    d.owned = d.variables.size();
    append<Quantities<Row>>(d.variables);
    append<Levers<Row>>(d.levers);
    append<Forced<Row>>(d.forced);
    append<Structures<Row>>(d.structures);
    append<Switches<Row>>(d.switches);
    append<Events<Row>>(d.events);
    return d;
}

} // namespace

const Description& describe()
{
    static const Description d = build_description();
    return d;
}

std::size_t Description::find(const std::vector<Row>& rows, std::string_view name)
{
    const auto at = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.name == name; });
    return at == rows.end() ? npos : static_cast<std::size_t>(at - rows.begin());
}
std::size_t Description::mechanism(std::string_view name) const
{
    const auto at = std::find_if(mechanisms.begin(), mechanisms.end(), [&](const MechanismText& m) { return m.name == name; });
    return at == mechanisms.end() ? npos : static_cast<std::size_t>(at - mechanisms.begin());
}
std::size_t Description::owner_of_parameter(std::size_t parameter) const
{
    for (std::size_t m = 0; m < mechanisms.size(); ++m)
        if (parameter - mechanisms[m].first_parameter < mechanisms[m].parameters) return m;
    return npos;
}
std::size_t Description::owner_of_variable(std::size_t variable) const
{
    for (std::size_t m = 0; m < mechanisms.size(); ++m)
        if (variable - mechanisms[m].first_variable < mechanisms[m].variables) return m;
    return npos;
}

std::vector<std::uint32_t> agents_per_column(const Counts& counts)
{
    std::vector<std::uint32_t> n;
    for (const MechanismText& m : describe().mechanisms)
        n.insert(n.end(), m.columns,
                 m.agents == "firm"        ? counts.firms
                 : m.agents == "bank"      ? counts.banks
                 : m.agents == "member"    ? counts.elites
                 : m.agents == "judgement" ? 3
                                           : 5);
    return n;
}

} // namespace entente
