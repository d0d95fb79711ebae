#include "why.hpp"
#include "change.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <numeric>

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t single_mechanisms = 6; ///< that are printed of a quantity

/// Indices by size of what they stand for, the largest first.
template <class Size> std::vector<std::size_t> by_size(std::size_t n, Size size)
{
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>{}, [&](std::size_t i) { return std::abs(size(i)); });
    return order;
}

std::string setting_text(const Disagreement& d)
{
    const auto said = [](const std::string& text) { return text.empty() ? std::string("not set") : text.size() > 40 ? text.substr(0, 37) + "..." : text; };
    return fmt::format("{}: {} in A, {} in B", d.setting, said(d.a), said(d.b));
}

/// What differs, one line a setting; of many the first.
std::string settings_text(const std::vector<SettingPlayer>& players, const Looks& looks)
{
    constexpr std::size_t most = 4;
    std::string text;
    for (const SettingPlayer& p : players) {
        text += fmt::format("  {}\n", p.name);
        for (std::size_t i = 0; i < std::min(most, p.settings.size()); ++i) text += "    " + wrapped(setting_text(p.settings[i]), looks.width, 6, 4);
        if (p.settings.size() > most) text += fmt::format("    and {} more\n", p.settings.size() - most);
    }
    return text;
}

/// Of a whole that may be chance no part is a share of.
std::string share_of(double part, const Interval& whole) { return is_beyond_chance(whole) ? fmt::format("{:.0f} %", std::round(100 * part / whole.estimate) + 0.0) : "-"; }

std::string parts_table(const std::vector<std::string>& names, const ShapleyParts& parts, const Quantity& q, const char* what, const char* third, const char* fourth, const Looks& looks)
{
    std::string text = fmt::format("  {:<30}{:>14}{:>7}{:>14}{:>13}\n", what, "part", "", third, fourth);
    for (const std::size_t i : by_size(parts.players.size(), [&](std::size_t k) { return parts.players[k].share.estimate; })) {
        const PlayerPart& p = parts.players[i];
        const std::string part = change_text(p.share, q, looks), name = names[i].size() > 30 ? names[i].substr(0, 27) + "..." : names[i];
        text += fmt::format("  {:<30}{:>{}}{:>7}{:>14}{:>13}\n", name, part, 14, is_beyond_chance(p.share) ? share_of(p.share.estimate, parts.difference) : "(0)",
                            change_text(p.alone.estimate, q), change_text(p.last.estimate, q));
    }
    return text;
}

/// Settings that do other things after the rest than alone, beyond chance.
std::string in_company_text(const BySetting& s, const ShapleyParts& parts, const Quantity& q, const Looks& looks)
{
    std::string text;
    for (std::size_t i = 0; i < s.players.size() && s.players.size() > 1; ++i) {
        const auto& [share, alone, last] = parts.players[i];
        const bool apart = std::isfinite(alone.low) && std::isfinite(last.low) ? last.low > alone.high || last.high < alone.low : std::isfinite(last.low) && last.estimate != alone.estimate;
        if (!apart) continue;
        text += "  "
                + wrapped(fmt::format("{} does {} by itself, and {} once the rest is there.", s.players[i].name, change_text(alone, q, looks), change_text(last, q, looks)),
                          looks.width, 4, 2);
    }
    for (const PairPart& pair : parts.pairs)
        if (is_beyond_chance(pair.together))
            text += "  "
                    + wrapped(fmt::format("{} and {} together: {} beyond what each does without the other.", s.players[pair.first].name, s.players[pair.second].name,
                                          change_text(pair.together, q, looks)),
                              looks.width, 4, 2);
    return text;
}

std::string levels_text(const ShapleyParts& parts, const Quantity& q, const Looks& looks)
{
    return fmt::format("{}: {} in A, {} in B\n  B - A {}\n", heading_of(q), level_text(parts.without, q), level_text(parts.with, q), change_text(parts.difference, q, looks));
}

std::vector<std::string> group_names()
{
    std::vector<std::string> names;
    for (const std::string_view name : mechanism_groups) names.emplace_back(name);
    return names;
}

std::string groups_text(const ByMechanism& m, std::size_t q, const Quantity& quantity, const Looks& looks)
{
    std::string text = parts_table(group_names(), m.groups[q], quantity, "passes through", "it alone", "gone if held", looks);
    text += fmt::format("  {:<30}{:>14}\n", "left with all of them held", change_text(m.groups[q].without, quantity));
    std::vector<std::string> single;
    for (const std::size_t i : by_size(m.single.size(), [&](std::size_t k) { return m.single[k].gone[q].estimate; }))
        if (single.size() < single_mechanisms && is_beyond_chance(m.single[i].gone[q]))
            single.push_back(fmt::format("{} {}", m.single[i].name, change_text(m.single[i].gone[q], quantity, looks)));
    return text + "  " + wrapped(fmt::format("gone with one mechanism held: {}", single.empty() ? "nothing beyond chance" : fmt::format("{}", fmt::join(single, ", "))), looks.width, 4, 2);
}

