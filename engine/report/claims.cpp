#include "claims.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../model/meanings.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* verdicts[] = {"holds", "fails", "open", "unknown"};
const char* verdict(const Prediction& p, const Share& s) { return verdicts[static_cast<std::size_t>(held(p, s))]; }
std::string answer_name(std::size_t structure, std::size_t answer) { return split(std::string(describe().structures[structure].choices), '|')[answer]; }
std::string full_name(std::size_t structure, std::size_t answer) { return fmt::format("{}={}", describe().structures[structure].name, answer_name(structure, answer)); }

/// What moves it beyond chance, most first, and where its verdict is another one then.
std::string disputed(const JudgedPrediction& j)
{
    const std::vector<Dispute> all = disputes_of(j.shares);
    if (all.empty()) return "no answer moves it beyond chance";
    std::string text, other;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::vector<Share>& of = j.shares.of[all[i].structure];
        const auto answer = [&](std::size_t a) { return fmt::format("{} {} %", answer_name(all[i].structure, a), share_text(of[a].share)); };
        if (i < 2) text += fmt::format("{}{}: {}, {}", i == 0 ? "moved most by " : "; by ", describe().structures[all[i].structure].name, answer(all[i].low), answer(all[i].high));
        for (std::size_t a = 0; a < of.size(); ++a)
            if (const Standing here = held(*j.prediction, of[a]); here != held(*j.prediction, j.shares.all) && here != Standing::unknown)
                other += fmt::format("{}{} under {}", other.empty() ? "" : ", ", verdicts[static_cast<std::size_t>(here)], full_name(all[i].structure, a));
    }
    return text + (other.empty() ? "" : "; " + other);
}

std::string prediction_text(const Claims& c, const JudgedPrediction& j, const Looks& looks)
{
    const Prediction& p = *j.prediction;
    const std::size_t numbers = 30, first = looks.width - numbers;
    std::string line = wrapped(fmt::format("{:<4}{}", p.articles, p.says), first - 1, 4);
    line.pop_back();
    line += std::string(first - std::min(first, columns(line.substr(line.rfind('\n') + 1))), ' ');
    line += fmt::format("{:>8}", fmt::format("{}{:.0f}", p.at_least ? ">=" : "<=", 100 * p.bound));
    if (j.out_of_reach) return line + fmt::format("{:>{}}\n", "not in its years", numbers - 8);
    const std::string share = j.shares.all.runs == 0 ? "-" : fmt::format("{} {}{}", share_text(j.shares.all.share), plus_minus(looks.signs), half_width_text(j.shares.all));
    line += std::string(13 > columns(share) ? 13 - columns(share) : 0, ' ') + share + fmt::format("{:>9}\n", verdict(p, j.shares.all));
    if (j.shares.all.runs > 0) line += wrapped("    " + disputed(j), looks.width, 4);
    if (looks.detail == Detail::all) {
        line += wrapped(fmt::format("    {}: {}{}; {}", p.claims, j.counts, j.among.empty() ? "" : ", of those with " + j.among, arm_meanings[static_cast<std::size_t>(p.arm)]),
                        looks.width, 4);
        for (const std::size_t s : c.open) {
            std::string all;
            for (std::size_t a = 0; a < j.shares.of[s].size(); ++a)
                all += fmt::format("{}{} {} {}", all.empty() ? "" : ", ", answer_name(s, a), share_text(j.shares.of[s][a], looks), verdict(p, j.shares.of[s][a]));
            line += wrapped(fmt::format("      {}: {}", describe().structures[s].name, all), looks.width, 8);
        }
    }
    return line;
}

/// Whether the answers' intervals of a share leave each other out.
template <class Of> bool apart(const std::vector<AnswerShares>& answers, std::size_t answer, Of of)
{
    for (std::size_t other = 0; other < answers.size(); ++other) {
        if (other == answer || answers[other].runs == 0) continue;
        const Interval &a = of(answers[answer]), &b = of(answers[other]);
        if (a.low > b.high || a.high < b.low) return true;
    }
    return false;
}

std::string shares_table(const Claims& c, const Looks& looks)
{
    constexpr std::size_t cell = 7;
    const std::size_t first = looks.width - 7 * cell;
    std::string out = fmt::format("{:<{}}", fmt::format("% of futures in {}", quarter_name(c.at)), first);
    for (const char* name : {"all'ce", "align.", "trans.", "estr.", "rupt.", "vassal", "west"}) out += fmt::format("{:>{}}", name, cell);
    out += "\n";
    for (const std::size_t s : c.open) {
        out += wrapped(fmt::format("{}: {}", describe().structures[s].name, describe().structures[s].meaning), looks.width, 2);
        for (std::size_t a = 0; a < c.shares[s].size(); ++a) {
            const AnswerShares& shares = c.shares[s][a];
            if (shares.runs == 0) continue;
            out += fmt::format("{:<{}}", "  " + answer_name(s, a), first);
            const auto add = [&](auto of) { out += fmt::format("{:>{}}{}", share_text(of(shares).estimate), cell - 1, apart(c.shares[s], a, of) ? '*' : ' '); };
            for (const int k : class_order) add([k](const AnswerShares& x) -> const Interval& { return x.classes[static_cast<std::size_t>(k)]; });
            for (const std::size_t o : {std::size_t{1}, std::size_t{2}}) add([o](const AnswerShares& x) -> const Interval& { return x.orientations[o]; });
            while (out.ends_with(' ')) out.pop_back();
            out += "\n";
        }
    }
    return out;
}

