#include "model.hpp"
#include "../core/csv.hpp"
#include "../core/text.hpp"
#include "../model/drivers.hpp"
#include "../model/kernel.hpp"
#include <nlohmann/json.hpp>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {
std::string_view claims_csv();
}

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;
/// A list of objects with the same keys: a table.
struct Block {
    const char* name;
    Json (*rows)();
};

std::string number(double x) { return fmt::format("{:.6g}", x); }

std::string spread_of(const Row& r)
{
    switch (r.spread) {
    case Spread::log_normal: return fmt::format("log-normal {}", r.sd);
    case Spread::normal: return fmt::format("normal {}", r.sd);
    case Spread::limited_normal: return fmt::format("normal {}, limited to [.05, .95]", r.sd);
    case Spread::none: break;
    }
    return "none";
}

Json mechanisms()
{
    Json out = Json::array();
    for (const MechanismText& m : describe().mechanisms)
        out.push_back({{"mechanism", m.name}, {"purpose", m.title}, {"parameters", m.parameters}, {"variables", m.variables}, {"agents", m.agents}, {"claims", m.claims}});
    return out;
}
/// The mechanisms that read this row of one of the tables, `but` for one.
std::string readers(std::vector<bool> Reads::*table, std::size_t row, std::size_t but = Description::npos)
{
    std::string names;
    for (std::size_t m = 0; m < describe().mechanisms.size(); ++m)
        if (m != but && (reads_of_pages()[m].*table)[row]) names += fmt::format("{}{}", names.empty() ? "" : ", ", describe().mechanisms[m].name);
    return names;
}
Json parameters()
{
    static constexpr const char* marks[] = {"calibrated", "weak", "prior", "fixed"};
    const Description& d = describe();
    Json out = Json::array();
    for (std::size_t p = 0; p < d.parameters.size(); ++p) {
        const Row& r = d.parameters[p];
        const bool swept = r.mark != Mark::fixed;
        out.push_back({{"parameter", r.name},
                       {"owner", d.mechanisms[d.owner_of_parameter(p)].name},
                       {"other readers", readers(&Reads::parameters, p, d.owner_of_parameter(p))},
                       {"default", number(r.standard)},
                       {"range", swept ? fmt::format("{}-{}", number(r.low), number(r.high)) : ""},
                       {"spread", swept ? spread_of(r) : ""},
                       {"unit", r.unit},
                       {"mark", marks[static_cast<int>(r.mark)]},
                       {"meaning", r.meaning},
                       {"claims", r.source}});
    }
    return out;
}
Json variables()
{
    const Description& d = describe();
    Json out = Json::array();
    for (std::size_t v = 0; v < d.owned; ++v) {
        const Row& r = d.variables[v];
        out.push_back({{"variable", r.name},
                       {"owner", d.mechanisms[d.owner_of_variable(v)].name},
                       {"readers", readers(&Reads::variables, v)},
                       {"unit", r.unit},
                       {"range", fmt::format("{}-{}", number(r.low), number(r.high))},
                       {"initial", number(r.standard)},
                       {"event", r.event ? "event" : ""},
                       {"meaning", r.meaning},
                       {"source", r.source}});
    }
    return out;
}
Json derived()
{
    const Description& d = describe();
    Json out = Json::array();
    for (std::size_t v = d.owned; v < d.variables.size(); ++v) {
        const Row& r = d.variables[v];
        out.push_back({{"quantity", r.name}, {"readers", readers(&Reads::variables, v)}, {"unit", r.unit}, {"range", fmt::format("{}-{}", number(r.low), number(r.high))}, {"meaning", r.meaning}});
    }
    return out;
}
Json events()
{
    Json out = Json::array();
    for (const Row& r : describe().events) out.push_back({{"event", r.name}, {"meaning", r.meaning}});
    return out;
}
Json draws()
{
    Json out = Json::array();
    for (const MechanismText& m : describe().mechanisms)
        if (m.name != "derived" && m.name != "outcome")
            out.push_back({{"stream", m.name}, {"number", fmt::format("{:08x}", m.stream)}, {"agents", m.agents}, {"addresses per agent and quarter", m.blocks}});
    return out;
}
Json inputs(const std::vector<Row>& rows, const char* what, std::vector<bool> Reads::*table)
{
    Json out = Json::array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& r = rows[i];
        out.push_back({{what, r.name},
                       {"readers", readers(table, i)},
                       {"default", number(r.standard)},
                       {"range", fmt::format("{}-{}", number(r.low), number(r.high))},
                       {"unit", r.unit},
                       {"meaning", r.meaning},
                       {"claims", r.source}});
    }
    return out;
}
Json levers() { return inputs(describe().levers, "lever", &Reads::levers); }
Json forced() { return inputs(describe().forced, "forced event", &Reads::forced); }
Json switches()
{
    Json out = Json::array();
    const std::vector<Row>& rows = describe().switches;
    for (std::size_t i = 0; i < rows.size(); ++i)
        out.push_back({{"switch", rows[i].name}, {"readers", readers(&Reads::switches, i)}, {"meaning", rows[i].meaning}, {"claims", rows[i].source}});
    return out;
}
Json structures()
{
    Json out = Json::array();
    for (std::size_t i = 0; i < describe().structures.size(); ++i) {
        const Row& r = describe().structures[i];
        std::string choices;
        for (const std::string& c : split(r.choices, '|')) choices += (choices.empty() ? "**" + c + "**" : ", " + c);
        out.push_back({{"structure", r.name}, {"readers", readers(&Reads::structures, i)}, {"alternatives", choices}, {"meaning", r.meaning}, {"claims", r.source}});
    }
    return out;
}
Json driver_table()
{
    Json out = Json::array();
    for (const Driver& d : drivers) out.push_back({{"driver", d.name}, {"meaning", d.label}, {"variable", d.variable}, {"low", d.low}, {"high", d.high}, {"claims", d.claims}});
    return out;
}
/// What each dial makes of the defaults.
Json dials()
{
    Json out = Json::array();
    for (const DialRow& row : dial_rows) {
        const double rest = row_of(row).standard;
        const auto at = [&](double dial) { return number(row.section == "levers" ? rest + added(row, dial) : moved(row, dial, rest)); };
        const char* const how = row.by == DialRow::By::sum ? "{:+g} to {:+g}" : "times {:g} to {:g}";
        out.push_back({{"driver", row.driver},
                       {"moves", fmt::format("{}.{}", row.section, row.name)},
                       {"how", fmt::format(fmt::runtime(how), row.low, row.high)},
                       {"low", at(0)},
                       {"default", at(0.5)},
                       {"high", at(1)},
                       {"reason", row.reason},
                       {"claims", row.claims}});
    }
    return out;
}
Json columns()
{
    const Description& d = describe();
    Json out = Json::array();
    for (const MechanismText& m : d.mechanisms)
        for (std::size_t c = m.first_column; c < m.first_column + m.columns; ++c)
            out.push_back({{"agent", m.agents}, {"owner", m.name}, {"column", d.columns[c].name}, {"unit", d.columns[c].unit}, {"meaning", d.columns[c].meaning}});
    return out;
}

