#include "rate_definitions.hpp"
#include "../core/quarter.hpp"
#include "../model/states.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

constexpr int year = 4;

std::size_t variable(const char* name)
{
    const std::size_t v = Description::find(describe().variables, name);
    if (v == Description::npos) throw std::logic_error(fmt::format("base rates: no variable '{}'", name));
    return v;
}
std::size_t event(const char* name)
{
    const std::size_t e = Description::find(describe().events, name);
    if (e == Description::npos) throw std::logic_error(fmt::format("base rates: no event '{}'", name));
    return e;
}

struct Variables {
    std::size_t change = variable("leadership_change"), ousted = variable("leader_ousted"), age = variable("leader_age"), china_change = variable("china_leader_change"),
                china_age = variable("china_leader_age"), war = variable("war_state"), war_quarters = variable("war_quarters"), fragmented = variable("fragmented"),
                flips = variable("central_asia_flips");
    std::size_t rupture = event("rupture"), taiwan_war = event("taiwan_war");
};
const Variables& of()
{
    static const Variables all;
    return all;
}

/// A quarter of a leader in office, as it begins, and how it ends.
struct InOffice {
    bool russian, heir; ///< heir: followed one of more than eight years
    double tenure, age; ///< years
    bool goes, is_ousted;
};
Tally of_leaders(const Future& f, const std::function<bool(const InOffice&)>& is_at_risk, bool by_ouster = false)
{
    struct Office {
        bool russian;
        std::size_t change, age;
        int since;
    };
    Tally tally;
    for (Office office : {Office{true, of().change, of().age, parse_quarter("2014Q1").value() - 14 * year}, // Vladimir Putin since 2000
                          Office{false, of().china_change, of().china_age, parse_quarter("2014Q1").value() - 5}}) {
        bool heir = false; // Xi Jinping since 2012Q4, after ten years of another: not counted as an heir, since 1949 to 2014 are not the model's
        for (int q = f.start; q <= f.last(); ++q) {
            const double tenure = double(q - office.since) / year;
            const bool goes = f.at(office.change, q) > 0, ousted = goes && office.russian && f.at(of().ousted, q) > 0;
            if (is_at_risk({office.russian, heir, tenure, f.at(office.age, q - 1), goes, ousted})) tally.add(by_ouster ? ousted : goes);
            if (goes) heir = tenure > 8, office.since = q;
        }
    }
    return tally;
}

Count exit_at_age(double from, double to)
{
    return [=](const Future& f) { return of_leaders(f, [=](const InOffice& x) { return x.tenure >= 10 && x.age >= from && x.age < to; }); };
}
Count exit_of_heir(double from, double to)
{
    return [=](const Future& f) { return of_leaders(f, [=](const InOffice& x) { return x.heir && x.tenure >= from && x.tenure < to; }); };
}
Count ouster_of_heir(double from, double to)
{
    return [=](const Future& f) {
        return of_leaders(
            f, [=](const InOffice& x) { return x.russian && x.heir && x.tenure >= from && x.tenure < to; }, true);
    };
}

/// Of exits of the Russian leader.
template <class Use> void each_exit(const Future& f, Use use)
{
    for (int q = f.start; q <= f.last(); ++q)
        if (const double how = f.at(of().change, q); how > 0) use(q, how, f.at(of().ousted, q) > 0);
}

/// Whether the regime is intact so many quarters after an exit that was no ouster.
Count survives(int quarters)
{
    return [=](const Future& f) {
        Tally tally;
        each_exit(f, [&](int q, double, bool ousted) {
            if (ousted || q + quarters > f.last()) return;
            bool intact = true;
            each_exit(f, [&](int other, double how, bool) { intact = intact && !(other >= q && other <= q + quarters && how > leadership::continuity); });
            tally.add(intact);
        });
        return tally;
    };
}
Tally breaks_at_ouster(const Future& f)
{
    Tally tally;
    each_exit(f, [&](int, double how, bool ousted) {
        if (ousted) tally.add(how > leadership::continuity);
    });
    return tally;
}
Tally reformist_share(const Future& f)
{
    Tally tally;
    each_exit(f, [&](int, double how, bool) {
        if (how > leadership::continuity) tally.add(how == leadership::reformist);
    });
    return tally;
}

Tally ceasefire_fails(const Future& f)
{
    Tally tally;
    for (int q = f.start; q + 5 * year <= f.last(); ++q) {
        if (f.at(of().war, q - 1) != war::full || f.at(of().war, q) != war::frozen) continue;
        bool fails = false;
        for (int later = q + 1; later <= q + 5 * year; ++later) fails = fails || f.at(of().war, later) == war::full;
        tally.add(fails);
    }
    return tally;
}
Tally ceasefire_in_long_war(const Future& f)
{
    Tally tally;
    for (int q = f.start; q <= f.last(); ++q)
        if (f.at(of().war, q - 1) == war::full && f.at(of().war_quarters, q - 1) >= 2 * year) tally.add(f.at(of().war, q) < war::full);
    return tally;
}

