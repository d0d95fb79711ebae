#include "thing.hpp"
#include "../analysis/answer.hpp"
#include "../core/text.hpp"
#include "../model/drivers.hpp"
#include "../model/kernel.hpp"
#include "../model/meanings.hpp"
#include "model.hpp"
#include "words.hpp"
#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>

namespace entente {
std::string_view sections_txt(); ///< headings of ODD.md's section 4, one a line: "4.19 central_asia"
}

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;
constexpr const char* description_file = "engine/model/ODD.md";

/// What describe model calls a kind, how a scenario or quantity names a thing of it, and what claims.csv calls it.
struct Kind {
    std::string_view table, key, in_claims;
    const char* use; ///< NAME stands for the name
};
constexpr Kind kinds[] = {{"mechanisms", "mechanism", "mechanism", "mute = [\"NAME\"]"},
                          {"parameters", "parameter", "parameter", "[parameters] NAME = a number or a distribution"},
                          {"variables", "variable", "variable", "a quantity: mean NAME at DATE; held to a path: [pins] NAME = { set = NUMBER, from = DATE }"},
                          {"derived", "quantity", "variable", "a quantity: mean NAME at DATE"},
                          {"events", "event", "event", "a quantity: NAME by DATE; a lever or forced event may wait for it: after = \"NAME\""},
                          {"drivers", "driver", "driver", "[drivers] NAME = 0 (low) to 1 (high); 0.5: as the model has it"},
                          {"levers", "lever", "lever",
                           "[levers] NAME = a number, or step, pulse, ramp; or { value = NUMBER, after = EVENT, quarters = N }, while or once a variable is above or below a line"},
                          {"forced", "forced event", "event", "[events] NAME = DATE, or { after = EVENT, quarters = N }"},
                          {"structures", "structure", "structure", "[structures] NAME = an alternative, or weights"},
                          {"switches", "switch", "switch", "mute = [\"NAME\"]"},
                          {"columns", "column", "", ""}};

const Json& rows_of(const Kind& kind)
{
    static const Json model = json_of_model();
    return model.at(std::string(kind.table));
}
const Json& claims_of_all()
{
    static const Json all = json_of_claims();
    return all;
}

const std::string& text_in(const Json& row, std::string_view column) { return row.at(column).get_ref<const std::string&>(); }

std::vector<std::string> words_of(const std::string& text, char separator)
{
    std::vector<std::string> all;
    for (const std::string& word : split(text, separator))
        if (!trim(word).empty()) all.emplace_back(trim(word));
    return all;
}