constexpr Block blocks[] = {{"mechanisms", mechanisms}, {"parameters", parameters}, {"variables", variables}, {"derived", derived}, {"events", events},
                            {"draws", draws},           {"drivers", driver_table},  {"dials", dials},         {"levers", levers},   {"forced", forced},
                            {"structures", structures}, {"switches", switches},     {"columns", columns}};

std::string cell(const Json& value)
{
    std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.replace(at, 1, "\\|");
    return text;
}
std::string markdown(const Json& rows)
{
    if (rows.empty()) return "";
    std::string head = "|", rule = "|", body;
    for (const auto& [key, value] : rows[0].items()) head += fmt::format(" {} |", key), rule += "---|";
    for (const Json& row : rows) {
        body += "|";
        for (const auto& [key, value] : row.items()) body += fmt::format(" {} |", cell(value));
        body += "\n";
    }
    return head + "\n" + rule + "\n" + body;
}

} // namespace

std::vector<std::string> model_tables()
{
    std::vector<std::string> names;
    for (const Block& block : blocks) names.emplace_back(block.name);
    return names;
}

Json json_of_model(const std::string& name)
{
    Json out;
    for (const Block& block : blocks)
        if (name.empty() || name == block.name) out[block.name] = block.rows();
    if (out.empty()) throw std::out_of_range(fmt::format("the model has no table '{}'", name));
    return out;
}

std::string text_of_model(const std::string& name)
{
    const Json all = json_of_model(name);
    std::string text;
    for (const auto& [table, rows] : all.items()) text += name.empty() ? fmt::format("## {}\n\n{}\n", table, markdown(rows)) : markdown(rows);
    return text;
}

Json json_of_drivers() { return {{"drivers", driver_table()}, {"dials", dials()}}; }

Json json_of_claims()
{
    const Table table = parse_csv(claims_csv());
    Json out = Json::array();
    for (const auto& row : table.rows)
        out.push_back({{"id", row[table.column("id")]},
                       {"sources", row[table.column("sources")]},
                       {"how", row[table.column("kind")]},
                       {"where", row[table.column("where")]},
                       {"test", row[table.column("test")]},
                       {"whose", row[table.column("whose")]},
                       {"note", row[table.column("note")]}});
    return out;
}

std::string text_of_claims() { return markdown(json_of_claims()); }

} // namespace entente::report
