#include "conventions.hpp"
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

constexpr double shown_from = 0.005; ///< shares that move less under a convention have no line of their own

double most_moved(const ConventionRow& row)
{
    double most = 0;
    for (const std::vector<Effect>* of : {&row.classes, &row.orientations})
        for (const Effect& e : *of) most = std::max(most, std::abs(e.mean));
    return most;
}

struct Column {
    const char *above, *name;
    bool of_classes;
    std::size_t number;
};
/// From alliance to rupture, then two orientations: the third is what they leave.
constexpr Column shown_columns[] = {{"alli-", "ance", true, 4}, {"align-", "ment", true, 3}, {"trans-", "act.", true, 2}, {"estran-", "gement", true, 1},
                                    {"", "rupture", true, 0},   {"", "vassal", false, 1},    {"west", "turn", false, 2}};

/// "+1.2", blank where the interval holds 0.
std::string moved(const Effect& e)
{
    const bool beyond = e.low > 0 || e.high < 0;
    return !beyond ? "." : fmt::format("{:+.1f}", 100 * e.mean);
}

std::string statements_text(const Conventions& c, const Looks& looks)
{
    std::string always, sometimes;
    for (const ConventionStatement& s : c.statements) {
        const bool all = s.singly == c.single.size() && s.jointly == c.joint;
        std::string& to = all ? always : sometimes;
        to += (to.empty() ? "" : "; ") + words_of(s.text);
        if (!all) to += fmt::format(" ({} of {} single, {} of {} joint)", s.singly, c.single.size(), s.jointly, c.joint);
    }
    std::string out;
    if (!always.empty()) out += wrapped(fmt::format("Stands under all of them: {}.", always), looks.width);
    if (!sometimes.empty()) out += wrapped(fmt::format("Does not stand under all: {}.", sometimes), looks.width);
    return out;
}

Json json_of(const Effect& e) { return {{"mean", e.mean}, {"low", e.low}, {"high", e.high}}; }
Json json_of(const Band& b) { return {{"p5", b.low}, {"p95", b.high}}; }

} // namespace

std::string text_of(const std::vector<DatedConventions>& all, int at, const std::string& scenario, const Looks& looks)
{
    const Conventions& c = std::ranges::find(all, at, &DatedConventions::date)->conventions;
    std::string out = wrapped(fmt::format("{} of '{}' in {}, read off again under other weights and thresholds; nothing is simulated",
                                          counted(c.runs - c.failed, "future", "futures"), scenario, quarter_name(at)),
                              looks.width);
    constexpr std::size_t cell = 8;
    std::string head[2], own, range;
    const std::size_t label = std::max<std::size_t>(24, looks.width - cell * std::size(shown_columns));
    for (const Column& column : shown_columns) {
        head[0] += fmt::format("{:>{}}", column.above, cell), head[1] += fmt::format("{:>{}}", column.name, cell);
        own += fmt::format("{:>{}}", share_text(column.of_classes ? c.classes[column.number] : c.orientations[column.number]), cell);
        const Band& band = column.of_classes ? c.class_range[column.number] : c.orientation_range[column.number];
        range += fmt::format("{:>{}}", share_text(band.low) + "-" + share_text(band.high), cell);
    }
    out += "\n" + std::string(label, ' ') + head[0] + "\n" + fmt::format("{:<{}}{}\n", "% of futures", label, head[1]);
    out += fmt::format("{:<{}}{}\n", "as the scenario has it", label, own);
    if (c.joint > 0) out += fmt::format("{:<{}}{}\n", "all at once, 5-95 %", label, range);
    std::vector<const ConventionRow*> rows;
    for (const ConventionRow& row : c.single)
        if (looks.detail == Detail::all || most_moved(row) >= shown_from) rows.push_back(&row);
    std::ranges::stable_sort(rows, std::greater<>(), [](const ConventionRow* row) { return most_moved(*row); });
    if (!rows.empty()) out += "\n" + wrapped("Change in points when one of them moves; . is no more than chance:", looks.width);
    for (const ConventionRow* row : rows) {
        std::string text = row->convention.text;
        text += text.size() >= label ? "\n" + std::string(label, ' ') : std::string(label - text.size(), ' ');
        for (const Column& column : shown_columns) text += fmt::format("{:>{}}", moved(column.of_classes ? row->classes[column.number] : row->orientations[column.number]), cell);
        out += text + "\n";
    }
    if (rows.size() < c.single.size())
        out += wrapped(fmt::format("{} of {} conventions move no share by half a point: --all.", c.single.size() - rows.size(), c.single.size()), looks.width);
    out += "\n" + statements_text(c, looks);
    out += wrapped(fmt::format("Thresholds move by {:g}, weights by {:.0f} % and are then made to sum to what they did. At once: {} draws, each moved by what is uniform within "
                               "that. Changes are paired, "
                               "future by future. Events that ask for several quarters running are not read off again.",
                               threshold_step, 100 * weight_step, c.joint),
                   looks.width);
    if (c.other > 0)
        out += wrapped(fmt::format("{} of another class than in the run: values are kept in single precision.", counted(c.other, "future is", "futures are")), looks.width);
    if (c.failed > 0) out += fmt::format("{} failed and left out.\n", counted(c.failed, "run", "runs"));
    return out;
}

Json json_of(const std::vector<DatedConventions>& all)
{
    Json out;
    for (const DatedConventions& dated : all) {
        const Conventions& c = dated.conventions;
        Json& at = out["dates"][quarter_name(dated.date)];
        at = {{"runs", c.runs}, {"failed", c.failed}, {"other", c.other}, {"joint", c.joint}};
        for (const int k : class_order) {
            const auto i = static_cast<std::size_t>(k);
            at["classes"][std::string(class_names[k])] = {{"share", c.classes[i]}, {"joint", json_of(c.class_range[i])}};
        }
        for (const int k : orientation_order) {
            const auto i = static_cast<std::size_t>(k);
            at["orientations"][std::string(orientation_names[k])] = {{"share", c.orientations[i]}, {"joint", json_of(c.orientation_range[i])}};
        }
        at["single"] = Json::array();
        for (const ConventionRow& row : c.single) {
            Json one = {{"convention", row.convention.text}};
            for (const int k : class_order) one["classes"][std::string(class_names[k])] = json_of(row.classes[static_cast<std::size_t>(k)]);
            for (const int k : orientation_order) one["orientations"][std::string(orientation_names[k])] = json_of(row.orientations[static_cast<std::size_t>(k)]);
            at["single"].push_back(std::move(one));
        }
        at["statements"] = Json::array();
        for (const ConventionStatement& s : c.statements) at["statements"].push_back({{"text", s.text}, {"holds", s.own}, {"single", s.singly}, {"joint", s.jointly}});
    }
    return out;
}

} // namespace entente::report