/// "4.19" for central_asia.
std::string section_of(std::string_view mechanism)
{
    for (const std::string& line : split(sections_txt(), '\n')) {
        const std::vector<std::string> words = words_of(line, ' ');
        if (words.size() < 2) continue;
        std::string first = words[1];
        std::ranges::transform(first, first.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (first == mechanism) return words[0];
    }
    return "";
}
std::string equations(const std::vector<std::string>& mechanisms)
{
    std::string text;
    for (const std::string& m : mechanisms)
        if (const std::string section = section_of(m); !section.empty()) text += fmt::format("{}{} ({})", text.empty() ? std::string(description_file) + ", " : ", ", section, m);
    return text;
}

Json claim(const Json& row)
{
    Json out = {{"id", row["id"]}, {"says", row["note"]}, {"how", row["how"]}, {"whose", row["whose"]}};
    return out;
}
/// The claims that name a thing, or that its own row names.
Json claims_of(std::string_view kind, const std::string& name, const std::string& own)
{
    Json all = Json::array();
    const std::string place = fmt::format("{}:{}", kind, name);
    std::string ids = own;
    std::ranges::replace_if(
        ids, [](char c) { return c == ';' || c == ':' || c == ','; }, ' ');
    const std::vector<std::string> of_row = words_of(ids, ' ');
    for (const Json& row : claims_of_all()) {
        const std::string where = fmt::format(" {} ", text_in(row, "where"));
        const bool named = where.find(fmt::format(" {} ", place)) != std::string::npos || (kind == "structure" && where.find(fmt::format(" {}=", place)) != std::string::npos);
        if (named || std::ranges::count(of_row, text_in(row, "id")) > 0) all.push_back(claim(row));
    }
    return all;
}
/// What the claims' rows say in one of their columns, each once.
Json gathered(const Json& claims, const char* column, std::string_view prefix = "")
{
    std::set<std::string> ids, all;
    for (const Json& c : claims) ids.insert(c["id"].get<std::string>());
    for (const Json& row : claims_of_all())
        if (ids.contains(text_in(row, "id")))
            for (const std::string& word : words_of(row[column], ' '))
                if (word.starts_with(prefix)) all.insert(word.substr(prefix.size()));
    return all;
}

const char* meaning_of_mark(const std::string& mark)
{
    return mark == "calibrated" ? "informed by data"
           : mark == "weak"     ? "weakly informed by data"
           : mark == "prior"    ? "by judgement alone"
                                : "nobody should sweep it: a scenario may set it, no ensemble draws it";
}

std::vector<std::string> names_in(const std::vector<Row>& rows, std::size_t first, std::size_t n)
{
    std::vector<std::string> names;
    for (std::size_t i = first; i < first + n; ++i) names.emplace_back(rows[i].name);
    return names;
}
/// Names, not numbers, of what a mechanism has and reads.
void tell_mechanism(Json& thing, const std::string& name)
{
    const Description& d = describe();
    const MechanismText& m = d.mechanisms[d.mechanism(name)];
    const Reads& reads = reads_of_pages()[d.mechanism(name)];
    thing["parameters"] = names_in(d.parameters, m.first_parameter, m.parameters);
    thing["variables"] = names_in(d.variables, m.first_variable, m.variables);
    const auto read = [&](const char* what, const std::vector<Row>& rows, const std::vector<bool>& which) {
        Json names = Json::array();
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (which[i]) names.push_back(rows[i].name);
        if (!names.empty()) thing[fmt::format("reads {}", what)] = names;
    };
    read("variables", d.variables, reads.variables), read("levers", d.levers, reads.levers), read("forced events", d.forced, reads.forced);
    read("structures", d.structures, reads.structures), read("switches", d.switches, reads.switches);
}

std::vector<std::string> alternatives_of(const Json& structure)
{
    std::string bare = structure["alternatives"]; // with the default in bold
    std::erase(bare, '*');
    return words_of(bare, ',');
}

/// A line for each thing that a dial moves.
Json moves_of(const std::string& driver)
{
    static const Json rows = json_of_model("dials").at("dials");
    Json lines = Json::array();
    for (const Json& row : rows)
        if (text_in(row, "driver") == driver)
            lines.push_back(fmt::format("{}: {} low, {} by default, {} high: {}", text_in(row, "moves"), text_in(row, "low"), text_in(row, "default"), text_in(row, "high"),
                                        text_in(row, "reason")));
    return lines;
}

/// A row of describe model with what else is known.
Json thing_of(const Kind& kind, const Json& row)
{
    const std::string name = row[std::string(kind.key)];
    Json thing = {{"name", name}, {"kind", kind.key == "quantity" ? "derived quantity" : kind.key}};
    if (row.contains("meaning")) thing["meaning"] = row["meaning"];
    std::vector<std::string> pages;
    for (const auto& [key, value] : row.items()) {
        if (key == kind.key || key == "claims" || key == "source" || (value.is_string() && value.get<std::string>().empty())) continue;
        const bool list = key == "readers" || key == "other readers";
        thing[key == "spread" ? "prior" : key] = list ? Json(words_of(value, ',')) : value;
        if (list || key == "owner")
            for (const std::string& page : list ? words_of(value, ',') : std::vector{value.get<std::string>()}) pages.push_back(page);
    }
    if (thing.contains("alternatives")) thing["alternatives"] = alternatives_of(row);
    if (thing.contains("mark")) thing["mark means"] = meaning_of_mark(thing["mark"]);
    if (thing.contains("owner")) pages.resize(1);
    if (kind.key == "mechanism") pages = {name}, tell_mechanism(thing, name);
    if (kind.key == "quantity") pages = {"derived"};
    if (kind.key == "driver") thing["moves"] = moves_of(name);
    if (kind.key == "event") pages = {"outcome"};
    if (const std::string where = equations(pages); !where.empty()) thing["equations"] = where;
    const std::string own = row.value("claims", row.value("source", ""));
    if (row.contains("source") && !own.empty()) thing["source"] = own;
    if (*kind.use) {
        std::string use = kind.use;
        for (std::size_t at = 0; (at = use.find("NAME", at)) != std::string::npos; at += name.size()) use.replace(at, 4, name);
        if (pages == std::vector<std::string>{"outcome"} && kind.key == "parameter") use.replace(0, use.find(' '), "[index]");
        thing["use"] = use;
    }
    thing["claims"] = claims_of(kind.in_claims, name, own);
    thing["tests"] = gathered(thing["claims"], "test");
    return thing;
}

Json thing_of_claim(const Json& row)
{
    Json thing = {{"name", row["id"]}, {"kind", "claim"}, {"says", row["note"]}, {"sources", words_of(row["sources"], ';')}, {"whose", row["whose"]}, {"how", row["how"]}};
    thing["where"] = words_of(row["where"], ' ');
    thing["tests"] = words_of(row["test"], ' ');
    return thing;
}

/// The driver that the answer calls so.
std::string name_of_driver(const std::string& label)
{
    for (const Driver& d : drivers)
        if (d.label == label) return std::string(d.name);
    return label;
}

Json thing_of_class(const std::string& name, const char* kind, std::string_view meaning)
{
    return {{"name", name}, {"kind", kind}, {"meaning", meaning}, {"equations", equations({"outcome"})}, {"use", fmt::format("a quantity: share_{} at DATE", name)}};
}

} // namespace

