#include "ablation.hpp"
#include "../analysis/difference.hpp"
#include "change.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

/// "vassal", "alignment_index", "vassalage ever": what of a quantity is named in a sentence.
std::string short_name(const Quantity& q)
{
    if (q.kind == Quantity::Kind::share) return q.text.substr(0, q.text.find(' ')).substr(std::string_view("share_").size());
    if (q.kind == Quantity::Kind::seen) return q.text.substr(0, q.text.find(' '));
    if (q.kind == Quantity::Kind::mean && q.terms.size() == 1 && q.from == q.to) return q.text.substr(5, q.text.find(" at ") - 5);
    return q.text;
}

std::string without_text(std::size_t ablation, const Counts& counts)
{
    if (ablation == std::size(populations)) return "Without any of them";
    const std::uint32_t n[] = {counts.firms, counts.banks, counts.elites};
    return fmt::format("Without {} ({} of them)", populations[ablation].single, n[ablation]);
}

/// Of classes and orientations: so far at most, with 95 %, any of these shares has moved.
double most_moved(const Ablation& a, std::size_t ablation)
{
    double most = 0;
    for (const Ablated& q : a.quantities) {
        if (q.quantity.kind != Quantity::Kind::share) continue;
        const Interval i = interval_of(q.without[ablation]);
        most = std::max(most, std::isfinite(i.high) ? std::max(std::abs(i.low), std::abs(i.high)) : std::abs(i.estimate));
    }
    return most;
}

std::string sentence(const Ablation& a, std::size_t ablation, const Looks& looks)
{
    std::vector<std::string> shares, events, others;
    for (const Ablated& q : a.quantities) {
        const PairedDifference& d = q.without[ablation];
        if (!a.is_beyond_chance(d)) continue;
        auto& to = q.quantity.kind == Quantity::Kind::share ? shares : q.quantity.kind == Quantity::Kind::seen ? events : others;
        to.push_back(fmt::format("{} {}", short_name(q.quantity), change_text(interval_of(d), q.quantity, looks)));
    }
    const bool has_shares = std::ranges::any_of(a.quantities, [](const Ablated& q) { return q.quantity.kind == Quantity::Kind::share; });
    std::string text = without_text(ablation, a.counts);
    if (shares.empty() && events.empty() && others.empty()) text += " nothing moves beyond chance";
    else {
        std::vector<std::string> clauses;
        if (!shares.empty()) clauses.push_back(fmt::format("shares move: {}", fmt::join(shares, ", ")));
        else if (has_shares) clauses.emplace_back("no share of a class or orientation moves beyond chance");
        if (!events.empty()) clauses.push_back(fmt::format("events that happen: {}", fmt::join(events, ", ")));
        if (!others.empty()) clauses.push_back(fmt::format("means: {}", fmt::join(others, ", ")));
        text += fmt::format(" {}", fmt::join(clauses, "; "));
    }
    if (shares.empty() && has_shares) text += fmt::format(" (no share by more than {:.1f} points)", std::ceil(1000 * most_moved(a, ablation) - 1e-9) / 10);
    return wrapped(text + ".", looks.width, 2);
}

std::string cell(const Ablation& a, const Ablated& q, std::size_t ablation, const Looks& looks)
{
    const PairedDifference& d = q.without[ablation];
    if (std::isnan(d.difference)) return "- ";
    std::string text = change_text(d.is_always_the_same() ? Interval{d.difference, -INFINITY, INFINITY, d.pairs, 0} : interval_of(d), q.quantity, looks);
    for (std::size_t zero = text.find("0."); zero != std::string::npos && !is_share(q.quantity); zero = text.find("0.", zero)) text.erase(zero, 1);
    if (const std::size_t blank = text.find(" +-"); blank != std::string::npos) text.erase(blank, 1); // in ASCII it would touch its neighbour
    return text + (a.is_beyond_chance(d) ? "*" : " ");
}
std::string line_of(std::string text) { return text.erase(text.find_last_not_of(' ') + 1) + "\n"; }
std::string padded(const std::string& text, std::size_t width) { return std::string(width - std::min(width, columns(text)), ' ') + text; }

} // namespace

std::string text_of(const Ablation& a, const Looks& looks)
{
    std::string text = fmt::format("Does it matter that there are agents?\n{}\n{}\n\n", a.title, a.scenario);
    text += wrapped(fmt::format("{} futures as they are, and the same with firms, banks, the elite and all three replaced by their mean field: an agent of mean traits, whose "
                                "choice is its probability. All "
                                "on common random numbers.",
                                with_commas(a.futures)),
                    looks.width)
            + "\n";
    for (std::size_t ablation = 0; ablation < ablations; ++ablation) text += sentence(a, ablation, looks);
    text += "\n" + line_of(fmt::format("{:<21}{:>7}{:>13}{:>13}{:>13}{:>13}", "change without", "as is", "firms ", "banks ", "elites ", "all three "));
    std::string when;
    for (const Ablated& q : a.quantities) {
        const std::size_t name = short_name(q.quantity).size(), at = q.quantity.text.find(short_name(q.quantity)) + name;
        const std::string date = short_name(q.quantity) == q.quantity.text ? "" : q.quantity.text.substr(at + 1);
        if (date != when) text += date + "\n";
        when = date;
        constexpr std::size_t room = 19; // for a name; a longer one has a line of its own
        std::string line = fmt::format("  {:<{}}", short_name(q.quantity), room);
        if (name > room) text += line_of(line), line = std::string(room + 2, ' ');
        line += padded(level_text(q.without[0].mean_a, q.quantity), 7);
        for (std::size_t ablation = 0; ablation < ablations; ++ablation) line += padded(cell(a, q, ablation, looks), 13);
        text += line_of(line);
    }
    return text + "\n"
           + wrapped(
               fmt::format(
                   "Shares and events in % and points of 100. Intervals 95 %, Student's t over paired runs. *: beyond chance, at .05 over all differences of this table together "
                   "(Bonferroni). A change without "
                   "{} is of a difference that is the same in every run. ODD.md, 3.8 says what a mean field is; `mute = [\"single_elites\"]` and its like set it in a scenario.",
                   plus_minus(looks.signs)),
               looks.width);
}

nlohmann::ordered_json json_of(const Ablation& a)
{
    using Json = nlohmann::ordered_json;
    Json out = {{"file", a.scenario}, {"futures", a.futures}, {"agents", {{"firms", a.counts.firms}, {"banks", a.counts.banks}, {"elites", a.counts.elites}}}, {"quantities", Json::array()}};
    for (const Ablated& q : a.quantities) {
        Json without = Json::array();
        for (std::size_t ablation = 0; ablation < ablations; ++ablation) {
            const PairedDifference& d = q.without[ablation];
            without.push_back({{"population", ablation < std::size(populations) ? populations[ablation].name : "all"},
                               {"mean", d.mean_b},
                               {"difference", json_of(d.is_always_the_same() ? Interval{d.difference, -INFINITY, INFINITY, d.pairs, 0} : interval_of(d))},
                               {"beyond_chance", a.is_beyond_chance(d)},
                               {"pairs", d.pairs}});
        }
        out["quantities"].push_back({{"quantity", q.quantity.text}, {"as_it_is", q.without[0].mean_a}, {"without", without}});
    }
    return out;
}

} // namespace entente::report
