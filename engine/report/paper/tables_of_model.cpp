// Tables of what a run assumes: parameters, readings, claims; and of the world's base rates.
#include "../../analysis/base_rates.hpp"
#include "../../core/csv.hpp"
#include "../../core/text.hpp"
#include "../words.hpp"
#include "tables.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente {
std::string_view claims_csv();
}

namespace entente::report {
namespace {

using Json = nlohmann::json;

constexpr const char* marks[] = {"calibrated", "weak", "prior", "fixed"};

/// A number of a kept document, NaN if there is none.
double number_in(const Json& object, const char* key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_number() ? at->get<double>() : std::nan("");
}

struct KeptRate {
    double estimate, low, high;
};
/// By id. What is no such document has none.
std::vector<std::pair<std::string, KeptRate>> rates_in(const std::string& kept)
{
    std::vector<std::pair<std::string, KeptRate>> all;
    const Json document = Json::parse(kept, nullptr, false);
    if (!document.is_object() || !document.contains("rates") || !document["rates"].is_array()) return all;
    for (const Json& row : document["rates"])
        if (row.is_object() && row.contains("id") && row["id"].is_string() && row.contains("model") && row["model"].is_object())
            all.emplace_back(row["id"].get<std::string>(), KeptRate{number_in(row["model"], "estimate"), number_in(row["model"], "low"), number_in(row["model"], "high")});
    return all;
}

/// Of "limits: C66 C67; pawn: C64" what stands behind one alternative; all of it where none is named.
std::string claims_of(const std::string& source, const std::string& alternative)
{
    if (source.find(": ") == std::string::npos) return source;
    for (const std::string& part : split(source, ';'))
        if (const std::string text(trim(part)); text.starts_with(alternative + ":")) return std::string(trim(std::string_view(text).substr(alternative.size() + 1)));
    return "";
}

/// Of a rate in %.
int rate_digits(double x) { return x > 0 && x < 0.01 ? 2 : 1; }

} // namespace

PaperTable table_of_parameters(const Scenario& s, const Origin& o)
{
    const Description& d = describe();
    PaperTable t{.name = "parameters",
                 .title = fmt::format("Parameters of the model, what they are drawn from and what they rest on: {}", o.scenario),
                 .note = {},
                 .columns = {{"Mechanism", "", {"mechanism"}, Align::text},
                             {"Parameter", "", {"parameter"}, Align::prose, 0.17},
                             {"Meaning", "", {"meaning"}, Align::prose, 0.22},
                             {"Unit", "", {"unit"}, Align::prose, 0.09},
                             {"Value or distribution", "", {"distribution"}, Align::prose, 0.18},
                             {"Range", "", {"low", "high"}, Align::text},
                             {"Known by", "", {"mark"}, Align::text},
                             {"Claims", "", {"claims"}, Align::prose, 0.09},
                             {"", "", {"default"}, Align::none},
                             {"", "", {"drawn"}, Align::none}},
                 .rows = {},
                 .groups = PaperTable::Groups::by_first};
    std::size_t drawn = 0, hidden = 0;
    for (std::size_t p = 0; p < d.parameters.size(); ++p) {
        const Row& r = d.parameters[p];
        const bool is_one = is_drawn(s, p), shown = is_one || r.mark != Mark::fixed || to_text(s.parameters[p].distribution) != to_text({.a = r.standard});
        drawn += is_one ? 1 : 0, hidden += shown ? 0 : 1;
        const bool swept = r.mark != Mark::fixed;
        t.rows.push_back({{{words_of(d.mechanisms[d.owner_of_parameter(p)].name), {std::string(d.mechanisms[d.owner_of_parameter(p)].name)}},
                           words_cell(std::string(r.name)),
                           words_cell(std::string(r.meaning)),
                           words_cell(std::string(r.unit)),
                           words_cell(is_one ? drawn_text(s, p) : to_text(s.parameters[p].distribution)),
                           {swept ? fmt::format("{:g}–{:g}", r.low, r.high) : "", {swept ? r.low : std::nan(""), swept ? r.high : std::nan("")}},
                           words_cell(marks[static_cast<std::size_t>(r.mark)]),
                           words_cell(std::string(r.source)),
                           exact_cell(r.standard),
                           exact_cell(is_one ? 1 : 0)},
                          shown ? PaperRow::For::all : PaperRow::For::programs});
    }
    t.note = fmt::format(
        "{} of {} parameters are drawn. log_normal(m, s): median m, standard deviation s of the logarithm; normal(m, s): mean and standard deviation; posterior(m, a to b): draws "
        "of a calibration, their median and 5 to 95 %. Range: what a scenario may set. Known by: calibrated, weak (little is in the data), prior (judgement), fixed. Claims: "
        "what the articles say, by number. {} that nobody should sweep {} in the CSV alone. Entente {}.",
        drawn, d.parameters.size(), counted(hidden, "coefficient", "coefficients"), hidden == 1 ? "is" : "are", o.version);
    return t;
}

PaperTable table_of_structures(const Scenario& s, const Origin& o)
{
    const Description& d = describe();
    PaperTable t{.name = "structures",
                 .title = fmt::format("Readings of what the articles dispute, and their weights: {}", o.scenario),
                 .note = fmt::format("Weight: share of futures that are simulated under this alternative. Claims: what the articles say, by number. Entente {}.", o.version),
                 .columns = {{"Structure", "", {"structure", "meaning"}, Align::text},
                             {"Alternative", "", {"alternative"}, Align::text},
                             {"Weight", "%", {"weight"}},
                             {"Claims", "", {"claims"}, Align::prose, 0.6}},
                 .rows = {},
                 .groups = PaperTable::Groups::by_first};
    for (std::size_t k = 0; k < d.structures.size(); ++k) {
        const Row& r = d.structures[k];
        const std::vector<std::string> choices = split(r.choices, '|');
        for (std::size_t c = 0; c < choices.size(); ++c) {
            const double weight = s.structures[k].weights[c];
            t.rows.push_back({{{fmt::format("{} ({})", r.meaning, r.name), {std::string(r.name), std::string(r.meaning)}},
                               words_cell(choices[c]),
                               {fmt::format("{:.4g}", 100 * weight), {weight}},
                               words_cell(claims_of(std::string(r.source), choices[c]))}});
        }
    }
    return t;
}

PaperTable table_of_claims()
{
    PaperTable t{.name = "claims",
                 .title = "What the articles say that the model's parameters and structures rest on",
                 .note = "Articles: by letter, as the sources of the claims list them. Whose: the article's, or the modeller's where no article says it.",
                 .columns = {{"Claim", "", {"claim"}, Align::text}, {"Articles", "", {"articles"}, Align::text}, {"Says", "", {"says"}, Align::prose, 0.68}, {"Whose", "", {"whose"}, Align::text}},
                 .rows = {}};
    std::vector<std::string> used;
    for (const std::vector<Row>* const rows : {&describe().parameters, &describe().structures})
        for (const Row& r : *rows)
            for (const std::string& id : split(r.source, ' ')) used.push_back(id);
    const Table claims = parse_csv(claims_csv());
    const std::size_t id = claims.column("id"), sources = claims.column("sources"), note = claims.column("note"), whose = claims.column("whose");
    for (const auto& row : claims.rows)
        if (std::ranges::find(used, row[id]) != used.end()) {
            std::string letters = row[sources];
            std::ranges::replace(letters, ';', ' ');
            t.rows.push_back({{words_cell(row[id]), words_cell(letters), words_cell(row[note]), words_cell(row[whose])}});
        }
    return t;
}

PaperTable table_of_base_rates(const std::string& kept, const Origin& o)
{
    const auto rates = rates_in(kept);
    PaperTable t{.name = "base_rates",
                 .title = rates.empty() ? "How often things happen in the world" : fmt::format("How often things happen in the world, and in the model: {}", o.scenario),
                 .note = {},
                 .columns = {{"Event", "", {"event"}, Align::text},
                             {"When", "", {"when"}, Align::text},
                             {"Per", "", {"per"}, Align::text},
                             {"World", "%", {"world", "world_low", "world_high"}},
                             {"Status", "", {"status"}, Align::text},
                             {"Model (95 %)", "%", {"model", "model_low", "model_high"}, rates.empty() ? Align::none : Align::number},
                             {"", "", {"source"}, Align::none},
                             {"", "", {"note"}, Align::none}},
                 .rows = {},
                 .groups = PaperTable::Groups::by_first};
    const double none = std::nan("");
    for (const BaseRate& b : base_rates()) {
        const double base = b.base.value_or(none), low = b.low.value_or(none), high = b.high.value_or(none);
        const auto at = std::ranges::find(rates, b.id, [](const auto& rate) { return rate.first; });
        const PaperCell world = b.base || !b.low ? interval_cell(base, low, high, 100, rate_digits(base))
                                                 : PaperCell{fmt::format("{:.{}f}–{:.{}f}", 100 * low, rate_digits(low), 100 * high, rate_digits(low)), {base, low, high}};
        t.rows.push_back(
            {{words_cell(b.event), words_cell(b.when), words_cell(b.yearly ? "year" : "case"), world, words_cell(b.status),
              at == rates.end() ? interval_cell(none, none, none, 100, 1) : interval_cell(at->second.estimate, at->second.low, at->second.high, 100, rate_digits(at->second.estimate)),
              words_cell(b.source), words_cell(b.note)}});
    }
    t.note = fmt::format("Per year in which it could happen, or per case. In brackets or alone: the range that sources give, or the exact 95 % interval of a count. Status: "
                         "computed from data, seen on a "
                         "public page, unverified. The model is not fitted to them. Sources are in the CSV.{}",
                         rates.empty() ? "" : " " + origin_text(o));
    return t;
}

} // namespace entente::report