Count pact_ends(int within)
{
    return [=](const Future& f) {
        Tally tally;
        int age = 0;
        for (int q = f.start; q <= f.last(); ++q) {
            age = f.class_at(q - 1) == outcome::alliance ? age + 1 : 0;
            if (age > 0 && age <= within) tally.add(f.class_at(q) != outcome::alliance);
        }
        return tally;
    };
}
Tally turns_rival(const Future& f)
{
    const int first = f.first(of().rupture);
    const int last = first < 0 ? f.last() : first;
    return {first < 0 ? 0U : 1U, static_cast<std::uint64_t>(last - f.start + 1)};
}
Tally breaks_up(const Future& f)
{
    Tally tally;
    for (int q = f.start; q <= f.last(); ++q)
        if (f.at(of().fragmented, q - 1) == 0) tally.add(f.at(of().fragmented, q) > 0);
    return tally;
}
Tally leaves_csto(const Future& f)
{
    Tally tally;
    for (int q = f.start; q <= f.last(); ++q) {
        const double before = f.at(of().flips, q - 1), after = f.at(of().flips, q);
        tally.at_risk += static_cast<std::uint64_t>(3 - before);
        tally.happened += static_cast<std::uint64_t>(std::max(0.0, after - before));
    }
    return tally;
}
/// Nothing of a run that ends before then.
Count seen_by(std::size_t Variables::*event, const char* date)
{
    return [=, quarter = parse_quarter(date).value()](const Future& f) {
        Tally tally;
        if (f.last() >= quarter) tally.add(f.first(of().*event) >= 0 && f.first(of().*event) <= quarter);
        return tally;
    };
}
Count within_25_years(std::size_t Variables::*event)
{
    return [=](const Future& f) {
        Tally tally;
        const int last = f.start + 25 * year - 1;
        if (f.last() >= last) tally.add(f.first(of().*event) >= 0 && f.first(of().*event) <= last);
        return tally;
    };
}

constexpr double always = std::numeric_limits<double>::infinity();

} // namespace

const std::vector<RateDefinition>& rate_definitions()
{
    static const std::vector<RateDefinition> all = {
        {"exit_under_65", exit_at_age(0, 65)},
        {"exit_65_70", exit_at_age(65, 70)},
        {"exit_70_75", exit_at_age(70, 75)},
        {"exit_75_80", exit_at_age(75, 80)},
        {"exit_80_85", exit_at_age(80, 85)},
        {"exit_over_85", exit_at_age(85, always)},
        {"heir_exit_0_3", exit_of_heir(0, 3)},
        {"heir_exit_3_6", exit_of_heir(3, 6)},
        {"heir_exit_6_10", exit_of_heir(6, 10)},
        {"heir_exit_later", exit_of_heir(10, always)},
        {"heir_ouster_0_3", ouster_of_heir(0, 3)},
        {"heir_ouster_3_6", ouster_of_heir(3, 6)},
        {"heir_ouster_6_10", ouster_of_heir(6, 10)},
        {"heir_ouster_later", ouster_of_heir(10, always)},
        {"survives_death_1y", survives(year)},
        {"survives_death_5y", survives(5 * year)},
        {"breaks_at_ouster", breaks_at_ouster},
        {"reformist_share", reformist_share},
        {"ceasefire_fails_5y", ceasefire_fails},
        {"ceasefire_in_long_war", ceasefire_in_long_war},
        {"pact_ends", pact_ends(std::numeric_limits<int>::max())},
        {"pact_ends_0_5", pact_ends(5 * year)},
        {"partner_turns_rival", turns_rival},
        {"partner_turns_rival_25y", within_25_years(&Variables::rupture)},
        {"nuclear_state_breaks_up", breaks_up},
        {"csto_member_leaves", leaves_csto},
        {"taiwan_war_2030", seen_by(&Variables::taiwan_war, "2030Q4")},
        {"taiwan_war_2035", seen_by(&Variables::taiwan_war, "2035Q4")},
    };
    return all;
}

std::vector<std::uint32_t> rate_variables()
{
    const Variables& v = of();
    std::vector<std::uint32_t> all;
    for (const std::size_t i : {v.change, v.ousted, v.age, v.china_change, v.china_age, v.war, v.war_quarters, v.fragmented, v.flips}) all.push_back(static_cast<std::uint32_t>(i));
    std::ranges::sort(all);
    return all;
}

} // namespace entente
