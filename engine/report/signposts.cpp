#include "signposts.hpp"
#include "../core/quarter.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;
using Found = Signposts::Found;

constexpr std::size_t first_signs = 6; ///< that the short answer tells of

bool is_flag(const Observable& o) { return o.event || describe().variables[Description::find(describe().variables, o.name)].unit == "0/1"; }
std::string number(double x) { return std::abs(x) < 10 ? short_number(x, 3) : fmt::format("{:.1f}", x); }
/// "trust below .4", "the Russian leader has gone".
std::string rule_text(const OutcomeSignposts& s, const SignRule& rule)
{
    const Observable& o = *s.seen[rule.sign];
    if (is_flag(o)) return fmt::format("{}{}", o.words, rule.above ? "" : ": not so");
    return fmt::format("{}, {}", o.words, rule.above ? fmt::format("{} or more", number(rule.line)) : fmt::format("below {}", number(rule.line)));
}
std::string side_text(const OutcomeSignposts& s, const SignRule& rule)
{
    if (is_flag(*s.seen[rule.sign])) return rule.above ? "yes" : "no";
    return fmt::format("{}{}", rule.above ? ">=" : "<", number(rule.line));
}
std::string percent(const Share& share) { return share.runs == 0 ? "-" : share_text(share.share) + " %"; }
std::string with_interval(const Share& share, const Looks& looks)
{
    return share.runs == 0 ? "-" : fmt::format("{} % {}{}", share_text(share.share), plus_minus(looks.signs), half_width_text(share));
}

/// What the rule is worth, after its name.
std::string worth(const JudgedRule& j, const Looks& looks)
{
    std::string text = fmt::format("it comes in {} of such futures and in {} of the others. {} of the futures in which it comes show this, and {} of those in which it does not",
                                   with_interval(j.beyond, looks), with_interval(j.short_of, looks), percent(j.hits), percent(j.false_alarms));
    if (j.lead) text += fmt::format("; median lead {:.0f} quarters", *j.lead);
    return text + ".";
}

std::string base_text(const OutcomeSignposts& s, const std::string& scenario, const Looks& looks)
{
    const Signposts& f = s.found;
    std::string text = fmt::format("Signposts in {} of '{}', in futures of '{}'", quarter_name(s.at), s.of.text, scenario);
    std::string out = wrapped(text, looks.width) + "\n";
    const std::uint32_t left = f.base.runs;
    text = "";
    if (f.already > 0) text += fmt::format("It is there in {} already in {}, which are left out. ", quarter_name(s.at), counted(f.already, "future", "futures"));
    if (f.failed > 0) text += fmt::format("{} failed and {} left out. ", counted(f.failed, "future", "futures"), f.failed == 1 ? "is" : "are");
    if (left > 0)
        text += fmt::format("It comes in {} of {} {}, {}.", with_commas(f.base.count), with_commas(left), f.already + f.failed > 0 ? "others" : "futures", with_interval(f.base, looks));
    return out + wrapped(text, looks.width);
}

std::string nothing(const OutcomeSignposts& s)
{
    switch (s.found.found) {
    case Found::never:
        return s.found.base.runs == 0 ? "No future is left in which it could still come." : "It never comes, so that nothing foretells it. More runs may show some: entente run --runs.";
    case Found::always: return "It always comes, so that nothing is needed to foretell it.";
    case Found::too_few:
        return fmt::format("Too few: {} futures in which it comes, and as many in which it does not, are needed in either half to find a line and to judge it. More runs help.", few_outcomes);
    case Found::none:
        return fmt::format("No sign foretells it beyond chance (at {:g} over all {} signs): what can be seen in {} says nothing of it that holds in the half that judges.",
                           alpha_signposts, s.found.signs.size(), quarter_name(s.at));
    case Found::some: break;
    }
    return "";
}

std::string table(const OutcomeSignposts& s, const Looks& looks)
{
    constexpr std::size_t numbers = 9 + 15 + 6 + 7 + 5 + 5 + 4;
    const std::size_t first = looks.width - numbers;
    std::string out = fmt::format("{:<{}}{:>9}{:>15}{:>6}{:>7}{:>5}{:>5}{:>4}\n", fmt::format("Seen in {}", quarter_name(s.at)), first, "line", "area", "hits", "false", "if", "not", "Q");
    std::size_t shown = 0;
    for (const Signpost& p : s.found.signs) {
        if (looks.detail == Detail::first && (!p.stands || shown == 2 * first_signs)) continue;
        ++shown;
        const Interval& a = p.ranked.auc;
        std::string line = wrapped("  " + std::string(s.seen[p.rule.sign]->words) + (p.stands ? "" : " -"), first - 1, 4);
        line.pop_back();
        line += std::string(first - std::min(first, columns(line.substr(line.rfind('\n') + 1))), ' ');
        out += line
               + fmt::format("{:>9}{:>15}{:>6}{:>7}{:>5}{:>5}{:>4}\n", side_text(s, p.rule),
                             fmt::format("{} ({}-{})", short_number(a.estimate, 2), short_number(a.low, 2), short_number(a.high, 2)), share_text(p.judged.hits.share),
                             share_text(p.judged.false_alarms.share), p.judged.beyond.runs ? share_text(p.judged.beyond.share) : "-",
                             p.judged.short_of.runs ? share_text(p.judged.short_of.share) : "-", p.judged.lead ? fmt::format("{:.0f}", *p.judged.lead) : "");
    }
    return out;
}