Json json_of(const Share& s, const Prediction& p)
{
    return {{"share", s.share}, {"low", s.low}, {"high", s.high}, {"count", s.count}, {"runs", s.runs}, {"verdict", verdict(p, s)}};
}
Json json_of(const Interval& i) { return {{"share", i.estimate}, {"low", i.low}, {"high", i.high}}; }

} // namespace

std::string text_of(const Claims& c, const std::string& scenario, const Looks& looks)
{
    std::string out = wrapped(fmt::format("What the articles predict, in {} of '{}' in which the answers to {} are drawn with equal weights",
                                          counted(c.futures, "future", "futures"), scenario, counted(c.open.size(), "disputed question", "disputed questions")),
                              looks.width)
                      + "\n";
    const std::size_t numbers = 30;
    out += fmt::format("{:<{}}{:>8}{:>13}{:>9}\n", "", looks.width - numbers, "bound, %", "% of futures", "verdict");
    for (const JudgedPrediction& j : c.predictions) out += prediction_text(c, j, looks);
    out += wrapped(fmt::format("Letters: K Kirillova 2022, F Fraser 2024, A the unnamed author of March 2022, B Berzina-Cerenkova and Ruhlig 2023, E the unnamed authors of 2023. "
                               "Bounds are the modeller's: hardly any "
                               "article names a number. {} is half the 95 % Jeffreys interval, from the number of futures alone. Holds, fails: all of the interval is on that side "
                               "of the bound; open: the bound lies "
                               "within. Moved: beyond chance, at {:g} over all pairs of answers. What peace, an offer or another leader would bring is taken of the same futures "
                               "with these made to come. "
                               "--all: conditions, claims and every answer.",
                               plus_minus(looks.signs), alpha_dispute),
                   looks.width);
    if (!c.open.empty()) {
        out += "\n" + shares_table(c, looks);
        out += wrapped("Of the same futures. * the 95 % Jeffreys intervals of two answers leave each other out. west: western turn.", looks.width);
    }
    if (c.failed > 0) out += fmt::format("{} failed and {} left out.\n", counted(c.failed, "run", "runs"), c.failed == 1 ? "is" : "are");
    return out;
}

Json json_of(const Claims& c)
{
    Json out = {{"futures", c.futures}, {"failed", c.failed}, {"at", quarter_name(c.at)}, {"predictions", Json::array()}, {"shares", Json::object()}};
    for (const JudgedPrediction& j : c.predictions) {
        const Prediction& p = *j.prediction;
        Json one = {{"name", p.name},
                    {"articles", p.articles},
                    {"claims", p.claims},
                    {"says", p.says},
                    {"futures", arm_meanings[static_cast<std::size_t>(p.arm)]},
                    {"counts", j.counts},
                    {"among", j.among.empty() ? Json() : Json(j.among)},
                    {"side", p.at_least ? "at least" : "at most"},
                    {"bound", p.bound},
                    {"in_reach", !j.out_of_reach},
                    {"all", j.out_of_reach ? Json() : json_of(j.shares.all, p)},
                    {"answers", Json::object()}};
        if (!j.out_of_reach)
            for (const std::size_t s : c.open)
                for (std::size_t a = 0; a < j.shares.of[s].size(); ++a)
                    one["answers"][std::string(describe().structures[s].name)][answer_name(s, a)] = json_of(j.shares.of[s][a], p);
        out["predictions"].push_back(std::move(one));
    }
    for (const std::size_t s : c.open)
        for (std::size_t a = 0; a < c.shares[s].size(); ++a) {
            if (c.shares[s][a].runs == 0) continue;
            Json& at = out["shares"][std::string(describe().structures[s].name)][answer_name(s, a)];
            at["futures"] = c.shares[s][a].runs;
            for (const int k : class_order) at["classes"][std::string(class_names[k])] = json_of(c.shares[s][a].classes[static_cast<std::size_t>(k)]);
            for (const int o : orientation_order) at["orientations"][std::string(orientation_names[o])] = json_of(c.shares[s][a].orientations[static_cast<std::size_t>(o)]);
        }
    return out;
}

} // namespace entente::report
