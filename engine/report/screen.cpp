#include "screen.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace entente::report {

using Json = nlohmann::ordered_json;

static constexpr const char* mark_names[] = {"calibrated", "weak", "prior", "fixed"};
static const char* kind_of(const ScreenRow& row) { return row.is_structure ? "structure" : mark_names[static_cast<std::size_t>(row.mark)]; }
static constexpr const char* short_names[] = {"rupture", "estrange.", "transact.", "alignment", "alliance"};
static std::string cut(const std::string& text, std::size_t width) { return text.size() > width ? text.substr(0, width - 2) + ".." : text; }

/// The class whose share a move changes most: "transact. -5.1 ±2.0".
static std::string class_text(const ArmEffect& e, Signs signs)
{
    const auto largest = std::ranges::max_element(e.classes, {}, [](const Effect& x) { return std::abs(x.mean); });
    if (largest == e.classes.end() || largest->mean == 0) return "no class";
    return fmt::format("{} {}", short_names[static_cast<std::size_t>(largest - e.classes.begin())], effect_text(*largest, 100, 1, signs));
}

std::string text_of(const Screen& s, std::size_t shown, const Looks& looks)
{
    std::size_t seen = 0, nothing = 0, failing = 0;
    for (const ScreenRow& row : s.rows) {
        seen += row.is_seen ? 1 : 0, nothing += row.moves_nothing() ? 1 : 0;
        failing += std::ranges::any_of(row.moves, [&](const ScreenMove& m) { return m.effect.failed * 20 > s.futures; }) ? 1 : 0;
    }
    std::string text = wrapped(fmt::format("A screen of every row: {}", printable_name(s.title)), looks.width);
    text += wrapped(fmt::format("{} rows, each moved by itself, {} futures an arm on the same random numbers, {} runs; looked at {}", with_commas(s.rows.size()),
                                with_commas(s.futures), with_commas(s.runs), quarter_name(s.quarter)),
                    looks.width);
    std::string as_it_is = fmt::format("As it is: alignment index {:.3f}; %:", s.alignment_index);
    for (const int c : class_order) as_it_is += fmt::format("{} {} {}", c == class_order[0] ? "" : ",", class_names[c], share_text(s.classes[static_cast<std::size_t>(c)]));
    text += wrapped(as_it_is, looks.width) + fmt::format("\n{:<30}   {:>8}{:>15}  {}\n", "row", "moved to", "index", "class, % points");
    std::size_t rows = 0;
    for (const ScreenRow& row : s.rows) {
        if (!row.is_seen || (shown > 0 && rows == shown)) break;
        const ScreenMove& m = row.largest();
        text += fmt::format("{:<30} {} {:>8}{:>15}  {}\n", cut(row.name, 30), kind_of(row)[0], cut(m.to, 8), effect_text(m.effect.alignment_index, 1, 3, looks.signs),
                            class_text(m.effect, looks.signs));
        ++rows;
    }
    if (seen > rows) text += fmt::format("{} more that are seen: --top 0 shows all, --json every row and move\n", with_commas(seen - rows));
    text += "\n"
            + wrapped(fmt::format("{} of {} rows have an effect on the index or a class share that is not chance (Benjamini-Hochberg: about {:.0f} % of those named are chance); "
                                  "{} have none that is seen; {} of those move nothing at all.",
                                  seen, s.rows.size(), 100 * screen_level, s.rows.size() - seen, nothing),
                      looks.width);
    text += wrapped("c: calibrated, w: weakly so, p: prior alone, f: fixed, s: structure. Shown is the end that moves the index more, with a 95 % interval of its own (paired "
                    "differences); far down, small effects need more futures: --runs. Rows "
                    "with a range are moved to its ends; "
                    "fixed ones have none and are moved by 20 % down and up, shares within 0 and 1, what is kept from quarter to quarter by 20 % of what is lost, years by 2; 0/1 "
                    "to the other; structures to each answer. Levers stand at "
                    "rest or on the scenario's own "
                    "path, and are not rows to be screened.",
                    looks.width);
    if (!s.not_moved.empty()) text += wrapped(fmt::format("Not moved, since they stand at 0 or at their only value: {}.", fmt::join(s.not_moved, ", ")), looks.width);
    if (s.failed > 0) text += fmt::format("{} futures of the scenario as it is failed and are left out.\n", with_commas(s.failed));
    if (failing > 0) text += fmt::format("{} rows make more than 5 % of futures fail at an end: `failed` in --json.\n", failing);
    return text;
}

static Json json_of(const Effect& e) { return {{"mean", e.mean}, {"low", e.low}, {"high", e.high}}; }

Json json_of(const Screen& s)
{
    Json out = {{"title", s.title},      {"at", quarter_name(s.quarter)},        {"futures", s.futures},     {"failed", s.failed}, {"runs", s.runs},
                {"level", screen_level}, {"alignment_index", s.alignment_index}, {"classes", Json::object()}};
    for (const int c : class_order) out["classes"][std::string(class_names[c])] = s.classes[static_cast<std::size_t>(c)];
    out["not_moved"] = s.not_moved;
    out["rows"] = Json::array();
    for (const ScreenRow& row : s.rows) {
        Json one = {{"row", row.name},       {"sets", row.sets}, {"kind", kind_of(row)}, {"own", row.own},
                    {"ends", row.ends},      {"p", row.p},       {"seen", row.is_seen},  {"moves_nothing", row.moves_nothing()},
                    {"moves", Json::array()}};
        for (const ScreenMove& m : row.moves) {
            Json move = {{"to", m.to},
                         {"pairs", m.effect.pairs},
                         {"failed", m.effect.failed},
                         {"p", m.effect.p},
                         {"alignment_index", json_of(m.effect.alignment_index)},
                         {"classes", Json::object()}};
            for (const int c : class_order) move["classes"][std::string(class_names[c])] = json_of(m.effect.classes[static_cast<std::size_t>(c)]);
            one["moves"].push_back(std::move(move));
        }
        out["rows"].push_back(std::move(one));
    }
    return out;
}

} // namespace entente::report