std::string pair_text(const OutcomeSignposts& s, const SignPair& pair, const Looks& looks)
{
    const Interval& g = pair.gain;
    if (g.low <= 0) return wrapped("No two signs together foretell it better than the first alone, beyond chance.", looks.width);
    const std::string joined = fmt::format("{} {} {}", rule_text(s, pair.a), pair.both ? "and" : "or", rule_text(s, pair.b));
    return wrapped(fmt::format("Two together: {}: {} Hit rate less false-alarm rate is better than the first sign's alone by {:.2f} ({:.2f} to {:.2f}).", joined,
                               worth(pair.judged, looks), g.estimate, g.low, g.high),
                   looks.width);
}

Json json_of(const Share& s) { return {{"share", s.share}, {"low", s.low}, {"high", s.high}, {"count", s.count}, {"runs", s.runs}}; }
Json json_of(const JudgedRule& j)
{
    return {{"hit_rate", json_of(j.hits)}, {"false_alarm_rate", json_of(j.false_alarms)}, {"if_so", json_of(j.beyond)}, {"if_not", json_of(j.short_of)}, {"lead", j.lead ? Json(*j.lead) : Json()}};
}
Json json_of(const Interval& i) { return {{"estimate", i.estimate}, {"low", i.low}, {"high", i.high}}; }
Json json_of(const OutcomeSignposts& s, const SignRule& rule) { return {{"sign", s.seen[rule.sign]->name}, {"side", rule.above ? "from" : "below"}, {"line", rule.line}}; }

} // namespace

std::string text_of(const OutcomeSignposts& s, const std::string& scenario, const Looks& looks)
{
    const Signposts& f = s.found;
    std::string out = base_text(s, scenario, looks);
    if (f.found != Found::some) return out + "\n" + wrapped(nothing(s), looks.width) + (looks.detail == Detail::all && f.found == Found::none ? "\n" + table(s, looks) : "");
    out += wrapped(fmt::format("Lines are found on {} of them and judged on the {} others; all numbers below are of the latter.", with_commas(f.chosen_on), with_commas(f.judged_on)),
                   looks.width);
    out += "\nWhat to watch\n";
    std::size_t told = 0;
    for (const Signpost& p : f.signs)
        if (p.stands && told < 3) out += wrapped(fmt::format("{}. {}: {}", ++told, rule_text(s, p.rule), worth(p.judged, looks)), looks.width, 3);
    if (f.pair) out += "\n" + pair_text(s, *f.pair, looks);
    out += "\n" + table(s, looks);
    const auto standing = static_cast<std::size_t>(std::ranges::count_if(f.signs, &Signpost::stands));
    std::string note = fmt::format(
        "Area: how often a future in which it comes lies further that way than one in which it does not, .5 by chance (DeLong's 95 % interval). Hits, false: % of the futures "
        "in which it comes, and does not, that lie beyond the line. If, not: % in which it comes, beyond the line and short of it. Q: median quarters ahead. "
        "{} of {} signs foretell it beyond chance (at {:g} over all)",
        standing, f.signs.size(), alpha_signposts);
    if (!f.constant.empty()) note += fmt::format("; {} the same in all futures", counted(f.constant.size(), "is", "are"));
    note += ". Signs are as the model has them, without errors of measurement. That something foretells it does not say that it brings it about.";
    return out + wrapped(note, looks.width);
}

Json json_of(const OutcomeSignposts& s)
{
    static constexpr const char* verdicts[] = {"some", "none", "never", "always", "too_few"};
    const Signposts& f = s.found;
    Json out = {{"of", s.of.text},
                {"at", quarter_name(s.at)},
                {"runs", f.runs},
                {"failed", f.failed},
                {"already", f.already},
                {"base", json_of(f.base)},
                {"found", verdicts[static_cast<std::size_t>(f.found)]},
                {"chosen_on", f.chosen_on},
                {"judged_on", f.judged_on},
                {"alpha", alpha_signposts},
                {"constant", Json::array()},
                {"signs", Json::array()},
                {"pair", nullptr}};
    for (const std::size_t c : f.constant) out["constant"].push_back(s.seen[c]->name);
    for (const Signpost& p : f.signs) {
        Json sign = json_of(s, p.rule);
        sign["words"] = s.seen[p.rule.sign]->words, sign["seen_in"] = s.seen[p.rule.sign]->seen_in, sign["stands"] = p.stands;
        sign["area"] = json_of(p.ranked.auc), sign["area_where_chosen"] = p.found_auc;
        sign.update(json_of(p.judged));
        out["signs"].push_back(std::move(sign));
    }
    if (f.pair) {
        Json& pair = out["pair"] = {{"signs", {json_of(s, f.pair->a), json_of(s, f.pair->b)}}, {"joined_by", f.pair->both ? "and" : "or"}};
        pair.update(json_of(f.pair->judged));
        pair["gain"] = json_of(f.pair->gain);
    }
    return out;
}

} // namespace entente::report