Json json_of_thing(const std::string& text)
{
    Json all = Json::array();
    std::string upper = text;
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    for (const std::string& name : {text, text.substr(text.find('.') + 1), name_of_label(text), name_of_driver(text)}) {
        for (const Kind& kind : kinds)
            for (const Json& row : rows_of(kind)) {
                const std::vector<std::string> choices = kind.key == "structure" ? alternatives_of(row) : std::vector<std::string>();
                if (text_in(row, kind.key) == name || std::ranges::count(choices, name) > 0) all.push_back(thing_of(kind, row));
            }
        for (std::size_t c = 0; c < outcome_classes; ++c)
            if (class_names[c] == name) all.push_back(thing_of_class(name, "class of the tie", class_meanings[c]));
        for (std::size_t o = 0; o < orientations; ++o)
            if (orientation_names[o] == name) all.push_back(thing_of_class(name, "orientation of Russia", orientation_meanings[o]));
        if (!all.empty()) return all;
    }
    for (const Json& row : claims_of_all())
        if (text_in(row, "id") == upper) all.push_back(thing_of_claim(row));
    return all;
}

std::vector<std::string> names_of_things()
{
    std::vector<std::string> all = {"model", "claims", "drivers", "base_rates"};
    for (const Kind& kind : kinds)
        for (const Json& row : rows_of(kind)) all.push_back(row[std::string(kind.key)]);
    for (const Row& row : describe().structures)
        for (const std::string& choice : split(row.choices, '|')) all.push_back(choice);
    all.insert(all.end(), std::begin(class_names), std::end(class_names));
    all.insert(all.end(), std::begin(orientation_names), std::end(orientation_names));
    for (const Label& i : indicators) all.emplace_back(i.label);
    for (const Json& row : claims_of_all()) all.push_back(row["id"]);
    return all;
}

std::string text_of_drivers()
{
    std::string text;
    for (const Driver& d : drivers) text += text_of_thing(std::string(d.name), "driver") + "\n";
    return text
           + fmt::format("A dial shifts from where the scenario stands. [drivers] {0} = 1 in a scenario, --set drivers.{0}=1, or [[factor]] sets = \"drivers.{0}\" in a sweep.\n",
                         drivers.back().name);
}

std::string text_of_thing(const std::string& name) { return text_of_thing(name, ""); }

std::string text_of_thing(const std::string& name, std::string_view kind)
{
    constexpr std::size_t indent = 20, width = 112;
    std::string out;
    const auto line = [&](const std::string& key, const std::string& value) {
        std::string text = wrapped(value, width - indent);
        for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos && at + 1 < text.size(); at += indent) text.insert(++at, indent, ' ');
        out += fmt::format("  {:<{}}{}", key, indent - 2, text);
    };
    for (const Json& thing : json_of_thing(name)) {
        if (!kind.empty() && text_in(thing, "kind") != kind) continue;
        out += fmt::format("{}{}: {}\n", out.empty() ? "" : "\n", std::string(thing["name"]), std::string(thing["kind"]));
        for (const auto& [key, value] : thing.items()) {
            if (key == "name" || key == "kind") continue;
            if (key == "claims") {
                for (std::size_t i = 0; i < value.size(); ++i) line(i == 0 ? "claims" : "", fmt::format("{}  {}", std::string(value[i]["id"]), std::string(value[i]["says"])));
            } else if (key == "moves") {
                for (std::size_t i = 0; i < value.size(); ++i) line(i == 0 ? key : "", value[i].get<std::string>());
            } else if (value.is_array()) {
                std::string list;
                for (const Json& item : value) list += (list.empty() ? "" : ", ") + item.get<std::string>();
                const auto directional = std::ranges::find_if(value,
                                                              [](const Json& item) { return item.get<std::string>().starts_with('D') || item.get<std::string>().starts_with('T'); });
                if (!list.empty()) line(key, list);
                if (key == "tests" && directional != value.end()) line("", fmt::format("one of them: entente test -R {}", directional->get<std::string>()));
            } else line(key, value.is_string() ? value.get<std::string>() : value.dump());
        }
    }
    return out;
}

} // namespace entente::report