Json parts_json(const std::vector<std::string>& names, const ShapleyParts& parts)
{
    Json out = {{"without", parts.without}, {"with", parts.with},     {"difference", json_of(parts.difference)},
                {"runs", parts.runs},       {"orders", parts.orders}, {"players", Json::array()}};
    for (std::size_t i = 0; i < names.size(); ++i)
        out["players"].push_back({{"name", names[i]}, {"part", json_of(parts.players[i].share)}, {"alone", json_of(parts.players[i].alone)}, {"last", json_of(parts.players[i].last)}});
    return out;
}

} // namespace

std::string text_of(const Why& why, const Looks& looks)
{
    const BySetting& s = why.by_setting;
    const bool all_orders = s.parts[0].orders == 0;
    std::vector<std::string> names;
    for (const SettingPlayer& p : s.players) names.push_back(p.name);
    std::string text = fmt::format("Why B differs from A\nA  {}\nB  {}\n\n", why.a, why.b);
    text += fmt::format("What differs ({}):\n{}\n", counted(s.players.size(), "thing", "things"), settings_text(s.players, looks));
    text += wrapped(
        all_orders ? fmt::format("All {} combinations were run, {} futures each, on common random numbers.", std::uint64_t{1} << s.players.size(), with_commas(why.futures))
                   : fmt::format(
                       "{} orders in which B's settings come in were drawn at random and run on common random numbers, over {} futures; each {} futures have orders of their own.",
                       with_commas(s.parts[0].orders), with_commas(why.futures), block_runs),
        looks.width);
    for (std::size_t q = 0; q < why.quantities.size(); ++q) {
        text += "\n" + levels_text(s.parts[q], why.quantities[q], looks);
        text += parts_table(names, s.parts[q], why.quantities[q], "made by", "alone", "last", looks);
        text += in_company_text(s, s.parts[q], why.quantities[q], looks);
        if (why.by_mechanism) text += groups_text(*why.by_mechanism, q, why.quantities[q], looks);
    }
    text += "\n"
            + wrapped("part: Shapley value: what a setting adds, averaged over all orders in which B's settings can take the place of A's; parts add up to B - A. (0): not beyond "
                      "chance; -: beyond it, and B - A is not. alone: what it adds to "
                      "A by itself. last: what it adds when all others are there. Shares in points of 100. Intervals 95 %, Student's t, paired by run.",
                      looks.width);
    if (why.by_mechanism) {
        text += wrapped("passes through: the same of groups of mechanisms. One that is out is held: in every future of B its variables take the course that they take in the same "
                        "future of A, so that it does "
                        "not answer to what B changes. it alone: what of B - A is there with all other groups held. gone if held: what of B - A is gone with that group alone "
                        "held. A forced event acts through the mechanism that owns it.",
                        looks.width);
        for (const std::string_view name : mechanism_groups) text += "  " + wrapped(fmt::format("{}: {}", name, fmt::join(mechanisms_of(name), ", ")), looks.width, 4, 2);
    }
    return text;
}

Json json_of(const Why& why)
{
    Json out = {{"a", why.a},
                {"b", why.b},
                {"futures", why.futures},
                {"runs", why.by_setting.runs + (why.by_mechanism ? why.by_mechanism->runs : 0)},
                {"settings", Json::array()},
                {"quantities", Json::array()}};
    std::vector<std::string> names;
    for (const SettingPlayer& p : why.by_setting.players) {
        names.push_back(p.name);
        Json settings = Json::array();
        for (const Disagreement& d : p.settings) settings.push_back({{"setting", d.setting}, {"a", d.a.empty() ? Json() : Json(d.a)}, {"b", d.b.empty() ? Json() : Json(d.b)}});
        out["settings"].push_back({{"name", p.name}, {"differ", settings}});
    }
    if (why.by_mechanism) {
        out["groups"] = Json::array();
        for (const std::string_view name : mechanism_groups) out["groups"].push_back({{"name", name}, {"mechanisms", mechanisms_of(name)}});
    }
    for (std::size_t q = 0; q < why.quantities.size(); ++q) {
        Json of_one = {{"quantity", why.quantities[q].text}, {"by_setting", parts_json(names, why.by_setting.parts[q])}};
        of_one["by_setting"]["pairs"] = Json::array();
        for (const PairPart& p : why.by_setting.parts[q].pairs)
            of_one["by_setting"]["pairs"].push_back({{"first", names[p.first]}, {"second", names[p.second]}, {"together", json_of(p.together)}});
        if (why.by_mechanism) {
            of_one["by_group"] = parts_json(group_names(), why.by_mechanism->groups[q]);
            of_one["by_mechanism"] = Json::array();
            for (const HeldMechanism& m : why.by_mechanism->single) of_one["by_mechanism"].push_back({{"mechanism", m.name}, {"gone", json_of(m.gone[q])}});
        }
        out["quantities"].push_back(of_one);
    }
    return out;
}

} // namespace entente::report
